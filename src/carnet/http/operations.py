"""The operation table: what a tongue can be asked, from which come both the routes and the OpenAPI document.

Every request takes the same way: its format, its body, who asks, what is done in one transaction, how it is said.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

import structlog

from carnet.core.errors import CarnetError
from carnet.core.permissions import require
from carnet.http import idempotency
from carnet.http.errors import BodyTooLargeError, MethodNotAllowedError, NoRouteError, TooSlowError
from carnet.http.messages import Answer, Request, deliver
from carnet.http.routing import Paths
from carnet.store.database import StoreFullError, StoreUnavailableError
from carnet.telemetry import timer_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from carnet.core.permissions import Actor, Right
    from carnet.http.addresses import Addresses
    from carnet.http.limits import RateLimit
    from carnet.store.database import Database, Store

BODY_SECONDS = 60.0
_LONG_BODY = 64 * 1024
_READING = ("GET", "HEAD")
log = structlog.get_logger("carnet.http")


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One thing that a tongue can be asked."""

    method: str
    path: str
    """From the tongue's mount on: `/contacts/{id}`."""
    name: str
    summary: str
    right: Right | None
    """What the actor must be allowed; None where no token is needed."""
    work: Callable[[Database, Actor, Request], Answer]
    status: int = 200
    largest_body: int = 4 * 1024 * 1024
    is_apart: Callable[[Request], bool] | None = None
    """Whether a read may take long, so that it must not keep others waiting."""
    before: Callable[[Store, Actor, Request], None] | None = None
    """What a write needs that takes long or waits for others: done in a thread, before the transaction begins."""
    after: Callable[[Request], Awaitable[Answer]] | None = None
    """What a write does once it is committed, where that takes long or waits for others; its answer is the one."""
    about: Any = None
    """What the tongue itself needs to word and to describe the operation."""

    @property
    def writes(self) -> bool:
        """Whether it changes records."""
        return self.method not in _READING


class Limit(Protocol):
    """How much a caller may ask."""

    def count(self, actor: Actor) -> None:
        """Count one request; raises TooManyRequestsError."""


class Tongue(Protocol):
    """How one dialect speaks HTTP."""

    mount: str
    operations: tuple[Operation, ...]
    asks_first: bool
    """Whether it wants the credential before all else, also where there is no such path or method."""

    @property
    def limit(self) -> Limit:
        """How much a caller may ask of it."""

    def listen(self, operation: Operation, request: Request) -> None:
        """Choose the answer's format; raises NotAcceptableError."""

    def hear(self, operation: Operation, request: Request) -> None:
        """Refuse a body of a type that isn't read, or read it into `request.said`, before any transaction begins.

        Raises UnsupportedTypeError or MalformedError. A long body is heard in a thread.
        """

    def recognise(self, db: Database, request: Request) -> Actor:
        """Who asks; raises UnauthenticatedError or WorkspaceDeniedError."""

    def word(self, error: Exception, operation: Operation | None, request: Request) -> Answer:
        """Say an error."""

    def finish(self, answer: Answer, request: Request) -> None:
        """Add what every answer of the tongue carries."""


@dataclass(frozen=True, slots=True)
class House:
    """What every operation works with."""

    store: Store
    addresses: Addresses
    limit: RateLimit


class Resource:
    """One path with its methods: an ASGI application."""

    def __init__(self, house: House, tongue: Tongue, operations: list[Operation]) -> None:
        self._house = house
        self._tongue = tongue
        self._operations = {operation.method: operation for operation in operations}
        if "GET" in self._operations:
            self._operations["HEAD"] = self._operations["GET"]
        self._timers = {
            method: timer_of(f"{tongue.mount.strip('/')}.{operation.name}")
            for method, operation in self._operations.items()
        }
        self._allowed = tuple(sorted(self._operations))
        self._allow = ", ".join(self._allowed).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        request = Request(scope, self._house.addresses.base_url(scope))
        operation = self._operations.get(request.method)
        try:
            answer = await self._answer(request, operation, receive)
        except ClientGoneError:
            return
        except Exception as error:  # noqa: BLE001 - whatever happens, the caller gets this tongue's answer
            answer = worded(self._tongue, error, operation, request)
        if answer.status < _FIRST_ERROR:
            answer.headers.append((b"allow", self._allow))
        self._tongue.finish(answer, request)
        if operation is not None:
            self._timers[request.method].note(answer.status, time.perf_counter() - began)
        await deliver(answer, scope, send)

    async def _answer(self, request: Request, operation: Operation | None, receive: Receive) -> Answer:
        if operation is None:
            if self._tongue.asks_first:
                await self._house.store.read(self._recognise, request)
            raise MethodNotAllowedError(self._allowed)
        self._tongue.listen(operation, request)
        store = self._house.store
        if not operation.writes:
            if operation.is_apart is not None and operation.is_apart(request):
                return await store.read_apart(self._read, operation, request)
            return await store.read(self._read, operation, request)
        actor = await store.read(self._recognise, request)
        request.body = await read_body(request, receive, operation.largest_body)
        if len(request.body) > _LONG_BODY:
            await asyncio.to_thread(self._tongue.hear, operation, request)
        else:
            self._tongue.hear(operation, request)
        if operation.before is not None:
            if operation.right is not None:
                require(actor, operation.right)
            known = await store.read(idempotency.known_answer, actor, request)
            if known is not None:
                return known
            await asyncio.to_thread(operation.before, store, actor, request)
        answer = await store.write(actor.workspace_id, _write, actor, operation, request)
        if operation.after is None or request.prepared is None:  # nothing is prepared where the answer was known
            return answer
        return await _finished(store, actor, operation.after, request)

    def _read(self, db: Database, operation: Operation, request: Request) -> Answer:
        if operation.right is None:
            return operation.work(db, cast("Actor", None), request)
        actor = self._recognise(db, request)
        require(actor, operation.right)
        return operation.work(db, actor, request)

    def _recognise(self, db: Database, request: Request) -> Actor:
        return recognise(self._tongue, db, request)


def recognise(tongue: Tongue, db: Database, request: Request) -> Actor:
    """Who asks, within what they may ask."""
    actor = tongue.recognise(db, request)
    request.actor = actor
    if not request.is_counted:
        tongue.limit.count(actor)
    return actor


_FIRST_ERROR = 400
_OUR_FAULT = 500


class ClientGoneError(Exception):
    """The client hung up before it had said everything."""


def _write(db: Database, actor: Actor, operation: Operation, request: Request) -> Answer:
    if operation.right is not None:
        require(actor, operation.right)
    key = idempotency.key_of(request)
    if key is None:
        return operation.work(db, actor, request)
    known = idempotency.recall(db, actor, request, key)
    if known is not None:
        return known
    answer = operation.work(db, actor, request)
    idempotency.remember(db, actor, key, answer, is_running=operation.after is not None)
    return answer


async def _finished(
    store: Store, actor: Actor, after: Callable[[Request], Awaitable[Answer]], request: Request
) -> Answer:
    """The answer of what is done after the commit, kept under the request's key in place of the first one."""
    key = idempotency.key_of(request)
    try:
        answer = await after(request)
    except CarnetError:
        if key is not None:
            with suppress(StoreFullError, StoreUnavailableError):
                await store.write(actor.workspace_id, idempotency.release, actor, key)
        raise
    if key is not None:
        with suppress(StoreFullError, StoreUnavailableError):  # it is done, and the first answer is kept
            await store.write(actor.workspace_id, idempotency.remember, actor, key, answer)
    return answer


async def read_body(request: Request, receive: Receive, largest: int) -> bytes:
    """The whole body. Raises BodyTooLargeError, and TooSlowError after a minute."""
    declared = request.headers.get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > largest:
        raise BodyTooLargeError
    message = await receive()
    body: bytes = message.get("body", b"")
    if message["type"] == "http.disconnect":
        raise ClientGoneError
    if message.get("more_body"):
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _rest(receive, [body], largest)
        except TimeoutError:
            raise TooSlowError from None
    if len(body) > largest:
        raise BodyTooLargeError
    return body


async def _rest(receive: Receive, parts: list[bytes], largest: int) -> bytes:
    size = len(parts[0])
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > largest:
            raise BodyTooLargeError
        if not message.get("more_body"):
            return b"".join(parts)


def worded(tongue: Tongue, error: Exception, operation: Operation | None, request: Request) -> Answer:
    """The tongue's words for an error; one that nobody foresaw is logged, and said without its inside."""
    answer = tongue.word(error, operation, request)
    if isinstance(error, (StoreFullError, StoreUnavailableError)):
        log.warning("refused", request_id=request.id, method=request.method, path=request.path, why=str(error))
    elif not isinstance(error, CarnetError) or answer.status == _OUR_FAULT:
        log.error("request failed", request_id=request.id, method=request.method, path=request.path, exc_info=error)
    return answer


def routes(house: House, tongue: Tongue) -> ASGIApp:
    """The tongue as one application, whose routes are its operations."""
    by_path: dict[str, list[Operation]] = {}
    for operation in tongue.operations:
        by_path.setdefault(operation.path, []).append(operation)

    resources: Paths[Resource] = Paths()
    for path, found in by_path.items():
        resources.add(tongue.mount + path, Resource(house, tongue, found))

    async def nothing(scope: Scope, send: Send) -> None:
        request = Request(scope, house.addresses.base_url(scope))
        error: Exception = NoRouteError()
        if tongue.asks_first:
            try:
                await house.store.read(partial(recognise, tongue), request)
            except Exception as refusal:  # noqa: BLE001 - as for a path that exists
                error = refusal
        answer = worded(tongue, error, None, request)
        tongue.finish(answer, request)
        await deliver(answer, scope, send)

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        target = resources.find(scope["path"])
        if target is None:
            await nothing(scope, send)
            return
        resource, scope["path_params"] = target
        await resource(scope, receive, send)

    return routed
