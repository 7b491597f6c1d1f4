"""OpenAPI 3.1 from the operation table, and a page that shows it. The page is plain HTML: it loads nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from carnet.http.operations import Operation

_METHODS = ("get", "post", "patch", "put", "delete")


def document(  # noqa: PLR0913 - what an OpenAPI document has
    *,
    title: str,
    version: str,
    about: str,
    mount: str,
    operations: Iterable[Operation],
    describe: Callable[[Operation], dict[str, Any]],
    components: dict[str, Any],
    security: list[dict[str, list[str]]],
) -> dict[str, Any]:
    """The OpenAPI document of a tongue; `describe` gives an operation's parameters, body and answers."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        described = {
            "operationId": operation.name,
            "summary": operation.summary,
            **({} if operation.right is not None else {"security": []}),
            **describe(operation),
        }
        paths.setdefault(mount + operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": about},
        "servers": [{"url": "/"}],
        "security": security,
        "paths": paths,
        "components": components,
    }


SECURITY = [
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"),
    (b"x-frame-options", b"DENY"),
]
"""The headers of the page, which holds text and style and nothing else."""


def page(described: dict[str, Any]) -> bytes:
    """The document as a page for people."""
    info = described["info"]
    paths = "".join(
        _operation(method, path, item[method])
        for path, item in described["paths"].items()
        for method in _METHODS
        if method in item
    )
    schemas = "".join(_schema(name, schema) for name, schema in described["components"]["schemas"].items())
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(info['title'])}</title>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style><main><h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"<p>{escape(info['description'])}</p><h2>Operations</h2>{paths}<h2>Schemas</h2>{schemas}</main></html>"
    ).encode()


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = []
    if operation.get("parameters"):
        rows = "".join(
            _row(each["name"], each["schema"], each.get("description", "")) for each in operation["parameters"]
        )
        parts.append(f"<h4>Parameters</h4><table>{rows}</table>")
    if "requestBody" in operation:
        schema = next(iter(operation["requestBody"]["content"].values()))["schema"]
        parts.append(f"<h4>Body</h4><p>{_type(schema)}</p>")
        parts += [_table(schema)] if "properties" in schema else []
    answers = "".join(
        f"<tr><td><code>{escape(code)}</code><td>{escape(_about(answer))}"
        for code, answer in operation["responses"].items()
    )
    parts.append(f"<h4>Answers</h4><table>{answers}</table>")
    head = (
        f"<summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
        f"<span>{escape(operation['summary'])}</span></summary>"
    )
    return f"<details id={escape(operation['operationId'])}>{head}{''.join(parts)}</details>"


def _about(answer: dict[str, str]) -> str:
    return answer.get("description") or answer["$ref"].rpartition("/")[2]


def _schema(name: str, schema: dict[str, Any]) -> str:
    return f"<details id={escape(name)}><summary><code>{escape(name)}</code></summary>{_table(schema)}</details>"


def _table(schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    rows = "".join(
        _row(name, field, field.get("description", ""), needed=name in required)
        for name, field in schema.get("properties", {}).items()
    )
    return f"<table>{rows}</table>"


def _row(name: str, schema: dict[str, Any], about: str, *, needed: bool = False) -> str:
    star = "<b title=required>*</b>" if needed else ""
    return f"<tr><td><code>{escape(name)}</code>{star}<td>{_type(schema)}<td>{escape(about)}"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    if "enum" in schema:
        return escape(" | ".join(map(str, schema["enum"])))
    kind = schema.get("type", "any")
    told = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if kind == "array" and "items" in schema:
        return f"array of {_type(schema['items'])}"
    return escape(f"{told} ({schema['format']})" if "format" in schema else told)


_STYLE = """
:root{color-scheme:light dark;--ink:#1f2328;--paper:#fbfaf7;--line:#d8d4ca;--quiet:#5d5a52;--accent:#2f5d50}
@media (prefers-color-scheme:dark){
:root{--ink:#e6e3dc;--paper:#1b1d1c;--line:#3a3d3b;--quiet:#a8a49a;--accent:#8cc7b4}}
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--paper)}
main{max-width:60rem;margin:auto;padding:1rem 1.2rem 4rem}a{color:var(--accent)}
small,summary span{color:var(--quiet);font-weight:400}
details{border-top:1px solid var(--line);padding:.4rem 0}
summary{cursor:pointer;overflow-wrap:anywhere}summary b{display:inline-block;min-width:4.8rem;color:var(--accent)}
table{border-collapse:collapse;width:100%;display:block;overflow-x:auto}
td{border-top:1px solid var(--line);padding:.2rem .8rem .2rem 0;vertical-align:top}
h4{margin:.6rem 0 .2rem}code{font-size:.92em}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
"""
