"""No undo leaves a record against the rules that any change of it keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core import contacts, tasks, undo
from carnet.core.contacts import ContactChanges
from carnet.core.errors import InvalidError
from carnet.core.tasks import Status, TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.things import contact, last_event, ledger, task

if TYPE_CHECKING:
    from carnet.core.tasks import Task
    from carnet.core.undo import Undone
    from tests.conftest import House, Person

DAY = datetime(2026, 2, 10, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)
LATER = NOW + timedelta(hours=1)


def _undo(person: Person, number: int) -> Undone:
    done: Undone = person.does(undo.undo, number, now=LATER)
    return done


def _changed(person: Person, record: Task, **said: Any) -> int:
    """Change a task, and give its event's number."""
    person.does(tasks.change, record.id, TaskChanges(**said))
    return last_event(person).number


def test_a_completion_that_is_over_since_stays_over(house: House) -> None:
    alice, made = house.alice, task(house.alice)
    number = _changed(alice, made, status=Status.COMPLETED)
    _changed(alice, made, status=Status.CANCELLED)
    with untouched(house):
        _undo(alice, number)
    read = alice.sees(tasks.get, made.id)
    assert (read.status, read.completed_at) == (Status.CANCELLED, None)


def test_what_was_completed_again_since_keeps_its_own_moment(alice: Person) -> None:
    made = task(alice, status=Status.COMPLETED, completed_at=NOW - timedelta(days=9))
    number = _changed(alice, made, status=Status.OPEN)
    _changed(alice, made, status=Status.COMPLETED, completed_at=NOW - timedelta(days=1))
    _undo(alice, number)
    assert alice.sees(tasks.get, made.id).completed_at == NOW - timedelta(days=1)


def test_an_hour_does_not_come_back_to_a_day(alice: Person) -> None:
    made = task(alice, due_at=NOON)
    number = _changed(alice, made, due_at=DAY)
    _changed(alice, made, all_day=True)
    _undo(alice, number)
    read = alice.sees(tasks.get, made.id)
    assert (read.due_at, read.all_day) == (DAY, True)


def test_what_else_was_changed_comes_back_all_the_same(alice: Person) -> None:
    made = task(alice, "Call", due_at=DAY)
    number = _changed(alice, made, title="Write", due_at=NOON, status=Status.COMPLETED)
    _changed(alice, made, starts_at=DAY)
    assert _undo(alice, number).kept == [f"task {made.id} due_at"]
    read = alice.sees(tasks.get, made.id)
    assert (read.title, read.due_at, read.status, read.completed_at) == ("Call", NOON, Status.OPEN, None)


@pytest.mark.parametrize("since", [{"name": "Inès Roy"}, {"family_name": "Roy"}, {"middle_name": "R"}])
def test_a_name_and_its_parts_stay_together(house: House, since: dict[str, Any]) -> None:
    alice = house.alice
    made = contact(alice, "Inès Aubry", given_name="Inès", family_name="Aubry")
    said = ContactChanges(name="Inès Morel", given_name="Inès", family_name="Morel", position="Chief")
    alice.does(contacts.change, made.id, said)
    number = last_event(alice).number
    alice.does(contacts.change, made.id, ContactChanges(**since))
    held = alice.sees(contacts.get, made.id)
    done = _undo(alice, number)
    read = alice.sees(contacts.get, made.id)
    names = ("name", "given_name", "middle_name", "family_name")
    assert [getattr(read, name) for name in names] == [getattr(held, name) for name in names]
    assert read.position is None
    assert sorted(done.kept) == [f"contact {made.id} family_name", f"contact {made.id} name"]


def test_undoing_all_changes_from_the_last_to_the_first_leads_back_to_the_birth(house: House) -> None:
    alice, made = house.alice, task(house.alice, due_at=NOON)
    before = standing(house)
    numbers = [
        _changed(alice, made, **said)
        for said in (
            {"all_day": True, "title": "Write"},
            {"starts_at": DAY, "due_at": DAY + timedelta(days=3)},
            {"status": Status.COMPLETED},
            {"completed_at": LATER},
            {"due_at": None},
        )
    ]
    for number in reversed(numbers):
        assert _undo(alice, number).kept == []
    assert standing(house) == before


moments = some.none() | some.sampled_from([DAY, NOON, NOON + timedelta(days=1), DAY + timedelta(days=2)])
dates = some.fixed_dictionaries(
    {},
    optional={
        "starts_at": moments,
        "due_at": moments,
        "all_day": some.booleans(),
        "status": some.sampled_from([Status.OPEN, Status.COMPLETED, Status.NO_SHOW]),
        "completed_at": some.none() | some.sampled_from([NOW, LATER]),
        "title": some.sampled_from(["a", "b"]),
    },
)


def _assert_by_the_rules(made: Task) -> None:
    assert made.is_completed is (made.completed_at is not None)
    if made.due_at is None:
        return
    if made.all_day:
        assert (made.due_at.hour, made.due_at.minute) == (0, 0)
        assert made.starts_at is None or made.starts_at.date() <= made.due_at.date()
    else:
        assert made.starts_at is None or made.starts_at <= made.due_at


def test_nor_does_any_of_many_random_ones(house: House) -> None:
    alice = house.alice

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=some.data(), said=some.lists(dates, min_size=2, max_size=6))
    def try_one(data: Any, said: list[dict[str, Any]]) -> None:
        made = task(alice)
        first = last_event(alice).number + 1
        for each in said:
            try:
                alice.does(tasks.change, made.id, TaskChanges(**each))
            except InvalidError:
                continue
        for _ in range(4):
            last = ledger(alice)[-1].number
            if last < first:
                return
            _undo(alice, data.draw(some.integers(first, last)))
            _assert_by_the_rules(alice.sees(tasks.get, made.id))

    try_one()
    assert_sound(house)
