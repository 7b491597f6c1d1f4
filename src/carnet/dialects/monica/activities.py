"""Activities at `/activities` (specification, section 12): what was done together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import activities, activity_types, contacts, records, removal
from carnet.core.activities import MOST_ATTENDEES, Activity, ActivityChanges, ActivityDraft
from carnet.core.errors import Fault, NotFoundError
from carnet.core.permissions import Right
from carnet.dialects.monica import activitytypes, emotions, short
from carnet.dialects.monica.activitytypes import ActivityTypeOut
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.days import Day
from carnet.dialects.monica.emotions import EmotionOut
from carnet.dialects.monica.fields import LONG, Form, Link, Many, Text, Whole
from carnet.dialects.monica.resources import MOUNT, Account
from carnet.dialects.monica.yearly import YearlyResource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class Attendees(msgspec.Struct, gc=False):
    """Who took part."""

    total: int
    contacts: list[short.Short]


class ActivityOut(msgspec.Struct, gc=False):
    """An activity."""

    id: int
    uuid: str
    object: str
    summary: str
    description: str | None
    happened_at: str
    activity_type: ActivityTypeOut | None
    attendees: Attendees
    emotions: list[EmotionOut]
    url: str
    account: Account
    created_at: datetime
    updated_at: datetime


def show(db: Database, actor: Actor, request: Request, found: Sequence[Activity]) -> list[ActivityOut]:
    """Activities as objects."""
    known = short.by_ids(db, actor, request, [each for activity in found for each in activity.contact_ids])
    kinds = activity_types.by_ids(db, actor, [activity.type_id for activity in found])
    types = {out.uuid: out for out in activitytypes.show(db, actor, request, list(kinds.values()))}
    head, account = f"{request.base_url}{MOUNT}/activities/", Account(actor.workspace_id)
    return [
        ActivityOut(
            activity.number,
            activity.id,
            "activity",
            activity.summary,
            activity.description or None,
            activity.happened_on.isoformat(),
            types.get(activity.type_id) if activity.type_id is not None else None,
            _attendees(activity, known),
            emotions.shown(activity.extras),
            f"{head}{activity.number}",
            account,
            seconds(activity.created_at),
            seconds(activity.updated_at),
        )
        for activity in found
    ]


def _attendees(activity: Activity, known: Mapping[str | None, short.Short | None]) -> Attendees:
    shown = [known.get(contact_id) for contact_id in activity.contact_ids]
    return Attendees(len(shown), [contact for contact in shown if contact is not None])


FORM = Form(
    Text("summary", required=True),
    Day("happened_at", "happened_on", required=True),
    Many(Whole("contacts"), "contact_ids", most=MOST_ATTENDEES, required=True, about="Numbers of contacts."),
    Link("activity_type_id", "type_id"),
    Text("description", limit=LONG),
    emotions.FIELD,
)


def _read(db: Database, actor: Actor, given: Mapping[str, Any], activity: Activity | None) -> dict[str, Any]:
    """What was said, as the core names it. Raises RefusedError, and NotFoundError for an attendee that isn't there."""
    before = {"summary": activity.summary, "description": activity.description} if activity is not None else {}
    said, faults = FORM.gather(given, before)
    number = said.get("activity_type_id")
    types = records.ids_of(db, actor, activity_types.TYPE, [number] if number is not None else [])
    if number is not None and number not in types:
        faults["activity_type_id"] = str(FORM.fields[3].fault(Fault.UNKNOWN))
    FORM.refuse(faults)
    people = records.ids_of(db, actor, contacts.NOUN, said["contacts"])
    for each in said["contacts"]:
        if each not in people:
            raise NotFoundError("contact", str(each))
    wanted: dict[str, Any] = {
        "summary": said["summary"],
        "happened_on": said["happened_at"],
        "contact_ids": [people[each] for each in said["contacts"]],
    }
    if "description" in said:
        wanted["description"] = said["description"]
    if "activity_type_id" in said:
        wanted["type_id"] = types[number] if number is not None else None
    if "emotions" in said and (said["emotions"] or activity is not None):
        wanted["extras"] = {"monica": emotions.kept(said)}
    return wanted


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Activity:
    return activities.create(db, actor, ActivityDraft(**_read(db, actor, given, None)), now=request.now)


def _change(db: Database, actor: Actor, request: Request, activity: Activity, given: dict[str, Any]) -> Activity:
    changes = ActivityChanges(**_read(db, actor, given, activity))
    return activities.change(db, actor, activity.id, changes, now=request.now)


ACTIVITIES = YearlyResource(
    path="/activities",
    key="Activity",
    about="what was done together",
    noun=activities.NOUN,
    reads=Right.READ_ACTIVITIES,
    writes=Right.WRITE_ACTIVITIES,
    shown=ActivityOut,
    show=show,
    page=activities.page,
    get=activities.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_activity,
    per_year=activities.per_year,
)


def operations() -> list[Operation]:
    """What can be asked of activities."""
    return [*ACTIVITIES.operations(), ACTIVITIES.of_contact("/contacts/{id}/activities")]
