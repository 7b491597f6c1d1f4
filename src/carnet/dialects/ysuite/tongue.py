"""How `/v1` speaks HTTP: JSON in and out, and a pair of keys before all else (specification, sections 1 and 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import tokens
from carnet.dialects.ysuite import errors
from carnet.dialects.ysuite.operations import OPERATIONS
from carnet.http.credentials import bearer
from carnet.http.limits import RateLimit
from carnet.http.operations import routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import House, Operation
    from carnet.settings import Settings
    from carnet.store.database import Database

JSON = b"application/json"
_ACCESS, _SECRET = b"x-ysuite-access-key", b"x-ysuite-secret-key"


class Ysuite:
    """The tongue of `/v1`."""

    mount = "/v1"
    asks_first = True

    def __init__(self, limit: RateLimit | None = None) -> None:
        self.limit = limit or RateLimit(0)
        self.operations: tuple[Operation, ...] = OPERATIONS

    def listen(self, operation: Operation, request: Request) -> None:
        """Answers have one format, whatever the caller accepts."""

    def hear(self, operation: Operation, request: Request) -> None:
        """A body is JSON, whatever type it names."""

    def recognise(self, db: Database, request: Request) -> Actor:
        """By the pair of keys; where neither is sent, by the bearer token that they are the halves of."""
        if _ACCESS in request.headers or _SECRET in request.headers:
            access_key, secret_key = request.header(_ACCESS).strip(), request.header(_SECRET).strip()
        else:
            access_key, secret_key = bearer(request)
        return tokens.authenticate(db, access_key, secret_key, slug=None, now=request.now)

    def word(self, error: Exception, operation: Operation | None, request: Request) -> Answer:
        """In the envelope."""
        about = operation.about if operation is not None else None
        return errors.say(error, request, about.noun if about else "", about.names if about else None)

    def finish(self, answer: Answer, request: Request) -> None:  # noqa: ARG002
        """The format, which no browser shall guess."""
        answer.media_type = answer.media_type or JSON
        answer.headers.append((b"x-content-type-options", b"nosniff"))


def application(house: House, settings: Settings) -> ASGIApp:  # noqa: ARG001 - every tongue is made alike
    """`/v1` as an ASGI application."""
    return routes(house, Ysuite(house.limit))
