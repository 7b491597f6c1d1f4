"""Notes at `/api/notes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import notes, removal
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.notes import Note, NoteChanges, NoteDraft
from carnet.core.permissions import Right
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, gather
from carnet.dialects.hydra.fields import LONG, Text
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.links import Relation
from carnet.dialects.hydra.quantities import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_COLLECTION = "/api/notes"

CLASS = Class(
    name="Note",
    collection=_COLLECTION,
    about="what is remembered of contacts, companies and deals, newest first",
    fields=(
        Relation(
            "contact", "contact_id", "/api/contacts", "Contact", about="Required unless a company or a deal is given."
        ),
        Relation("company", "company_id", "/api/companies", "Company"),
        Relation("deal", "deal_id", "/api/deals", "Deal"),
        Text("title"),
        Text("text", required=True, limit=LONG),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Query("q", field="text"),
        filters.Link("id", "id", _COLLECTION),
        filters.Link("contact", "contact_id", "/api/contacts"),
        filters.Link("company", "company_id", "/api/companies"),
        filters.Link("deal", "deal_id", "/api/deals"),
        filters.Date("createdAt", "created_at"),
        filters.Exists({"title": "has_title"}),
        filters.Order({"createdAt": "created_at"}),
    ),
)


class NoteOut(msgspec.Struct, rename="camel", gc=False):
    """A note on the wire. What is UNSET is left out."""

    context: str | UnsetType = msgspec.field(name="@context")
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    contact: str | UnsetType
    company: str | UnsetType
    deal: str | UnsetType
    title: str | UnsetType
    text: str
    created_at: str
    updated_at: str


def note_out(note: Note) -> NoteOut:
    """A note as an item, its fields in order (see `task_out`)."""
    return NoteOut(
        UNSET,
        f"{_COLLECTION}/{note.id}",
        "Note",
        note.id,
        f"/api/contacts/{note.contact_id}" if note.contact_id is not None else UNSET,
        f"/api/companies/{note.company_id}" if note.company_id is not None else UNSET,
        f"/api/deals/{note.deal_id}" if note.deal_id is not None else UNSET,
        note.title if note.title is not None else UNSET,
        note.text,
        moment(note.created_at),
        moment(note.updated_at),
    )


def _show(_db: Database, _actor: Actor, found: Sequence[Note]) -> list[NoteOut]:
    return [note_out(note) for note in found]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Note:
    return notes.create(db, actor, NoteDraft(**_said(body, None)), now=request.now)


def _change(db: Database, actor: Actor, note: Note, body: dict[str, Any], request: Request) -> Note:
    return notes.change(db, actor, note.id, NoteChanges(**_said(body, note)), now=request.now)


def _said(body: dict[str, Any], note: Note | None) -> dict[str, Any]:
    """What a body says of a note. Raises InvalidError with every violation at once."""
    said, faults = gather(CLASS, body, before=note, creating=note is None)
    if not any(said.get(link, getattr(note, link, None)) for link in notes.LINKS):
        faults.insert(0, Violation("contact_id", Fault.MISSING))
    if faults:
        raise InvalidError(faults)
    return said


FACE = Face(
    described=CLASS,
    reads=Right.READ_NOTES,
    writes=Right.WRITE_NOTES,
    show=_show,
    page=notes.page,
    get=notes.get,
    create=_create,
    change=_change,
    remove=removal.remove_note,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of notes."""
    return Item(FACE, prefix=prefix).operations()
