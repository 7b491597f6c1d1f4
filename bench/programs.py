"""The programs that are measured, each on its own copy of the notebook: started, checked against each other, asked."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from bench import traffic
from bench.dataset import CARNET
from bench.servers import Server, cpu_seconds, resident_bytes
from bench.traffic import CREATE, DEEP, GET, KINDS, LIST, Traffic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.dataset import Notebook

ON_SQLITE, BARE, CONSTANT = "Carnet on SQLite", "bare program", "constant answer"
TONGUES = {"Monica": "Monica on SQLite", "YSUITE": "YSUITE on SQLite"}
"""The same Carnet, asked for its list in another tongue."""


class Program:
    """A running server, the requests it is asked, and what its process and its database's have spent."""

    def __init__(self, name: str, server: Server, asked: Traffic, kinds: tuple[str, ...], notebook: Notebook) -> None:
        self.name = name
        self.server = server
        self.asked = asked
        self.kinds = kinds
        self.notebook = notebook
        self.idle_bytes = resident_bytes(server.process_id)

    def spent(self) -> tuple[float, float]:
        """CPU seconds until now: the program's, and its database server's."""
        database = self.notebook.server_process_id
        return cpu_seconds(self.server.process_id), cpu_seconds(database) if database is not None else 0.0

    @property
    def resident_bytes(self) -> int:
        return resident_bytes(self.server.process_id)


@contextmanager
def carnet(notebook: Notebook, run: Path) -> Iterator[Program]:
    """Carnet, started as its user would."""
    with start(notebook, run) as server:
        asked = traffic.learn(server.port, notebook.token)
        yield Program(f"Carnet on {notebook.database}", server, asked, KINDS, notebook)


def start(notebook: Notebook, run: Path) -> Server:
    """A `carnet serve` on the notebook, not yet running."""
    command = [CARNET, "serve", "--host", "127.0.0.1", "--data", str(notebook.folder)]
    return Server(command, run / "carnet.log", ready="/health/ready", environment=notebook.environment)


def in_other_tongues(beside: Program) -> list[Program]:
    """Carnet's list as its other tongues give it, from the same server."""
    asked = traffic.in_other_tongues(beside.notebook.token)
    return [
        Program(
            TONGUES[tongue], beside.server, replace(beside.asked, requests={LIST: requests}), (LIST,), beside.notebook
        )
        for tongue, requests in asked.items()
    ]


@contextmanager
def bare(notebook: Notebook, beside: Program, run: Path) -> Iterator[Program]:
    """The bare program, once it has answered what Carnet answers."""
    search = run / "search.json"
    page = traffic.ask(beside.server.port, notebook.token, "/api/contact_tasks")
    search.write_bytes(msgspec.json.encode(page["hydra:search"]))
    command = [sys.executable, "-m", "bench.bare", "--database", str(notebook.file), "--search", str(search)]
    with Server(command, run / "bare.log", environment={}) as server:
        for path in ("", f"?page={beside.asked.deep_page}", page["hydra:member"][0]["@id"][18:]):
            _require_same(beside.server.port, server.port, notebook.token, "/api/contact_tasks" + path)
        yield Program(BARE, server, beside.asked, (LIST, GET, CREATE, DEEP), notebook)


@contextmanager
def constant(beside: Program, run: Path) -> Iterator[Program]:
    """The constant answer, as long as Carnet's list."""
    page = traffic.ask(beside.server.port, beside.notebook.token, "/api/contact_tasks")
    command = [sys.executable, "-m", "bench.constant", "--size", str(len(msgspec.json.encode(page)))]
    with Server(command, run / "constant.log", environment={}) as server:
        yield Program(CONSTANT, server, beside.asked, (LIST,), beside.notebook)


def _require_same(port: int, other: int, token: str, path: str) -> None:
    expected: Any = traffic.ask(port, token, path)
    if traffic.ask(other, token, path) != expected:
        message = f"the bare program answers {path} otherwise than Carnet does"
        raise AssertionError(message)
