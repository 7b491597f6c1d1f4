"""The fields that a request sends: JSON, a form or a multipart form, with the query's underneath (section 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.dialects.monica import forms
from carnet.http.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carnet.http.messages import Request

LARGEST_BODY = 16 * 1024 * 1024
"""A description may have 1,000,000 characters, each of them written as `\\uXXXX` or twice so."""

_decode = msgspec.json.Decoder().decode
_BRACKETED = re.compile(r"([^\[\]]+)\[[^\[\]]*\]")


def fields_of(request: Request) -> dict[str, Any]:
    """The fields by their names, as they were sent. Raises MalformedError for a broken body."""
    fields = _gathered(request.query) if request.query_string else {}
    return fields | _of_body(request)


def _of_body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    sent = request.header(b"content-type")
    kind = sent.partition(";")[0].strip().lower()
    if "json" in kind:
        return _of_json(request.body)
    if kind == "application/x-www-form-urlencoded":
        return _gathered(forms.read(request.body))
    if kind == "multipart/form-data":
        return _gathered(forms.read_parts(request.body, sent))
    return {}


def _of_json(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        fields = _decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        message = "The body isn't JSON."
        raise MalformedError(message) from None
    if not isinstance(fields, dict):
        message = "The body isn't an object."
        raise MalformedError(message)
    return fields


def _gathered(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as fields: `tags[]` is a list, and of a name that comes twice the last counts."""
    fields: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for name, value in pairs:
        listed = _BRACKETED.fullmatch(name)
        if listed is None:
            fields[name] = value
        else:
            lists.setdefault(listed[1], []).append(value)
    return fields | lists
