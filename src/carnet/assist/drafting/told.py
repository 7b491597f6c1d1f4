"""What was done and what wasn't, in the words and language of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Language

_LONGEST: Final = 80
_SAID: Final[dict[str, tuple[str, str]]] = {
    # what was done
    "drafted": ("Brouillon rédigé : {what}.", "Drafted: {what}."),
    "shorten": ("Texte raccourci.", "Shortened."),
    "shorten_paragraph": ("Paragraphe raccourci.", "Paragraph shortened."),
    "lengthen": ("Texte développé.", "Lengthened."),
    "lengthen_paragraph": ("Paragraphe développé.", "Paragraph lengthened."),
    "formal": ("Ton plus formel.", "More formal."),
    "casual": ("Ton moins formel.", "More casual."),
    "warm": ("Ton plus chaleureux.", "Warmer."),
    "firm": ("Ton plus ferme.", "Firmer."),
    "tu": ("Passage au tutoiement.", "Changed to tu."),
    "vous": ("Passage au vouvoiement.", "Changed to vous."),
    "subject": ("Objet : {what}.", "Subject: {what}."),
    "greeting": ("Salutation : {what}", "Greeting: {what}"),
    "signature": ("Signature : {what}.", "Signature: {what}."),
    "sign_off": ("Formule de fin : {what}", "Closing: {what}"),
    "delete": ("Passage supprimé.", "Removed."),
    "add": ("Ajouté : {what}", "Added: {what}"),
    "replace": ("« {what} » remplacé par « {other} ».", "Replaced “{what}” with “{other}”."),
    "cc": ("En copie : {what}.", "Copied to {what}."),
    "bcc": ("En copie cachée : {what}.", "Blind-copied to {what}."),
    "to": ("Destinataire : {what}.", "Addressed to {what}."),
    "uncopy": ("Retiré des destinataires : {what}.", "No longer addressed to {what}."),
    "to_english": ("Traduit en anglais.", "Translated into English."),
    "to_french": ("Traduit en français.", "Translated into French."),
    "undo": ("Retour à la version précédente.", "Went back to the version before."),
    "undo_many": ("Retour {what} versions en arrière.", "Went back {what} versions."),
    "modelled": ("Rédigé par le modèle de langue : {what}", "Written by the language model: {what}"),
    # what wasn't
    "unknown": (
        "Je n'ai pas compris « {what} » : rien n'a été changé.",
        "I did not understand “{what}”: nothing was changed for it.",
    ),
    "unused": ("Je n'ai pas su utiliser « {what} ».", "I did not know how to use “{what}”."),
    "nothing_asked": ("L'instruction ne dit pas quoi écrire.", "The instruction does not say what to write."),
    "no_undo": ("Il n'y a pas de version précédente.", "There is no version before this one."),
    "shortest": ("Je ne peux pas raccourcir davantage.", "I cannot make it any shorter."),
    "longest": (
        "Je n'ai rien à ajouter sans inventer ; dites-moi quoi ajouter.",
        "I have nothing to add without making it up; tell me what to add.",
    ),
    "already": ("C'est déjà le cas : {what}.", "It already is: {what}."),
    "needs_model": (
        "« {what} » : il faut un modèle de langue pour cela, car ce texte est le vôtre.",
        "“{what}” needs a language model, since these words are your own.",
    ),
    "untranslated": (
        "Traduire « {what} » demande un modèle de langue.",
        "Translating “{what}” needs a language model.",
    ),
    "no_paragraph": ("Il n'y a pas de tel passage : « {what} ».", "There is no such part: “{what}”."),
    "only_one": ("C'est tout ce que dit le message.", "It is all that the message says."),
    "not_found": ("« {what} » ne se trouve pas dans le message.", "“{what}” is not in the message."),
    "bad_address": ("« {what} » n'est pas une adresse e-mail valable.", "“{what}” is not a valid e-mail address."),
    "no_address": (
        "Il me faut l'adresse e-mail : « {what} ».",
        "I need the e-mail address: “{what}”.",
    ),
    "no_tu": ("L'anglais ne distingue pas tu et vous.", "English has one form of address only."),
    "too_long": ("Le message deviendrait trop long.", "The message would become too long."),
    "empty": ("Il manque le texte : « {what} ».", "The words are missing: “{what}”."),
}
INTENTS: Final[dict[str, tuple[str, str]]] = {
    "follow_up_meeting": ("suite à une rencontre", "follow-up after a meeting"),
    "follow_up": ("relance", "follow-up"),
    "thank_you": ("remerciements", "thank-you"),
    "quote_follow_up": ("relance de devis", "follow-up of a quote"),
    "invoice_reminder": ("rappel de facture", "invoice reminder"),
    "introduction": ("prise de contact", "introduction"),
    "reconnect": ("reprise de contact", "getting back in touch"),
    "meeting_request": ("demande de rendez-vous", "meeting request"),
    "meeting_confirm": ("confirmation de rendez-vous", "meeting confirmation"),
    "apology": ("excuses", "apology"),
    "congratulate": ("félicitations", "congratulations"),
    "other": ("message", "message"),
}


def told(name: str, language: Language, what: str = "", other: str = "") -> str:
    """A short sentence about what was done or not."""
    said = _SAID[name][language == "en"]
    if what.endswith((".", "!", "?")):
        said = said.replace("{what}.", "{what}")
    return said.replace("{what}", short(what)).replace("{other}", short(other))


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "\u2026"
