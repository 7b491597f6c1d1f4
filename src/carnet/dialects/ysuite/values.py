"""The kinds of field that a body has: how each is read, and how it is described (specification, section 3).

A noun is a table of fields, from which come the reading of bodies and the OpenAPI schemas, so that neither can drift.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from carnet.core.errors import Fault
from carnet.core.users import is_email
from carnet.dialects.ysuite import times
from carnet.dialects.ysuite.errors import CHOICE, REQUIRED, TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

T = TypeVar("T")
LARGEST_KEPT = 2**63 - 1
"""The largest integer that is kept for a client; a program in any language gets it back unchanged."""
_DIGITS = 400
"""More digits than any number has that means something; Python refuses to read more than some thousands."""
_NUMERIC = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?", re.ASCII)
_CENTS = Decimal("0.01")


class Unreadable(Exception):  # noqa: N818 - carried from a field to its body, never to a caller
    """A value that a field can't take, in words that may hold the field's name as `{field}`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Field:
    """One field of a body. `default` is what null means on PUT, `missing` the text where a required one isn't there."""

    json: Mapping[str, Any] = {"type": "string"}

    def __init__(
        self,
        wire: str,
        *,
        required: bool = False,
        default: Any = None,  # noqa: ANN401 - of the field's own type
        missing: str = REQUIRED,
        about: str = "",
    ) -> None:
        self.wire = wire
        self.required = required
        self.default = default
        self.missing = missing
        self.about = about

    def is_blank(self, value: Any) -> bool:  # noqa: ANN401 - a decoded JSON value
        """Whether a value is as good as none."""
        return value is None

    def read(self, value: Any) -> Any:  # noqa: ANN401
        """What a value says. Raises Unreadable."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the field."""
        described = dict(self.json)
        if self.default is not None:
            described["default"] = self.default
        if self.about:
            described["description"] = self.about
        return described


class String(Field):
    """A text, trimmed; `limit` counts code points."""

    def __init__(self, wire: str, *, limit: int | None = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, **options)
        self.limit = limit
        self.json = {"type": "string", **({"maxLength": limit} if limit else {})}

    def is_blank(self, value: Any) -> bool:  # noqa: ANN401
        return value is None or (isinstance(value, str) and not value.strip())

    def read(self, value: Any) -> str:  # noqa: ANN401
        if not isinstance(value, str):
            raise Unreadable("The {field} field must be a string.")
        text = value.strip()
        if "\0" in text:
            raise Unreadable(TEXTS[Fault.NOT_VALID])
        if self.limit is not None and len(text) > self.limit:
            raise Unreadable(f"The {{field}} field must not be longer than {self.limit} characters.")
        return text


class Email(String):
    """An e-mail address."""

    def read(self, value: Any) -> str:  # noqa: ANN401
        text = super().read(value)
        if not is_email(text):
            raise Unreadable(TEXTS[Fault.NOT_AN_EMAIL])
        return text


def as_integer(text: str) -> int | None:
    """The integer that a text of digits says; None where it says none. A huge one stays larger than all numbers."""
    if not text.isascii() or not text.isdigit():
        return None
    digits = text.lstrip("0") or "0"
    return int(digits[:_DIGITS])


class Integer(Field):
    """A whole number: JSON's, or a text of digits."""

    json = {"type": "integer"}  # noqa: RUF012 - never written to

    def read(self, value: Any) -> int:  # noqa: ANN401
        found = value if type(value) is int else as_integer(value) if isinstance(value, str) else None
        if found is None:
            raise Unreadable("The {field} field must be an integer.")
        return found


class Kept(Integer):
    """A whole number that is kept for the client, without meaning here."""

    def read(self, value: Any) -> int:  # noqa: ANN401
        found = super().read(value)
        if not -LARGEST_KEPT <= found <= LARGEST_KEPT:
            raise Unreadable(f"The {{field}} field must be between {-LARGEST_KEPT} and {LARGEST_KEPT}.")
        return found


class Code(Integer, Generic[T]):
    """A whole number that stands for one of the core's words."""

    def __init__(self, wire: str, words: Mapping[int, T], **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, **options)
        self._words = words
        self.json = {"type": "integer", "enum": list(words)}

    def read(self, value: Any) -> int:  # noqa: ANN401
        found = super().read(value)
        if found not in self._words:
            raise Unreadable(CHOICE)
        return found


class Amount(Field):
    """Money, read into hundredths; halves are rounded away from nothing."""

    json = {"type": "number", "minimum": 0}  # noqa: RUF012

    def __init__(self, wire: str, *, largest: int, **options: Any) -> None:  # noqa: ANN401
        """Describe an amount of at most `largest` hundredths."""
        super().__init__(wire, **options)
        self._largest = largest

    def read(self, value: Any) -> int:  # noqa: ANN401
        number = self._number(value)
        if number is None:
            raise Unreadable("The {field} field must be a number.")
        if not 0 <= number * 100 <= self._largest:
            raise Unreadable(f"The {{field}} field must be between 0 and {self._largest // 100}.")
        return int(number.quantize(_CENTS, ROUND_HALF_UP) * 100)

    def _number(self, value: Any) -> Decimal | None:  # noqa: ANN401
        if type(value) is int:
            return Decimal(value)
        if isinstance(value, float):
            return Decimal(repr(value)) if math.isfinite(value) else None
        if isinstance(value, str) and _NUMERIC.fullmatch(value.strip()):
            return Decimal(value.strip())
        return None


class Flag(Field):
    """Yes or no."""

    json = {"type": "boolean"}  # noqa: RUF012

    def read(self, value: Any) -> bool:  # noqa: ANN401
        if type(value) is bool or (type(value) is int and value in {0, 1}):
            return bool(value)
        raise Unreadable("The {field} field must be true or false.")


class Time(Field):
    """A time of a day, without a zone unless it names one."""

    json = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"}  # noqa: RUF012

    def read(self, value: Any) -> datetime:  # noqa: ANN401
        found = times.read(value) if isinstance(value, str) else None
        if found is None:
            raise Unreadable("The {field} field must be a time such as 2026-07-15T10:00:00.")
        return found


class Day(Field):
    """A calendar day."""

    json = {"type": "string", "format": "date"}  # noqa: RUF012

    def read(self, value: Any) -> date:  # noqa: ANN401
        found = times.as_day(value) if isinstance(value, str) else None
        if found is None:
            raise Unreadable("The {field} field must be a day such as 2026-07-15.")
        return found


class Integers(Field):
    """A list of whole numbers, each once."""

    json = {"type": "array", "items": {"type": "integer"}}  # noqa: RUF012

    def read(self, value: Any) -> list[int]:  # noqa: ANN401
        if not isinstance(value, list) or any(type(each) is not int for each in value):
            raise Unreadable("The {field} field must be a list of integers.")
        return list(dict.fromkeys(value))
