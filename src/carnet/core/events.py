"""The ledger: every change of a record writes one event in its own transaction, with what was and what is.

Events are numbered per workspace under the lock of its counter row, so no reader passes one that commits later.
"""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, insert, select

from carnet.core import counters
from carnet.core.errors import NotFoundError
from carnet.core.identity import new_id
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Insert

    from carnet.core.permissions import Actor
    from carnet.store.database import Database


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """One change. `before` and `after` hold the fields that changed: one is None at a birth, the other at an end."""

    workspace_id: int
    number: int
    id: str
    at: datetime
    kind: str
    """The noun and what happened to it: `task.completed`."""
    noun: str
    record_id: str
    user_id: str
    token_id: str | None
    part_of: int | None
    """The number of the event that this one happened because of: a task removed with its contact."""
    undoes: int | None
    """The number of the event that this one took back."""
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """Why a change happens, where it isn't asked for itself."""

    part_of: int | None = None
    undoes: int | None = None


NOTHING = Cause()


@statement()
def _insert() -> Insert:
    return insert(tables.events).values({name: bindparam(name) for name in Event.__struct_fields__})


def _events() -> Select[Any]:
    return select(*columns(tables.events, Event)).where(within(tables.events))


@statement(Event)
def _by_number() -> Select[Any]:
    return _events().where(tables.events.c.number == bindparam("number"))


@statement(Event)
def _parts() -> Select[Any]:
    return _events().where(tables.events.c.part_of == bindparam("part_of"))


@statement(Event)
def _of_record() -> Select[Any]:
    return _events().where(tables.events.c.record_id == bindparam("record_id")).order_by(tables.events.c.number)


@statement(Event)
def _since() -> Select[Any]:
    return (
        _events()
        .where(tables.events.c.number > bindparam("after_number"))
        .order_by(tables.events.c.number)
        .limit(bindparam("limit"))
    )


def record(  # noqa: PLR0913 - an event is made of these
    db: Database,
    actor: Actor,
    noun: str,
    happened: str,
    record_id: str,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
    cause: Cause = NOTHING,
    number: int | None = None,
) -> int:
    """Write an event and give its number, which may have been taken earlier (see `next_number`)."""
    if number is None:
        number = next_number(db, actor)
    db.run(
        _insert(),
        workspace_id=actor.workspace_id,
        number=number,
        id=new_id(),
        at=now,
        kind=f"{noun}.{happened}",
        noun=noun,
        record_id=record_id,
        user_id=actor.user_id,
        token_id=actor.token_id,
        part_of=cause.part_of,
        undoes=cause.undoes,
        before=before,
        after=after,
    )
    return number


def next_number(db: Database, actor: Actor) -> int:
    """Take the number of an event that other events will be part of, before they are written."""
    return counters.add(db, actor.workspace_id, "events_made")


def get(db: Database, actor: Actor, number: int) -> Event:
    """The event of a number; NotFoundError where there is none."""
    event = db.find(_by_number(), workspace_id=actor.workspace_id, number=number)
    if event is None:
        raise NotFoundError("event", str(number))
    return event


def parts(db: Database, actor: Actor, number: int) -> list[Event]:
    """The events that happened because of another, oldest first."""
    found = db.all(_parts(), workspace_id=actor.workspace_id, part_of=number)
    return sorted(found, key=_number_of)  # sorted by the database, SQLite would walk through the whole ledger


_number_of = attrgetter("number")


def of_record(db: Database, actor: Actor, record_id: str) -> list[Event]:
    """Everything that happened to a record, oldest first."""
    return db.all(_of_record(), workspace_id=actor.workspace_id, record_id=record_id)


def since(db: Database, actor: Actor, number: int, *, limit: int = 100) -> list[Event]:
    """The events after a number, oldest first."""
    return db.all(_since(), workspace_id=actor.workspace_id, after_number=number, limit=limit)
