"""`carnet serve` from its start to its end, as whoever runs it meets it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.serving.conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving.conftest import Server

CONTACT = json.dumps({"name": "Inès Aubry"}).encode()


def test_the_first_start_prints_a_link_that_gives_a_key(new_server: Callable[..., Server]) -> None:
    server = new_server()
    secret = re.search(r"/enter/([\w-]+)", (server.folder / "said").read_text())
    assert secret is not None
    status, page = server.request("POST", f"/enter/{secret[1]}")
    assert status == 200
    key = re.search(r"<pre>(ck_[\w.-]+)</pre>", page)
    assert key is not None
    server.token = key[1]
    assert server.request("GET", "/api/contacts")[1]["hydra:totalItems"] == 0


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_exit_code_0(server: Server, sent: signal.Signals) -> None:
    assert server.request("POST", "/api/contacts", {"name": "Inès"})[0] == 201
    assert server.end(sent) == 0


def test_a_request_under_way_when_the_signal_comes_is_answered(server: Server) -> None:
    head = (
        f"POST /api/contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.token}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(CONTACT)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head + CONTACT[:5])
        # The other connection's answer shows that the server has read what was sent before.
        assert server.is_ready()
        server.process.send_signal(signal.SIGTERM)
        while _accepts(server.port):
            time.sleep(0.01)
        connection.sendall(CONTACT[5:])
        assert connection.recv(65536).startswith(b"HTTP/1.1 201")
    assert server.process.wait(20) == 0
    server.start()
    assert server.request("GET", "/api/contacts")[1]["hydra:totalItems"] == 1


def _accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_commands_work_while_it_runs(server: Server) -> None:
    assert run("workspace", "create", "second", *server.place).returncode == 0
    assert run("demo", "--contacts", "3", "--tasks", "5", *server.place).returncode == 0
    assert server.request("GET", "/api/contact_tasks")[1]["hydra:totalItems"] == 5
    assert run("check", *server.place).stdout == "All is sound.\n"


def test_on_sqlite_more_workers_are_one_and_it_says_so(new_server: Callable[..., Server]) -> None:
    server = new_server("--workers", "3")
    assert "serving with one" in (server.folder / "said").read_text()
    assert server.end() == 0


def test_on_postgresql_several_workers_share_one_notebook(new_server: Callable[..., Server], postgres: str) -> None:
    server = new_server("--workers", "2", database=_own_database(postgres))
    names = {f"Contact {number}" for number in range(12)}
    for name in names:
        assert server.request("POST", "/api/contacts", {"name": name})[0] == 201
    members = server.request("GET", "/api/contacts")[1]["hydra:member"]
    assert {member["name"] for member in members} == names
    assert server.end() == 0


def _own_database(address: str) -> str:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE workers")
    return address.replace("/postgres?", "/workers?")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace shows the order of system calls")
def test_the_answer_comes_after_the_fsync(new_server: Callable[..., Server], tmp_path: Path) -> None:
    calls = "trace=fsync,fdatasync,write,writev,sendto,sendmsg"
    server = new_server(before=("strace", "-f", "-qq", "-s", "16", "-o", str(tmp_path / "trace"), "-e", calls))
    for number in range(5):
        assert server.request("POST", "/api/contacts", {"name": f"Contact {number}"})[0] == 201
    lines = (server.folder / "trace").read_text().splitlines()
    told = ["sync" if "sync(" in line else "201" for line in lines if "sync(" in line or "HTTP/1.1 201" in line]
    answers = [at for at, what in enumerate(told) if what == "201"]
    assert len(answers) == 5
    assert all(told[at - 1] == "sync" for at in answers)
