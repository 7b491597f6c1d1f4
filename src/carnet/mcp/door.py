"""The door of `/mcp` and `/_mcp`: Streamable HTTP without streams or sessions (specification, section 19).

Who asks is known before anything is read. The SDK is imported by the first request that needs it, in a thread, since
that takes most of a second and nobody else should wait; so a Carnet that no assistant talks to is no larger for it.
"""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog

from carnet.core.errors import CarnetError, UnauthenticatedError, WorkspaceDeniedError
from carnet.http import errors as http
from carnet.http.cors import Cors
from carnet.http.credentials import by_bearer
from carnet.http.decoding import decoded
from carnet.http.messages import Answer, Request, deliver
from carnet.http.negotiation import preferred
from carnet.http.operations import ClientGoneError, read_body
from carnet.mcp import messages
from carnet.mcp.api import Api
from carnet.telemetry import timer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from carnet.core.permissions import Actor
    from carnet.http.operations import House
    from carnet.mcp.speaking import Speaker
    from carnet.store.database import Database

PATHS = frozenset({"/mcp", "/_mcp"})
LARGEST_BODY = 1024 * 1024
_ALLOWED = ("DELETE", "OPTIONS", "POST")
_JSON = "application/json"
_LONGEST_ACCEPT = 1_000
log = structlog.get_logger("carnet.mcp")


class Door:
    """MCP as an ASGI application; `api` is `/api` as another."""

    def __init__(self, house: House, api: ASGIApp, origins: tuple[str, ...]) -> None:
        self._house = house
        self._api = api
        self._speaker: Speaker | None = None
        self._timer = timer_of("mcp")
        self._cors = Cors(
            origins,
            accepted="Authorization, Content-Type, Accept, X-Workspace-Slug, Mcp-Session-Id, Mcp-Protocol-Version, "
            "Mcp-Method, Mcp-Name, Last-Event-ID",
            exposed="Mcp-Session-Id, WWW-Authenticate",
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request = Request(scope, self._house.addresses.base_url(scope))
        origin = request.header(b"origin")
        if request.method == "OPTIONS":
            await deliver(self._cors.preflight(origin), scope, send)
            return
        try:
            answer = await self._answer(scope, request, receive)
        except ClientGoneError:
            return
        except CarnetError as error:
            answer = _worded(error)
        answer.headers += self._cors.headers(origin)
        self._timer.note(answer.status, time.perf_counter() - began)
        await deliver(answer, scope, send)

    async def _answer(self, scope: Scope, request: Request, receive: Receive) -> Answer:
        actor = await self._house.store.read(self._recognise, request)
        if request.path.rstrip("/") not in PATHS:
            raise http.NoRouteError
        if request.method == "DELETE":  # there is no session that could end
            return Answer(204)
        if request.method != "POST":
            raise http.MethodNotAllowedError(_ALLOWED)
        _listen(request)
        request.body = await read_body(request, receive, LARGEST_BODY)
        call = messages.read(decoded(request.body))
        if call is None:
            return Answer(202)
        speaker = self._speaker or await self._hire()
        answer = await speaker.answer(call, Api(self._api, scope, request, actor))
        if call.method == "initialize":
            answer.add(b"mcp-session-id", uuid4().hex)
        return answer

    def _recognise(self, db: Database, request: Request) -> Actor:
        """Who asks, within what they may ask; what is then asked of `/api` isn't counted again."""
        actor = by_bearer(db, request)
        self._house.limit.count(actor)
        return actor

    async def _hire(self) -> Speaker:
        made = await asyncio.to_thread(_speaker_for_all)
        self._speaker = self._speaker or made
        return self._speaker


def _speaker_for_all() -> Speaker:
    from carnet.mcp.speaking import Speaker  # noqa: PLC0415 - the SDK, which most starts of Carnet never need

    speaker = Speaker()
    gc.freeze()  # it stays, as what the start has made does: the collector need not walk through it again and again
    return speaker


def _listen(request: Request) -> None:
    """Refuse a caller that can't read JSON, or doesn't send it. Raises NotAcceptableError, UnsupportedTypeError."""
    accept = request.header(b"accept")[:_LONGEST_ACCEPT]
    if preferred(accept, (_JSON,)) is None:
        raise http.NotAcceptableError(accept.partition(",")[0].partition(";")[0].strip())
    sent = request.header(b"content-type").partition(";")[0].strip().lower()
    if sent and sent != _JSON:
        raise http.UnsupportedTypeError(sent)


_WORDS: dict[type[Exception], tuple[int, int, Callable[[CarnetError], str]]] = {
    WorkspaceDeniedError: (403, messages.INVALID_REQUEST, lambda _: "Access Denied."),
    messages.NotARequestError: (400, messages.INVALID_REQUEST, str),
    http.MalformedError: (400, messages.PARSE_ERROR, str),
    http.NoRouteError: (404, messages.INVALID_REQUEST, lambda _: "Not Found"),
    http.MethodNotAllowedError: (405, messages.INVALID_REQUEST, lambda _: "Method Not Allowed"),
    http.NotAcceptableError: (406, messages.INVALID_REQUEST, lambda _: f"The answer is {_JSON}; accept that."),
    http.TooSlowError: (408, messages.INVALID_REQUEST, lambda _: "The request's body took too long to arrive."),
    http.BodyTooLargeError: (413, messages.INVALID_REQUEST, lambda _: "The request's body is too large."),
    http.UnsupportedTypeError: (415, messages.INVALID_REQUEST, lambda _: f"A message is sent as {_JSON}."),
    http.TooManyRequestsError: (
        429,
        messages.INVALID_REQUEST,
        lambda _: "Too many requests. Please wait and try again.",
    ),
}


def _worded(error: CarnetError) -> Answer:
    """An error of HTTP, with the body that clients of JSON-RPC read."""
    if isinstance(error, UnauthenticatedError):
        sentence = "Invalid credentials." if error.anything_sent else "A bearer token is needed."
        answer = messages.error(None, messages.INVALID_REQUEST, sentence, status=401)
        answer.add(b"www-authenticate", "Bearer")
        return answer
    if type(error) not in _WORDS:  # raised by nothing that is called here: the room's owner answers
        raise error
    status, code, words = _WORDS[type(error)]
    answer = messages.error(None, code, words(error), status=status)
    if isinstance(error, http.MethodNotAllowedError):
        answer.add(b"allow", ", ".join(error.allowed))
    if isinstance(error, http.TooManyRequestsError):
        answer.add(b"retry-after", str(error.retry_after))
    return answer
