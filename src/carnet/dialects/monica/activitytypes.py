"""Activity types at `/activitytypes` (specification, sections 8 and 12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import activity_types, records, removal
from carnet.core.activity_types import ActivityType, ActivityTypeChanges, ActivityTypeDraft, Category
from carnet.core.errors import Fault
from carnet.core.permissions import Right
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import Form, Link, Text
from carnet.dialects.monica.resources import Account, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class CategoryOut(msgspec.Struct, gc=False):
    """A category of activity types."""

    id: int
    uuid: str
    object: str
    name: str
    account: Account
    created_at: datetime
    updated_at: datetime


class ActivityTypeOut(msgspec.Struct, gc=False):
    """An activity type."""

    id: int
    uuid: str
    object: str
    name: str
    location_type: str | None
    activity_type_category: CategoryOut | None
    account: Account
    created_at: datetime
    updated_at: datetime


def category_out(category: Category) -> CategoryOut:
    """A category as an object."""
    return CategoryOut(
        category.number,
        category.id,
        "activityTypeCategory",
        category.name,
        Account(category.workspace_id),
        seconds(category.created_at),
        seconds(category.updated_at),
    )


def show(db: Database, actor: Actor, _request: Request, found: Sequence[ActivityType]) -> list[ActivityTypeOut]:
    """Activity types as objects."""
    known = activity_types.categories_by_ids(db, actor, (kind.category_id for kind in found))
    categories = {category.id: category_out(category) for category in known.values()}
    return [
        ActivityTypeOut(
            kind.number,
            kind.id,
            "activityType",
            kind.name,
            None,
            categories.get(kind.category_id) if kind.category_id is not None else None,
            Account(kind.workspace_id),
            seconds(kind.created_at),
            seconds(kind.updated_at),
        )
        for kind in found
    ]


FORM = Form(
    Link("activity_type_category_id", "category_id", required=True),
    Text("name"),
    Text("translation_key", about="Stands for a name that isn't said."),
)


def _read(db: Database, actor: Actor, given: Mapping[str, Any], kind: ActivityType | None) -> dict[str, Any]:
    """What was said, as the core names it. Raises RefusedError."""
    held = kind.name if kind is not None else None
    said, faults = FORM.gather(given, {"name": held})
    name = said.get("name") or said.get("translation_key") or held
    number = said.get("activity_type_category_id")
    known = records.ids_of(db, actor, activity_types.CATEGORY, [number] if number is not None else [])
    if number is not None and number not in known:
        faults["activity_type_category_id"] = str(FORM.fields[0].fault(Fault.UNKNOWN))
    if name is None:
        faults.setdefault("name", str(FORM.fields[1].fault(Fault.MISSING)))
    FORM.refuse(faults)
    return {"category_id": known[said["activity_type_category_id"]], "name": name}


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> ActivityType:
    return activity_types.create(db, actor, ActivityTypeDraft(**_read(db, actor, given, None)), now=request.now)


def _change(db: Database, actor: Actor, request: Request, kind: ActivityType, given: dict[str, Any]) -> ActivityType:
    changes = ActivityTypeChanges(**_read(db, actor, given, kind))
    return activity_types.change(db, actor, kind.id, changes, now=request.now)


TYPES = Resource(
    path="/activitytypes",
    key="ActivityType",
    about="what people do together",
    noun=activity_types.TYPE,
    reads=Right.READ_ACTIVITIES,
    writes=Right.WRITE_ACTIVITIES,
    shown=ActivityTypeOut,
    show=show,
    page=activity_types.page,
    get=activity_types.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_activity_type,
    status=200,
)
operations = TYPES.operations
