"""Contacts: routes and the full object (specification, sections 7.1 and 7.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import activities, calls, contacts, deals, notes, reminders, tasks
from carnet.core.activities import ActivityDraft
from carnet.core.calls import CallDraft
from carnet.core.contacts import ContactChanges
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteDraft
from carnet.core.reminders import ReminderDraft
from carnet.core.tasks import TaskDraft
from tests.conftest import NOW
from tests.monica.test_contact_input import AGAIN, full
from tests.monica.things import (
    API,
    HOST,
    NEEDED,
    NOT_FOUND,
    call,
    each,
    listed,
    made,
    refusal,
    shown,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person

UNKNOWN = {"is_age_based": None, "is_year_unknown": None, "date": None}
NO_RELATIONS: dict[str, Any] = {"total": 0, "contacts": []}
LEAST = NEEDED["/contacts"]


def test_the_full_contact(house: House) -> None:
    contact = full(house.alice)
    assert contact.pop("hash_id").startswith("h:")
    uuid, created, updated = (contact.pop(name) for name in ("uuid", "created_at", "updated_at"))
    assert created == updated
    assert house.alice.sees(contacts.get, uuid).name == "Jim R. Helpert"
    assert contact == {
        "id": 1,
        "object": "contact",
        "first_name": "Jim",
        "middle_name": "R.",
        "last_name": "Helpert",
        "nickname": "Jimmy",
        "complete_name": "Jim R. Helpert",
        "initials": "JRH",
        "gender": "Man",
        "gender_type": "M",
        "is_starred": False,
        "is_partial": False,
        "is_active": True,
        "is_dead": False,
        "is_me": False,
        "description": "Tall",
        "information": {
            "relationships": dict.fromkeys(("love", "family", "friend", "work"), NO_RELATIONS),
            "dates": {"birthdate": UNKNOWN, "deceased_date": UNKNOWN},
            "career": {"job": None, "company": None},
            "avatar": {"url": "", "source": "default", "default_avatar_color": "#b3d5fe"},
            "food_preferences": None,
            "how_you_met": {
                "general_information": None,
                "first_met_date": UNKNOWN,
                "first_met_through_contact": None,
            },
        },
        "last_called": None,
        "last_activity_together": None,
        "stay_in_touch_frequency": None,
        "stay_in_touch_trigger_date": None,
        "addresses": [],
        "tags": [],
        "statistics": dict.fromkeys(
            (
                "number_of_calls",
                "number_of_notes",
                "number_of_activities",
                "number_of_reminders",
                "number_of_tasks",
                "number_of_gifts",
                "number_of_debts",
            ),
            0,
        ),
        "url": f"{HOST}{API}/contacts/1",
        "account": {"id": house.main.id},
    }


def test_a_list_shows_the_same_and_creating_answers_201(house: House) -> None:
    answer = call(house.alice, "POST", "/contacts", LEAST)
    assert answer.status_code == 201
    contact = answer.json()["data"]
    assert contact["id"] == 1
    assert shown(house.alice, "/contacts/1") == contact
    assert listed(house.alice, "/contacts")["data"] == [contact]
    assert (contact["middle_name"], contact["nickname"], contact["gender"]) == (None, None, None)


def test_statistics_and_last_meetings(house: House) -> None:
    uuid, other = (made(house.alice, "/contacts")["uuid"] for _ in range(2))
    alice = house.alice
    for number in range(3):
        alice.does(tasks.create, TaskDraft(title="x", contact_id=uuid))
        alice.does(notes.create, NoteDraft(text="x", contact_id=uuid if number else other))
        alice.does(calls.create, CallDraft(contact_id=uuid, called_at=NOW.replace(hour=number, microsecond=5)))
    alice.does(activities.create, ActivityDraft(summary="x", happened_on=date(2026, 1, 5), contact_ids=[other, uuid]))
    alice.does(activities.create, ActivityDraft(summary="x", happened_on=date(2025, 1, 5), contact_ids=[uuid]))
    alice.does(reminders.create, ReminderDraft(title="x", contact_id=uuid, begins_on=date(2026, 1, 5)))
    contact = shown(alice, "/contacts/1")
    assert contact["statistics"] == {
        "number_of_calls": 3,
        "number_of_notes": 2,
        "number_of_activities": 2,
        "number_of_reminders": 1,
        "number_of_tasks": 3,
        "number_of_gifts": 0,
        "number_of_debts": 0,
    }
    assert (contact["last_called"], contact["last_activity_together"]) == (
        "2026-02-03T02:15:00Z",
        "2026-01-05T00:00:00Z",
    )
    assert listed(alice, "/contacts")["data"][0] == contact
    second = shown(alice, "/contacts/2")
    assert (second["last_called"], second["last_activity_together"]) == (None, "2026-01-05T00:00:00Z")
    assert (second["statistics"]["number_of_notes"], second["statistics"]["number_of_activities"]) == (1, 1)


def test_a_delete_takes_what_hangs_on_nothing_else(house: House) -> None:
    alice = house.alice
    uuid = made(alice, "/contacts")["uuid"]
    deal = alice.does(deals.create, DealDraft(title="A table", contact_id=uuid))
    for also in ({}, {"deal_id": deal.id}):
        alice.does(tasks.create, TaskDraft(title="x", contact_id=uuid, **also))
        alice.does(notes.create, NoteDraft(text="x", contact_id=uuid, **also))
    answer = call(alice, "DELETE", "/contacts/1")
    assert (answer.status_code, answer.json()) == (200, {"deleted": True, "id": 1})
    (task,) = listed(alice, "/tasks")["data"]
    assert (task["id"], task["contact"]) == (2, None)
    assert each(alice, "/notes") == []
    assert refusal(call(alice, "GET", "/notes/2")) == NOT_FOUND
    assert alice.sees(deals.get, deal.id).contact_id is None
    assert refusal(call(alice, "DELETE", "/contacts/1")) == NOT_FOUND


def test_companies_are_not_listed_here(house: House) -> None:
    house.alice.post("/api/companies", {"name": "Halden"})
    made(house.alice, "/contacts")
    assert each(house.alice, "/contacts") == [2]
    for method, body in (("GET", None), ("PUT", AGAIN), ("DELETE", None)):
        assert refusal(call(house.alice, method, "/contacts/1", body)) == NOT_FOUND


def test_with_contactfields_come_the_addresses_and_the_last_notes(house: House) -> None:
    uuid = full(house.alice)["uuid"]
    house.alice.does(contacts.change, uuid, ContactChanges(phones=["+41 79 000 00 00"]))
    made(house.alice, "/contacts")
    for number in range(5):
        made(house.alice, "/notes", contact_id=1, body=str(number))
    plain = shown(house.alice, "/contacts/1")
    assert not {"contactFields", "notes"} & plain.keys()
    rich = shown(house.alice, "/contacts/1?with=contactfields,tags,addresses")
    fields, last = rich.pop("contactFields"), rich.pop("notes")
    assert rich == plain
    assert [note["body"] for note in last] == ["4", "3", "2"]
    assert last[0] == shown(house.alice, "/notes/5")
    assert [(field["content"], field["contact_field_type"]["name"]) for field in fields] == [
        ("jim@helpert.example", "Email"),
        ("+41 79 000 00 00", "Phone"),
    ]
    for field in fields:
        assert field["object"] == "contactfield"
        assert field["contact"]["id"] == 1
        assert field["contact_field_type"] == shown(
            house.alice, f"/contactfieldtypes/{field['contact_field_type']['id']}"
        )
    first, second = listed(house.alice, "/contacts?with=contactfields")["data"]
    assert (first["contactFields"], first["notes"]) == (fields, last)
    assert (second["contactFields"], second["notes"]) == ([], [])


@pytest.mark.parametrize("words", ["", "tags", "contactFields", "addresses,tags", "contactfield", "xcontactfields"])
def test_other_words_of_with_are_ignored(anyone: Person, words: str) -> None:
    made(anyone, "/contacts")
    for path in ("/contacts/1", "/contacts"):
        answer = call(anyone, "GET", f"{path}?with={words}")
        assert '"contactFields":' not in answer.text
        assert answer.status_code == 200


def test_two_of_a_kind_have_numbers_of_their_own(anyone: Person) -> None:
    for _ in range(2):
        uuid = made(anyone, "/contacts")["uuid"]
        anyone.does(
            contacts.change, uuid, ContactChanges(emails=[f"{n}@x.example" for n in range(30)], phones=["1", "2"])
        )
    found = [field for one in listed(anyone, "/contacts?with=contactfields")["data"] for field in one["contactFields"]]
    assert len({field["id"] for field in found}) == len({field["uuid"] for field in found}) == len(found) == 64
