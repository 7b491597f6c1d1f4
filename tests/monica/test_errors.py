"""Words for everything that goes wrong, in Monica's two shapes (specification, section 4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import errors as core
from carnet.core.errors import CarnetError, Fault, InvalidError, NoSuchReferenceError, Violation
from carnet.dialects.monica import errors
from carnet.dialects.monica.operations import OPERATIONS
from carnet.dialects.monica.resources import Resource
from carnet.http import errors as http
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.monica.things import NOT_FOUND, call, made, plain, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import House, Person

SERVER_ERROR = "Server Error"
MADE: dict[type[Exception], Exception] = {
    core.UnauthenticatedError: core.UnauthenticatedError(anything_sent=True),
    core.ForbiddenError: core.ForbiddenError("tasks:write"),
    core.NotFoundError: core.NotFoundError("task", "1"),
    core.NoSuchReferenceError: core.NoSuchReferenceError("gender_id", "gender", "1"),
    core.InvalidError: core.InvalidError([Violation("title", Fault.BLANK)]),
    http.MethodNotAllowedError: http.MethodNotAllowedError(("GET", "HEAD")),
    http.NotAcceptableError: http.NotAcceptableError("text/html"),
    http.UnsupportedTypeError: http.UnsupportedTypeError("text/html"),
    http.TooManyRequestsError: http.TooManyRequestsError(7),
    errors.RefusedError: errors.RefusedError(["The title field is required."]),
}
SAID: dict[type[Exception], tuple[int, Any, int | None]] = {
    errors.LimitError: (400, "The limit parameter is too big", 30),
    errors.SortError: (400, "The sorting criteria is invalid", 39),
    errors.RefusedError: (422, ["The title field is required."], 32),
    http.MalformedError: (400, "Problems parsing JSON", 37),
    http.NoRouteError: (404, "The route monica/api/foo could not be found.", None),
    http.MethodNotAllowedError: (
        405,
        "The GET method is not supported for this route. Supported methods: GET, HEAD.",
        None,
    ),
    http.NotAcceptableError: (406, "The answer can only be given as JSON.", None),
    http.TooSlowError: (408, "The body of the request took too long to arrive.", None),
    http.BodyTooLargeError: (413, "The body of the request is too large.", None),
    http.UnsupportedTypeError: (415, "The body of the request is of a type that isn't read.", None),
    http.TooManyRequestsError: (429, "Too many attempts, please slow down the request", 34),
    core.UnauthenticatedError: (401, "Unauthenticated.", None),
    core.ForbiddenError: (403, "Not authorized", 42),
    core.WorkspaceDeniedError: (403, "Not authorized", 42),
    core.NotFoundError: (404, "The resource has not been found", 31),
    core.NoSuchReferenceError: (422, ["The selected gender id is invalid."], 32),
    core.InvalidError: (422, ["The title field is required."], 32),
    core.ConflictError: (409, "a sentence", None),
    core.StaleError: (412, "The record has changed since the version that was named.", None),
    core.KeyReusedError: (422, ["The Idempotency-Key has already been taken."], 32),
    StoreUnavailableError: (503, SERVER_ERROR, None),
    StoreFullError: (507, SERVER_ERROR, None),
}


ROOMS = ("carnet.core.", "carnet.http.", "carnet.dialects.monica.")
"""Whose errors this tongue may meet."""


def every(kind: type[Exception]) -> Iterator[type[Exception]]:
    for each in kind.__subclasses__():
        yield each
        yield from every(each)


def told(answer: Any) -> tuple[int, Any, int | None]:
    """What an answer says, in either shape."""
    body = json.loads(answer.body)
    error = body.get("error", body)
    return answer.status, error["message"], error.get("error_code")


def test_every_error_has_its_words() -> None:
    own = {each for each in every(CarnetError) if each.__module__.startswith(ROOMS)}
    assert own | {StoreFullError, StoreUnavailableError} == SAID.keys()
    for kind, words in SAID.items():
        error = MADE.get(kind) or kind("a sentence")
        assert told(errors.say(error, {}, "GET", "/monica/api/foo")) == words, kind


def test_what_nobody_foresaw_is_said_without_its_inside() -> None:
    answer = errors.say(RuntimeError("a secret"), {}, "GET", "/monica/api/foo")
    assert told(answer) == (500, SERVER_ERROR, None)
    assert b"secret" not in answer.body


SENTENCES = {
    Fault.BLANK: "The due at field is required.",
    Fault.MISSING: "The due at field is required.",
    Fault.NOT_A_CHOICE: "The selected due at is invalid.",
    Fault.NOT_AN_EMAIL: "The due at must be a valid email address.",
    Fault.TOO_LONG: "The due at may not be greater than 3 characters.",
    Fault.TOO_MANY: "The due at may not have more than 3 items.",
    Fault.NOT_AN_ID: "The selected due at is invalid.",
    Fault.NOT_A_TIME: "The due at is not a valid date.",
    Fault.NOT_VALID: "The due at format is invalid.",
    Fault.OUT_OF_RANGE: "The due at must be between 3 and 4.",
    Fault.AFTER_DUE: "The due at must be a date before or equal to due date.",
    Fault.TAKEN: "The due at has already been taken.",
    Fault.UNKNOWN: "The selected due at is invalid.",
    Fault.DEAD: "The due at is expired or was used already.",
}


def test_every_fault_has_its_sentence() -> None:
    assert SENTENCES.keys() == errors.FAULTS.keys() == set(Fault)
    for fault, sentence in SENTENCES.items():
        error = InvalidError([Violation("due_at", fault, (3, 4))])
        assert told(errors.say(error, {}, "POST", "")) == (422, [sentence], 32)


def test_one_sentence_for_each_field_by_its_name_on_the_wire() -> None:
    found = [Violation("emails[0]", Fault.NOT_AN_EMAIL), Violation("emails[1]", Fault.TOO_LONG, (9,))]
    error = InvalidError([*found, Violation("name", Fault.BLANK)])
    answer = errors.say(error, {"emails": "email"}, "POST", "")
    assert told(answer)[1] == ["The email must be a valid email address.", "The name field is required."]


def test_an_unknown_contact_is_not_found_and_any_other_record_is_invalid() -> None:
    contact = errors.say(NoSuchReferenceError("contact_id", "contact", "1"), {}, "POST", "")
    assert told(contact) == (404, NOT_FOUND[1], NOT_FOUND[2])
    gender = errors.say(NoSuchReferenceError("gender_id", "gender", "1"), {}, "POST", "")
    assert told(gender)[1] == ["The selected gender id is invalid."]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/foo", "monica/api/foo"),
        ("/foo/", "monica/api/foo"),
        ("/tasks/1/2", "monica/api/tasks/1/2"),
        ("/api/foo", "monica/api/foo"),
        ("/contacts/1/tags", "monica/api/contacts/1/tags"),
        ("/groups", "monica/api/groups"),
        ("/user", "monica/api/user"),
        ("/emotions", "monica/api/emotions"),
        ("/petcategories", "monica/api/petcategories"),
        ("/contacts/1/auditlogs", "monica/api/contacts/1/auditlogs"),
        ("/oauth/token", "monica/api/oauth/token"),
        ('/a%22b"é%F0%9F%99%82', 'monica/api/a"b"é🙂'),
        ("/%ff%00", "monica/api/\ufffd\0"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_route_is_named(anyone: Person, method: str, path: str, shown: str) -> None:
    assert plain(call(anyone, method, path)) == (404, f"The route {shown} could not be found.")


def test_outside_of_the_base_it_speaks_the_same(anyone: Person) -> None:
    assert plain(anyone.get("/monica/foo")) == (404, "The route monica/foo could not be found.")
    assert plain(anyone.house.request("GET", "/monica")) == (401, "Unauthenticated.")


ORDER = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def test_a_wrong_verb_is_told_the_right_ones(anyone: Person) -> None:
    allowed: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        allowed.setdefault(operation.path, set()).update({operation.method, *(["HEAD"] * (operation.method == "GET"))})
    for path, methods in allowed.items():
        expected = ", ".join(method for method in ORDER if method in methods)
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"):
            if method not in methods:
                answer = call(anyone, method, path.replace("{id}", "1").replace("{month}", "0"))
                words = f"The {method} method is not supported for this route. Supported methods: {expected}."
                assert plain(answer) == (405, words)
                assert answer.headers["allow"] == expected


def test_a_task_is_not_made_under_a_contact(anyone: Person) -> None:
    made(anyone, "/contacts")
    assert plain(call(anyone, "POST", "/contacts/1/tasks", {"title": "x"}))[0] == 405


def test_too_large_a_body_is_refused(anyone: Person) -> None:
    answer = call(anyone, "POST", "/tasks", content=b"[" * (16 * 1024 * 1024 + 1))
    assert plain(answer) == (413, "The body of the request is too large.")


def test_a_write_without_the_scope_is_not_authorized(house: House) -> None:
    assert refusal(call(house.rita, "POST", "/tasks", {"title": "x"})) == (403, "Not authorized", 42)


def test_our_own_fault_is_said_in_the_same_shape(any_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "a secret"
        raise RuntimeError(message)

    monkeypatch.setattr(Resource, "listed", fail)
    answer = call(any_house.alice, "GET", "/tasks")
    assert plain(answer) == (500, SERVER_ERROR)
    assert answer.headers["content-type"] == "application/json"
    assert "x-ratelimit-remaining" in answer.headers


@pytest.mark.parametrize("failure", [StoreUnavailableError("gone"), StoreFullError("full")])
def test_a_database_that_fails_is_said_so(
    any_house: House, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(any_house.store, "read", fail)
    status = {StoreUnavailableError: 503, StoreFullError: 507}[type(failure)]
    for path in ("/tasks", "/foo"):
        assert plain(call(any_house.alice, "GET", path)) == (status, SERVER_ERROR)


def test_a_reused_key_is_refused(house: House) -> None:
    headers = {"idempotency-key": "k"}
    first, again = (call(house.alice, "POST", "/tasks", {"title": "x"}, headers=headers) for _ in range(2))
    assert (again.status_code, again.json()) == (200, first.json())
    other = call(house.alice, "POST", "/tasks", {"title": "y"}, headers=headers)
    assert refusal(other) == (422, ["The Idempotency-Key has already been taken."], 32)
    assert call(house.alice, "GET", "/tasks").json()["meta"]["total"] == 1
