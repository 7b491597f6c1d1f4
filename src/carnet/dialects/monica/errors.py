"""How this tongue says what went wrong: with a code where Monica has one, else as its framework does (section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import errors as core
from carnet.core.errors import Fault
from carnet.http import errors as http
from carnet.http.messages import JSON as OTHER_JSON
from carnet.http.messages import Answer
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

JSON = OTHER_JSON.partition(b";")[0]
"""The media type of every answer, without a character set."""
_encode = msgspec.json.Encoder().encode


class LimitError(core.CarnetError):
    """The query's `limit` is above 100 or no number."""


class SortError(core.CarnetError):
    """The query's `sort` isn't a word that this list can be sorted by."""


class RefusedError(core.CarnetError):
    """Fields that can't be taken: one sentence for each, in the order of their table."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


FAULTS: dict[Fault, str] = {
    Fault.BLANK: "The {field} field is required.",
    Fault.MISSING: "The {field} field is required.",
    Fault.NOT_A_CHOICE: "The selected {field} is invalid.",
    Fault.NOT_AN_EMAIL: "The {field} must be a valid email address.",
    Fault.TOO_LONG: "The {field} may not be greater than {} characters.",
    Fault.TOO_MANY: "The {field} may not have more than {} items.",
    Fault.NOT_AN_ID: "The selected {field} is invalid.",
    Fault.NOT_A_TIME: "The {field} is not a valid date.",
    Fault.NOT_VALID: "The {field} format is invalid.",
    Fault.OUT_OF_RANGE: "The {field} must be between {} and {}.",
    Fault.AFTER_DUE: "The {field} must be a date before or equal to due date.",
    Fault.TAKEN: "The {field} has already been taken.",
    Fault.UNKNOWN: "The selected {field} is invalid.",
    Fault.DEAD: "The {field} is expired or was used already.",
}
"""How each fault that the core finds is said; `{field}` is the field's name with blanks."""


def spoken(name: str) -> str:
    """A field's name as sentences say it: `contact_id` is `contact id`."""
    return name.replace("_", " ")


_NOT_FOUND = (404, 31, "The resource has not been found")
_NOT_AUTHORIZED = (403, 42, "Not authorized")
CODED: dict[type[Exception], tuple[int, int, str]] = {
    LimitError: (400, 30, "The limit parameter is too big"),
    SortError: (400, 39, "The sorting criteria is invalid"),
    http.MalformedError: (400, 37, "Problems parsing JSON"),
    core.NotFoundError: _NOT_FOUND,
    core.ForbiddenError: _NOT_AUTHORIZED,
    core.WorkspaceDeniedError: _NOT_AUTHORIZED,
    http.TooManyRequestsError: (429, 34, "Too many attempts, please slow down the request"),
}
"""Errors of the API: status, code and message."""

_OUR_FAULT = "Server Error"


def _own(error: Exception) -> str:
    return str(error)


PLAIN: dict[type[Exception], tuple[int, Callable[[Any], str]]] = {
    core.UnauthenticatedError: (401, lambda _: "Unauthenticated."),
    http.MethodNotAllowedError: (405, _own),
    http.NotAcceptableError: (406, lambda _: "The answer can only be given as JSON."),
    http.TooSlowError: (408, lambda _: "The body of the request took too long to arrive."),
    core.ConflictError: (409, _own),
    core.StaleError: (412, lambda _: "The record has changed since the version that was named."),
    http.BodyTooLargeError: (413, lambda _: "The body of the request is too large."),
    http.UnsupportedTypeError: (415, lambda _: "The body of the request is of a type that isn't read."),
    StoreUnavailableError: (503, lambda _: _OUR_FAULT),
    StoreFullError: (507, lambda _: _OUR_FAULT),
}
"""Errors of the framework: status and message."""

LISTED: dict[type[Exception], Callable[[Any, Mapping[str, str]], list[str]]] = {
    RefusedError: lambda error, _: error.sentences,
    core.InvalidError: lambda error, names: _sentences(error.violations, names),
    core.NoSuchReferenceError: lambda error, names: [_said(core.Violation(error.field, Fault.UNKNOWN), names)],
    core.KeyReusedError: lambda *_: ["The Idempotency-Key has already been taken."],
}
"""Refusals of what was sent: the sentences, given the wire's names of the core's fields."""


def say(error: Exception, names: Mapping[str, str], method: str, path: str) -> Answer:
    """The answer for an error; `names` gives the wire's names of the core's fields."""
    if isinstance(error, core.NoSuchReferenceError) and error.noun == "contact":
        return coded(*_NOT_FOUND)
    if type(error) in LISTED:
        return coded(422, 32, LISTED[type(error)](error, names))
    if type(error) in CODED:
        answer = coded(*CODED[type(error)])
        if isinstance(error, http.TooManyRequestsError):
            answer.add(b"retry-after", str(error.retry_after))
        return answer
    if isinstance(error, http.NoRouteError):
        return plain(404, f"The route {path.strip('/')} could not be found.")
    if isinstance(error, http.MethodNotAllowedError):
        return _not_allowed(error, method)
    status, words = PLAIN.get(type(error), (500, lambda _: _OUR_FAULT))
    answer = plain(status, words(error))
    if isinstance(error, core.UnauthenticatedError):
        answer.add(b"www-authenticate", "Bearer")
    return answer


def coded(status: int, code: int, message: str | list[str]) -> Answer:
    """An error of the API."""
    return Answer(status, _encode({"error": {"message": message, "error_code": code}}))


def plain(status: int, message: str) -> Answer:
    """An error of the framework."""
    return Answer(status, _encode({"message": message.encode("utf-8", "replace").decode()}))


_ORDER = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def _not_allowed(error: http.MethodNotAllowedError, method: str) -> Answer:
    allowed = ", ".join(sorted(error.allowed, key=_ORDER.index))
    answer = plain(405, f"The {method} method is not supported for this route. Supported methods: {allowed}.")
    answer.add(b"allow", allowed)
    return answer


def _sentences(violations: list[core.Violation], names: Mapping[str, str]) -> list[str]:
    """One sentence for each field."""
    first: dict[str, str] = {}
    for violation in violations:
        first.setdefault(violation.field.partition("[")[0], _said(violation, names))
    return list(first.values())


def _said(violation: core.Violation, names: Mapping[str, str]) -> str:
    field = violation.field.partition("[")[0]
    return FAULTS[violation.fault].format(*violation.limits, field=spoken(names.get(field, field)))
