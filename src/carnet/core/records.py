"""How every record is kept: born, changed and removed, each with its event, its counters and its index.

A noun says what is its own (its table, what it is found by, where it stands in its list); the rest is the same for
all of them and stands here once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import UNSET
from sqlalchemy import bindparam, delete, insert, select, update

from carnet.core import counters, events
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.events import NOTHING, Cause
from carnet.store.conditions import within
from carnet.store.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import ColumnElement, Select, Table
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
        only: ColumnElement[bool] | None = None,
        together: tuple[frozenset[str], ...] = (),
    ) -> None:
        """Describe a noun.

        `made` counts the numbers given and `kept` the records there are; `derived` gives the columns computed from
        a record, `folded` among them where it `is_searched`; `place` is its bucket in its list; `links` names the
        noun that each linking field leads to; `only` tells the noun's rows in a table that it shares;
        `together` names fields that only make sense with each other, which undo puts back all or not at all.
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
        self.together = together
        self._only = () if only is None else (only,)
        names: tuple[str, ...] = kind.__struct_fields__  # type: ignore[attr-defined]
        self.fields = tuple(name for name in names if name in table.c)
        self.insert: Callable[[tuple[str, ...]], Statement[Any]] = statement()(self._write_insert)
        self.update: Callable[[tuple[str, ...]], Statement[Any]] = statement()(self._write_update)
        self.delete: Callable[[], Statement[Any]] = statement()(self._write_delete)
        self.exists = statement(int)(self._write_exists)

    def row(self, record: T) -> dict[str, Any]:
        """The record's own columns."""
        return {name: getattr(record, name) for name in self.fields}

    def computed(self, record: T) -> dict[str, Any]:
        """The columns computed from the record."""
        return self.derived(record) if self.derived else {}

    def revive(self, row: Mapping[str, Any]) -> T:
        """The record that a JSON object of its columns stands for."""
        # What isn't a column stands last in a record, and has a default.
        return msgspec.convert([row.get(name) for name in self.fields], self.kind, strict=False)

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


def add(db: Database, actor: Actor, noun: Noun[T], record: T, *, now: datetime) -> int:
    """Keep a new record, which has its number from `next_number`; give its event's number."""
    row = _put(db, noun, record)
    return _tell(db, actor, noun, "created", record, before=None, after=row, now=now)


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


def remove(
    db: Database,
    actor: Actor,
    noun: Noun[T],
    record: T,
    *,
    now: datetime,
    cause: Cause = NOTHING,
    event_number: int | None = None,
) -> int:
    """Delete a record that nothing leads to any more; give its event's number."""
    db.run(noun.delete(), workspace_id=record.workspace_id, record_id=record.id)
    counters.add(db, record.workspace_id, noun.kept, -1)
    if noun.place:
        counters.fill(db, record.workspace_id, noun.place(record), -1)
    if noun.is_searched:
        db.trigrams.remove(noun.table.name, record.workspace_id, record.number)
    row = noun.row(record)
    return _tell(db, actor, noun, "deleted", record, before=row, after=None, now=now, cause=cause, number=event_number)


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
    return row


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
