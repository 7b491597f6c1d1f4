"""The journal at `/journal` (specification, section 12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import journal, removal
from carnet.core.journal import Entry, EntryChanges, EntryDraft
from carnet.core.permissions import Right
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import LONG, Form, Text
from carnet.dialects.monica.resources import MOUNT, Account, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class EntryOut(msgspec.Struct, gc=False):
    """An entry of the journal."""

    id: int
    uuid: str
    object: str
    title: str
    post: str
    date: str
    url: str
    account: Account
    created_at: datetime
    updated_at: datetime


def show(_db: Database, actor: Actor, request: Request, found: Sequence[Entry]) -> list[EntryOut]:
    """Entries as objects."""
    head, account = f"{request.base_url}{MOUNT}/journal/", Account(actor.workspace_id)
    return [
        EntryOut(
            entry.number,
            entry.id,
            "entry",
            entry.title,
            entry.text,
            entry.written_on.isoformat(),
            f"{head}{entry.number}",
            account,
            seconds(entry.created_at),
            seconds(entry.updated_at),
        )
        for entry in found
    ]


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Entry:
    said = FORM.read(given)
    return journal.create(db, actor, EntryDraft(title=said["title"], text=said["post"]), now=request.now)


def _change(db: Database, actor: Actor, request: Request, entry: Entry, given: dict[str, Any]) -> Entry:
    said = FORM.read(given, {"title": entry.title, "post": entry.text})
    changes = EntryChanges(title=said["title"], text=said["post"])
    return journal.change(db, actor, entry.id, changes, now=request.now)


FORM = Form(Text("title", required=True), Text("post", "text", limit=LONG, required=True))

ENTRIES = Resource(
    path="/journal",
    key="Entry",
    about="what was written of the days",
    noun=journal.NOUN,
    reads=Right.READ_JOURNAL,
    writes=Right.WRITE_JOURNAL,
    shown=EntryOut,
    show=show,
    page=journal.page,
    get=journal.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_entry,
)
operations = ENTRIES.operations
