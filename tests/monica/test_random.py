"""Whatever is thrown at it, it answers with a status that it documents, and never with a fault of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.dialects.monica.operations import OPERATIONS
from tests.chance import times
from tests.hydra.dump import everything
from tests.hydra.wire import bearer, send
from tests.monica.things import API, furnished, path_of, sound

if TYPE_CHECKING:
    import httpx
    from hypothesis.strategies import DrawFn

    from carnet.http.operations import Operation
    from tests.conftest import House

GUARDED = [operation for operation in OPERATIONS if operation.right is not None]
WRITES = [operation for operation in GUARDED if operation.about.form is not None]
READS = [operation for operation in GUARDED if operation.method == "GET"]
REFUSED = {400, 404, 422}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"

quickly = settings(
    max_examples=times(12),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
words = some.sampled_from(
    [
        *("", " ", "\0", "a\0b", "true", "0", "1", "-1", "é", "🧵", "%", "_", "\\", "'", "M", "year", "a@b"),
        *("2026-02-03", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01", "1e3", "\u0661"),
        *("x" * 256, "x" * 100_001, "9" * 5_000, "\u2028", "\ufeff", "\u202e"),
    ]
)
numbers = (
    some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.sampled_from([10**400, 2**63, -(2**63)])
)
scalars = some.none() | some.booleans() | numbers | texts | words | some.integers(0, 3)
values = some.recursive(
    scalars,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def laid(house: House) -> House:
    """A house with a record of every kind."""
    furnished(house.alice)
    return house


@some.composite
def bodies(draw: DrawFn, operation: Operation, least: dict[str, Any]) -> dict[str, Any]:
    """A body that is half sound: some of the form's fields with values that may fit, and whatever else."""
    fields = [field.wire for field in operation.about.form.fields] or ["tags"]
    body = draw(some.dictionaries(some.sampled_from(fields) | texts, values, max_size=6))
    return {**least, **body} if draw(some.booleans()) else body


def throw(house: House, operation: Operation, kind: str, body: bytes, query: str = "") -> httpx.Response:
    target = API + quote(path_of(operation)) + query
    headers = [bearer(house.alice), ("content-type", kind), ("content-length", str(len(body)))]
    return send(house, operation.method, target, headers=headers, body=[body])


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: str(operation.name))
def test_any_json(laid: House, operation: Operation) -> None:
    least = sound(laid.alice, operation) or {}

    @quickly
    @given(bodies(operation, least))
    def try_it(body: dict[str, Any]) -> None:
        answer = throw(laid, operation, JSON, json.dumps(body).encode())
        assert answer.status_code in {operation.status, *REFUSED}, answer.text
        if answer.status_code != operation.status:
            before = everything(laid)
            again = throw(laid, operation, JSON, json.dumps(body).encode())
            assert (again.status_code, again.content) == (answer.status_code, answer.content)
            assert everything(laid) == before

    try_it()


@pytest.mark.parametrize("kind", [JSON, FORM, "multipart/form-data; boundary=a", "text/plain", ""])
def test_any_bytes(laid: House, kind: str) -> None:
    operations = [
        operation for operation in WRITES if operation.name in {"createTask", "updateContact", "setTagsOfContact"}
    ]

    @quickly
    @given(some.sampled_from(operations), some.binary(max_size=60) | some.text('{}[]":,-a=&%0\r\n').map(str.encode))
    def try_it(operation: Operation, body: bytes) -> None:
        wrapped = [body, b"--a\r\n" + body + b"\r\n--a--", b'{"title":' + body + b"}"]
        for each in wrapped:
            assert throw(laid, operation, kind, each).status_code in {operation.status, *REFUSED}

    try_it()


def test_any_query(laid: House) -> None:
    names = some.sampled_from(["limit", "page", "sort", "query", "with", "completed", "limit[]", "a", ""])
    pieces = some.tuples(names, words | texts | some.binary(max_size=8))

    @settings(quickly, max_examples=times(80))
    @given(some.sampled_from(READS), some.lists(pieces, max_size=4))
    def try_it(operation: Operation, query: list[tuple[str, str | bytes]]) -> None:
        spelled = "&".join(
            f"{name}={quote_from_bytes(value) if isinstance(value, bytes) else quote(value[:500])}"
            for name, value in query
        )
        target = f"{API}{path_of(operation)}?{spelled}"
        answer = send(laid, "GET", target, headers=[bearer(laid.alice)])
        assert answer.status_code in {200, 400}, answer.text
        assert answer.json()

    try_it()


def test_any_path(laid: House) -> None:
    @settings(quickly, max_examples=times(80))
    @given(some.sampled_from(["GET", "POST", "PUT", "DELETE", "X"]), some.lists(texts | words, max_size=4))
    def try_it(method: str, segments: list[str]) -> None:
        path = "/".join(quote(segment[:300], safe="") for segment in ["", *segments])
        answer = send(laid, method, API + path, headers=[bearer(laid.alice), ("content-length", "0")])
        assert answer.status_code in {200, 404, 405, 422}, answer.text
        assert method == "HEAD" or answer.json()

    try_it()
