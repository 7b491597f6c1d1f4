"""How `/monica/api` speaks HTTP: its paths, its headers, its errors (specification, sections 1, 2 and 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import tokens
from carnet.dialects.monica import errors, lists
from carnet.dialects.monica.input import fields_of
from carnet.dialects.monica.operations import OPERATIONS
from carnet.dialects.monica.quota import Quota
from carnet.dialects.monica.resources import MOUNT
from carnet.http.credentials import bearer
from carnet.http.errors import TooManyRequestsError
from carnet.http.operations import routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import House, Operation
    from carnet.settings import Settings
    from carnet.store.database import Database

_DOUBLED = MOUNT + "/api"
_UNCACHED = (b"cache-control", b"no-cache, private")


class Monica:
    """The tongue of `/monica/api`."""

    mount = MOUNT
    asks_first = True

    def __init__(self, settings: Settings) -> None:
        self.operations: tuple[Operation, ...] = OPERATIONS
        self.limit = Quota(settings.monica_rate_limit)

    def listen(self, operation: Operation, request: Request) -> None:
        """There is one format, whatever is asked."""

    def hear(self, operation: Operation, request: Request) -> None:
        """Check the query, then read the fields; a body of a type that isn't read is no body."""
        if request.query_string:
            lists.wanted(request, operation.about.sorts)
        request.said = fields_of(request, operation.about.form)

    def recognise(self, db: Database, request: Request) -> Actor:
        """By the bearer token, in the token's own workspace."""
        access_key, secret_key = bearer(request)
        return tokens.authenticate(db, access_key, secret_key, slug=None, now=request.now)

    def word(self, error: Exception, operation: Operation | None, request: Request) -> Answer:
        """With a code where Monica has one, else as its framework says it."""
        names = operation.about.names if operation is not None else {}
        answer = errors.say(error, names, request.method, request.path)
        if isinstance(error, TooManyRequestsError):
            answer.add(b"x-ratelimit-reset", str(self.limit.reset(error.retry_after)))
        return answer

    def finish(self, answer: Answer, request: Request) -> None:
        """The format, and what is left of the minute's requests."""
        answer.media_type = answer.media_type or errors.JSON
        answer.headers.append(_UNCACHED)
        if request.actor is not None:
            answer.headers += self.limit.headers(request.actor)


def application(house: House, settings: Settings) -> ASGIApp:
    """`/monica/api` as an ASGI application."""
    routed = routes(house, Monica(settings))

    async def monica(scope: Scope, receive: Receive, send: Send) -> None:
        path = plain(scope["path"])
        await routed(scope if path == scope["path"] else {**scope, "path": path}, receive, send)

    return monica


def plain(path: str) -> str:
    """The path as the table has it: with one `/api`, since some clients add theirs, and without a last slash."""
    if path.startswith(_DOUBLED) and path[len(_DOUBLED) :][:1] in {"", "/"}:
        path = MOUNT + path[len(_DOUBLED) :]
    return path.removesuffix("/")
