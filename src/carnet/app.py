"""Puts the rooms together; the only module that knows them all."""

from __future__ import annotations

import gc
import itertools
import re
import secrets
from typing import TYPE_CHECKING

import structlog

from carnet import settings as environment
from carnet import telemetry
from carnet.dialects.hydra.tongue import application as hydra
from carnet.dialects.monica.tongue import application as monica
from carnet.dialects.ysuite.tongue import application as ysuite
from carnet.http.addresses import Addresses
from carnet.http.limits import RateLimit
from carnet.http.messages import Answer, deliver
from carnet.http.operations import House
from carnet.jobs.running import Jobs
from carnet.jobs.webhooks import Webhooks
from carnet.mail.postman import Postman
from carnet.mcp.door import Door
from carnet.store.database import StoreUnavailableError, open_store
from carnet.web.operating import Operating
from carnet.web.pages import Pages

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from carnet.settings import Settings

log = structlog.get_logger("carnet")
_ID = re.compile(rb"[\x21-\x7e]{1,128}")
_PLAIN = b"text/plain; charset=utf-8"


class Carnet:
    """The whole application: finds the room that a path leads to, and gives every request an id."""

    def __init__(self, settings: Settings) -> None:
        self._process = secrets.token_hex(4)
        self._requests = itertools.count(1)
        self.store = open_store(settings)
        self.postman = Postman(self.store, settings)
        self.jobs = Jobs(self.store, self.postman, shared=settings.on_postgres)
        self.webhooks = Webhooks(self.store, settings)
        house = House(self.store, Addresses(settings), RateLimit(settings.rate_limit))
        self._operating = Operating(house)
        self._pages = Pages(house)
        api = hydra(house, settings, self.postman)
        door = Door(house, api, settings.cors_origins)
        self._rooms: dict[str, ASGIApp] = {
            "api": api,
            "mcp": door,
            "_mcp": door,
            "monica": monica(house, settings),
            "v1": ysuite(house, settings),
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
        scope["carnet.request_id"] = self._request_id(scope)
        room = self._rooms.get(scope["path"][1:].partition("/")[0], self._pages)
        try:
            await room(scope, receive, send)
        except StoreUnavailableError:
            await deliver(Answer(503, b"The database doesn't answer\n", media_type=_PLAIN), scope, send)
        except Exception:  # a room's own answer failed: the caller still gets one
            log.exception("request failed", request_id=scope["carnet.request_id"], method=scope["method"])
            await deliver(Answer(500, b"Internal Server Error\n", media_type=_PLAIN), scope, send)

    def _request_id(self, scope: Scope) -> str:
        """The caller's own X-Request-Id where it is short and plain, else a new one."""
        for name, value in scope["headers"]:
            if name == b"x-request-id" and _ID.fullmatch(value):
                return value.decode()  # type: ignore[no-any-return]
        return f"{self._process}-{next(self._requests):x}"

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                # What the start has made stays: the collector need not walk through it again and again.
                gc.collect()
                gc.freeze()
                self.jobs.start()
                self.webhooks.start()
                self._operating.is_ready = True
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._operating.is_ready = False
                await self.webhooks.stop()
                await self.jobs.stop()
                self.store.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def create(settings: Settings) -> Carnet:
    """The application for these settings; its database must be up to date (see `carnet.migrations`)."""
    telemetry.set_up_logs(settings.log_level)
    return Carnet(settings)


def create_from_environment() -> Carnet:
    """The application as each worker process makes it."""
    return create(environment.read())
