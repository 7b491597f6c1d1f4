"""English that is said about the reader, turned so that it is said to the reader: "she is" becomes "you are"."""

from __future__ import annotations

import re
from typing import Final

from carnet.assist.drafting.lists import words_in

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\s+|.", re.DOTALL)
_SHORT: Final = 4
_VERBS: Final = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't",
    "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_AS_THEY_ARE: Final = words_in("""
    can could will would should may might must had did can't couldn't won't wouldn't shouldn't hadn't didn't needs
""")
_AFTER_OBJECT: Final = words_in("""
    that to for at on in about if whether when where why how what which who a an the and or but by with from of as
    before after again back soon this next tomorrow today tonight later know us me my our some any once until
    during over up out off first directly please because so your then his her
""")
_ADVERBS: Final = words_in("""
    also still just already never always often not ever really usually
""")
_NO_NAMES: Final = words_in("""
    i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
""")


def turned(text: str) -> str:  # noqa: C901 - one walk along the words
    """A phrase or clause as it is said to the reader."""
    tokens: list[str] = _TOKEN.findall(text.replace("\u2019", "'"))
    said: list[str] = []
    is_reader: bool | None = None
    awaits_verb = False
    for at, piece in enumerate(tokens):
        word = piece.lower()
        new = piece
        if not piece[0].isalpha():
            if piece in ".!?;:":
                is_reader = None
        elif awaits_verb and word not in _ADVERBS:
            new, awaits_verb = _second(word, piece), False
        elif word in {"she", "he", "they"} and is_reader is not False:
            new, is_reader = "you", True
            awaits_verb = word != "they" and not _is_inverted(tokens, at)
            if _is_inverted(tokens, at):
                said[-2] = _second(said[-2].lower(), said[-2])
        elif word in {"she's", "he's"} and is_reader is not False:
            new, is_reader = "you've" if _has_participle(tokens, at) else "you're", True
        elif (
            word in {"she'll", "he'll", "they'll", "she'd", "he'd", "they'd", "they're", "they've"}
            and is_reader is not False
        ):
            new, is_reader = "you" + word[word.index("'") :], True
        elif word in _OBJECTS:
            new = _object(word, _next(tokens, at))
        elif is_reader is None and piece[:1].isupper() and at and word not in _NO_NAMES:
            is_reader = False
        if new is not piece and piece[:1].isupper():
            new = new[:1].upper() + new[1:]
        said.append(new)
    return "".join(said)


_OBJECTS: Final = words_in("""
    her him his hers their them theirs herself himself themselves
""")


def _object(word: str, following: str) -> str:
    if word in {"him", "them"}:
        return "you"
    if word in {"his", "their"}:
        return "your"
    if word in {"hers", "theirs"}:
        return "yours"
    if word.endswith(("self", "selves")):
        return "yourself"
    return "you" if following in _AFTER_OBJECT or not following else "your"


def _next(tokens: list[str], at: int) -> str:
    for piece in tokens[at + 1 : at + 3]:
        if not piece.isspace():
            return piece.lower() if piece[0].isalnum() else ""
    return ""


def _is_inverted(tokens: list[str], at: int) -> bool:
    """Whether the verb stood before: "is she", "does he"."""
    before = tokens[at - 2].lower() if at > 1 and tokens[at - 1].isspace() else ""
    return before in _VERBS


def _has_participle(tokens: list[str], at: int) -> bool:
    following = _next(tokens, at)
    return following.endswith("ed") or following in {
        "been",
        "had",
        "got",
        "done",
        "sent",
        "seen",
        "made",
        "read",
        "found",
    }


def _second(word: str, piece: str) -> str:
    """The verb of "she" as that of "you"."""
    if word in _VERBS:
        return _VERBS[word]
    if word in _AS_THEY_ARE or not word.endswith("s") or word.endswith("ss"):
        return "need" if word == "needs" else piece
    if word.endswith("ies") and len(word) > _SHORT:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes", "oes")):
        return word[:-2]
    return word[:-1]
