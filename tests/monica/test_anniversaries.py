"""The yearly reminders of birth and death, which are asked for with a contact (specification, section 7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, reminders, tokens, workspaces
from carnet.core.reminders import ReminderChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.things import listed as core_listed
from tests.monica.things import API, call, each, invalid, listed, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

BORN = {
    "first_name": "Jim",
    "last_name": "Helpert",
    "is_birthdate_known": True,
    "birthdate_day": 29,
    "birthdate_month": 2,
    "birthdate_year": 1984,
    "is_deceased": False,
    "is_deceased_date_known": False,
}
DIED = {
    "is_deceased": True,
    "is_deceased_date_known": True,
    "deceased_date_day": 10,
    "deceased_date_month": 10,
    "deceased_date_year": 2020,
}


def told(person: Person) -> list[tuple[str, str, str, int]]:
    """Title, day and frequency of every reminder."""
    return [
        (each["title"], each["initial_date"][:10], each["frequency_type"], each["frequency_number"])
        for each in listed(person, "/reminders")["data"]
    ]


BIRTHDAY = ("Birthday of Jim Helpert", "1984-02-29", "year", 1)
DEATH = ("Anniversary of the death of Jim Helpert", "2020-10-10", "year", 1)


def test_a_birthday_is_remembered_where_that_is_asked(house: House) -> None:
    contact = made(house.alice, "/contacts", **BORN, birthdate_add_reminder=True)
    assert told(house.alice) == [BIRTHDAY]
    assert each(house.alice, f"/contacts/{contact['id']}/reminders") == [1]
    assert contact["statistics"]["number_of_reminders"] == 1
    assert_sound(house)


@pytest.mark.parametrize("said", [{}, {"birthdate_add_reminder": False}, {"birthdate_add_reminder": None}])
def test_it_is_not_where_it_is_not(anyone: Person, said: dict[str, Any]) -> None:
    made(anyone, "/contacts", **BORN, **said)
    assert told(anyone) == []


def test_a_death_is_remembered_too(anyone: Person) -> None:
    both = {"birthdate_add_reminder": "1", "deceased_date_add_reminder": 1}
    made(anyone, "/contacts", **{**BORN, **DIED}, **both)
    assert told(anyone) == [BIRTHDAY, DEATH]


def test_an_age_is_no_birthday(anyone: Person) -> None:
    age = {"birthdate_is_age_based": True, "birthdate_age": 30, "birthdate_add_reminder": True}
    made(anyone, "/contacts", **{**BORN, **age})
    assert told(anyone) == []


def test_a_day_without_a_year_is_a_birthday(anyone: Person) -> None:
    made(anyone, "/contacts", **{**BORN, "birthdate_year": 0}, birthdate_add_reminder=True)
    assert told(anyone)[0][1].endswith("-02-29")


def test_a_change_may_ask_for_it_and_asking_again_makes_no_other(house: House) -> None:
    made(house.alice, "/contacts", **BORN)
    for _ in range(2):
        put(house.alice, "/contacts/1", **BORN, birthdate_add_reminder=True)
    assert told(house.alice) == [BIRTHDAY]
    with untouched(house):
        put(house.alice, "/contacts/1", **BORN, birthdate_add_reminder=True)


def test_it_follows_its_day_and_keeps_what_else_was_made_of_it(house: House) -> None:
    alice = house.alice
    made(alice, "/contacts", **BORN, birthdate_add_reminder=True)
    (reminder,) = core_listed(alice, reminders.page)
    alice.does(reminders.change, reminder.id, ReminderChanges(title="Cake for Jim", rule="FREQ=YEARLY;INTERVAL=2"))
    put(alice, "/contacts/1", **{**BORN, "birthdate_day": 1, "birthdate_month": 3})
    assert told(alice) == [("Cake for Jim", "1984-03-01", "year", 2)]


@pytest.mark.parametrize(
    "said",
    [
        {"birthdate_add_reminder": False},
        {"is_birthdate_known": False},
        {"is_birthdate_known": False, "birthdate_add_reminder": True},
        {"birthdate_is_age_based": True, "birthdate_age": 30},
    ],
)
def test_it_ends_with_its_day_or_where_it_is_unwanted(house: House, said: dict[str, Any]) -> None:
    alice = house.alice
    made(alice, "/contacts", **BORN, birthdate_add_reminder=True)
    made(alice, "/reminders", title="Own", contact_id=1)
    put(alice, "/contacts/1", **{**BORN, **said})
    assert each(alice, "/reminders", "title") == ["Own"]
    assert_sound(house)


def test_other_reminders_of_the_contact_are_left_alone(house: House) -> None:
    alice = house.alice
    made(alice, "/contacts", **BORN)
    own = made(alice, "/reminders", title="Own", contact_id=1)
    put(alice, "/contacts/1", **BORN, birthdate_add_reminder=False)
    assert shown(alice, "/reminders/1") == {**own, "contact": shown(alice, "/reminders/1")["contact"]}


def test_a_refused_contact_makes_no_reminder(any_house: House) -> None:
    with untouched(any_house):
        sent = {**BORN, "birthdate_day": 31, "birthdate_add_reminder": True}
        assert invalid(call(any_house.alice, "POST", "/contacts", sent)) == ["The birthdate is not a valid date."]


def test_whoever_writes_the_contact_may_ask_for_it(house: House) -> None:
    scopes = ("contacts:read", "contacts:write")
    made_token = house.store.write_now(
        workspaces.ALL, tokens.create, house.alice.user, [house.main], name="x", scopes=scopes, now=NOW
    )
    headers = {"authorization": f"Bearer {made_token.bearer}"}
    answer = house.request("POST", API + "/contacts", json={**BORN, "birthdate_add_reminder": True}, headers=headers)
    assert answer.status_code == 201
    assert house.request("GET", API + "/reminders", headers=headers).status_code == 403
    assert told(house.alice) == [BIRTHDAY]


def test_it_survives_an_edit_of_the_reminder_here(house: House) -> None:
    alice = house.alice
    made(alice, "/contacts", **BORN, birthdate_add_reminder=True)
    reminder = shown(alice, "/reminders/1")
    sent = {name: reminder[name] for name in ("title", "initial_date", "frequency_type", "frequency_number")}
    put(alice, "/reminders/1", **{**sent, "title": "Cake"}, contact_id=1, delible=False)
    put(alice, "/contacts/1", **BORN, birthdate_add_reminder=False)
    assert told(alice) == []
    (contact,) = core_listed(alice, contacts.page)
    assert msgspec.to_builtins(contact.extras)["monica"]["birthdate"]["date"] == "1984-02-29"
