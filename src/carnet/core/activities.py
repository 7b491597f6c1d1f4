"""Activities: what was done together, with whom, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from operator import ge, le
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import activity_types, contacts, records
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Compared, Filter, OneOf, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Many, Noun
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement
from carnet.store.years import year_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select

    from carnet.store.database import Database
    from carnet.store.statements import Clause

MOST_ATTENDEES = 1_000


class Activity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An activity, with those who took part in the order in which they were named: one at least, each once."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    summary: str
    description: str | None
    happened_on: date
    type_id: str | None
    contact_ids: list[str]
    extras: dict[str, Any] | None


class ActivityDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of an activity when it is noted down."""

    summary: str
    happened_on: date
    contact_ids: Sequence[str]
    description: str | None = None
    type_id: str | None = None
    extras: dict[str, Any] | None = None


class ActivityChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of an activity that is noted down already."""

    summary: str | UnsetType = UNSET
    happened_on: date | UnsetType = UNSET
    contact_ids: Sequence[str] | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    type_id: str | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


class Summary(msgspec.Struct, frozen=True, array_like=True):
    """In how many activities a contact took part, and when last."""

    contact_id: str
    count: int
    last_on: date


NOUN: Noun[Activity] = Noun(
    "activity",
    tables.activities,
    Activity,
    made="activities_made",
    kept="activities_kept",
    links={"type_id": "activity_type"},
    lists={"contact_ids": Many("contact", tables.attendances, "contact_id", "activity_id")},
    needs=(frozenset({"contact_ids"}),),
)

_a = tables.activities.c
_by = tables.attendances.c


class _Attended(Filter):
    """One of a list of contacts took part."""

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        attended = select(_by.activity_id).where(within(tables.attendances), is_one_of(_by.contact_id, name))
        return _a.id.in_(attended)


def activities_of() -> Select[Any]:
    """The activities of a workspace."""
    return select(*columns(tables.activities, Activity)).where(within(tables.activities))


LISTING: Listing[Activity] = Listing(
    tables.activities,
    Activity,
    activities_of,
    filters={
        "id": OneOf(_a.id),
        "type_id": OneOf(_a.type_id),
        "contact_id": _Attended(),
        "happened_on_before": Compared(_a.happened_on, le),
        "happened_on_after": Compared(_a.happened_on, ge),
        **compared("created_at", _a.created_at),
    },
    orders={"happened_on": _a.happened_on, "created_at": _a.created_at, "updated_at": _a.updated_at},
    natural=(("number", True),),
    kept="activities_kept",
)


@statement(Activity)
def _activity() -> Select[Any]:
    return activities_of().where(_a.id == bindparam("id"))


@statement(Activity)
def _attended() -> Select[Any]:
    attended = select(_by.activity_id).where(within(tables.attendances), _by.contact_id == bindparam("contact_id"))
    return activities_of().where(_a.id.in_(attended)).order_by(_a.number)


@statement(Activity)
def _of_type() -> Select[Any]:
    return activities_of().where(_a.type_id == bindparam("type_id")).order_by(_a.number)


@statement(Summary)
def _summaries() -> Select[Any]:
    same = (_a.workspace_id == _by.workspace_id) & (_a.id == _by.activity_id)
    chosen = select(_by.contact_id, func.count(), func.max(_a.happened_on, type_=_a.happened_on.type))
    chosen = chosen.select_from(tables.attendances.join(tables.activities, same))
    return chosen.where(within(tables.attendances), is_one_of(_by.contact_id, "ids")).group_by(_by.contact_id)


@statement(tuple)
def _per_year(*, of_contact: bool) -> Clause:
    attended = select(_by.activity_id).where(within(tables.attendances), _by.contact_id == bindparam("contact_id"))
    of = (_a.id.in_(attended),) if of_contact else ()
    return {
        dialect: select(year, func.count()).where(within(tables.activities), *of).group_by(year).order_by(year)
        for dialect, year in year_of(_a.happened_on).items()
    }


def get(db: Database, actor: Actor, activity_id: str) -> Activity:
    """An activity; NotFoundError where there is none."""
    require(actor, Right.READ_ACTIVITIES)
    activity = db.find(_activity(), workspace_id=actor.workspace_id, id=activity_id)
    if activity is None:
        raise NotFoundError("activity", activity_id)
    return activity


def page(db: Database, actor: Actor, asked: Asked) -> Page[Activity]:
    """A page of activities, the last noted down first."""
    require(actor, Right.READ_ACTIVITIES)
    return LISTING.page(db, actor, asked)


def attended_by(db: Database, actor: Actor, contact_id: str) -> list[Activity]:
    """The activities that a contact took part in."""
    return db.all(_attended(), workspace_id=actor.workspace_id, contact_id=contact_id)


def of_type(db: Database, actor: Actor, type_id: str) -> list[Activity]:
    """The activities of a type."""
    return db.all(_of_type(), workspace_id=actor.workspace_id, type_id=type_id)


def summaries(db: Database, actor: Actor, contact_ids: Iterable[str]) -> dict[str, Summary]:
    """What these contacts took part in comes to; nothing for those without, or for who may not read activities."""
    sought = sorted(set(contact_ids)) if Right.READ_ACTIVITIES in actor.rights else []
    found = db.all(_summaries(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {summary.contact_id: summary for summary in found}


def per_year(db: Database, actor: Actor, *, contact_id: str | None = None) -> dict[int, int]:
    """How many activities there were in each year that had any, the workspace's or one contact's."""
    require(actor, Right.READ_ACTIVITIES)
    named = {} if contact_id is None else {"contact_id": contact_id}
    return dict(db.all(_per_year(of_contact=bool(named)), workspace_id=actor.workspace_id, **named))


def create(db: Database, actor: Actor, draft: ActivityDraft, *, now: datetime) -> Activity:
    """Note down an activity.

    Raises InvalidError for a blank summary, no attendee or more than a thousand, and NoSuchReferenceError for a
    type or an attendee that isn't there.
    """
    require(actor, Right.WRITE_ACTIVITIES)
    said = _checked(db, actor, records.said(draft))
    number = records.next_number(db, actor, NOUN)
    activity = Activity(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, activity, now=now)
    return activity


def change(db: Database, actor: Actor, activity_id: str, changes: ActivityChanges, *, now: datetime) -> Activity:
    """Change what is named of an activity. Raises as `create` does."""
    require(actor, Right.WRITE_ACTIVITIES)
    activity = get(db, actor, activity_id)
    said = _checked(db, actor, records.said(changes))
    return records.change(db, actor, NOUN, activity, said, now=now)


def _checked(db: Database, actor: Actor, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with each attendee once, in order."""
    faults = []
    if not said.get("summary", "-").strip():
        faults.append(Violation("summary", Fault.BLANK))
    if "contact_ids" in said:
        said["contact_ids"] = list(dict.fromkeys(said["contact_ids"]))
        if not said["contact_ids"]:
            faults.append(Violation("contact_ids", Fault.MISSING))
        elif len(said["contact_ids"]) > MOST_ATTENDEES:
            faults.append(Violation("contact_ids", Fault.TOO_MANY, (MOST_ATTENDEES,)))
    if faults:
        raise InvalidError(faults)
    type_id, attendees = said.get("type_id"), said.get("contact_ids", ())
    if type_id is not None and not records.exists(db, actor, activity_types.TYPE, type_id):
        raise NoSuchReferenceError("type_id", "activity_type", type_id)
    known = records.numbers_of(db, actor, contacts.NOUN, attendees)
    for contact_id in attendees:
        if contact_id not in known:
            raise NoSuchReferenceError("contact_ids", "contact", contact_id)
    return said
