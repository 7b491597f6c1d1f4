"""The short contact that tasks and notes carry (specification, section 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts
from carnet.core.contacts import ContactDraft
from tests.monica.things import API, HOST, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

UNKNOWN = {"is_age_based": None, "is_year_unknown": None, "date": None}
KEYS = {
    "id",
    "uuid",
    "object",
    "hash_id",
    "first_name",
    "last_name",
    "nickname",
    "complete_name",
    "initials",
    "gender",
    "gender_type",
    "is_starred",
    "is_partial",
    "is_active",
    "is_dead",
    "is_me",
    "information",
    "url",
    "account",
}


def short(person: Person, number: int = 1) -> dict[str, Any]:
    """A contact as a task of it carries it."""
    task = made(person, "/tasks", contact_id=number)
    note = made(person, "/notes", contact_id=number)
    assert note["contact"] == task["contact"]
    found: dict[str, Any] = task["contact"]
    return found


def test_the_published_short_contact(house: House) -> None:
    day = {"birthdate_day": 23, "birthdate_month": 10, "birthdate_year": 1983}
    contact = made(house.alice, "/contacts", gender="Man", is_birthdate_known=True, **day)
    found = short(house.alice)
    assert found.pop("hash_id").startswith("h:")
    assert found == {
        "id": 1,
        "uuid": contact["uuid"],
        "object": "contact",
        "first_name": "Jim",
        "last_name": "Helpert",
        "nickname": None,
        "complete_name": "Jim Helpert",
        "initials": "JH",
        "gender": "Man",
        "gender_type": "M",
        "is_starred": False,
        "is_partial": False,
        "is_active": True,
        "is_dead": False,
        "is_me": False,
        "information": {
            "dates": [
                {
                    "name": "birthdate",
                    "is_birthdate_approximate": "exact",
                    "birthdate": "1983-10-23T00:00:00Z",
                }
            ],
            "birthdate": {"is_age_based": False, "is_year_unknown": False, "date": "1983-10-23T00:00:00Z"},
            "deceased_date": UNKNOWN,
            "avatar": {"url": "", "source": "default", "default_avatar_color": "#b3d5fe"},
        },
        "url": f"{HOST}{API}/contacts/1",
        "account": {"id": house.main.id},
    }


def test_of_nobody_in_particular_all_keys_are_there(house: House) -> None:
    made(house.alice, "/contacts", last_name=None)
    found = short(house.alice)
    assert found.keys() == KEYS
    assert (found["last_name"], found["nickname"], found["gender"], found["gender_type"]) == (None, None, None, None)
    information = found["information"]
    assert information["dates"] == [{"name": "birthdate", "is_birthdate_approximate": "unknown", "birthdate": None}]
    assert (information["birthdate"], information["deceased_date"]) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("given", "approximate"),
    [
        ({"birthdate_day": 3, "birthdate_month": 2, "birthdate_year": 1980}, "exact"),
        ({"birthdate_day": 3, "birthdate_month": 2}, "approximate"),
        ({"birthdate_is_age_based": True, "birthdate_age": 30}, "approximate"),
    ],
)
def test_a_birthdate_is_exact_or_approximate(anyone: Person, given: dict[str, Any], approximate: str) -> None:
    made(anyone, "/contacts", is_birthdate_known=True, **given)
    information = short(anyone)["information"]
    (told,) = information["dates"]
    assert told["is_birthdate_approximate"] == approximate
    assert told["birthdate"] == information["birthdate"]["date"]
    assert shown(anyone, "/contacts/1")["information"]["dates"]["birthdate"] == information["birthdate"]


def test_who_has_died(anyone: Person) -> None:
    day = {"deceased_date_day": 3, "deceased_date_month": 2, "deceased_date_year": 2020}
    made(anyone, "/contacts", is_deceased=True, is_deceased_date_known=True, **day)
    found = short(anyone)
    assert found["is_dead"] is True
    expected = {"is_age_based": False, "is_year_unknown": False, "date": "2020-02-03T00:00:00Z"}
    assert found["information"]["deceased_date"] == expected


@pytest.mark.parametrize(
    ("letter", "name"), [("M", "Man"), ("F", "Woman"), ("O", "Rather not say"), ("U", "?"), ("N", "None")]
)
def test_a_gender_is_its_name_and_its_letter(anyone: Person, letter: str, name: str) -> None:
    gender = made(anyone, "/genders", name=name, type=letter)["id"]
    made(anyone, "/contacts", gender_id=gender)
    found = short(anyone)
    assert (found["gender"], found["gender_type"]) == (name, letter)
    put(anyone, f"/genders/{gender}", name="Renamed", type="F")
    task = shown(anyone, "/tasks/1")["contact"]
    assert (task["gender"], task["gender_type"]) == ("Renamed", "F")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Jim Helpert", "JH"),
        ("jim", "J"),
        ("Anne-Marie de la Tour", "ADLT"),
        ("  é  ß ", "ÉSS"),
        ("李 小龍", "李小"),
        ("🙂 x", "🙂X"),
        ("a\tb\nc", "ABC"),
    ],
)
def test_initials_are_the_first_letters_of_the_parts(house: House, name: str, initials: str) -> None:
    house.alice.does(contacts.create, ContactDraft(name=name))
    assert short(house.alice)["initials"] == initials


def test_a_hash_is_stable_and_each_has_another(house: House) -> None:
    for _ in range(20):
        made(house.alice, "/contacts")
    first = [shown(house.alice, f"/contacts/{number}")["hash_id"] for number in range(1, 21)]
    put(house.alice, "/contacts/1", first_name="Another", is_birthdate_known=0, is_deceased_date_known=0)
    again = [shown(house.alice, f"/contacts/{number}")["hash_id"] for number in range(1, 21)]
    assert first == again
    assert len(set(first)) == 20
    assert short(house.alice, 7)["hash_id"] == first[6]


def test_a_contact_that_is_no_entry_has_no_address(house: House) -> None:
    made(house.alice, "/contacts", is_partial=True)
    found = short(house.alice)
    assert found["is_partial"] is True
    assert found.keys() == KEYS - {"url"}
