"""Times without a zone: read and written in the workspace's, kept in UTC (specification, section 6.5)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?",
    re.ASCII,
)
_encode = msgspec.json.Encoder().encode
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(1024)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; UTC where it is none, since every time must be shown somehow."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def read(text: str) -> datetime | None:
    """The time that a text names, with a zone only where it says one; None where it names none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        named = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return None
    if text.endswith("Z"):
        return named.replace(tzinfo=UTC)
    if sign is None:
        return named
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return named.replace(tzinfo=timezone(-offset if sign == "-" else offset))


def as_day(text: str) -> date | None:
    """The day that `YYYY-MM-DD` names; None where it names none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def kept(value: datetime, zone: ZoneInfo) -> datetime | None:
    """A time that was read, in UTC; None for one at the ends of the calendar that UTC can't say.

    One that a clock change skips moves forward by the gap; of one that occurs twice the first is meant.
    """
    try:
        return (value if value.tzinfo is not None else value.replace(tzinfo=zone, fold=0)).astimezone(UTC)
    except OverflowError:
        return None


def kept_of(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The moment, in UTC, of a time that is shown; None for none."""
    value = read(text) if text is not None else None
    return kept(value, zone) if value is not None else None


@lru_cache(8192)
def shown(value: datetime, zone: ZoneInfo) -> str:
    """A moment as the workspace's clocks show it, without its zone and in whole seconds.

    Converting one takes 700 ns, and a page of tasks has two hundred, which a client that looks again asks for again.
    """
    try:
        return _encode(value.astimezone(zone))[1:20].decode()
    except OverflowError:
        return _encode(value)[1:20].decode()


@lru_cache(8192)
def day_shown(value: datetime) -> str:
    """The day that an all-day task is due on, as midnight in nobody's zone."""
    return _encode(value.astimezone(UTC))[1:11].decode() + "T00:00:00"


def instant(value: datetime) -> datetime:
    """A moment as it is shown where it has its zone: in UTC and in whole seconds."""
    return value.astimezone(UTC).replace(microsecond=0)
