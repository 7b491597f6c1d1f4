"""Requests byte for byte as a server hands them to the application: what a well-behaved client would never send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.conftest import House, Person

Headers = list[tuple[bytes, bytes]]


def send(
    house: House,
    method: str,
    target: str,
    *,
    headers: Iterable[tuple[str, str]] = (),
    body: Iterable[bytes] = (),
    client: str = "127.0.0.1",
    scheme: str = "http",
) -> httpx.Response:
    """Send a request; `target` is path and query as they stand in the request line, `body` comes in pieces."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": _headers(headers),
        "client": (client, 50_000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }
    return house.runner.run(_answer(house, scope, list(body)))


def _headers(given: Iterable[tuple[str, str]]) -> Headers:
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in given]
    known = {name for name, _ in headers}
    return headers if b"host" in known else [(b"host", b"carnet.example"), *headers]


async def _answer(house: House, scope: dict[str, Any], pieces: list[bytes]) -> httpx.Response:
    status, headers, content = 0, [], b""

    async def receive() -> dict[str, Any]:
        body = pieces.pop(0) if pieces else b""
        return {"type": "http.request", "body": body, "more_body": bool(pieces)}

    async def answered(message: Any) -> None:
        nonlocal status, headers, content
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        else:
            content += message.get("body", b"")

    await house.app(scope, receive, answered)
    return httpx.Response(status, headers=headers, content=content)


def bearer(person: Person) -> tuple[str, str]:
    """The header that carries the person's token."""
    return "authorization", f"Bearer {person.token.bearer}"
