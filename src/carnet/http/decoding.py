"""JSON out of a body: its depth is bounded, so that nothing which walks through it ever goes too deep."""

from __future__ import annotations

from typing import Any

import msgspec

from carnet.http.errors import MalformedError

_decode = msgspec.json.Decoder().decode
DEEPEST = 100


def decoded(body: bytes) -> Any:  # noqa: ANN401 - JSON of any kind
    """What a body says in JSON. Raises MalformedError."""
    try:
        value = _decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        message = "Syntax error"
        raise MalformedError(message) from None
    if body.count(b"{") + body.count(b"[") > DEEPEST and _depth(value) > DEEPEST:
        message = f"The body is nested more than {DEEPEST} levels deep."
        raise MalformedError(message)
    return value


def _depth(value: object) -> int:
    """How many levels a decoded value has, counted without recursion."""
    level, depth = [value], 0
    while level:
        inside: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inside += each.values()
            elif isinstance(each, list):
                inside += each
            else:
                continue
        depth += any(isinstance(each, (dict, list)) for each in level)
        level = inside
    return depth
