"""The journal: what the workspace's people write down of their days, about nobody in particular."""

from __future__ import annotations

from datetime import date, datetime
from operator import ge, le
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, select

from carnet.core import records
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.filters import Compared, OneOf, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select

    from carnet.store.database import Database


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry of the journal."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    title: str
    text: str
    written_on: date
    extras: dict[str, Any] | None


class EntryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of an entry at its birth; without a day it is of today, where the actor is."""

    title: str
    text: str
    written_on: date | None = None
    extras: dict[str, Any] | None = None


class EntryChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of an entry that exists."""

    title: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    written_on: date | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


NOUN: Noun[Entry] = Noun(
    "journal_entry",
    tables.journal_entries,
    Entry,
    made="journal_entries_made",
    kept="journal_entries_kept",
)

_e = tables.journal_entries.c


def entries_of() -> Select[Any]:
    """The journal of a workspace."""
    return select(*columns(tables.journal_entries, Entry)).where(within(tables.journal_entries))


LISTING: Listing[Entry] = Listing(
    tables.journal_entries,
    Entry,
    entries_of,
    filters={
        "id": OneOf(_e.id),
        "written_on_before": Compared(_e.written_on, le),
        "written_on_after": Compared(_e.written_on, ge),
        **compared("created_at", _e.created_at),
    },
    orders={"written_on": _e.written_on, "created_at": _e.created_at, "updated_at": _e.updated_at},
    natural=(("number", True),),
    kept="journal_entries_kept",
)


@statement(Entry)
def _entry() -> Select[Any]:
    return entries_of().where(_e.id == bindparam("id"))


def get(db: Database, actor: Actor, entry_id: str) -> Entry:
    """An entry; NotFoundError where there is none."""
    require(actor, Right.READ_JOURNAL)
    entry = db.find(_entry(), workspace_id=actor.workspace_id, id=entry_id)
    if entry is None:
        raise NotFoundError("journal_entry", entry_id)
    return entry


def page(db: Database, actor: Actor, asked: Asked) -> Page[Entry]:
    """A page of the journal, the last written first."""
    require(actor, Right.READ_JOURNAL)
    return LISTING.page(db, actor, asked)


def create(db: Database, actor: Actor, draft: EntryDraft, *, now: datetime) -> Entry:
    """Write an entry. Raises InvalidError for a blank title or text."""
    require(actor, Right.WRITE_JOURNAL)
    said = records.said(draft)
    _check(said)
    said["written_on"] = draft.written_on or now.astimezone(ZoneInfo(actor.time_zone)).date()
    number = records.next_number(db, actor, NOUN)
    entry = Entry(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, entry, now=now)
    return entry


def change(db: Database, actor: Actor, entry_id: str, changes: EntryChanges, *, now: datetime) -> Entry:
    """Change what is named of an entry. Raises InvalidError as `create` does."""
    require(actor, Right.WRITE_JOURNAL)
    entry = get(db, actor, entry_id)
    said = records.said(changes)
    _check(said)
    return records.change(db, actor, NOUN, entry, said, now=now)


def _check(said: dict[str, Any]) -> None:
    blank = [field for field in ("title", "text") if not said.get(field, "-").strip()]
    if blank:
        raise InvalidError([Violation(field, Fault.BLANK) for field in blank])
