"""The envelopes that records come in, one at a time (specification, section 3)."""

from __future__ import annotations

from typing import Any

import msgspec

from carnet.http.messages import Answer

_encode = msgspec.json.Encoder().encode


def one(record: Any) -> Answer:  # noqa: ANN401 - a Struct of any noun
    """One record."""
    return Answer(200, _encode({"success": True, "data": record}))


def done(message: str, record: Any) -> Answer:  # noqa: ANN401
    """A record that was made or changed."""
    return Answer(200, _encode({"success": True, "message": message, "data": record}))


def deleted(message: str) -> Answer:
    """A record that is there no longer."""
    return Answer(200, _encode({"success": True, "message": message}))


def as_shown(record: msgspec.Struct) -> dict[str, Any]:
    """A record's fields as a client has read them."""
    shown: dict[str, Any] = msgspec.to_builtins(record)
    return shown
