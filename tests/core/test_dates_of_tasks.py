"""When a task starts and is due, and what a day is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tasks
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.tasks import TaskChanges
from tests.core.dump import untouched
from tests.core.things import task

if TYPE_CHECKING:
    from carnet.core.tasks import Task
    from tests.conftest import House, Person

DAY = datetime(2026, 2, 10, tzinfo=UTC)
NOON = DAY + timedelta(hours=12)
TOMORROW = DAY + timedelta(days=1)
AFTER_DUE = [Violation("starts_at", Fault.AFTER_DUE)]


def _change(person: Person, record: Task, **said: Any) -> Task:
    changed: Task = person.does(tasks.change, record.id, TaskChanges(**said))
    return changed


def test_a_task_for_all_day_is_due_at_the_days_midnight(alice: Person) -> None:
    made = task(alice, due_at=NOON, all_day=True)
    assert (made.due_at, made.all_day) == (DAY, True)
    assert alice.sees(tasks.get, made.id) == made


def test_the_day_is_the_one_of_utc(alice: Person) -> None:
    late_in_paris = datetime(2026, 2, 11, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert task(alice, due_at=late_in_paris, all_day=True).due_at == DAY


def test_becoming_a_task_for_all_day_moves_its_due_date_to_midnight(alice: Person) -> None:
    made = task(alice, due_at=NOON)
    assert not made.all_day
    whole = _change(alice, made, all_day=True)
    assert (whole.due_at, whole.all_day) == (DAY, True)
    assert _change(alice, made, all_day=True) == whole


def test_an_hour_makes_it_a_task_of_that_hour(alice: Person) -> None:
    made = task(alice, due_at=DAY, all_day=True)
    moved = _change(alice, made, due_at=NOON)
    assert (moved.due_at, moved.all_day) == (NOON, False)


def test_another_midnight_leaves_it_for_all_day(alice: Person) -> None:
    made = task(alice, due_at=DAY, all_day=True)
    moved = _change(alice, made, due_at=TOMORROW)
    assert (moved.due_at, moved.all_day) == (TOMORROW, True)
    assert not _change(alice, made, all_day=False).all_day


def test_midnight_alone_does_not_make_it_for_all_day(alice: Person) -> None:
    assert not task(alice, due_at=DAY).all_day
    assert not _change(alice, task(alice, due_at=NOON), due_at=DAY).all_day


def test_other_changes_leave_the_day_alone(alice: Person) -> None:
    made = task(alice, due_at=DAY, all_day=True)
    renamed = _change(alice, made, title="Another")
    assert (renamed.due_at, renamed.all_day) == (DAY, True)
    assert _change(alice, made, due_at=None).due_at is None


@pytest.mark.parametrize(
    ("starts_at", "due_at", "all_day"),
    [
        (NOON, NOON, False),
        (DAY, NOON, False),
        (NOON, DAY, True),
        (NOON, TOMORROW, True),
        (NOON, None, False),
        (None, NOON, False),
        (None, None, True),
    ],
)
def test_it_starts_before_or_when_it_is_due(any_house: House, starts_at: Any, due_at: Any, all_day: bool) -> None:  # noqa: FBT001 - a row of the table
    made = task(any_house.alice, starts_at=starts_at, due_at=due_at, all_day=all_day)
    assert (made.starts_at, made.due_at, made.all_day) == (starts_at, due_at, all_day)


@pytest.mark.parametrize(
    ("starts_at", "due_at", "all_day"),
    [
        (NOON, NOON - timedelta(microseconds=1), False),
        (NOON, DAY, False),
        (TOMORROW, DAY, True),
        (TOMORROW, NOON, True),
        (datetime(9999, 12, 31, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a_start_after_the_due_date_is_refused(any_house: House, starts_at: Any, due_at: Any, all_day: bool) -> None:  # noqa: FBT001 - likewise
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        task(any_house.alice, starts_at=starts_at, due_at=due_at, all_day=all_day)
    assert refusal.value.violations == AFTER_DUE


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ({"due_at": NOON}, {"starts_at": TOMORROW}),
        ({"starts_at": NOON}, {"due_at": DAY}),
        ({"starts_at": DAY, "due_at": NOON}, {"starts_at": TOMORROW + timedelta(1), "due_at": TOMORROW}),
        ({"starts_at": NOON, "due_at": DAY, "all_day": True}, {"all_day": False}),
    ],
)
def test_a_change_is_held_against_what_is_there(any_house: House, born: dict[str, Any], said: dict[str, Any]) -> None:
    made = task(any_house.alice, **born)
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        _change(any_house.alice, made, **said)
    assert refusal.value.violations == AFTER_DUE


def test_both_dates_can_move_together(alice: Person) -> None:
    made = task(alice, starts_at=DAY, due_at=NOON)
    moved = _change(alice, made, starts_at=TOMORROW, due_at=TOMORROW + timedelta(days=1))
    assert moved.starts_at == TOMORROW
    freed = _change(alice, moved, starts_at=None, due_at=NOON)
    assert (freed.starts_at, freed.due_at) == (None, NOON)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        task(any_house.alice, " ", starts_at=TOMORROW, due_at=NOON)
    assert refusal.value.violations == [Violation("title", Fault.BLANK), *AFTER_DUE]
