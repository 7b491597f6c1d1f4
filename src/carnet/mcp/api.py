"""`/api` as this room knows it: requests made inside the process, in the caller's name and with the caller's token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Scope

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request

LARGEST_PAGE = 100
_FIRST_ERROR = 400
_NAMES_WHO_ASKS = (b"authorization", b"x-workspace-slug", b"host")
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class RefusedError(Exception):
    """`/api` refused a request: its status, and the problem as it tells it."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", ""))
        self.status = status
        self.detail: str = problem.get("detail", "")
        self.violations: list[dict[str, str]] = problem.get("violations", [])


class Api:
    """`/api` for one caller."""

    def __init__(self, application: ASGIApp, scope: Scope, request: Request, actor: Actor) -> None:
        self._application = application
        self._scope = scope
        self._headers = [(name, request.headers[name]) for name in _NAMES_WHO_ASKS if name in request.headers]
        self.actor = actor
        self.now = request.now
        self.protocol_version = request.header(b"mcp-protocol-version")

    async def ask(
        self, method: str, path: str, *, query: Iterable[tuple[str, str]] = (), body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What `/api` answers, without its `@context`. Raises RefusedError."""
        content = _encode(body) if body is not None else b""
        exchange = _Exchange(content)
        scope = {
            **self._scope,
            "method": method,
            "path": f"/api{path}",
            "raw_path": f"/api{path}".encode(),
            "query_string": urlencode(list(query)).encode(),
            "headers": [
                *self._headers,
                (b"accept", b"application/json"),
                (b"content-type", b"application/json"),
                (b"content-length", b"%d" % len(content)),
            ],
            "carnet.is_counted": True,
        }
        await self._application(scope, exchange.receive, exchange.send)
        told = _decode(exchange.answered) if exchange.answered else {}
        if exchange.status >= _FIRST_ERROR:
            raise RefusedError(exchange.status, told)
        told.pop("@context", None)
        return told

    async def list(self, path: str, query: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
        """A page of a collection, as `items` and the `total` of all pages. Raises RefusedError."""
        page = await self.ask("GET", path, query=query)
        plain = {name.removeprefix("hydra:"): value for name, value in page.items()}
        return {"items": plain["member"], "total": plain["totalItems"]}

    async def whole(self, path: str) -> dict[str, Any]:
        """All of a collection that is short. Raises RefusedError."""
        found: dict[str, Any] = {"items": [], "total": 0}
        for page in range(1, _MOST_PAGES + 1):
            more = await self.list(path, [("itemsPerPage", str(LARGEST_PAGE)), ("page", str(page))])
            found = {"items": found["items"] + more["items"], "total": more["total"]}
            if len(found["items"]) >= found["total"] or not more["items"]:
                break
        return found


_MOST_PAGES = 20


class _Exchange:
    """One request's body and its answer, as ASGI hands them over."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.status = 0
        self.answered = b""

    async def receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def send(self, message: Any) -> None:  # noqa: ANN401 - ASGI's own
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.answered += message.get("body", b"")
