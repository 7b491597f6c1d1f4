"""MECARD and BIZCARD, the one-line cards of QR codes: like vCards, they say what each value is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import emails, links, phones
from carnet.assist.extraction.findings import Findings
from carnet.assist.extraction.names import natural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carnet.assist.extraction.regions import Regions

_EXACT = 1.0
_CARD = re.compile(
    r"(?:^|[\s>\"'(])(MECARD|BIZCARD):(?=(?:N|TEL|EMAIL|ORG|X|ADR|URL|TITLE|C|SOUND|NICKNAME|TEL-AV)\s?:)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\s*([A-Za-z-]{1,12})\s?:((?:\\.|[^\\;])*);?", re.DOTALL)
_FIELDS: Final = {
    **dict.fromkeys(("ORG", "C"), "company"),
    **dict.fromkeys(("TITLE", "T"), "position"),
    **dict.fromkeys(("ADR", "A"), "address"),
    **dict.fromkeys(("NOTE", "MEMO"), "description"),
}


def holds_card(text: str) -> bool:
    """Whether a MECARD or a BIZCARD begins somewhere in a text."""
    return _CARD.search(text) is not None


def read(text: str, regions: Regions) -> Findings:
    """The first card of a text."""
    found = Findings()
    match = _CARD.search(text)
    if match is None:
        return found
    is_business = match[1].upper() == "BIZCARD"
    given = family = ""
    for key, value in _values(text[match.end() :]):
        if key == "N" and is_business:
            given = value
        elif key == "X" and is_business:
            family = value
        elif key == "N":
            family, comma, given = (part.strip() for part in value.partition(","))
            given = f"{given} {family}" if comma else family
            family = ""
        elif key in {"TEL", "TEL-AV", "B", "M"}:
            found.add("phones", phones.written(value, regions), _EXACT)
        elif key in {"EMAIL", "E"}:
            found.add("emails", emails.valid(value), _EXACT)
        elif key == "URL":
            found.say("linkedin_url", links.profile(value), _EXACT)
            found.say("website", value if links.is_site(value) else None, _EXACT)
        elif key in _FIELDS:
            found.say(
                _FIELDS[key],
                ", ".join(part.strip() for part in re.split(r",|\n", value) if part.strip())
                if _FIELDS[key] == "address"
                else value,
                _EXACT,
            )
    name = f"{given} {family}".strip()
    found.say("name", natural(name) if name else None, _EXACT)
    return found


def _values(card: str) -> Iterator[tuple[str, str]]:
    """Keys with their values, without escapes; an empty field ends the card."""
    at = 0
    while match := _FIELD.match(card, at):
        yield match[1].upper(), re.sub(r"\\(.)", r"\1", match[2], flags=re.DOTALL).strip()
        at = match.end()
