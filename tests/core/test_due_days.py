"""The day on which a task is due: where one is, or in nobody's zone where it is due all day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from carnet.core import tasks
from carnet.core.paging import Asked
from carnet.core.tasks import TaskChanges
from tests.core.things import listed, task

if TYPE_CHECKING:
    from carnet.core.tasks import Task
    from tests.conftest import House, Person

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _due_on(person: Person, day: date, zone: ZoneInfo, **more: Any) -> list[str]:
    """The titles of what is due on a day, which is asked for from both sides."""
    filters = {"due_day_from": (day, zone), "due_day_to": (day, zone), **more}
    return [each.title for each in listed(person, tasks.page, filters=filters)]


def _day_of(made: Task, zone: ZoneInfo) -> date:
    assert made.due_at is not None
    return made.due_at.astimezone(UTC if made.all_day else zone).date()


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        ("UTC", date(2026, 2, 3), "2026-02-03T00:00:00+00:00", "2026-02-03T23:59:59.999999+00:00"),
        ("Pacific/Kiritimati", date(2026, 2, 3), "2026-02-02T10:00:00+00:00", "2026-02-03T09:59:59.999999+00:00"),
        ("Pacific/Pago_Pago", date(2026, 2, 3), "2026-02-03T11:00:00+00:00", "2026-02-04T10:59:59.999999+00:00"),
        ("Asia/Kathmandu", date(2026, 2, 3), "2026-02-02T18:15:00+00:00", "2026-02-03T18:14:59.999999+00:00"),
        # Clocks go forward during the day, which has 23 hours, and back, which then has 25.
        ("Europe/Paris", date(2026, 3, 29), "2026-03-28T23:00:00+00:00", "2026-03-29T21:59:59.999999+00:00"),
        ("Europe/Paris", date(2026, 10, 25), "2026-10-24T22:00:00+00:00", "2026-10-25T22:59:59.999999+00:00"),
        # There is no midnight: the day begins at one o'clock.
        ("America/Santiago", date(2024, 9, 8), "2024-09-08T04:00:00+00:00", "2024-09-09T02:59:59.999999+00:00"),
        # It is midnight twice: the day begins with the first.
        ("America/Havana", date(2024, 11, 3), "2024-11-03T04:00:00+00:00", "2024-11-04T04:59:59.999999+00:00"),
        # The last hour of the day comes twice.
        ("America/Santiago", date(2024, 4, 6), "2024-04-06T03:00:00+00:00", "2024-04-07T03:59:59.999999+00:00"),
    ],
)
def test_a_day_begins_and_ends_with_the_clocks_of_its_zone(
    house: House, zone: str, day: date, first: str, last: str
) -> None:
    alice, begin, end = house.alice, datetime.fromisoformat(first), datetime.fromisoformat(last)
    moments = {
        "before": begin - timedelta(microseconds=1),
        "first": begin,
        "last": end,
        "after": end + timedelta(microseconds=1),
    }
    for title, due_at in moments.items():
        task(alice, title, due_at=due_at)
    task(alice, "undated")
    assert _due_on(alice, day, ZoneInfo(zone)) == ["first", "last"]
    earlier = listed(alice, tasks.page, filters={"due_day_to": (day - DAY, ZoneInfo(zone))})
    later = listed(alice, tasks.page, filters={"due_day_from": (day + DAY, ZoneInfo(zone))})
    assert ([each.title for each in earlier], [each.title for each in later]) == (["before"], ["after"])


def test_a_day_that_a_zone_left_out_has_nothing_due_but_all_day(alice: Person) -> None:
    """Samoa went to bed on the 29th of December 2011 and got up on the 31st."""
    zone, left_out = ZoneInfo("Pacific/Apia"), date(2011, 12, 30)
    skip = datetime(2011, 12, 30, 10, tzinfo=UTC)
    task(alice, "eve", due_at=skip - HOUR)
    task(alice, "morning", due_at=skip)
    task(alice, "all day", due_at=datetime(2011, 12, 30, tzinfo=UTC), all_day=True)
    assert _due_on(alice, left_out, zone) == ["all day"]
    assert _due_on(alice, left_out - DAY, zone) == ["eve"]
    assert _due_on(alice, left_out + DAY, zone) == ["morning"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago"])
def test_what_is_due_all_day_is_due_on_that_day_everywhere(house: House, zone: str) -> None:
    alice, day = house.alice, date(2026, 2, 3)
    for days in (-1, 0, 1):
        due_at = datetime(2026, 2, 3, tzinfo=UTC) + days * DAY
        task(alice, f"day {days}", due_at=due_at, all_day=True)
    assert _due_on(alice, day, ZoneInfo(zone)) == ["day 0"]
    upto = listed(alice, tasks.page, filters={"due_day_to": (day, ZoneInfo(zone))})
    assert [each.title for each in upto] == ["day -1", "day 0"]


def test_a_moment_becomes_a_day_and_a_day_a_moment(alice: Person) -> None:
    zone, moment = ZoneInfo("Pacific/Kiritimati"), datetime(2026, 2, 3, 23, tzinfo=UTC)
    made = task(alice, due_at=moment)
    assert _due_on(alice, date(2026, 2, 4), zone) == [made.title]
    alice.does(tasks.change, made.id, TaskChanges(all_day=True))
    assert _due_on(alice, date(2026, 2, 3), zone) == [made.title]
    alice.does(tasks.change, made.id, TaskChanges(due_at=moment))
    assert _due_on(alice, date(2026, 2, 4), zone) == [made.title]


@pytest.mark.parametrize("zone", ["UTC", "Etc/GMT-14", "Etc/GMT+12"])
def test_the_calendar_has_two_ends(house: House, zone: str) -> None:
    alice, here = house.alice, ZoneInfo(zone)
    for due_at in ("0001-01-01T13:00:00+00:00", "2026-02-03T00:00:00+00:00", "9999-12-31T23:59:59+00:00"):
        task(alice, due_at[:4], due_at=datetime.fromisoformat(due_at))
    everything = ["0001", "2026", "9999"]
    for first, last, titles in (
        (date.min, date.max, everything),
        (date(2, 1, 1), date.max, everything[1:]),
        (date.min, date(9998, 1, 1), everything[:2]),
        (date(2026, 1, 1), date(2026, 12, 31), ["2026"]),
        (date.max, date.max, ["9999"]),
        (date.max, date.min, []),
    ):
        filters = {"due_day_from": (first, here), "due_day_to": (last, here)}
        assert [each.title for each in listed(alice, tasks.page, filters=filters)] == titles, filters


def test_days_agree_with_the_clocks_of_every_hour_around_a_change_of_them(house: House) -> None:
    alice = house.alice
    zones = [
        ZoneInfo(name) for name in ("Europe/Paris", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca")
    ]
    start = datetime(2024, 3, 30, 18, tzinfo=UTC)
    made = [task(alice, str(hours), due_at=start + hours * HOUR, all_day=hours % 9 == 0) for hours in range(40)]
    for zone in zones:
        for day in sorted({_day_of(each, zone) for each in made}):
            expected = [each.id for each in made if _day_of(each, zone) == day]
            filters = {"due_day_from": (day, zone), "due_day_to": (day, zone)}
            found = {each.id for each in listed(alice, tasks.page, filters=filters)}
            assert found == set(expected), (zone, day)
            assert alice.sees(tasks.page, Asked(filters=filters, limit=2)).total == len(expected)


def test_a_day_of_another_workspace_is_empty(alice: Person, mallory: Person) -> None:
    task(alice, due_at=datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert _due_on(mallory, date(2026, 2, 3), ZoneInfo("UTC")) == []
