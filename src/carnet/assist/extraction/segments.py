"""What is left of the lines, cut where people put signs between things: candidates for name, position and company."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import field_of, is_label
from carnet.assist.extraction.names import person, without_bracketed_titles, without_titles
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import HONOURS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carnet.assist.extraction.rows import Row

LINE, BAR, DASH, COMMA, BRACKET, AT = "line", "bar", "dash", "comma", "bracket", "at"
_SEPARATOR: Final = re.compile(
    rf"(?P<bar>\s?:\s+|(?<=[a-zà-ÿ]{{4}})[.!]\s+(?=[A-ZÀ-Þ])|(?<=\b(?:moi|you|toi|mir|ihn))[.!]\s+(?=[A-ZÀ-Þ])|"
    rf"\s*(?:[|¦‖;•·∙●►▸»›→⇒\t{MASK}]|//)+[\s|¦‖;•·\t{MASK}]*|\s{{3,}})|(?P<at>\s+@\s*|\s(?i:chez|at|bei|presso|de "
    rf"chez|c/o|for and on behalf of|on behalf of)\s)"
    r"|(?P<dash>\s+[-–—/~]+\s+|\s*[–—]\s+|\s*[–—]\s*)|(?P<comma>\s*,\s*)|(?P<bracket>\s*[()<>\[\]]+\s*)"
)
_ON_BEHALF = re.compile(
    r"^(?:for and on behalf of|on behalf of|for(?= [A-Z])|p/?o\b|pour le compte de|im auftrag von|im namen (?:von|der)|"
    r"por cuenta de|per conto di|chez|at|@|bei|presso)\s+",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?i:ask for|contact|attn|att|attention|à l'attention de|a/c|z\. ?hd\.?(?: v\.?)?|call|speak to|see|voir|"
    r"demander|reach|fao|for the attention of|appeler|de la part de|hi,? i'?m|i'm|je suis|this is|soy|sono|ich bin|"
    r"signed|signé|best|regards|thanks|merci|cordialement|your contact|votre contact|votre interlocut\w+|ihr "
    r"ansprechpartner|written by|by|par|presented by|hosted by|hello,? my name is)\s?[:,–-]?|(?i:new lead|lead|"
    r"prospect|client|customer|from|re|fwd?|tr|subject|objet|speaker|author|auteur|host|owner|signataire|new contact|"
    r"nouveau contact)\s?[:–-])\s+(?=(?:(?:M|Mme|Mr|Mrs|Ms|Dr|Herr|Frau|Sr|Sra)\.? )?[A-ZÀ-Þ][^\W\d_]+[ -][^\W\d_])"
)
_ARTICLE = re.compile(
    r"^(?:(?:der|die|das|dem|den|la|le|les|the|il|lo|el|los|las) |l['’])?(?:(?i:firma|société|empresa|ditta|azienda|"
    r"company|entreprise) )?(?=[A-ZÀ-Þ])"
)
_OF = re.compile(r"\s(?:en|in|à|of|von|for|für|pour|de|du|de la|des|di|del|della|dei|d')\s+(?=[A-ZÀ-Þ])")
_LEADING_FORM = re.compile(
    r"(?<=[a-zà-ÿ.])\s+(?=(?:Ets|Établissements|Etablissements|SARL|SAS|SASU|EURL|SCI|SCOP|SELARL|GAEC|EARL|Sté|Ste|Société)"
    r"\.? [A-ZÀ-Þ])"
)
_EDGES = " ,;:|–—-·•*_~\"“”«»<>✦★☆►▪#/\\.'’=+"
_MOST_JOINED = 4
_MOST_FAMILY_WORDS, _SHORTEST_LOGO = 3, 3
_MOST_SEGMENTS = 160


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line between separators; a wide one spans several, with the signs that part them."""

    row: int
    place: int
    """The how-manieth stretch of the line it begins with."""
    width: int
    text: str
    before: str
    """What parts it from what stands before it."""
    is_heading: bool = False
    """Whether a colon follows, so that it says what comes and isn't it."""
    rows: int = 1
    """More than one where the lines of a badge part a name."""

    def overlaps(self, other: Segment) -> bool:
        if self.rows > 1 or other.rows > 1:
            return self.row < other.row + other.rows and other.row < self.row + self.rows
        return (
            self.row == other.row and self.place < other.place + other.width and other.place < self.place + self.width
        )


def of_rows(
    rows: list[Row], is_firm: Callable[[str], bool] = lambda _: False, is_name: Callable[[str], bool] = lambda _: False
) -> list[Segment]:
    """The narrow segments of all lines that may name the person, the position or the company.

    `is_firm` and `is_name` tell of a text that the domain and the local part of an address name it: there, even "of"
    or nothing at all parts a title from its firm, and a name from what follows it.
    """
    segments: list[Segment] = []
    alone = {key_of(row.text) for row in rows if row.role is Role.PLAIN and len(row.text) > _SHORTEST_LOGO}
    for row in rows:
        if row.role is Role.PLAIN:
            place = 0
            for whole in _of_row(row):
                peeled = [
                    part
                    for segment in _peeled(whole, is_name)
                    for part in _parted(segment, lambda text: key_of(text) in alone or is_firm(text))
                ]
                for segment in peeled:
                    place = max(place, segment.place)
                    segments.append(replace(segment, place=place))
                    place += 1
        elif row.role is Role.CLOSING and (name := name_in_closing(row.text)):
            segments.append(Segment(row.number, 0, 1, name, LINE))
        if len(segments) > _MOST_SEGMENTS:
            break
    return segments


def _of_row(row: Row) -> Iterator[Segment]:  # noqa: C901 - a row is cut at one sign after the other
    line = without_bracketed_titles(row.left)
    repeated = {sign for sign in ("-", "–", "—", "/") if len(re.findall(rf"\s{sign}\s", line)) > 1}
    gap = 4 if re.search(r" {6,}", line) else 0
    at, before, place = 0, LINE, 0
    if match := _ON_BEHALF.match(line):
        at, before = match.end(), AT
    elif match := _LEAD.match(line):
        at = match.end()
    for separator in [*_SEPARATOR.finditer(line, at), None]:
        if separator and separator.lastgroup == "bar" and separator[0].isspace() and len(separator[0]) < gap:
            continue  # a table has wide gaps, within which narrow ones part nothing
        if (
            separator
            and "\t" in line
            and separator.lastgroup == "bar"
            and separator[0].isspace()
            and "\t" not in separator[0]
        ):
            continue  # where tabs part the columns, spaces do not
        end = separator.start() if separator else len(line)
        text = _trimmed(line[at:end])
        if before == AT:
            text = _ARTICLE.sub("", text)
        if _is_worth(text):
            yield Segment(row.number, place, 1, text, before, is_heading=separator is not None and ":" in separator[0])
            place += 1
        elif text and not any(map(str.isalpha, text)) and any(map(str.isdigit, text)):
            place += 1  # a figure keeps its neighbours from being joined over it
        if separator:
            kind = separator.lastgroup or BAR
            if kind == DASH and separator[0].strip() in repeated:
                kind = BAR  # what parts a line more than once parts its fields
            before = kind if text or before == LINE or kind == BAR else before
            at = separator.end()


def _peeled(segment: Segment, is_name: Callable[[str], bool]) -> Iterator[Segment]:
    """Cut "Bob Tanaka service manager" in two, where an address knows the name."""
    words = segment.text.split()
    for count in (3, 2) if len(words) > 3 else ():
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        traits = traits_of(rest)
        is_else = person(segment.text) is None or traits.is_ranked or traits.is_firm or traits.is_institution
        if is_else and "," not in name and not words[count][0].isdigit() and person(name) is not None and is_name(name):
            yield replace(segment, text=name)
            yield replace(segment, text=rest, before=DASH)
            return
    yield segment


def _parted(segment: Segment, is_known: Callable[[str], bool]) -> Iterator[Segment]:
    """Cut "Responsable de Calidad en Conservas Zumaia" in two, where the second part is known as a firm."""
    for match in _LEADING_FORM.finditer(segment.text):
        title, firm = segment.text[: match.start()], segment.text[match.end() :]
        if traits_of(title).is_doer or traits_of(title).is_ranked:
            yield Segment(segment.row, segment.place, 1, title, segment.before)
            yield Segment(segment.row, segment.place, 1, firm, AT)
            return
    for match in _OF.finditer(segment.text):
        title, firm = segment.text[: match.start()], segment.text[match.end() :]
        is_title = traits_of(title).is_doer or traits_of(title).is_ranked
        if len(firm) > _SHORTEST_LOGO and is_title and is_known(firm):
            yield Segment(segment.row, segment.place, 1, title, segment.before)
            yield Segment(segment.row, segment.place, 1, firm, AT)
            return
    yield segment


def _trimmed(text: str) -> str:
    text = text.strip()
    bare = text.strip(_EDGES)
    # "S.A." and "Jr." keep their stop; a quoted nickname keeps its signs.
    return bare + "." if text.rstrip(" ,;:").endswith(".") and re.search(r"\b[^\W\d_]{1,5}$", bare) else bare


def _is_worth(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    if letters < 2 or len(text) > 120:
        return False
    if all(word.replace(".", "") in HONOURS for word in re.findall(r"[\w.-]+", fold(text))) and text[:1].isupper():
        return False
    if re.fullmatch(r"(?:1st|2nd|3rd\+?|1er|2e|3e\+?)", text):
        return False
    return not is_label(text) and (field_of(text) is None or letters > 12)


def name_in_closing(text: str) -> str | None:
    """`Thanks, Jane` and `Cordialement, Jean Dupont` sign on the line of the closing."""
    pieces = re.split(r"[,!–—-]\s+", text)
    last = pieces[-1].strip(" .,!")
    if len(pieces) < 2 or not last or len(last.split()) > 4:
        return None
    known = person(last)
    return (
        last
        if known and all(word[:1].isupper() or (word.islower() and len(word) < 4) for word in last.split())
        else None
    )


def _across(segments: list[Segment]) -> Iterator[Segment]:
    """What a badge or a logo sets on two lines: a given name above a family name, a firm in capitals."""
    rows: dict[int, list[Segment]] = {}
    for segment in segments:
        rows.setdefault(segment.row, []).append(segment)
    for row, alone in rows.items():
        below = rows.get(row + 1, [])
        if len(alone) != 1 or len(below) != 1:
            continue
        first, second = alone[0].text, below[0].text
        is_name = (
            len(without_titles(first).split()) == 1
            and len(second.split()) <= _MOST_FAMILY_WORDS
            and person(f"{first} {second}")
            and fold(first) not in fold(second).split()
        )
        is_logo = first.isupper() and second.isupper() and len(first) > _SHORTEST_LOGO < len(second)
        if (is_name and not second.split()[-1].islower()) or is_logo:
            yield Segment(row, 0, 1, f"{first} {second}", LINE, rows=2)


def joined(segments: list[Segment], rows: list[Row]) -> list[Segment]:
    """The segments and those that neighbours make together where only a comma, a dash or a bracket parts them."""
    wide: list[Segment] = []
    for nth, first in enumerate(segments):
        for last_nth in range(nth + 1, min(nth + _MOST_JOINED, len(segments))):
            last = segments[last_nth]
            follows = last.row == first.row and last.place == first.place + last_nth - nth
            if not follows or last.before not in {COMMA, DASH, BRACKET}:
                break
            text = _between(rows[first.row].text, first.text, last.text)
            if text is None:
                break
            wide.append(Segment(first.row, first.place, last_nth - nth + 1, text, first.before))
    return [*segments, *wide, *_across(segments)]


def _between(line: str, first: str, last: str) -> str | None:
    start = line.find(first)
    end = line.find(last, start + len(first))
    if start < 0 or end < 0:
        return None
    text = " ".join(line[start : end + len(last)].split())
    if text.count("(") > text.count(")"):
        text += ")"
    return text if text.count("(") == text.count(")") and len(text) <= 120 else None


def lined(rows: list[Row]) -> dict[int, int]:
    """The numbers of the lines as if empty ones were not there, for distances."""
    counted = [row.number for row in rows if row.text.strip()]
    return {number: nth for nth, number in enumerate(counted)}


def key_of(text: str) -> str:
    """The words of a text, folded, by which it is known again."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
