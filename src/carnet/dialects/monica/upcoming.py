"""What falls in a month, at `/reminders/upcoming/{month}` (specification, section 12): unpaged."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from carnet.core import reminders
from carnet.core.errors import NotFoundError
from carnet.core.permissions import Right
from carnet.dialects.monica import short
from carnet.dialects.monica.days import midnight
from carnet.dialects.monica.reminders import ReminderOut, show
from carnet.dialects.monica.resources import Account, encode
from carnet.dialects.monica.verbs import About, reading
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.core.reminders import Planned
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_MONTHS = re.compile(r"[0-9]{1,18}", re.ASCII)


class PlannedOut(msgspec.Struct, gc=False):
    """A day on which a reminder falls."""

    reminder_id: int
    planned_date: str
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


def _upcoming(db: Database, actor: Actor, request: Request) -> Answer:
    months, today = _months(request), _today(actor, request)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    plan: Sequence[Planned] = ()
    if year <= date.max.year:  # behind the end of the calendar there are no days
        first = date(year, month + 1, 1)
        last = first.replace(day=monthrange(year, month + 1)[1])
        plan = reminders.planned(db, actor, max(today, first), last)
    return Answer(200, encode({"data": _show(db, actor, request, plan)}))


def _months(request: Request) -> int:
    """How many months the path looks ahead. Raises NotFoundError for what is no number of months."""
    text = request.params["month"]
    if not _MONTHS.fullmatch(text):
        raise NotFoundError("month", text)
    return int(text)


def _today(actor: Actor, request: Request) -> date:
    """The day it is where the workspace is."""
    return request.now.astimezone(ZoneInfo(actor.time_zone) if actor.time_zone else UTC).date()


def _show(db: Database, actor: Actor, request: Request, plan: Sequence[Planned]) -> list[PlannedOut]:
    once = {each.reminder.id: each.reminder for each in plan}
    known = {out.uuid: msgspec.structs.astuple(out) for out in show(db, actor, request, list(once.values()))}
    return [PlannedOut(each.reminder.number, midnight(each.on), *known[each.reminder.id]) for each in plan]


def operations() -> list[Operation]:
    """The one that asks what is to come."""
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Planned"}}
    answer = {"type": "object", "required": ["data"], "properties": {"data": listed}}
    about = About(kind="action", key="Reminder", shown=PlannedOut, answer=answer)
    summary = "List what falls in a month: 0 is this one, from today on."
    right, is_apart = Right.READ_REMINDERS, lambda _request: True  # it reads every reminder that returns
    path, name = "/reminders/upcoming/{month}", "listUpcomingReminders"
    return [reading(path, name, summary, right, _upcoming, about, is_apart=is_apart)]


assert PlannedOut.__struct_fields__[2:] == ReminderOut.__struct_fields__  # noqa: S101 - one is written from the other
