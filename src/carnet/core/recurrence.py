"""Recurrence: the days on which something that returns falls, from a rule as RFC 5545 spells it.

A part of the standard is taken: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`), `INTERVAL`, `UNTIL` as a day, and
`BYDAY` with weeks (`MO,TH`) and months (`2TU`, `-1FR`). Every rule that it can say has a day in each of its periods,
so the next day is never far, and any stretch of days is reached in one step, however long ago the first was.

What the standard would skip falls on the last day of a shorter month, as people expect: what began on the 31st, and
in years without one, what began on 29 February.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import Fault, InvalidError, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_INTERVAL = 1_000
_LONGEST_RULE = 200
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SAFE_DAY = 28
"""The last day that every month has."""


class Frequency(StrEnum):
    """How long the periods of a rule are."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class Rule(msgspec.Struct, frozen=True):
    """A rule: once in so many periods, or on some weekdays of each of them, until a last day."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    """Each as the how-manieth of its month (0: all of them) and the day of the week (0: Monday)."""
    until: date | None = None

    def __str__(self) -> str:
        """The rule as RFC 5545 spells it, always in the same way."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            days = (f"{nth or ''}{_WEEKDAYS[weekday]}" for nth, weekday in self.weekdays)
            parts.append(f"BYDAY={','.join(days)}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until.isoformat().replace('-', '')}")
        return ";".join(parts)


def parse(text: str) -> Rule:
    """The rule that a text spells, in any case. Raises InvalidError for `rule` where it spells none that is taken."""
    try:
        return _parse(text)
    except (ValueError, KeyError):
        raise InvalidError([Violation("rule", Fault.NOT_VALID)]) from None


@lru_cache(1024)
def _parse(text: str) -> Rule:
    if len(text) > _LONGEST_RULE:
        raise ValueError(text)
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, sign, value = part.partition("=")
        if not sign or name in parts:
            raise ValueError(part)
        parts[name] = value
    frequency = Frequency(parts.pop("FREQ"))
    said: dict[str, Any] = {}
    for name, value in parts.items():
        said |= _PARTS[name](value, frequency)
    return Rule(frequency, **said)


def _interval(value: str, _: Frequency) -> dict[str, Any]:
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 <= int(value) <= LONGEST_INTERVAL:
        raise ValueError(value)
    return {"interval": int(value)}


def _until(value: str, _: Frequency) -> dict[str, Any]:
    if not re.fullmatch(r"[0-9]{8}", value):
        raise ValueError(value)
    return {"until": date(int(value[:4]), int(value[4:6]), int(value[6:]))}


def _weekdays(value: str, frequency: Frequency) -> dict[str, Any]:
    """Fifth weekdays aren't taken: many months have none, and the last one is `-1`."""
    found = []
    for each in value.split(","):
        spelled = _SPELLED[frequency].fullmatch(each)
        if spelled is None:
            raise ValueError(each)
        nth, weekday = spelled.groups()
        found.append((int(nth or 0), _WEEKDAYS.index(weekday)))
    return {"weekdays": tuple(dict.fromkeys(found))}


_PARTS = {"INTERVAL": _interval, "UNTIL": _until, "BYDAY": _weekdays}
_SPELLED = {
    Frequency.WEEKLY: re.compile(r"()(MO|TU|WE|TH|FR|SA|SU)"),
    Frequency.MONTHLY: re.compile(r"([+-]?[1-4])?(MO|TU|WE|TH|FR|SA|SU)"),
}


def days(begins_on: date, rule: str | None, first: date, last: date = date.max) -> Iterator[date]:
    """The days from `first` to `last` on which what began on a day falls; without a rule that is the day alone.

    They are found one by one, in order, and cost nothing before they are asked for.
    """
    first = max(first, begins_on)
    if rule is None:
        yield from [begins_on] if first <= begins_on <= last else []
        return
    parsed = parse(rule)
    last = min(last, parsed.until or last)
    try:
        for moment in _rrule(begins_on, parsed, first, last) if _reaches(begins_on, parsed, first, last) else ():
            if moment.date() >= first:
                yield moment.date()
    except ValueError:  # the week in which the calendar ends goes on in a year that it doesn't have
        return


def next_day(begins_on: date, rule: str | None, after: date) -> date | None:
    """The first day later than `after` on which what began on a day falls; None where there is none."""
    return next(days(begins_on, rule, after + timedelta(1)), None) if after < date.max else None


def _rrule(begins_on: date, rule: Rule, first: date, last: date) -> Any:  # noqa: ANN401 - lazily imported
    """The standard's rule, begun in the last period that isn't later than `first`."""
    from dateutil import rrule as dateutil  # noqa: PLC0415 - who has no reminders never loads it

    start = _leap(begins_on, rule, first)
    said: dict[str, Any] = {}
    if rule.weekdays:
        said["byweekday"] = [dateutil.weekday(weekday, nth or None) for nth, weekday in _spread(rule.weekdays)]
    elif rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY}:
        said["bymonthday"] = range(min(begins_on.day, _SAFE_DAY), begins_on.day + 1)
        said["bysetpos"] = -1
    if rule.frequency is Frequency.YEARLY:
        said["bymonth"] = begins_on.month
    return dateutil.rrule(
        getattr(dateutil, rule.frequency),
        dtstart=datetime.combine(start, time()),
        interval=rule.interval,
        until=datetime.combine(last, time()),
        **said,
    )


def _spread(weekdays: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """The weekdays, with all of a month as each of them where others are counted: the library takes no mixture."""
    counted = any(nth for nth, _ in weekdays)
    for nth, weekday in weekdays:
        yield from [(nth, weekday)] if nth or not counted else ((each, weekday) for each in (1, 2, 3, 4, -1))


def _reaches(begins_on: date, rule: Rule, first: date, last: date) -> bool:
    """Whether a stretch of days touches one of the rule's months; most yearly rules end here, at no cost."""
    step = _STEPS.get(rule.frequency)
    if step is None or first > last:
        return first <= last
    since = _month(first) - _month(begins_on)
    return since + -since % (step * rule.interval) <= _month(last) - _month(begins_on)


def _leap(begins_on: date, rule: Rule, first: date) -> date:
    """A day in the last period that began by `first`, or where that is the first period, the first day itself."""
    if rule.frequency not in _STEPS:
        step = rule.interval * (7 if rule.frequency is Frequency.WEEKLY else 1)
        return begins_on + timedelta((first - begins_on).days // step * step)
    step = rule.interval * _STEPS[rule.frequency]
    months = (_month(first) - _month(begins_on)) // step * step
    if not months:
        return begins_on
    year, month = divmod(_month(begins_on) + months, 12)
    return date(year, 1 if rule.frequency is Frequency.YEARLY else month + 1, 1)


_STEPS = {Frequency.MONTHLY: 1, Frequency.YEARLY: 12}
"""How many months a period has, where it has whole ones."""


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
