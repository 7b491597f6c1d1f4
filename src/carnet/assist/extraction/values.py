"""Where the value beside a label ends: at a sign that parts it from something else, not at one that belongs to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.words import CIVILITIES, LEGAL_FORMS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(rf"[{MASK}|;\t]|\s{{3,}}|\s[-–—•·]\s|(?<=[^\W\d_]{{3}})\.\s|\s?[(<]")
NOTHING: Final = frozenset(
    "- -- — / n/a na none nil unknown tbd tbc neant aucun aucune nc inconnu inconnue keine kein ohne ninguno ninguna "
    "nessuno nessuna s/o".split()
) | {
    "non renseigne",
    "non renseignee",
    "non communique",
    "not provided",
    "not applicable",
    "k.a",
    "keine angabe",
    "sin especificar",
    "non specificato",
}
"""What people write into a form where they have nothing to say."""
_EDGES = " ,;\"'*"
_PARTED_BY_DASH: Final = frozenset({"-", "–", "—"})
_HAS_DASH: Final = frozenset({"company", "position"})
_NAMES: Final = frozenset({"name", "family", "given"})
_NAMED = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’-]+\s){0,3}[A-ZÀ-Þ][\w'’-]+(?=\s+(?:he|she|il|elle|er|sie|él|ella|lui|lei|from|works?|is)\s)"
)
"""A name with which a dictated sentence goes on."""
_BRACKET = re.compile(r"\([^()]{1,30}\)")


def value_of(rest: str, kind: str, *, has_email: bool) -> tuple[str, int]:
    """The value of a field with which the rest of a line begins, and where it ends."""
    lead = len(rest) - len(rest.lstrip(" \"'"))
    end = next((match.start() for match in _ends(rest, lead + 1, kind, has_email=has_email)), len(rest))
    if kind in _NAMES and (sentence := _NAMED.match(rest[lead:end])):
        end = lead + sentence.end()
    return " ".join(rest[lead:end].split()).strip(_EDGES), end


def _ends(rest: str, at: int, kind: str, *, has_email: bool) -> Iterator[re.Match[str]]:
    for match in _END.finditer(rest, at):
        sign = match[0].strip(" ")
        if sign == "." and _is_abbreviated(rest[: match.start()]):
            continue
        if sign in _PARTED_BY_DASH and kind in _HAS_DASH and not (kind == "company" and (has_email or sign == "—")):
            continue
        if sign == "(" and (kind == "position" or (kind == "company" and _goes_on(rest, match.end() - 1))):
            continue
        yield match


def _is_abbreviated(before: str) -> bool:
    """Whether a stop shortens the word before it: "Ing. Rossi", "Soc. Coop."."""
    word = fold(re.findall(r"[^\W\d_]*$", before)[0])
    return word in CIVILITIES or word in LEGAL_FORMS or len(word) < 4


def _goes_on(rest: str, at: int) -> bool:
    """Whether the name of a firm goes on behind a bracket, as "Umhlanga Packaging (Pty) Ltd" does."""
    bracket = _BRACKET.match(rest, at)
    return bracket is not None and re.match(r"\s[A-Z]", rest[bracket.end() :]) is not None
