"""Tasks at `/v1/tasks` (specification, section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import deals, directory, records, removal, tags, tasks, users
from carnet.core.permissions import Right
from carnet.core.tasks import Task, TaskChanges, TaskDraft
from carnet.dialects.ysuite import answers, links, times
from carnet.dialects.ysuite.about import About, Asks, Kind, number_of
from carnet.dialects.ysuite.bodies import Said, body_of
from carnet.dialects.ysuite.errors import REQUIRED
from carnet.dialects.ysuite.lists import NEWEST_FIRST, PAGING, Filters, Parameter, Query, listed
from carnet.dialects.ysuite.values import Code, Integer, Integers, String, Time
from carnet.dialects.ysuite.vocabulary import (
    DEFAULT_PRIORITY,
    DEFAULT_STATUS,
    PRIORITIES,
    PRIORITY_CODES,
    STATUS_CODES,
    STATUSES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_TYPE = "Task"
_START, _END = "start_datetime", "end_datetime"
_LINKS = ("deal_id", "cstid")

FIELDS = (
    String("title", limit=150, required=True),
    Time(_START, required=True),
    Integer("deal_id", about="A deal; this or cstid is required."),
    Integer("cstid", about="A contact, company or lead; this or deal_id is required."),
    Time(_END, about="Not earlier than start_datetime."),
    String("description"),
    Code("priority", PRIORITIES, default=DEFAULT_PRIORITY),
    Code("status", STATUSES, default=DEFAULT_STATUS),
    Integer("assigned_user_id"),
    Integers("tags"),
)
SORTS = {
    "activity_id": "number",
    "title": "title",
    "status": "status",
    "priority": "priority",
    "start_datetime": "shown_start",
    "end_datetime": "shown_end",
    "cstid": "party",
    "deal_id": "deal",
    "assigned_user_id": "assignee",
}
PARAMETERS = (
    *PAGING,
    Parameter("status", "integer"),
    Parameter("priority", "integer"),
    Parameter("assigned_user_id", "integer"),
    Parameter("due_date_from", "date", "Due on this day or after it."),
    Parameter("due_date_to", "date", "Due on this day or before it."),
    Parameter("cstid", "integer"),
    Parameter("deal_id", "integer"),
)
_NAMES = {
    "contact_id": "cstid",
    "company_id": "cstid",
    "assignee_id": "assigned_user_id",
    "starts_at": _START,
    "due_at": _END,
    "tag_ids": "tags",
}


class TaskOut(msgspec.Struct, gc=False):
    """A task on the wire; its times are the workspace's, without their zone."""

    activity_id: int
    title: str
    activity_type: str
    status: int
    priority: int
    start_datetime: str | None
    end_datetime: str | None
    cstid: int | None
    description: str | None
    deal_id: int | None
    assigned_user_id: int | None
    tags: list[int]


class NewTask(msgspec.Struct):
    """What is answered to a task's making."""

    activity_id: int
    title: str
    activity_type: str


def tasks_out(db: Database, actor: Actor, found: Sequence[Task]) -> list[TaskOut]:
    """Tasks as rows, with a statement for each kind of record that they link to, however many they are."""
    party_of = directory.numbers_of(db, actor, [task.contact_id or task.company_id for task in found])
    deal_of = records.numbers_of(db, actor, deals.NOUN, [task.deal_id for task in found])
    member_of = users.numbers_of(db, actor, [task.assignee_id for task in found])
    tag_of = records.numbers_of(db, actor, tags.NOUN, [tag_id for task in found for tag_id in task.tag_ids or ()])
    zone = times.zone_of(actor.time_zone)
    rows = []
    for task in found:
        start, end = _times_shown(task, zone)
        rows.append(
            TaskOut(
                task.number,
                task.title,
                _TYPE,
                STATUS_CODES[task.status],
                PRIORITY_CODES[task.priority],
                start,
                end,
                party_of.get(task.contact_id or task.company_id or ""),
                task.description,
                deal_of[task.deal_id] if task.deal_id is not None else None,
                member_of[task.assignee_id] if task.assignee_id is not None else None,
                [tag_of[tag_id] for tag_id in task.tag_ids if tag_id in tag_of] if task.tag_ids else [],
            )
        )
    return rows


def _times_shown(task: Task, zone: ZoneInfo) -> tuple[str | None, str | None]:
    """A task's start and end, the end None where it is the start."""
    starts_at, due_at = task.starts_at or task.due_at, task.due_at
    if starts_at is None:
        return None, None
    if task.all_day:
        start = times.day_shown(starts_at)
        end = times.day_shown(due_at) if due_at is not None else start
    else:
        start = times.shown(starts_at, zone)
        end = times.shown(due_at, zone) if due_at is not None and due_at != starts_at else start
    return start, None if end == start else end


def _list(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = Query(request), Filters()
    status, priority = query.integer("status"), query.integer("priority")
    assignee, party, deal = (query.integer(name) for name in ("assigned_user_id", "cstid", "deal_id"))
    since, until = query.day("due_date_from"), query.day("due_date_to")
    query.settle()
    zone = times.zone_of(actor.time_zone)
    filters.search("title", query.text("search"))
    filters.one_of("status", status, [STATUSES[status]] if status in STATUSES else None)
    filters.one_of("priority", priority, [PRIORITIES[priority]] if priority in PRIORITIES else None)
    filters.add("due_day_from", (since, zone) if since is not None else None)
    filters.add("due_day_to", (until, zone) if until is not None else None)
    if assignee is not None:
        member = users.member_by_number(db, actor, assignee)
        filters.one_of("assignee_id", assignee, [member.id] if member is not None else None)
    if party is not None:
        linked = directory.by_numbers(db, actor, [party]).get(party)
        link = "company_id" if linked is not None and linked.is_company else "contact_id"
        filters.one_of(link, party, [linked.id] if linked is not None else None)
    if deal is not None:
        filters.one_of("deal_id", deal, list(records.ids_of(db, actor, deals.NOUN, [deal]).values()))
    return listed(db, actor, query, filters, query.order(SORTS, NEWEST_FIRST), tasks.page, tasks_out)


def _found(db: Database, actor: Actor, request: Request) -> Task:
    return tasks.get(db, actor, records.id_of(db, actor, tasks.NOUN, number_of(request)))


def _read(db: Database, actor: Actor, request: Request) -> Answer:
    return answers.one(tasks_out(db, actor, [_found(db, actor, request)])[0])


def _create(db: Database, actor: Actor, request: Request) -> Answer:
    said = Said(FIELDS, body_of(request))
    wanted = _wanted(db, actor, said, None)
    said.settle()
    made = tasks.create(db, actor, TaskDraft(**wanted), now=request.now)
    return answers.done("Task activity created successfully.", NewTask(made.number, made.title, _TYPE))


def _change(db: Database, actor: Actor, request: Request) -> Answer:
    task = _found(db, actor, request)
    said = Said(FIELDS, body_of(request), answers.as_shown(tasks_out(db, actor, [task])[0]))
    wanted = _wanted(db, actor, said, task)
    said.settle()
    after = tasks.change(db, actor, task.id, TaskChanges(**wanted), now=request.now)
    return answers.done("Task activity updated successfully.", tasks_out(db, actor, [after])[0])


def _delete(db: Database, actor: Actor, request: Request) -> Answer:
    task_id = records.id_of(db, actor, tasks.NOUN, number_of(request))
    removal.remove_task(db, actor, task_id, now=request.now)
    return answers.deleted("Task activity deleted successfully.")


def _wanted(db: Database, actor: Actor, said: Said, task: Task | None) -> dict[str, Any]:
    """What a body wants of a task, in the core's words."""
    wanted = {name: said[name] for name in ("title", "description") if name in said}
    if task is None or "priority" in said:
        wanted["priority"] = PRIORITIES[said.get("priority", DEFAULT_PRIORITY)]
    if task is None or "status" in said:
        wanted["status"] = STATUSES[said.get("status", DEFAULT_STATUS)]
    assignee_id = links.user(db, actor, said, "assigned_user_id")
    if "assigned_user_id" in said:
        wanted["assignee_id"] = assignee_id
    tag_ids = links.tagged(db, actor, said, "tags")
    if "tags" in said:
        wanted["tag_ids"] = tag_ids
    return wanted | _links_wanted(db, actor, said, task) | _times_wanted(said, task, times.zone_of(actor.time_zone))


def _links_wanted(db: Database, actor: Actor, said: Said, task: Task | None) -> dict[str, Any]:
    """What a task shall hang on; a person or company takes the place of the one that is shown."""
    party = links.parties(db, actor, said, "cstid").get("cstid")
    deal_id = links.record(db, actor, said, "deal_id", deals.NOUN)
    wanted: dict[str, Any] = {"deal_id": deal_id} if "deal_id" in said else {}
    if party is not None and not party.is_company:
        wanted["contact_id"] = party.id
        if task is not None and task.contact_id is None:
            wanted["company_id"] = None
    elif "cstid" in said:
        wanted |= {"contact_id": None, "company_id": party.id if party is not None else None}
    held = {link: getattr(task, link, None) for link in tasks.LINKS}
    has_lost = not any((held | wanted).values()) and (task is None or any(held.values()))
    if has_lost and not said.complains_of(*_LINKS):
        for link in _LINKS:
            said.complain(link, REQUIRED)
    return wanted


def _times_wanted(said: Said, task: Task | None, zone: ZoneInfo) -> dict[str, Any]:
    """When a task shall start and be due: at its start where it has no end. What isn't said stays as it is shown."""
    if _START not in said and _END not in said:
        return {}
    start, end = _times_held(task, zone) if task is not None else (None, None)
    if _START in said:
        start = _moment(said, _START, zone)
    if _END in said:
        end = _moment(said, _END, zone)
    if start is not None and end is not None and end < start:
        said.complain(_END, "The end_datetime field must not be earlier than start_datetime.")
    return {"starts_at": start, "due_at": end or start, "all_day": False}


def _moment(said: Said, wire: str, zone: ZoneInfo) -> datetime | None:
    value = said[wire]
    moment = times.kept(value, zone) if value is not None else None
    if value is not None and moment is None:
        said.complain(wire, "The {field} field is out of range.")
    return moment


def _times_held(task: Task, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """The moments that a task's start and end are shown for."""
    start, end = _times_shown(task, zone)
    if task.all_day:
        return times.kept_of(start, zone), times.kept_of(end, zone)
    return task.starts_at or task.due_at, task.due_at if end is not None else None


_ASKS = Asks(
    About(noun="Task", kind=Kind.ITEM, answer=TaskOut, names=_NAMES), "/tasks", Right.READ_TASKS, Right.WRITE_TASKS
)


def operations() -> list[Operation]:
    """What can be asked of tasks."""
    return [
        _ASKS.list(_list, PARAMETERS),
        _ASKS.read(_read),
        _ASKS.create(_create, FIELDS, NewTask),
        _ASKS.change(_change, FIELDS, TaskOut),
        _ASKS.delete(_delete),
    ]
