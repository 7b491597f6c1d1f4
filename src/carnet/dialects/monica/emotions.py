"""Emotions of a call or an activity: only this tongue knows them, so they are kept and shown, and never interpreted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import Fault
from carnet.core.identity import LARGEST_NUMBER
from carnet.dialects.monica.fields import Many, Whole

if TYPE_CHECKING:
    from collections.abc import Mapping


class EmotionOut(msgspec.Struct, frozen=True, gc=False):
    """An emotion, of which only the number is known."""

    id: int
    object: str = "emotion"


class _Emotion(Whole):
    """The number of an emotion."""

    def read(self, value: Any, before: Any) -> int:  # noqa: ANN401 - what was sent, and what is there
        number = super().read(value, before)
        if not 0 < number <= LARGEST_NUMBER:
            raise self.fault(Fault.UNKNOWN)
        return number


FIELD = Many(_Emotion("emotions"), about="Numbers of Monica's emotions.")


def shown(extras: Mapping[str, Any] | None) -> list[EmotionOut]:
    """The emotions of a record as objects."""
    return [EmotionOut(number) for number in ((extras or {}).get("monica") or {}).get("emotions", ())]


def kept(said: Mapping[str, Any]) -> dict[str, Any] | None:
    """What this tongue keeps of a record with the emotions that were said; None where there are none."""
    return {"emotions": said["emotions"]} if said.get("emotions") else None
