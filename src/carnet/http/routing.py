"""Finding what answers a path: a tree of its segments, so that a tongue of a hundred paths costs no more than one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Place(Generic[T]):
    """Where a beginning of paths leads on to."""

    spelled: dict[str, _Place[T]] = field(default_factory=dict)
    named: _Place[T] | None = None
    name: str = ""
    target: T | None = None


class Paths(Generic[T]):
    """Paths, some with `{names}` in the place of a segment, each leading to something.

    A segment that is spelled out beats a name; a path whose named segment is empty leads nowhere.
    """

    def __init__(self) -> None:
        self._root: _Place[T] = _Place()

    def add(self, template: str, target: T) -> None:
        """Let a path, such as `/contacts/{id}/tasks`, lead to a target.

        Raises ValueError where another template has another name in the same place.
        """
        place = self._root
        for segment in template.split("/"):
            name = segment[1:-1] if segment.startswith("{") else ""
            if not name:
                place = place.spelled.setdefault(segment, _Place())
                continue
            if place.named is None:
                place.named, place.name = _Place(), name
            elif place.name != name:
                message = f"{template}: this place is named {place.name} already"
                raise ValueError(message)
            place = place.named
        place.target = target

    def find(self, path: str) -> tuple[T, dict[str, str]] | None:
        """What a path leads to, and the segments that stand for names; None where it leads nowhere."""
        return _walk(self._root, path.split("/"), 0, {})


def _walk(place: _Place[T], segments: list[str], at: int, params: dict[str, str]) -> tuple[T, dict[str, str]] | None:
    if at == len(segments):
        return (place.target, params) if place.target is not None else None
    segment = segments[at]
    spelled = place.spelled.get(segment)
    if spelled is not None:
        found = _walk(spelled, segments, at + 1, params)
        if found is not None:
            return found
    if place.named is None or not segment:
        return None
    return _walk(place.named, segments, at + 1, {**params, place.name: segment})
