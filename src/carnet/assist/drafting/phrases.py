"""Phrases of an instruction as they are put into a sentence: with an article, turned towards the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import genders, times, turning_en, turning_fr
from carnet.assist.drafting.kinds import Fact, Line
from carnet.assist.drafting.marks import begins_with_vowel, capitalised, marked
from carnet.assist.drafting.reading import flat, unquoted

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Language

_LEADS: Final = {
    "fr": re.compile(
        r"^(?:(?:-?(?:le|la|les) )?(?:au sujet|a propos|concernant|au niveau|suite|apres|a la suite|en "
        r"vue|pour|sur|par rapport)(?: (?:a|de|d'(?=\w)))?(?= |(?<=')| ?du| ?des| ?au)|de (?=\w)|d')"
        r" ?(?:(?=du |des |au |aux )|(?:lui )?)?"
    ),
    "en": re.compile(
        r"^(?:(?:after|on|about|regarding|concerning|for|of|over|with|re:?|from)(?= )(?: (?=about|regarding|on))? ?)+"
    ),
}
_NO_ANSWER: Final = re.compile(
    r"^(?:(?:toujours )?(?:pas|aucune?) (?:de )?(?:réponse|retour|nouvelles?) (?:à|sur|de)|"
    r"(?:still )?no (?:reply|answer|response|news|feedback) (?:to|on|about|from)) ",
    re.IGNORECASE,
)
_CONTRACTED: Final = (("du ", "le "), ("des ", "les "), ("aux ", "les "), ("au ", "le "))
_DETERMINED: Final = {
    "fr": re.compile(
        r"(?:l[ea]s?|l'|une?|des?|du|d'|mon|ma|mes|notre|nos|ton|ta|tes|son|sa|ses|leurs?|votre|vos|cet?|"
        r"cette|ces|quelques|plusieurs|\d|\u27e6)(?:\b|(?<=')|(?<=\u27e6))"
    ),
    "en": re.compile(r"(?:the|an?|our|my|your|his|her|their|this|that|these|those|some|any|\d)\b"),
}
MEETING: Final = {
    "fr": re.compile(
        r"\b(?:rendez-vous|rdv|reunions?|appel|call|visio\w*|entretien|rencontre|cafe|dejeuner|diner|"
        r"petit-dejeuner|verre|demos?|demonstration|point|"
        r"creneau|echange|visite|conference|presentation|atelier|\d+ ?(?:min|mn|minutes?|h|heures?))\b"
    ),
    "en": re.compile(
        r"\b(?:meeting|call|chat|coffee|lunch|dinner|breakfast|demo|demonstration|appointment|slot|"
        r"catch-up|visit|drink|conversation|presentation|"
        r"workshop|zoom|video ?call|\d+[ -]?(?:min|mins|minutes?|hours?)|time)\b"
    ),
}
MET: Final = re.compile(
    r"\b(?:rendez-vous|rdv|reunion|appel|visio\w*|entretien|rencontre|dejeuner|diner|demo|visite|"
    r"conference|echange|discussion|conversation|salon|foire|"
    r"congres|forum|seminaire|atelier|evenement|meeting|call|chat|coffee|lunch|dinner|appointment|"
    r"visit|conversation|trade show|show|fair|event|webinar|workshop|expo|exhibition|summit)\b"
)
_EVENT: Final = re.compile(
    r"(?:(?:the|an?|le|la|les|l'|un|une) ?)?(?:trade show|show|fair|conference|event|webinar|workshop|"
    r"expo|exhibition|summit|salon|foire|congres|forum|seminaire|atelier|evenement)\b"
)
QUOTE: Final = re.compile(r"\b(?:devis|offre|proposition|cotation|estimation|quotes?|quotation|proposal|estimate)\b")
INVOICE: Final = re.compile(
    r"\b(?:factures?|paiements?|reglements?|impayes?|invoices?|payments?|unpaid|overdue|echeance)\b"
)
DURATION: Final = re.compile(
    r"^(?:une? (?:demi-heure|heure|quart d'heure)|\d+ ?(?:min|mn|minutes?|h|heures?|hours?)|half an "
    r"hour|an hour|a few minutes|quelques minutes)\b"
)
INFINITIVE: Final = re.compile(
    r"^(?:ne (?:pas|plus) )?(?:(?:me|nous|m'|se|s'|lui|leur|le|la|les|l'|en|y) ?)*[^\W\d_]+(?:er|ir|re)\b"
)


def turned(text: str, language: Language) -> str:
    """A phrase as the reader is told it."""
    return turning_fr.turned(text) if language == "fr" else turning_en.turned(text)


def fact(text: str, language: Language) -> Fact:
    """A phrase of the user's, turned, without the sign that ends it."""
    if language == "fr":
        text = re.sub(r"\brdv\b", "rendez-vous", re.sub(r"\bdispo\b", "disponible", text), flags=re.IGNORECASE)
    said = turned(text.strip(" ,;:").rstrip(" .!?;,:\u2026"), language)
    return Fact(fr=said) if language == "fr" else Fact(en=said)


def as_it_is(text: str) -> Fact:
    """A name or number, which is the same in both languages."""
    return Fact(fr=text, en=text)


def own(text: str, language: Language) -> Line:
    """The user's own words as a sentence."""
    text = unquoted(text).strip(" ,;:")
    is_end = text.endswith((".", "!", "?", "\u2026", ")", '"'))
    said = capitalised(turned(text, language))
    if language == "fr":
        said = re.sub(r"(?<=\S)([?!])$", r" \1", said)
    said += "" if is_end else "."
    return Line(own=Fact(fr=said) if language == "fr" else Fact(en=said))


def noun_phrase(rest: str, language: Language) -> str:
    """What follows a verb as a phrase with an article: "après réunion" gives "la réunion"."""
    rest = _NO_ANSWER.sub("", rest)
    for _ in range(2):
        lead = _LEADS[language].match(flat(rest))
        if lead is None or lead.end() >= len(rest):
            break
        rest = rest[lead.end() :]
    if language == "fr":
        for contracted, article in _CONTRACTED:
            if rest.lower().startswith(contracted):
                return article + rest[len(contracted) :]
    return determined(rest, language)


def determined(phrase: str, language: Language) -> str:
    """A phrase with an article, if it has none and isn't a name."""
    if not phrase or _DETERMINED[language].match(flat(phrase)) or phrase[:1].isupper():
        return phrase
    head = flat(phrase).split(" ")[0]
    if language == "en":
        needs = re.match(
            (
                r"(?:quote|invoice|order|meeting|proposal|offer|estimate|demo|trade|contract|call|delay|late|"
                r"unpaid|last|document)"
            ),
            head,
        )
        is_numbered = re.match(r"[a-z]+ (?:no\.?|n°|#|[A-Z]*-?\d)", phrase)
        return f"the {phrase}" if needs and not is_numbered else phrase
    if begins_with_vowel(head):
        return f"l'{phrase}"
    if head.endswith("s") and head not in {"devis", "acces", "colis", "avis", "succes"}:
        return f"les {phrase}"
    return f"{'la' if genders.is_feminine(phrase.split(' ', maxsplit=1)[0]) else 'le'} {phrase}"


def our_meeting(rest: str, language: Language) -> str:
    """The meeting that is followed up or confirmed, as ours."""
    phrase = noun_phrase(rest, language)
    if not phrase:
        return "notre rencontre" if language == "fr" else "our meeting"
    folded = flat(phrase)
    if _EVENT.match(folded):
        if language == "en":
            return f"our meeting at {determined(phrase, 'en') if not folded.startswith(('a ', 'an ')) else phrase}"
        place = re.sub(r"^les ", "aux ", re.sub(r"^le ", "au ", phrase))
        return f"notre rencontre {place if place != phrase else 'à ' + phrase}"
    if not MET.search(folded):
        return phrase
    if language == "en":
        article = re.match(r"(?:the|an?) |^(?=meeting|call|appointment|demo|conversation)", folded)
    else:
        article = re.match(r"(?:le|la|un|une) |l'", folded)
    return ("notre " if language == "fr" else "our ") + phrase[article.end() :] if article else phrase


def moment(text: str, language: Language) -> Fact | None:
    """A moment as a fact."""
    return fact(times.placed(text, language), language) if text else None


def purpose(text: str, language: Language) -> Fact | None:
    """What a meeting is for: "pour présenter les tarifs" shows them to the reader."""
    if not text:
        return None
    if language == "fr":
        told = re.match(
            r"(pour |afin de |afin d')((?:montrer|presenter|expliquer|exposer|faire decouvrir|parler de) )", flat(text)
        )
        if told is not None and not told[2].startswith("parler"):
            return Fact(fr=text[: told.end(1)] + marked("vous ", "te ") + turned(text[told.end(1) :], "fr"))
        return fact(text, "fr")
    shown = re.match(r"to (?:show|tell|give|walk|teach)(?= (?:the|our|my|an?|some|how)\b)", text.lower())
    if shown is not None:
        return Fact(en=text[: shown.end()] + " you" + turned(text[shown.end() :], "en"))
    return fact(text, "en")
