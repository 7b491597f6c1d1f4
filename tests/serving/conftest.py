"""A real server: `carnet serve` in a process of its own, on a folder of its own."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CARNET = (sys.executable, "-c", "from carnet.cli import main; main()")
_PATIENCE = 20.0


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of `carnet` to its end."""
    return subprocess.run([*CARNET, *arguments], capture_output=True, text=True, timeout=60, check=False, **options)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Server:
    """One `carnet serve`, and the way to talk to it."""

    folder: Path
    options: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    database: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] = field(init=False)
    token: str = field(init=False, default="")

    def start(self) -> None:
        """Start it, and wait until it says that it is ready."""
        said = (self.folder / "said").open("ab")
        command = [*self.before, *CARNET, "serve", "--port", str(self.port), *self.place, *self.options]
        self.process = subprocess.Popen(command, stderr=said, stdout=said)
        said.close()
        end = time.monotonic() + _PATIENCE
        while not self.is_ready():
            assert self.process.poll() is None, (self.folder / "said").read_text()
            assert time.monotonic() < end, (self.folder / "said").read_text()
            time.sleep(0.02)

    @property
    def place(self) -> tuple[str, ...]:
        database = ("--database", self.database) if self.database else ()
        return ("--data", str(self.folder / "data"), *database)

    def is_ready(self) -> bool:
        try:
            return self.request("GET", "/health/ready")[0] == 200
        except OSError:
            return False

    def make_token(self) -> None:
        made = run("token", "create", "--name", "test", "--json", *self.place)
        self.token = json.loads(made.stdout)["token"]

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)

    def request(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Send one request; give the status and the JSON (or the text) of the answer."""
        connection = self.connect()
        try:
            return self.call(connection, method, path, body)
        finally:
            connection.close()

    def call(self, connection: http.client.HTTPConnection, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if "json" in (answer.getheader("content-type") or "") else text.decode()

    def end(self, sent: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and give its exit code."""
        if self.process.poll() is None:
            for each in [*psutil.Process(self.process.pid).children(recursive=True)] if self.before else []:
                each.send_signal(sent)
            self.process.send_signal(sent)
        return self.process.wait(_PATIENCE)


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers, and ends those that a test leaves running."""
    started: list[Server] = []

    def start(*options: str, before: tuple[str, ...] = (), database: str = "") -> Server:
        server = Server(tmp_path, options, before, database)
        started.append(server)
        server.start()
        server.make_token()
        return server

    yield start
    for server in started:
        server.end(signal.SIGKILL)


@pytest.fixture
def server(new_server: Callable[..., Server]) -> Server:
    """A server on SQLite."""
    return new_server()
