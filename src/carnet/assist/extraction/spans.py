"""Running text as words of weight and small words, and the stretches of it that may name somebody or something."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction.cues import ARTICLES, OF, SMALL, SMALL_ALWAYS
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.words import CIVILITIES, LEGAL_FORMS, SENTENCE_WORDS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHAT = re.compile(
    r"^\s*(?:\[[^\]]{4,30}\]|\(?\d{1,2}[/.:-]\d{1,2}[^A-Za-z]{0,20}(?:[AP]M)?\)?\s?[-–]?)\s*([^:\n]{1,40}):(?:\s|$)|"
    r"^\s*([A-ZÀ-Þ][\w'-]{1,20}(?: [A-ZÀ-Þ][\w'-]{1,20})?)\s?(?:\[\d{1,2}:\d{2}\]|\(\d{1,2}:\d{2}\)|:)\s(?=\S)"
)
"""Who says a line of a chat, which is never whom it is about."""
_TOKEN = re.compile(
    rf"[^\W_](?:[\w.'’&-]*[\w])?\.?(?<![^\W\d_]{{4}}\.)|&|@|[,;:()!?–—\"“”|]|\.(?=\s|$)|\s-\s|{MASK}+|\n"
)
_ELIDED = re.compile(r"^(?:s|m|t|j|n|l|d|qu)'(?=\w{2})")
_AFTER_OF: Final = frozenset({"la", "le", "les", "the", "der"})
_TAKES_ARTICLE: Final = frozenset({"de", "a", "of", "for", "in", "en", "von", "et", "and", "y", "&"})
_CUE_SIGNS: Final = frozenset({",", "(", ":", "–", "—", "\n", '"', "“", "-"})
_LONGEST_SPAN, _LONGEST_CUE = 6, 4
_LEAST_SPEAKERS = 2
_MOST_SPANS, _MOST_WORDS = 240, 1_500


class Word:
    """A word or a sign of running text."""

    __slots__ = ("folded", "is_capital", "is_of", "is_sign", "is_small", "text")

    def __init__(self, text: str) -> None:
        self.text = "at" if text == "@" else text
        self.folded = _ELIDED.sub("", fold(self.text).replace("’", "'").strip("."))
        self.is_sign = not any(map(str.isalnum, self.text))
        self.is_of = self.folded in OF
        self.is_capital = self.text[:1].isupper()
        self.is_small = self.folded in SMALL
        if self.text.isupper() and len(self.text) > 1:
            self.is_small = False
        elif self.is_capital and (len(self.text) > 1 or self.folded not in {"i", "a"}):
            self.is_small = self.folded in SMALL_ALWAYS
        if self.folded in {"entreprise", "agence"} and self.text[1:2] in {"'", "’"}:
            self.is_small = True  # "l'entreprise Lambert" is Lambert
        if re.match(r"[dlDL]['’][^\W\d_]", self.text) and self.text[2].isupper():
            self.is_capital, self.is_small = True, False  # "d'Ici" goes on with a name

    @property
    def is_weighty(self) -> bool:
        return not (self.is_small or self.is_sign)

    @property
    def is_proper(self) -> bool:
        return self.is_capital and self.is_weighty


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring words, with the small words that stand before them."""

    start: int
    end: int
    text: str
    cue: str
    """What precedes: up to four small words, or a sign, or `*` for a word of weight."""
    words: tuple[Word, ...]
    before: Word | None
    after: tuple[Word, ...]
    """The two words that follow."""

    @property
    def follows(self) -> str:
        return self.after[0].text if self.after else "\n"

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def said(lines: list[str]) -> dict[int, int]:
    """The lines of a chat, each with where that begins which is said: behind the time and the name.

    Without a time, names in front of a colon make a chat where two people speak, one of them more than once.
    """
    matches = {nth: match for nth, line in enumerate(lines) if (match := _CHAT.match(f"{line} "))}
    ends = {nth: min(match.end(), len(lines[nth])) for nth, match in matches.items()}
    timed = {nth: ends[nth] for nth, match in matches.items() if match[1]}
    speakers = Counter(match[2] for match in matches.values() if match[2] and not field_of(match[2]))
    if len(speakers) < _LEAST_SPEAKERS or max(speakers.values()) < _LEAST_SPEAKERS:
        return timed
    return timed | {nth: ends[nth] for nth, match in matches.items() if match[2] in speakers}


def words_of(lines: list[str]) -> list[Word]:
    """The words and signs of lines; what a chat puts before a line to say whose it is is left out."""
    tokens = (token for line in lines for token in (*_TOKEN.findall(_CHAT.sub(" ", line)), "\n"))
    words = [Word(token) for token, _ in zip(tokens, range(_MOST_WORDS), strict=False)]
    for place in range(len(words) - 2, -1, -1):
        if words[place].text.endswith(".") and words[place].folded in LEGAL_FORMS and words[place + 1].is_capital:
            words.insert(place + 1, Word("."))  # "Harrow & Lane Ltd. Best email is …"
    for before, word in pairwise(words):
        # "Cobalt Works": after a proper word, a capital goes on with it.
        if word.is_capital and before.is_proper and word.folded not in SENTENCE_WORDS:
            word.is_small = False
        # "at The Pantry": an article with a capital within a sentence belongs to a name.
        if word.is_capital and word.folded in ARTICLES and before.is_small and not before.is_sign:
            word.is_small = False
    return words


def of_words(words: list[Word]) -> list[Span]:
    """The stretches of up to six words that begin and end with a word of weight."""
    return [span for span, _ in zip(_spans(words), range(_MOST_SPANS), strict=False)]


def _spans(words: list[Word]) -> Iterator[Span]:
    for start, first in enumerate(words):
        if not first.is_weighty or (first.is_of and not first.is_capital):
            continue
        cue = _cue(words, start)
        before = words[start - 1] if start else None
        for end in range(start + 1, min(start + _LONGEST_SPAN, len(words)) + 1):
            last = words[end - 1]
            if _breaks(last, words[end - 2] if end - start > 1 else None):
                break
            if (last.is_of and not (last.is_capital and end - start > 1)) or last.text == "&":
                continue
            inner = tuple(words[start:end])
            text = " ".join(word.text for word in inner).rstrip(".")
            yield Span(start, end, text, cue, inner, before, tuple(words[end : end + 2]))


def _breaks(word: Word, before: Word | None) -> bool:
    """Whether a stretch ends before a word."""
    if (word.is_sign and word.text != "&") or (word.is_small and not word.is_of):
        return True
    # "dans la base la directrice" are two things.
    is_article = word.folded in _AFTER_OF and not word.is_capital
    return is_article and before is not None and before.folded not in _TAKES_ARTICLE


def _cue(words: list[Word], start: int) -> str:
    before: list[str] = []
    skips_sort = words[start].is_capital
    for word in reversed(words[max(0, start - _LONGEST_CUE) : start]):
        if word.is_sign and word.text != MASK:
            if not before and (word.text in _CUE_SIGNS or word.text.strip() == "-"):
                before.append(word.text.strip() or "\n")
            break
        if skips_sort and not before and word.is_weighty and not word.is_capital and not word.is_of:
            skips_sort = False  # "à la copropriété Les Acacias": the sort of company is no part of its cue
            continue
        if not (word.is_small or word.is_of or word.folded in CIVILITIES or "'" in word.folded):
            before = before or ["*"]
            break
        before.append(word.folded)
    return " ".join(reversed(before))
