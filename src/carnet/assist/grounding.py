"""Where a value stands in a text: what a model says counts only as a finger that points at words that are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from unicodedata import combining

from carnet.core.search import fold

_MOST_PLACES = 20
_WIDEST_GAP = re.compile(r"[^\w\n]{5,}|_{3,}")
_GLUE = "@/\\-_'’&"
_SMALL = frozenset("de da do dos das di del della dello dei degli du des d la le les l van von der den ten ter of for fur and et und y e & +".split())
_BEFORE = re.compile(r"([^\s|•·,;:()<>\[\]\"“”«»]+) {1,2}$")
_AFTER = re.compile(r"^ {1,2}([^\s|•·,;:()<>\[\]\"“”«»]+)")
_OPENS = re.compile(r"(?:^|[|•·,;:()<>\[\]\"“”«»*\t]|\s[-–—/]|\s{3,})[\s*_>]*$")
_CLOSES = re.compile(r"^[\s*_]*(?:$|[|•·,;:()<>\[\]\"“”«»*\t]|[-–—/]\s|[.!?](?:\s|$)|\s{3,})")


def _goes_on(word: str) -> bool:
    return word[:1].isupper() or (word.endswith(".") and len(word) < 4)  # noqa: PLR2004 - "i." and "p." of a proxy


@dataclass(frozen=True)
class Place:
    """A stretch of a text."""

    whole: str
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """The words as they stand there, with single spaces."""
        return " ".join(self.whole[self.start : self.end].split())

    @cached_property
    def before(self) -> str:
        """What precedes on its line."""
        return self.whole[self.whole.rfind("\n", 0, self.start) + 1 : self.start]

    @cached_property
    def after(self) -> str:
        """What follows on its line."""
        end = self.whole.find("\n", self.end)
        return self.whole[self.end : end if end >= 0 else len(self.whole)]

    @property
    def lines(self) -> list[str]:
        """What it takes of each of its lines."""
        return self.whole[self.start : self.end].split("\n")

    @property
    def first_line(self) -> int:
        """The number of the line on which it begins, from 0 on."""
        return self.whole.count("\n", 0, self.start)

    @property
    def last_line(self) -> int:
        """The number of the line on which it ends."""
        return self.whole.count("\n", 0, self.end)

    @property
    def raw(self) -> str:
        """The words as they stand there, with all that is between them."""
        return self.whole[self.start : self.end]

    @property
    def word_before(self) -> str:
        """The word to which it is joined by a space, or nothing."""
        match = _BEFORE.search(self.before)
        return match[1] if match else ""

    @property
    def word_after(self) -> str:
        """The word that is joined to it by a space, or nothing."""
        match = _AFTER.match(self.after)
        return match[1] if match else ""

    @property
    def run(self) -> str:
        """It, and all about it that goes on in capitals, initials and small words between them."""
        before, after = [], []
        rest = self.before
        while (match := _BEFORE.search(rest)) and (_goes_on(match[1]) or fold(match[1]) in _SMALL):
            before.insert(0, match[1])
            rest = rest[: match.start()]
        while before and not _goes_on(before[0]):
            del before[0]
        rest = self.after
        while (match := _AFTER.match(rest)) and (_goes_on(match[1]) or fold(match[1]) in _SMALL):
            after.append(match[1])
            rest = rest[match.end() :]
        while after and not _goes_on(after[-1]):
            del after[-1]
        return " ".join([*before, self.text, *after])

    @property
    def is_parted(self) -> bool:
        """Whether signs or the edges of the line part it from everything else."""
        return _OPENS.search(self.before) is not None and _CLOSES.match(self.after) is not None

    @property
    def is_apart(self) -> bool:
        """Whether bars, dashes, a label or the edges of the line part it, and no mere comma or bracket."""
        return self.is_parted and not (self.before.rstrip()[-1:] in set(",(") or self.after.lstrip()[:1] in set(",)"))

    @property
    def is_of_lines(self) -> bool:
        """Whether it takes whole lines."""
        return not any(map(str.isalnum, self.before + self.after))


class Ground:
    """A text in which values are looked for by their letters and digits alone, without case and accents."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        letters: list[str] = []
        self._at: list[int] = []
        for nth, character in enumerate(text):
            for letter in fold(character):
                if letter.isalnum():
                    letters.append(letter)
                    self._at.append(nth)
        self._letters = "".join(letters)

    def places(self, value: str) -> list[Place]:
        """Where the value stands, in whole words and with no more than a few signs between them; the first twenty."""
        wanted = "".join(letter for letter in fold(value) if letter.isalnum())
        found: list[Place] = []
        at = self._letters.find(wanted) if wanted else -1
        while at >= 0 and len(found) < _MOST_PLACES:
            place = self._place(at, at + len(wanted), value)
            if place is not None:
                found.append(place)
            at = self._letters.find(wanted, at + 1)
        return found

    def _place(self, first: int, last: int, value: str) -> Place | None:
        start, end = self._at[first], self._at[last - 1] + 1
        while end < len(self.text) and combining(self.text[end]):
            end += 1
        if _WIDEST_GAP.search(self.text, start, end) or self._is_within_word(start, end):
            return None
        if self.text[end : end + 1] == "." and value.rstrip().endswith("."):
            end += 1
        if self.text[end : end + 1] == ")" and self.text.count("(", start, end) > self.text.count(")", start, end):
            end += 1
        return Place(self.text, start, end)

    def _is_within_word(self, start: int, end: int) -> bool:
        """Whether letters, or signs that bind words and addresses together, go on where it begins or ends."""
        before, after = self.text[:start][-2:], self.text[end : end + 2]
        begins_within = before[-1:].isalnum() or (before[-1:] in _GLUE + "." and before[:-1].isalnum() and before != "")
        ends_within = after[:1].isalnum() or (after[:1] in _GLUE + "." and after[1:].isalnum() and after != "")
        return begins_within or ends_within or before[-1:] == "@" or after[:1] == "@"
