"""Choosing a format by the Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(1024)
def preferred(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type offered that is wanted most; None where none is.

    `offered` stands in our order, whose first is taken for a wildcard. Equal wishes are taken in the caller's order.
    """
    if not accept.strip():
        return offered[0]
    refused = {kind for kind, weight in _ranges(accept) if weight <= 0}
    for kind, weight in sorted(_ranges(accept), key=lambda wish: -wish[1]):
        if weight <= 0:
            continue
        for media_type in offered:
            if media_type not in refused and _covers(kind, media_type):
                return media_type
    return None


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
                return float(value)
            except ValueError:
                return 1.0
    return 1.0


def _covers(kind: str, media_type: str) -> bool:
    return kind in {"*/*", media_type} or (kind.endswith("/*") and media_type.startswith(kind[:-1]))
