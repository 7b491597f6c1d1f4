"""Every sentence that a draft may hold, by its name: in both languages, short, normal and long (see `marks`).

A form that is empty is not written at that length; one that isn't given is the one before it. `subject` is what a
mail of that kind is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from carnet.assist.drafting import (
    wordings_en,
    wordings_en_acts,
    wordings_en_meetings,
    wordings_fr,
    wordings_fr_acts,
    wordings_fr_meetings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.assist.drafting.kinds import Language, Length

Said = tuple[str, ...]
_LENGTHS: Final[Mapping[str, int]] = {"short": 0, "normal": 1, "long": 2}


class Frame(NamedTuple):
    """What stands around the sentences of a mail."""

    greeting: str
    greeting_formally: str
    greeting_nobody: str
    sign_off: str


FRAMES: Final[Mapping[Language, Frame]] = {"fr": Frame(*wordings_fr.FRAME), "en": Frame(*wordings_en.FRAME)}
_WORDINGS: Final[Mapping[Language, Mapping[str, Said]]] = {
    "fr": wordings_fr.WORDINGS | wordings_fr_meetings.MEETINGS | wordings_fr_acts.ACTS,
    "en": wordings_en.WORDINGS | wordings_en_meetings.MEETINGS | wordings_en_acts.ACTS,
}


def wording(name: str, language: Language, length: Length) -> str:
    """The wording of a sentence; empty where it isn't written at that length, or there is none of that name."""
    said = _WORDINGS[language].get(name, ("",))
    return said[min(_LENGTHS[length], len(said) - 1)]


def names() -> frozenset[str]:
    """The names of all sentences."""
    return frozenset(_WORDINGS["fr"]) | frozenset(_WORDINGS["en"])
