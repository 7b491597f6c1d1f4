"""Reminders, calls, activities and their people, in any order: all is sound, and undone backwards all is as it was."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import activities, activity_types, calls, contacts, genders, reminders, removal, undo
from carnet.core.activities import ActivityChanges
from carnet.core.contacts import ContactChanges
from carnet.core.reminders import ReminderChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing
from tests.core.things import (
    TODAY,
    activity,
    activity_type,
    call,
    category,
    contact,
    gender,
    ledger,
    listed,
    reminder,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person

PAGES: dict[str, Any] = {
    "contact": contacts.page,
    "gender": genders.page,
    "reminder": reminders.page,
    "call": calls.page,
    "activity": activities.page,
    "activity_type": activity_types.page,
    "category": activity_types.page_of_categories,
}
REMOVES = {
    "contact": removal.remove_contact,
    "gender": removal.remove_gender,
    "reminder": removal.remove_reminder,
    "call": removal.remove_call,
    "activity": removal.remove_activity,
    "activity_type": removal.remove_activity_type,
    "category": removal.remove_category,
}


class Chance:
    """Deeds by chance, of one person."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person = person
        self.chance = random.Random(seed)

    def one(self, name: str) -> Any:
        return self.chance.choice(listed(self.person, PAGES[name]))

    def people(self) -> list[str]:
        known = [each.id for each in listed(self.person, contacts.page)]
        return self.chance.sample(known, self.chance.randint(1, min(3, len(known))))

    def make(self) -> None:
        person, kind = self.person, self.chance.choice(sorted(PAGES))
        if kind == "contact" or not listed(person, contacts.page):
            contact(person, gender_id=self.chance.choice([None, self.one("gender").id]))
        elif kind == "gender":
            gender(person)
        elif kind == "reminder":
            reminder(person, contact_id=self.one("contact").id, rule=self.chance.choice([None, "FREQ=WEEKLY"]))
        elif kind == "call":
            call(person, contact_id=self.one("contact").id)
        elif kind == "activity":
            activity(person, contact_ids=self.people(), type_id=self.one("activity_type").id)
        elif kind == "activity_type":
            activity_type(person, category_id=self.one("category").id)
        else:
            category(person)

    def change(self) -> None:
        if listed(self.person, activities.page):
            said = ActivityChanges(contact_ids=self.people(), happened_on=TODAY - timedelta(self.chance.randint(0, 9)))
            self.person.does(activities.change, self.one("activity").id, said)
        if listed(self.person, reminders.page):
            said_of = ReminderChanges(contact_id=self.one("contact").id, rule="FREQ=DAILY")
            self.person.does(reminders.change, self.one("reminder").id, said_of)
        if listed(self.person, contacts.page):
            with_gender = ContactChanges(gender_id=self.one("gender").id)
            self.person.does(contacts.change, self.one("contact").id, with_gender)

    def remove(self) -> None:
        kind = self.chance.choice(sorted(PAGES))
        if len(listed(self.person, PAGES[kind])) > 1:
            self.person.does(REMOVES[kind], self.one(kind).id)

    def act(self) -> None:
        self.chance.choices([self.make, self.change, self.remove], [5, 2, 2])[0]()


@pytest.mark.parametrize("seed", range(4))
def test_undone_backwards_all_is_as_it_was(house: House, seed: int) -> None:
    alice = house.alice
    before, begun = standing(house), len(ledger(alice))
    chance = Chance(alice, seed)
    for _ in range(60):
        chance.act()
    assert_sound(house)
    happened = [event for event in ledger(alice)[begun:] if event.part_of is None]
    assert len({event.kind for event in happened}) > 10
    for event in reversed(happened):
        assert alice.does(undo.undo, event.number, now=NOW + timedelta(hours=1)).kept == []
    assert standing(house) == before
    assert_sound(house)
