"""Names in the order in which a form asks for them: "Cognome e nome" wants the family name first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.assist.extraction.names import without_titles
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row

_FIRST = re.compile(
    r"\W*(?:votre )?(nom|surname|last name|family name|nachname|familienname|cognome|apellidos?)\b.{0,5}\b(?:prenom|"
    r"first|given|name|vorname|nome|nombre)"
)
_LEAST_WORDS, _MOST_WORDS = 2, 4


def asked_first(label: str) -> str:
    """The word for a family name with which the label of a whole name begins, folded; empty where none does."""
    match = _FIRST.match(fold(label))
    return match[1] if match else ""


def turned(name: str, asked: str, rows: list[Row]) -> str:
    """The name with its last word first, unless an e-mail address of the rows knows better.

    In French people answer "Nom et prénom" in either order, so that there an address has to tell it. What a comma or
    capitals tell is left to those who read names.
    """
    words = without_titles(name).split()
    is_told = "," in name or len({word.isupper() for word in words}) > 1
    if not asked or is_told or not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return name
    other = [words[-1], *words[:-1]]
    locals_ = [fold(mail.address.split("@")[0]) for row in rows for mail in row.emails]
    is_other, is_straight = (any(_begins(order, local) for local in locals_) for order in (other, words))
    return " ".join(other) if (is_other or asked != "nom") and not is_straight else name


def _begins(name: list[str], local: str) -> bool:
    """Whether an address has a name's first word, or its initial, before another of its words: "t.weber", "tweber"."""
    given, *others = (fold(word) for word in name)
    pieces = re.split(r"[._-]+", local)
    if len(pieces) > 1:
        return pieces[0] in {given, given[:1]} and pieces[-1] in others
    return local in {f"{start}{other}" for start in (given, given[:1]) for other in others} or local == given
