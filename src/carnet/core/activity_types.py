"""Types of activities, and the categories that they stand in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, select

from carnet.core import records
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

_LONGEST_FOLDED = 255


class Category(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A category of activity types."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    extras: dict[str, Any] | None


class CategoryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a category at its birth."""

    name: str
    extras: dict[str, Any] | None = None


class CategoryChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a category that exists."""

    name: str | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


class ActivityType(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What people do together: one kind of it."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    category_id: str | None
    name: str
    extras: dict[str, Any] | None


class ActivityTypeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a type at its birth."""

    name: str
    category_id: str | None = None
    extras: dict[str, Any] | None = None


class ActivityTypeChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a type that exists."""

    name: str | UnsetType = UNSET
    category_id: str | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


CATEGORY: Noun[Category] = Noun(
    "activity_type_category",
    tables.activity_type_categories,
    Category,
    made="activity_type_categories_made",
    kept="activity_type_categories_kept",
    derived=lambda category: {"name_folded": fold(category.name)[:_LONGEST_FOLDED]},
)
TYPE: Noun[ActivityType] = Noun(
    "activity_type",
    tables.activity_types,
    ActivityType,
    made="activity_types_made",
    kept="activity_types_kept",
    derived=lambda kind: {"name_folded": fold(kind.name)[:_LONGEST_FOLDED]},
    links={"category_id": "activity_type_category"},
)

_c, _t = tables.activity_type_categories.c, tables.activity_types.c


def categories_of() -> Select[Any]:
    """The categories of a workspace."""
    return select(*columns(tables.activity_type_categories, Category)).where(within(tables.activity_type_categories))


def types_of() -> Select[Any]:
    """The types of a workspace, of all its categories."""
    return select(*columns(tables.activity_types, ActivityType)).where(within(tables.activity_types))


CATEGORIES: Listing[Category] = Listing(
    tables.activity_type_categories,
    Category,
    categories_of,
    filters={"name": Text(tables.activity_type_categories, _c.name_folded), "id": OneOf(_c.id)},
    orders={"name": _c.name_folded, "created_at": _c.created_at, "updated_at": _c.updated_at},
    natural=(("number", False),),
    kept="activity_type_categories_kept",
)
TYPES: Listing[ActivityType] = Listing(
    tables.activity_types,
    ActivityType,
    types_of,
    filters={
        "name": Text(tables.activity_types, _t.name_folded),
        "id": OneOf(_t.id),
        "category_id": OneOf(_t.category_id),
    },
    orders={"name": _t.name_folded, "created_at": _t.created_at, "updated_at": _t.updated_at},
    natural=(("number", False),),
    kept="activity_types_kept",
)


@statement(Category)
def _category() -> Select[Any]:
    return categories_of().where(_c.id == bindparam("id"))


@statement(Category)
def _categories_by_ids() -> Select[Any]:
    return categories_of().where(is_one_of(_c.id, "ids"))


@statement(ActivityType)
def _type() -> Select[Any]:
    return types_of().where(_t.id == bindparam("id"))


@statement(ActivityType)
def _types_by_ids() -> Select[Any]:
    return types_of().where(is_one_of(_t.id, "ids"))


@statement(ActivityType)
def _types_in() -> Select[Any]:
    return types_of().where(_t.category_id == bindparam("category_id")).order_by(_t.number)


def get(db: Database, actor: Actor, type_id: str) -> ActivityType:
    """A type; NotFoundError where there is none."""
    require(actor, Right.READ_ACTIVITIES)
    found = db.find(_type(), workspace_id=actor.workspace_id, id=type_id)
    if found is None:
        raise NotFoundError("activity_type", type_id)
    return found


def get_category(db: Database, actor: Actor, category_id: str) -> Category:
    """A category; NotFoundError where there is none."""
    require(actor, Right.READ_ACTIVITIES)
    found = db.find(_category(), workspace_id=actor.workspace_id, id=category_id)
    if found is None:
        raise NotFoundError("activity_type_category", category_id)
    return found


def page(db: Database, actor: Actor, asked: Asked) -> Page[ActivityType]:
    """A page of types, in the order of their making."""
    require(actor, Right.READ_ACTIVITIES)
    return TYPES.page(db, actor, asked)


def page_of_categories(db: Database, actor: Actor, asked: Asked) -> Page[Category]:
    """A page of categories, in the order of their making."""
    require(actor, Right.READ_ACTIVITIES)
    return CATEGORIES.page(db, actor, asked)


def types_in(db: Database, actor: Actor, category_id: str) -> list[ActivityType]:
    """The types of a category."""
    return db.all(_types_in(), workspace_id=actor.workspace_id, category_id=category_id)


def by_ids(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, ActivityType]:
    """The types that these ids name; None is passed over. Who may read an activity may read its type."""
    sought = sorted({type_id for type_id in ids if type_id is not None})
    found = db.all(_types_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {each.id: each for each in found}


def categories_by_ids(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, Category]:
    """The categories that these ids name; None is passed over. Who may read a type may read its category."""
    sought = sorted({category_id for category_id in ids if category_id is not None})
    found = db.all(_categories_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {each.id: each for each in found}


def create(db: Database, actor: Actor, draft: ActivityTypeDraft, *, now: datetime) -> ActivityType:
    """Make a type. Raises InvalidError for a blank name, NoSuchReferenceError for a category that isn't there."""
    require(actor, Right.WRITE_ACTIVITIES)
    said = records.said(draft)
    _check(db, actor, said)
    number = records.next_number(db, actor, TYPE)
    made = ActivityType(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, TYPE, made, now=now)
    return made


def create_category(db: Database, actor: Actor, draft: CategoryDraft, *, now: datetime) -> Category:
    """Make a category. Raises InvalidError for a blank name."""
    require(actor, Right.WRITE_ACTIVITIES)
    said = records.said(draft)
    _check(db, actor, said)
    number = records.next_number(db, actor, CATEGORY)
    made = Category(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, CATEGORY, made, now=now)
    return made


def change(db: Database, actor: Actor, type_id: str, changes: ActivityTypeChanges, *, now: datetime) -> ActivityType:
    """Change what is named of a type. Raises as `create` does."""
    require(actor, Right.WRITE_ACTIVITIES)
    held = get(db, actor, type_id)
    said = records.said(changes)
    _check(db, actor, said)
    return records.change(db, actor, TYPE, held, said, now=now)


def change_category(
    db: Database, actor: Actor, category_id: str, changes: CategoryChanges, *, now: datetime
) -> Category:
    """Change what is named of a category. Raises InvalidError as `create_category` does."""
    require(actor, Right.WRITE_ACTIVITIES)
    held = get_category(db, actor, category_id)
    said = records.said(changes)
    _check(db, actor, said)
    return records.change(db, actor, CATEGORY, held, said, now=now)


def seed(db: Database, actor: Actor, *, now: datetime) -> None:
    """Give a new workspace its categories and types, under the names that programs look for."""
    for category_name, names in _SEEDS:
        category = create_category(db, actor, CategoryDraft(name=category_name), now=now)
        for name in names:
            create(db, actor, ActivityTypeDraft(name=name, category_id=category.id), now=now)


_SEEDS = (
    ("Simple activities", ("Just hung out", "Watched a movie at home", "Talked at home")),
    ("Sport", ("Did sport together",)),
    ("Food", ("Ate at their place", "Ate at home", "Went to a restaurant", "Picnicked")),
    ("Culture", ("Went to a concert", "Went to a play", "Went to the museum")),
)


def _check(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    if not said.get("name", "-").strip():
        raise InvalidError([Violation("name", Fault.BLANK)])
    category_id = said.get("category_id")
    if category_id is not None and not records.exists(db, actor, CATEGORY, category_id):
        raise NoSuchReferenceError("category_id", "activity_type_category", category_id)
