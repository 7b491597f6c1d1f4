"""A plain tongue for trying the shared room: it words every error by its class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import companies
from carnet.core.companies import CompanyDraft
from carnet.core.errors import CarnetError, ConflictError, InvalidError, KeyReusedError, UnauthenticatedError
from carnet.core.paging import Asked
from carnet.core.permissions import Right
from carnet.http import credentials, errors
from carnet.http.addresses import Addresses
from carnet.http.limits import RateLimit
from carnet.http.messages import Answer
from carnet.http.operations import House as Room
from carnet.http.operations import Operation, routes
from tests.http.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database
    from tests.conftest import House

STATUSES: dict[type[Exception], int] = {
    UnauthenticatedError: 401,
    errors.NoRouteError: 404,
    errors.MethodNotAllowedError: 405,
    errors.NotAcceptableError: 406,
    errors.TooSlowError: 408,
    ConflictError: 409,
    KeyReusedError: 409,
    errors.BodyTooLargeError: 413,
    errors.UnsupportedTypeError: 415,
    InvalidError: 422,
    errors.TooManyRequestsError: 429,
}


class Plain:
    """Says a line for everything."""

    mount = "/plain"
    asks_first = False

    def __init__(self, work: Callable[..., Answer] | None = None, rate: int = 0) -> None:
        self.limit = RateLimit(rate)

        def operation(method: str, path: str, does: Callable[..., Answer], **said: Any) -> Operation:
            right = said.pop("right", Right.READ_COMPANIES)
            return Operation(method=method, path=path, name=path, summary="", right=right, work=does, **said)

        self.operations: tuple[Operation, ...] = (
            operation("GET", "/companies", _count),
            operation("GET", "/far", _count, is_apart=lambda request: bool(request.query)),
            operation("GET", "/open", lambda _db, actor, _request: Answer(200, repr(actor).encode()), right=None),
            operation("POST", "/companies", work or _make, largest_body=100),
            operation("DELETE", "/companies", _fail),
            operation("POST", "/again", _make),
        )

    def listen(self, operation: Operation, request: Request) -> None:  # noqa: ARG002
        if b"text/plain" not in request.headers.get(b"accept", b"text/plain"):
            raise errors.NotAcceptableError(request.header(b"accept"))

    def hear(self, operation: Operation, request: Request) -> None:  # noqa: ARG002
        if request.header(b"content-type") == "text/strange":
            raise errors.UnsupportedTypeError("text/strange")

    def recognise(self, db: Database, request: Request) -> Actor:
        return credentials.by_bearer(db, request)

    def word(self, error: Exception, operation: Operation | None, request: Request) -> Answer:  # noqa: ARG002
        if not isinstance(error, CarnetError):
            return Answer(500, b"something broke")
        answer = Answer(STATUSES[type(error)], str(error).encode())
        if isinstance(error, errors.TooManyRequestsError):
            answer.add(b"retry-after", str(error.retry_after))
        if isinstance(error, errors.MethodNotAllowedError):
            answer.add(b"allow", ", ".join(error.allowed))
        return answer

    def finish(self, answer: Answer, request: Request) -> None:  # noqa: ARG002
        answer.media_type = answer.media_type or b"text/plain"
        answer.add(b"x-plain", "yes")


def _count(db: Database, actor: Actor, _request: Request) -> Answer:
    return Answer(200, str(companies.page(db, actor, Asked()).total).encode())


def _make(db: Database, actor: Actor, request: Request) -> Answer:
    """Make a company that is called as the body says."""
    made = companies.create(db, actor, CompanyDraft(name=request.body.decode()), now=request.now)
    answer = Answer(201, f"{made.number} {made.name}".encode())
    answer.add(b"location", f"/plain/companies/{made.number}")
    return answer


def _fail(_db: Database, _actor: Actor, _request: Request) -> Answer:
    message = "a secret of the inside"
    raise ZeroDivisionError(message)


def spoken(house: House, *, rate: int = 0, work: Callable[..., Answer] | None = None) -> Wire:
    """A line to the plain tongue in a house."""
    room = Room(house.store, Addresses(house.settings), RateLimit(0))
    return Wire(house, routes(room, Plain(work, rate)))
