"""A model's server on loopback, as good or as bad as a test wants it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 20.0
Question = dict[str, Any]


@dataclass
class Reply:
    """What the server sends; `then` goes on, or holds the connection, after the body."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    then: Callable[[Callable[[bytes], object]], object] | None = None


@dataclass
class Heard:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    question: Question


class Stub:
    """A server that answers each question with what `behave` makes of it, and remembers them all."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.behave: Callable[[Question], Reply] = lambda _question: Reply(status=500)
        self.released = threading.Event()
        """Set when the test ends: whoever holds an answer back waits for it."""
        self.came = threading.Semaphore(0)
        """Released once for each request."""
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def hold(self, _send: object = None) -> bool:
        """Keep the connection until the test ends; whether it did."""
        return self.released.wait(PATIENCE)

    def says(self, content: Any) -> None:
        """Answer every question so."""
        self.behave = lambda _question: said(content)


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, address: tuple[str, int], stub: Stub) -> None:
        super().__init__(address, _Handler)
        self.stub = stub

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        stub = self.server.stub
        question = json.loads(self.rfile.read(int(self.headers["content-length"])))
        stub.heard.append(Heard(self.path, {name.lower(): value for name, value in self.headers.items()}, question))
        stub.came.release()
        reply = stub.behave(question)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.then is None:
            self.send_header("content-length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.then is not None:
            reply.then(self.wfile.write)

    def log_message(self, *_said: Any) -> None:
        """Not into the tests' output."""


def said(content: Any) -> Reply:
    """A completion that says so: an object as JSON, a text as it is."""
    text = content if isinstance(content, str | list) or content is None else json.dumps(content)
    return Reply(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode())


def asked_for(question: Question) -> str:
    """The manner in which a question asks: `json_schema`, `json_object` or `text`."""
    manner: str = question.get("response_format", {"type": "text"})["type"]
    return manner
