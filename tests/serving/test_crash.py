"""The machine's power goes, or somebody kills the process: what was answered is there, and nothing is half there."""

from __future__ import annotations

import http.client
import random
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.serving.conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving.conftest import Server

WRITERS = 32


class Writers:
    """So many clients, who create, complete and delete until their server is gone, and remember what was answered."""

    def __init__(self, server: Server, contact: str) -> None:
        self._server = server
        self._contact = contact
        self._lock = threading.Lock()
        self.kept: dict[str, dict[str, Any]] = {}
        self.deleted: set[str] = set()
        self.doubtful: set[str] = set()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive()

    def _write(self, number: int) -> None:
        connection = self._server.connect()
        count = 0
        try:
            while True:
                count += 1
                self._turn(connection, f"Writer {number}, task {count}", count)
        except (OSError, http.client.HTTPException):
            connection.close()

    def _turn(self, connection: Any, title: str, count: int) -> None:
        body = {"contact": self._contact, "title": title, "dueDate": "2026-02-10"}
        status, task = self._server.call(connection, "POST", "/api/contact_tasks", body)
        assert status == 201
        with self._lock:
            self.kept[task["@id"]] = task
            self.doubtful.add(task["@id"])
        if count % 3 == 0:
            status, task = self._server.call(connection, "PATCH", task["@id"], {"completed": True})
            assert status == 200
            with self._lock:
                self.kept[task["@id"]] = task
        elif count % 3 == 1:
            status, _ = self._server.call(connection, "DELETE", task["@id"])
            assert status == 204
            with self._lock:
                del self.kept[task["@id"]]
                self.deleted.add(task["@id"])
        with self._lock:
            self.doubtful.discard(task["@id"])


def _lose_power(server: Server, contact: str, after: float) -> None:
    writers = Writers(server, contact)
    writers.start()
    time.sleep(after)  # writers are at work: the moment of the blow is the point, not a wait for something
    server.end(signal.SIGKILL)
    writers.join()
    checked = run("check", *server.place)
    assert checked.stdout == "All is sound.\n", checked.stdout + checked.stderr
    server.start()
    assert writers.kept
    for iri, task in writers.kept.items():
        status, found = server.request("GET", iri)
        # What was under way when the blow came may have happened or not, but never in part.
        if iri in writers.doubtful:
            assert status == 404 or found["completed"] == ("completedAt" in found)
        else:
            assert (status, found) == (200, task)
    assert all(server.request("GET", iri)[0] == 404 for iri in writers.deleted)


def _contact(server: Server) -> str:
    iri: str = server.request("POST", "/api/contacts", {"name": "Inès Aubry"})[1]["@id"]
    return iri


def test_a_killed_server_loses_nothing_that_it_answered(server: Server) -> None:
    chance = random.Random(7)
    contact = _contact(server)
    for _ in range(2):
        _lose_power(server, contact, chance.uniform(0.3, 0.9))


@pytest.mark.crash
def test_killed_twenty_times_among_32_writers_it_loses_nothing(new_server: Callable[..., Server]) -> None:
    server = new_server()
    chance = random.Random(2026)
    contact = _contact(server)
    for _ in range(20):
        _lose_power(server, contact, chance.uniform(0.2, 1.5))
