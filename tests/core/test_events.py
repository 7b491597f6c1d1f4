"""The ledger: one event for each change, in order, with what was and what is."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, events, removal, tasks, undo
from carnet.core.contacts import ContactChanges
from carnet.core.errors import NotFoundError
from carnet.core.nouns import NOUNS
from carnet.core.tasks import Status, TaskChanges
from tests.conftest import NOW
from tests.core.dump import untouched
from tests.core.things import MAKERS, company, contact, last_event, ledger, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def test_they_are_numbered_without_gaps_in_the_order_of_what_happened(alice: Person, mallory: Person) -> None:
    begun = len(ledger(alice))
    assert begun == len(ledger(mallory))
    someone = contact(alice, company="Halden")
    task(mallory)
    made = task(alice, contact_id=someone.id)
    alice.does(tasks.complete, made.id)
    alice.does(removal.remove_contact, someone.id)
    told = ledger(alice)
    assert [event.number for event in told] == list(range(1, len(told) + 1))
    assert [event.kind for event in told[begun:]] == [
        *("company.created", "contact.created", "task.created", "task.completed", "contact.deleted", "task.deleted"),
    ]
    assert [event.number for event in ledger(mallory)] == [*range(1, begun + 2)]


def test_a_workspace_begins_with_the_births_of_what_records_choose_from(alice: Person) -> None:
    begun = Counter(event.kind for event in ledger(alice))
    assert begun == {
        "pipeline.created": 1,
        "pipeline_state.created": 5,
        "gender.created": 3,
        "activity_type_category.created": 4,
        "activity_type.created": 11,
    }


def test_a_birth_has_no_before_and_an_end_no_after(alice: Person) -> None:
    made = task(alice, "Call", payload={"é": [1, None]}, due_at=NOW)
    birth = last_event(alice)
    assert birth.before is None
    assert birth.after is not None
    assert (birth.after["title"], birth.after["payload"], birth.after["version"]) == ("Call", {"é": [1, None]}, 1)
    alice.does(removal.remove_task, made.id)
    end = last_event(alice)
    assert end.after is None
    assert end.before == birth.after


@pytest.mark.parametrize("noun", MAKERS)
def test_a_birth_holds_the_whole_record_and_nothing_computed(any_house: House, noun: str) -> None:
    made = MAKERS[noun](any_house.alice)
    birth = last_event(any_house.alice)
    assert (birth.noun, birth.record_id, birth.kind) == (noun, made.id, f"{noun}.created")
    computed = {"company", "state", "contacts_count", "pipeline_id"} if noun != "pipeline_state" else set()
    assert set(birth.after or {}) == set(made.__struct_fields__) - computed
    assert birth.after == msgspec.to_builtins({name: getattr(made, name) for name in birth.after or {}})


def test_one_of_each_noun_is_made_here() -> None:
    assert set(MAKERS) == set(NOUNS)


def test_a_change_holds_what_changed_alone(alice: Person) -> None:
    made = contact(alice, "Inès", position="Buyer", website="https://a", emails=["a@b"])
    said = ContactChanges(name="Inès", position="Chief", website=None, emails=["a@b"], is_lead=True)
    alice.does(contacts.change, made.id, said, now=LATER)
    event = last_event(alice)
    assert event.before == {"position": "Buyer", "website": "https://a", "is_lead": False}
    assert event.after == {"position": "Chief", "website": None, "is_lead": True}


def test_what_follows_from_a_change_is_in_its_event(alice: Person) -> None:
    made = task(alice)
    alice.does(tasks.change, made.id, TaskChanges(status=Status.COMPLETED), now=LATER)
    event = last_event(alice)
    assert event.kind == "task.completed"
    assert event.before == {"status": "open", "completed_at": None}
    assert event.after == {"status": "completed", "completed_at": "2026-02-03T10:15:00Z"}


def test_an_event_says_who_when_and_with_which_token(alice: Person, bob: Person) -> None:
    made = task(alice)
    bob.does(tasks.complete, made.id, now=LATER)
    event = last_event(alice)
    assert (event.user_id, event.token_id, event.at) == (bob.user.id, bob.token.id, LATER)
    assert (event.noun, event.record_id, event.workspace_id) == ("task", made.id, alice.actor.workspace_id)
    assert (event.part_of, event.undoes) == (None, None)
    assert alice.sees(events.get, event.number) == event


def test_what_happens_because_of_a_removal_is_part_of_it(alice: Person) -> None:
    employer = company(alice)
    for _ in range(2):
        contact(alice, company_id=employer.id)
    task(alice, company_id=employer.id)
    number = alice.does(removal.remove_company, employer.id)
    parts = alice.sees(events.parts, number)
    assert [part.kind for part in parts] == ["task.deleted", "contact.updated", "contact.updated"]
    assert {part.part_of for part in parts} == {number}
    assert [part.number for part in parts] == [number + 1, number + 2, number + 3]
    assert alice.sees(events.parts, parts[0].number) == []


def test_an_undo_names_what_it_took_back(alice: Person) -> None:
    made = task(alice)
    alice.does(tasks.complete, made.id)
    completed = last_event(alice)
    alice.does(undo.undo, completed.number, now=LATER)
    event = last_event(alice)
    assert (event.kind, event.undoes, event.at) == ("task.reverted", completed.number, LATER)
    assert (event.before, event.after) == (completed.after, completed.before)


def test_readers_follow_from_a_number_on(alice: Person) -> None:
    for _ in range(7):
        task(alice)
    told = ledger(alice)
    read, reached = [], 0
    while page := alice.sees(events.since, reached, limit=3):
        read += page
        reached = page[-1].number
    assert read == told
    assert alice.sees(events.since, reached) == []


def test_another_workspaces_events_are_not_there(alice: Person, mallory: Person) -> None:
    made = task(alice)
    number = last_event(alice).number
    with pytest.raises(NotFoundError):
        mallory.sees(events.get, number)
    assert mallory.sees(events.of_record, made.id) == []
    assert {event.workspace_id for event in ledger(mallory)} == {mallory.actor.workspace_id}


def test_numbers_taken_by_a_refused_change_are_given_again(house: House) -> None:
    alice = house.alice
    before = last_event(alice).number

    def refused(db: Any) -> None:
        events.next_number(db, alice.actor)
        message = "refused"
        raise ValueError(message)

    with untouched(house), pytest.raises(ValueError, match="refused"):
        house.store.write_now(house.main.id, refused)
    task(alice)
    assert last_event(alice).number == before + 1
