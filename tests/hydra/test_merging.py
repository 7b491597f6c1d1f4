"""Merging contacts at `/api/contacts/{id}/merge`, and `/api/contacts/duplicates`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import NOTHING, made
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_two_contacts_become_one_and_two_again(alice: Person) -> None:
    kept = made(alice, "contacts", name="Inès Aubry", emails=["ines@halden.example"])["@id"]
    other = made(alice, "contacts", name="Ines Aubry", emails=["i@mail.example"], position="Buyer")["@id"]
    task = made(alice, "contact_tasks", contact=other)["@id"]
    answer = alice.post(f"{kept}/merge", {"other": other})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["contact"]["emails"] == ["ines@halden.example", "i@mail.example"]
    assert told["taken"] == ["emails", "position"]
    assert alice.get(task).json()["contact"] == kept
    assert alice.get(other).status_code == 404
    assert alice.post(f"{told['event']}/undo").status_code == 200
    assert alice.get(task).json()["contact"] == other
    assert alice.get(other).json()["position"] == "Buyer"
    assert alice.get(kept).json()["emails"] == ["ines@halden.example"]


@pytest.mark.parametrize(
    ("other", "status"),
    [
        (None, 422),
        ("x", 422),
        (NOTHING, 422),
        (f"/api/contacts/{NOTHING}", 422),
        (f"/api/companies/{NOTHING}", 422),
        (7, 400),
        ("itself", 409),
    ],
)
def test_nobody_is_merged_with_what_is_no_other_contact(house: House, other: Any, status: int) -> None:
    kept = made(house.alice, "contacts")
    with untouched(house):
        answer = house.alice.post(f"{kept['@id']}/merge", {"other": kept["id"] if other == "itself" else other})
    assert problem(answer)[0] == status if status != 422 else answer.status_code == 422


def test_a_stale_version_is_not_merged(house: House, alice: Person) -> None:
    kept, other = made(alice, "contacts"), made(alice, "contacts")
    with untouched(house):
        answer = alice.post(f"{kept['@id']}/merge", {"other": other["id"]}, headers={"if-match": '"x"'})
    assert answer.status_code == 412


def test_pairs_are_proposed_with_reasons(alice: Person) -> None:
    first = made(alice, "contacts", name="Inès Aubry", emails=["ines@halden.example"])
    second = made(alice, "contacts", name="Ines Aubry", emails=["ines@halden.example"])
    (pair,) = alice.get("/api/contacts/duplicates").json()["items"]
    assert [each["@id"] for each in pair["contacts"]] == [first["@id"], second["@id"]]
    assert pair["reasons"] == ["email", "name"]
