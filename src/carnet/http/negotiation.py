"""Choosing a format by the Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(1024)
def preferred(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type offered that is wanted most; None where none is.

    The most precise range that covers a type gives its weight. Equal weights are taken in the caller's order, then in
    ours.
    """
    if not accept.strip():
        return offered[0]
    ranges = _ranges(accept)
    wishes = []
    for rank, media_type in enumerate(offered):
        covering = [
            (_precision(kind), -place, weight)
            for place, (kind, weight) in enumerate(ranges)
            if _covers(kind, media_type)
        ]
        if covering:
            _, place, weight = max(covering)
            wishes.append((weight, place, -rank))
    best = max(wishes, default=(0.0, 0, 0))
    return offered[-best[2]] if best[0] > 0 else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    wishes = []
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if kind:
            wishes.append((kind, _weight(parameters)))
    return wishes


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 1.0
            return weight if 0 <= weight <= 1 else 1.0
    return 1.0


def _covers(kind: str, media_type: str) -> bool:
    return kind in {"*/*", media_type} or (kind.endswith("/*") and media_type.startswith(kind[:-1]))


def _precision(kind: str) -> int:
    return 0 if kind == "*/*" else 1 if kind.endswith("/*") else 2
