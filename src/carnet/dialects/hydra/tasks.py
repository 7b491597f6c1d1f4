"""Tasks at `/api/contact_tasks`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import deals, records, removal, tasks
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.permissions import Right
from carnet.core.tasks import Kind, Priority, Status, Task, TaskChanges, TaskDraft, Type
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, gather
from carnet.dialects.hydra.fields import LONG, Choice, Document, Flag, Text
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.links import TAGS, Relation, Tags, tag_iris
from carnet.dialects.hydra.quantities import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.paging import Asked, Page
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_COLLECTION = "/api/contact_tasks"
_ABOUT_CONTACT = "Required unless a deal or a company is given; with a deal alone, the deal's."

CLASS = Class(
    name="ContactTask",
    collection=_COLLECTION,
    about="what is owed to contacts, companies and deals, by due date",
    fields=(
        Relation("contact", "contact_id", "/api/contacts", "Contact", about=_ABOUT_CONTACT),
        Relation("deal", "deal_id", "/api/deals", "Deal"),
        Relation("company", "company_id", "/api/companies", "Company"),
        Text("title", required=True),
        Choice("type", "type", Type, Type.OTHER),
        Choice("taskKind", "kind", Kind, Kind.MANUAL, once=True),
        Document("payload"),
        Text("description", limit=LONG),
        Instant("dueDate", "due_at", required=True),
        Flag("completed", about="Whether the status is `completed`."),
        Instant("completedAt", "completed_at", writable=False),
        Choice("status", "status", Status, Status.OPEN),
        Choice("priority", "priority", Priority, Priority.NONE),
        Instant("startDate", "starts_at"),
        Flag("allDay", "all_day", about="Due on a day, not at a moment."),
        Relation("assignee", "assignee_id", "/api/users", "User"),
        Tags(),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("title"),
        filters.Query("q", field="title"),
        filters.Link("id", "id", _COLLECTION),
        filters.Link("contact", "contact_id", "/api/contacts"),
        filters.Link("deal", "deal_id", "/api/deals"),
        filters.Link("company", "company_id", "/api/companies"),
        filters.Exact("type", "type", Type),
        filters.Exact("taskKind", "kind", Kind),
        filters.Flag("completed", "is_completed"),
        filters.Exact("status", "status", Status),
        filters.Exact("priority", "priority", Priority),
        filters.Link("assignee", "assignee_id", "/api/users"),
        filters.Flag("mine", "is_own_or_free", field="assignee"),
        filters.Link("tags", "tag_ids", TAGS),
        filters.Date("dueDate", "due_at"),
        filters.CalendarDay("dueDay", "due_day", field="dueDate"),
        filters.Date("startDate", "starts_at"),
        filters.Date("completedAt", "completed_at"),
        filters.Exists(
            {"completedAt": "has_completed_at", "description": "has_description", "assignee": "has_assignee"}
        ),
        filters.Order(
            {
                "dueDate": "due_at",
                "startDate": "starts_at",
                "priority": "priority",
                "title": "title",
                "createdAt": "created_at",
            }
        ),
    ),
)


class TaskOut(msgspec.Struct, rename="camel", gc=False):
    """A task on the wire. What is UNSET is left out."""

    context: str | UnsetType = msgspec.field(name="@context")
    iri: str = msgspec.field(name="@id")
    at_type: str = msgspec.field(name="@type")
    id: str
    contact: str | UnsetType
    deal: str | UnsetType
    company: str | UnsetType
    title: str
    type: Type
    task_kind: Kind
    payload: dict[str, Any] | UnsetType
    description: str | UnsetType
    due_date: str | UnsetType
    completed: bool
    completed_at: str | UnsetType
    status: Status
    priority: Priority
    start_date: str | UnsetType
    all_day: bool
    assignee: str | UnsetType
    tags: list[str]
    created_at: str
    updated_at: str


def task_out(task: Task) -> TaskOut:
    """A task as an item. The fields stand in order: by name they would take six times as long, thirty times a page."""
    created_at = moment(task.created_at)
    return TaskOut(
        UNSET,
        f"{_COLLECTION}/{task.id}",
        "ContactTask",
        task.id,
        f"/api/contacts/{task.contact_id}" if task.contact_id is not None else UNSET,
        f"/api/deals/{task.deal_id}" if task.deal_id is not None else UNSET,
        f"/api/companies/{task.company_id}" if task.company_id is not None else UNSET,
        task.title,
        task.type,
        task.kind,
        task.payload if task.payload is not None else UNSET,
        task.description if task.description is not None else UNSET,
        moment(task.due_at) if task.due_at is not None else UNSET,
        task.status is Status.COMPLETED,
        moment(task.completed_at) if task.completed_at is not None else UNSET,
        task.status,
        task.priority,
        moment(task.starts_at) if task.starts_at is not None else UNSET,
        task.all_day,
        f"/api/users/{task.assignee_id}" if task.assignee_id is not None else UNSET,
        tag_iris(task.tag_ids) if task.tag_ids is not None else [],
        created_at,
        moment(task.updated_at) if task.version > 1 else created_at,
    )


def _show(_db: Database, _actor: Actor, found: Sequence[Task]) -> list[TaskOut]:
    return [task_out(task) for task in found]


def _page(db: Database, actor: Actor, asked: Asked) -> Page[Task]:
    """A page of tasks. What is one's own, and when a day begins, depends on who asks."""
    if not asked.filters:
        return tasks.page(db, actor, asked)
    narrowed = dict(asked.filters)
    if "is_own_or_free" in narrowed:
        narrowed["is_own_or_free"] = (narrowed["is_own_or_free"], actor.user_id)
    for name in ("due_day_from", "due_day_to"):
        if name in narrowed:
            narrowed[name] = (narrowed[name], ZoneInfo(actor.time_zone))
    return tasks.page(db, actor, msgspec.structs.replace(asked, filters=narrowed))


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Task:
    said = _said(body, None)
    if not said.get("contact_id") and not said.get("company_id"):
        said["contact_id"] = _contact_of(db, actor, said["deal_id"])
    return tasks.create(db, actor, TaskDraft(**said), now=request.now)


def _change(db: Database, actor: Actor, task: Task, body: dict[str, Any], request: Request) -> Task:
    said = _said(body, task)
    return tasks.change(db, actor, task.id, TaskChanges(**said), now=request.now)


def _contact_of(db: Database, actor: Actor, deal_id: str) -> str | None:
    """The contact of a deal, on which a task made for the deal alone hangs too. Raises NoSuchReferenceError."""
    try:
        return records.get(db, actor, deals.NOUN, deal_id).contact_id
    except NotFoundError:
        raise NoSuchReferenceError("deal_id", "deal", deal_id) from None


def _said(body: dict[str, Any], task: Task | None) -> dict[str, Any]:
    """What a body says in the core's words. Raises InvalidError with every violation at once."""
    said, faults = gather(CLASS, body, before=task, creating=task is None)
    if _hangs_on_nothing(said, task) and not any(fault.field in _LINKS for fault in faults):
        faults.insert(0, Violation("contact_id", Fault.MISSING))
    if faults:
        raise InvalidError(faults)
    completed = said.pop("completed", None)
    if completed is not None:
        _complete(said, task, completed=completed)
    return said


_LINKS = ("contact_id", "deal_id", "company_id")


def _hangs_on_nothing(said: dict[str, Any], task: Task | None) -> bool:
    """Whether a task would hang on nothing. One that another tongue made so may stay as it is."""
    links = [getattr(task, link, None) for link in _LINKS]
    if task is not None and not any(links):
        return False
    return not any(said.get(link, held) for link, held in zip(_LINKS, links, strict=True))


def _complete(said: dict[str, Any], task: Task | None, *, completed: bool) -> None:
    """Let `completed` act on the status, whose shadow it is.

    Where both are sent the one that differs from the record counts. Raises InvalidError where both differ and disagree.
    """
    was = task.status if task is not None else Status.OPEN
    status = said.get("status", was)
    if completed == (was is Status.COMPLETED):
        return
    if status != was and (status is Status.COMPLETED) != completed:
        raise InvalidError([Violation("status", Fault.NOT_A_CHOICE)])
    if status == was:
        said["status"] = Status.COMPLETED if completed else Status.OPEN


FACE = Face(
    described=CLASS,
    reads=Right.READ_TASKS,
    writes=Right.WRITE_TASKS,
    show=_show,
    page=_page,
    get=tasks.get,
    create=_create,
    change=_change,
    remove=removal.remove_task,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of tasks."""
    return Item(FACE, prefix=prefix).operations()
