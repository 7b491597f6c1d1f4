"""Tags: words of the workspace's own that contacts, companies, tasks and deals bear."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, select

from carnet.core import pipelines, records
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import OneOf, Text
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import fold
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database

_LONGEST_KEY = 255


class Tag(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A tag."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    color: str | None
    extras: dict[str, Any] | None


class TagDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a tag at its birth."""

    name: str
    color: str | None = None
    extras: dict[str, Any] | None = None


class TagChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a tag that exists."""

    name: str | UnsetType = UNSET
    color: str | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


def _key(name: str) -> str:
    """What makes two names the same tag: their letters in any case, accents told apart."""
    key = normalize("NFC", normalize("NFC", name).casefold())
    if len(key) <= _LONGEST_KEY:
        return key
    return key[:_LONGEST_KEY] + hashlib.sha256(key.encode()).hexdigest()  # PostgreSQL's index takes no longer row


NOUN: Noun[Tag] = Noun(
    "tag",
    tables.tags,
    Tag,
    made="tags_made",
    kept="tags_kept",
    derived=lambda tag: {"name_key": _key(tag.name), "name_folded": fold(tag.name)[:_LONGEST_KEY]},
    unique={"name": "name_key"},
)

_t = tables.tags.c


def tags_of() -> Select[Any]:
    """The tags of a workspace."""
    return select(*columns(tables.tags, Tag)).where(within(tables.tags))


LISTING: Listing[Tag] = Listing(
    tables.tags,
    Tag,
    tags_of,
    filters={"name": Text(tables.tags, _t.name_folded), "id": OneOf(_t.id)},
    orders={"name": _t.name_folded, "created_at": _t.created_at, "updated_at": _t.updated_at},
    natural=(("name", False), ("number", False)),
    kept="tags_kept",
)


@statement(Tag)
def _tag() -> Select[Any]:
    return tags_of().where(_t.id == bindparam("id"))


@statement(Tag)
def _by_key() -> Select[Any]:
    return tags_of().where(_t.name_key == bindparam("name_key"))


@statement(Tag)
def _by_ids() -> Select[Any]:
    return tags_of().where(is_one_of(_t.id, "ids"))


@statement(tuple)
def _bearers() -> Select[Any]:
    bearing = tables.taggings.c
    return (
        select(bearing.noun, bearing.record_id)
        .where(within(tables.taggings), bearing.tag_id == bindparam("tag_id"))
        .order_by(bearing.record_id)
    )


def get(db: Database, actor: Actor, tag_id: str) -> Tag:
    """A tag; NotFoundError where there is none."""
    require(actor, Right.READ_TAGS)
    tag = db.find(_tag(), workspace_id=actor.workspace_id, id=tag_id)
    if tag is None:
        raise NotFoundError("tag", tag_id)
    return tag


def page(db: Database, actor: Actor, asked: Asked) -> Page[Tag]:
    """A page of tags, by name."""
    require(actor, Right.READ_TAGS)
    return LISTING.page(db, actor, asked)


def by_ids(db: Database, actor: Actor, ids: Iterable[str]) -> dict[str, Tag]:
    """The tags that these ids name. Who may read a record may read what it bears, so this asks for no right."""
    sought = sorted(set(ids))
    found = db.all(_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {tag.id: tag for tag in found}


def named(db: Database, actor: Actor, name: str) -> Tag | None:
    """The tag of a name, in any case, for those who may give it; None where there is none."""
    return db.find(_by_key(), workspace_id=actor.workspace_id, name_key=_key(name))


def bearers(db: Database, actor: Actor, tag_id: str) -> list[tuple[str, str]]:
    """The noun and the id of every record that bears a tag."""
    return db.all(_bearers(), workspace_id=actor.workspace_id, tag_id=tag_id)


def create(db: Database, actor: Actor, draft: TagDraft, *, now: datetime) -> Tag:
    """Make a tag. Raises InvalidError for a blank name, one that is taken in any case, or a bad colour."""
    require(actor, Right.WRITE_TAGS)
    said = records.said(draft)
    _check(db, actor, said, None)
    number = records.next_number(db, actor, NOUN)
    tag = Tag(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, tag, now=now)
    return tag


def find_or_create(db: Database, actor: Actor, name: str, *, now: datetime) -> Tag:
    """The tag of a name, in any case; made where there is none. Raises InvalidError for a blank name."""
    require(actor, Right.READ_TAGS)
    return named(db, actor, name) or create(db, actor, TagDraft(name=name), now=now)


def change(db: Database, actor: Actor, tag_id: str, changes: TagChanges, *, now: datetime) -> Tag:
    """Change what is named of a tag. Raises as `create` does."""
    require(actor, Right.WRITE_TAGS)
    tag = get(db, actor, tag_id)
    said = records.said(changes)
    _check(db, actor, said, tag)
    return records.change(db, actor, NOUN, tag, said, now=now)


def settle(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    """Bring the `tag_ids` among what is said of a record into their form: each once, in order, None where none.

    Raises NoSuchReferenceError for a tag that isn't there.
    """
    if said.get("tag_ids") is None:
        return
    ids = list(dict.fromkeys(said["tag_ids"]))
    known = by_ids(db, actor, ids)
    for tag_id in ids:
        if tag_id not in known:
            raise NoSuchReferenceError("tag_ids", "tag", tag_id)
    said["tag_ids"] = ids or None


def _check(db: Database, actor: Actor, said: dict[str, Any], tag: Tag | None) -> None:
    faults = []
    name = said.get("name")
    if name is not None:
        known = named(db, actor, name)
        if not name.strip():
            faults.append(Violation("name", Fault.BLANK))
        elif known is not None and (tag is None or known.id != tag.id):
            faults.append(Violation("name", Fault.TAKEN))
    if said.get("color") is not None and not pipelines.is_color(said["color"]):
        faults.append(Violation("color", Fault.NOT_VALID))
    if faults:
        raise InvalidError(faults)
