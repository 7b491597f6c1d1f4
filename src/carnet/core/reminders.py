"""Reminders: what not to forget about a contact, once or again and again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from operator import ge, le
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import contacts, records, recurrence
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Compared, Condition, OneOf, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database

LONGEST_PLAN = 366
"""How many days a plan spans at most."""


class Reminder(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A reminder: on the day it begins and, where it has a rule (see `recurrence`), on the days that this gives."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    contact_id: str
    title: str
    description: str | None
    begins_on: date
    rule: str | None
    extras: dict[str, Any] | None


class ReminderDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a reminder at its birth."""

    contact_id: str
    title: str
    begins_on: date
    rule: str | None = None
    description: str | None = None
    extras: dict[str, Any] | None = None


class ReminderChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a reminder that exists."""

    contact_id: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    begins_on: date | UnsetType = UNSET
    rule: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


class Planned(msgspec.Struct, frozen=True):
    """A day on which a reminder falls."""

    on: date
    reminder: Reminder


NOUN: Noun[Reminder] = Noun(
    "reminder",
    tables.reminders,
    Reminder,
    made="reminders_made",
    kept="reminders_kept",
    links={"contact_id": "contact"},
    needs=(frozenset({"contact_id"}),),
    together=(frozenset({"begins_on", "rule"}),),
)

_r = tables.reminders.c


def reminders_of() -> Select[Any]:
    """The reminders of a workspace."""
    return select(*columns(tables.reminders, Reminder)).where(within(tables.reminders))


LISTING: Listing[Reminder] = Listing(
    tables.reminders,
    Reminder,
    reminders_of,
    filters={
        "id": OneOf(_r.id),
        "contact_id": OneOf(_r.contact_id),
        "has_rule": Condition(_r.rule.is_not(None)),
        "begins_on_before": Compared(_r.begins_on, le),
        "begins_on_after": Compared(_r.begins_on, ge),
        **compared("created_at", _r.created_at),
    },
    orders={"begins_on": _r.begins_on, "created_at": _r.created_at, "updated_at": _r.updated_at},
    natural=(("number", True),),
    kept="reminders_kept",
)


@statement(Reminder)
def _reminder() -> Select[Any]:
    return reminders_of().where(_r.id == bindparam("id"))


@statement(Reminder)
def _linked() -> Select[Any]:
    return reminders_of().where(_r.contact_id == bindparam("contact_id")).order_by(_r.number)


@statement(Reminder)
def _in_reach() -> Select[Any]:
    """What may fall into a stretch of days: what begins in it, and what returns and began before it."""
    first, last = (bindparam(name, type_=_r.begins_on.type) for name in ("first", "last"))
    return reminders_of().where(_r.begins_on <= last, _r.rule.is_not(None) | (_r.begins_on >= first))


@statement(tuple)
def _counts() -> Select[Any]:
    chosen = select(_r.contact_id, func.count()).where(within(tables.reminders), is_one_of(_r.contact_id, "ids"))
    return chosen.group_by(_r.contact_id)


def get(db: Database, actor: Actor, reminder_id: str) -> Reminder:
    """A reminder; NotFoundError where there is none."""
    require(actor, Right.READ_REMINDERS)
    reminder = db.find(_reminder(), workspace_id=actor.workspace_id, id=reminder_id)
    if reminder is None:
        raise NotFoundError("reminder", reminder_id)
    return reminder


def page(db: Database, actor: Actor, asked: Asked) -> Page[Reminder]:
    """A page of reminders, newest first."""
    require(actor, Right.READ_REMINDERS)
    return LISTING.page(db, actor, asked)


def linked_to(db: Database, actor: Actor, contact_id: str) -> list[Reminder]:
    """The reminders of a contact."""
    return db.all(_linked(), workspace_id=actor.workspace_id, contact_id=contact_id)


def counts(db: Database, actor: Actor, contact_ids: Iterable[str]) -> dict[str, int]:
    """How many reminders each of these contacts has; nothing for those without, or who may not read reminders."""
    sought = sorted(set(contact_ids)) if Right.READ_REMINDERS in actor.rights else []
    return dict(db.all(_counts(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def next_on(reminder: Reminder, after: date) -> date | None:
    """The first day later than `after` on which a reminder falls; None where there is none."""
    return recurrence.next_day(reminder.begins_on, reminder.rule, after)


def planned(db: Database, actor: Actor, first: date, last: date) -> list[Planned]:
    """Every fall of every reminder from one day to another, by day and then by number.

    Raises InvalidError where `last` is earlier than `first` or 366 days later. Work grows with the reminders that
    may fall there and with their falls, never with how long ago they began.
    """
    require(actor, Right.READ_REMINDERS)
    if not timedelta(0) <= last - first < timedelta(LONGEST_PLAN):
        raise InvalidError([Violation("last", Fault.OUT_OF_RANGE, (0, LONGEST_PLAN - 1))])
    found = db.all(_in_reach(), workspace_id=actor.workspace_id, first=first, last=last)
    plan = [
        Planned(day, reminder)
        for reminder in found
        for day in recurrence.days(reminder.begins_on, reminder.rule, first, last)
    ]
    return sorted(plan, key=lambda each: (each.on, each.reminder.number))


def create(db: Database, actor: Actor, draft: ReminderDraft, *, now: datetime) -> Reminder:
    """Make a reminder.

    Raises InvalidError for a blank title, a rule that isn't one or that gives no day, and NoSuchReferenceError for
    a contact that isn't there.
    """
    require(actor, Right.WRITE_REMINDERS)
    said = _checked(db, actor, records.said(draft), None)
    number = records.next_number(db, actor, NOUN)
    reminder = Reminder(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, reminder, now=now)
    return reminder


def change(db: Database, actor: Actor, reminder_id: str, changes: ReminderChanges, *, now: datetime) -> Reminder:
    """Change what is named of a reminder. Raises as `create` does."""
    require(actor, Right.WRITE_REMINDERS)
    reminder = get(db, actor, reminder_id)
    said = _checked(db, actor, records.said(changes), reminder)
    return records.change(db, actor, NOUN, reminder, said, now=now)


def _checked(db: Database, actor: Actor, said: dict[str, Any], reminder: Reminder | None) -> dict[str, Any]:
    """What was said, with the rule spelled as all are."""
    if not said.get("title", "-").strip():
        raise InvalidError([Violation("title", Fault.BLANK)])
    if said.get("rule") is not None:
        said["rule"] = str(recurrence.parse(said["rule"]))
    if said.keys() & {"begins_on", "rule"}:
        begins_on = said["begins_on"] if reminder is None else said.get("begins_on", reminder.begins_on)
        rule = said["rule"] if reminder is None else said.get("rule", reminder.rule)
        if next(recurrence.days(begins_on, rule, begins_on), None) is None:
            raise InvalidError([Violation("rule", Fault.NOT_VALID)])
    contact_id = said.get("contact_id")
    if contact_id is not None and not records.exists(db, actor, contacts.NOUN, contact_id):
        raise NoSuchReferenceError("contact_id", "contact", contact_id)
    return said
