"""The kinds of field that a form has, each with its rule and the sentence of who breaks it (section 4.1).

A form is a table of fields, from which come both the reading of what is sent and its description.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from carnet.core.errors import Fault
from carnet.core.identity import LARGEST_NUMBER
from carnet.dialects.monica.errors import FAULTS, RefusedError, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

SHORT = 255
LONG = 1_000_000
_DIGITS = re.compile(r"[+-]?[0-9]+")
_LONGEST_NUMBER = 20


class Unfit(Exception):  # noqa: N818 - carried from a field to its form, never to a caller
    """A value that a field can't take; the message is the sentence."""


class Field:
    """One field of a form; `core` is the core's name of it, for what the core itself finds wrong."""

    json: Mapping[str, Any] = {"type": "string"}

    def __init__(self, wire: str, core: str = "", *, required: bool = False, about: str = "") -> None:
        self.wire = wire
        self.core = core or wire
        self.required = required
        self.about = about

    def read(self, value: Any, before: Any) -> Any:  # noqa: ANN401 - what was sent, and what is there
        """The value, UNSET where it counts as not given. Raises Unfit."""
        raise NotImplementedError

    def unfit(self, sentence: str) -> Unfit:
        """The refusal in a sentence about this field."""
        return Unfit(sentence.format(field=spoken(self.wire)))

    def fault(self, fault: Fault, *limits: int) -> Unfit:
        """The refusal in the words that the core's faults have."""
        return Unfit(FAULTS[fault].format(*limits, field=spoken(self.wire)))

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the field."""
        return {**self.json, **({"description": self.about} if self.about else {})}


class Text(Field):
    """A text of at most so many characters; a longer one that is there already may stay."""

    def __init__(self, wire: str, core: str = "", *, limit: int = SHORT, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self._limit = limit
        self.json = {"type": "string" if self.required else ["string", "null"], "maxLength": limit}

    def read(self, value: Any, before: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str):
            raise self.unfit("The {field} must be a string.")
        if "\0" in value:
            raise self.fault(Fault.NOT_VALID)
        if len(value) > self._limit and value != before:
            raise self.fault(Fault.TOO_LONG, self._limit)
        return value


class Whole(Field):
    """A whole number, or its digits in a text."""

    json = {"type": ["integer", "null"]}  # noqa: RUF012 - never written to

    def read(self, value: Any, before: Any) -> int:  # noqa: ANN401, ARG002
        number = as_whole(value)
        if number is None:
            raise self.unfit("The {field} must be an integer.")
        return number


class Link(Whole):
    """The number of another record; 0 names none, where none need be named."""

    def read(self, value: Any, before: Any) -> Any:  # noqa: ANN401
        return super().read(value, before) or (0 if self.required else UNSET)


class Flag(Field):
    """Yes or no."""

    json = {"type": ["boolean", "integer"], "description": "`true`, `false`, `1` or `0`."}  # noqa: RUF012

    def read(self, value: Any, before: Any) -> bool:  # noqa: ANN401, ARG002
        if not isinstance(value, (bool, int, str)) or value not in _FLAGS:
            raise self.unfit("The {field} field must be true or false.")
        return _FLAGS[value]


_FLAGS: dict[bool | int | str, bool] = {True: True, False: False, "1": True, "0": False}


class Moment(Field):
    """A day, which begins at midnight UTC, or a moment in ISO 8601, UTC where no offset is given."""

    json = {"type": ["string", "null"], "format": "date-time"}  # noqa: RUF012

    def read(self, value: Any, before: Any) -> datetime:  # noqa: ANN401, ARG002
        moment = as_moment(value) if isinstance(value, str) else None
        if moment is None:
            raise self.unfit("The {field} is not a valid date.")
        return moment


class Choice(Field):
    """One of some words, each of which stands for one of the core's."""

    def __init__(self, wire: str, words: Mapping[str, StrEnum], **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, **options)
        self._words = words
        self.json = {"type": "string", "enum": list(words)}

    def read(self, value: Any, before: Any) -> StrEnum:  # noqa: ANN401, ARG002
        if not isinstance(value, str) or value not in self._words:
            raise self.fault(Fault.NOT_A_CHOICE)
        return self._words[value]


class Many(Field):
    """A list whose members are each read as one field is; a text alone counts as a list of one."""

    def __init__(self, member: Field, core: str = "", *, most: int = 200, **options: Any) -> None:  # noqa: ANN401
        super().__init__(member.wire, core, **options)
        self._member = member
        self._most = most
        self.json = {"type": "array", "items": member.schema(), "maxItems": most}

    def read(self, value: Any, before: Any) -> list[Any]:  # noqa: ANN401, ARG002
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list):
            raise self.unfit("The {field} must be an array.")
        if len(values) > self._most:
            raise self.fault(Fault.TOO_MANY, self._most)
        found = [self._member.read(each, None) for each in map(trimmed, values) if each is not None]
        if self.required and not found:
            raise self.fault(Fault.BLANK)
        return found


class Hint(Field):
    """A text that counts where it is understood, and is passed over where it isn't."""

    def read(self, value: Any, before: Any) -> Any:  # noqa: ANN401, ARG002
        is_plain = isinstance(value, str) and len(value) <= SHORT and "\0" not in value
        return value if is_plain else UNSET


class Form:
    """A table of fields, in the order of their sentences."""

    def __init__(self, *fields: Field) -> None:
        self.fields = fields

    @property
    def names(self) -> dict[str, str]:
        """The wire's names of the core's fields."""
        return {field.core: field.wire for field in self.fields}

    def read(self, given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What was said: absent fields are left out, cleared ones are None; `before` holds what is there already.

        Raises RefusedError with a sentence for each field that can't be taken.
        """
        said, faults = self.gather(given, before)
        self.refuse(faults)
        return said

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Raise RefusedError where there are faults: sentences by the names of their fields."""
        if faults:
            raise RefusedError(faults[field.wire] for field in self.fields if field.wire in faults)

    def gather(
        self, given: Mapping[str, Any], before: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What was said, and the sentences about fields that can't be taken."""
        said: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for field in self.fields:
            value = trimmed(given.get(field.wire, UNSET))
            try:
                if value is UNSET or value is None:
                    if field.required:
                        raise field.fault(Fault.MISSING)
                    found = value
                else:
                    found = field.read(value, before.get(field.wire) if before else None)
            except Unfit as problem:
                faults[field.wire] = str(problem)
                continue
            if found is not UNSET:
                said[field.wire] = found
        return said, faults

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the form."""
        required = [field.wire for field in self.fields if field.required]
        return {
            "type": "object",
            "properties": {field.wire: field.schema() for field in self.fields},
            **({"required": required} if required else {}),
        }


def trimmed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A text without the white space around it, None where nothing is left."""
    return value.strip() or None if isinstance(value, str) else value


def as_whole(value: Any) -> int | None:  # noqa: ANN401
    """The whole number that a value is, or whose digits it holds; one too large for any record is one too many."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        if not _DIGITS.fullmatch(value):
            return None
        return int(value) if len(value) < _LONGEST_NUMBER else LARGEST_NUMBER + 1
    return value if isinstance(value, int) and not isinstance(value, bool) else None


_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,12})?)?(?:[Zz]| ?[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_FRACTION = re.compile(r"[.,]\d+")


def as_moment(text: str) -> datetime | None:
    """The moment that a text names, in UTC and whole seconds; None where it names none."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(_FRACTION.sub("", text.upper()).replace(" +", "+").replace(" -", "-"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
