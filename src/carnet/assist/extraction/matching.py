"""How well an address tells of whom it is: the local part of a person, the domain of a company.

An e-mail address is the one part of a signature that is surely read, so it anchors what stands around it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.assist.extraction.words import LEGAL_FORMS
from carnet.core.search import fold

_LONGEST = 64
_SMALL = frozenset("de du des la le les of the and et und & y e di del della der die das for pour d l van von".split())
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa", "æ": "ae"}
)
_FULL, _INITIAL = 1.0, 0.35
_WHOLE_WORD = 3


def words_of(text: str) -> list[str]:
    """The words and figures of a text, folded."""
    return re.findall(r"[^\W_]+", fold(text.replace("’", "'")))


@lru_cache(maxsize=4096)
def local_match(name: str, local: str) -> float:
    """From 0 to 1, how well the local part of an address is made of a name's words and initials."""
    best = 0.0
    for spelled in {fold(name), fold(name.translate(_UMLAUTS))} if not name.isascii() else (name.lower(),):
        words = [word for word in re.findall(r"[^\W\d_]+", spelled) if word][:8]
        best = max(best, _local_match(words, fold(local)[:_LONGEST]))
    return best


def _local_match(words: list[str], local: str) -> float:
    pieces = [piece for piece in re.split(r"[^a-z]+", local) if piece]
    letters = "".join(pieces)
    if not letters or not words:
        return 0.0
    if letters[0] not in {word[0] for word in words} and not any(
        word[:_WHOLE_WORD] in letters for word in words if len(word) >= _WHOLE_WORD
    ):
        return 0.0  # nothing that follows would find anything
    spent, points, full = _consume(words, letters)
    if spent == len(letters) and full:
        strong = [word for word in words if len(word) > 1 and word not in _SMALL]
        return min(1.0, 0.75 + 0.25 * points / max(1, min(len(strong), 2)))
    if spent == len(letters) and points >= 2 * _INITIAL and len(letters) >= min(len(words), 2):
        return 0.35
    whole = [word for word in words if len(word) >= _WHOLE_WORD and word not in _SMALL and word in pieces]
    if whole:
        return 0.7
    # "ramesh.v" or "fredmartin": a piece begins with a word, or a word with a piece.
    begun = any(
        len(piece) >= _WHOLE_WORD and len(word) >= _WHOLE_WORD and (word.startswith(piece) or piece.startswith(word))
        for piece in pieces
        for word in words
        if word not in _SMALL
    )
    inside = any(len(word) > 4 and word in letters for word in words)
    return 0.55 if begun or inside else 0.0


def _consume(words: list[str], letters: str) -> tuple[int, float, bool]:
    """Spell the letters with the words in any order, each whole or as its initial; returns letters spent and points."""
    best = (0, 0.0, False)
    stack = [(0, 0, 0.0, False)]
    seen: dict[tuple[int, int], float] = {}
    while stack:
        at, used, points, full = stack.pop()
        if seen.get((at, used), -1.0) >= points:
            continue
        seen[at, used] = points
        best = max(best, (at, points, full))
        for nth, word in enumerate(words):
            if used >> nth & 1:
                continue
            if letters.startswith(word, at) and len(word) > 1:
                is_full = len(word) > 2 or word == letters  # "bo@" is Bo's, but "bo" within a word is chance
                gained = _FULL if is_full else 0.5
                stack.append((at + len(word), used | 1 << nth, points + gained, full or is_full))
            if letters.startswith(word[0], at):
                stack.append((at + 1, used | 1 << nth, points + _INITIAL, full))
    return best


@lru_cache(maxsize=4096)
def domain_match(company: str, domain: str) -> float:
    """From 0 to 1, how well the name of a domain (what was registered, without its suffix) is made of a company's."""
    best = 0.0
    for spelled in {fold(company), fold(company.translate(_UMLAUTS))} if not company.isascii() else (company.lower(),):
        for joined in (" and ", " et ") if "&" in spelled else (" ",):
            words = re.findall(r"[a-z0-9]+", spelled.replace("&", joined))[:10]
            bare = [word for word in words if word not in LEGAL_FORMS] or words
            best = max(best, _domain_match(bare, words, fold(domain)[:_LONGEST]))
    return best


def _domain_match(bare: list[str], words: list[str], domain: str) -> float:
    letters = re.sub(r"[^a-z0-9]", "", domain)
    squashed = "".join(bare)
    if not letters or not squashed:
        return 0.0
    if letters[0] not in {word[0] for word in words} and not any(
        word in letters for word in bare if len(word) >= _WHOLE_WORD
    ):
        return 0.0
    main = "".join(word for word in bare if word not in _SMALL)
    if letters in {squashed, "".join(words), main}:
        return 1.0
    if len(squashed) >= 4 and (letters.startswith(main) or squashed.startswith(letters)):
        return 0.9
    initials = "".join(word[0] for word in bare if word not in _SMALL)
    if len(initials) > 2 and letters.startswith(initials):
        return 0.8
    pieces = [piece for piece in re.split(r"[^a-z0-9]+", domain) if piece]
    shared = sum(len(piece) for piece in pieces if len(piece) > 2 and piece in bare) / len(letters)
    spelt = max(_spelt(words, letters), _spelt(bare, letters))
    return max(0.95 * shared if shared > 0.3 else 0.0, spelt)


def _spelt(words: list[str], letters: str) -> float:
    """The share of the letters that beginnings of the words spell in their order.

    An acronym must be whole; otherwise one word has to give three letters, lest chance find a firm everywhere.
    """
    best: dict[int, tuple[int, int, int]] = {
        0: (0, 0, 0)
    }  # spent -> longest beginning, words used, letters of long ones
    for word in words:
        step = dict(best)
        for spent, (longest, used, long) in best.items():
            limit = _common(word, letters, spent)
            for length in range(1, limit + 1):
                is_long = length >= _WHOLE_WORD
                candidate = (max(longest, length), used + 1, long + (length if is_long else 0))
                if candidate > step.get(spent + length, (0, 0, 0)):
                    step[spent + length] = candidate
        best = step
    spent = max(best)
    longest, used, long = best[spent]
    share = spent / len(letters)
    if spent == len(letters) and used >= 3 and spent <= 6:
        return 0.85
    if spent == len(letters) and used == 2 and spent == 2:
        return 0.6
    if longest < _WHOLE_WORD or share < 0.5:
        return 0.0
    return 0.9 * share if long >= 0.5 * spent else 0.6 * share


def _common(word: str, letters: str, at: int) -> int:
    length = 0
    while length < len(word) and at + length < len(letters) and word[length] == letters[at + length]:
        length += 1
    return length
