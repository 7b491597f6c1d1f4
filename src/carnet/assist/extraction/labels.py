"""Labels: words that say what stands beside them, such as `Tél. :` or `Company`, in five languages and as signs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from carnet.assist.extraction.words import CIVILITIES
from carnet.core.search import fold

_FIELDS: Final = {
    "name": (
        "my name is|hello my name is|i am|name|full name|nom complet|nom et prenom|nom prenom|nom, prenom|nom & prenom|"
        "prenom et nom|prenom nom|prenom, nom|contact|contact name|contact person|your name|display name|"
        "ansprechpartner|ansprechpartnerin|kontakt|kontaktperson|interlocuteur|interlocutrice|votre nom|nombre "
        "completo|nombre y apellidos|contacto|nome e cognome|nominativo|referente|contatto|nome completo|vor- und "
        "nachname|vor und nachname|vollstandiger name|persona de contacto|employee|personne a contacter|contact "
        "principal|employee name|full legal name|customer name|lead name|guest|attendee|participant|signataire|person|"
        "personne"
    ),
    "family": (
        "last name|lastname|last|nom usuel|nom d'usage|nom marital|surname|family name|nachname|familienname|zuname|apellido|apellidos|cognome|nom de famille|"
        "nom"
    ),
    "given": "first|first name|firstname|given name|given names|forename|prenom|vorname|nombre|nome|christian name",
    "email": "email|e-mail|mail|email address|e-mail address|courriel|mel|adresse mail|adresse email|adresse e-mail|"
    "adresse electronique|correo|correo electronico|direccion de correo|posta elettronica|indirizzo email|e|@|"
    "mailadresse|e-mail-adresse|work email|business email|email pro|mailto|eml|adresse courriel|e-post|your email|mail "
    "pro|contact email",
    "phone": (
        "tel|telephone|phone|phone number|telephone number|mobile|mobile number|mobile phone|portable|cell|cellphone|"
        "cellular|cell phone|gsm|handy|mobil|mobiltelefon|mobilfunk|movil|cellulare|celular|cel|direct|direct line|"
        "direct dial|office|work|work phone|business phone|home|desk|main|hp|did|dd|ddi|natel|festnetz|durchwahl|"
        "zentrale|telefon|telefono|fijo|fisso|whatsapp|wa|standard|fixe|bureau|ligne directe|landline|t|m|p|ph|d|o|c|h|"
        "tlf|tfno|tfn|tlfn|mob|port|numero|numero de telephone|toll free|toll-free|freephone|hotline|telf|reception|"
        "switchboard|telefonnummer|rufnummer|mobilnummer|business|office phone|tel fixe|tel portable|tel mobile|tel "
        "pro|tel direct|mobile pro|tel bureau|telephone portable|telephone fixe|telephone mobile|primary phone|other "
        "phone|signal|centralino|diretto|directo|directe|direkt|tel standard|phone/text|text|voice|cell/text|"
        "mobile/whatsapp|tel/whatsapp|no de tel|n de tel|n telephone|telephone bureau|call|appel|secretariat|secretary|"
        "local|non-emergency|tel cell|contact no|contact number|mobile no|phone no|tel no|cell no"
    ),
    "fax": "fax|faxes|facsimile|telecopie|telecopieur|telefax|f|fx|faxnummer|fax number|fax no|tel/fax|telecopy",
    "company": (
        "i work at|i work for|company|company name|organisation|organization|organisation name|organization name|"
        "societe|entreprise|employer|employeur|firma|firmenname|unternehmen|empresa|azienda|societa|practice|raison "
        "sociale|compagnie|structure|etablissement|account name|institution|arbeitgeber|compania|ditta|ente|org|firm|"
        "nom de l'entreprise|nom de la societe|razon social|ragione sociale|business name|entidad|societe / organisme|"
        "organisme|current company|current employer|betrieb|firme|agency|association|club|cabinet|collectivite|"
        "exploitation|commerce|aktuell|current|currently|actuellement|actualmente|attualmente|employed by|workplace|"
        "school|ecole|customer|company/organisation|societe/organisme|organismo|organismo/empresa|kunde|soc|ste|org "
        "name|business|affiliation|client|cliente|fournisseur|proveedor|fornitore|supplier|vendor|lieferant|sociedad"
    ),
    "position": (
        "as|title|job title|position|position held|role|fonction|poste|intitule du poste|intitule poste|intitule de poste|poste "
        "occupe|job|titre|qualite|occupation|designation|cargo|puesto|funktion|ruolo|qualifica|mansione|profession|"
        "metier|beruf|stelle|posicion|posizione|incarico|profesion|professione|current role|current position|job role|"
        "poste actuel|jobtitel|positionsbezeichnung|berufsbezeichnung|tatigkeit|titel|funcion"
    ),
    "address": (
        "address|adresse|anschrift|direccion|domicilio|indirizzo|office address|mailing address|postal address|"
        "business address|adresse postale|postanschrift|work address|visit us|a|add|addr|location|lieu|standort|"
        "ubicacion|postadresse|adresse professionnelle|besucheradresse|firmenadresse|sede operativa|direccion postal|"
        "adr|adresse pro|coordonnees|siege|head office|headquarters|hq|delivery address|billing address|adresse de "
        "livraison|lieferadresse|rechnungsadresse|sede|indirizzo ufficio|domicilio fiscal|postal"
    ),
    "street": (
        "street|street address|rue|strasse|calle|address line 1|adresse 1|address 1|via|voie|strasse & hausnummer|"
        "strasse und hausnummer|strasse und nr|strasse/nr|strasse, nr|strasse nr|numero et rue|street 1"
    ),
    "street2": "address line 2|address 2|adresse 2|complement d'adresse|complement|suite|adresszusatz|street 2",
    "code": (
        "postal code|zip|zip code|postcode|post code|code postal|plz|postleitzahl|cp|codigo postal|cap|zip/postal code|"
        "zip / postal code"
    ),
    "city": "city|town|ville|localite|commune|ort|stadt|ciudad|localidad|poblacion|citta|comune|city/town|wohnort",
    "place": (
        "plz/ort|plz / ort|plz ort|plz, ort|plz und ort|cp ville|cp / ville|cp/ville|code postal et ville|code postal "
        "/ ville|code postal, ville|cap e citta|cap / citta|cap/citta|cp y ciudad|cp / ciudad"
    ),
    "region": "state|province|county|region|state/province|provincia|bundesland|kanton|departement|etat",
    "country": "country|pays|land|pais|paese|nazione|country/region",
    "website": (
        "website|web|site|site web|url|internet|homepage|web site|pagina web|sito|sito web|w|www|sitio web|webseite|"
        "web page|site internet|company website|web address|online|portfolio|blog"
    ),
    "linkedin": (
        "linkedin|linkedin profile|profil linkedin|linkedin url|linked in|in|li|linkedin-profil|perfil de linkedin|"
        "perfil linkedin|profilo linkedin"
    ),
    "note": (
        "note|notes|remarks|remark|commentaire|commentaires|comments|comment|message|bemerkung|bemerkungen|notas|nota|"
        "notizen|notiz|observations|observaciones|besoin|demande|votre message|your message|anmerkung|anmerkungen|"
        "nachricht|mensaje|messaggio|commento|details|info|remarque|remarques|your enquiry|enquiry|nota bene"
    ),
    "ignored": (
        "skype|twitter|facebook|instagram|insta|github|gh|gitlab|xing|youtube|tiktok|mastodon|bluesky|threads|teams|"
        "slack|zoom|date|birthday|anniversaire|fecha|datum|id|status|source|civilite|civility|anrede|salutation|"
        "tratamiento|titolo|langue|language|sprache|gender|sexe|department|departement/service|service|abteilung|"
        "departamento|reparto|division|team|equipe|pronouns|pronoms|nickname|subject|objet|betreff|asunto|oggetto|"
        "reference|ref|horaires|hours|opening hours|ouverture|offnungszeiten|horario|orari|budget|x|ig|fb|industry|"
        "secteur|branche|sector|lead source|created|submitted|ip|consent|newsletter|education|formation|ausbildung|"
        "estudios|studi|etudes|nom de naissance|maiden name|geburtsname|middle name|deuxieme prenom|prefix|suffix|ufficio"
    ),
}
FIELD_OF: Final = {phrase: field for field, phrases in _FIELDS.items() for phrase in phrases.split("|")}
_QUALIFIERS = frozenset(
    "work home office business professional personal private pro professionnel professionnelle personnel personnelle "
    "prive mobile direct directe principal principale main primary secondary company societe entreprise portable fixe "
    "bureau mon my your votre geschaftlich privat dienstlich trabajo personale ufficio lavoro day evening daytime "
    "contact complete full complet 1 2 3 no n nr number numero current actuel actuelle corporate standard reception de "
    "du la du your the preferred best line ligne international uk us eu fr usa paris london (0) direkt "
    "zentrale ou et of del della der des di den y e und and + postal postale physical primary tf".split()
)
SIGNS: Final = {
    **dict.fromkeys("📞☎✆☏🕿🕾🕽📲", "tel"),
    **dict.fromkeys("📱🤳", "mobile"),
    **dict.fromkeys("✉📧🖂📩📨🖃✆💌", "email"),
    **dict.fromkeys("🌐🌍🌎🌏🔗💻🖥🕸", "web"),
    **dict.fromkeys("📍🏠🏡📌🗺🏘📮⌂", "address"),
    **dict.fromkeys("📠🖷", "fax"),
    **dict.fromkeys("👤🧑👩👨🙋", "name"),
    **dict.fromkeys("💼🎓", "title"),
    **dict.fromkeys("🏢🏭🏛", "company"),
    "✆": "tel",
}
_SIGN = re.compile(rf"([{''.join(SIGNS)}])\s{{0,4}}:?\s{{0,4}}")
_LABELLED = re.compile(
    r"^\W{0,6}([^:=\t|]{1,40}?)\s{0,4}(?:\[[^\]]{0,20}\])?\s{0,4}(:|=>?|\.{3,}:?|_{3,}:?|…+:?|\t+|\||(?<=\s)[-–—](?=\s)|"
    r" {3,})\s*(.*)$",
    re.DOTALL,
)
_BRACKETS = re.compile(r"\([^()]{0,30}\)")
_OF_SOMEBODY: Final = frozenset({"name", "email", "phone"})
_BLANKED = str.maketrans({"_": " ", "°": " ", "º": " "})
_COUNTED = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\D)")
_MOST_COMPOSED = 4
_COMPOSED: Final = (
    (frozenset({"code", "city", "region", "country"}), "place"),
    (frozenset({"given", "family", "name"}), "name"),
    (frozenset({"given", "family", "name", "company"}), "company"),
    (frozenset({"name", "position"}), "position"),
    (frozenset({"email", "address"}), "email"),
)
"""What a label of several fields is: "ZIP and city" a place, "name of the firm" a company. The first that holds all."""


class Label(NamedTuple):
    """A field and where in the line its value begins."""

    field: str
    start: int
    is_weak: bool = False
    """Parted from its value by a tab, a bar or a dash only, as things are that may be no label at all."""
    whose: str = ""
    """The word before it that is no label: "assistant" of `Assistant's email`."""


@lru_cache(maxsize=4096)
def field_of(words: str) -> str | None:
    """The field that a label names, or None where it is no label."""
    words = _COUNTED.sub("", _BRACKETS.sub(" ", words))
    folded = fold(words).replace("’", "'").translate(_BLANKED)
    folded = " ".join(folded.strip(" .:*_#•·-–\"'").split())
    plain = folded.replace(".", "").strip()
    if plain in FIELD_OF:
        return FIELD_OF[plain]
    parts = [word for word in re.split(r"[\s/+&,]+", plain) if word]
    kept = [word for word in parts if word not in _QUALIFIERS]
    if not plain or len(kept) > _MOST_COMPOSED:
        return None
    if not kept:
        return FIELD_OF.get(plain.split()[-1])
    return FIELD_OF.get(" ".join(kept)) or _composed(kept)


def _composed(words: list[str]) -> str | None:
    """The field of several labels in one, where together they name one."""
    fields = {FIELD_OF.get(word) for word in words}
    if len(words) < 2 or None in fields:
        return None
    if len(fields) == 1:
        return fields.pop()
    return next((whole for parts, whole in _COMPOSED if fields <= parts), None)


def is_qualifier(word: str) -> bool:
    """Whether a word may stand within a label: "direct", "pro", "office"."""
    return fold(word) in _QUALIFIERS or field_of(word) is not None


def is_label(text: str) -> bool:
    """Whether a text is nothing but a label, word for word."""
    return fold(text).replace("’", "'").strip(" .:*_#•·-–\"'") in FIELD_OF


def label_of(line: str) -> Label | None:
    """The label with which a line begins."""
    match = _LABELLED.match(line)
    if match is None or not match[1].strip():
        return None
    field, whose = field_of(match[1]), ""
    if field is None and "/" in match[1]:  # "Functie / Role": one of two languages may be known
        known = {field_of(part) for part in match[1].split("/") if len(part.strip()) > 2} - {None}
        field = known.pop() if len(known) == 1 else None
    if field is None:
        whose, _, rest = match[1].strip(" *_").partition(" ")
        field = field_of(rest) if len(rest) > 1 else None
        if field not in _OF_SOMEBODY:
            return None
    is_weak = not match[2].strip(" \t|-–—")
    return Label(field, match.start(3), is_weak, fold(whose).replace("’", "'").removesuffix("'s"))


def heading_of(line: str) -> str:
    """The words with which a line says what follows them, whether they are a known label or not."""
    match = _LABELLED.match(line)
    return " ".join(fold(match[1]).split()) if match and match[2] not in {"-", "–", "—"} else ""


def is_civility(value: str) -> bool:
    """Whether a value is `Mme` or the like, which some forms call a title."""
    return fold(value).strip(" .") in CIVILITIES


def with_words_for_signs(text: str) -> str:
    """The text with the small pictures that stand for a label as words."""
    text = text.replace("\ufe0f", "").replace("：", ":")
    if text.isascii():
        return text
    return _SIGN.sub(lambda match: f" {SIGNS[match[1]]}: ", text)
