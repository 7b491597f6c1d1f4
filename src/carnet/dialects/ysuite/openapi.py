"""The OpenAPI document of this tongue, from the tables of fields and the Structs that are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet import __version__
from carnet.dialects.ysuite.about import About, Kind
from carnet.http import openapi

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from carnet.dialects.ysuite.values import Field
    from carnet.http.operations import Operation

_JSON, _HTML = "application/json", "text/html"
_SCHEMAS = "#/components/schemas/{name}"
_REFUSALS = {
    "401": "No valid credentials.",
    "403": "The credentials don't allow it.",
    "429": "Too many requests; Retry-After says when to come again.",
}


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The OpenAPI document of `/v1`."""
    table = list(operations)
    structs = list({operation.about.answer for operation in table if operation.about.answer is not None})
    structs.sort(key=lambda struct: struct.__name__)
    _, schemas = msgspec.json.schema_components(structs, ref_template=_SCHEMAS)
    return openapi.document(
        title="Carnet, as YSUITE",
        version=__version__,
        about="Tasks, contacts, deals and leads for programs written for the YSUITE External API.",
        mount="/v1",
        operations=table,
        describe=_described,
        components={
            "schemas": {**schemas, "Error": _ERROR, "Refusal": _REFUSAL},
            "securitySchemes": {
                "accessKey": {"type": "apiKey", "in": "header", "name": "x-ysuite-access-key"},
                "secretKey": {"type": "apiKey", "in": "header", "name": "x-ysuite-secret-key"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
        security=[{"accessKey": [], "secretKey": []}, {"bearer": []}],
    )


def _described(operation: Operation) -> dict[str, Any]:
    about: About = operation.about
    described: dict[str, Any] = {"tags": [about.noun]}
    parameters = [_ID] if "{id}" in operation.path else []
    parameters += [
        {
            "name": each.name,
            "in": "query",
            "schema": each.schema(),
            **({"description": each.about} if each.about else {}),
        }
        for each in about.parameters
    ]
    if parameters:
        described["parameters"] = parameters
    if about.fields:
        schema = _body(about.fields, creating=about.kind is Kind.CREATE)
        described["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
    described["responses"] = _responses(operation, about)
    return described


def _responses(operation: Operation, about: About) -> dict[str, Any]:
    if about.kind is Kind.DOCUMENT:
        media = _JSON if operation.path.endswith(".json") else _HTML
        kind = "object" if media == _JSON else "string"
        return {"200": {"description": operation.summary, "content": {media: {"schema": {"type": kind}}}}}
    refusals = dict(_REFUSALS)
    if "{id}" in operation.path or about.fields:
        refusals["400"] = "No such record, or a body that isn't JSON."
    if about.fields:
        refusals["413"] = "The body is too large."
    responses = {"200": _answer(operation.summary, _success(about))}
    responses |= {code: _answer(text, _reference("Error")) for code, text in sorted(refusals.items())}
    if about.fields or about.parameters:
        responses["422"] = _answer("Values that can't be taken, by their names.", _reference("Refusal"))
    return responses


def _success(about: About) -> dict[str, Any]:
    properties: dict[str, Any] = {"success": {"type": "boolean", "const": True}}
    if about.kind in {Kind.CREATE, Kind.CHANGE, Kind.DELETE}:
        properties["message"] = {"type": "string"}
    if about.kind is not Kind.DELETE and about.answer is not None:
        record = _reference(about.answer.__name__)
        properties["data"] = _page(record) if about.kind is Kind.LIST else record
    return {"type": "object", "required": list(properties), "properties": properties}


def _page(record: dict[str, Any]) -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    properties = {
        "data": {"type": "array", "items": record},
        "current_page": {"type": "integer", "minimum": 1},
        "total_records": count,
        "total_pages": count,
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _body(fields: Sequence[Field], *, creating: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "properties": {field.wire: _taken(field) for field in fields}}
    required = [field.wire for field in fields if field.required]
    if creating and required:
        schema["required"] = required
    return schema


def _taken(field: Field) -> dict[str, Any]:
    schema = field.schema()
    if field.required:
        return schema
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": _SCHEMAS.format(name=name)}


def _answer(about: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {_JSON: {"schema": schema}}}


_ID: dict[str, Any] = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
_ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["success", "message"],
    "properties": {"success": {"type": "boolean", "const": False}, "message": {"type": "string"}},
}
_REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["success", "message", "errors"],
    "properties": {
        **_ERROR["properties"],
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    },
}
