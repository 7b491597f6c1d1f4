"""Pages of a list: what a query asks of it, and the envelope that it comes in (specification, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from carnet.core.paging import Asked, Page
from carnet.dialects.ysuite import times
from carnet.dialects.ysuite.errors import Complaint, RefusedError
from carnet.dialects.ysuite.values import as_integer
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

PAGE_SIZE = 10
LARGEST_PAGE = 100
NEWEST_FIRST = (("number", True),)
OLDEST_FIRST = (("number", False),)
_encode = msgspec.json.Encoder().encode
T = TypeVar("T", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query, for the OpenAPI document."""

    name: str
    type: str
    about: str = ""

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        return {"type": "string", "format": "date"} if self.type == "date" else {"type": self.type}


PAGING = (
    Parameter(
        "pageSize", "integer", f"Records a page, {PAGE_SIZE} unless said; more than {LARGEST_PAGE} is taken as that."
    ),
    Parameter("pageIndex", "integer", "The page, from 0."),
    Parameter("search", "string", "A text to find, in any letter case."),
    Parameter("sortBy", "string", "A field to sort by; one that can't be sorted by is ignored."),
    Parameter("sortOrder", "string", "asc or desc."),
)


class Query:
    """What a request's query says, and every complaint about it at once. A parameter given empty isn't given."""

    def __init__(self, request: Request) -> None:
        self._given = {name: value.strip() for name, value in request.query if value.strip()}
        self._complaints: list[Complaint] = []
        self.size = min(self._at_least("pageSize", 1, PAGE_SIZE), LARGEST_PAGE)
        self.index = self._at_least("pageIndex", 0, 0)

    def text(self, name: str) -> str | None:
        """A text; None where it isn't given."""
        return self._given.get(name)

    def integer(self, name: str) -> int | None:
        """An integer; None where it isn't given, or is none, of which it complains."""
        given = self._given.get(name)
        if given is None:
            return None
        number = as_integer(given.removeprefix("-"))
        if number is None:
            self._complain(name, f"The {name} parameter must be an integer.")
            return None
        return -number if given.startswith("-") else number

    def day(self, name: str) -> date | None:
        """A day; None where it isn't given, or is none, of which it complains."""
        given = self._given.get(name)
        if given is None:
            return None
        day = times.as_day(given)
        if day is None:
            self._complain(name, f"The {name} parameter must be a day such as 2026-07-15.")
        return day

    def _at_least(self, name: str, least: int, default: int) -> int:
        number = self.integer(name)
        if number is None:
            return default
        if number < least:
            self._complain(name, f"The {name} parameter must be at least {least}.")
        return number

    def _complain(self, name: str, text: str) -> None:
        self._complaints.append(Complaint(name, text))

    def settle(self) -> None:
        """Raise RefusedError with every complaint, where there are any."""
        if self._complaints:
            raise RefusedError(self._complaints)

    def order(self, sorts: Mapping[str, str], otherwise: tuple[tuple[str, bool], ...]) -> tuple[tuple[str, bool], ...]:
        """The core's order for `sortBy`, from a fixed table; a newer record before an older one of equal rank."""
        name = sorts.get(self._given.get("sortBy", ""))
        if name is None:
            return otherwise
        descending = self._given.get("sortOrder", "").lower() == "desc"
        return ((name, descending),) if name == "number" else ((name, descending), *NEWEST_FIRST)


_PAGING = frozenset({"pageSize", "pageIndex"})


def is_search(request: Request) -> bool:
    """Whether a list is asked for more than a page of itself."""
    return any(name not in _PAGING for name, _ in request.query)


class Filters:
    """What narrows a list, in the core's words; what nothing can match is known without asking the core."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}
        self.match_nothing = False

    def add(self, name: str, value: Any) -> None:  # noqa: ANN401 - what a filter takes is its own
        """Narrow the list, unless the value is None, which means that it wasn't asked for."""
        if value is not None:
            self.found[name] = value

    def one_of(self, name: str, asked: object, values: Sequence[Any] | None) -> None:
        """Narrow the list to some values of a column, where it was `asked` for; none at all match nothing."""
        if asked is None:
            return
        if not values:
            self.match_nothing = True
        self.found[name] = list(values or ())

    def search(self, name: str, text: str | None) -> None:
        """Narrow the list to what holds a text, as it stands."""
        if text is None:
            return
        if "\0" in text:
            self.match_nothing = True  # no text of ours has one
        self.found[name] = [text]


def listed(
    db: Database,
    actor: Actor,
    query: Query,
    filters: Filters,
    order: tuple[tuple[str, bool], ...],
    page: Callable[[Database, Actor, Asked], Page[T]],
    show: Callable[[Database, Actor, list[T]], Sequence[Any]],
) -> Answer:
    """A page of a list, in its envelope."""
    asked = Asked(filters=filters.found, order=order, limit=query.size, offset=query.index * query.size)
    found: Page[T] = Page([], 0) if filters.match_nothing else page(db, actor, asked)
    rows = show(db, actor, found.items) if found.items else []
    data = {
        "data": rows,
        "current_page": query.index + 1,
        "total_records": found.total,
        "total_pages": -(-found.total // query.size),
    }
    return Answer(200, _encode({"success": True, "data": data}))
