"""The parameters that narrow and order a collection: how each is read from a query.

What can't be understood is ignored, as API Platform does; only the page must be sound.
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any

from carnet.core.paging import Asked
from carnet.dialects.hydra.errors import InvalidIriError, QueryError
from carnet.dialects.hydra.links import id_in
from carnet.dialects.hydra.quantities import as_day, as_moment, as_number, hundredths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from carnet.http.messages import Request

PAGE_SIZE = 30
LARGEST_PAGE = 100
_DATES = ("before", "strictly_before", "after", "strictly_after")
_DAYS = {"before": "to", "after": "from"}
_NUMBERS = {
    "lt": ("strictly_before",),
    "lte": ("before",),
    "gt": ("strictly_after",),
    "gte": ("after",),
    "between": ("after", "before"),
}
_NAME = re.compile(r"([^\[\]]+)(?:\[([^\[\]]*)\])?")
_PAGING = frozenset({"page", "itemsPerPage"})


class Parameter:
    """One filter: `wire` is its name, `core` the core's, `field` the class's field that it is about."""

    def __init__(self, wire: str, core: str = "", field: str = "") -> None:
        self.wire = wire
        self.core = core or wire
        self.field = field or wire

    def variables(self) -> list[str]:
        """How it is spelled in a query, for clients that look."""
        return [self.wire]

    def field_of(self, variable: str) -> str:  # noqa: ARG002 - where it is about one field, that one
        """The field of the class that a variable is about."""
        return self.field

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        """The core's filters for what stands in brackets (or nothing) and its value, each time it was given."""
        raise NotImplementedError


class Partial(Parameter):
    """Part of a text; several are alternatives."""

    def variables(self) -> list[str]:
        return [self.wire, f"{self.wire}[]"]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        texts = [value for key, value in given if _is_index(key) and value.strip()]
        return {self.core: texts} if texts else {}


class Query(Parameter):
    """Words over the main texts, all of which must be found."""

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        text = " ".join(value for key, value in given if not key)
        return {self.core: text} if text.strip() else {}


class Exact(Parameter):
    """One of some words; words that the vocabulary lacks are ignored."""

    def __init__(self, wire: str, core: str, words: type[StrEnum]) -> None:
        super().__init__(wire, core)
        self._words = frozenset(map(str, words))

    def variables(self) -> list[str]:
        return [self.wire, f"{self.wire}[]"]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        words = [value for key, value in given if _is_index(key) and value in self._words]
        return {self.core: words} if words else {}


class Link(Parameter):
    """One of some records, each an IRI or a uuid; a value that names none of the class matches nothing."""

    def __init__(self, wire: str, core: str, collection: str) -> None:
        super().__init__(wire, core)
        self._collection = collection

    def variables(self) -> list[str]:
        return [self.wire, f"{self.wire}[]"]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        values = [value for key, value in given if _is_index(key) and value]
        found = [record_id for record_id in map(self._id, values) if record_id is not None]
        return {self.core: found} if values else {}

    def _id(self, value: str) -> str | None:
        try:
            return id_in(value, self._collection)
        except InvalidIriError:
            return None


class Flag(Parameter):
    """Yes or no."""

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        answer = _as_flag(given[-1][1])
        return {self.core: answer} if answer is not None else {}


class Date(Parameter):
    """Before or after a moment."""

    def variables(self) -> list[str]:
        return [f"{self.wire}[{word}]" for word in _DATES]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        asked = {}
        for key, value in given:
            moment = as_moment(value.strip().replace(" ", "+")) or as_moment(value.strip())
            if key in _DATES and moment is not None:
                asked[f"{self.core}_{key}"] = moment
        return asked


class Day(Date):
    """Before or after a moment, for a field that says a day: its midnight is what is compared."""

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        moments = super().read(given)
        return _bounds(
            self.core,
            [
                (word, moment.date(), moment.time() == time())
                for word in _DATES
                if (moment := moments.get(f"{self.core}_{word}")) is not None
            ],
        )


class CalendarDay(Parameter):
    """From or until a day, as the calendar of the workspace has it; both days are included."""

    def variables(self) -> list[str]:
        return [f"{self.wire}[{word}]" for word in _DAYS]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        asked = {}
        for key, value in given:
            day = as_day(value.strip())
            if key in _DAYS and day is not None:
                asked[f"{self.core}_{_DAYS[key]}"] = day
        return asked


class Amount(Parameter):
    """Less or more than an amount of money, or between two."""

    def variables(self) -> list[str]:
        return [f"{self.wire}[{word}]" for word in _NUMBERS]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        told = {}
        for key, value in given:
            words, texts = _NUMBERS.get(key, ()), value.split("..")
            numbers = [number for text in texts if (number := as_number(text.strip())) is not None]
            if len(texts) == len(numbers) == len(words):
                told[key] = [(word, *hundredths(number)) for word, number in zip(words, numbers, strict=True)]
        return _bounds(self.core, [bound for bounds in told.values() for bound in bounds])


def _bounds(core: str, told: Iterable[tuple[str, Any, bool]]) -> dict[str, Any]:
    """The core's filters for bounds, each a relation, the whole value at or below the one named, and whether it is it.

    All of them hold: of two in one relation the narrower is asked.
    """
    asked: dict[str, Any] = {}
    for word, value, is_whole in told:
        name = f"{core}_{word if is_whole else _PAST_WHOLE[word]}"
        narrower = min if name.endswith("before") else max
        asked[name] = narrower(asked.get(name, value), value)
    return asked


# A bound that lies between two whole values: what is before it is no later than the lower one, what is after it later.
_PAST_WHOLE = {
    "before": "before",
    "strictly_before": "before",
    "after": "strictly_after",
    "strictly_after": "strictly_after",
}


class Exists(Parameter):
    """`exists[field]`: whether a field has a value. `properties` maps fields to the core's filters."""

    def __init__(self, properties: Mapping[str, str]) -> None:
        super().__init__("exists")
        self._properties = properties

    def variables(self) -> list[str]:
        return [f"exists[{name}]" for name in self._properties]

    def field_of(self, variable: str) -> str:
        return variable.removeprefix("exists[").removesuffix("]")

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        asked = {}
        for key, value in given:
            answer = _as_flag(value)
            if key in self._properties and answer is not None:
                asked[self._properties[key]] = answer
        return asked


class Order(Parameter):
    """`order[field]=asc`. `properties` maps fields to the core's orders."""

    def __init__(self, properties: Mapping[str, str]) -> None:
        super().__init__("order")
        self._properties = properties

    def variables(self) -> list[str]:
        return [f"order[{name}]" for name in self._properties]

    def field_of(self, variable: str) -> str:
        return variable.removeprefix("order[").removesuffix("]")

    def order(self, given: Iterable[tuple[str, str]]) -> tuple[tuple[str, bool], ...]:
        """The core's orders, each with whether it descends."""
        asked: dict[str, bool] = {}
        for key, value in given:
            if key in self._properties and value.lower() in {"asc", "desc"}:
                asked[self._properties[key]] = value.lower() == "desc"
        if "created_at" in asked:
            asked["number"] = asked["created_at"]  # what was made within a second stands in the order of its making
        return tuple(asked.items())


def asked_of(request: Request, parameters: tuple[Parameter, ...]) -> Asked:
    """What a request asks of a collection. Raises QueryError for a page or a limit that isn't one."""
    if not request.query:
        return Asked()
    given: dict[str, list[tuple[str, str]]] = {}
    for name, value in request.query:
        found = _NAME.fullmatch(name)
        if found is not None and "\0" not in value:
            given.setdefault(found[1], []).append((found[2] or "", value))
    filters: dict[str, Any] = {}
    order: tuple[tuple[str, bool], ...] = ()
    for parameter in parameters:
        values = given.get(parameter.wire)
        if values and isinstance(parameter, Order):
            order = parameter.order(values)
        elif values:
            filters |= parameter.read(values)
    page, limit = page_of(request), limit_of(request)
    return Asked(filters=filters, order=order, limit=limit, offset=(page - 1) * max(limit, 1))


def is_search(request: Request) -> bool:
    """Whether a collection is asked for more than a page of itself."""
    return any(name not in _PAGING for name, _ in request.query)


def page_of(request: Request) -> int:
    """The page asked for, from 1."""
    return _count(request, "page", 1, 1, "Page should not be less than 1")


def limit_of(request: Request) -> int:
    """How many items a page has."""
    return min(LARGEST_PAGE, _count(request, "itemsPerPage", PAGE_SIZE, 0, "Limit should not be less than 0"))


def _count(request: Request, name: str, default: int, least: int, complaint: str) -> int:
    values = [value for key, value in request.query if key == name]
    if not values:
        return default
    text = values[-1].strip()
    digits = text.removeprefix("+")
    digits = digits.lstrip("0") or digits[:1]
    if not digits.isascii() or not digits.isdigit() or (int(digits[-_DIGITS:]) < least and len(digits) <= _DIGITS):
        raise QueryError(complaint)
    return int(digits) if len(digits) <= _DIGITS else 10**_DIGITS


_DIGITS = 15


def _as_flag(value: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())


def _is_index(key: str) -> bool:
    return not key or (key.isascii() and key.isdigit())
