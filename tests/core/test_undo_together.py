"""Fields that only make sense with each other are put back all or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carnet.core import contacts, events, tasks, undo
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.tasks import Status, TaskChanges, TaskDraft
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.conftest import Person


def _undo(alice: Person, record_id: str, at: int) -> undo.Undone:
    done: undo.Undone = alice.does(undo.undo, alice.sees(events.of_record, record_id)[at].number)
    return done


def test_a_completion_whose_moment_was_edited_stays(alice: Person) -> None:
    task = alice.does(tasks.create, TaskDraft(title="Call"))
    alice.does(tasks.complete, task.id)
    alice.does(tasks.change, task.id, TaskChanges(completed_at=NOW + timedelta(days=1)))
    done = _undo(alice, task.id, 1)
    after = alice.sees(tasks.get, task.id)
    assert (after.status, after.completed_at) == (Status.COMPLETED, NOW + timedelta(days=1))
    assert {each.split()[-1] for each in done.kept} == {"status", "completed_at"}


def test_no_start_is_put_behind_a_due_date_that_was_edited(alice: Person) -> None:
    task = alice.does(
        tasks.create, TaskDraft(title="Call", starts_at=NOW + timedelta(days=10), due_at=NOW + timedelta(days=11))
    )
    alice.does(tasks.change, task.id, TaskChanges(starts_at=NOW, due_at=NOW + timedelta(days=1)))
    alice.does(tasks.change, task.id, TaskChanges(due_at=NOW + timedelta(days=2)))
    _undo(alice, task.id, 1)
    after = alice.sees(tasks.get, task.id)
    assert (after.starts_at, after.due_at) == (NOW, NOW + timedelta(days=2))


def test_what_stands_alone_is_put_back_beside_it(alice: Person) -> None:
    task = alice.does(tasks.create, TaskDraft(title="Call", description="old"))
    alice.does(tasks.change, task.id, TaskChanges(status=Status.COMPLETED, description="new"))
    alice.does(tasks.change, task.id, TaskChanges(status=Status.OPEN))
    _undo(alice, task.id, 1)
    after = alice.sees(tasks.get, task.id)
    assert (after.status, after.completed_at, after.description) == (Status.OPEN, None, "old")


def test_parts_of_a_name_come_back_with_it(alice: Person) -> None:
    contact = alice.does(contacts.create, ContactDraft(name="Inès Aubry", given_name="Inès", family_name="Aubry"))
    alice.does(contacts.change, contact.id, ContactChanges(name="Dr Aubry"))
    assert alice.sees(contacts.get, contact.id).family_name is None
    _undo(alice, contact.id, 1)
    after = alice.sees(contacts.get, contact.id)
    assert (after.name, after.given_name, after.family_name) == ("Inès Aubry", "Inès", "Aubry")
