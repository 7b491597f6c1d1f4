"""Pages of a list: which records, in what order, and how many there are in all.

An unfiltered list in its own order takes its total from a counter row and finds deep pages through buckets. Any
other fetches the numbers of a page with the exact total in one pass, then those records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, func, select

from carnet.core import counters
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import statement
from carnet.store.trigrams import BODIES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy import Table

    from carnet.core.filters import Filter
    from carnet.core.permissions import Actor
    from carnet.store.database import Database

T = TypeVar("T", bound=msgspec.Struct)
FURTHEST = 2**62
"""The largest offset that a database is asked for; nothing lies behind it."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller asks of a list: `filters` and `order` by the core's names, which come from fixed tables."""

    filters: Mapping[str, Any] = msgspec.field(default_factory=dict)
    order: tuple[tuple[str, bool], ...] = ()
    """Names to sort by, each with whether it descends."""
    limit: int = 30
    offset: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it asks for the whole list in its own order."""
        return not self.filters and not self.order


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some records of a list, and the exact number of all that match."""

    items: list[T]
    total: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a list in its own order: a condition to begin with, and its values."""

    name: str
    values: Mapping[str, Any]
    offset: int


class Listing(Generic[T]):
    """A list of one noun's records: how it reads, what narrows it, what orders it."""

    def __init__(  # noqa: PLR0913 - a list is described once
        self,
        table: Table,
        kind: type[T],
        read: Callable[[], Select[Any]],
        *,
        base: tuple[ColumnElement[bool], ...] = (),
        filters: Mapping[str, Filter],
        orders: Mapping[str, ColumnElement[Any]],
        natural: tuple[ColumnElement[Any], ...],
        kept: str | None,
        runs: Callable[[Database, Actor, int], list[Run]] | None = None,
        starts: Mapping[str, ColumnElement[bool]] | None = None,
    ) -> None:
        """Describe the list.

        `natural` is the order where none is asked, `kept` the counter of an unfiltered list, `runs` names the
        stretches (conditions in `starts`) that begin at an offset in natural order.
        """
        self.filters = filters
        self.orders = orders
        self._table = table
        self._base = base
        self._natural = natural
        self._kept = kept
        self._runs = runs
        self._starts = starts or {}
        self._read = read
        self._rows = statement(kind)(self._write_rows)
        self._run = statement(kind)(self._write_run)
        self._numbers = statement(tuple)(self._write_numbers)
        self._count = statement(int)(self._write_count)

    def page(self, db: Database, actor: Actor, asked: Asked) -> Page[T]:
        """The records asked for and the total."""
        if asked.is_plain and self._kept:
            total = counters.value(db, actor.workspace_id, self._kept)
            if not asked.limit or asked.offset >= total:
                return Page([], total)
            return Page(self._stretch(db, actor, asked), total)
        return self._search(db, actor, asked)

    def _stretch(self, db: Database, actor: Actor, asked: Asked) -> list[T]:
        runs = self._runs(db, actor, asked.offset) if self._runs else [Run("", {}, asked.offset)]
        items: list[T] = []
        for run in runs:
            items += db.all(
                self._run(run.name),
                workspace_id=actor.workspace_id,
                limit=asked.limit - len(items),
                offset=run.offset,
                **run.values,
            )
            if len(items) >= asked.limit:
                break
        return items

    def _search(self, db: Database, actor: Actor, asked: Asked) -> Page[T]:
        shape, values = self._shaped(asked.filters, BODIES[db.dialect])
        values["workspace_id"] = actor.workspace_id
        offset = min(asked.offset, FURTHEST)
        found = (
            db.all(self._numbers(shape, asked.order), **values, limit=asked.limit, offset=offset) if asked.limit else []
        )
        if not found:
            return Page([], db.one(self._count(shape), **values) if asked.offset or not asked.limit else 0)
        numbers = [number for number, _ in found]
        rows = db.all(self._rows(), workspace_id=actor.workspace_id, numbers=numbers)
        place = {number: at for at, number in enumerate(numbers)}
        rows.sort(key=lambda row: place[row.number])  # type: ignore[attr-defined]
        return Page(rows, found[0][1])

    def _shaped(self, filters: Mapping[str, Any], trigrams: Any) -> tuple[Hashable, dict[str, Any]]:  # noqa: ANN401
        shape = []
        values: dict[str, Any] = {}
        for name in sorted(filters):
            chosen = self.filters[name]
            shape.append((name, chosen.shape(filters[name])))
            values |= chosen.values(f"f_{name}", filters[name], trigrams)
        return tuple(shape), values

    def _conditions(self, shape: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401
        clauses = [self.filters[name].clause(f"f_{name}", each) for name, each in shape]
        return [within(self._table), *self._base, *clauses]

    def _write_rows(self) -> Select[Any]:
        return self._read().where(is_one_of(self._table.c.number, "numbers"))

    def _write_run(self, start: str) -> Select[Any]:
        clauses = [*self._base, *([self._starts[start]] if start else [])]
        return _limited(self._read().where(*clauses).order_by(*self._natural))

    def _write_numbers(self, shape: Any, order: tuple[tuple[str, bool], ...]) -> Select[Any]:  # noqa: ANN401
        number = self._table.c.number
        sorted_by = [
            (column.desc() if descending else column.asc()).nulls_last()
            for column, descending in ((self.orders[name], descending) for name, descending in order)
        ]
        return _limited(
            select(number, func.count().over())
            .where(*self._conditions(shape))
            .order_by(*sorted_by, *(self._natural if not order else [number]))
        )

    def _write_count(self, shape: Any) -> Select[Any]:  # noqa: ANN401
        return select(func.count()).select_from(self._table).where(*self._conditions(shape))


def _limited(query: Select[Any]) -> Select[Any]:
    return query.limit(bindparam("limit", type_=BigInteger)).offset(bindparam("offset", type_=BigInteger))
