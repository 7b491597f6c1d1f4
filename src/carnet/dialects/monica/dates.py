"""Moments in whole seconds, and days that may be known in part, such as a birthdate without its year (section 7.4)."""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import Fault
from carnet.dialects.monica.errors import FAULTS, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping


class KnownDate(msgspec.Struct, frozen=True, gc=False):
    """A day as it is kept and shown; three times None where it isn't known."""

    is_age_based: bool | None = None
    is_year_unknown: bool | None = None
    date: str | None = None


UNKNOWN = KnownDate()


def seconds(moment: datetime) -> datetime:
    """A moment as it is shown: msgspec writes whole seconds in UTC just so, and faster than any text is made."""
    return moment.replace(microsecond=0) if moment.microsecond else moment


Key = tuple[str, bool, bool]
"""A known day by value: the date, whether it is reckoned from an age, whether its year is made up."""


def as_key(kept: dict[str, Any] | None) -> Key | None:
    """A day by value, given as it is kept."""
    return (kept["date"], kept["is_age_based"], kept["is_year_unknown"]) if kept else None


def shown(key: Key | None) -> KnownDate:
    """A day as it is shown, given by value."""
    return KnownDate(key[1], key[2], f"{key[0]}T00:00:00Z") if key is not None else UNKNOWN


def read(said: Mapping[str, Any], name: str, today: date) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The day that the fields beginning with a name say, as it is kept, and what is wrong with them, in sentences.

    `name` is `birthdate`, `deceased_date` or, of an introduction, nothing.
    """
    name = f"{name}_" if name else ""
    if said.get(f"{name}is_age_based"):
        return _by_age(said, name, today)
    parts = (f"{name}day", f"{name}month")
    missing = {part: _said(Fault.MISSING, part) for part in parts if said.get(part) is None}
    if missing:
        return None, missing
    day, month, year = said[parts[0]], said[parts[1]], said.get(f"{name}year")
    try:
        found = date(year, month, day) if year else _without_year(day, month, today)
    except (ValueError, OverflowError):
        return None, _not_a_date(name, "day")
    return _kept(found, is_age_based=False, is_year_unknown=not year), {}


def _by_age(said: Mapping[str, Any], name: str, today: date) -> tuple[dict[str, Any] | None, dict[str, str]]:
    age = said.get(f"{name}age")
    if age is None:
        return None, {f"{name}age": _said(Fault.MISSING, f"{name}age")}
    if not 0 <= age < today.year:
        return None, _not_a_date(name, "age")
    return _kept(date(today.year - age, 1, 1), is_age_based=True, is_year_unknown=False), {}


_LEAP_DAY = (29, 2)


def _without_year(day: int, month: int, today: date) -> date:
    """The day in this year, or 29 February in the last year that had one."""
    year = today.year
    while (day, month) == _LEAP_DAY and not isleap(year):
        year -= 1
    return date(year, month, day)


def _not_a_date(name: str, part: str) -> dict[str, str]:
    return {f"{name}{part}": _said(Fault.NOT_A_TIME, name.removesuffix("_") or "date")}


def _said(fault: Fault, field: str) -> str:
    return FAULTS[fault].format(field=spoken(field))


def _kept(found: date, *, is_age_based: bool, is_year_unknown: bool) -> dict[str, Any]:
    return {"date": found.isoformat(), "is_age_based": is_age_based, "is_year_unknown": is_year_unknown}
