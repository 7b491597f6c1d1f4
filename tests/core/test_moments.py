"""Moments in any zone and at both ends of the calendar: kept in UTC, to the microsecond, the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from carnet.core import events, removal, tasks, undo
from carnet.core.tasks import Status, TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.things import last_event, listed, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
MOMENTS = [
    FIRST,
    FIRST + timedelta(microseconds=1),
    datetime(1582, 10, 10, 12, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 29, 2, 30, tzinfo=PARIS),
    datetime(2026, 10, 25, 2, 30, tzinfo=PARIS),
    datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS),
    datetime(2026, 2, 3, tzinfo=timezone(timedelta(hours=-12))),
    datetime(2026, 2, 3, tzinfo=timezone(timedelta(hours=14))),
    datetime(2028, 2, 29, 12, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    LAST - timedelta(microseconds=1),
    LAST,
]


def test_each_is_read_as_the_moment_that_it_was(house: House) -> None:
    for at in MOMENTS:
        utc = at.astimezone(UTC)
        made = task(house.alice, due_at=at, starts_at=at, status=Status.COMPLETED, completed_at=at)
        read = house.alice.sees(tasks.get, made.id)
        for moment in (read.due_at, read.starts_at, read.completed_at):
            assert moment is not None
            assert (moment.replace(tzinfo=None), moment.utcoffset()) == (utc.replace(tzinfo=None), timedelta())
    assert_sound(house)


def test_they_are_sorted_and_compared_as_moments_whatever_their_zone(house: House) -> None:
    made = {task(house.alice, due_at=at).id: at.astimezone(UTC) for at in reversed(MOMENTS)}
    ordered = sorted(made.values())
    assert [each.due_at for each in listed(house.alice, tasks.page)] == ordered
    for at in MOMENTS:
        for word, expected in (
            ("before", [each for each in ordered if each <= at]),
            ("strictly_before", [each for each in ordered if each < at]),
            ("after", [each for each in ordered if each >= at]),
            ("strictly_after", [each for each in ordered if each > at]),
        ):
            found = listed(house.alice, tasks.page, filters={f"due_at_{word}": at})
            assert [each.due_at for each in found] == expected, (word, at)


def test_the_same_moment_in_another_zone_is_no_change(house: House) -> None:
    made = [task(house.alice, due_at=at) for at in MOMENTS[1:-2]]
    with untouched(house):
        for each in made:
            assert each.due_at is not None
            for zone in (PARIS, ZoneInfo("Pacific/Kiritimati"), timezone(timedelta(hours=-3, minutes=-30))):
                if each.due_at - FIRST > timedelta(days=1):
                    house.alice.does(tasks.change, each.id, TaskChanges(due_at=each.due_at.astimezone(zone)))


@pytest.mark.parametrize("at", MOMENTS, ids=str)
def test_each_comes_back_from_the_ledger(any_house: House, at: datetime) -> None:
    alice = any_house.alice
    made = task(alice, due_at=at, starts_at=at)
    before = standing(any_house)
    alice.does(undo.undo, alice.does(removal.remove_task, made.id))
    assert standing(any_house) == before
    alice.does(tasks.change, made.id, TaskChanges(due_at=None, starts_at=None))
    alice.does(undo.undo, last_event(alice).number)
    assert standing(any_house) == before
    assert_sound(any_house)


def test_a_day_ends_at_the_midnight_of_utc_on_both_sides_of_the_world(alice: Person) -> None:
    for hours, day in ((14, 2), (0, 3), (-12, 3)):
        at = datetime(2026, 2, 3, 0, 30, tzinfo=timezone(timedelta(hours=hours)))
        assert task(alice, due_at=at, all_day=True).due_at == datetime(2026, 2, day, tzinfo=UTC)


def test_the_first_and_the_last_day_can_be_whole_days(house: House) -> None:
    days = [task(house.alice, due_at=at, all_day=True).due_at for at in (FIRST, LAST)]
    assert days == [FIRST, LAST.replace(hour=0, minute=0, second=0, microsecond=0)]
    assert [each.due_at for each in listed(house.alice, tasks.page)] == days
    assert_sound(house)


def test_the_clock_may_stand_still_or_go_back(house: House) -> None:
    alice, earlier = house.alice, NOW - timedelta(days=30)
    made = task(alice)
    changed = alice.does(tasks.change, made.id, TaskChanges(title="Write"), now=earlier)
    assert (changed.version, changed.updated_at, changed.created_at) == (2, earlier, NOW)
    alice.does(undo.undo, last_event(alice).number, now=earlier)
    read = alice.sees(tasks.get, made.id)
    assert (read.title, read.version) == (made.title, 3)
    numbers = [event.number for event in alice.sees(events.of_record, made.id)]
    assert numbers == sorted(numbers)
    assert_sound(house)
