"""What each line of a letter is for: greeting, closing, prose, the law, somebody else, or the signature that is sought."""

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
    r"(?:\w+ ){0,2}(?:cordialement|cordialita\b|ossequi|salutations|amicalement|respectueusement|sinceres|bien a (?:vous|toi|tous)|a bientot|au plaisir|bonne (?:journee|soiree|reception|continuation|"
    r"fin de|lecture|semaine)|belle (?:journee|soiree|fin de)|bon(?:ne)? week|excellente (?:journee|soiree)|merci d'avance|merci encore|regards|rgds|sincerely|faithfully|"
    r"best wishes|warmly|cheers|take care|talk soon|many thanks|thanks in advance|thanks so much|thanks again|yours|respectfully|cordially|"
    r"gr(?:u|ue)(?:ss|ß)e?n?|gruss|mfg|lg|vg|hochachtungsvoll|saludos?|atentamente|cordialmente|un abrazo|abrazos|saluti|in fede|a presto|buona (?:giornata|serata)|buon lavoro|"
    r"ngā mihi|nga mihi|le meas|sent with|kind regard|have a (?:great|nice|good|lovely|wonderful)|looking forward|dans l'attente|veuillez agreer|je vous prie d'agreer|"
    r"schone[nr]? (?:tag|woche|abend|gruss|wochenende|grusse)|bis bald|quedo a la espera|quedo a su disposicion|resto a disposizione|distinti|cordiali|mit besten|mit freundlichen|"
    r"viele grusse|beste grusse|herzliche grusse|liebe grusse|freundliche grusse|sonnige grusse|amities|bises|hasta pronto|que tenga|feliz dia|buen dia)\b"
)
_SHORT_CLOSING = re.compile(r"(?:thanks|thank you|thx|merci|danke|vielen dank|gracias|muchas gracias|grazie|best|warm|kindly|bien cdt|cdt|cdlt|bav|br|kr|a\+|tschuss|ciao|xx?)(?:[ ,!.&]+\w+){0,4}\W*$")
_NOISE = re.compile(
    r"confidenti|privileged|disclaimer|solely for|intended (?:solely|only|recipient|for)|destinataire|vertraulich|confidencial|riservat|destinatari[oa]|recu ce message par erreur|received this|"
    r"irrtumlich|por error|per errore|virus|consider the environment|before (?:you )?print|pensez (?:a l'|au )|avant d'imprimer|n'imprimez|antes de imprimir|medio ?ambiente|"
    r"bevor sie .{0,20}drucken|prima di stampare|rispetta l'ambiente|^sent (?:from|via|with|using|by)|sent from (?:my|mail|outlook|yahoo)|^envoye (?:de|depuis|via|avec|par|a partir)|^gesendet (?:von|mit)|von meinem .{0,20}gesendet|^enviado (?:desde|con)|"
    r"inviato da|get outlook|obtenez? outlook|telecharge|unsubscri|desinscri|desabonn|abmelden|view in browser|voir dans le navigateur|privacy|rgpd|gdpr|\bdpo\b|donnees personnelles|"
    r"exercer vos droits|datenschutz|proteccion de datos|protezione dei dati|cookies|ignore (?:all|any|the|every|previous|prior)|disregard|previous instructions|system prompt|"
    r"you are (?:now|an ai)|instructions precedentes|ignorez|ignora (?:todas|las|le|tutte)|ignoriere|oublie[zr]? (?:tout|les|toutes)|as an ai|admin mode|^\W*(?:system|assistant|user|developer)\s?:|<\|?\w+\|>|\bprompt\b|"
    r"set the (?:name|company|email|phone)|all rights reserved|tous droits reserves|\bphishing\b|think before|please do not print|copyright|legally|scanned by|"
    r"ce (?:courriel|message|mail|e-mail)\b.{0,60}(?:jointe|destine|contient|contenir)|this (?:e-?mail|message|communication)\b.{0,80}(?:attach|contain|may|is|and)|diese e-?mail|este (?:correo|mensaje)|"
    r"questo messaggio|la presente (?:e-?mail|comunicazione)|caution:|external e-?mail|\[external|ce message provient|attention\s?:|this sender"
)
_LEGAL = re.compile(
    r"\bsiret\b|\bsiren\b|\brcs\b|\br\.c\.s|au capital|capital (?:social|de)|stammkapital|amtsgericht|registergericht|handelsregister|\bhr[ab]\b|geschaftsfuhr\w*\s?:|geschaftsfuhrung\s?:|vorstand\s?:|"
    r"vorsitzende|aufsichtsrat|\bust\b|ust-?id|steuer-?n|umsatzsteuer|sitz (?:der|des)|\bsitz\s?:|registered (?:in|office|company|charity|number|no|address)|company (?:no|number|reg)|\bvat\b|p\. ?iva|partita iva|"
    r"cap\. ?soc|capitale sociale|\brea\b|registro (?:mercantil|imprese)|inscrita en|\bcif\b|\bc\.i\.f|\bnif\b|\biban\b|\bbic\b|\btva\b|\bape\b|\bnaf\b|\babn\b|\bacn\b|\btax id|\bein\b|"
    r"siege social|sede legale|domicilio social|firmenbuch|\bfn \d|\buid\b|orias|authori[sz]ed and regulated|regulated by|fca\b|n° ?tva|bankverbindung|\bblz\b|\bche-\d|\bmwst|"
    r"\bkvk\b|bank (?:details|account)|coordonnees bancaires|geschaftsfuhrender gesellschafter\s?:|gerants?\s?:|companies house|limited company|charity (?:no|number)|gst(?:in)?\b|\bc\.?f\.? ?(?:e|\d)"
)
_ANOTHER_NEEDED = re.compile(
    r"\b(?:cas d'absence|mon absence|my absence|i am away|i'm away|en mi ausencia|mia assenza|meiner abwesenheit|vertretung|colleague|collegue|kollege|kollegin|companer[oa]|collega|"
    r"my assistant|mon assistante?|meine assistent|mi asistente|mia assistente|remplacante?|backup|deputising|cover(?:ed|ing)? (?:by|for)|out of (?:the )?office|absente? (?:jusqu|du)|urgent matters?|"
    r"urgent (?:queries|requests|enquiries|issues)|in urgent cases|in dringenden fallen|emergencies|asuntos urgentes|urgencias|in caso di urgenza|urgenze|cas d'urgence|toute urgence|besoin urgent|"
    r"questions urgentes|while i am|pendant mon|in the meantime)\b"
)
_ANOTHER_LABEL = re.compile(
    r"(?:my |mon |ma |meine? )?(?:executive |personal )?(?:assistante?|assistants|assistentin|assistent|assistenz|asistente|assistente|secretary|secretaire|secretariat|sekretariat|secretaria|segreteria|"
    r"segretaria|pa|ea|p\.a\.|cc|bcc|cci|attendees|participants|teilnehmer|presents|asistentes|partecipanti|invites|diary|scheduling|agenda|office manager|billing|accounts payable|comptabilite|"
    r"back ?up|alternate|copie|referent|mein vertreter|vertreter|remplacant|remplacante|vertretung|suppleante?|sostituto|sustituto|collegue|colleague|binome|contact (?:en cas|d'urgence)|"
    r"emergency contact|urgence|reports to|manager|supervisor|referred by|recommande par|parrain|introduced by|assist(?:ed|ant) by|via)\b(?: (?:de|of|to|a|d'|for|contact|direction|executive|personal|de la|du)\b ?\w{0,12}){0,2}"
)
_ASIDE = re.compile(
    r"follow (?:us|me)|suivez|folgen sie|siguenos|seguici|connect with|book (?:a|an|time|me)|schedule a|rendez-vous|reserver|join us|visit (?:us|our)|like us|retrouvez|rejoignez|click here|cliquez|find us|"
    r"besuchen sie|working (?:hours|days|pattern)|office hours|opening hours|horaires|ouvert |ouverte |ouverture|offnungszeiten|disponible|available|erreichbar|i work |je travaille|my days|mes jours|horario|orari|"
    r"mo(?:n|ntag)?\s?[-–]\s?fr|mon(?:day)?\s?[-–to ]{1,4}fri|lun(?:di)?\s?[-–au ]{1,4}ven|closed|ferme le|traditional (?:custodian|owner|land)|acknowledge|we aim to|please note|nouveau\s?:|new\s?:|"
    r"(?:^|\s)#\w{3,}|award|certified|iso \d{4}|member of|membre d|^\W*(?:depuis|since|est\.?|seit|dal|desde) (?:le |the )?\d{4}|established|fondee? en|founded in|gegrundet|"
    r"connections|relations$|followers|abonnes|kontakte|contactos|collegamenti|mutual connection|contact info|coordonnees$|kontaktinfo|notre newsletter|our newsletter|download our|votre avis|"
    r"we(?:'ve| have) moved|nous avons demenage|rate us|leave a review|save the date|salon .{0,30}stand|stand \w?\d|\bbooth\b|(?:^|\W)hall \d|vacation|conges|livraison gratuite|shop online|"
    r"^(?:part|full)[- ]?time|temps (?:partiel|plein)|^pronouns?|^speaks? |^parle |languages?:|langues?\s?:|trustpilot|google reviews|proudly|proud |let's |need help"
)
_SECTION = re.compile(
    r"(?:about|infos?|info|experience|experiencia|esperienza|berufserfahrung|education|formation|formacion|formazione|ausbildung|skills|competences|aptitudes|kenntnisse|highlights|activity|activite|acerca de|informazioni|"
    r"uber mich|profil|profile|resume|summary|licenses & certifications|langues|languages)\W*|(?:previously|formerly|auparavant|precedemment|anciennement|fruher|zuvor|anteriormente|in precedenza|past|ex)\b.*"
)
_NOT_A_FIRM = re.compile(r"[^\W\d_][\w .'’-]{1,30}, (?:A[KLRZB]|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[BDEINOST]|N[BCDEHJLMSVY]|O[HNKR]|PA|QC|RI|S[CDK]|T[NX]|UT|V[AT]|W[AIVY])(?:, USA)?|(?!.*(?i:depuis|since|seit|dal|desde))[^,|@:–]{3,40} (?:19|20)\d\d|.{0,20}\b(?:24/7|7j/7|7/7|24h/24|24 ?h)\b.{0,20}")
_BUTTONS = re.compile(
    r"(?:(?:informacion de contacto|informazioni di contatto|contact info|coordonnees|kontaktinfo|message|follow|following|more|connect|connected|se connecter|suivre|plus|vernetzen|folgen|nachricht|mehr|conectar|seguir|mensaje|mas|collegati|segui|messaggio|altro|pending|open to work|share|save|in|1st|2nd|3rd\+?|"
    r"1er|2e|3e|contacter|enregistrer|visit(?: my)? website|view profile|voir le profil|profil anzeigen|ver perfil)[\s·•|]*)+"
)
_BADGE = re.compile(
    r"(?:speaker|exhibitor|visitor|attendee|delegate|participant|organi[sz]er|sponsor|vip|press|presse|staff|crew|guest|panelist|moderator|keynote(?: speaker)?|intervenante?|exposante?|visiteu(?:r|se)|participante?|organisateur|"
    r"aussteller(?:in)?|besucher(?:in)?|teilnehmer(?:in)?|referent(?:in)?|ponente|asistente|expositora?|visitante|relatore|relatrice|espositore|visitatore|visitatrice|ospite|hello|my name is|hello my name is|bonjour je m'appelle|"
    r"all access|day pass|full pass|fachbesucher(?:in)?|speaker pass|conference pass|expo pass|media)\W*"
)
_EVENT = re.compile(r"\b(?:\w*conf|conference|conferences|summit|expo|salon|messe|fair|forum|congres|congress|congreso|congresso|kongress|symposium|meetup|feria|fiera|hackathon|days?|week|festival|tagung|jornadas?|trade show|edition|journees?)\b")
_QUOTED = re.compile(r"^[\"“«„'‘][^\"”»“]{6,}[\"”»“'’][.!]?$|^[\"“«„][^\"”»“]{6,}$")
_ADDRESSES = re.compile(r"<?[^\s<>]{1,64}@[^\s<>]{1,253}|https?://\S{1,500}|www\.\S{1,200}")
_CONTACT = re.compile(r"@|\d(?:[\s().\-/]{0,3}\d){5,}")
_NAMED = re.compile(r"\b[^\W\d_][\w'’-]+ [^\W\d_][\w'’-]+")


def role_of(line: str) -> Role:
    """The role of a line by itself."""
    text = line.strip()
    if not text:
        return Role.BLANK
    folded = fold(text).replace("’", "'")
    spoken = _ADDRESSES.sub(" ", without_bracketed_titles(text))
    words = re.findall(r"[^\W\d_][\w'-]*", fold(spoken).replace("’", "'"))
    has_contact = _CONTACT.search(text) is not None
    if _NOISE.search(folded):
        return Role.NOISE
    if _is_another(folded, text, has_contact=has_contact):
        return Role.ANOTHER
    if _LEGAL.search(folded):
        return Role.LEGAL
    if len(words) <= 9 and not has_contact and _is_closing(folded):  # noqa: PLR2004
        return Role.CLOSING
    if is_greeting(folded, words) and not has_contact:
        return Role.GREETING
    if not has_contact and (_SECTION.fullmatch(folded) or _NOT_A_FIRM.fullmatch(text) or _BUTTONS.fullmatch(folded)):
        return Role.ASIDE
    if not has_contact and (_BADGE.fullmatch(folded) or (_EVENT.search(folded) and re.search(r"\b20\d\d\b|\b'\d\d\b", folded))):
        return Role.ASIDE
    if not has_contact and (_ASIDE.search(folded) or _QUOTED.search(text)):
        return Role.ASIDE
    return Role.PROSE if is_prose(spoken.strip(), words) else Role.PLAIN


def _is_closing(folded: str) -> bool:
    return _CLOSING.match(folded) is not None or _SHORT_CLOSING.match(folded) is not None


def is_greeting(folded: str, words: list[str]) -> bool:
    if not words or words[0].split("'")[0] not in GREETINGS and words[0] not in GREETINGS:
        return False
    ends = folded.rstrip()[-1:] in {",", "!", ":", ".", ";"} or "," in folded
    return len(words) == 1 or (len(words) <= 7 and ends) or (len(words) <= 3 and words[1] in {*CIVILITIES, "all", "team", "there", "a", "tous", "everyone"})  # noqa: PLR2004


def is_prose(text: str, words: list[str]) -> bool:
    """Whether a line is (part of) a sentence: by the share of pronouns, verbs and the like, and its full stop."""
    count = len(words)
    if count < 3:  # noqa: PLR2004
        return count > 0 and text[-1:] in "?!" and text[0].isupper() and not _CONTACT.search(text)
    share = sum((len(word) > 1 and word in SENTENCE_WORDS) or ("'" in word and word.split("'")[0] in SENTENCE_WORDS) for word in words) / count
    is_stopped = text[-1:] in ".!?…" and not re.search(r"\b(?:[A-Z]|[A-Z]?[a-z]{1,4}|[A-Z]{2,4})\.$", text)
    if is_stopped and (share >= 0.15 or (count >= 6 and share > 0)):  # noqa: PLR2004
        return True
    if share >= 0.3 and count >= 4:  # noqa: PLR2004
        return True
    if count >= 8 and share >= 0.15:  # noqa: PLR2004
        return True
    lower = sum(word[:1].islower() for word in re.findall(r"[^\W\d_][\w'’-]*", text))
    if text.count(",") * 4 >= count:
        return False  # pieces between commas, as in a card on one line
    return count >= 12 and lower / count > 0.5 and not re.search(r"[|•·]| [-–] ", text)  # noqa: PLR2004


def _is_another(folded: str, text: str, *, has_contact: bool) -> bool:
    if _ANOTHER_NEEDED.search(folded) and folded.rstrip().endswith(":"):
        return True
    if has_contact and _ANOTHER_NEEDED.search(folded):
        return re.search(r"@|\b(?:m|mme|mr|mrs|ms|dr|herr|frau|sig|sra?)\b\.?", folded) is not None or _NAMED.search(text[1:]) is not None
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
    return (has_contact and (is_named or not label[0].startswith(("secr", "sekr", "segr")))) or (is_by_colon and is_named)
