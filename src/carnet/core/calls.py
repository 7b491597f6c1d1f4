"""Calls: with whom somebody spoke, when, and about what."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import contacts, records
from carnet.core.errors import NoSuchReferenceError, NotFoundError
from carnet.core.filters import Condition, OneOf, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement
from carnet.store.years import year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database
    from carnet.store.statements import Clause


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call, which the contact made or, unless `contact_called`, somebody of the workspace."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    contact_id: str
    called_at: datetime
    content: str | None
    contact_called: bool
    extras: dict[str, Any] | None


class CallDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a call when it is noted down."""

    contact_id: str
    called_at: datetime
    content: str | None = None
    contact_called: bool = False
    extras: dict[str, Any] | None = None


class CallChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a call that is noted down already."""

    contact_id: str | UnsetType = UNSET
    called_at: datetime | UnsetType = UNSET
    content: str | None | UnsetType = UNSET
    contact_called: bool | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


class Summary(msgspec.Struct, frozen=True, array_like=True):
    """How often a contact was spoken to, and when last."""

    contact_id: str
    count: int
    last_at: datetime


NOUN: Noun[Call] = Noun(
    "call",
    tables.calls,
    Call,
    made="calls_made",
    kept="calls_kept",
    links={"contact_id": "contact"},
    needs=(frozenset({"contact_id"}),),
)

_c = tables.calls.c


def calls_of() -> Select[Any]:
    """The calls of a workspace."""
    return select(*columns(tables.calls, Call)).where(within(tables.calls))


LISTING: Listing[Call] = Listing(
    tables.calls,
    Call,
    calls_of,
    filters={
        "id": OneOf(_c.id),
        "contact_id": OneOf(_c.contact_id),
        "contact_called": Condition(_c.contact_called),
        **compared("called_at", _c.called_at),
        **compared("created_at", _c.created_at),
    },
    orders={"called_at": _c.called_at, "created_at": _c.created_at, "updated_at": _c.updated_at},
    natural=(("number", True),),
    kept="calls_kept",
)


@statement(Call)
def _call() -> Select[Any]:
    return calls_of().where(_c.id == bindparam("id"))


@statement(Call)
def _linked() -> Select[Any]:
    return calls_of().where(_c.contact_id == bindparam("contact_id")).order_by(_c.number)


@statement(Summary)
def _summaries() -> Select[Any]:
    chosen = select(_c.contact_id, func.count(), func.max(_c.called_at, type_=_c.called_at.type))
    return chosen.where(within(tables.calls), is_one_of(_c.contact_id, "ids")).group_by(_c.contact_id)


@statement(tuple)
def _per_year(*, of_contact: bool) -> Clause:
    of = (_c.contact_id == bindparam("contact_id"),) if of_contact else ()
    return {
        dialect: select(year, func.count()).where(within(tables.calls), *of).group_by(year).order_by(year)
        for dialect, year in year_of(_c.called_at).items()
    }


def get(db: Database, actor: Actor, call_id: str) -> Call:
    """A call; NotFoundError where there is none."""
    require(actor, Right.READ_ACTIVITIES)
    call = db.find(_call(), workspace_id=actor.workspace_id, id=call_id)
    if call is None:
        raise NotFoundError("call", call_id)
    return call


def page(db: Database, actor: Actor, asked: Asked) -> Page[Call]:
    """A page of calls, the last noted down first."""
    require(actor, Right.READ_ACTIVITIES)
    return LISTING.page(db, actor, asked)


def linked_to(db: Database, actor: Actor, contact_id: str) -> list[Call]:
    """The calls with a contact."""
    return db.all(_linked(), workspace_id=actor.workspace_id, contact_id=contact_id)


def summaries(db: Database, actor: Actor, contact_ids: Iterable[str]) -> dict[str, Summary]:
    """What calls with these contacts come to; nothing for those without, or for who may not read calls."""
    sought = sorted(set(contact_ids)) if Right.READ_ACTIVITIES in actor.rights else []
    found = db.all(_summaries(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {summary.contact_id: summary for summary in found}


def per_year(db: Database, actor: Actor, *, contact_id: str | None = None) -> dict[int, int]:
    """How many calls there were in each year (in UTC) that had any, the workspace's or one contact's."""
    require(actor, Right.READ_ACTIVITIES)
    named = {} if contact_id is None else {"contact_id": contact_id}
    return dict(db.all(_per_year(of_contact=bool(named)), workspace_id=actor.workspace_id, **named))


def create(db: Database, actor: Actor, draft: CallDraft, *, now: datetime) -> Call:
    """Note down a call. Raises NoSuchReferenceError for a contact that isn't there."""
    require(actor, Right.WRITE_ACTIVITIES)
    said = records.said(draft)
    _check(db, actor, said)
    number = records.next_number(db, actor, NOUN)
    call = Call(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, call, now=now)
    return call


def change(db: Database, actor: Actor, call_id: str, changes: CallChanges, *, now: datetime) -> Call:
    """Change what is named of a call. Raises as `create` does."""
    require(actor, Right.WRITE_ACTIVITIES)
    call = get(db, actor, call_id)
    said = records.said(changes)
    _check(db, actor, said)
    return records.change(db, actor, NOUN, call, said, now=now)


def _check(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    contact_id = said.get("contact_id")
    if contact_id is not None and not records.exists(db, actor, contacts.NOUN, contact_id):
        raise NoSuchReferenceError("contact_id", "contact", contact_id)
