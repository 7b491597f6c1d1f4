"""Health and metrics, for whoever runs Carnet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet import telemetry
from carnet.core import workspaces
from carnet.core.errors import CarnetError
from carnet.core.permissions import Right, require
from carnet.http.credentials import by_bearer
from carnet.http.messages import Answer, Request, deliver
from carnet.store.database import StoreUnavailableError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from carnet.http.operations import House
    from carnet.store.database import Database

_PLAIN = b"text/plain; charset=utf-8"
_METRICS = b"text/plain; version=0.0.4; charset=utf-8"


def _allowed(db: Database, request: Request) -> None:
    require(by_bearer(db, request), Right.READ_METRICS)


class Operating:
    """`/health/live`, `/health/ready` and `/metrics`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.is_ready = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        answer = await self._answer(scope)
        answer.headers.append((b"cache-control", b"no-store"))
        await deliver(answer, scope, send)

    async def _answer(self, scope: Scope) -> Answer:
        if scope["method"] not in {"GET", "HEAD"}:
            return Answer(405, b"Method Not Allowed\n", [(b"allow", b"GET, HEAD")], _PLAIN)
        if scope["path"] == "/health/live":
            return Answer(200, b"alive\n", media_type=_PLAIN)
        if scope["path"] == "/health/ready":
            return await self._ready()
        if scope["path"] == "/metrics":
            return await self._metrics(scope)
        return Answer(404, b"Not Found\n", media_type=_PLAIN)

    async def _ready(self) -> Answer:
        if self.is_ready:
            try:
                await self._house.store.read(workspaces.find, "main")
            except StoreUnavailableError:
                return Answer(503, b"the database doesn't answer\n", media_type=_PLAIN)
            if not self._house.store.is_alive:
                return Answer(503, b"changes can't be written\n", media_type=_PLAIN)
            return Answer(200, b"ready\n", media_type=_PLAIN)
        return Answer(503, b"not ready\n", media_type=_PLAIN)

    async def _metrics(self, scope: Scope) -> Answer:
        if not self._house.addresses.is_local(scope):
            try:
                await self._house.store.read(_allowed, Request(scope, ""))
            except CarnetError:
                return Answer(
                    401, b"a token with the scope metrics is needed\n", [(b"www-authenticate", b"Bearer")], _PLAIN
                )
        return Answer(200, telemetry.metrics(), media_type=_METRICS)
