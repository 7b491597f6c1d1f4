"""A request as operations see it, and their answer."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import msgspec

if TYPE_CHECKING:
    from starlette.types import Scope, Send

    from carnet.core.permissions import Actor

JSON = b"application/json; charset=utf-8"
HTML = b"text/html; charset=utf-8"


class Request:
    """One request. The body is read before an operation runs; nothing here waits."""

    __slots__ = (
        "_query",
        "actor",
        "base_url",
        "body",
        "format",
        "headers",
        "id",
        "is_counted",
        "method",
        "now",
        "params",
        "path",
        "prepared",
        "query_string",
        "said",
    )

    def __init__(self, scope: Scope, base_url: str) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.params: dict[str, str] = scope.get("path_params", {})
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        if len(self.headers) != len(scope["headers"]):
            self.headers |= _joined_lists(scope["headers"])
        self.query_string: bytes = scope["query_string"]
        self.base_url = base_url
        self.body = b""
        self.format: Any = scope.get("carnet.format")
        """What the path's suffix or the tongue's negotiation chose."""
        self.id: str = scope.get("carnet.request_id", "")
        self.is_counted: bool = scope.get("carnet.is_counted", False)
        """Whether another room, which asks on behalf of a caller, has counted what the caller asked."""
        self.now = datetime.fromtimestamp(int(time.time()), UTC)
        """In whole seconds, which is what is shown: so that what is compared is what was shown."""
        self.actor: Actor | None = None
        """Who asks, once they are recognised."""
        self.said: Any = None
        """What the body says, where the tongue read it before the transaction."""
        self.prepared: Any = None
        """What was done for the operation before its transaction (see `Operation.before`)."""
        self._query: list[tuple[str, str]] | None = None

    def header(self, name: bytes) -> str:
        """A header's value, or an empty text; `name` in lower case."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters of the query in their order; bytes that aren't UTF-8 become U+FFFD, and so match nothing."""
        if self._query is None:
            self._query = read_query(self.query_string) if self.query_string else []
        return self._query


def read_query(query_string: bytes) -> list[tuple[str, str]]:
    """The parameters of a query in their order."""
    return parse_qsl(query_string.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")


_LISTS = frozenset({b"accept", b"if-match", b"if-none-match"})


def _joined_lists(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Lists that came in several headers, as the one list that they are (RFC 9110, section 5.3)."""
    joined: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _LISTS:
            joined[name] = joined[name] + b", " + value if name in joined else value
    return joined


class Answer(msgspec.Struct, gc=False):
    """What an operation answers."""

    status: int
    body: bytes = b""
    headers: list[tuple[bytes, bytes]] = msgspec.field(default_factory=list)
    media_type: bytes = b""
    """Where it isn't said, the format that the tongue negotiated."""

    def add(self, name: bytes, value: str) -> None:
        """Add a header."""
        self.headers.append((name, value.encode("latin-1", "replace")))


async def deliver(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer, with the request's id; for HEAD without its body."""
    headers = answer.headers
    request_id = scope.get("carnet.request_id")
    if request_id is not None:
        headers.append((b"x-request-id", request_id.encode()))
    if answer.body:
        headers.append((b"content-type", answer.media_type))
    if answer.status not in _EMPTY:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})


_EMPTY = frozenset({204, 304})
