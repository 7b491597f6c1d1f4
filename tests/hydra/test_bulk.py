"""Many at once at `/api/{class}/bulk`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.dump import assert_sound
from tests.hydra.dump import untouched
from tests.hydra.things import IN_BULK, NOTHING, another, listed, made, needed
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House, Person


def bulk(person: Person, collection: str, items: list[Any], **said: Any) -> Any:
    answer = person.post(f"/api/{collection}/bulk", {"items": items, **said})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("collection", IN_BULK)
def test_each_class_takes_new_ones_and_patches(alice: Person, collection: str) -> None:
    held = made(alice, collection)
    body = needed(alice, collection)
    new = another(collection, body)
    told = bulk(alice, collection, [new, {"@id": held["@id"]}, {"id": held["id"]}])
    assert (told["succeeded"], told["failed"]) == (3, 0)
    assert [each["status"] for each in told["results"]] == [201, 200, 200]
    assert alice.get(told["results"][0]["item"]["@id"]).status_code == 200
    assert told["results"][1]["item"]["@id"] == held["@id"]


MIXED = [
    {"name": "Inès", "company": "Halden"},
    {"name": "", "company": "Nowhere"},
    {"name": "Tomasz", "emails": ["x"]},
    {"@id": f"/api/contacts/{NOTHING}", "name": "x"},
    {"@id": "x"},
    7,
    {"name": "Zoé", "company": "Elsewhere", "owner": f"/api/users/{NOTHING}"},
    {"name": "Bruno"},
]


def test_each_has_its_own_result(house: House, alice: Person) -> None:
    told = bulk(alice, "contacts", MIXED)
    assert [each["status"] for each in told["results"]] == [201, 422, 422, 404, 400, 400, 400, 201]
    assert (told["succeeded"], told["failed"]) == (2, 6)
    assert told["results"][1]["error"]["violations"][0]["propertyPath"] == "name"
    names = [each["name"] for each in listed(alice, "/api/contacts")["hydra:member"]]
    assert names == ["Bruno", "Inès"]
    assert [each["name"] for each in listed(alice, "/api/companies")["hydra:member"]] == ["Halden"]
    assert_sound(house)


def test_all_or_nothing(house: House, alice: Person) -> None:
    with untouched(house):
        answer = alice.post("/api/contacts/bulk", {"atomic": True, "items": MIXED})
    assert answer.status_code == 422
    assert answer.json()["failed"] == 6
    assert bulk(alice, "contacts", [{"name": "a"}, {"name": "b"}], atomic=True)["succeeded"] == 2


def test_a_refused_one_can_be_corrected_under_its_key(house: House, alice: Person) -> None:
    key = {"idempotency-key": "k"}
    body = {"items": [{"name": "a"}]}
    first = alice.post("/api/contacts/bulk", body, headers=key)
    with untouched(house):
        again = alice.post("/api/contacts/bulk", body, headers=key)
    assert again.json() == first.json()


def test_what_was_found_by_search_is_as_what_was_kept(house: House, alice: Person) -> None:
    bulk(alice, "contacts", [{"name": "Kept linen"}, {"name": "Lost linen", "owner": f"/api/users/{NOTHING}"}])
    bulk(alice, "notes", [{"text": "linen"}, {"text": "linen", "contact": made(alice, "contacts")["@id"]}])
    assert listed(alice, "/api/contacts?q=linen")["hydra:totalItems"] == 1
    assert_sound(house)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"items": None}, 422),
        ({"items": {}}, 400),
        ({"items": [], "atomic": "yes"}, 400),
        ({"items": [{}] * 1_001}, 422),
    ],
)
def test_what_is_no_list_is_refused(house: House, alice: Person, body: Any, status: int) -> None:
    with untouched(house):
        answer = alice.post("/api/contacts/bulk", body)
    assert answer.status_code == status, answer.text
    assert status != 400 or problem(answer)[0] == 400


def test_a_thousand_go_at_once_and_are_another_workspaces_to_nobody(house: House) -> None:
    told = bulk(house.alice, "contacts", [{"name": f"Contact {number}"} for number in range(1_000)])
    assert told["succeeded"] == 1_000
    theirs = told["results"][0]["item"]["@id"]
    (refused,) = bulk(house.mallory, "contacts", [{"@id": theirs, "name": "x"}])["results"]
    assert refused["status"] == 404
    assert_sound(house)
