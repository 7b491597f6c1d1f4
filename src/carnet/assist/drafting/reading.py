"""An instruction read: tidied, folded so that accents and case don't matter, and parted into its clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from carnet.assist.drafting.lists import words_in
from carnet.assist.drafting.marks import without_marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.drafting.kinds import Language

LONGEST = 20_000
"""Of a longer instruction the beginning is read."""
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u00a0": " ", "\u202f": " "})
_FOLDED: dict[str, str] = {}
_POLITE: Final = re.compile(
    r"(?:please|pls|kindly|s'il (?:te|vous) plait|stp|svp|merci de(?: bien vouloir)?|"
    r"(?:can|could|would|will) you(?: please)?(?: help me)?(?: to)?|i(?: would|'d) like you to|i want you to|"
    r"(?:est-ce que )?(?:tu |vous )?(?:peux|pourrais|pouvez|pourriez|veux|voulez)(?:[- ]tu|[- "
    r"]vous)?(?: bien)?(?: (?=me |m')m(?:e |'))?|"
    r"(?:je (?:veux|voudrais|souhaite|souhaiterais)|j'aimerais)(?: bien)?(?: que tu)?|i (?:want|need|"
    r"would like) to|i'd like to|"
    r"il (?:faut|faudrait)|let's|now|ok(?:ay)?|alors|maintenant|ensuite|puis|then|and then|also|aussi|et aussi|just|"
    r"simplement|juste|et|and|but|mais|hello|hi|hey|bonjour|salut|now please)\b[ ,:!]*"
)
_ASKING: Final = (
    "can ",
    "could ",
    "would ",
    "will ",
    "tu ",
    "vous ",
    "peux",
    "pourrais",
    "pouvez",
    "pourriez",
    "est-ce",
)
_TRAILING: Final = re.compile(
    r"[ ,]*(?:please|pls|thanks|thank you|s'il (?:te|vous) plait|stp|svp|merci(?: d'avance)?|instead|"
    r"a la place|politely|poliment|gentiment|kindly|nicely)?[ ,.;!]*$"
)
_BREAK: Final = re.compile(
    r"(?P<end>(?:[.!?\u2026]+(?=\s|$)|\n+|;))|(?P<soft>,|:(?=\s)|\s(?:et|and|puis|then|mais|but|"
    r"en(?=\s\w+ant\b)|by|ainsi que|as well as)(?=\s)| - )"
)
_LABEL: Final = re.compile(
    r"(?:^|\b)(?:objet|sujet|titre|subject|signature|salutation|greeting|cc|cci|bcc|copie|copy)(?: line)?\s*$"
)
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(])(?:m|mr|mrs|ms|mme|mlle|dr|pr|st|no|n|p|e\.g|i\.e|etc|vs|cf|tel|art|inc|ltd)$"
)
_QUOTED: Final = re.compile(r"«[^«»]*»|\u201c[^\u201c\u201d]*\u201d|\"[^\"]*\"")
_FRENCH: Final = words_in("""
    le la les un une des du de et est pour avec sur dans que qui nous vous je tu il elle mon ma mes ton ta tes son
    sa ses notre votre nos vos au aux en par plus moins objet merci lui bonjour rendez relance devis facture pas
    ce cette mets met ajoute supprime remplace raccourcis traduis signe commence termine tutoie vouvoie remercie
    demande dis propose envoie rappelle confirme felicite excuse presente reprends annule court courte phrase
    paragraphe mail courriel rdv stp svp bon bonne joyeux anniversaire francais anglais formel developpe rallonge
    abrege
""")
_ENGLISH: Final = words_in("""
    the a an of and is are for with on in that which we you i he she him her his my your our their this to at by
    more less subject thanks thank follow up about please make it shorter longer add remove delete replace change
    sign start end ask tell offer send remind confirm congratulate apologise apologize introduce reconnect undo
    happy birthday write english french translate paragraph sentence quote invoice meeting short formal casual
    friendly last first second from let know say email message chase into
""")
_ONE_ELISION: Final = re.compile(r"\b(?:l|d|j|n|s|qu|c|m|t)'[a-z]")


def tidied(text: str) -> str:
    """The text with plain apostrophes and spaces, and nothing that cannot be read."""
    text = without_marks(normalize("NFC", text[:LONGEST]).translate(_QUOTES))
    text = "".join(each if each.isprintable() or each == "\n" else " " for each in text)
    return re.sub(r" ?\n ?", "\n", re.sub(r"[ \t]+", " ", text)).strip()


def flat(text: str) -> str:
    """The text in small letters without accents, each character in its place."""
    return text.lower() if text.isascii() else "".join(map(_flat, text))


def _flat(character: str) -> str:
    known = _FOLDED.get(character)
    if known is None:
        bare = "".join(each for each in normalize("NFKD", character.lower()) if not combining(each))
        known = _FOLDED[character] = bare if len(bare) == 1 else character
    return known


def language_of(text: str, otherwise: Language) -> Language:
    """The language of an instruction; `otherwise` where its words don't tell."""
    folded = flat(text[:2_000])
    words = re.findall(r"[a-z]+", folded)
    french = sum(word in _FRENCH for word in words) + len(_ONE_ELISION.findall(folded))
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return "fr" if re.search(r"[éèêàçùûîôœ]", text.lower()) else otherwise
    return "fr" if french > english else "en"


def politely(text: str) -> str:
    """What is asked, without "please", "peux-tu" and other politeness around it."""
    is_asked = False
    for _ in range(6):
        match = _POLITE.match(flat(text))
        if match is None or match.end() == len(text):
            break
        is_asked = is_asked or match[0].startswith(_ASKING)
        text = text[match.end() :].lstrip(" ,:")
    match = _TRAILING.search(flat(text[-40:]))
    kept = len(text) - min(len(text), 40) + match.start() if match else len(text)
    if text[:kept].rstrip().endswith((":", "=")):
        kept = len(text)  # "subject: thanks" says what the subject is
    ends = "?" if text[kept:].strip().startswith("?") and not is_asked else ""
    kept = kept if ends or not is_asked else len(text[:kept].rstrip(" ?"))
    return (text[:kept] + ends).strip() or text.strip()


def without_question(text: str) -> str:
    """An instruction without the question mark that is only polite: "peux-tu le raccourcir ?"."""
    return text.rstrip(" ?") or text if flat(text[:40]).startswith(_ASKING) else text


def clauses(text: str, begins: Callable[[str], bool]) -> list[str]:
    """The clauses of an instruction: parted at the ends of sentences, and where what follows `begins` another.

    What stands in quotation marks stays together.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    folded = flat(text)
    parts: list[str] = []
    start = nth = 0
    for match in _BREAK.finditer(folded):
        at = match.start()
        while nth < len(quoted) and quoted[nth][1] <= at:
            nth += 1
        if nth < len(quoted) and quoted[nth][0] <= at:
            continue
        if match["end"]:
            if match[0] == "." and _ABBREVIATED.search(folded[max(start, at - 6) : at]):
                continue
            parts.append(text[start : match.end()])
            start = match.end()
        elif match["soft"] == ":" and _LABEL.search(folded[max(start, at - 30) : at]):
            continue
        elif begins(text[match.end() : match.end() + 120].lstrip()):
            parts.append(text[start:at])
            start = match.end() if match["soft"].strip() != "en" else at
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip(" ,.;:!?-\n")]


def unquoted(text: str) -> str:
    """A value without the quotation marks around it."""
    text = text.strip().strip(" :,;")
    for left, right in (("«", "»"), ("\u201c", "\u201d"), ('"', '"'), ("'", "'")):
        if len(text) > 1 and text.startswith(left) and text.endswith(right):
            return text[1:-1].strip()
    if text[:1] in {"«", "\u201c", '"'} and text[-2:-1] in {"»", "\u201d", '"'}:
        return text[1:-2].strip()
    return text
