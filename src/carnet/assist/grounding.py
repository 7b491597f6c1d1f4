"""Where a value stands in a text: what a model says counts only as a finger that points at words that are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import combining

from carnet.core.search import fold

_MOST_PLACES = 20
_WIDE_GAP: Final = re.compile(r"[^\w\n]{5,}|_{3,}")
_BINDING: Final = "@/\\-_&.'\u2019"
_SIGNS: Final = r"|•·,;:()<>\[\]\"“”«»"
_WORD_BEFORE: Final = re.compile(rf"([^\s{_SIGNS}]+) {{1,2}}$")
_WORD_AFTER: Final = re.compile(rf"^ {{1,2}}([^\s{_SIGNS}]+)")
_OPEN: Final = re.compile(rf"(?:^|[{_SIGNS}*\t]|\s[-\u2013—/]|\s{{3,}})[\s*_>]*$")
_CLOSED: Final = re.compile(rf"^[\s*_]*(?:$|[{_SIGNS}*\t]|[-\u2013—/]\s|\s@\s|[.!?](?:\s|$)|\s{{3,}})")
_LONGEST_PROXY = 3
_LINKING: Final = frozenset(
    {
        *("de", "da", "do", "dos", "das", "di", "del", "della", "dello", "dei", "degli", "du", "des", "d", "la", "le"),
        *("les", "l", "van", "von", "der", "den", "ten", "ter", "of", "for", "fur", "and", "et", "und", "y", "e", "&"),
        *("+", "zu", "zum", "zur", "the"),
    }
)


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return re.findall(r"[^\W_]+", fold(text))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a text, which begins and ends with whole words."""

    ground: Ground
    start: int
    end: int

    @property
    def raw(self) -> str:
        """The words as they stand there, with all that is between them."""
        return self.ground.text[self.start : self.end]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.raw.split())

    @property
    def before(self) -> str:
        """What precedes on its first line."""
        text = self.ground.text
        return text[text.rfind("\n", 0, self.start) + 1 : self.start]

    @property
    def after(self) -> str:
        """What follows on its last line."""
        return self.ground.text[self.end :].partition("\n")[0]

    @property
    def first_line(self) -> int:
        """The number of the line on which it begins, from 0 on."""
        return self.ground.text.count("\n", 0, self.start)

    @property
    def last_line(self) -> int:
        """The number of the line on which it ends."""
        return self.ground.text.count("\n", 0, self.end)

    @property
    def word_before(self) -> str:
        """The word to which a space joins it, or nothing."""
        match = _WORD_BEFORE.search(self.before)
        return match[1] if match else ""

    @property
    def word_after(self) -> str:
        """The word that a space joins to it, or nothing."""
        match = _WORD_AFTER.match(self.after)
        return match[1] if match else ""

    @property
    def run(self) -> str:
        """It with all about it that goes on in capitals, and the small words between them."""
        before: list[str] = []
        rest = self.before
        while (match := _WORD_BEFORE.search(rest)) and (_goes_on(match[1]) or fold(match[1]) in _LINKING):
            before.append(match[1])
            rest = rest[: match.start()]
        after: list[str] = []
        rest = self.after
        while (match := _WORD_AFTER.match(rest)) and (_goes_on(match[1]) or fold(match[1]) in _LINKING):
            after.append(match[1])
            rest = rest[match.end() :]
        return " ".join([*reversed(_without_links(before)), self.text, *_without_links(after)])

    @property
    def is_parted(self) -> bool:
        """Whether signs or the edges of the line part it from everything else."""
        return _OPEN.search(self.before) is not None and _CLOSED.match(self.after) is not None

    @property
    def is_apart(self) -> bool:
        """Whether bars, dashes, a label or the edges of the line part it: more than a comma or a bracket."""
        is_listed = self.before.rstrip()[-1:] in {",", "("} or self.after.lstrip()[:1] in {",", ")"}
        return self.is_parted and not is_listed

    @property
    def is_of_lines(self) -> bool:
        """Whether it takes whole lines."""
        return not any(map(str.isalnum, self.before + self.after))


def _goes_on(word: str) -> bool:
    """Whether a word may belong to a name: "i." and "p." are those of a proxy."""
    return word[:1].isupper() or (word.endswith(".") and len(word) <= _LONGEST_PROXY)


def _without_links(words: list[str]) -> list[str]:
    """The words, counted from within, up to the last that isn't a small one between others."""
    while words and not _goes_on(words[-1]):
        del words[-1]
    return words


class Ground:
    """A text in which values are looked for by their letters and digits alone, without case and accents."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters: list[str] = []
        self._at: list[int] = []
        for nth, character in enumerate(text):
            for letter in fold(character):
                if letter.isalnum():
                    letters.append(letter)
                    self._at.append(nth)
        self._letters = "".join(letters)

    def places(self, value: str) -> list[Place]:
        """Where the value stands, in whole words and with only a few signs between them; the first twenty places."""
        wanted = "".join(letter for letter in fold(value) if letter.isalnum())
        found: list[Place] = []
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0 and len(found) < _MOST_PLACES:
            place = self._place(self._at[at], self._at[at + len(wanted) - 1] + 1, value)
            if place is not None:
                found.append(place)
            at = self._letters.find(wanted, at + 1)
        return found

    def _place(self, start: int, end: int, value: str) -> Place | None:
        text = self.text
        while end < len(text) and combining(text[end]):
            end += 1
        if (
            _WIDE_GAP.search(text, start, end)
            or _binds(text[max(0, start - 2) : start][::-1])
            or _binds(text[end : end + 2])
        ):
            return None
        if text[end : end + 1] == "." and value.rstrip().endswith("."):
            end += 1
        if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
            end += 1
        return Place(self, start, end)


def _binds(beside: str) -> bool:
    """Whether a word or an address goes on in the two characters beside an edge, the nearer one first."""
    return beside[:1].isalnum() or beside[:1] == "@" or (beside[:1] in _BINDING and beside[1:].isalnum())
