"""How `/api` speaks HTTP: its formats, its headers, its errors (specification, sections 1, 2 and 7)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from carnet.assist.models import model_of
from carnet.dialects.hydra.errors import Words
from carnet.dialects.hydra.operations import LD, operations_of
from carnet.http.cors import Cors
from carnet.http.credentials import by_bearer
from carnet.http.errors import NotAcceptableError, UnsupportedTypeError
from carnet.http.limits import RateLimit
from carnet.http.messages import HTML, JSON, deliver
from carnet.http.negotiation import preferred
from carnet.http.operations import routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import House, Operation
    from carnet.mail.postman import Postman
    from carnet.settings import Settings
    from carnet.store.database import Database

_TYPES = {"application/ld+json": LD, "application/json": JSON, "text/html": HTML}
_ITEMS = ("application/ld+json", "application/json")
_PROBLEMS = ("application/problem+json",)
_DOCUMENTS = (*_ITEMS, "text/html")
_READ = frozenset({"application/ld+json", "application/json", "application/merge-patch+json"})
_SUFFIXES = {".jsonld": LD, ".json": JSON}
_OWN_NAMES = frozenset({"/api/docs.jsonld", "/api/index.jsonld", "/api/openapi.json"})
_DOCUMENTED = 'rel="http://www.w3.org/ns/hydra/core#apiDocumentation"'
_FAILED = '<http://www.w3.org/ns/hydra/error>; rel="http://www.w3.org/ns/json-ld#error"'
_FIRST_ERROR = 400
_LONGEST_ACCEPT = 1_000


class Hydra:
    """The tongue of `/api`."""

    mount = "/api"
    asks_first = False

    def __init__(self, settings: Settings, limit: RateLimit | None = None, postman: Postman | None = None) -> None:
        self.limit = limit or RateLimit(settings.rate_limit)
        self.operations: tuple[Operation, ...] = operations_of(
            prefix=settings.hydra_prefix, model=model_of(settings), postman=postman
        )
        self.cors = Cors(
            settings.cors_origins,
            accepted="Authorization, Content-Type, Accept, X-Workspace-Slug, If-Match, If-None-Match, Idempotency-Key",
            exposed="Link, Location, ETag, Idempotency-Replayed",
        )
        self._words = Words(prefix=settings.hydra_prefix)

    def listen(self, operation: Operation, request: Request) -> None:
        """The suffix of the path decides, else the Accept header."""
        if request.format is not None:
            return
        accept = request.header(b"accept")[:_LONGEST_ACCEPT]
        found = preferred(accept, _DOCUMENTS if operation.about.kind == "document" else _ITEMS)
        if found is None and preferred(accept, _PROBLEMS) is not None:
            found = _ITEMS[0]
        if found is None:
            raise NotAcceptableError(accept.partition(",")[0].partition(";")[0].strip())
        request.format = _TYPES[found]

    def hear(self, operation: Operation, request: Request) -> None:
        """A body is JSON under any of its three names, or has no type at all."""
        if operation.method == "DELETE":
            return
        sent = request.header(b"content-type").partition(";")[0].strip().lower()
        if sent and sent not in _READ and request.body:
            raise UnsupportedTypeError(sent)

    def recognise(self, db: Database, request: Request) -> Actor:
        """By the bearer token alone, never by a query or a cookie."""
        return by_bearer(db, request)

    def word(self, error: Exception, operation: Operation | None, request: Request) -> Answer:  # noqa: ARG002
        """As problem details, in either format."""
        return self._words.say(error, operation.about.names if operation is not None else {})

    def finish(self, answer: Answer, request: Request) -> None:
        """The format, and the links that Hydra clients follow from every answer."""
        answer.media_type = answer.media_type or request.format or LD
        answer.headers += _headers(request.base_url, answer.status >= _FIRST_ERROR)
        answer.headers += self.cors.headers(request.header(b"origin"))


@lru_cache(256)
def _headers(base_url: str, failed: bool) -> list[tuple[bytes, bytes]]:  # noqa: FBT001 - cached by position
    link = f"<{base_url}/api/docs.jsonld>; {_DOCUMENTED}"
    if failed:
        link += f", {_FAILED}"
    return [(b"link", link.encode()), (b"vary", b"Accept"), (b"x-content-type-options", b"nosniff")]


def application(house: House, settings: Settings, postman: Postman) -> ASGIApp:
    """`/api` as an ASGI application."""
    tongue = Hydra(settings, house.limit, postman)
    routed = routes(house, tongue)

    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
            answer = tongue.cors.preflight(origin)
            answer.headers += _headers(house.addresses.base_url(scope), False)  # noqa: FBT003
            await deliver(answer, scope, send)
            return
        path: str = scope["path"]
        if path.endswith((".jsonld", ".json")) and method in {"GET", "HEAD"} and path not in _OWN_NAMES:
            stem, _, suffix = path.rpartition(".")
            scope = {**scope, "path": stem, "carnet.format": _SUFFIXES["." + suffix]}
        await routed(scope, receive, send)

    return api
