"""Contacts (specification, section 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import first_state, listed, made, names
from tests.hydra.wording import EMAIL, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person

INES = {
    "name": "Inès Aubry",
    "emails": ["ines@halden.example", "i.aubry@mail.example"],
    "company": "Halden Ateliers",
    "position": "Buyer",
    "phones": ["+33 6 00 00 00 01"],
}


def test_the_first_example_of_the_specification(alice: Person) -> None:
    answer = alice.post("/api/contacts", INES)
    contact = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == contact["@id"] == f"/api/contacts/{contact['id']}"
    company = listed(alice, "/api/companies")["hydra:member"][0]
    expected = {
        "@context": "/api/contexts/Contact",
        "@id": contact["@id"],
        "@type": "Contact",
        "id": contact["id"],
        **INES,
        "companyId": company["id"],
        "status": "pending",
        "tags": [],
        "createdAt": contact["createdAt"],
        "updatedAt": contact["createdAt"],
    }
    assert contact == {**expected, "isLead": False}
    order = [key for key in contact if key in expected]
    published = ("@context", "@id", "@type", "id", "name", "emails", "company", "companyId", "position", "phones")
    assert order == [*published, "status", "tags", "createdAt", "updatedAt"]


def test_the_second_example_of_the_specification(alice: Person) -> None:
    contact = made(alice, "contacts", **INES)
    answer = alice.patch(contact["@id"], {"position": None, "phones": ["+33 1 00 00 00 02"]})
    expected = {**contact, "phones": ["+33 1 00 00 00 02"]}
    del expected["position"]
    assert answer.status_code == 200
    assert answer.json() | {"updatedAt": ""} == expected | {"updatedAt": ""}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (["b@x", "a@x"], ["b@x", "a@x"]),
        ("a@x", ["a@x"]),
        (" a@x ", ["a@x"]),
        ("", []),
        ([], []),
        (["", " ", "a@x", "\t"], ["a@x"]),
        (["a@x", "b@x", "a@x", " a@x"], ["a@x", "b@x"]),
        (["a@x", "A@x"], ["a@x", "A@x"]),
    ],
)
def test_lists_keep_their_order_without_blanks_and_repeats(anyone: Person, sent: Any, kept: list[str]) -> None:
    for field in ("emails", "phones"):
        contact = made(anyone, "contacts", **{field: sent})
        assert contact[field] == kept
        assert anyone.patch(contact["@id"], {field: ["z@z"]}).json()[field] == ["z@z"]
        assert anyone.patch(contact["@id"], {field: sent}).json()[field] == kept
        assert anyone.patch(contact["@id"], {field: None}).json()[field] == []


@pytest.mark.parametrize("email", ["a@b", "é.ü@straße.example", '"odd"+tag@x', "a" * 252 + "@b"])
def test_an_address_is_text_on_both_sides_of_one_at(anyone: Person, email: str) -> None:
    assert made(anyone, "contacts", emails=[email])["emails"] == [email]


NO_ADDRESSES = ["a", "@", "a@", "@b", "a@b@c", "a@@b", "a b@c", "a@b c", "a\u00a0@b", "a@\nb", "a" * 253 + "@b"]


def test_what_is_no_address_is_refused(house: House, subtests: pytest.Subtests) -> None:
    for email in NO_ADDRESSES:
        with subtests.test(email=email):
            _what_is_no_address_is_refused(house, email)


def _what_is_no_address_is_refused(house: House, email: str) -> None:
    contact = made(house.alice, "contacts", emails=["a@b"])["@id"]
    with untouched(house):
        for path, create in (("/api/contacts", True), (contact, False)):
            body = {"name": "x", "emails": ["a@b", "", email]}
            answer = house.alice.post(path, body) if create else house.alice.patch(path, body)
            assert violations(answer) == {"emails[2]": EMAIL}
        assert violations(house.alice.patch(contact, {"emails": email})) == {"emails[0]": EMAIL}


def test_a_company_is_found_by_name_in_any_case_or_made(house: House) -> None:
    alice = house.alice
    first = made(alice, "contacts", company="Kvist & Sønner")
    for spelling in ("kvist & sønner", "KVIST & SØNNER", " Kvist & Sønner "):
        contact = made(alice, "contacts", company=spelling)
        assert (contact["companyId"], contact["company"]) == (first["companyId"], "Kvist & Sønner")
    assert made(alice, "contacts", company="Kvist & Sonner")["companyId"] != first["companyId"]
    assert made(alice, "contacts", company="Kvist")["company"] == "Kvist"
    assert sorted(names(alice, "/api/companies")) == ["Kvist", "Kvist & Sonner", "Kvist & Sønner"]


def test_of_several_companies_of_a_name_the_oldest_is_found(alice: Person) -> None:
    oldest, *_ = [made(alice, "companies", name=name) for name in ("halden", "Halden", "HALDEN")]
    assert made(alice, "contacts", company="HALDEN")["companyId"] == oldest["id"]


NOTHINGS = [None, "", "  "]


def test_null_or_blank_leaves_the_company(alice: Person, subtests: pytest.Subtests) -> None:
    for nothing in NOTHINGS:
        with subtests.test(nothing=nothing):
            _null_or_blank_leaves_the_company(alice, nothing)


def _null_or_blank_leaves_the_company(alice: Person, nothing: str | None) -> None:
    contact = made(alice, "contacts", company="Halden")
    after = alice.patch(contact["@id"], {"company": nothing}).json()
    assert not {"company", "companyId"} & after.keys()
    assert names(alice, "/api/companies") == ["Halden"]


def test_null_as_company_id_leaves_the_company(alice: Person) -> None:
    for nothing in (None, ""):
        contact = made(alice, "contacts", company="Halden")
        assert not {"company", "companyId"} & alice.patch(contact["@id"], {"companyId": nothing}).json().keys()


def test_another_name_links_another_company_and_renames_none(alice: Person) -> None:
    one, two = (made(alice, "contacts", company="Halden") for _ in range(2))
    assert alice.patch(one["@id"], {"company": "Brenn Optics"}).json()["company"] == "Brenn Optics"
    assert alice.get(two["@id"]).json()["company"] == "Halden"
    assert sorted(names(alice, "/api/companies")) == ["Brenn Optics", "Halden"]


def test_sending_the_company_back_in_another_case_finds_it(alice: Person) -> None:
    contact = made(alice, "contacts", company="Halden")
    assert alice.patch(contact["@id"], {"company": "HALDEN"}).json()["companyId"] == contact["companyId"]
    assert names(alice, "/api/companies") == ["Halden"]


def test_the_id_beats_the_name(alice: Person) -> None:
    halden, brenn = (made(alice, "companies", name=name) for name in ("Halden", "Brenn"))
    contact = made(alice, "contacts", company="Somebody else", companyId=brenn["id"])
    assert contact["company"] == "Brenn"
    after = alice.patch(contact["@id"], {"company": "Brenn", "companyId": halden["id"]}).json()
    assert (after["company"], after["companyId"]) == ("Halden", halden["id"])
    assert sorted(names(alice, "/api/companies")) == ["Brenn", "Halden"]


def test_a_whole_record_sent_back_with_another_company_name_links_it(alice: Person) -> None:
    contact = made(alice, "contacts", company="Halden")
    named = {key: value for key, value in contact.items() if key != "companyId"}
    assert alice.patch(contact["@id"], {**named, "company": "Brenn"}).json()["company"] == "Brenn"


def test_a_refused_contact_makes_no_company(house: House) -> None:
    with untouched(house):
        assert house.alice.post("/api/contacts", {"name": "", "company": "Halden"}).status_code == 422
        body = {"name": "x", "company": "Halden", "owner": "nobody"}
        assert house.alice.post("/api/contacts", body).status_code == 400


def test_duplicates_are_allowed(alice: Person) -> None:
    assert made(alice, "contacts", **INES)["id"] != made(alice, "contacts", **INES)["id"]
    assert names(alice, "/api/companies") == ["Halden Ateliers"]


def test_an_owner_is_a_user_of_the_workspace(house: House) -> None:
    for member in listed(house.alice, "/api/users")["hydra:member"]:
        assert made(house.alice, "contacts", owner=member["@id"])["owner"] == member["@id"]


def test_a_lead_is_told_from_the_others(alice: Person) -> None:
    contact = made(alice, "contacts")
    assert contact["isLead"] is False
    assert alice.patch(contact["@id"], {"isLead": True}).json()["isLead"] is True
    assert alice.patch(contact["@id"], {"isLead": None}).json()["isLead"] is False


def test_a_change_moves_updated_at_and_never_created_at(alice: Person) -> None:
    contact = made(alice, "contacts")
    body = {"createdAt": "2020-01-01T00:00:00Z", "updatedAt": "2020-01-01T00:00:00Z", "name": "Agnès"}
    after = alice.patch(contact["@id"], body).json()
    assert after["createdAt"] == contact["createdAt"]
    assert after["updatedAt"] >= contact["updatedAt"]


def test_null_brings_a_status_back_to_its_default(alice: Person) -> None:
    contact = made(alice, "contacts", status="lost")
    assert alice.patch(contact["@id"], {"status": None}).json()["status"] == "pending"


def test_its_state_never_touches_its_status(alice: Person) -> None:
    contact = made(alice, "contacts", status="qualified")
    for state in listed(alice, "/api/pipeline_states")["hydra:member"]:
        assert alice.patch(contact["@id"], {"pipelineState": state["@id"]}).json()["status"] == "qualified"


def test_a_deleted_contact_takes_its_tasks_with_it(alice: Person) -> None:
    contact, company = made(alice, "contacts", pipelineState=first_state(alice)["@id"]), made(alice, "companies")
    made(alice, "contact_tasks", contact=contact["@id"])
    shared = made(alice, "contact_tasks", contact=contact["@id"], company=company["@id"])
    other = made(alice, "contact_tasks")
    answer = alice.delete(contact["@id"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert alice.get(contact["@id"]).status_code == 404
    tasks = {task["@id"]: task for task in listed(alice, "/api/contact_tasks")["hydra:member"]}
    assert tasks.keys() == {shared["@id"], other["@id"]}
    assert "contact" not in tasks[shared["@id"]]
    assert tasks[shared["@id"]]["company"] == company["@id"]


@pytest.mark.parametrize("path", ["/api/contacts/prepare", "/api/contacts/confirm"])
def test_the_wizard_is_never_read_as_an_id(anyone: Person, path: str) -> None:
    assert anyone.get(path).status_code in {404, 405}


def test_an_email_that_is_a_list_of_lists_is_named(anyone: Person) -> None:
    assert anyone.post("/api/contacts", {"name": "x", "emails": {"0": "a@b"}}).status_code == 400
    answer = anyone.post("/api/contacts", {"name": "x", "emails": 7})
    assert (answer.status_code, answer.json()["detail"]) == wrong_type("emails", "array", "integer")
