"""Extras of every noun: merged tongue by tongue when said, and put back whole by an undo."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import (
    activities,
    activity_types,
    calls,
    companies,
    contacts,
    deals,
    journal,
    notes,
    nouns,
    reminders,
    tags,
    tasks,
    undo,
)
from carnet.core.activities import ActivityChanges
from carnet.core.activity_types import ActivityTypeChanges
from carnet.core.calls import CallChanges
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import ContactChanges
from carnet.core.deals import DealChanges
from carnet.core.journal import EntryChanges
from carnet.core.notes import NoteChanges
from carnet.core.reminders import ReminderChanges
from carnet.core.tags import TagChanges
from carnet.core.tasks import TaskChanges
from tests.core.dump import assert_sound, untouched
from tests.core.things import (
    activity,
    activity_type,
    call,
    company,
    contact,
    deal,
    entry,
    last_event,
    note,
    reminder,
    tag,
    task,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person


def another_tag(person: Person, **said: Any) -> Any:
    """A tag of a name that no other has."""
    return tag(person, f"Tag {next(_numbers)}", **said)


_numbers = itertools.count()
NOUNS: list[tuple[Any, Any, Any]] = [
    (contact, contacts, ContactChanges),
    (company, companies, CompanyChanges),
    (task, tasks, TaskChanges),
    (deal, deals, DealChanges),
    (note, notes, NoteChanges),
    (another_tag, tags, TagChanges),
    (reminder, reminders, ReminderChanges),
    (call, calls, CallChanges),
    (activity, activities, ActivityChanges),
    (activity_type, activity_types, ActivityTypeChanges),
    (entry, journal, EntryChanges),
]
MONICA = {"monica": {"food": ["no nuts", None], "é": 1.5}}
YSUITE = {"ysuite": {"vat": "CHE-1"}}

each_noun = pytest.mark.parametrize(("make", "noun", "changes"), NOUNS, ids=[noun.__name__ for _, noun, _ in NOUNS])


def test_every_noun_that_keeps_extras_is_tried_here() -> None:
    kept = {name for name, known in nouns.NOUNS.items() if "extras" in known.noun.fields}
    tried = {noun.TYPE.name if noun is activity_types else noun.NOUN.name for _, noun, _ in NOUNS}
    assert tried == kept - {"activity_type_category"}


def _extras(person: Person, noun: Any, record_id: str) -> Any:
    return person.sees(noun.get, record_id).extras


def test_a_tongue_leaves_those_of_the_others_alone(house: House) -> None:
    alice = house.alice
    for make, noun, changes in NOUNS:
        made = make(alice, extras=MONICA)
        alice.does(noun.change, made.id, changes(extras=YSUITE))
        assert _extras(alice, noun, made.id) == MONICA | YSUITE
        alice.does(noun.change, made.id, changes(extras={"ysuite": {"vat": None}}))
        assert _extras(alice, noun, made.id) == MONICA | {"ysuite": {"vat": None}}
        for tongue, left in (("monica", {"ysuite": {"vat": None}}), ("ysuite", None)):
            alice.does(noun.change, made.id, changes(extras={tongue: None}))
            assert _extras(alice, noun, made.id) == left
    assert_sound(house)


@each_noun
def test_the_same_again_writes_nothing(any_house: House, make: Any, noun: Any, changes: Any) -> None:
    made = make(any_house.alice, extras=MONICA | YSUITE)
    with untouched(any_house):
        for said in (MONICA, YSUITE, {"nobody": None}, {}):
            any_house.alice.does(noun.change, made.id, changes(extras=said))


@each_noun
def test_an_undo_leaves_what_was_before_and_forth_and_back(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice = house.alice
    for born, said in (
        (None, MONICA),
        (MONICA, YSUITE),
        (MONICA, {"monica": {"food": []}}),
        (MONICA | YSUITE, {"monica": None}),
        (MONICA, {"monica": None}),
        (MONICA, None),
    ):
        made = make(alice, extras=born)
        alice.does(noun.change, made.id, changes(extras=said))
        after = _extras(alice, noun, made.id)
        for expected in (born, after, born):
            alice.does(undo.undo, last_event(alice).number)
            assert _extras(alice, noun, made.id) == expected, (born, said)


def test_another_tongues_words_since_are_kept_and_named(alice: Person) -> None:
    made = contact(alice, extras=MONICA)
    alice.does(contacts.change, made.id, ContactChanges(extras={"monica": {"food": []}}))
    number = last_event(alice).number
    alice.does(contacts.change, made.id, ContactChanges(extras=YSUITE))
    assert alice.does(undo.undo, number).kept == [f"contact {made.id} extras"]
    assert _extras(alice, contacts, made.id) == {"monica": {"food": []}} | YSUITE
