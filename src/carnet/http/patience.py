"""uvicorn's HTTP/1.1 with habits of ours: bounded and timely headers, no upgrades, answers that leave in one piece."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

HEADER_SECONDS = 20.0
LARGEST_HEAD = 64 * 1024
_LOOKS_PER_LIMIT = 4
_END = b"\r\n\r\n"
_UPGRADE = re.compile(rb"(?im)^upgrade(?=[ \t]*:)")
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_BAD = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class JoiningTransport:
    """A transport on which an answer's head waits for the first piece of its body, as ASGI allows.

    uvicorn writes them apart, which sends two packets and wakes the client twice: a third of a small answer's cost.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self.is_closing = transport.is_closing
        self.get_extra_info = transport.get_extra_info
        self.pause_reading = transport.pause_reading
        self.resume_reading = transport.resume_reading
        self.set_protocol = transport.set_protocol

    def write(self, data: bytes) -> None:
        """Write, or keep a head back for what follows it."""
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 100"):
            self._head = data
            return
        self._transport.write(data)

    def flush(self) -> None:
        """Send a head that nothing follows, as HEAD asks for."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Send what is kept back, and close."""
        self.flush()
        self._transport.close()


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1, fed with whole heads of a bounded size, which must arrive in time.

    A timer for each request would cost more than the rest of the parsing, so a request only notes when it began, and
    one look every few seconds finds the late ones of a connection.

    A wish to upgrade is hidden from the parser (RFC 9110, section 7.8: a server may ignore it): the parser would take
    the request's body for the other protocol's first words, and the request for one without a body.
    """

    header_seconds = HEADER_SECONDS
    _began: float | None = None
    _look: asyncio.TimerHandle | None = None
    _in_body = False
    _head_size = 0
    """How much of a head the parser has without its end: one that came behind another request in the same packet."""
    _held = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(JoiningTransport(transport))  # type: ignore[arg-type]
        self._began = self.loop.time()
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._in_body or self._head_size:
            self._head_size += 0 if self._in_body else len(data)
            self._feed(data)
            return
        if self._held:
            data, self._held = self._held + data, b""
        end = data.find(_END)
        if end > LARGEST_HEAD or (end < 0 and len(data) > LARGEST_HEAD):
            self._refuse(_TOO_LARGE)
        elif end < 0:
            self._held = data
            self._began = self._began or self.loop.time()
        else:
            if b"pgrade" in data or b"PGRADE" in data:
                data = _UPGRADE.sub(b"x-upgrade", data[:end]) + data[end:]
            self._feed(data)

    def _feed(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_size > LARGEST_HEAD:
            self._refuse(_TOO_LARGE)

    def on_message_begin(self) -> None:
        self._began = self.loop.time()
        self._head_size = 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._began = None
        self._head_size = 0
        self._in_body = True
        if self.parser.should_upgrade():  # one that came behind another in the same packet
            self._refuse(_BAD)
            return
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self.transport.flush()  # type: ignore[attr-defined]
        super().on_response_complete()

    def _refuse(self, answer: bytes) -> None:
        self.transport.write(answer)
        self.transport.close()

    def _look_later(self) -> None:
        self._look = self.loop.call_later(self.header_seconds / _LOOKS_PER_LIMIT, self._look_now)

    def _look_now(self) -> None:
        if self._began is not None and self.loop.time() - self._began > self.header_seconds:
            self.transport.close()
        else:
            self._look_later()
