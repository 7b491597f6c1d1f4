"""The fields that a request sends: JSON, a form or a multipart form, with the query's underneath (section 5)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.dialects.monica import forms
from carnet.http.errors import BodyTooLargeError, MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from carnet.dialects.monica.fields import Form
    from carnet.http.messages import Request

LARGEST_BODY = 16 * 1024 * 1024
"""A description may have 1,000,000 characters, each of them written as `\\uXXXX` or twice so."""

_decode = msgspec.json.Decoder().decode
_LONGEST_LISTS = 256 * 1024
_BRACKETED = re.compile(r"([^\[\]]+)\[[^\[\]]*\]")


def fields_of(request: Request, form: Form | None) -> dict[str, Any]:
    """The fields by their names, as they were sent; of JSON those of the form alone, as the rest is ignored.

    Raises MalformedError for a broken body, and BodyTooLargeError for lists and objects of over 256 kB in all.
    """
    fields = _gathered(request.query) if request.query_string else {}
    return fields | _of_body(request, form)


def _of_body(request: Request, form: Form | None) -> dict[str, Any]:
    if not request.body:
        return {}
    sent = request.header(b"content-type")
    kind = sent.partition(";")[0].strip().lower()
    if "json" in kind:
        return _of_json(request.body, form)
    if kind == "application/x-www-form-urlencoded":
        return _gathered(forms.read(request.body))
    if kind == "multipart/form-data":
        return _gathered(forms.read_parts(request.body, sent))
    return {}


def _of_json(body: bytes, form: Form | None) -> dict[str, Any]:
    if not body.strip():
        return {}
    try:
        body.decode()  # what is skipped is to be UTF-8 too
        sent = _reader(form)(body)
        given = ((wire, getattr(sent, name)) for name, wire in zip(sent.__struct_fields__, _wires(form), strict=True))
        fields = {wire: _decode(raw) for wire, raw in _bounded(given)}
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ValueError):
        message = "The body isn't JSON."
        raise MalformedError(message) from None
    return fields


def _wires(form: Form | None) -> tuple[str, ...]:
    return tuple(field.wire for field in form.fields) if form is not None else ()


@lru_cache(128)
def _reader(form: Form | None) -> Callable[[bytes], msgspec.Struct]:
    """Reads a JSON object into a Struct of the form's fields, unread: what a form doesn't know is skipped, not built.

    Sixteen megabytes of small lists would take seconds to build, and everybody would wait.
    """
    wires = _wires(form)
    fields: list[Any] = [(f"field_{at}", msgspec.Raw | msgspec.UnsetType, msgspec.UNSET) for at in range(len(wires))]
    names = {f"field_{at}": wire for at, wire in enumerate(wires)}
    return msgspec.json.Decoder(msgspec.defstruct("Sent", fields, rename=names)).decode


def _bounded(given: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, msgspec.Raw]]:
    """The fields that were sent, unless their lists and objects are so long that they take a second to read."""
    left = _LONGEST_LISTS
    for wire, raw in given:
        if raw is not msgspec.UNSET:
            written = memoryview(raw)
            if bytes(written[:1]) in {b"[", b"{"}:
                left -= len(written)
            if left < 0:
                raise BodyTooLargeError
            yield wire, raw


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
