"""Categories of activity types at `/activitytypecategories` (specification, section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import activity_types, removal
from carnet.core.activity_types import Category, CategoryChanges, CategoryDraft
from carnet.core.permissions import Right
from carnet.dialects.monica.activitytypes import CategoryOut, category_out
from carnet.dialects.monica.fields import Form, Text
from carnet.dialects.monica.resources import Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


def show(_db: Database, _actor: Actor, _request: Request, found: Sequence[Category]) -> list[CategoryOut]:
    """Categories as objects."""
    return [category_out(category) for category in found]


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Category:
    return activity_types.create_category(db, actor, CategoryDraft(**FORM.read(given)), now=request.now)


def _change(db: Database, actor: Actor, request: Request, category: Category, given: dict[str, Any]) -> Category:
    changes = CategoryChanges(**FORM.read(given, {"name": category.name}))
    return activity_types.change_category(db, actor, category.id, changes, now=request.now)


FORM = Form(Text("name", required=True))

CATEGORIES = Resource(
    path="/activitytypecategories",
    key="ActivityTypeCategory",
    about="categories of what people do together",
    noun=activity_types.CATEGORY,
    reads=Right.READ_ACTIVITIES,
    writes=Right.WRITE_ACTIVITIES,
    shown=CategoryOut,
    show=show,
    page=activity_types.page_of_categories,
    get=activity_types.get_category,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_category,
    status=200,
)
operations = CATEGORIES.operations
