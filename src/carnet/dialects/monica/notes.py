"""Notes at `/notes` (specification, section 9): those of contacts; what hangs on a deal or company alone isn't here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from carnet.core import contacts, notes, records, removal
from carnet.core.errors import NotFoundError
from carnet.core.notes import Note, NoteChanges, NoteDraft
from carnet.core.permissions import Right
from carnet.dialects.monica import lists, short
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import Flag, Form, Link, Text
from carnet.dialects.monica.resources import MOUNT, Account, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

LONGEST = 100_000


class NoteOut(msgspec.Struct, gc=False):
    """A note."""

    id: int
    uuid: str
    object: str
    body: str
    is_favorited: bool
    favorited_at: datetime | None
    url: str
    account: Account
    contact: short.Short | None
    created_at: datetime
    updated_at: datetime


def show(db: Database, actor: Actor, request: Request, found: Sequence[Note]) -> list[NoteOut]:
    """Notes as objects."""
    known = short.by_ids(db, actor, request, [note.contact_id for note in found])
    account = Account(actor.workspace_id)
    return [
        NoteOut(
            note.number,
            note.id,
            "note",
            note.text,
            note.is_favorite,
            seconds(note.favorited_at) if note.favorited_at is not None else None,
            f"{request.base_url}{MOUNT}/notes/{note.number}",
            account,
            known.get(note.contact_id),
            seconds(note.created_at),
            seconds(note.updated_at),
        )
        for note in found
    ]


def _get(db: Database, actor: Actor, note_id: str) -> Note:
    note = notes.get(db, actor, note_id)
    if note.contact_id is None:
        raise NotFoundError("note", note_id)
    return note


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Note:
    said = FORM.read(given)
    contact_id = records.id_of(db, actor, contacts.NOUN, said["contact_id"])
    draft = NoteDraft(text=said["body"], contact_id=contact_id, is_favorite=bool(said.get("is_favorited")))
    return notes.create(db, actor, draft, now=request.now)


def _change(db: Database, actor: Actor, request: Request, note: Note, given: dict[str, Any]) -> Note:
    said = FORM.read(given, {"body": note.text})
    if records.id_of(db, actor, contacts.NOUN, said["contact_id"]) != note.contact_id:
        raise NotFoundError("contact", str(said["contact_id"]))
    marked = bool(said["is_favorited"]) if "is_favorited" in said else UNSET
    return notes.change(db, actor, note.id, NoteChanges(text=said["body"], is_favorite=marked), now=request.now)


FORM = Form(
    Text("body", "text", limit=LONGEST, required=True),
    Link("contact_id", required=True),
    Flag("is_favorited", "is_favorite"),
)

NOTES = Resource(
    path="/notes",
    key="Note",
    about="what somebody wants to remember of a contact",
    noun=notes.NOUN,
    reads=Right.READ_NOTES,
    writes=Right.WRITE_NOTES,
    shown=NoteOut,
    show=show,
    page=notes.page,
    get=_get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_note,
    sorts={**lists.SORTS, "favorited_at": "favorited_at_or_never"},
    filters=lambda _request: {"has_contact": True},
)


def operations() -> list[Operation]:
    """What can be asked of notes."""
    return [*NOTES.operations(), NOTES.of_contact("/contacts/{id}/notes")]
