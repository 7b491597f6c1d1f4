"""What each line of a letter is for: greeting, closing, prose, the law, somebody else, or the signature sought."""

from __future__ import annotations

import re
from enum import Enum, auto

from carnet.assist.extraction.names import without_bracketed_titles
from carnet.assist.extraction.words import CIVILITIES, GREETINGS, SENTENCE_WORDS
from carnet.core.search import fold


class Role(Enum):
    """What a line is for."""

    BLANK = auto()
    GREETING = auto()
    CLOSING = auto()
    PROSE = auto()
    LEGAL = auto()
    """Registration, capital, tax numbers, who manages the company: facts of law, not of the contact."""
    NOISE = auto()
    ANOTHER = auto()
    """Says how to reach somebody else: an assistant, a colleague for absence, those in copy."""
    ASIDE = auto()
    """A motto, opening hours, an appeal: worth keeping, but no name, title or firm."""
    PLAIN = auto()


_CLOSING = re.compile(
    r"(?:\w+ ){0,2}(?:cordialement|cordialita\b|ossequi|salutations|amicalement|respectueusement|sinceres|bien a "
    r"(?:vous|toi|tous)|a bientot|au plaisir|bonne (?:journee|soiree|reception|continuation|fin de|lecture|semaine)|"
    r"belle (?:journee|soiree|fin de)|bon(?:ne)? week|excellente (?:journee|soiree)|merci d'avance|merci encore|"
    r"regards|rgds|sincerely|faithfully|best wishes|warmly|cheers|take care|talk soon|many thanks|thanks in advance|"
    r"thanks so much|thanks again|yours|respectfully|cordially|gr(?:u|ue)(?:ss|ß)e?n?|gruss|mfg|lg|vg|hochachtungsvoll|"
    r"saludos?|atentamente|cordialmente|un abrazo|abrazos|saluti|in fede|a presto|buona (?:giornata|serata)|buon "
    r"lavoro|ngā mihi|nga mihi|le meas|sent with|kind regard|have a (?:great|nice|good|lovely|wonderful)|looking "
    r"forward|dans l'attente|veuillez agreer|je vous prie d'agreer|schone[nr]? (?:tag|woche|abend|gruss|wochenende|"
    r"grusse)|bis bald|quedo a la espera|quedo a su disposicion|resto a disposizione|distinti|cordiali|mit besten|mit "
    r"freundlichen|viele grusse|beste grusse|herzliche grusse|liebe grusse|freundliche grusse|sonnige grusse|amities|"
    r"bises|hasta pronto|que tenga|feliz dia|buen dia)\b"
)
_SHORT_CLOSING = re.compile(
    r"(?:thanks|thank you|thx|merci|danke|vielen dank|gracias|muchas gracias|grazie|best|warm|kindly|bien cdt|cdt|cdlt|"
    r"bav|br|kr|a\+|tschuss|ciao|xx?)(?:[ ,!.&]+\w+){0,4}\W*$"
)
_NOISE = re.compile(
    r"confidenti|privileged|disclaimer|solely for|intended (?:solely|only|recipient|for)|destinataire|vertraulich|"
    r"confidencial|riservat|destinatari[oa]|recu ce message par erreur|received this|irrtumlich|por error|per errore|"
    r"virus|consider the environment|before (?:you )?print|pensez (?:a l'|au )|avant d'imprimer|n'imprimez|antes de "
    r"imprimir|medio ?ambiente|bevor sie .{0,20}drucken|prima di stampare|rispetta l'ambiente|^sent (?:from|via|with|"
    r"using|by)|sent from (?:my|mail|outlook|yahoo)|^envoye (?:de|depuis|via|avec|par|a partir)|^gesendet (?:von|mit)|"
    r"von meinem .{0,20}gesendet|^enviado (?:desde|con)|inviato da|get outlook|obtenez? outlook|telecharge|unsubscri|"
    r"desinscri|desabonn|abmelden|view in browser|voir dans le navigateur|privacy|rgpd|gdpr|\bdpo\b|donnees "
    r"personnelles|exercer vos droits|datenschutz|proteccion de datos|protezione dei dati|cookies|ignore (?:all|any|"
    r"the|every|previous|prior)|disregard|previous instructions|system prompt|you are (?:now|an ai)|instructions "
    r"precedentes|ignorez|ignora (?:todas|las|le|tutte)|ignoriere|oublie[zr]? (?:tout|les|toutes)|as an ai|admin mode|"
    r"^\W*(?:system|assistant|user|developer)\s?:|<\|?\w+\|>|\bprompt\b|set the (?:name|company|email|phone)|all "
    r"rights reserved|tous droits reserves|\bphishing\b|think before|please do not print|copyright|legally|scanned by|"
    r"ce (?:courriel|message|mail|e-mail)\b.{0,60}(?:jointe|destine|contient|contenir)|this (?:e-?mail|message|"
    r"communication)\b.{0,80}(?:attach|contain|may|is|and)|diese e-?mail|este (?:correo|mensaje)|questo messaggio|la "
    r"presente (?:e-?mail|comunicazione)|caution:|external e-?mail|\[external|ce message provient|attention\s?:|this "
    r"sender"
)
_LEGAL = re.compile(
    r"\bsiret\b|\bsiren\b|\brcs\b|\br\.c\.s|au capital|capital (?:social|de)|stammkapital|amtsgericht|registergericht|"
    r"handelsregister|\bhr[ab]\b|geschaftsfuhr\w*\s?:|geschaftsfuhrung\s?:|vorstand\s?:|vorsitzende|aufsichtsrat|"
    r"\bust\b|ust-?id|steuer-?n|umsatzsteuer|sitz (?:der|des)|\bsitz\s?:|registered (?:in|office|company|charity|"
    r"number|no|address)|company (?:no|number|reg)|\bvat\b|p\. ?iva|partita iva|cap\. ?soc|capitale sociale|\brea\b|"
    r"registro (?:mercantil|imprese)|inscrita en|\bcif\b|\bc\.i\.f|\bnif\b|\biban\b|\bbic\b|\btva\b|\bape\b|\bnaf\b|"
    r"\babn\b|\bacn\b|\btax id|\bein\b|siege social|sede legale|domicilio social|firmenbuch|\bfn \d|\buid\b|orias|"
    r"authori[sz]ed and regulated|regulated by|fca\b|n° ?tva|bankverbindung|\bblz\b|\bche-\d|\bmwst|\bkvk\b|bank "
    r"(?:details|account)|coordonnees bancaires|geschaftsfuhrender gesellschafter\s?:|gerants?\s?:|companies house|"
    r"limited company|charity (?:no|number)|gst(?:in)?\b|\bc\.?f\.? ?(?:e\b|\d{6})"
)
_ANOTHER_NEEDED = re.compile(
    r"\b(?:cas d'absence|mon absence|my absence|i am away|i'm away|en mi ausencia|mia assenza|meiner abwesenheit|"
    r"vertretung|colleague|collegue|kollege|kollegin|companer[oa]|collega|my assistant|mon assistante?|meine assistent|"
    r"mi asistente|mia assistente|remplacante?|backup|deputising|cover(?:ed|ing)? (?:by|for)|out of (?:the )?office|"
    r"absente? (?:jusqu|du)|urgent matters?|urgent (?:queries|requests|enquiries|issues)|in urgent cases|in dringenden "
    r"fallen|emergencies|asuntos urgentes|urgencias|in caso di urgenza|urgenze|cas d'urgence|toute urgence|besoin "
    r"urgent|questions urgentes|while i am|pendant mon|in the meantime)\b"
)
_ANOTHER_LABEL = re.compile(
    r"(?:my |mon |ma |meine? )?(?:executive |personal )?(?:assistante?|assistants|assistentin|assistent|assistenz|"
    r"asistente|assistente|secretary|secretaire|secretariat|sekretariat|secretaria|segreteria|segretaria|pa|ea|p\.a\.|"
    r"cc|bcc|cci|attendees|participants|teilnehmer|presents|asistentes|partecipanti|invites|diary|scheduling|agenda|"
    r"office manager|billing|accounts payable|comptabilite|back ?up|alternate|copie|referent|mein vertreter|vertreter|"
    r"remplacant|remplacante|vertretung|suppleante?|sostituto|sustituto|collegue|colleague|binome|contact (?:en cas|"
    r"d'urgence)|emergency contact|urgence|reports to|manager|supervisor|referred by|recommande par|parrain|introduced "
    r"by|assist(?:ed|ant) by|via)\b(?: (?:de|of|to|a|d'|for|contact|direction|executive|personal|de la|du)\b "
    r"?\w{0,12}){0,2}"
)
_ASIDE = re.compile(
    r"follow (?:us|me)|suivez|folgen sie|siguenos|seguici|connect with|book (?:a|an|time|me)|schedule a|rendez-vous|"
    r"reserver|join us|visit (?:us|our)|like us|retrouvez|rejoignez|click here|cliquez|find us|besuchen sie|working "
    r"(?:hours|days|pattern)|office hours|opening hours|horaires|ouvert |ouverte |ouverture|offnungszeiten|disponible|"
    r"available|erreichbar|i work |je travaille|my days|mes jours|horario|orari|mo(?:n|ntag)?\s?[-–]\s?fr|"
    r"mon(?:day)?\s?[-–to ]{1,4}fri|lun(?:di)?\s?[-–au ]{1,4}ven|closed|ferme le|traditional (?:custodian|owner|land)|"
    r"acknowledge|we aim to|please note|nouveau\s?:|new\s?:|(?:^|\s)#\w{3,}|award|certified (?:by|partner)|iso \d{4}|member of|membre "
    r"d|^\W*(?:depuis|since|est\.?|seit|dal|desde) (?:le |the )?\d{4}|established|fondee? en|founded in|gegrundet|"
    r"\d[\d+., ]{0,6}\s?(?:connections|relations|followers|abonnes|kontakte|contactos|collegamenti)|mutual connection|"
    r"contact info|"
    r"coordonnees$|kontaktinfo|notre newsletter|our newsletter|download our|votre avis|we(?:'ve| have) moved|nous "
    r"avons demenage|rate us|leave a review|save the date|salon .{0,30}stand|stand \w?\d|\bbooth\b|(?:^|\W)hall \d|"
    r"vacation|conges|livraison gratuite|shop online|^(?:part|full)[- ]?time|temps (?:partiel|plein)|^pronouns?|"
    r"^speaks? |^parle |languages?:|langues?\s?:|trustpilot|google reviews|proudly|proud |let's |need help"
)
_SECTION = re.compile(
    r"(?:about|infos?|info|experience|experiencia|esperienza|berufserfahrung|education|formation|formacion|formazione|"
    r"ausbildung|skills|competences|aptitudes|kenntnisse|highlights|activity|activite|acerca de|informazioni|uber mich|"
    r"profil|profile|resume|summary|licenses & certifications|langues|languages)\W*|(?:previously|formerly|auparavant|"
    r"precedemment|anciennement|fruher|zuvor|anteriormente|in precedenza|past|ex)\b.*"
)
_NOT_A_FIRM = re.compile(
    r"[^\W\d_][\w .'’-]{1,30}, (?:A[KLRZB]|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[BDEINOST]|N[BCDEHJLMSVY]|"
    r"O[HNKR]|PA|QC|RI|S[CDK]|T[NX]|UT|V[AT]|W[AIVY])(?:, USA)?|(?!.*(?i:depuis|since|seit|dal|desde))(?!.*\b(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT) \d{4}$)[^,|@:–]{3,40} "
    r"(?:19|20)\d\d|.{0,20}\b(?:24/7|7j/7|7/7|24h/24|24 ?h)\b.{0,20}"
)
_BUTTONS = re.compile(
    r"(?:(?:informacion de contacto|informazioni di contatto|contact info|coordonnees|kontaktinfo|message|follow|"
    r"following|more|connect|connected|se connecter|suivre|plus|vernetzen|folgen|nachricht|mehr|conectar|seguir|"
    r"mensaje|mas|collegati|segui|messaggio|altro|pending|open to work|share|save|in|1st|2nd|3rd\+?|1er|2e|3e|"
    r"contacter|enregistrer|visit(?: my)? website|view profile|voir le profil|profil anzeigen|ver perfil)[\s·•|]*)+"
)
_BADGE = re.compile(
    r"(?:speaker|exhibitor|visitor|attendee|delegate|participant|organi[sz]er|sponsor|vip|press|presse|staff|crew|"
    r"guest|panelist|moderator|keynote(?: speaker)?|intervenante?|exposante?|visiteu(?:r|se)|participante?|"
    r"organisateur|aussteller(?:in)?|besucher(?:in)?|teilnehmer(?:in)?|referent(?:in)?|ponente|asistente|expositora?|"
    r"visitante|relatore|relatrice|espositore|visitatore|visitatrice|ospite|hello|my name is|hello my name is|bonjour "
    r"je m'appelle|all access|day pass|full pass|fachbesucher(?:in)?|speaker pass|conference pass|expo pass|media)\W*"
)
_EVENT = re.compile(
    r"\b(?:\w*conf|conference|conferences|summit|expo|salon|messe|fair|forum|congres|congress|congreso|congresso|"
    r"kongress|symposium|meetup|feria|fiera|hackathon|days?|week|festival|tagung|jornadas?|trade show|edition|"
    r"journees?)\b"
)
_QUOTED = re.compile(r"^[\"“«„'‘][^\"”»“]{6,}[\"”»“'’][.!]?$|^[\"“«„][^\"”»“]{6,}$")
_LONGEST_CLOSING = 9
_VERBS = frozenset(
    "is are was were has will called works est sont était travaille appelle attend ist sind war hat wird arbeitet leitet es son trabaja "
    "llama è lavora chiama ha".split()
)
"""Verbs, written small, that titles and firms don't have."""
_ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|(?:[A-Za-z]\.){1,3}[A-Za-z]|Inc|Ltd|Corp|Co|Cie|St|Ste|Str|Rd|Ave|Blvd|Dr|Jr|Sr|Esq|etc|No|Nr|Bros|Assoc|Coop|"
    r"Soc|Srl|Spa|Mgr|Dept|Pty|Pte|LLC|PhD|Bldg|Hons|ext|app|dcha|izq|adj|resp|dir|ing)\.$"
)
_ADDRESSES = re.compile(r"<?[^\s<>]{1,64}@[^\s<>]{1,253}|https?://\S{1,500}|www\.\S{1,200}")
_CONTACT = re.compile(r"@|\d(?:[\s().\-/]{0,3}\d){5,}")
_NAMED = re.compile(r"\b[^\W\d_][\w'’-]+ [^\W\d_][\w'’-]+")


def role_of(line: str) -> Role:
    """The role of a line by itself."""
    text = line.strip()
    if not text:
        return Role.BLANK
    folded = fold(text).replace("’", "'")
    spoken = _ADDRESSES.sub(" ", without_bracketed_titles(text)).strip()
    words = re.findall(r"[^\W\d_][\w'-]*", fold(spoken).replace("’", "'"))
    has_contact = _CONTACT.search(text) is not None
    role = Role.PLAIN
    if _NOISE.search(folded):
        role = Role.NOISE
    elif _is_another(folded, text, has_contact=has_contact):
        role = Role.ANOTHER
    elif _LEGAL.search(folded):
        role = Role.LEGAL
    elif not has_contact:
        role = _role_without_contact(text, folded, words)
    if role is Role.PLAIN and is_prose(spoken, words):
        role = Role.PROSE
    return role


def _role_without_contact(text: str, folded: str, words: list[str]) -> Role:
    if len(words) <= _LONGEST_CLOSING and _is_closing(folded):
        return Role.CLOSING
    if is_greeting(folded, words):
        return Role.GREETING
    is_event = _EVENT.search(folded) is not None and re.search(r"\b20\d\d\b|\b'\d\d\b", folded) is not None
    is_whole = _SECTION.fullmatch(folded) or _NOT_A_FIRM.fullmatch(text) or _BUTTONS.fullmatch(folded)
    if is_event or is_whole or _BADGE.fullmatch(folded) or _ASIDE.search(folded) or _QUOTED.search(text):
        return Role.ASIDE
    return Role.PLAIN


def _is_closing(folded: str) -> bool:
    return _CLOSING.match(folded) is not None or _SHORT_CLOSING.match(folded) is not None


def is_greeting(folded: str, words: list[str]) -> bool:
    """Whether a line greets: whoever is named in it is the reader."""
    if not words or (words[0].split("'")[0] not in GREETINGS and words[0] not in GREETINGS):
        return False
    ends = folded.rstrip()[-1:] in {",", "!", ":", ".", ";"} or "," in folded
    return (
        len(words) == 1
        or (len(words) <= 7 and ends)
        or (len(words) <= 3 and words[1] in {*CIVILITIES, "all", "team", "there", "a", "tous", "everyone"})
    )


def is_prose(text: str, words: list[str]) -> bool:  # noqa: PLR0911 - each sign of a sentence decides alone
    """Whether a line is (part of) a sentence: by the share of pronouns, verbs and the like, and its full stop."""
    count = len(words)
    if count < 3:
        return count > 0 and text[-1:] in "?!" and text[0].isupper() and not _CONTACT.search(text)
    share = (
        sum(
            (len(word) > 1 and word in SENTENCE_WORDS) or ("'" in word and word.split("'")[0] in SENTENCE_WORDS)
            for word in words
        )
        / count
    )
    is_stopped = text[-1:] in ".!?…" and not _ABBREVIATED.search(text)
    if is_stopped and (share >= 0.15 or (count >= 6 and share > 0)):
        return True
    lower = sum(word[:1].islower() for word in re.findall(r"[^\W\d_][\w'’-]*", text))
    if is_stopped and count >= 6 and lower >= 0.4 * count:
        return True
    if (
        count >= 6
        and lower >= 0.3 * count
        and not _VERBS.isdisjoint(re.findall(r"(?<![\w'’-])[a-zà-ÿ]+(?![\w'’-])", text))
    ):
        return True
    if share >= 0.3 and count >= 4:
        return True
    if count >= 8 and share >= 0.15:
        return True
    if text.count(",") * 4 >= count:
        return False  # pieces between commas, as in a card on one line
    return count >= 12 and lower / count > 0.5 and not re.search(r"[|•·]| [-–] ", text)


def _is_another(folded: str, text: str, *, has_contact: bool) -> bool:
    if _ANOTHER_NEEDED.search(folded) and folded.rstrip().endswith(":"):
        return True
    if has_contact and _ANOTHER_NEEDED.search(folded):
        return (
            re.search(r"@|\b(?:m|mme|mr|mrs|ms|dr|herr|frau|sig|sra?)\b\.?", folded) is not None
            or _NAMED.search(text[1:]) is not None
        )
    label = _ANOTHER_LABEL.match(folded)
    if label is None:
        return False
    rest = folded[label.end() :]
    if re.match(r"\s?\(?[^:]{0,30}\)?\s?:\s*$", rest):
        return True
    if not re.match(r"\s?(?:\([^)]{0,30}\)\s?)?[:=–(-]|\s?,\s", rest):
        return False
    is_named = _NAMED.search(text[label.end() :]) is not None
    is_by_colon = re.match(r"\s?(?:\([^)]{0,30}\)\s?)?[:=]", rest) is not None
    return (has_contact and (is_named or not label[0].startswith(("secr", "sekr", "segr")))) or (
        is_by_colon and is_named
    )
