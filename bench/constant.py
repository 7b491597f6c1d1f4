"""Gives one answer to everything: what the HTTP server alone costs, below which no program in Python can come."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bench.asgi import respond, serve, start_and_stop

if TYPE_CHECKING:
    from bench.asgi import Application, Receive, Scope, Send


def application(size: int) -> Application:
    """A program that answers with so many bytes of JSON."""
    body = b'"' + b"-" * (size - 2) + b'"'

    async def constant(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await start_and_stop(receive, send)
            return
        await respond(send, 200, body)

    return constant


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--size", type=int, required=True)
    options = parser.parse_args()
    serve(application(options.size), options.port)
