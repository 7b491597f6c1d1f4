"""Genders: the words that a workspace uses for its contacts, and what kind each is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, select

from carnet.core import records
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
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

_LONGEST_FOLDED = 255


class Type(StrEnum):
    """What kind of gender a word stands for."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"


class Gender(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A gender."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    type: Type


class GenderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a gender at its birth."""

    name: str
    type: Type = Type.OTHER


class GenderChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a gender that exists."""

    name: str | UnsetType = UNSET
    type: Type | UnsetType = UNSET


NOUN: Noun[Gender] = Noun(
    "gender",
    tables.genders,
    Gender,
    made="genders_made",
    kept="genders_kept",
    derived=lambda gender: {"name_folded": fold(gender.name)[:_LONGEST_FOLDED]},
)

_g = tables.genders.c


def genders_of() -> Select[Any]:
    """The genders of a workspace."""
    return select(*columns(tables.genders, Gender)).where(within(tables.genders))


LISTING: Listing[Gender] = Listing(
    tables.genders,
    Gender,
    genders_of,
    filters={"name": Text(tables.genders, _g.name_folded), "id": OneOf(_g.id)},
    orders={"name": _g.name_folded, "created_at": _g.created_at, "updated_at": _g.updated_at},
    natural=(("number", False),),
    kept="genders_kept",
)


@statement(Gender)
def _gender() -> Select[Any]:
    return genders_of().where(_g.id == bindparam("id"))


@statement(Gender)
def _by_ids() -> Select[Any]:
    return genders_of().where(is_one_of(_g.id, "ids"))


@statement(Gender)
def _by_name() -> Select[Any]:
    return genders_of().where(_g.name_folded == bindparam("name_folded")).order_by(_g.number)


def get(db: Database, actor: Actor, gender_id: str) -> Gender:
    """A gender; NotFoundError where there is none."""
    require(actor, Right.READ_CONTACTS)
    gender = db.find(_gender(), workspace_id=actor.workspace_id, id=gender_id)
    if gender is None:
        raise NotFoundError("gender", gender_id)
    return gender


def page(db: Database, actor: Actor, asked: Asked) -> Page[Gender]:
    """A page of genders, in the order of their making."""
    require(actor, Right.READ_CONTACTS)
    return LISTING.page(db, actor, asked)


def by_ids(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, Gender]:
    """The genders that these ids name; None is passed over."""
    sought = sorted({gender_id for gender_id in ids if gender_id is not None})
    found = db.all(_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {gender.id: gender for gender in found}


def find(db: Database, actor: Actor, name: str) -> Gender | None:
    """The oldest gender of a name, in any case."""
    require(actor, Right.READ_CONTACTS)
    folded = fold(name)[:_LONGEST_FOLDED]
    alike = db.all(_by_name(), workspace_id=actor.workspace_id, name_folded=folded)
    return next((gender for gender in alike if gender.name.casefold() == name.casefold()), None)


def create(db: Database, actor: Actor, draft: GenderDraft, *, now: datetime) -> Gender:
    """Make a gender. Raises InvalidError for a blank name."""
    require(actor, Right.WRITE_CONTACTS)
    _check(draft)
    number = records.next_number(db, actor, NOUN)
    gender = Gender(actor.workspace_id, new_id(), number, 1, now, now, draft.name, draft.type)
    records.add(db, actor, NOUN, gender, now=now)
    return gender


def change(db: Database, actor: Actor, gender_id: str, changes: GenderChanges, *, now: datetime) -> Gender:
    """Change what is named of a gender. Raises InvalidError as `create` does."""
    require(actor, Right.WRITE_CONTACTS)
    gender = get(db, actor, gender_id)
    _check(changes)
    return records.change(db, actor, NOUN, gender, records.said(changes), now=now)


def seed(db: Database, actor: Actor, *, now: datetime) -> None:
    """Give a new workspace its genders, under the names that programs look for."""
    for name, kind in _SEEDS:
        create(db, actor, GenderDraft(name=name, type=kind), now=now)


_SEEDS = (("Man", Type.MALE), ("Woman", Type.FEMALE), ("Rather not say", Type.OTHER))


def _check(said: GenderDraft | GenderChanges) -> None:
    if not records.said(said).get("name", "-").strip():
        raise InvalidError([Violation("name", Fault.BLANK)])
