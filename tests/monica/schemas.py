"""As much of JSON Schema as this tongue's OpenAPI document uses; a word that isn't known here is a fault."""

from __future__ import annotations

from typing import Any

_KINDS: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_IGNORED = {"title", "description", "default", "format", "maxItems", "maxLength", "minLength", "additionalProperties"}


def faults(schema: dict[str, Any], value: Any, document: dict[str, Any], at: str = "$") -> list[str]:
    """What is wrong with a value."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return faults(document["components"]["schemas"][name], value, document, at)
    if "anyOf" in schema:
        tries = [faults(each, value, document, at) for each in schema["anyOf"]]
        return [] if [] in tries else tries[0]
    found = [f"{at}: {value!r} breaks {word}"[:300] for word, told in schema.items() if not _holds(word, told, value)]
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            found += faults(inner, value[name], document, f"{at}.{name}") if name in value else []
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            found += faults(schema["items"], each, document, f"{at}[{place}]")
    return found


def _holds(word: str, told: Any, value: Any) -> bool:
    checks: dict[str, Any] = {
        "type": lambda: any(type(value) is _KINDS[kind] for kind in (told if isinstance(told, list) else [told])),
        "required": lambda: not isinstance(value, dict) or set(told) <= value.keys(),
        "const": lambda: value == told,
        "enum": lambda: value in told,
        "minimum": lambda: not isinstance(value, int) or value >= told,
        "maximum": lambda: not isinstance(value, int) or value <= told,
        "properties": lambda: True,
        "items": lambda: True,
    }
    return word in _IGNORED or (word in checks and bool(checks[word]()))
