"""`carnet serve`: what it says at its start, where it listens, and how several workers end."""

from __future__ import annotations

import json
import re
import signal
import socket
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from carnet.cli import serving
from carnet.cli.listening import listening
from carnet.cli.mishaps import MishapError
from carnet.core import users
from tests.serving.conftest import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from carnet.settings import Settings
    from tests.cli.conftest import Said, Shell


class Served:
    """Stands in for the server: notes with what it would have served."""

    settings: Settings

    def one(self, settings: Settings, _sockets: Any) -> None:
        self.settings = settings


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    made = Served()
    monkeypatch.setattr(serving, "_serve_with_one", made.one)
    return made


def _start(shell: Shell, *options: str) -> Said:
    said = shell.run("serve", "--port", "0", *options)
    assert (said.code, said.out) == (0, "")
    return said


def test_a_link_is_printed_until_there_is_a_token(shell: Shell, served: Served) -> None:
    links = [re.search(r"/enter/(\S+)$", _start(shell).err) for _ in range(2)]
    assert all(links)
    assert served.settings.port > 0
    owner = shell.open().read_now(users.owner, 1)
    now = owner.created_at
    works = [shell.open().read_now(users.find_by_link, link[1], now=now) for link in links if link]
    assert works == [None, owner]
    shell.token()
    assert _start(shell).err == f"Carnet serves on http://127.0.0.1:{served.settings.port}\n"


def test_the_link_leads_where_the_public_does(
    file_shell: Shell, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNET_PUBLIC_URL", "https://crm.example/notebook/")
    said = _start(file_shell).err
    assert "Carnet serves on https://crm.example/notebook\n" in said
    assert "https://crm.example/notebook/enter/" in said
    assert served.settings.public_url == "https://crm.example/notebook"


@pytest.mark.parametrize("host", ["0.0.0.0", "localhost"])  # noqa: S104 - what the link says of it
def test_the_link_names_a_host_to_go_to(file_shell: Shell, served: Served, host: str) -> None:
    said = _start(file_shell, "--host", host).err
    assert f"http://localhost:{served.settings.port}/enter/" in said


def test_on_sqlite_more_workers_are_one_and_it_says_so(file_shell: Shell, served: Served) -> None:
    assert _start(file_shell, "--workers", "3").err.startswith("On SQLite there is one process: serving with one.\n")
    assert served.settings.workers == 1


def test_the_sockets_are_let_go_in_the_end() -> None:
    with listening("127.0.0.1", 0) as (first,):
        place = first.getsockname()
        first.listen()
        with pytest.raises(MishapError, match="Address already in use"), listening(*place):
            pytest.fail("a port was taken twice")
    with listening(*place) as (again,):
        assert again.getsockname() == place


@pytest.fixture
def workers(postgres: str, tmp_path: Path) -> Iterator[Server]:
    """A server of two workers on PostgreSQL."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE DATABASE draining")
    server = Server(tmp_path, ("--workers", "2"), database=postgres.replace("/postgres?", "/draining?"))
    server.start()
    server.make_token()
    yield server
    server.end(signal.SIGKILL)


def test_workers_answer_what_is_under_way_and_take_no_more(workers: Server) -> None:
    body = json.dumps({"name": "Inès Aubry"}).encode()
    head = (
        f"POST /api/contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {workers.token}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\nexpect: 100-continue\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", workers.port), timeout=20) as connection:
        connection.sendall(head)
        assert connection.recv(65536).startswith(b"HTTP/1.1 100")  # a worker has read it
        workers.process.send_signal(signal.SIGTERM)
        while _is_taken(workers.port):
            pass
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 201")
    assert workers.process.wait(20) == 0


def _is_taken(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
