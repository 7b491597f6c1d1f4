"""What only this tongue knows of a record: stored with it under the tongue's name, given back, never interpreted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carnet.dialects.ysuite.bodies import Said

TONGUE = "ysuite"


def of(extras: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What is kept of a record for this tongue."""
    held = (extras or {}).get(TONGUE)
    return held if isinstance(held, dict) else {}


def wanted(said: Said, wires: Iterable[str], extras: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The change of a record's `extras` that a body wants; nothing where it names none of the fields."""
    named = [wire for wire in wires if wire in said]
    if not named:
        return {}
    held = dict(of(extras)) | {wire: said[wire] for wire in named}
    return {"extras": {TONGUE: {wire: value for wire, value in held.items() if value is not None} or None}}
