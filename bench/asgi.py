"""Serves the programs that Carnet is measured against, with uvicorn's own HTTP and the options of `carnet serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from typing import Any

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LD = b"application/ld+json; charset=utf-8"


def serve(application: Application, port: int) -> None:
    """Serve on the loopback until SIGTERM."""
    uvicorn.run(
        application,
        host="127.0.0.1",
        port=port,
        ws="none",
        lifespan="on",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        backlog=2048,
    )


async def start_and_stop(receive: Receive, send: Send, stop: Callable[[], None] = lambda: None) -> None:
    """Take part in the server's start and end."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def respond(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    """Send an answer whole."""
    headers = [(b"content-type", LD), (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
