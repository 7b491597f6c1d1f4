"""Starts a server, tells when it is ready, what it spends and how large it is, and stops what it started."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

_START_SECONDS = 30.0
_STOP_SECONDS = 20.0


class DidNotStartError(Exception):
    """A server that wasn't ready in time, with what it wrote last."""


class Server:
    """A server process on a free port of the loopback. Used as a context, it runs inside."""

    def __init__(self, command: list[str], log: Path, *, ready: str = "/", environment: dict[str, str]) -> None:
        """Describe it: the command takes `--port`, and `ready` answers 200 when the server can serve."""
        self.port = _free_port()
        self._command = [*command, "--port", str(self.port)]
        self._log = log
        self._ready = ready
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("CARNET_")}
        self._environment |= environment
        self._process: subprocess.Popen[bytes] | None = None
        self.start_seconds = 0.0

    def __enter__(self) -> Self:
        began = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment
            )
        try:
            self._wait(began)
        except BaseException:
            self.stop()
            raise
        self.start_seconds = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process with SIGTERM, as its user would; only a deaf one is killed."""
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _wait(self, began: float) -> None:
        assert self._process is not None
        while not self._answers():
            if self._process.poll() is not None or time.perf_counter() - began > _START_SECONDS:
                raise DidNotStartError(f"{self._command[0]}:\n{self._log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.005)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_START_SECONDS)
        try:
            connection.request("GET", self._ready)
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()


def cpu_seconds(process_id: int) -> float:
    """The CPU time of a process and all that descend from it, ended ones included (utime and stime in /proc)."""
    return sum(sum(process.cpu_times()[:4]) for process in _family(process_id))


def resident_bytes(process_id: int) -> int:
    """The resident memory of a process and all that descend from it."""
    return sum(process.memory_info().rss for process in _family(process_id))


def _family(process_id: int) -> list[psutil.Process]:
    parent = psutil.Process(process_id)
    alive = [parent]
    with suppress(psutil.NoSuchProcess):
        alive += parent.children(recursive=True)
    return [process for process in alive if process.is_running()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
