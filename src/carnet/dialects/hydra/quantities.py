"""The kinds of field that hold a number or a time: how each is read from a body, and how it is described."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from carnet.core.deals import LARGEST_AMOUNT
from carnet.core.errors import Fault, Violation
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import Field, Unreadable, json_type


class Whole(Field):
    """A whole number from 0, up to `most` where there is a limit."""

    range = "xsd:integer"

    def __init__(self, wire: str, core: str = "", *, most: int | None = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self._most = most
        self.json = {"type": "integer", "minimum": 0} | ({} if most is None else {"maximum": most})

    def read(self, value: Any, before: Any) -> int:  # noqa: ANN401, ARG002
        self._require(value, int, "integer")
        if self._most is not None and not 0 <= value <= self._most:
            raise Unreadable(Violation(self.core, Fault.OUT_OF_RANGE, (0, self._most)))
        return int(value)


class Amount(Field):
    """An amount of money with two decimals at most, kept in hundredths: a number, or a text that says one.

    A third decimal is refused and never rounded away: what is answered is what was sent.
    """

    range = "xsd:decimal"
    json = {"type": "number", "minimum": 0, "maximum": LARGEST_AMOUNT // 100}  # noqa: RUF012

    def read(self, value: Any, before: Any) -> int | None:  # noqa: ANN401, ARG002
        if type(value) not in {int, float, str}:
            raise WrongTypeError(self.wire, "float", json_type(value))
        if isinstance(value, str) and not value.strip():
            return None
        number = Decimal(value) if isinstance(value, int) else as_number(str(value).strip())
        if number is None:
            raise Unreadable(Violation(self.core, Fault.NOT_VALID))
        if not 0 <= number <= LARGEST_AMOUNT // 100:
            raise Unreadable(Violation(self.core, Fault.OUT_OF_RANGE, (0, LARGEST_AMOUNT // 100)))
        cents, is_whole = hundredths(number)
        if not is_whole:
            raise Unreadable(Violation(self.core, Fault.NOT_VALID))
        return cents


_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_BEYOND = LARGEST_AMOUNT


def as_number(text: str) -> Decimal | None:
    """The number that a text says in digits; None where it says none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def hundredths(number: Decimal) -> tuple[int, bool]:
    """How many hundredths a number has, rounded down, and whether it has no more than those.

    A number beyond all amounts counts as one that lies just as well beyond them.
    """
    near = max(Decimal(-_BEYOND), min(Decimal(_BEYOND), number))
    floor = near.quantize(Decimal("0.01"), ROUND_FLOOR)
    return int(floor.scaleb(2)), floor == near


def shown(cents: int) -> int | float:
    """An amount in hundredths as a JSON number: as an integer where it is whole.

    Up to LARGEST_AMOUNT the nearest floating-point number is written with the two decimals it came from.
    """
    whole, rest = divmod(cents, 100)
    return cents / 100 if rest else whole


class Instant(Field):
    """A moment: RFC 3339 with any offset, UTC where none is given, midnight of a bare date; a blank text is null."""

    json = {"type": "string", "format": "date-time"}  # noqa: RUF012
    range = "xsd:dateTime"

    def read(self, value: Any, before: Any) -> datetime | None:  # noqa: ANN401, ARG002
        self._require(value, str, "string")
        if not value.strip():
            if self.required:
                raise Unreadable(self.blank)
            return None
        moment = as_moment(value.strip())
        if moment is None:
            raise Unreadable(Violation(self.core, Fault.NOT_A_TIME))
        return moment


_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,12})?)?(?:[Zz]|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?",
    re.ASCII,
)


def as_moment(text: str) -> datetime | None:
    """The moment that a text names, in UTC and whole seconds; None where it names none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=zone
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class Day(Field):
    """A day of the calendar, `YYYY-MM-DD`, in no time zone; a blank text is null."""

    json = {"type": "string", "format": "date"}  # noqa: RUF012
    range = "xsd:date"

    def read(self, value: Any, before: Any) -> date | None:  # noqa: ANN401, ARG002
        self._require(value, str, "string")
        text = value.strip()
        if not text:
            return None
        day = as_day(text)
        if day is None:
            raise Unreadable(Violation(self.core, Fault.NOT_A_TIME))
        return day


def as_day(text: str) -> date | None:
    """The day that a text names as `YYYY-MM-DD`; None where it names none."""
    moment = as_moment(text) if _DAY.fullmatch(text) else None
    return moment.date() if moment is not None else None


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
