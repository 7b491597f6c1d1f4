"""Tasks in the core."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import events, tasks
from carnet.core.errors import Fault, NotFoundError, Violation
from carnet.core.tasks import Kind, Priority, Status, TaskChanges, TaskDraft, Type
from tests.conftest import NOW
from tests.core.dump import untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, company, contact, story, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.tasks import Task
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def _change(person: Person, record: Task, **said: Any) -> Task:
    changed: Task = person.does(tasks.change, record.id, TaskChanges(**said), now=LATER)
    return changed


def test_completing_twice_records_once(alice: Person) -> None:
    made = alice.does(tasks.create, TaskDraft(title="Call"))
    alice.does(tasks.complete, made.id)
    alice.does(tasks.complete, made.id)
    kinds = [event.kind for event in alice.sees(events.of_record, made.id)]
    assert kinds == ["task.created", "task.completed"]


def test_it_keeps_what_was_said(alice: Person, bob: Person) -> None:
    said: dict[str, Any] = {
        "title": "Send the samples",
        "contact_id": contact(alice).id,
        "company_id": company(alice).id,
        "assignee_id": bob.user.id,
        "description": "The oak ones\nand the ash ones",
        "type": Type.PROPOSAL,
        "kind": Kind.RECONTACT,
        "status": Status.IN_PROGRESS,
        "priority": Priority.URGENT,
        "starts_at": NOW,
        "due_at": LATER,
        "payload": {"profile": {"url": "https://x"}, "changes": [1, None, "é"]},
        "extras": {"monica": {"done": False}},
    }
    made = task(alice, **said)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.number, made.version, made.created_at, made.updated_at) == (1, 1, NOW, NOW)
    assert alice.sees(tasks.get, made.id) == made


def test_where_nothing_is_said_it_is_open_of_no_priority_and_unassigned(alice: Person) -> None:
    made = alice.sees(tasks.get, task(alice).id)
    assert (made.status, made.priority, made.type, made.kind) == ("open", "none", "other", "manual")
    names = ("contact_id", "company_id", "deal_id", "assignee_id", "starts_at", "due_at", "completed_at", "payload")
    assert [getattr(made, name) for name in names] == [None] * len(names)
    assert not made.all_day


@pytest.mark.parametrize("status", Status)
def test_open_and_in_progress_are_still_to_do(any_house: House, status: Status) -> None:
    made = task(any_house.alice, status=status)
    assert made.is_pending is (status in {"open", "in_progress"})
    assert made.is_completed is (status == "completed")


@pytest.mark.parametrize("words", [Status, Priority, Type, Kind])
def test_every_word_of_every_vocabulary_can_be_kept(alice: Person, words: Any) -> None:
    field = words.__name__.lower()
    for word in words:
        assert getattr(alice.sees(tasks.get, task(alice, **{field: word}).id), field) is word


def test_a_change_touches_what_it_names(alice: Person) -> None:
    made = task(alice, description="x", priority=Priority.LOW, payload={"a": 1})
    changed = _change(alice, made, description=None, priority=Priority.HIGH)
    expected = msgspec.structs.replace(made, description=None, priority=Priority.HIGH, version=2, updated_at=LATER)
    assert changed == expected
    assert alice.sees(tasks.get, made.id) == expected
    assert story(alice, made.id) == ["task.created", "task.updated"]


def test_a_change_that_changes_nothing_writes_nothing(house: House) -> None:
    alice = house.alice
    payload = {"a": [1, {"b": None}]}
    made = task(alice, status=Status.COMPLETED, due_at=LATER, payload=payload, contact_id=contact(alice).id)
    names = ("title", "status", "due_at", "payload", "contact_id", "all_day", "completed_at", "assignee_id")
    with untouched(house):
        assert _change(alice, made, **{name: getattr(made, name) for name in names}) == made
        assert _change(alice, made) == made
        assert alice.does(tasks.complete, made.id, now=LATER) == made


@pytest.mark.parametrize(
    ("one", "other"), [({"n": 1}, {"n": True}), ({"n": 0}, {"n": [False]}), ({"n": [1]}, {"n": [1.0]})]
)
def test_json_that_python_takes_for_the_same_is_written(
    house: House, one: dict[str, Any], other: dict[str, Any]
) -> None:
    made = task(house.alice, payload=one, extras=other)
    _change(house.alice, made, payload=other, extras=one)
    read = house.alice.sees(tasks.get, made.id)
    assert (repr(read.payload), repr(read.extras)) == (repr(other), repr(one))


@pytest.mark.parametrize("title", ["", " ", "\n\t"])
def test_a_blank_title_is_refused(any_house: House, title: str) -> None:
    alice = any_house.alice
    made = task(alice)
    acts = [lambda: task(alice, title), lambda: _change(alice, made, title=title)]
    with untouched(any_house):
        assert_invalid([Violation("title", Fault.BLANK)], acts)


def test_it_is_completed_now_where_no_moment_is_given(alice: Person) -> None:
    earlier = NOW - timedelta(days=3)
    assert task(alice, status=Status.COMPLETED).completed_at == NOW
    assert task(alice, status=Status.COMPLETED, completed_at=earlier).completed_at == earlier
    assert alice.does(tasks.complete, task(alice).id, now=LATER).completed_at == LATER
    assert _change(alice, task(alice), status=Status.COMPLETED, completed_at=earlier).completed_at == earlier
    assert _change(alice, task(alice), status=Status.COMPLETED, completed_at=None).completed_at == LATER


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.COMPLETED])
def test_only_what_is_completed_has_a_moment_of_completion(alice: Person, status: Status) -> None:
    assert task(alice, status=status, completed_at=NOW).completed_at is None
    done = task(alice, status=Status.COMPLETED)
    reopened = _change(alice, done, status=status, completed_at=NOW)
    assert (reopened.status, reopened.completed_at) == (status, None)
    assert _change(alice, reopened, completed_at=NOW).completed_at is None
    assert story(alice, done.id) == ["task.created", "task.reopened"]


def test_the_moment_of_completion_can_be_corrected_but_not_taken_away(alice: Person) -> None:
    done = task(alice, status=Status.COMPLETED)
    moved = _change(alice, done, completed_at=NOW - timedelta(days=1))
    assert moved.completed_at == NOW - timedelta(days=1)
    assert _change(alice, done, completed_at=None) == moved
    assert _change(alice, done, status=Status.COMPLETED, completed_at=None) == moved
    assert story(alice, done.id) == ["task.created", "task.updated"]


def test_it_can_be_completed_and_reopened_again_and_again(alice: Person) -> None:
    made = task(alice)
    for status in (Status.COMPLETED, Status.OPEN, Status.COMPLETED, Status.CANCELLED, Status.COMPLETED):
        _change(alice, made, status=status)
    assert story(alice, made.id) == [
        "task.created",
        *("task.completed", "task.reopened") * 2,
        "task.completed",
    ]
    assert alice.sees(tasks.get, made.id).version == 6


def test_strangers_tasks_are_not_there(house: House) -> None:
    theirs = task(house.mallory)
    acts: list[Callable[[str], Any]] = [
        lambda to: house.alice.sees(tasks.get, to),
        lambda to: house.alice.does(tasks.change, to, TaskChanges(title="x")),
        lambda to: house.alice.does(tasks.complete, to),
    ]
    with untouched(house):
        for other in (theirs.id, NOTHING):
            for error in refused(NotFoundError, acts, other):
                assert (error.noun, error.record_id) == ("task", other)
