"""Whatever is thrown at the API, it answers with a status that it documents, and a refusal leaves no trace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.dialects.hydra.operations import CLASSES
from carnet.dialects.hydra.tongue import Hydra
from carnet.settings import Settings
from tests.chance import times
from tests.hydra.dump import everything
from tests.hydra.fields import CHOICES, FIELDS, READ_ONLY
from tests.hydra.posting import queued
from tests.hydra.things import DUE, NOTHING, made
from tests.hydra.wire import bearer, send

if TYPE_CHECKING:
    import httpx
    from hypothesis.strategies import DrawFn, SearchStrategy

    from tests.conftest import House

OPERATIONS = [
    operation
    for operation in Hydra(Settings()).operations
    if operation.right is not None and not operation.path.startswith(("/events", "/contacts/duplicates"))
]
WRITES = [operation for operation in OPERATIONS if operation.method in {"POST", "PATCH"}]
READS = [operation for operation in OPERATIONS if operation.method == "GET"]
SENT = {"POST": {200, 201, 400, 409, 422}, "PATCH": {200, 400, 409, 422}}

quickly = settings(
    max_examples=times(20),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Texts that JSON and a URL can carry; what no text can be is tried byte for byte elsewhere.
texts = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
words = some.sampled_from(
    [
        *("", " ", "\0", "x", "a@b", "true", "null", "0", "-1", "é", "🧵", "%", "_", "\\", "'", "#3B82F6", NOTHING),
        *(
            "12.50",
            "-0.01",
            "1e3",
            "1e-9",
            "9999999999999.99",
            "1" + "0" * 5_000,
            "0." + "0" * 5_000 + "1",
            "EUR",
            "eur",
        ),
        *("1..", "..1", "1.5..2.5", "-1e300..1e300", "1...5", "NaN", "Infinity", "1_0", "\u0661"),
        *(DUE, "2026-02-10", "0001-01-01", "9999-12-31T23:59:59Z", "9999-12-31", "10000-01-01", "asc", "desc", "1..5"),
        *(word for each in CHOICES.values() for word in each),
        *(f"{each.collection}/{NOTHING}" for each in CLASSES),
        *("x" * 256, "x" * 2_049, "x" * 65_536),
    ]
)
numbers = some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.sampled_from([10**400, -(10**30)])
scalars = some.none() | some.booleans() | numbers | texts | words
values = some.recursive(
    scalars,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(texts | some.just("@id"), inner, max_size=4),
    max_leaves=8,
)


@some.composite
def bodies(draw: DrawFn, collection: str, own: tuple[str, ...]) -> bytes:
    """A body that is half sound: some fields of the class with values that may fit, and whatever else."""
    fields = [*FIELDS.get(collection, {}), *READ_ONLY[collection], "text", "field", "stateId", "odd"]
    links = some.sampled_from(own)
    mixed = values | links | some.lists(links | words, max_size=3)
    body = draw(some.dictionaries(some.sampled_from(fields) | texts, mixed, max_size=8))
    sound: dict[str, Any] = {"name": "x", "title": "x", "dueDate": DUE, "contact": own[0], "text": "x"}
    if draw(some.booleans()):
        body = sound | body
    return json.dumps(body).encode()


def name_of(operation: Any) -> str:
    """The collection that an operation is about."""
    name: str = operation.about.described.collection.removeprefix("/api/")
    return name


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_bodies(house: House, operation: Any) -> None:
    alice, name = house.alice, name_of(operation)
    item = made(alice, name)
    others = ("companies", "deals", "pipelines", "pipeline_states", "tags")
    own = (made(alice, "contacts")["@id"], *(made(alice, each)["@id"] for each in others), alice.user.id)
    path = "/api" + operation.path.replace("{id}", item["id"])

    @quickly
    @given(body=bodies(name, own))
    def throw(body: bytes) -> None:
        answer = alice.request(operation.method, path, content=body)
        assert answer.status_code in SENT[operation.method], answer.text
        if answer.status_code < 300:
            shown = alice.get(answer.json().get("@id", item["@id"]))
            assert shown.status_code == 200
            if "etag" in answer.headers:
                assert shown.headers["etag"] == answer.headers["etag"]

    throw()
    assert alice.get(f"/api/{name}?itemsPerPage=100").status_code == 200


def test_a_refusal_leaves_no_trace(house: House) -> None:
    alice = house.alice
    own = (made(alice, "contacts")["@id"], made(alice, "deals")["@id"], made(alice, "tags")["@id"], alice.user.id)
    items = {name: made(alice, name)["@id"] for name in FIELDS}
    seen = [everything(house)]

    @quickly
    @given(data=some.data(), name=some.sampled_from(sorted(FIELDS)), change=some.booleans())
    def throw(data: Any, name: str, change: bool) -> None:  # noqa: FBT001 - Hypothesis gives arguments by name
        body = data.draw(bodies(name, own))
        path, method = (items[name], "PATCH") if change else (f"/api/{name}", "POST")
        answer = alice.request(method, path, content=body)
        now = everything(house)
        if answer.status_code >= 400:
            assert now == seen[-1]
        seen[:] = [now]

    throw()


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_bytes(house: House, method: str) -> None:
    item = made(house.alice, "contacts")["@id"]

    @quickly
    @given(body=some.binary(max_size=40) | some.binary(max_size=40).map(lambda each: b'{"name":"' + each + b'"}'))
    def throw(body: bytes) -> None:
        path = item if method == "PATCH" else "/api/contacts"
        assert house.alice.request(method, path, content=body).status_code in SENT[method]

    throw()


def queries(operation: Any) -> SearchStrategy[str]:
    """Queries of which a part may make sense."""
    known = [variable for each in operation.about.described.parameters for variable in each.variables()]
    names = some.sampled_from([*known, "page", "itemsPerPage", "order", "exists", "odd", "name[][]", "q[]"]) | texts
    raw = some.binary(max_size=6).map(quote_from_bytes)
    told = (
        (words | texts | numbers.map(str)).filter(lambda text: len(text) < 3_000).map(lambda text: quote(text, safe=""))
    )
    pair = some.tuples(names.map(lambda text: quote(text, safe="[]")) | raw, told | raw)
    return some.lists(pair.map("=".join) | raw, max_size=5).map("&".join)


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.name)
def test_queries(house: House, operation: Any) -> None:
    name, as_alice = name_of(operation), bearer(house.alice)
    record = {"id": house.alice.user.id} if name == "users" else made(house.alice, name)
    session = queued(house.alice, record["id"]) if "{sessionId}" in operation.path else ""
    path = "/api" + operation.path.replace("{id}", record["id"]).replace("{sessionId}", session)
    is_list = "{id}" not in operation.path

    @quickly
    @given(query=queries(operation))
    def throw(query: str) -> None:
        answer = send(house, "GET", f"{path}?{query}", headers=[as_alice])
        assert answer.status_code in ({200, 400} if is_list else {200}), (query, answer.text)
        if is_list and answer.status_code == 200:
            assert_sound(house, answer, as_alice)

    throw()


def assert_sound(house: House, answer: httpx.Response, credential: tuple[str, str]) -> None:
    """Hold that a collection's total covers its members and that its links lead somewhere."""
    collection = answer.json()
    assert collection["hydra:totalItems"] >= len(collection["hydra:member"])
    view = collection.get("hydra:view", {})
    for link in (view.get("@id"), view.get("hydra:next"), view.get("hydra:previous")):
        if link:
            assert send(house, "GET", link, headers=[credential]).status_code == 200


headers = some.text(some.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30)


def test_headers(house: House) -> None:
    item, as_alice = made(house.alice, "contacts")["@id"], bearer(house.alice)
    names = (
        "accept",
        "if-match",
        "if-none-match",
        "idempotency-key",
        "x-workspace-slug",
        "origin",
        "host",
        "content-type",
    )

    @quickly
    @given(name=some.sampled_from(names), value=headers, method=some.sampled_from(["GET", "POST", "PATCH", "OPTIONS"]))
    def throw(name: str, value: str, method: str) -> None:
        path = "/api/contacts" if method == "POST" else item
        answer = send(house, method, path, headers=[as_alice, (name, value)], body=[b'{"name":"x"}'])
        assert answer.status_code < 500

    throw()


def test_paths(house: House) -> None:
    as_alice = bearer(house.alice)

    @quickly
    @given(
        rest=some.binary(max_size=20).map(lambda each: quote_from_bytes(each, safe="/.")),
        method=some.sampled_from(["GET", "PATCH", "DELETE"]),
    )
    def throw(rest: str, method: str) -> None:
        for path in ("/api/", "/api/contacts/", "/api/contexts/", f"/api/contacts/{NOTHING}/"):
            answer = send(house, method, path + rest, headers=[as_alice], body=[b"{}"])
            assert answer.status_code in {200, 404, 405}

    throw()
