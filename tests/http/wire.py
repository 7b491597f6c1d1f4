"""Requests by hand, message by message, as a server would pass them on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

    from tests.conftest import House

GONE: Message = {"type": "http.disconnect"}


@dataclass
class Said:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    read: int = 0
    """How many messages of the request were taken."""


def pieces(*parts: bytes) -> list[Message]:
    """A body that comes in several messages."""
    last = len(parts) - 1
    return [{"type": "http.request", "body": part, "more_body": at < last} for at, part in enumerate(parts)]


@dataclass
class Wire:
    """A line to an application, with Alice's token."""

    house: House
    app: ASGIApp

    def send(
        self, method: str, path: str, body: bytes | list[Message] = b"", *, token: str | None = None, **headers: str
    ) -> Said:
        """Send a request whose body is one message, or those; headers have `_` for `-`."""
        return self.house.runner.run(self.sending(method, path, body, token=token, **headers))

    def together(self, *requests: tuple[str, str, bytes, dict[str, str]]) -> list[Said]:
        """Send several at the same moment: method, path, body and headers of each."""

        async def all_of_them() -> list[Said]:
            return [*await asyncio.gather(*(self.sending(m, path, body, **more) for m, path, body, more in requests))]

        return self.house.runner.run(all_of_them())

    async def sending(
        self, method: str, path: str, body: bytes | list[Message] = b"", *, token: str | None = None, **headers: str
    ) -> Said:
        said = Said()
        messages = iter(pieces(body) if isinstance(body, bytes) else body)

        async def receive() -> Message:
            said.read += 1
            for message in messages:
                return message
            await asyncio.Event().wait()  # nothing comes any more
            return GONE

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                said.status = message["status"]
                said.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            else:
                said.body += message["body"]

        await self.app(self._scope(method, path, token, headers), receive, send)
        return said

    def _scope(self, method: str, path: str, token: str | None, headers: dict[str, str]) -> dict[str, Any]:
        bearer = self.house.alice.token.bearer if token is None else token
        named = {"authorization": f"Bearer {bearer}", "host": "carnet.example", **headers}
        route, _, query = path.partition("?")
        return {
            "type": "http",
            "method": method,
            "path": route,
            "raw_path": route.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "scheme": "http",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 5),
            "headers": [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in named.items()],
            "carnet.request_id": "r1",
        }
