"""Companies at `/companies`: the core's own, as Monica shows them (section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies
from carnet.core.companies import CompanyDraft
from tests.monica.things import API

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Person


def create(person: Person, **said: Any) -> httpx.Response:
    return person.post(f"{API}/companies", {"name": "Halden Ateliers", **said})


def test_a_company_is_made_shown_changed_and_deleted(alice: Person) -> None:
    answer = create(alice, website="halden.example", number_of_employees="12")
    assert answer.status_code == 201
    company = answer.json()["data"]
    kept = alice.sees(companies.get, company["uuid"])
    assert company == {
        "id": kept.number,
        "uuid": kept.id,
        "object": "company",
        "name": "Halden Ateliers",
        "website": "halden.example",
        "number_of_employees": 12,
        "account": {"id": alice.actor.workspace_id},
        "created_at": company["created_at"],
        "updated_at": company["updated_at"],
    }
    path = f"{API}/companies/{company['id']}"
    changed = alice.request("PUT", path, json={"name": "Halden", "number_of_employees": None}).json()["data"]
    assert (changed["name"], changed["website"], changed["number_of_employees"]) == ("Halden", "halden.example", None)
    assert alice.delete(path).json() == {"deleted": True, "id": company["id"]}
    assert alice.get(path).status_code == 404


def test_a_size_in_words_is_not_shown_and_survives(alice: Person) -> None:
    made = alice.does(companies.create, CompanyDraft(name="Kvist", size="eleven to fifty", industry="Wood"))
    path = f"{API}/companies/{made.number}"
    assert alice.get(path).json()["data"]["number_of_employees"] is None
    alice.request("PUT", path, json={"name": "Kvist & Co"})
    kept = alice.sees(companies.get, made.id)
    assert (kept.name, kept.size, kept.industry) == ("Kvist & Co", "eleven to fifty", "Wood")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "The name field is required."),
        ({"name": "x" * 256}, "The name may not be greater than 255 characters."),
        ({"website": 3}, "The website must be a string."),
        ({"number_of_employees": "many"}, "The number of employees must be an integer."),
        ({"number_of_employees": -1}, "The number of employees must be between 0 and 999999999."),
    ],
)
def test_what_can_not_be_taken_is_said(alice: Person, said: dict[str, Any], sentence: str) -> None:
    answer = create(alice, **said)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == [sentence]
    assert alice.get(f"{API}/companies").json()["meta"]["total"] == 0


def test_a_person_is_no_company(alice: Person) -> None:
    alice.post("/api/contacts", {"name": "Inès"})
    assert alice.get(f"{API}/companies/1").status_code == 404
