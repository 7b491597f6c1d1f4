"""Notes: what somebody wants to remember of a contact, a company or a deal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import companies, contacts, deals, records
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Condition, OneOf, Text, Words, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Least, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import document
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database


class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A note."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    contact_id: str | None
    company_id: str | None
    deal_id: str | None
    title: str | None
    text: str
    favorited_at: datetime | None
    extras: dict[str, Any] | None

    @property
    def is_favorite(self) -> bool:
        """Whether somebody marked it."""
        return self.favorited_at is not None


class NoteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a note at its birth; it hangs on at least one contact, company or deal."""

    text: str
    contact_id: str | None = None
    company_id: str | None = None
    deal_id: str | None = None
    title: str | None = None
    is_favorite: bool = False
    extras: dict[str, Any] | None = None


class NoteChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a note that exists."""

    text: str | UnsetType = UNSET
    contact_id: str | None | UnsetType = UNSET
    company_id: str | None | UnsetType = UNSET
    deal_id: str | None | UnsetType = UNSET
    title: str | None | UnsetType = UNSET
    is_favorite: bool | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


LINKS: dict[str, Noun[Any]] = {"contact_id": contacts.NOUN, "company_id": companies.NOUN, "deal_id": deals.NOUN}

NOUN: Noun[Note] = Noun(
    "note",
    tables.notes,
    Note,
    made="notes_made",
    kept="notes_kept",
    derived=lambda note: {"folded": document(note.title, note.text)},
    is_searched=True,
    links={link: noun.name for link, noun in LINKS.items()},
    needs=(frozenset(LINKS),),
)

_n = tables.notes.c


def notes_of() -> Select[Any]:
    """The notes of a workspace."""
    return select(*columns(tables.notes, Note)).where(within(tables.notes))


LISTING: Listing[Note] = Listing(
    tables.notes,
    Note,
    notes_of,
    filters={
        "q": Words(Text(tables.notes, _n.folded)),
        "id": OneOf(_n.id),
        "contact_id": OneOf(_n.contact_id),
        "company_id": OneOf(_n.company_id),
        "deal_id": OneOf(_n.deal_id),
        "has_contact": Condition(_n.contact_id.is_not(None)),
        "has_title": Condition(_n.title.is_not(None)),
        **compared("created_at", _n.created_at),
    },
    orders={
        "created_at": _n.created_at,
        "updated_at": _n.updated_at,
        "favorited_at_or_never": Least(_n.favorited_at),
    },
    natural=(("number", True),),
    kept="notes_kept",
)


@statement(Note)
def _note() -> Select[Any]:
    return notes_of().where(_n.id == bindparam("id"))


@statement(Note)
def _linked(column: str) -> Select[Any]:
    return notes_of().where(_n[column] == bindparam("link")).order_by(_n.number)


@statement(tuple)
def _counts() -> Select[Any]:
    chosen = select(_n.contact_id, func.count()).where(within(tables.notes), is_one_of(_n.contact_id, "ids"))
    return chosen.group_by(_n.contact_id)


@statement(Note)
def _latest() -> Select[Any]:
    place = func.row_number().over(partition_by=_n.contact_id, order_by=_n.number.desc()).label("place")
    ranked = notes_of().add_columns(place).where(is_one_of(_n.contact_id, "ids")).subquery()
    chosen = select(*(ranked.c[name] for name in Note.__struct_fields__))
    return chosen.where(ranked.c.place <= bindparam("most")).order_by(ranked.c.number.desc())


def get(db: Database, actor: Actor, note_id: str) -> Note:
    """A note; NotFoundError where there is none."""
    require(actor, Right.READ_NOTES)
    note = db.find(_note(), workspace_id=actor.workspace_id, id=note_id)
    if note is None:
        raise NotFoundError("note", note_id)
    return note


def page(db: Database, actor: Actor, asked: Asked) -> Page[Note]:
    """A page of notes, newest first."""
    require(actor, Right.READ_NOTES)
    return LISTING.page(db, actor, asked)


def linked_to(db: Database, actor: Actor, link: str, record_id: str) -> list[Note]:
    """The notes whose `link` (`contact_id`, `company_id` or `deal_id`) leads to a record."""
    return db.all(_linked(link), workspace_id=actor.workspace_id, link=record_id)


def counts(db: Database, actor: Actor, contact_ids: Iterable[str]) -> dict[str, int]:
    """How many notes each of these contacts has; nothing for those without, or for who may not read notes."""
    sought = sorted(set(contact_ids)) if Right.READ_NOTES in actor.rights else []
    return dict(db.all(_counts(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def latest(db: Database, actor: Actor, contact_ids: Iterable[str], *, most: int) -> list[Note]:
    """The last notes of each of these contacts, newest first; none for who may not read notes."""
    sought = sorted(set(contact_ids)) if Right.READ_NOTES in actor.rights else []
    return db.all(_latest(), workspace_id=actor.workspace_id, ids=sought, most=most) if sought else []


def create(db: Database, actor: Actor, draft: NoteDraft, *, now: datetime) -> Note:
    """Make a note.

    Raises InvalidError for a blank text or a note that hangs on nothing, and NoSuchReferenceError for a contact,
    company or deal that isn't there.
    """
    require(actor, Right.WRITE_NOTES)
    said = _settled(records.said(draft), None, now)
    _check(db, actor, said, None)
    number = records.next_number(db, actor, NOUN)
    note = Note(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, note, now=now)
    return note


def change(db: Database, actor: Actor, note_id: str, changes: NoteChanges, *, now: datetime) -> Note:
    """Change what is named of a note. Raises as `create` does."""
    require(actor, Right.WRITE_NOTES)
    note = get(db, actor, note_id)
    said = _settled(records.said(changes), note, now)
    _check(db, actor, said, note)
    return records.change(db, actor, NOUN, note, said, now=now)


def _settled(said: dict[str, Any], note: Note | None, now: datetime) -> dict[str, Any]:
    """What was said, with the moment of becoming a favourite in place of the mark."""
    marked = said.pop("is_favorite", None)
    if note is None or (marked is not None and marked != note.is_favorite):
        said["favorited_at"] = now if marked else None
    return said


def _check(db: Database, actor: Actor, said: dict[str, Any], note: Note | None) -> None:
    faults = []
    if not said.get("text", "-").strip():
        faults.append(Violation("text", Fault.BLANK))
    if not any(said.get(link, getattr(note, link, None)) for link in LINKS):
        faults.append(Violation("contact_id", Fault.MISSING))
    if faults:
        raise InvalidError(faults)
    for link, noun in LINKS.items():
        if said.get(link) is not None and not records.exists(db, actor, noun, said[link]):
            raise NoSuchReferenceError(link, noun.name, said[link])
