"""Companies and users (specification, section 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hydra.things import listed, made, names
from tests.hydra.wording import EMAIL, problem, violations

if TYPE_CHECKING:
    from tests.conftest import House, Person

WHOLE = {
    "name": "Kvist & Sønner",
    "website": "kvist.example",
    "linkedinUrl": "https://linkedin.example/kvist",
    "industry": "Furniture",
    "size": "11-50",
    "address": "1 Quay, Bergen",
    "description": "Makes chairs.\nAnd tables.",
    "emails": ["post@kvist.example"],
    "phones": ["+47 55 00 00 00"],
}


def test_the_example_of_the_specification(alice: Person) -> None:
    answer = alice.post("/api/companies", {"name": "Kvist & Sønner", "website": "kvist.example"})
    company = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, company["@id"])
    assert (company["@type"], company["name"], company["website"]) == ("Company", "Kvist & Sønner", "kvist.example")


def test_every_field_is_kept_changed_and_cleared(alice: Person) -> None:
    company = made(alice, "companies", **WHOLE)
    assert {field: company[field] for field in WHOLE} == WHOLE
    assert alice.get(company["@id"]).json() == company
    changed = {field: value[::-1] if isinstance(value, str) else [] for field, value in WHOLE.items()}
    after = alice.patch(company["@id"], changed).json()
    assert {field: after[field] for field in changed} == changed
    cleared = alice.patch(company["@id"], dict.fromkeys(field for field in WHOLE if field != "name")).json()
    always = {"name", "emails", "phones", "contactsCount", "createdAt", "updatedAt"}
    assert cleared.keys() == {"@context", "@id", "@type", "id"} | always


def test_links_need_no_scheme(anyone: Person) -> None:
    for link in ("kvist.example", "ftp://x", "javascript:alert(1)", "not a link at all"):
        assert made(anyone, "companies", website=link, linkedinUrl=link)["website"] == link


def test_addresses_are_checked(anyone: Person) -> None:
    answer = anyone.post("/api/companies", {"name": "x", "emails": ["a@b", "nobody"]})
    assert violations(answer) == {"emails[1]": EMAIL}


def test_it_counts_its_people(alice: Person) -> None:
    company = made(alice, "companies", name="Halden")
    assert company["contactsCount"] == 0
    people = [made(alice, "contacts", company="Halden") for _ in range(3)]
    assert alice.get(company["@id"]).json()["contactsCount"] == 3
    assert alice.patch(company["@id"], {"contactsCount": 9}).json()["contactsCount"] == 3
    alice.delete(people[0]["@id"])
    alice.patch(people[1]["@id"], {"company": None})
    assert listed(alice, "/api/companies")["hydra:member"][0]["contactsCount"] == 1


def test_a_new_name_shows_in_its_people(alice: Person) -> None:
    contact = made(alice, "contacts", company="Halden")
    alice.patch(f"/api/companies/{contact['companyId']}", {"name": "Halden & Daughters"})
    assert alice.get(contact["@id"]).json()["company"] == "Halden & Daughters"
    assert names(alice, "/api/contacts?company=daughters") == ["Inès Aubry"]
    assert names(alice, "/api/contacts?q=daughters") == ["Inès Aubry"]


def test_two_companies_may_share_a_name(alice: Person) -> None:
    assert made(alice, "companies", name="Halden")["id"] != made(alice, "companies", name="Halden")["id"]


def test_a_deleted_company_leaves_its_people(alice: Person) -> None:
    contact = made(alice, "contacts", company="Halden")
    company = f"/api/companies/{contact['companyId']}"
    made(alice, "contact_tasks", company=company, title="Alone")
    shared = made(alice, "contact_tasks", company=company, contact=contact["@id"], title="Shared")
    assert alice.delete(company).status_code == 204
    assert alice.get(company).status_code == 404
    assert not {"company", "companyId"} & alice.get(contact["@id"]).json().keys()
    tasks = listed(alice, "/api/contact_tasks")["hydra:member"]
    assert [task["@id"] for task in tasks] == [shared["@id"]]
    assert "company" not in tasks[0]


def test_people_are_no_companies(alice: Person) -> None:
    contact, company = made(alice, "contacts"), made(alice, "companies")
    for path in (f"/api/companies/{contact['id']}", f"/api/contacts/{company['id']}"):
        for method in ("GET", "PATCH", "DELETE"):
            assert problem(alice.request(method, path)) == (404, "Not Found")
    assert names(alice, "/api/companies") == ["Halden Ateliers"]
    assert names(alice, "/api/contacts") == ["Inès Aubry"]


def test_users_are_the_members_of_the_workspace(house: House) -> None:
    users = listed(house.rita, "/api/users")
    assert users["hydra:totalItems"] == 3
    shown = {user["name"]: user for user in users["hydra:member"]}
    roles = {name: (user["email"], user["role"]) for name, user in shown.items()}
    assert roles == {
        "Alice": ("alice@carnet.example", "owner"),
        "Bob": ("bob@carnet.example", "member"),
        "Rita": ("rita@carnet.example", "reader"),
    }
    for user in shown.values():
        assert user.keys() == {"@id", "@type", "id", "name", "email", "role"}
        assert house.alice.get(user["@id"]).json() == {"@context": "/api/contexts/User", **user}


def test_who_is_a_member_elsewhere_is_nobody_here(house: House) -> None:
    assert problem(house.alice.get(f"/api/users/{house.mallory.user.id}")) == (404, "Not Found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_users_can_only_be_read(anyone: Person, method: str) -> None:
    for path in ("/api/users", f"/api/users/{anyone.user.id}"):
        answer = anyone.request(method, path, json={"name": "x"})
        assert problem(answer)[0] == 405
        assert answer.headers["allow"] == "GET, HEAD"
