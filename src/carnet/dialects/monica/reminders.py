"""Reminders at `/reminders` (specification, section 12): once, or every so many weeks, months or years."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import contacts, records, recurrence, reminders, removal
from carnet.core.errors import Fault, NotFoundError
from carnet.core.permissions import Right
from carnet.core.recurrence import LONGEST_INTERVAL, Frequency, Rule
from carnet.core.reminders import Reminder, ReminderChanges, ReminderDraft
from carnet.dialects.monica import short
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.days import Day, midnight
from carnet.dialects.monica.fields import LONG, Choice, Flag, Form, Link, Text, Whole
from carnet.dialects.monica.resources import Account, Resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class Unit(StrEnum):
    """How long the periods of a reminder are, in Monica's words; and `day`, which other tongues may say."""

    ONE_TIME = "one_time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


FREQUENCIES = {
    Unit.DAY: Frequency.DAILY,
    Unit.WEEK: Frequency.WEEKLY,
    Unit.MONTH: Frequency.MONTHLY,
    Unit.YEAR: Frequency.YEARLY,
}
_UNITS = {frequency: unit for unit, frequency in FREQUENCIES.items()}
_SENT = {unit.value: unit for unit in Unit if unit is not Unit.DAY}


class ReminderOut(msgspec.Struct, gc=False):
    """A reminder."""

    id: int
    uuid: str
    object: str
    title: str
    description: str | None
    frequency_type: str
    frequency_number: int
    initial_date: str
    delible: bool
    account: Account
    contact: short.Short | None
    created_at: datetime
    updated_at: datetime


def show(db: Database, actor: Actor, request: Request, found: Sequence[Reminder]) -> list[ReminderOut]:
    """Reminders as objects."""
    known = short.by_ids(db, actor, request, [reminder.contact_id for reminder in found])
    account = Account(actor.workspace_id)
    return [
        ReminderOut(
            reminder.number,
            reminder.id,
            "reminder",
            reminder.title,
            reminder.description or None,
            *frequency_of(reminder),
            midnight(reminder.begins_on),
            _life(reminder).get("delible", True),
            account,
            known.get(reminder.contact_id),
            seconds(reminder.created_at),
            seconds(reminder.updated_at),
        )
        for reminder in found
    ]


def frequency_of(reminder: Reminder) -> tuple[Unit, int]:
    """The unit and the number of a reminder's periods. Of one that comes once, the number is as it was sent."""
    if reminder.rule is None:
        return Unit.ONE_TIME, _life(reminder).get("frequency_number", 1)
    rule = recurrence.parse(reminder.rule)
    return _UNITS[rule.frequency], rule.interval


def _life(reminder: Reminder | None) -> Mapping[str, Any]:
    """What only this tongue knows of a reminder."""
    return ((reminder.extras if reminder is not None else None) or {}).get("monica") or {}


class _Frequency(Choice):
    """A unit; `day` may stay where it is."""

    def read(self, value: Any, before: Any) -> StrEnum:  # noqa: ANN401 - what was sent, and what is there
        return Unit.DAY if value == before == Unit.DAY else super().read(value, before)


FORM = Form(
    Link("contact_id", required=True),
    Text("title", required=True),
    Day("initial_date", "begins_on", required=True),
    _Frequency("frequency_type", _SENT, core="rule", required=True),
    Whole("frequency_number", required=True, about=f"From 1 to {LONGEST_INTERVAL}, of what returns."),
    Text("description", limit=LONG, about="Kept where it isn't said."),
    Flag("delible"),
)


def _read(given: Mapping[str, Any], reminder: Reminder | None) -> dict[str, Any]:
    """What was said, as the core names it, without the contact. Raises RefusedError."""
    held = frequency_of(reminder) if reminder is not None else (None, None)
    before = {"title": reminder.title, "description": reminder.description} if reminder is not None else {}
    said, faults = FORM.gather(given, {**before, "frequency_type": held[0]})
    least = 0 if said.get("frequency_type") is Unit.ONE_TIME else 1
    if not least <= said.get("frequency_number", 1) <= LONGEST_INTERVAL:
        faults["frequency_number"] = str(FORM.fields[4].fault(Fault.OUT_OF_RANGE, least, LONGEST_INTERVAL))
    FORM.refuse(faults)
    unit, number = said["frequency_type"], said["frequency_number"]
    wanted = {"number": said["contact_id"], "title": said["title"], "begins_on": said["initial_date"]}
    if "description" in said:
        wanted["description"] = said["description"]
    if held != (unit, number):
        wanted["rule"] = _rule(unit, number, reminder)
    life = dict(_life(reminder)) | ({"delible": said["delible"]} if said.get("delible") is not None else {})
    life["frequency_number"] = number if unit is Unit.ONE_TIME else 1
    kept = {name: value for name, value in life.items() if value != _USUAL.get(name)}
    return wanted | ({"extras": {"monica": kept or None}} if kept != _life(reminder) else {})


_USUAL = {"delible": True, "frequency_number": 1}


def _rule(unit: Unit, number: int, reminder: Reminder | None) -> str | None:
    """The rule of a unit and a number; its last day, which this tongue doesn't know, stays."""
    if unit is Unit.ONE_TIME:
        return None
    held = recurrence.parse(reminder.rule) if reminder is not None and reminder.rule is not None else None
    return str(Rule(FREQUENCIES[unit], number, until=held.until if held is not None else None))


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Reminder:
    said = _read(given, None)
    contact_id = records.id_of(db, actor, contacts.NOUN, said.pop("number"))
    return reminders.create(db, actor, ReminderDraft(contact_id=contact_id, **said), now=request.now)


def _change(db: Database, actor: Actor, request: Request, reminder: Reminder, given: dict[str, Any]) -> Reminder:
    said = _read(given, reminder)
    number = said.pop("number")
    if records.id_of(db, actor, contacts.NOUN, number) != reminder.contact_id:
        raise NotFoundError("contact", str(number))
    return reminders.change(db, actor, reminder.id, ReminderChanges(**said), now=request.now)


REMINDERS = Resource(
    path="/reminders",
    key="Reminder",
    about="what not to forget",
    noun=reminders.NOUN,
    reads=Right.READ_REMINDERS,
    writes=Right.WRITE_REMINDERS,
    shown=ReminderOut,
    show=show,
    page=reminders.page,
    get=reminders.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_reminder,
)


def operations() -> list[Operation]:
    """What can be asked of reminders."""
    return [*REMINDERS.operations(), REMINDERS.of_contact("/contacts/{id}/reminders")]
