"""The OpenAPI schemas of this tongue, from the same field tables as everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet import __version__
from carnet.dialects.hydra.links import Embedded
from carnet.http import openapi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.dialects.hydra.classes import Class
    from carnet.dialects.hydra.fields import Field
    from carnet.dialects.hydra.items import About
    from carnet.http.operations import Operation

_BODIES = ("application/json", "application/ld+json", "application/merge-patch+json")
_ANSWERS = ("application/ld+json", "application/json")
_PROBLEM = "application/problem+json"
_IRI = {"type": "string", "format": "iri-reference"}


def document(operations: Sequence[Operation], classes: Sequence[Class], *, prefix: bool) -> dict[str, Any]:
    """The OpenAPI document of `/api`."""
    hydra = "hydra:" if prefix else ""
    schemas: dict[str, Any] = {}
    for described in classes:
        schemas[described.name] = _item(described)
        if "POST" in described.methods:
            schemas[f"{described.name}Draft"] = _body(described, creating=True)
            schemas[f"{described.name}Changes"] = _body(described, creating=False)
        schemas[f"{described.name}Collection"] = _collection(described, hydra)
    schemas |= {"Error": _ERROR, "ConstraintViolation": _VIOLATIONS}
    return openapi.document(
        title="Carnet",
        version=__version__,
        about="Contacts, companies, tasks, deals, notes and tags in Hydra: the LetsLigo API and more.",
        mount="/api",
        operations=operations,
        describe=_described,
        components={
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "Error": _answer("What went wrong.", "Error", (_PROBLEM,)),
                "Violations": _answer("Values that can't be taken.", "ConstraintViolation", (_PROBLEM,)),
            },
        },
        security=[{"bearer": []}],
    )


def _described(operation: Operation) -> dict[str, Any]:
    about: About = operation.about
    described: dict[str, Any] = {"tags": [about.title]}
    parameters = [_PATH[name] for name in ("id", "name", "sessionId", "eventId") if f"{{{name}}}" in operation.path]
    if about.kind == "list" and about.described is not None:
        parameters += _query(about.described)
    parameters += [_number(name, otherwise) for name, otherwise in about.query.items()]
    if operation.right is not None:
        parameters.append(_WORKSPACE)
    if operation.method == "POST":
        parameters.append(_KEY)
    if operation.writes and "{" in operation.path and about.has_etag:
        parameters.append(_IF_MATCH)
    if about.kind == "item":
        parameters.append(_IF_NONE_MATCH)
    if parameters:
        described["parameters"] = parameters
    schema = _body_of(about)
    if schema is not None:
        described["requestBody"] = {
            "required": about.kind == "create",
            "content": {kind: {"schema": schema} for kind in _BODIES},
        }
    described["responses"] = _responses(operation, about)
    return described


def _body_of(about: About) -> dict[str, Any] | None:
    if about.body is not None:
        return about.body
    suffix = {"create": "Draft", "change": "Changes"}.get(about.kind)
    return {"$ref": f"#/components/schemas/{about.title}{suffix}"} if suffix else None


def _responses(operation: Operation, about: About) -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.status): _success(operation, about)}
    if about.kind == "item":
        responses["304"] = {"description": "The caller has it already."}
    refusals = ["401", "403", "406"] if operation.right is not None else ["406"]
    if "{" in operation.path:
        refusals.append("404")
    if about.kind == "list" or about.query:
        refusals.append("400")
    if operation.writes:
        refusals += ["400", "409", "413", "415"]
        refusals += ["412"] if "{" in operation.path and about.has_etag else []
        refusals += ["502"] if operation.after is not None else []
        responses["422"] = {"$ref": "#/components/responses/Violations"}
        if about.refused is not None:
            refused = _answer("Values that can't be taken.", "ConstraintViolation", (_PROBLEM,))
            refused["content"]["application/json"] = {"schema": about.refused}
            responses["422"] = refused
    responses |= {code: {"$ref": "#/components/responses/Error"} for code in sorted({*refusals, "429"})}
    return responses


def _success(operation: Operation, about: About) -> dict[str, Any]:
    if operation.status == 204:  # noqa: PLR2004 - no content
        return {"description": "Done."}
    if about.answer is not None:
        return {"description": operation.summary, "content": {kind: {"schema": about.answer} for kind in about.media}}
    name = about.title + ("Collection" if about.kind == "list" else "")
    return _answer(operation.summary, name, _ANSWERS)


def _answer(about: str, schema: str, kinds: Sequence[str]) -> dict[str, Any]:
    content = {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}} for kind in kinds}
    return {"description": about, "content": content}


def _item(described: Class) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "@context": {"type": "string"},
        "@id": _IRI,
        "@type": {"type": "string", "const": described.name},
        "id": {"type": "string", "format": "uuid"},
    }
    properties |= {field.wire: _shown(field) for field in described.fields}
    return {"type": "object", "required": ["@id", "@type", "id"], "properties": properties}


def _shown(field: Field) -> dict[str, Any]:
    """A field as it is answered: other tongues' longer values are shown whole."""
    schema = {key: value for key, value in field.schema().items() if key not in {"maxLength", "minLength", "maxItems"}}
    if isinstance(field, Embedded):
        return {
            "type": "object",
            "required": ["@id", "@type", "id", "name"],
            "properties": {
                "@id": _IRI,
                "@type": {"type": "string"},
                "id": {"type": "string"},
                "name": {"type": "string"},
            },
        }
    if schema.get("type") == "array":
        schema["items"] = {"type": "string"}
    return schema


def _body(described: Class, *, creating: bool) -> dict[str, Any]:
    fields = [field for field in described.fields if field.writable and (creating or not field.once)]
    schema = {"type": "object", "properties": {field.wire: _taken(field) for field in fields}}
    required = [field.wire for field in fields if field.required]
    if creating and required:
        schema["required"] = required
    return schema


def _taken(field: Field) -> dict[str, Any]:
    schema = field.schema()
    if field.required:
        return schema
    if "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None]}


def _collection(described: Class, hydra: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["@context", "@id", "@type", f"{hydra}totalItems", f"{hydra}member", f"{hydra}search"],
        "properties": {
            "@context": {"type": "string"},
            "@id": _IRI,
            "@type": {"type": "string", "const": f"{hydra}Collection"},
            f"{hydra}totalItems": {"type": "integer", "minimum": 0},
            f"{hydra}member": {"type": "array", "items": {"$ref": f"#/components/schemas/{described.name}"}},
            f"{hydra}view": {"type": "object"},
            f"{hydra}search": {"type": "object"},
        },
    }


def _number(name: str, otherwise: int | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer", "minimum": 0}
    return {"name": name, "in": "query", "schema": schema if otherwise is None else {**schema, "default": otherwise}}


def _query(described: Class) -> list[dict[str, Any]]:
    shown = [
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1}},
        {"name": "itemsPerPage", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 30}},
    ]
    return shown + [
        {"name": variable, "in": "query", "schema": {"type": "string"}}
        for parameter in described.parameters
        for variable in parameter.variables()
    ]


_PATH: dict[str, dict[str, Any]] = {
    "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
    "name": {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
}
_PATH |= {name: {**_PATH["id"], "name": name} for name in ("sessionId", "eventId")}
_WORKSPACE: dict[str, Any] = {
    "name": "X-Workspace-Slug",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Another of the token's workspaces than its first.",
}
_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same request under the same key has one effect, for 24 hours.",
}
_IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Only where this is the current ETag.",
}
_IF_NONE_MATCH: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Only where this isn't the current ETag.",
}
_ERROR = {
    "type": "object",
    "required": ["@context", "@id", "@type", "title", "description", "type", "status", "detail"],
    "properties": {
        "@context": {"type": "string"},
        "@id": _IRI,
        "@type": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_VIOLATIONS = {
    "type": "object",
    "required": ["status", "detail", "title", "description", "type"],
    "properties": {
        "status": {"type": "integer", "const": 422},
        "violations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["propertyPath", "message", "code"],
                "properties": {
                    "propertyPath": {"type": "string"},
                    "message": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
        "detail": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "type": {"type": "string"},
    },
}
