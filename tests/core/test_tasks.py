"""Tasks in the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import events, tasks
from carnet.core.tasks import TaskDraft

if TYPE_CHECKING:
    from tests.conftest import Person


def test_completing_twice_records_once(alice: Person) -> None:
    task = alice.does(tasks.create, TaskDraft(title="Call"))
    alice.does(tasks.complete, task.id)
    alice.does(tasks.complete, task.id)
    kinds = [event.kind for event in alice.sees(events.of_record, task.id)]
    assert kinds == ["task.created", "task.completed"]
