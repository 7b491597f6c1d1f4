"""Names of people: their natural order, without civility, degree or rank, and whether a text has the shape of one."""

from __future__ import annotations

import re
from functools import lru_cache

from carnet.assist.extraction.words import (
    CIVILITIES,
    GENERATIONS,
    HONOURS,
    NO_NAMES,
    PARTICLES,
    SENTENCE_WORDS,
    STRONG_CIVILITIES,
)
from carnet.core.search import fold

MOST_WORDS = 7
_SIGNED_FOR = re.compile(r"^(?:i\.\s?[AV]\.?|i[AV]\.?(?=\s)|ppa\.?|p\.\s?p\.|p\.\s?o\.|p/o|gez\.)\s*", re.IGNORECASE)
_PRONOUN = r"(?:she|her|hers|he|him|his|they|them|theirs|elle|il|iel|lui|sie|ihr|ihm|er|ella|ello|el|lei|any|ze|xe|hir)"
_PRONOUNS = re.compile(rf"[(\[|,–—-]?\s*\b{_PRONOUN}(?:\s?[/|·]\s?{_PRONOUN}){{1,3}}\b\s*[)\]]?", re.IGNORECASE)
_ONE_PRONOUN = re.compile(rf"[(\[]\s*{_PRONOUN}\s*[)\]]", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.\-´`]*(?:['’.\-´`‐‑]+[^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")
_NICKNAME = re.compile(r"[\"“”„«'‘(]\s?[^\W\d_][\w .'’-]{0,20}[\"“”»'’)]")
_ELISION = re.compile(r"(?:[CcJjSsNn]|[Qq]u)['’]|.*['’](?:s|m|re|ve|ll)$")
"""`C'est`, `It's`, `Saskia's`: part of a sentence."""
_EDGES = " \t,;:|–—-·•*_~\"“”'‘’«»<>✦★☆►▪#/\\"


def natural(text: str) -> str:
    """A name as people say it: "Dr. DUPIN Thierry, MBA" gives "Thierry Dupin". Never empty if the text isn't blank."""
    bare = without_titles(text)
    if not bare:
        return " ".join(text.split())
    return " ".join(_capitalised(word, nth) for nth, word in enumerate(_given_first(bare).split()))


@lru_cache(maxsize=2048)
def without_titles(text: str) -> str:
    """The name without civilities, ranks, degrees, pronouns and what stands before a signature by proxy."""
    if "/" in text or "|" in text or "·" in text:
        text = _PRONOUNS.sub(" ", text)
    if "(" in text or "[" in text:
        text = _ONE_PRONOUN.sub(" ", text)
        text = _IN_BRACKETS.sub(lambda match: " " if _is_title(match[1]) else match[0], text)
    text = _SIGNED_FOR.sub("", text.strip(_EDGES)) or text
    words = [word for word in text.split() if word.strip(_EDGES + ".") or word == "."]
    words = _without_civilities(words)
    return _without_honours(words)


def without_bracketed_titles(line: str) -> str:
    """The line with "(Retd)" and "(she/her)" blanked, so that they part nothing."""
    if "/" in line or "|" in line or "·" in line:
        line = _PRONOUNS.sub(lambda match: " " * len(match[0]), line)
    if "(" not in line and "[" not in line:
        return line
    line = _ONE_PRONOUN.sub(lambda match: " " * len(match[0]), line)
    return _IN_BRACKETS.sub(lambda match: " " * len(match[0]) if _is_title(match[1]) else match[0], line)


def has_civility(text: str) -> bool:
    """Whether a civility or a rank that announces a person stands first."""
    words = text.strip(_EDGES).split()
    return len(words) > 1 and _bare(words[0]) in STRONG_CIVILITIES and words[0][:1].isupper()


def _bare(word: str) -> str:
    return fold(word).replace(".", "").strip("-,’'()")


def _is_title(text: str) -> bool:
    return all(_bare(word) in CIVILITIES or _bare(word) in HONOURS for word in text.split())


def _without_civilities(words: list[str]) -> list[str]:
    while len(words) > 1:
        bare = _bare(words[0])
        if bare not in CIVILITIES and not all(
            part in CIVILITIES for part in re.split(r"[.\-/]+", fold(words[0])) if part
        ):
            break
        is_sure = bare in STRONG_CIVILITIES or words[0].endswith(".")
        if not is_sure and len(words) <= 2:  # "Don Johnson" keeps his given name
            break
        words = words[1:]
    return words


def _without_honours(words: list[str]) -> str:
    text = " ".join(words)
    head, comma, tail = text.partition(",")
    if comma and all(_looks_honoured(word) for word in tail.replace(",", " ").replace("/", " ").split()):
        words = head.split()
    while len(words) > 2 and _bare(words[-1]) in HONOURS and (sum(map(str.isupper, words[-1])) > 1 or "." in words[-1]):
        words = words[:-1]
    return " ".join(words).strip(_EDGES)


def _looks_honoured(word: str) -> bool:
    """Post-nominals are in the list, or written as they are: "P.Eng.", "FRSE", "B.Sc."."""
    if _bare(word) in GENERATIONS:
        return False
    letters = [letter for letter in word if letter.isalpha()]
    return _bare(word) in HONOURS or (
        1 < len(letters) <= 6 and (all(map(str.isupper, letters)) or ("." in word.rstrip(".") and word[0].isupper()))
    )


def _given_first(name: str) -> str:
    """The family name goes last where a comma or capitals tell that it came first."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given and not any(_bare(word) in GENERATIONS for word in given.split()):
        return f"{given} {family}" if "," not in given else name.replace(",", "")
    words = name.split()
    is_loud = [len(word.strip(".")) > 1 and word.isupper() and _bare(word) not in GENERATIONS for word in words]
    loud = next((nth for nth, word in enumerate(words) if fold(word) not in PARTICLES), 0)
    if not is_loud[loud : loud + 1] or not is_loud[loud]:
        loud = 0
    while loud < len(words) and (is_loud[loud] or (loud and fold(words[loud]) in PARTICLES and words[loud].islower())):
        loud += 1
    if 0 < loud < len(words) and not any(is_loud[loud:]) and all(word[:1].isupper() for word in words[loud:]):
        return " ".join(words[loud:] + words[:loud])
    return name


def _capitalised(word: str, nth: int) -> str:
    """`O'ROURKE` as O'Rourke; what isn't all capitals, or is an initial or a numeral, stays."""
    bare = word.strip('.,"“”()')
    if len(bare) < 2 or not bare.isupper() or _bare(word) in {"ii", "iii", "iv"} or "." in bare:
        return word
    if nth and fold(bare) in PARTICLES and len(bare) <= 3:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)


class Person:
    """A text that has the shape of a name."""

    def __init__(self, written: str, bare: str) -> None:
        self.written = written
        self.name = natural(written)
        plain = _NICKNAME.sub(" ", bare) if _NICKNAME.search(bare) else bare
        self.nicknames = [fold(word) for word in _words_between(bare) if len(word) > 1]
        self.words = [fold(word).strip(".") for word in plain.replace(",", " ").split()]
        self.is_surnamed = sum(word not in PARTICLES and len(word) > 1 for word in self.words) > 1


def _words_between(text: str) -> list[str]:
    return [word for nickname in _NICKNAME.findall(text) for word in re.findall(r"[^\W\d_]+", nickname)]


@lru_cache(maxsize=2048)
def person(text: str) -> Person | None:
    """The text as a name, or None where it can't be one."""
    bare = without_titles(text)
    plain = _NICKNAME.sub(" ", bare) if _NICKNAME.search(bare) else bare
    words = plain.replace(",", " ", 1).split()
    if not 1 <= len(words) <= MOST_WORDS or any(character.isdigit() for character in bare):
        return None
    named = 0
    for nth, word in enumerate(words):
        bare_word = fold(word).strip(".")
        if (nth == 0 and bare_word in NO_NAMES) or _ELISION.match(word):
            return None
        if bare_word in PARTICLES and (word.islower() or nth):
            named += word[0].isupper()
        elif (_WORD.fullmatch(word) or _INITIALS.fullmatch(word)) and word[0].isupper():
            if bare_word in SENTENCE_WORDS and not word.isupper() and nth and len(bare_word) > 2:
                return None
            named += 1
        elif not (word[0].islower() and _WORD.fullmatch(word) and word[1:2] in "'’" and word[2:3].isupper()):
            return None
    return Person(text, bare) if named and any(len(word.strip(".")) > 1 for word in words) else None
