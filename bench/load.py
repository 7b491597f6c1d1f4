"""Sends requests over keep-alive connections and measures each answer.

One thread waits on every connection at once with epoll and reads no more of an answer than its status and length, so
that a request costs the generator a few microseconds and never the server's share of the machine.
"""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from itertools import cycle, islice
from statistics import quantiles
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_SECONDS = 30.0
_CHUNK = 1 << 18
_MOST_REQUESTS = 1_000_000


class RefusedError(Exception):
    """An answer that isn't a success; a run with one counts for nothing."""


class Job(msgspec.Struct, kw_only=True):
    """What to send. With `pace` each connection begins a request every so many seconds, else as soon as it can."""

    port: int
    requests: list[bytes]
    clients: int
    seconds: float
    skip: int = 0
    pace: float = 0.0


class Result(msgspec.Struct, kw_only=True):
    """What came back; times in milliseconds."""

    count: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.count / self.seconds


class _Client:
    """One connection, with at most one request under way."""

    __slots__ = ("_head", "_missing", "sent_at", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._head = b""
        self._missing = 0

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what is there; tell whether the answer is complete. Raises RefusedError."""
        data = self.socket.recv(_CHUNK)
        if not data:
            raise RefusedError("the server closed the connection")
        if self._missing:
            self._missing -= len(data)
            return self._missing == 0
        data = self._head + data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            self._head = data
            return False
        self._head = b""
        if not data.startswith(b"HTTP/1.1 2"):
            raise RefusedError(data[:500].decode("latin-1"))
        at = data.find(b"content-length: ", 0, end) + 16
        self._missing = end + 4 + int(data[at : data.find(b"\r", at)]) - len(data)
        return self._missing == 0


def run(job: Job) -> Result:
    """Send for the given time, wait for the answers still due, and sum up. Raises RefusedError for any non-2xx."""
    clients = [_Client(job.port) for _ in range(job.clients)]
    try:
        took, seconds = _exchange(job, clients)
    finally:
        for client in clients:
            client.socket.close()
    cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
    return Result(count=len(took), seconds=seconds, p50=cuts[49] * 1e3, p99=cuts[98] * 1e3)


def _exchange(job: Job, clients: list[_Client]) -> tuple[list[float], float]:
    """How long each answer took, and all of them together."""
    requests = islice(cycle(job.requests), job.skip % len(job.requests), None)
    by_number = {client.socket.fileno(): client for client in clients}
    took: list[float] = []
    resting: deque[_Client] = deque()
    with select.epoll() as poll:
        for number in by_number:
            poll.register(number, select.EPOLLIN)
        began = now = time.perf_counter()
        for client in clients:
            client.send(next(requests))
        busy = len(clients)
        while busy or resting:
            events = poll.poll(max(0.0, resting[0].sent_at + job.pace - now) if resting else _PATIENCE_SECONDS)
            if not events and not resting:
                raise RefusedError("no answer in time")
            now = time.perf_counter()
            may_send = now - began < job.seconds and len(took) < _MOST_REQUESTS
            for number, _ in events:
                client = by_number[number]
                if client.receive():
                    took.append(time.perf_counter() - client.sent_at)
                    resting.append(client)
                    busy -= 1
            if not may_send:
                resting.clear()
            busy += _wake(resting, now, job.pace, requests)
    return took, time.perf_counter() - began


def _wake(resting: deque[_Client], now: float, pace: float, requests: Iterator[bytes]) -> int:
    """Let those that have rested send again, and tell how many did."""
    woken = 0
    while resting and resting[0].sent_at + pace <= now:
        resting.popleft().send(next(requests))
        woken += 1
    return woken
