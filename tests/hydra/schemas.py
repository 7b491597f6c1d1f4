"""As much of JSON Schema as our own OpenAPI document uses; a word that isn't known here fails a test."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
_IGNORED = {"description", "default", "readOnly"}


def faults(schema: dict[str, Any], value: Any, document: dict[str, Any], at: str = "$") -> list[str]:
    """What is wrong with a value."""
    if "$ref" in schema:
        return faults(resolved(document, schema["$ref"]), value, document, at)
    found = []
    for word, told in schema.items():
        if word not in _IGNORED:
            found += [f"{at}: {fault}" for fault in _check(word, told, schema, value)]
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                found += faults(inner, value[name], document, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            found += faults(schema["items"], each, document, f"{at}[{place}]")
    return found


def _check(word: str, told: Any, schema: dict[str, Any], value: Any) -> list[str]:
    if word == "type":
        kinds = told if isinstance(told, list) else [told]
        return [] if any(_is(value, kind) for kind in kinds) else [f"{value!r} is no {told}"]
    checks: dict[str, Any] = {
        "enum": lambda: value in told,
        "const": lambda: value == told,
        "required": lambda: not isinstance(value, dict) or set(told) <= value.keys(),
        "minimum": lambda: not _is(value, "number") or value >= told,
        "maximum": lambda: not _is(value, "number") or value <= told,
        "minLength": lambda: not isinstance(value, str) or len(value) >= told,
        "maxLength": lambda: not isinstance(value, str) or len(value) <= told,
        "maxItems": lambda: not isinstance(value, list) or len(value) <= told,
        "pattern": lambda: not isinstance(value, str) or re.search(told, value),
        "format": lambda: not isinstance(value, str) or _has_format(value, told),
        "properties": lambda: True,
        "items": lambda: True,
    }
    assert word in checks, f"{word} in {schema}"
    return [] if checks[word]() else [f"{value!r} breaks {word} {told!r}"]


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _has_format(value: str, name: str) -> bool:
    if name == "uuid":
        return str(UUID(value)) == value.lower()
    if name == "date-time":
        return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", value) is not None
    if name == "date":
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    if name == "email":
        return "@" in value
    assert name == "iri-reference"
    return " " not in value


def resolved(document: dict[str, Any], reference: str) -> dict[str, Any]:
    """What a reference leads to."""
    assert reference.startswith("#/")
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    assert isinstance(found, dict)
    return found
