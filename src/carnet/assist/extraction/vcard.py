"""vCards 2.1, 3.0 and 4.0, which say what each of their values is: they are read exactly, and nothing is guessed.

vobject reads the properties. It is given one card, sliced from BEGIN to END without the cards nested in it: 3,000 of
these would end in a RecursionError, and megabytes would take seconds.
"""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from carnet.assist.extraction import emails, links, phones, postal
from carnet.assist.extraction.findings import Findings
from carnet.assist.extraction.names import natural
from carnet.assist.extraction.words import GENERATIONS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vobject.base import ContentLine

    from carnet.assist.extraction.regions import Regions

_EXACT = 1.0
_BEGIN = re.compile(r"[ \t>]*BEGIN:VCARD[ \t]*", re.IGNORECASE)
_END = re.compile(r"[ \t>]*END:VCARD[ \t]*", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:[\w-]+\.)?[\w-]+[;:]")
_PROFILES = ("X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN", "X-LINKEDIN-URL", "IMPP", "URL")
_CODE_LAST = frozenset({"us", "usa", "united states", "united states of america", "ca", "canada", "au", "australia"})


def holds_card(text: str) -> bool:
    """Whether a vCard begins somewhere in a text."""
    return "BEGIN:VCARD" in text.upper()


def read(text: str, regions: Regions) -> Findings:
    """The first card of a text; further ones are named in a warning."""
    found = Findings()
    lines, cards = _first_card(text)
    if cards > 1:
        found.warn(f"There are {cards} cards in this text: the first one was read.")
    card: dict[str, list[_Property]] = {}
    for read_property in _properties(lines):
        card.setdefault(read_property.name, []).append(read_property)
    _read_person(card, found)
    for telephone in card.get("TEL", ()):
        if not telephone.is_fax:
            number = re.sub(r"^tel:", "", telephone.text, flags=re.IGNORECASE)
            found.add("phones", phones.written(number, regions), _EXACT)
    for email in card.get("EMAIL", ()):
        found.add("emails", emails.valid(re.sub(r"^mailto:", "", email.text, flags=re.IGNORECASE)), _EXACT)
    found.say("address", _address(card), _EXACT)
    for name in _PROFILES:
        for profile in card.get(name, ()):
            found.say("linkedin_url", links.profile(profile.text), _EXACT)
    for url in card.get("URL", ()):
        if links.is_site(url.text):
            found.say("website", url.text, _EXACT)
    found.say("description", "\n".join(note.text for note in card.get("NOTE", ())), _EXACT)
    return found


class _Property:
    """A property as vobject decoded it; its text and parts are without escapes."""

    def __init__(self, line: ContentLine) -> None:
        self.name = str(line.name).upper()
        value: object = line.value  # what was base64 is bytes, whatever its type says
        self._value = value if isinstance(value, str) else ""
        kinds: Iterable[str] = [*line.params.get("TYPE", ()), *line.params.get("VALUE", ()), *line.singletonparams]
        self._kinds = {part.strip().upper() for kind in kinds for part in str(kind).split(",")}

    @property
    def is_fax(self) -> bool:
        return "FAX" in self._kinds and not self._kinds & {"VOICE", "CELL"}

    @property
    def text(self) -> str:
        return _unescaped(self._value).strip()

    @property
    def parts(self) -> list[str]:
        return [_unescaped(part).strip() for part in re.split(r"(?<!\\);", self._value)]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text, flags=re.DOTALL)


def _first_card(text: str) -> tuple[list[str], int]:
    """The lines between the first BEGIN and its END, nested cards left out, and how many cards there are."""
    kept: list[str] = []
    depth = cards = 0
    for line in text.split("\n"):
        if _BEGIN.fullmatch(line):
            cards += depth == 0
            depth += 1
        elif _END.fullmatch(line):
            depth = max(depth - 1, 0)
        elif depth == 1 and cards == 1:
            kept.append(line)
    return kept, cards


def _properties(lines: list[str]) -> Iterator[_Property]:
    """The properties, unfolded and with quoted-printable read; a line that is none is passed over.

    vobject's whole reader would cut a title at a comma that its writer forgot to escape, so its parts are used.
    """
    from vobject.base import VObjectError, getLogicalLines, textLineToContentLine  # noqa: PLC0415  - read only when a card comes

    for line, number in getLogicalLines(StringIO("\n".join(_unindented(lines)) + "\n"), allowQP=True):
        try:
            yield _Property(textLineToContentLine(line, number))
        except (VObjectError, ValueError, LookupError):  # an unknown charset is a LookupError
            continue


def _unindented(lines: list[str]) -> list[str]:
    """A card that was pasted with an indentation would look like one folded line."""
    filled = [line for line in lines if line.strip()]
    indents = [len(line) - len(line.lstrip(" \t>")) for line in filled if _PROPERTY.match(line.lstrip(" \t>"))]
    indent = min(indents, default=0)
    return [line[indent:] if not line[:indent].strip(" \t>") else line for line in filled]


def _read_person(card: dict[str, list[_Property]], found: Findings) -> None:
    shown = [name.text for name in card.get("FN", ()) if name.text]
    structured = [name.parts for name in card.get("N", ()) if any(name.parts)]
    found.say("name", _name(shown, structured), _EXACT)
    for name in card.get("ORG", ()):
        found.say("company", name.parts[0] or next(filter(None, name.parts), ""), _EXACT)
    for title in [*card.get("TITLE", ()), *card.get("ROLE", ())]:
        found.say("position", title.text.replace("\n", ", "), _EXACT)


def _name(shown: list[str], structured: list[list[str]]) -> str:
    """The name as shown, in natural order where the structured one tells that the family name came first."""
    family, given, middle, prefix, suffix = ([*structured[0], "", "", "", "", ""] if structured else [""] * 5)[:5]
    built = " ".join(part.replace(",", " ") for part in (given, middle, family) if part)
    if not shown:
        return natural(" ".join(filter(None, (built, suffix))))
    bare = _without(shown[0], [*prefix.split(","), *suffix.split(",")])
    if not (given and family):
        return natural(bare)
    words = [word for word in re.split(r"[\s,]+", bare.casefold()) if word]
    own = [word for part in (given, family) for word in part.casefold().split()]
    # The same words in another order, or a comma: the structured name knows which of them is the given one.
    is_turned = ("," in bare and set(own) <= set(words)) or (sorted(words) == sorted(own) and words != own)
    return natural(f"{given} {family}" if is_turned else bare)


def _without(shown: str, titles: list[str]) -> str:
    """The name without the prefixes and suffixes that the card itself calls so; generations stay."""
    for title in (title.strip() for title in titles):
        if title and fold(title).strip(".") not in GENERATIONS:
            shown = re.sub(rf"(?:^|(?<=[\s,])){re.escape(title)}(?=[\s,]|$)", " ", shown)
    return " ".join(shown.split()).strip(" ,")


def _address(card: dict[str, list[_Property]]) -> str:
    for address in card.get("ADR", ()):
        parts = [", ".join(filter(None, (line.strip() for line in part.split("\n")))) for part in address.parts]
        box, extended, street, city, region, code, country = (*parts, *[""] * 7)[:7]
        place = postal.place(city, region, code, is_code_last=country.casefold() in _CODE_LAST)
        if whole := ", ".join(filter(None, (box, extended, street, place, country))):
            return whole
    return next((", ".join(label.text.split("\n")) for label in card.get("LABEL", ()) if label.text), "")
