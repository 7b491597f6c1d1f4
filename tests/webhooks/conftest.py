"""A receiver in a thread, which answers as it is told, and a house that tells it what happens."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.jobs.couriers import Courier, Resolver
from carnet.jobs.webhooks import Webhooks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import House, Person

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass
class Request:
    """What a receiver was sent."""

    path: str
    headers: dict[str, str]
    body: bytes
    accepted: bool

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = msgspec.json.decode(self.body)
        return told


@dataclass
class Receiver:
    """A program that is told of events. What it isn't told to answer otherwise it accepts."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    """Its next answers."""
    decide: Callable[[dict[str, Any]], int] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    had: list[Request] = field(default_factory=list)
    body: bytes = b""
    on_request: Callable[[], object] | None = None

    @property
    def accepted(self) -> list[Request]:
        return [each for each in self.had if each.accepted]

    @property
    def kinds(self) -> list[str]:
        return [each.told["type"] for each in self.accepted]


@contextmanager
def opened(receiver: Receiver, host: str = "127.0.0.1") -> Iterator[Receiver]:
    """The receiver behind a port."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with lock:
                told = msgspec.json.decode(body)
                status = receiver.answers.pop(0) if receiver.answers else 200
                if receiver.decide is not None:
                    status = receiver.decide(told)
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.had.append(Request(self.path, headers, body, accepted=200 <= status < 300))
            if receiver.on_request is not None:
                receiver.on_request()
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    receiver.url = f"http://{host}:{server.server_address[1]}/hook?a=1"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with opened(Receiver()) as receiver:
        yield receiver


@dataclass
class Teller:
    """The job, at a time that the test sets."""

    house: House
    job: Webhooks
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    """Never before the requests, which have the real time, as the verifier of signatures has."""

    def round(self) -> int:
        """Begin what is due, and let it end; give how many attempts there were."""
        return self.house.runner.run(self._round())

    def all(self) -> int:
        """Rounds until nothing is due."""
        count = 0
        while begun := self.round():
            count += begun
        return count

    def later(self, **much: float) -> int:
        """What is due after a while."""
        self.now += timedelta(**much)
        return self.all()

    async def _round(self) -> int:
        self.now = max(self.now, datetime.now(UTC))
        begun = await self.job.begin_due()
        await self.job.rest()
        return begun


@pytest.fixture
def new_teller(house: House) -> Iterator[Callable[..., Teller]]:
    made: list[Teller] = []

    def make(**options: Any) -> Teller:
        at = len(made)
        allowed = options.pop("allowed", LOOPBACK)
        courier = Courier(allowed, resolve=options.pop("resolve", None) or Resolver(), **options)
        clock: Callable[[], datetime] = lambda: made[at].now  # noqa: E731
        job = Webhooks(house.store, house.settings, clock=clock, courier=courier, chance=Random(1))
        made.append(Teller(house, job))
        return made[at]

    yield make
    for teller in made:
        house.runner.run(teller.job.stop())


@pytest.fixture
def teller(new_teller: Callable[..., Teller]) -> Teller:
    return new_teller()


def subscribed(person: Person, url: str, **fields: Any) -> dict[str, Any]:
    """A webhook, as it was answered when it was made."""
    answer = person.post("/api/webhooks", {"url": url, **fields})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def attempts(person: Person, webhook: dict[str, Any]) -> dict[str, Any]:
    answer = person.get(webhook["@id"] + "/attempts")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ledger(person: Person, after: int = 0) -> list[dict[str, Any]]:
    """What happened in the person's workspace after an event's number."""
    found: list[dict[str, Any]] = person.get(f"/api/events?limit=1000&after={after}").json()["items"]
    return found
