"""The OpenAPI document of this tongue: bodies from the tables of fields, answers from the Structs that are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet import __version__
from carnet.dialects.monica.lists import LARGEST_PAGE, Ends, PageLink
from carnet.dialects.monica.resources import MOUNT
from carnet.http import openapi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.dialects.monica.verbs import About
    from carnet.http.operations import Operation

_REF = "#/components/schemas/"
_JSON = "application/json"
_BODIES = (_JSON, "application/x-www-form-urlencoded", "multipart/form-data")


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The OpenAPI document of `/monica/api`."""
    shown = {operation.about.shown for operation in operations if operation.about.shown is not None}
    _, found = msgspec.json.schema_components(
        sorted([*shown, PageLink, Ends], key=lambda kind: str(kind.__name__)), ref_template=_REF + "{name}"
    )
    schemas = {_plain(name): _renamed(schema) for name, schema in found.items()}
    return openapi.document(
        title="Carnet, as Monica",
        version=__version__,
        about="The Monica 4.x API: a client of Monica works here by changing its base URL.",
        mount=MOUNT,
        operations=operations,
        describe=_described,
        components={
            "schemas": dict(sorted({**schemas, **_OWN}.items())),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        security=[{"bearer": []}],
    )


def _plain(name: str) -> str:
    """A Struct's name as a schema's: `TaskOut` is `Task`."""
    return name.removesuffix("Out")


def _renamed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, dict):
        if {} in schema.get("anyOf", ()):  # what is written beforehand, beside what it is written from
            rest = [each for each in schema["anyOf"] if each]
            return _renamed({**schema, "anyOf": rest} if len(rest) > 1 else rest[0])
        named = {"title": _plain(schema["title"])} if "title" in schema and isinstance(schema["title"], str) else {}
        return {key: _renamed(value) for key, value in schema.items()} | named
    if isinstance(schema, list):
        return [_renamed(each) for each in schema]
    return _plain(schema) if isinstance(schema, str) and schema.startswith(_REF) else schema


def _described(operation: Operation) -> dict[str, Any]:
    about: About = operation.about
    described: dict[str, Any] = {"tags": [about.key]}
    parameters: list[dict[str, Any]] = [_ID] if "{id}" in operation.path else []
    parameters += [_MONTH] if "{month}" in operation.path else []
    if about.kind == "list":
        words = [sign + word for word in about.sorts for sign in ("", "-")]
        parameters += [*_PAGING, {"name": "sort", "in": "query", "schema": {"type": "string", "enum": words}}]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": meaning}
        for name, meaning in about.query.items()
    ]
    if operation.method == "POST":
        parameters.append(_KEY)
    if parameters:
        described["parameters"] = parameters
    if about.form is not None and about.form.fields:
        schema = about.form.schema()
        described["requestBody"] = {"content": {kind: {"schema": schema} for kind in _BODIES}}
    described["responses"] = _responses(operation, about)
    return described


def _responses(operation: Operation, about: About) -> dict[str, Any]:
    success = {"description": operation.summary, "content": {about.media: {"schema": _answer(about)}}}
    refusals = {"400": "CodedError", "401": "PlainError", "403": "CodedError", "429": "CodedError"}
    if operation.right is None:
        return {str(operation.status): success}
    if "{" in operation.path or operation.writes:
        refusals["404"] = "CodedError"
    if operation.writes:
        refusals |= {"413": "PlainError", "422": "CodedError"}
    return {str(operation.status): success} | {
        code: {"description": _MEANINGS[code], "content": {_JSON: {"schema": {"$ref": _REF + name}}}}
        for code, name in sorted(refusals.items())
    }


_MEANINGS = {
    "400": "The query or the body can't be read.",
    "401": "No valid token.",
    "403": "The token lacks the scope.",
    "404": "There is no such record.",
    "413": "The body is too large.",
    "422": "Fields that can't be taken.",
    "429": "Too many requests.",
}


def _answer(about: About) -> dict[str, Any]:
    if about.answer is not None:
        return dict(about.answer)
    one = {"$ref": _REF + _plain(about.shown.__name__)}
    if about.kind != "list":
        return {"type": "object", "required": ["data"], "properties": {"data": one}}
    return {
        "type": "object",
        "required": ["data", "links", "meta"],
        "properties": {
            "data": {"type": "array", "items": one},
            "links": {"$ref": _REF + "Ends"},
            "meta": {"$ref": _REF + "Meta"},
        },
    }


_COUNT = {"type": "integer", "minimum": 0}
_ROW = {"type": ["integer", "null"], "minimum": 1}
_OWN: dict[str, Any] = {
    "Meta": {
        "type": "object",
        "required": ["current_page", "from", "last_page", "links", "path", "per_page", "to", "total"],
        "properties": {
            "current_page": _COUNT,
            "from": _ROW,
            "last_page": _COUNT,
            "links": {"type": "array", "items": {"$ref": _REF + "PageLink"}},
            "path": {"type": "string", "format": "uri"},
            "per_page": _COUNT,
            "to": _ROW,
            "total": _COUNT,
            "query": {"type": "string", "description": "What was searched for."},
            "statistics": {
                "type": "object",
                "additionalProperties": _COUNT,
                "description": "How many there were in each year, of what happened at some time.",
            },
        },
    },
    "CodedError": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "error_code"],
                "properties": {
                    "message": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                    "error_code": {"type": "integer"},
                },
            }
        },
    },
    "PlainError": {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}},
}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
_MONTH = {
    "name": "month",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
    "description": "How many months from now.",
}
_PAGING = (
    {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1}},
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": LARGEST_PAGE}},
)
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same request under the same key has one effect, for 24 hours.",
}
