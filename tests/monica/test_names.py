"""Names in parts and names in one (specification, section 7.6), and contacts that are no entry (7.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts
from carnet.core.contacts import Contact, ContactChanges, ContactDraft
from tests.monica.test_contact_input import AGAIN
from tests.monica.things import call, each, invalid, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

NAMES: list[tuple[str, str, str | None]] = [
    ("Inès Aubry", "Inès", "Aubry"),
    ("Inès", "Inès", None),
    ("Anne-Marie de la Tour", "Anne-Marie", "de la Tour"),
    ("Jim  Double", "Jim", "Double"),
    ("Dr. Jim R. Helpert", "Dr.", "Jim R. Helpert"),
    ("李 小龍", "李", "小龍"),
]


def named(person: Person, name: str, **parts: Any) -> Contact:
    contact: Contact = person.does(contacts.create, ContactDraft(name=name, **parts))
    return contact


@pytest.mark.parametrize(("name", "first", "last"), NAMES)
def test_one_name_is_parted_at_its_first_blank(house: House, name: str, first: str, last: str | None) -> None:
    named(house.alice, name)
    contact = shown(house.alice, "/contacts/1")
    assert (contact["first_name"], contact["middle_name"], contact["last_name"]) == (first, None, last)
    assert contact["complete_name"] == name


@pytest.mark.parametrize(("name", "first", "last"), NAMES)
def test_a_name_that_comes_back_unchanged_is_left_alone(house: House, name: str, first: str, last: str | None) -> None:
    contact = named(house.alice, name)
    for said in ({"first_name": first}, {"first_name": first, "last_name": last, "middle_name": None}):
        put(house.alice, "/contacts/1", **{**AGAIN, **said})
        after = house.alice.sees(contacts.get, contact.id)
        assert (after.name, after.given_name, after.family_name) == (name, None, None)


def test_another_name_renames_and_is_kept_in_parts(house: House) -> None:
    contact = named(house.alice, "Inès Aubry")
    after = put(house.alice, "/contacts/1", **{**AGAIN, "first_name": "Agnès"})
    assert (after["complete_name"], after["first_name"], after["last_name"]) == ("Agnès Aubry", "Agnès", "Aubry")
    kept = house.alice.sees(contacts.get, contact.id)
    assert (kept.name, kept.given_name, kept.middle_name, kept.family_name) == ("Agnès Aubry", "Agnès", None, "Aubry")
    assert house.alice.get(f"/api/contacts/{contact.id}").json()["name"] == "Agnès Aubry"


@pytest.mark.parametrize(
    ("first", "middle", "last", "complete"),
    [
        ("Jim", None, None, "Jim"),
        ("Jim", None, "Helpert", "Jim Helpert"),
        ("Jim", "R.", None, "Jim R."),
        ("Jim", "R.", "Helpert", "Jim R. Helpert"),
        (" Jim ", " R. ", " van der  Helpert ", "Jim R. van der  Helpert"),
        ("Jim Bob", None, "x", "Jim Bob x"),
    ],
)
def test_the_complete_name_is_the_parts_with_a_blank_between(
    house: House, first: str, middle: str | None, last: str | None, complete: str
) -> None:
    contact = made(house.alice, "/contacts", first_name=first, middle_name=middle, last_name=last)
    assert contact["complete_name"] == complete
    assert (contact["first_name"], contact["last_name"]) == (first.strip(), last.strip() if last else None)
    there = house.alice.get(f"/api/contacts/{contact['uuid']}").json()
    assert there["name"] == complete


def test_another_tongue_that_writes_one_name_clears_the_parts(house: House) -> None:
    uuid = made(house.alice, "/contacts", middle_name="R.")["uuid"]
    house.alice.does(contacts.change, uuid, ContactChanges(name="Ada King Lovelace"))
    contact = shown(house.alice, "/contacts/1")
    found = (contact["first_name"], contact["middle_name"], contact["last_name"])
    assert found == ("Ada", None, "King Lovelace")


def test_a_family_name_alone_is_a_first_name_here(house: House) -> None:
    contact = named(house.alice, "Aubry", family_name="Aubry")
    here = shown(house.alice, "/contacts/1")
    assert (here["first_name"], here["last_name"]) == ("Aubry", None)
    put(house.alice, "/contacts/1", **{**AGAIN, "first_name": "Aubry"})
    assert house.alice.sees(contacts.get, contact.id).family_name == "Aubry"


def test_a_longer_name_of_another_tongue_may_stay(house: House) -> None:
    long = "x" * 300
    named(house.alice, f"Inès {long}")
    after = put(house.alice, "/contacts/1", **{**AGAIN, "first_name": "Agnès", "last_name": long})
    assert after["complete_name"] == f"Agnès {long}"
    sentences = invalid(call(house.alice, "PUT", "/contacts/1", {**AGAIN, "last_name": long + "x"}))
    assert sentences == ["The last name may not be greater than 255 characters."]


# ---- contacts that are no entry of their own ----


def test_a_partial_contact_is_in_no_list_and_shown_in_part(house: House) -> None:
    alice = house.alice
    day = {"birthdate_day": 3, "birthdate_month": 2, "birthdate_year": 1980}
    made(alice, "/contacts", is_partial=True, is_birthdate_known=True, gender_id=1, description="x", **day)
    made(alice, "/contacts")
    for contact in (1, 2):
        call(alice, "POST", f"/contacts/{contact}/setTags", {"tags": ["friend"]})
    assert each(alice, "/contacts") == each(alice, "/contacts?query=jim") == each(alice, "/tags/1/contacts") == [2]
    partial = shown(alice, "/contacts/1")
    assert set(partial) == {
        *("id", "uuid", "object", "hash_id", "first_name", "middle_name", "last_name", "nickname", "complete_name"),
        *("initials", "gender", "gender_type", "is_starred", "is_partial", "is_active", "is_dead", "is_me"),
        *("information", "account", "created_at", "updated_at"),
    }
    assert set(partial["information"]) == {"dates"}
    assert partial["information"]["dates"]["birthdate"]["date"] == "1980-02-03T00:00:00Z"
    assert set(shown(alice, "/contacts/1?with=contactfields")) == set(partial)


def test_a_partial_contact_becomes_a_whole_one_and_back(house: House) -> None:
    made(house.alice, "/contacts")
    for is_partial, ids in ((True, []), (None, [1]), (1, []), (False, [1])):
        put(house.alice, "/contacts/1", **AGAIN, is_partial=is_partial)
        assert each(house.alice, "/contacts") == ids
        put(house.alice, "/contacts/1", **AGAIN)
        assert each(house.alice, "/contacts") == ids
