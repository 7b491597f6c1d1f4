"""Puts the rooms together; the only module that knows them all."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import structlog

from carnet import settings as environment
from carnet import telemetry
from carnet.dialects.hydra.tongue import application as hydra
from carnet.http.addresses import Addresses
from carnet.http.limits import RateLimit
from carnet.http.messages import Answer, deliver
from carnet.http.operations import House
from carnet.store.database import open_store
from carnet.web.operating import Operating
from carnet.web.pages import Pages

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from carnet.settings import Settings

log = structlog.get_logger("carnet")
_LONGEST_ID = 128
_PLAIN = b"text/plain; charset=utf-8"


class Carnet:
    """The whole application: finds the room that a path leads to, and gives every request an id."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.store = open_store(settings)
        house = House(self.store, Addresses(settings), RateLimit(settings.rate_limit))
        self._operating = Operating(house)
        self._pages = Pages(house, settings)
        self._rooms: dict[str, ASGIApp] = {
            "api": hydra(house, settings),
            "health": self._operating,
            "metrics": self._operating,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1003})
            return
        room = self._rooms.get(scope["path"][1:].partition("/")[0], self._pages)
        request_id = _request_id(scope)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-request-id", request_id))
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=request_id.decode())
        try:
            await room(scope, receive, send_with_id)
        except Exception:
            log.exception("request failed", method=scope["method"])
            await deliver(Answer(500, b"Internal Server Error\n", media_type=_PLAIN), send, without_body=False)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._operating.is_ready = True
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._operating.is_ready = False
                self.store.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _request_id(scope: Scope) -> bytes:
    """The caller's own X-Request-Id where it is short and plain, else a new one."""
    for name, value in scope["headers"]:
        if (
            name == b"x-request-id"
            and 0 < len(value) <= _LONGEST_ID
            and value.isascii()
            and value.decode().isprintable()
        ):
            return bytes(value)
    return secrets.token_hex(8).encode()


def create(settings: Settings) -> Carnet:
    """The application for these settings; its database must be up to date (see `carnet.migrations`)."""
    telemetry.set_up_logs(settings.log_level)
    return Carnet(settings)


def create_from_environment() -> Carnet:
    """The application as each worker process makes it."""
    return create(environment.read())
