"""The sockets that Carnet listens on: taken before anybody is told the address, and shared by several workers."""

from __future__ import annotations

import errno
import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from carnet.cli.mishaps import MishapError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Hold a socket for each of this machine's addresses that the host's name stands for.

    Raises MishapError where there is none, or another program has the port.
    """
    with ExitStack() as held:
        try:
            taken = _take(held, host, port)
        except OSError as error:
            raise MishapError(f"can't listen on port {port} of {host or 'this machine'}: {error.strerror}") from error
        yield taken


def _take(held: ExitStack, host: str, port: int) -> list[socket.socket]:
    taken: list[socket.socket] = []
    failure = OSError(errno.EADDRNOTAVAIL, "no such address")
    places = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, kind, protocol, _, place in dict.fromkeys(places):
        try:
            made = held.enter_context(socket.socket(family, kind, protocol))
            _bind(made, place)
            taken.append(made)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise
            failure = error  # `localhost` may stand for an IPv6 address that this machine hasn't got
    if not taken:
        raise failure
    return taken


def _bind(made: socket.socket, place: Any) -> None:  # noqa: ANN401 - each family has its own shape
    # Without it the port of a server that has just ended is refused for a minute.
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if made.family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    made.bind(place)
