"""Slow clients are let go, and answers leave in one piece."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn

from carnet.http.patience import PatientProtocol
from tests.serving.conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import House


class Impatient(PatientProtocol):
    """The same, in less time than a test may take."""

    header_seconds = 0.4


@contextlib.contextmanager
def _served(house: House) -> Iterator[tuple[str, int]]:
    """The house behind a server whose patience is short."""
    port = free_port()
    config = uvicorn.Config(house.app, port=port, http=Impatient, ws="none", log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield ("127.0.0.1", port)
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def address(new_house: Callable[..., House]) -> Iterator[tuple[str, int]]:
    with _served(new_house()) as address:
        yield address


def test_a_client_that_does_not_finish_its_headers_is_let_go(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as slow:
        slow.sendall(b"GET /health/live HTTP/1.1\r\nhost: x\r\n")
        assert slow.recv(100) == b""


def test_a_client_that_says_nothing_is_let_go(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as silent:
        assert silent.recv(100) == b""


def test_a_second_request_that_does_not_finish_is_let_go_too(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as slow:
        slow.sendall(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nGET /")
        told = b""
        while part := slow.recv(65536):
            told += part
        assert told.count(b"HTTP/1.1 200") == 1


def test_head_and_body_come_in_one_piece(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
        assert client.recv(65536).endswith(b"\r\n\r\nalive\n")
        client.sendall(b"HEAD /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
        assert client.recv(65536).endswith(b"\r\n\r\n")
        client.sendall(b"OPTIONS /api/contacts HTTP/1.1\r\nhost: x\r\n\r\n")
        assert client.recv(65536).startswith(b"HTTP/1.1 204")
        client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n")
        assert client.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"{}")
        assert client.recv(65536).startswith(b"HTTP/1.1 405")


def _request(head: bytes, body: bytes = b"") -> bytes:
    return b"POST / HTTP/1.1\r\nhost: x\r\n" + head + b"content-length: %d\r\n\r\n" % len(body) + body


@pytest.mark.parametrize("name", [b"Upgrade", b"upgrade", b"UPGRADE"])
def test_a_wish_to_upgrade_is_ignored_and_the_body_read(new_house: Callable[..., House], name: bytes) -> None:
    house = new_house()
    with _served(house) as address, socket.create_connection(address, timeout=20) as client:
        head = (
            b"POST /api/contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\n"
            % house.alice.token.bearer.encode()
        )
        client.sendall(head + b"connection: Upgrade\r\n" + name + b": h2c\r\ncontent-length: 15\r\n\r\n")
        client.sendall(b'{"name":"Ines"}')
        assert client.recv(65536).startswith(b"HTTP/1.1 201")


def test_an_upgrade_behind_another_request_is_refused(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(_request(b"") + _request(b"connection: Upgrade\r\nupgrade: h2c\r\n", b"{}"))
        told = b""
        while part := client.recv(65536):
            told += part
        assert b"400 Bad Request" in told


@pytest.mark.parametrize("pieces", [1, 40])
def test_headers_have_a_largest_size(address: tuple[str, int], pieces: int) -> None:
    with socket.create_connection(address, timeout=20) as client:
        head = b"GET /health/live HTTP/1.1\r\nhost: x\r\nx-much: " + b"a" * 70_000
        size = len(head) // pieces
        with contextlib.suppress(OSError):
            for at in range(0, len(head), size):
                client.sendall(head[at : at + size])
        assert client.recv(65536).startswith(b"HTTP/1.1 431")


def test_headers_behind_another_request_have_one_too(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as client:
        client.sendall(b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nGET /health/live HTTP/1.1\r\nx-much: ")
        told = b""
        with contextlib.suppress(OSError):
            client.sendall(b"a" * 70_000)
            while part := client.recv(65536):
                told += part
        assert (
            told.count(b"HTTP/1.1 200") == 1
        )  # and the connection is over, with a 431 if the reset doesn't overtake it


def test_a_head_that_comes_letter_by_letter_is_read(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=20) as client:
        for letter in b"GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n":
            client.sendall(bytes([letter]))
        assert client.recv(65536).endswith(b"alive\n")
