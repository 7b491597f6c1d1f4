"""How this tongue says what went wrong: problem details (RFC 9457) with the keys that Hydra clients read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import errors as core
from carnet.core.errors import Fault
from carnet.http import errors as http
from carnet.http.messages import JSON, Answer
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROBLEM = b"application/problem+json; charset=utf-8"
_encode = msgspec.json.Encoder().encode


class WrongTypeError(core.CarnetError):
    """A value has another JSON type than its field."""

    def __init__(self, wire: str, expected: str, given: str) -> None:
        super().__init__(f'The type of the "{wire}" attribute must be "{expected}", "{given}" given.')


class InvalidIriError(core.CarnetError):
    """A text that should name a record doesn't, or names one of another class."""

    def __init__(self, iri: str) -> None:
        super().__init__(f'Invalid IRI "{iri}".')


class InvalidPathError(core.CarnetError):
    """The id in a path isn't a uuid."""


class MailRefusedError(core.CarnetError):
    """The mail server won't take the e-mail; the message is in its words."""


class BulkError(core.CarnetError):
    """Some of what came at once can't be taken, and so nothing of it is; `results` says what of each."""

    def __init__(self, results: bytes) -> None:
        super().__init__("nothing was stored")
        self.results = results


class QueryError(core.CarnetError):
    """A parameter of the query that can't be read, in words."""


CODES: dict[Fault, tuple[str, str]] = {
    Fault.BLANK: ("c1051bb4-d103-4f74-8988-acbcafc7fdc3", "This value should not be blank."),
    Fault.MISSING: ("ad32d13f-c3d4-423b-909a-857b961eb720", "This value should not be null."),
    Fault.NOT_A_CHOICE: ("8e179f1b-97aa-4560-a02f-2a8b42e49df7", "The value you selected is not a valid choice."),
    Fault.NOT_AN_EMAIL: ("bd79c0ab-ddba-46cc-a703-a7a4b08de310", "This value is not a valid email address."),
    Fault.TOO_LONG: (
        "d94b19cc-114f-4f44-9cc4-4138e80a87b9",
        "This value is too long. It should have {} characters or less.",
    ),
    Fault.TOO_MANY: (
        "756b1212-697c-468d-a9ad-50dd783bb169",
        "This collection should contain {} elements or less.",
    ),
    Fault.NOT_AN_ID: ("51120b12-a2bc-41bf-aa53-cd73daf330d0", "This is not a valid UUID."),
    Fault.NOT_A_TIME: ("1a9da513-2640-4f84-9b6a-4d99dcddc628", "This value is not a valid datetime."),
    Fault.NOT_VALID: ("de1e3db3-5ed4-4941-aae4-59f3667cc3a3", "This value is not valid."),
    Fault.OUT_OF_RANGE: ("04b91c99-a946-4221-afc5-e65ebac401eb", "This value should be between {} and {}."),
    Fault.AFTER_DUE: ("30fbb013-d015-4232-8b3b-8f3be97a7e14", "This value should be less than or equal to dueDate."),
    Fault.TAKEN: ("23bd9dbf-6b9b-41cd-a99e-4844bcf3077f", "This value is already used."),
    Fault.UNKNOWN: ("3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a01", "This value does not exist."),
    Fault.DEAD: (
        "3c1f0a52-6a0e-4c4f-9d3e-5f2b8d7e1a02",
        "This confirmation token is invalid, expired or already used.",
    ),
}

COLLECTIONS = {
    "contact": "/api/contacts",
    "company": "/api/companies",
    "task": "/api/contact_tasks",
    "deal": "/api/deals",
    "pipeline": "/api/pipelines",
    "pipeline_state": "/api/pipeline_states",
    "user": "/api/users",
    "tag": "/api/tags",
    "note": "/api/notes",
    "gender": "/api/genders",
    "webhook": "/api/webhooks",
}
_OUR_FAULT = "Internal Server Error"
_FORMATS = '"application/ld+json", "application/json"'
_BODIES = f'{_FORMATS}, "application/merge-patch+json"'


def _own(error: Any) -> str:  # noqa: ANN401 - each kind of error has its own words
    return str(error)


WORDS: dict[type[Exception], tuple[int, Callable[[Any], str]]] = {
    core.WorkspaceDeniedError: (403, lambda _: "Access Denied."),
    core.ForbiddenError: (403, lambda _: "Access Denied."),
    core.NotFoundError: (404, lambda _: "Not Found"),
    core.NoSuchReferenceError: (
        400,
        lambda error: f'Item not found for "{COLLECTIONS[error.noun]}/{error.record_id}".',
    ),
    core.ConflictError: (409, _own),
    core.StaleError: (412, lambda _: "The record has changed since the version that If-Match names."),
    core.KeyReusedError: (422, lambda _: "This Idempotency-Key was already used with another request."),
    WrongTypeError: (400, _own),
    InvalidIriError: (400, _own),
    InvalidPathError: (404, lambda _: "Invalid uri variables."),
    QueryError: (400, _own),
    MailRefusedError: (502, lambda error: f"The mail server has refused the e-mail: {error}"),
    http.MalformedError: (400, _own),
    http.NoRouteError: (404, lambda _: "Not Found"),
    http.MethodNotAllowedError: (405, lambda error: f"Method Not Allowed (Allow: {', '.join(error.allowed)})"),
    http.NotAcceptableError: (
        406,
        lambda error: f'Requested format "{error.wanted}" is not supported. Supported MIME types are {_FORMATS}.',
    ),
    http.TooSlowError: (408, lambda _: "The request's body took too long to arrive."),
    http.BodyTooLargeError: (413, lambda _: "The request's body is too large."),
    http.UnsupportedTypeError: (
        415,
        lambda error: f'The content-type "{error.sent}" is not supported. Supported MIME types are {_BODIES}.',
    ),
    http.TooManyRequestsError: (429, lambda _: "Too many requests. Please wait and try again."),
    StoreUnavailableError: (503, lambda _: _OUR_FAULT),
    StoreFullError: (507, lambda _: _OUR_FAULT),
}


class Words:
    """The errors of `/api`, with or without Hydra's prefix."""

    def __init__(self, *, prefix: bool) -> None:
        self._hydra = "hydra:" if prefix else ""

    def say(self, error: Exception, names: Mapping[str, str]) -> Answer:
        """The answer for an error; `names` gives the wire's names of the core's fields."""
        if isinstance(error, core.InvalidError):
            return self._violations(error, names)
        if isinstance(error, core.UnauthenticatedError):
            return self._unauthenticated(error)
        if isinstance(error, BulkError):
            return Answer(422, error.results, media_type=JSON)
        status, words = WORDS.get(type(error), (500, lambda _: _OUR_FAULT))
        answer = self._general(status, words(error))
        if isinstance(error, http.MethodNotAllowedError):
            answer.add(b"allow", ", ".join(error.allowed))
        if isinstance(error, http.TooManyRequestsError):
            answer.add(b"retry-after", str(error.retry_after))
        return answer

    def _general(self, status: int, detail: str, **more: object) -> Answer:
        body = {
            "@context": "/api/contexts/Error",
            "@id": f"/api/errors/{status}",
            "@type": f"{self._hydra}Error",
            f"{self._hydra}title": "An error occurred",
            f"{self._hydra}description": detail,
            "title": "An error occurred",
            "description": detail,
            "type": f"/errors/{status}",
            "status": status,
            "detail": detail,
            **more,
        }
        return Answer(status, _encode(body), media_type=PROBLEM)

    def _unauthenticated(self, error: core.UnauthenticatedError) -> Answer:
        detail = (
            "Invalid credentials."
            if error.anything_sent
            else "Full authentication is required to access this resource."
        )
        answer = self._general(401, detail, code=401, message=detail)
        answer.add(b"www-authenticate", "Bearer")
        return answer

    def _violations(self, error: core.InvalidError, names: Mapping[str, str]) -> Answer:
        violations = [_violation(each, names) for each in error.violations]
        detail = "\n".join(f"{each['propertyPath']}: {each['message']}" for each in violations)
        codes = [each["code"] for each in violations]
        told = codes[0] if len(codes) == 1 else ";".join(f"{at}={code}" for at, code in enumerate(codes))
        body = {
            "@context": "/api/contexts/ConstraintViolation",
            "@id": f"/api/validation_errors/{told}",
            "@type": "ConstraintViolation",
            "status": 422,
            "violations": violations,
            "detail": detail,
            f"{self._hydra}title": "An error occurred",
            f"{self._hydra}description": detail,
            "title": "An error occurred",
            "description": detail,
            "type": f"/validation_errors/{told}",
        }
        return Answer(422, _encode(body), media_type=PROBLEM)


def _violation(violation: core.Violation, names: Mapping[str, str]) -> dict[str, str]:
    code, message = CODES[violation.fault]
    field, bracket, rest = violation.field.partition("[")
    return {
        "propertyPath": names.get(field, field) + bracket + rest,
        "message": message.format(*violation.limits),
        "code": code,
    }
