"""How this tongue says what went wrong: an envelope with a message, and the fields that can't be taken by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import errors as core
from carnet.core.errors import Fault
from carnet.dialects.ysuite import outside
from carnet.http import errors as http
from carnet.http.messages import Answer
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carnet.http.messages import Request

_encode = msgspec.json.Encoder().encode


class Complaint(msgspec.Struct, frozen=True):
    """Why the value of a field can't be taken; `headline` is the answer's message where it isn't the text."""

    field: str
    text: str
    headline: str = ""


class RefusedError(core.CarnetError):
    """Values that can't be taken, all of them at once, by the wire's names."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("; ".join(complaint.text for complaint in complaints))
        self.complaints = complaints


REQUIRED = "The {field} field is required."
UNKNOWN = "The selected {field} does not exist."
CHOICE = "The selected {field} is invalid."

TEXTS: dict[Fault, str] = {
    Fault.BLANK: REQUIRED,
    Fault.MISSING: REQUIRED,
    Fault.NOT_A_CHOICE: CHOICE,
    Fault.NOT_AN_EMAIL: "The {field} field must be a valid email address.",
    Fault.TOO_LONG: "The {field} field must not be longer than {0} characters.",
    Fault.TOO_MANY: "The {field} field must not have more than {0} entries.",
    Fault.NOT_AN_ID: "The {field} field must be an id.",
    Fault.NOT_A_TIME: "The {field} field must be a valid date.",
    Fault.NOT_VALID: "The {field} field is not valid.",
    Fault.OUT_OF_RANGE: "The {field} field must be between {0} and {1}.",
    Fault.AFTER_DUE: "The {field} field must not be later than the end.",
    Fault.TAKEN: "The {field} has already been taken.",
    Fault.UNKNOWN: UNKNOWN,
    Fault.DEAD: "The {field} field is expired or was used already.",
}

_OUR_FAULT = "Internal server error."
_CREDENTIALS = "Invalid API credentials."


def _not_found(error: core.NotFoundError, about: str) -> str:
    return f"{about or error.noun.replace('_', ' ').capitalize()} not found."


def _always(message: str) -> Callable[[Any, str], str]:
    return lambda _error, _about: message


WORDS: dict[type[Exception], tuple[int, Callable[[Any, str], str]]] = {
    http.MalformedError: (400, lambda error, _about: str(error)),
    core.NotFoundError: (400, _not_found),
    core.UnauthenticatedError: (401, _always(_CREDENTIALS)),
    core.WorkspaceDeniedError: (401, _always(_CREDENTIALS)),
    core.ForbiddenError: (403, _always("These API credentials do not allow this.")),
    http.NoRouteError: (404, _always("Not found.")),
    http.MethodNotAllowedError: (405, _always("Method not allowed.")),
    http.NotAcceptableError: (406, _always("Only application/json is available.")),
    http.TooSlowError: (408, _always("The request body took too long to arrive.")),
    core.ConflictError: (409, lambda error, _about: str(error)),
    core.KeyReusedError: (409, _always("This Idempotency-Key belongs to another request.")),
    core.StaleError: (412, _always("The record has changed in the meantime.")),
    http.BodyTooLargeError: (413, _always("The request body is too large.")),
    http.UnsupportedTypeError: (415, _always("Only JSON is read.")),
    http.TooManyRequestsError: (429, _always("Too many requests.")),
    StoreUnavailableError: (503, _always(_OUR_FAULT)),
    StoreFullError: (507, _always(_OUR_FAULT)),
}
"""The status and the message of every error that isn't about fields, from the error and what the operation is about."""


def say(error: Exception, request: Request, about: str = "", names: Mapping[str, str] | None = None) -> Answer:
    """The answer for an error.

    `about` is what the operation's path names (`Task`); `names` gives the wire's names of the core's fields.
    """
    complaints = complaints_of(error, names or {})
    if complaints:
        return _refusal(complaints)
    status, words = WORDS.get(type(error), (500, _always(_OUR_FAULT)))
    message = words(error, about)
    if isinstance(error, http.NoRouteError):
        message = outside.message(request.path) or message
    answer = Answer(status, _encode({"success": False, "message": message}))
    if isinstance(error, http.MethodNotAllowedError):
        answer.add(b"allow", ", ".join(error.allowed))
    if isinstance(error, http.TooManyRequestsError):
        answer.add(b"retry-after", str(error.retry_after))
    return answer


def complaints_of(error: Exception, names: Mapping[str, str]) -> list[Complaint]:
    """What an error says of fields, in the wire's names; nothing where it is about something else."""
    if isinstance(error, RefusedError):
        return error.complaints
    if isinstance(error, core.NoSuchReferenceError):
        field = names.get(error.field, error.field)
        return [Complaint(field, UNKNOWN.format(field=field))]
    if isinstance(error, core.InvalidError):
        return [_complaint(violation, names) for violation in error.violations]
    return []


def _complaint(violation: core.Violation, names: Mapping[str, str]) -> Complaint:
    name = violation.field.partition("[")[0]
    field = names.get(name, name)
    return Complaint(field, TEXTS[violation.fault].format(*violation.limits, field=field))


def _refusal(complaints: list[Complaint]) -> Answer:
    errors: dict[str, list[str]] = {}
    for complaint in complaints:
        errors.setdefault(complaint.field, []).append(complaint.text)
    message = complaints[0].headline or complaints[0].text
    return Answer(422, _encode({"success": False, "message": message, "errors": errors}))
