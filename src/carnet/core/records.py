"""How every record is kept: born, changed and removed, each with its event, its counters and its index.

A noun says what is its own (its table, what it is found by, where it stands in its list); the rest is the same for
all of them and stands here once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import UNSET
from sqlalchemy import Boolean, Table, bindparam, delete, insert, select, update

from carnet.core import counters, events
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.events import NOTHING, Cause
from carnet.core.identity import LARGEST_NUMBER
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.expression import Delete, Insert, Update

    from carnet.core.permissions import Actor
    from carnet.store.database import Database
    from carnet.store.statements import Statement


class Record(Protocol):
    """What every record has."""

    @property
    def workspace_id(self) -> int: ...
    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Record)


@dataclass(frozen=True, slots=True)
class Many:
    """A field that lists ids of other records, with the table that says the same the other way round."""

    target: str
    """The noun that the ids lead to."""
    table: Table
    to: str
    """The table's column for a listed id."""
    by: str
    """The table's column for the record that lists it."""


TAGS = Many("tag", tables.taggings, "tag_id", "record_id")


class Noun(Generic[T]):
    """What one kind of record is."""

    def __init__(  # noqa: PLR0913 - a noun is described once
        self,
        name: str,
        table: Table,
        kind: type[T],
        *,
        made: str,
        kept: str,
        derived: Callable[[T], dict[str, Any]] | None = None,
        place: Callable[[T], tuple[str, int]] | None = None,
        is_searched: bool = False,
        links: Mapping[str, str] | None = None,
        lists: Mapping[str, Many] | None = None,
        needs: tuple[frozenset[str], ...] = (),
        only: ColumnElement[bool] | None = None,
        together: tuple[frozenset[str], ...] = (),
        unique: Mapping[str, str] | None = None,
    ) -> None:
        """Describe a noun.

        `made` counts the numbers given and `kept` the records there are; `derived` gives the columns computed from
        a record, `folded` among them where it `is_searched`; `place` is its bucket in its list; `links` names the
        noun that each linking field leads to and `lists` the fields that list ids; `needs` names those of both of
        which no record can be without one; `only` tells the noun's rows in a table that it shares; `together` names
        fields that only make sense with each other, which undo puts back all or not at all; `unique` names those that
        no two records have alike, each with the derived column that tells.
        """
        self.name = name
        self.table = table
        self.kind = kind
        self.made = made
        self.kept = kept
        self.derived = derived
        self.place = place
        self.is_searched = is_searched
        self.links = links or {}
        self.lists = lists or {}
        self.needs = needs
        self.together = together
        self.unique = unique or {}
        self._only = () if only is None else (only,)
        names: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
        self.fields = tuple(name for name in names if name in table.c)
        self._flags = frozenset(name for name in self.fields if isinstance(table.c[name].type, Boolean))
        self.insert: Callable[[tuple[str, ...]], Statement[Any]] = statement()(self._write_insert)
        self.update: Callable[[tuple[str, ...]], Statement[Any]] = statement()(self._write_update)
        self.delete: Callable[[], Statement[Any]] = statement()(self._write_delete)
        self.exists: Callable[[], Statement[int]] = statement(int)(self._write_exists)
        self.bare = statement(kind)(self._write_bare)
        self.ids = statement(tuple)(self._write_ids)
        self.numbers = statement(tuple)(self._write_numbers)
        self.holder: Callable[[str], Statement[str]] = statement(str)(self._write_holder)

    def row(self, record: T) -> dict[str, Any]:
        """The record's own columns."""
        return {name: getattr(record, name) for name in self.fields}

    def computed(self, record: T) -> dict[str, Any]:
        """The columns computed from the record."""
        return self.derived(record) if self.derived else {}

    def revive(self, row: Mapping[str, Any]) -> T:
        """The record that a JSON object of its columns stands for."""
        # What isn't a column stands last in a record, and has a default. What the ledger of an earlier Carnet lacks
        # is a column that came later: null, or no.
        values = [row.get(name, False if name in self._flags else None) for name in self.fields]
        return msgspec.convert(values, self.kind, strict=False)

    def _write_insert(self, names: tuple[str, ...]) -> Insert:
        return insert(self.table).values({name: bindparam(name) for name in names})

    def _write_update(self, names: tuple[str, ...]) -> Update:
        return (
            update(self.table)
            .where(within(self.table), self.table.c.id == bindparam("record_id"))
            .values({name: bindparam(f"new_{name}", type_=self.table.c[name].type) for name in names})
        )

    def _write_delete(self) -> Delete:
        return delete(self.table).where(within(self.table), self.table.c.id == bindparam("record_id"))

    def _write_exists(self) -> Select[Any]:
        same = self.table.c.id == bindparam("record_id")
        return select(self.table.c.number).where(within(self.table), same, *self._only)

    def _write_bare(self) -> Select[Any]:
        chosen = [self.table.c[name] for name in self.fields]
        return select(*chosen).where(within(self.table), self.table.c.id == bindparam("record_id"), *self._only)

    def _write_ids(self) -> Select[Any]:
        which = is_one_of(self.table.c.number, "numbers")
        return select(self.table.c.number, self.table.c.id).where(within(self.table), which, *self._only)

    def _write_numbers(self) -> Select[Any]:
        which = is_one_of(self.table.c.id, "ids")
        return select(self.table.c.id, self.table.c.number).where(within(self.table), which, *self._only)

    def _write_holder(self, column: str) -> Select[Any]:
        return select(self.table.c.id).where(within(self.table), self.table.c[column] == bindparam("held"))


@statement()
def _list(table: Table, names: tuple[str, ...]) -> Insert:
    return insert(table).values({name: bindparam(name) for name in names})


@statement()
def _unlist(table: Table, to: str, by: str) -> Delete:
    same = (table.c[to] == bindparam("listed"), table.c[by] == bindparam("lister"))
    return delete(table).where(within(table), *same)


def said(changes: msgspec.Struct) -> dict[str, Any]:
    """The fields of a draft or of changes that were said."""
    named = ((name, getattr(changes, name)) for name in changes.__struct_fields__)
    return {name: _plain(name, value) for name, value in named if value is not UNSET}


def _plain(name: str, value: Any) -> Any:  # noqa: ANN401 - the values of any field
    """A moment in UTC, and a list for a tuple, which PostgreSQL's driver would bind as a row.

    Raises InvalidError for a moment that UTC can't say.
    """
    if isinstance(value, datetime):
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise InvalidError([Violation(name, Fault.NOT_A_TIME)]) from None
    return list(value) if isinstance(value, tuple) else value


def next_number(db: Database, actor: Actor, noun: Noun[Any]) -> int:
    """The next number of a noun's sequence, for a record that will be added."""
    return counters.next_number(db, actor.workspace_id, noun.made, noun.kept)


def exists(db: Database, actor: Actor, noun: Noun[Any], record_id: str) -> bool:
    """Whether the workspace has the record."""
    return db.find(noun.exists(), workspace_id=actor.workspace_id, record_id=record_id) is not None


def get(db: Database, actor: Actor, noun: Noun[T], record_id: str) -> T:
    """A record by its own columns alone, for what asks no right; NotFoundError where there is none."""
    found = db.find(noun.bare(), workspace_id=actor.workspace_id, record_id=record_id)
    if found is None:
        raise NotFoundError(noun.name, record_id)
    return found


def id_of(db: Database, actor: Actor, noun: Noun[Any], number: int) -> str:
    """The id of the record with a number; NotFoundError where there is none."""
    found = ids_of(db, actor, noun, [number]).get(number)
    if found is None:
        raise NotFoundError(noun.name, str(number))
    return found


def ids_of(db: Database, actor: Actor, noun: Noun[Any], numbers: Iterable[int]) -> dict[int, str]:
    """The ids of the records that these numbers name; numbers that nobody has are left out."""
    sought = sorted({number for number in numbers if 0 < number <= LARGEST_NUMBER})
    return dict(db.all(noun.ids(), workspace_id=actor.workspace_id, numbers=sought)) if sought else {}


def numbers_of(db: Database, actor: Actor, noun: Noun[Any], ids: Iterable[str | None]) -> dict[str, int]:
    """The numbers of the records that these ids name; None is passed over."""
    sought = sorted({record_id for record_id in ids if record_id is not None})
    return dict(db.all(noun.numbers(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def taken(db: Database, actor: Actor, noun: Noun[T], record: T) -> list[str]:
    """The fields that must be the record's alone, but which another record has already."""
    computed = noun.computed(record)
    holders = {
        field: db.find(noun.holder(column), workspace_id=actor.workspace_id, held=computed[column])
        for field, column in noun.unique.items()
    }
    return [field for field, holder in holders.items() if holder not in {None, record.id}]


def add(db: Database, actor: Actor, noun: Noun[T], record: T, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Keep a new record, which has its number from `next_number`; give its event's number."""
    row = _put(db, noun, record)
    return _tell(db, actor, noun, "created", record, before=None, after=row, now=now, cause=cause)


def change(  # noqa: PLR0913
    db: Database,
    actor: Actor,
    noun: Noun[T],
    record: T,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    happened: str = "updated",
    cause: Cause = NOTHING,
) -> T:
    """Write what differs and give the record as it is then; nothing is written where nothing differs."""
    if changes.get("extras") is not None and cause.undoes is None:  # an undo says the whole
        changes = {**changes, "extras": _with_extras(getattr(record, "extras", None), changes["extras"])}
    differing = {name: value for name, value in changes.items() if _differ(getattr(record, name), value)}
    if not differing:
        return record
    after = msgspec.structs.replace(record, **differing, version=record.version + 1, updated_at=now)  # type: ignore[type-var]
    written = {**differing, "version": after.version, "updated_at": now}
    derived = noun.computed(after)
    if derived:
        old = noun.computed(record)
        written |= {name: value for name, value in derived.items() if old[name] != value}
        if noun.is_searched and "folded" in written:
            db.trigrams.put(noun.table.name, record.workspace_id, record.number, derived["folded"])
    db.run(
        noun.update(tuple(sorted(written))),
        workspace_id=record.workspace_id,
        record_id=record.id,
        **{f"new_{name}": value for name, value in written.items()},
    )
    for field in noun.lists.keys() & differing.keys():
        _relist(db, noun, record, field, getattr(record, field), differing[field])
    if noun.place and noun.place(record) != noun.place(after):
        counters.fill(db, record.workspace_id, noun.place(record), -1)
        counters.fill(db, record.workspace_id, noun.place(after), 1)
    _tell(
        db,
        actor,
        noun,
        happened,
        after,
        before={name: getattr(record, name) for name in differing},
        after=differing,
        now=now,
        cause=cause,
    )
    return after


def _with_extras(held: dict[str, Any] | None, said: dict[str, Any]) -> dict[str, Any] | None:
    """What each tongue keeps under its own name: it leaves the others' alone, and None ends its own."""
    merged = {**(held or {}), **said}
    return {tongue: kept for tongue, kept in merged.items() if kept is not None} or None


def _differ(old: Any, new: Any) -> bool:  # noqa: ANN401 - the values of any field
    """Whether two values differ; in a JSON object 1 and true do, which Python holds for equal."""
    return old != new or (isinstance(old, dict) and _sorted_json(old) != _sorted_json(new))


_sorted_json = msgspec.json.Encoder(order="sorted").encode


def remove(  # noqa: PLR0913
    db: Database,
    actor: Actor,
    noun: Noun[T],
    record: T,
    *,
    now: datetime,
    cause: Cause = NOTHING,
    event_number: int | None = None,
    happened: str = "deleted",
) -> int:
    """Delete a record that nothing leads to any more; give its event's number."""
    for field in noun.lists:
        _relist(db, noun, record, field, getattr(record, field), None)
    db.run(noun.delete(), workspace_id=record.workspace_id, record_id=record.id)
    counters.add(db, record.workspace_id, noun.kept, -1)
    if noun.place:
        counters.fill(db, record.workspace_id, noun.place(record), -1)
    if noun.is_searched:
        db.trigrams.remove(noun.table.name, record.workspace_id, record.number)
    row = noun.row(record)
    return _tell(db, actor, noun, happened, record, before=row, after=None, now=now, cause=cause, number=event_number)


def restore(db: Database, actor: Actor, noun: Noun[T], record: T, *, now: datetime, cause: Cause) -> int:
    """Bring a deleted record back under its old id and number; give its event's number."""
    counters.add(db, record.workspace_id, noun.kept)
    row = _put(db, noun, record)
    return _tell(db, actor, noun, "restored", record, before=None, after=row, now=now, cause=cause)


def _put(db: Database, noun: Noun[T], record: T) -> dict[str, Any]:
    row = noun.row(record)
    values = {**row, **noun.computed(record)}
    db.run(noun.insert(tuple(values)), **values)
    if noun.place:
        counters.fill(db, record.workspace_id, noun.place(record), 1)
    if noun.is_searched:
        db.trigrams.put(noun.table.name, record.workspace_id, record.number, values["folded"])
    for field in noun.lists:
        _relist(db, noun, record, field, None, getattr(record, field))
    return row


def _relist(
    db: Database, noun: Noun[T], record: T, field: str, before: Sequence[str] | None, after: Sequence[str] | None
) -> None:
    """Say a list of ids the other way round."""
    many = noun.lists[field]
    had, has = before or (), after or ()
    for listed in had:
        if listed not in has:
            db.run(
                _unlist(many.table, many.to, many.by),
                workspace_id=record.workspace_id,
                listed=listed,
                lister=record.id,
            )
    for listed in has:
        if listed not in had:
            row = {"workspace_id": record.workspace_id, many.to: listed, many.by: record.id}
            if "noun" in many.table.c:
                row["noun"] = noun.name
            db.run(_list(many.table, tuple(row)), **row)


def _tell(  # noqa: PLR0913
    db: Database,
    actor: Actor,
    noun: Noun[T],
    happened: str,
    record: T,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
    cause: Cause = NOTHING,
    number: int | None = None,
) -> int:
    return events.record(
        db,
        actor,
        noun.name,
        happened,
        record.id,
        before=_as_json(before),
        after=_as_json(after),
        now=now,
        cause=cause,
        number=number,
    )


def _as_json(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Values as the ledger keeps them, and as undo compares them: moments in UTC, whatever offset they came with."""
    if values is None:
        return None
    plain = {name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in values.items()}
    return msgspec.to_builtins(plain)  # type: ignore[no-any-return]
