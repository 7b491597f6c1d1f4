"""A number of another workspace is a number of nothing, in every operation there is (specification, section 5).

The tests walk the operation table, so that a new operation fails here until it has what its test needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.dialects.ysuite.about import Kind
from carnet.dialects.ysuite.operations import OPERATIONS
from tests.hydra.dump import untouched
from tests.ysuite.client import Client, errors, refused
from tests.ysuite.fields import INTEGER_FILTERS, REFERENCES, TAG_LISTS, bodies
from tests.ysuite.things import company, deal, lead, person, pipeline, stages, tag, task

if TYPE_CHECKING:
    import httpx

    from carnet.http.operations import Operation
    from tests.conftest import House

ITEMS = [operation for operation in OPERATIONS if "{id}" in operation.path]
OTHERS = [operation for operation in OPERATIONS if "{id}" not in operation.path and operation.right is not None]
MAKERS = {"/tasks/{id}": task, "/contacts/{id}": person, "/deals/{id}": deal, "/leads/{id}": lead}
"""How a stranger makes what each path leads to."""
BODIES: dict[str, Any] = {
    "getTask": None,
    "updateTask": {"title": "Mine now"},
    "deleteTask": None,
    "getContact": None,
    "updateContact": {"cstname": "Mine now"},
    "deleteContact": None,
    "getDeal": None,
    "updateDeal": {"deal_name": "Mine now"},
    "deleteDeal": None,
    "getLead": None,
}
"""What each operation on one record is sent."""


@pytest.fixture
def alice(house: House) -> Client:
    return Client(house.alice)


@pytest.fixture
def mallory(house: House) -> Client:
    """A stranger whose records have larger numbers than any of Alice's."""
    stranger = Client(house.mallory)
    for at in range(6):
        lead(stranger, f"hers {at}")
        deal(stranger, f"hers {at}")
        tag(stranger, f"hers {at}")
        pipeline(stranger, f"hers {at}", "Begin")
        task(stranger, f"hers {at}")
    return stranger


def shown(answer: httpx.Response, number: int) -> tuple[int, bytes, set[tuple[bytes, bytes]]]:
    """All of an answer but the request's own id and the number."""
    headers = {(name, value) for name, value in answer.headers.raw if name not in {b"x-request-id", b"content-length"}}
    return answer.status_code, answer.content.replace(str(number).encode(), b"N"), headers


def test_every_operation_on_one_record_has_its_test() -> None:
    assert {operation.name for operation in ITEMS} == BODIES.keys()
    assert {operation.path for operation in ITEMS} == MAKERS.keys()
    lists = {operation.path for operation in OTHERS if operation.about.kind is Kind.LIST}
    assert lists == {"/tasks", "/contacts", "/deals", "/leads", "/pipelines", "/users", "/tags"}
    creates = {operation.path for operation in OTHERS if operation.about.kind is Kind.CREATE}
    assert creates == REFERENCES.keys()
    assert len(ITEMS) + len(lists) + len(creates) + 2 == len(OPERATIONS)


@pytest.mark.parametrize("operation", ITEMS, ids=lambda operation: operation.name)
def test_a_strangers_number_in_a_path_is_nobodys(alice: Client, mallory: Client, operation: Operation) -> None:
    theirs = MAKERS[operation.path](mallory)
    path = operation.path.replace("{id}", "{}")
    noun = operation.about.noun
    body = BODIES[operation.name]
    before = mallory.get(path.format(theirs)).content
    with untouched(alice.house):
        refusal = alice.request(operation.method, path.format(theirs), body)
        assert refused(refusal) == (400, f"{noun} not found.")
        nobodys = alice.request(operation.method, path.format(999_999), body)
        assert shown(refusal, theirs) == shown(nobodys, 999_999)
    assert mallory.get(path.format(theirs)).content == before


@pytest.mark.parametrize("operation", ITEMS, ids=lambda operation: operation.name)
def test_the_same_number_is_ones_own(alice: Client, operation: Operation) -> None:
    stranger = Client(alice.house.mallory)
    maker = MAKERS[operation.path]
    mine, theirs = maker(alice, "mine"), maker(stranger, "hers")
    assert mine == theirs
    path = operation.path.replace("{id}", str(mine))
    before = stranger.get(path).content
    answer = alice.request(operation.method, path, BODIES[operation.name])
    assert answer.status_code == 200
    assert b"hers" not in answer.content
    assert stranger.get(path).content == before


def numbers_of(client: Client) -> dict[str, int]:
    """A stranger's record for each field and filter that names one."""
    cstid, line = company(client), pipeline(client, "Hers", "Begin")
    return {
        "cstid": cstid,
        "contact_parent": cstid,
        "deal_contact_id": person(client),
        "deal_id": deal(client),
        "pipeline_id": line,
        "deal_current_stage": stages(client, line)[0],
        "tags": tag(client, "hers"),
        "cst_tag_id": tag(client, "hers too"),
        "tag_ids": tag(client, "hers as well"),
    }


def test_a_strangers_number_in_a_body_is_nobodys(alice: Client, mallory: Client) -> None:
    theirs = numbers_of(mallory)
    good = bodies(alice)
    mine = {
        "/tasks": f"/tasks/{task(alice)}",
        "/contacts": f"/contacts/{person(alice)}",
        "/deals": f"/deals/{deal(alice)}",
    }
    users = {"assigned_user_id", "deal_owner_id", "deal_assignedto", "lead_assignedto"}
    tried = set()
    with untouched(alice.house):
        for path, names in {**REFERENCES, "/deals": (*REFERENCES["/deals"], "deal_current_stage")}.items():
            for name in set(names) - users:
                tried.add(name)
                value = [theirs[name]] if name in TAG_LISTS[path] else theirs[name]
                text = {name: f"The selected {name} does not exist."}
                if name != "deal_current_stage":
                    assert errors(alice.post(path, {**good[path], name: value})) == text, name
                if path in mine:
                    assert errors(alice.put(mine[path], {name: value})) == text, name
    assert tried == theirs.keys()


def test_a_strangers_number_in_a_filter_finds_nothing(alice: Client, mallory: Client) -> None:
    theirs = numbers_of(mallory)
    task(alice), deal(alice)
    codes = {"status", "priority", "type", "assigned_user_id", "deal_owner_id"}
    for path, names in INTEGER_FILTERS.items():
        for name in set(names) - codes:
            assert alice.rows(path, **{name: theirs[name]}) == [], name
            if path == "/deals" and name != "cstid":
                continue
            assert alice.page(path, **{name: theirs[name]})["total_records"] == 0


@pytest.mark.parametrize("operation", OTHERS, ids=lambda operation: operation.name)
def test_nothing_of_a_stranger_is_in_a_list_or_an_answer(alice: Client, mallory: Client, operation: Operation) -> None:
    body = bodies(alice).get(operation.path)
    answer = alice.request(operation.method, operation.path, body if operation.method == "POST" else None)
    assert answer.status_code == 200
    assert b"hers" not in answer.content
    assert b"Mallory" not in answer.content
    if operation.about.kind is Kind.LIST:
        for query in ("hers", "mallory"):
            assert alice.rows(operation.path, search=query) == []
        assert b"alice" not in mallory.get(operation.path).content


def test_nobody_is_a_user_of_two_workspaces_by_number(alice: Client, mallory: Client) -> None:
    assert mallory.column("/users", "name") == ["Mallory"]
    assert errors(mallory.post("/leads", {"cstname": "x", "lead_assignedto": 2})) == {
        "lead_assignedto": "The selected lead_assignedto does not exist."
    }
    cstid = lead(alice, lead_assignedto=1)
    assert alice.read(f"/leads/{cstid}")["owner"] == "Alice"
