"""uvicorn's HTTP/1.1 with two habits of ours: a limit to slow headers, and answers that leave in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

HEADER_SECONDS = 20.0
_LOOKS_PER_LIMIT = 4


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
    """uvicorn's HTTP/1.1, closing a connection that has begun a request and doesn't get on with it.

    A timer for each request would cost more than the rest of the parsing, so a request only notes when it began, and
    one look every few seconds finds the late ones of a connection.
    """

    header_seconds = HEADER_SECONDS
    _began: float | None = None
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(JoiningTransport(transport))  # type: ignore[arg-type]
        self._began = self.loop.time()
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._began = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._began = None
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        self.transport.flush()  # type: ignore[attr-defined]
        super().on_response_complete()

    def _look_later(self) -> None:
        self._look = self.loop.call_later(self.header_seconds / _LOOKS_PER_LIMIT, self._look_now)

    def _look_now(self) -> None:
        if self._began is not None and self.loop.time() - self._began > self.header_seconds:
            self.transport.close()
        else:
            self._look_later()
