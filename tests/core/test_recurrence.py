"""Recurrence, held against a model that walks from day to day."""

from __future__ import annotations

import itertools
from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as some

from carnet.core import recurrence
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.recurrence import LONGEST_INTERVAL, Frequency, Rule, days, next_day, parse

DAY = timedelta(1)
NEAR = some.dates(date(2019, 12, 1), date(2025, 3, 31))
WEEKDAYS = "MO", "TU", "WE", "TH", "FR", "SA", "SU"


@some.composite
def rules(draw: some.DrawFn) -> Rule:
    frequency = draw(some.sampled_from(Frequency))
    nth = {Frequency.WEEKLY: some.just(0), Frequency.MONTHLY: some.sampled_from([-4, -1, 0, 1, 2, 4])}
    weekdays: tuple[tuple[int, int], ...] = ()
    if frequency in nth:
        weekday = some.tuples(nth[frequency], some.integers(0, 6))
        weekdays = tuple(draw(some.lists(weekday, max_size=3, unique=True)))
    until = draw(some.none() | NEAR)
    return Rule(frequency, draw(some.integers(1, 5)), weekdays, until)


def falls(begins_on: date, rule: Rule, day: date) -> bool:
    """Whether something falls on a day, as a person would say."""
    if day < begins_on or (rule.until is not None and day > rule.until):
        return False
    if rule.frequency is Frequency.DAILY:
        return (day - begins_on).days % rule.interval == 0
    if rule.frequency is Frequency.WEEKLY:
        weeks = (_monday(day) - _monday(begins_on)).days // 7
        weekdays = {weekday for _, weekday in rule.weekdays} or {begins_on.weekday()}
        return weeks % rule.interval == 0 and day.weekday() in weekdays
    months = (day.year - begins_on.year) * 12 + day.month - begins_on.month
    if months % (rule.interval * (12 if rule.frequency is Frequency.YEARLY else 1)):
        return False
    last = monthrange(day.year, day.month)[1]
    if not rule.weekdays:
        return day.day == min(begins_on.day, last)
    place = {(day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1), 0}
    return any(nth in place and weekday == day.weekday() for nth, weekday in rule.weekdays)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def walked(begins_on: date, rule: Rule, first: date, last: date) -> list[date]:
    each = (first + timedelta(at) for at in range((last - first).days + 1))
    return [day for day in each if falls(begins_on, rule, day)]


@given(NEAR, rules(), NEAR, some.integers(0, 200))
@example(date(2020, 2, 29), Rule(Frequency.YEARLY), date(2021, 1, 1), 200)
@example(date(2020, 1, 31), Rule(Frequency.MONTHLY), date(2020, 1, 1), 200)
@example(date(2020, 12, 31), Rule(Frequency.MONTHLY, 2), date(2023, 2, 1), 60)
def test_the_days_of_any_stretch_are_those_that_a_walk_finds(begins_on: date, rule: Rule, first: date, by: int) -> None:
    last = first + timedelta(by)
    assert list(days(begins_on, str(rule), first, last)) == walked(begins_on, rule, first, last)


@given(NEAR, rules(), some.dates(date(2019, 12, 1), date(2021, 12, 31)))
def test_the_next_day_is_the_first_one_later(begins_on: date, rule: Rule, after: date) -> None:
    found = next_day(begins_on, str(rule), after)
    horizon = max(after, begins_on) + timedelta(366 * 6)
    assert walked(begins_on, rule, after + DAY, found or horizon) == ([found] if found else [])


@given(NEAR, rules(), NEAR)
def test_what_the_standard_does_not_skip_is_the_standard(begins_on: date, rule: Rule, first: date) -> None:
    begins_on = begins_on.replace(day=min(begins_on.day, 28))
    last = first + timedelta(100)
    start = datetime(begins_on.year, begins_on.month, begins_on.day)  # noqa: DTZ001 - a day, in nobody's zone
    mixed = len({nth == 0 for nth, _ in rule.weekdays}) > 1
    assume(not mixed)  # which the library reads as "both", and the standard as "either"
    standard = {moment.date() for moment in rrulestr(str(rule), dtstart=start).between(start - DAY, start + 2200 * DAY)}
    assert list(days(begins_on, str(rule), first, last)) == sorted(day for day in standard if first <= day <= last)


@given(rules())
def test_a_rule_is_spelled_in_one_way(rule: Rule) -> None:
    assert parse(str(rule)) == rule
    assert parse(str(rule).lower()) == rule


@pytest.mark.parametrize(
    ("spelled", "kept"),
    [
        ("freq=weekly", "FREQ=WEEKLY"),
        ("INTERVAL=1;FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=DAILY;INTERVAL=0002", "FREQ=DAILY;INTERVAL=2"),
        ("UNTIL=00010203;BYDAY=TU,MO,TU;FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU,MO;UNTIL=00010203"),
        ("FREQ=MONTHLY;BYDAY=+2TU,-1FR,SU", "FREQ=MONTHLY;BYDAY=2TU,-1FR,SU"),
        (f"FREQ=YEARLY;INTERVAL={LONGEST_INTERVAL}", f"FREQ=YEARLY;INTERVAL={LONGEST_INTERVAL}"),
    ],
)
def test_a_rule_may_be_spelled_otherwise(spelled: str, kept: str) -> None:
    assert str(parse(spelled)) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", ";", "FREQ", "FREQ=", "FREQ=HOURLY", "FREQ=SECONDLY", "RRULE:FREQ=DAILY", "INTERVAL=2", "WEEKLY"),
        *("FREQ=DAILY;", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=3", "FREQ=DAILY;X=1", "FREQ=DAILY;;INTERVAL=2"),
        *(f"FREQ=DAILY;INTERVAL={each}" for each in ("", "0", "-1", "1.5", "x", "1001", "99999999", "\u0661", " 1")),
        *(f"FREQ=DAILY;UNTIL={each}" for each in ("", "20260230", "2026-01-01", "20260101T000000Z", "00000101", "x")),
        *("FREQ=DAILY;BYDAY=MO", "FREQ=YEARLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=2MO"),
        *("FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=MO,"),
        *("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2", "FREQ=DAILY\n", "FREQ=DAILY;WKST=SU"),
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100),
    ],
)
def test_what_is_no_rule_here_is_refused(text: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        parse(text)
    assert refusal.value.violations == [Violation("rule", Fault.NOT_VALID)]


def test_the_31st_falls_on_the_last_day_of_a_shorter_month() -> None:
    found = days(date(2026, 1, 31), "FREQ=MONTHLY", date(2026, 1, 1), date(2026, 6, 30))
    assert [f"{day:%d %b}" for day in found] == ["31 Jan", "28 Feb", "31 Mar", "30 Apr", "31 May", "30 Jun"]


def test_29_february_falls_on_the_28th_in_years_without_one() -> None:
    found = days(date(2024, 2, 29), "FREQ=YEARLY", date.min, date(2029, 1, 1))
    assert [day.isoformat() for day in found] == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_once_is_once() -> None:
    day = date(2026, 3, 1)
    assert list(days(day, None, date.min)) == [day]
    assert list(days(day, None, day, day)) == [day]
    assert list(days(day, None, day + DAY)) == list(days(day, None, date.min, day - DAY)) == []
    assert next_day(day, None, day - DAY) == day
    assert next_day(day, None, day) is None


def test_the_last_day_of_a_rule_counts() -> None:
    assert list(days(date(2026, 1, 1), "FREQ=DAILY;UNTIL=20260103", date.min)) == [
        date(2026, 1, at) for at in (1, 2, 3)
    ]
    assert list(days(date(2026, 1, 1), "FREQ=DAILY;UNTIL=20251231", date.min)) == []


@pytest.mark.parametrize("frequency", Frequency)
@pytest.mark.parametrize("interval", [1, 7, LONGEST_INTERVAL])
@pytest.mark.parametrize("begins_on", [date.min, date(4, 2, 29), date(9990, 12, 31), date.max])
def test_the_calendar_has_an_end(frequency: Frequency, interval: int, begins_on: date) -> None:
    rule = Rule(frequency, interval)
    first = date.max - timedelta(500)
    assert list(days(begins_on, str(rule), first)) == walked(begins_on, rule, max(first, begins_on), date.max - DAY) + (
        [date.max] if falls(begins_on, rule, date.max) else []
    )
    assert next_day(begins_on, str(rule), date.max) is None
    assert next_day(date.min, str(rule), date.min) is not None


@given(some.dates(), rules(), some.dates())
def test_a_day_far_away_costs_no_walk(begins_on: date, rule: Rule, first: date) -> None:
    """The search begins within one period of where it looks, so it looks at two periods at most."""
    first = max(first, begins_on)
    longest = {Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.YEARLY: 366}
    away = first - recurrence._leap(begins_on, rule, first)
    assert timedelta(0) <= away < timedelta(longest[rule.frequency] * rule.interval + longest[rule.frequency])


def test_days_are_found_as_they_are_asked_for() -> None:
    every = days(date.min, "FREQ=DAILY", date(2026, 1, 1))
    assert list(itertools.islice(every, 2)) == [date(2026, 1, 1), date(2026, 1, 2)]
