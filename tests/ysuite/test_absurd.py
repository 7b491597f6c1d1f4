"""Nothing that a client sends leads to a 5xx (specification, section 1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.dialects.ysuite.operations import OPERATIONS
from tests.chance import times
from tests.hydra.wire import send
from tests.ysuite.client import Client
from tests.ysuite.fields import bodies
from tests.ysuite.things import HUGE, deal, lead, person, tag, task

if TYPE_CHECKING:
    from carnet.http.operations import Operation
    from tests.conftest import House

quickly = settings(
    max_examples=times(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
LONG = "x" * 1_000_000
ABSURD: tuple[Any, ...] = (
    *(0, -1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, HUGE, -HUGE, 1e308, -1e308, 1e-308, 0.1, True, False, None),
    *("", " ", "\0", "\ufffe", "\U0010ffff", "a\u0300" * 300, "' OR 1=1 --", "%", "{field}", "{0}", "{", "9" * 5_000),
    *([], [[]], [None], [HUGE], ["x"], list(range(2_000)), {}, {"a": {"b": []}}, "2026-07-15T10:00:00", "9999-12-31"),
    *("9999-12-31T23:59:59", "0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "2026-07-15", "a@b", 1.5),
)
"""Values for any field at all."""
WRITES = [operation for operation in OPERATIONS if operation.about.fields]


def paths_of(client: Client) -> dict[str, str]:
    """A path for every operation that writes."""
    return {
        "createTask": "/tasks",
        "createContact": "/contacts",
        "createDeal": "/deals",
        "createLead": "/leads",
        "updateTask": f"/tasks/{task(client)}",
        "updateContact": f"/contacts/{person(client)}",
        "updateDeal": f"/deals/{deal(client)}",
    }


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_any_value_in_any_field(house: House, operation: Operation) -> None:
    client = Client(house.alice)
    path = paths_of(client)[operation.name]
    good = bodies(client).get(path, {})
    for field in operation.about.fields:
        for value in ABSURD:
            answer = client.request(operation.method, path, {**good, field.wire: value})
            assert answer.status_code in {200, 422}, (field.wire, value, answer.text)
            assert answer.json()["success"] is (answer.status_code == 200)
    for value in ABSURD:
        everything = {field.wire: value for field in operation.about.fields}
        assert client.request(operation.method, path, everything).status_code in {200, 422}


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
def test_a_text_of_a_million_characters_in_any_field(house: House, operation: Operation) -> None:
    client = Client(house.alice)
    path = paths_of(client)[operation.name]
    good = bodies(client).get(path, {})
    for field in operation.about.fields:
        answer = client.request(operation.method, path, {**good, field.wire: LONG})
        assert answer.status_code in {200, 422}, field.wire
    for list_path in ("/tasks", "/contacts", "/deals", "/leads"):
        for query in ({}, {"search": "xxx"}, {"sortBy": "title"}, {"sortBy": "deal_source"}, {"sortBy": "lead_source"}):
            assert client.get(list_path, params=query).status_code == 200
        for name in ("cstemail", "cstmobile", "cstname", "lead_company_name"):
            assert client.get(list_path, params={"sortBy": name}).status_code == 200


def test_every_record_after_absurd_input_still_reads(house: House) -> None:
    client = Client(house.alice)
    for name, path in paths_of(client).items():
        if name.startswith("create"):
            for value in ("\U0010ffff", "{field}", "a\u0300" * 50, "' OR 1=1 --"):
                good = bodies(client)[path]
                client.made(path, {**good, **dict.fromkeys({"title", "cstname", "deal_name"} & good.keys(), value)})
    for path, key in (("/tasks", "activity_id"), ("/contacts", "cstid"), ("/deals", "deal_id"), ("/leads", "cstid")):
        for number in client.column(path, key):
            client.read(f"{path}/{number}")


json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def test_any_json(house: House) -> None:
    client = Client(house.alice)
    lead(client), tag(client)
    paths = paths_of(client)

    @quickly
    @given(data=some.data(), operation=some.sampled_from(WRITES))
    def throw(data: some.DataObject, operation: Operation) -> None:
        names = [field.wire for field in operation.about.fields]
        body = data.draw(some.dictionaries(some.sampled_from(names), json_values, max_size=5))
        sent = json.dumps(body).encode()
        answer = client.request(operation.method, paths[operation.name], content=sent)
        assert answer.status_code in {200, 400, 422}
        assert set(answer.json()) <= {"success", "message", "errors", "data"}

    throw()


def test_any_bytes(house: House) -> None:
    client = Client(house.alice)

    @quickly
    @given(body=some.binary(max_size=200))
    def throw(body: bytes) -> None:
        assert client.post("/tasks", content=body).status_code in {200, 400, 422}

    throw()


def test_any_query(house: House) -> None:
    client = Client(house.alice)
    task(client), deal(client), lead(client)
    names = sorted({parameter.name for operation in OPERATIONS for parameter in operation.about.parameters})
    lists = [operation.path for operation in OPERATIONS if operation.about.parameters]
    value = some.text(max_size=20) | some.integers().map(str) | some.dates().map(str)

    @quickly
    @given(path=some.sampled_from(lists), query=some.dictionaries(some.sampled_from(names), value, max_size=5))
    def throw(path: str, query: dict[str, str]) -> None:
        answer = client.get(path, params=query)
        assert answer.status_code in {200, 422}
        if answer.status_code == 422:
            assert set(answer.json()["errors"]) <= query.keys()

    throw()


def test_any_target(house: House) -> None:
    client = Client(house.alice)
    headers = list(client.keys.items())

    @quickly
    @given(
        rest=some.binary(max_size=20).map(lambda each: quote_from_bytes(each, safe="/.?&=")),
        method=some.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD"]),
    )
    def throw(rest: str, method: str) -> None:
        for path in ("/v1/", "/v1/tasks/", "/v1/contacts?", "/v1/leads?search=", "/v1/deals/1/"):
            answer = send(house, method, path + rest, headers=headers, body=[b"{}"])
            assert answer.status_code in {200, 400, 404, 405, 422}

    throw()


def test_any_header(house: House) -> None:
    client = Client(house.alice)
    text = some.text(some.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=30)
    names = ("x-ysuite-access-key", "x-ysuite-secret-key", "authorization", "idempotency-key", "content-type", "accept")

    @quickly
    @given(name=some.sampled_from(names), value=text)
    def throw(name: str, value: str) -> None:
        headers = list({**client.keys, name: value}.items())
        answer = send(house, "POST", "/v1/tasks", headers=headers, body=[b"{}"])
        assert answer.status_code in {401, 422}

    throw()
