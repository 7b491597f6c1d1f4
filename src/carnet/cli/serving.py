"""`carnet serve`: the application under uvicorn, in one process or, on PostgreSQL, in several."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import typer
import uvicorn

from carnet import settings as environment
from carnet.cli.listening import listening
from carnet.cli.opening import Notebook, now, opened_with
from carnet.cli.people import address, link
from carnet.core import tokens, users
from carnet.http.patience import PatientProtocol

if TYPE_CHECKING:
    from socket import socket
    from types import FrameType

    from carnet.settings import Settings

_DRAIN_SECONDS = 30
_KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """uvicorn's server, for which a signal is a wish to end, not a failure."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop taking connections and answer what was accepted; a second SIGINT stops at once."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()


def serve(**given: Any) -> None:  # noqa: ANN401 - the options, each of its own type
    """Bring the database up to date, make what the first start needs, and serve until a signal ends it."""
    settings = environment.read(**given)
    if settings.workers > 1 and not settings.on_postgres:
        typer.echo("On SQLite there is one process: serving with one.", err=True)
        settings = msgspec.structs.replace(settings, workers=1)
    with listening(settings.host, settings.port) as sockets:
        settings = msgspec.structs.replace(settings, port=sockets[0].getsockname()[1])
        with opened_with(settings) as notebook:
            greeting = _greeting(notebook)
        typer.echo(greeting, err=True)
        if settings.workers > 1:
            _serve_with_many(settings, sockets)
        else:
            _serve_with_one(settings, sockets)


def _greeting(notebook: Notebook) -> str:
    served = f"Carnet serves on {address(notebook.settings)}"
    if notebook.read(tokens.everyone):
        return served
    secret = notebook.change(users.new_link, notebook.owner, now=now())
    return f"{served}\nYour first key, shown once: {link(notebook, secret)}"


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "workers": settings.workers,
        "http": PatientProtocol,
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "log_config": None,
        "timeout_keep_alive": _KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": _DRAIN_SECONDS,
        "backlog": 2048,
    }


def _serve_with_one(settings: Settings, sockets: list[socket]) -> None:
    from carnet.app import create

    server = Server(uvicorn.Config(create(settings), **_options(settings)))
    server.run(sockets)
    if not server.started:
        sys.exit(1)


def _serve_with_many(settings: Settings, sockets: list[socket]) -> None:
    """Workers build their own application, from the environment; uvicorn's supervisor keeps them alive."""
    from carnet.cli.supervising import Supervisor

    for name in ("host", "port", "data", "database_url", "workers"):
        os.environ["CARNET_" + name.upper()] = str(getattr(settings, name))
    config = uvicorn.Config("carnet.app:create_from_environment", factory=True, **_options(settings))
    supervisor = Supervisor(config, sockets)
    supervisor.run()
    if not supervisor.has_served:
        sys.exit(1)
