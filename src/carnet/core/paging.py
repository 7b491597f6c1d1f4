"""Pages of a list: which records, in what order, and how many there are in all.

A list in its own order takes its total from a counter row and finds deep pages through buckets. Any other fetches
the numbers of a page first, then those records. Where a filter finds little, all that it finds is gathered, counted
and sorted in one pass; where it finds much, it is counted, and the page is found by walking in order until it is full.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, func, null, select

from carnet.core import counters
from carnet.store import tables
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


@dataclass(frozen=True, slots=True)
class Least:
    """A column to sort by where nothing is less than everything: first when ascending, last when descending."""

    column: ColumnElement[Any]


Order = tuple[tuple[str, bool], ...]
"""Names to sort by, each with whether it descends."""
_LITTLE = 2_000
_NEAR = 1_000


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
        orders: Mapping[str, ColumnElement[Any] | Least],
        natural: Order,
        kept: str | tuple[str, ...] | None,
        runs: Callable[[Database, Actor, int], list[Run]] | None = None,
        starts: Mapping[str, ColumnElement[bool]] | None = None,
    ) -> None:
        """Describe the list.

        `natural` is the order where none is asked, `kept` the counter of an unfiltered list, or those whose sum it
        is, `runs` names the stretches (conditions in `starts`) that begin at an offset in natural order.
        """
        self.filters = filters
        self.orders: dict[str, ColumnElement[Any] | Least] = {**orders, "number": table.c.number}
        self._table = table
        self._base = base
        self._natural = natural
        self._kept = (kept,) if isinstance(kept, str) else kept
        self._runs = runs
        self._starts = starts or {}
        self._read = read
        self._rows = statement(kind)(self._write_rows)
        self._run = statement(kind)(self._write_run)
        self._by_number = statement(kind)(self._write_by_number)
        self._gathered = statement(tuple)(self._write_gathered)
        self._walked = statement(int)(self._write_walked)
        self._count = statement(int)(self._write_count)

    def page(self, db: Database, actor: Actor, asked: Asked) -> Page[T]:
        """The records asked for and the total."""
        if self._kept is None or asked.filters:
            with db.moment():
                return self._search(db, actor, asked)
        if asked.limit and asked.offset < _NEAR and (not asked.order or asked.order in _BY_NUMBER):
            items, counted = self._near(db, actor, asked)
            if counted is not None:
                return Page(items, counted)
        with db.moment():
            return self._whole(db, actor, asked, self._kept)

    def _near(self, db: Database, actor: Actor, asked: Asked) -> tuple[list[T], int | None]:
        """The beginning of the list in its own order or by number, with its total from the same statement."""
        read = self._by_number(descending=asked.order[0][1]) if asked.order else self._run("")
        return db.counted(read, workspace_id=actor.workspace_id, limit=asked.limit, offset=asked.offset)

    def _whole(self, db: Database, actor: Actor, asked: Asked, kept: tuple[str, ...]) -> Page[T]:
        """A page of the list that nothing narrows."""
        total = sum(counters.value(db, actor.workspace_id, column) for column in kept)
        if not asked.limit or asked.offset >= total:
            return Page([], total)
        is_far = self._runs is None and asked.offset >= _NEAR
        if is_far or (asked.order and asked.order != self._natural):
            return Page(self._walk(db, actor, asked, (), {}), total)
        return Page(self._stretch(db, actor, asked), total)

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
        found = db.all(
            self._gathered(shape, self._order(asked)),
            **values,
            limit=max(asked.limit, 1),
            offset=offset,
            most=_LITTLE + 1,
        )
        total = found[0][1] if found else 0 if not offset else _LITTLE + 1
        if total > _LITTLE:
            total = db.one(self._count(shape), **values)
            if not asked.limit or offset >= total:
                return Page([], total)
            return Page(self._walk(db, actor, asked, shape, values), total)
        return Page(self._in_order(db, actor, [number for number, _ in found] if asked.limit else []), total)

    def _walk(self, db: Database, actor: Actor, asked: Asked, shape: Hashable, values: dict[str, Any]) -> list[T]:
        values = {**values, "workspace_id": actor.workspace_id, "limit": asked.limit, "offset": asked.offset}
        return self._in_order(db, actor, db.all(self._walked(shape, self._order(asked)), **values))

    def _in_order(self, db: Database, actor: Actor, numbers: list[int]) -> list[T]:
        if not numbers:
            return []
        rows = db.all(self._rows(), workspace_id=actor.workspace_id, numbers=numbers)
        place = {number: at for at, number in enumerate(numbers)}
        rows.sort(key=lambda row: place[row.number])  # type: ignore[attr-defined]
        return rows

    def _order(self, asked: Asked) -> Order:
        if not asked.order:
            return self._natural
        named = any(name == "number" for name, _ in asked.order)
        return asked.order if named else (*asked.order, ("number", False))

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
        return _limited(self._totalled().where(*clauses).order_by(*self._sorted(self._natural)))

    def _write_by_number(self, *, descending: bool) -> Select[Any]:
        number = self._table.c.number
        return _limited(self._totalled().where(*self._base).order_by(number.desc() if descending else number))

    def _totalled(self) -> Select[Any]:
        """The records, each with the total of the list behind its own columns."""
        counted = tables.counters.c
        kept = [counted[column] for column in self._kept or ()]
        total = select(sum(kept[1:], kept[0])).where(within(tables.counters)).scalar_subquery() if kept else null()
        return self._read().add_columns(total.label("total"))

    def _write_gathered(self, shape: Any, order: Order) -> Select[Any]:  # noqa: ANN401
        """What matches, up to a bound; sorted outside, so that no index of the order tempts into walking it all."""
        keys = {name: _column(self.orders[name]).label(f"by_{name}") for name, _ in order}
        some = (
            select(*keys.values()).where(*self._conditions(shape)).limit(bindparam("most", type_=BigInteger)).subquery()
        )
        by = [
            _directed(_like(self.orders[name], some.c[f"by_{name}"]), descending=descending)
            for name, descending in order
        ]
        return _limited(select(some.c.by_number, func.count().over()).order_by(*by))

    def _write_walked(self, shape: Any, order: Order) -> Select[Any]:  # noqa: ANN401
        query = select(self._table.c.number).where(*self._conditions(shape))
        return _limited(query.order_by(*self._sorted(order)))

    def _write_count(self, shape: Any) -> Select[Any]:  # noqa: ANN401
        return select(func.count()).select_from(self._table).where(*self._conditions(shape))

    def _sorted(self, order: Order) -> list[ColumnElement[Any]]:
        return [_directed(self.orders[name], descending=descending) for name, descending in order]


def _column(order: ColumnElement[Any] | Least) -> ColumnElement[Any]:
    return order.column if isinstance(order, Least) else order


def _like(order: ColumnElement[Any] | Least, column: ColumnElement[Any]) -> ColumnElement[Any] | Least:
    """Another column, sorted as the order is."""
    return Least(column) if isinstance(order, Least) else column


def _directed(column: ColumnElement[Any] | Least, *, descending: bool) -> ColumnElement[Any]:
    """The column in a direction: nulls last in both, or less than all else."""
    if isinstance(column, Least):
        return column.column.desc().nulls_last() if descending else column.column.asc().nulls_first()
    directed = column.desc() if descending else column.asc()
    return directed.nulls_last() if getattr(column, "nullable", True) else directed


_BY_NUMBER = ((("number", False),), (("number", True),))


def _limited(query: Select[Any]) -> Select[Any]:
    return query.limit(bindparam("limit", type_=BigInteger)).offset(bindparam("offset", type_=BigInteger))
