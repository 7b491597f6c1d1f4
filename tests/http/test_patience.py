"""Slow clients are let go, and answers leave in one piece."""

from __future__ import annotations

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


@pytest.fixture
def address(new_house: Callable[..., House]) -> Iterator[tuple[str, int]]:
    """A server whose patience is short."""
    port = free_port()
    house = new_house()
    config = uvicorn.Config(house.app, port=port, http=Impatient, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield ("127.0.0.1", port)
    server.should_exit = True
    thread.join(20)


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
