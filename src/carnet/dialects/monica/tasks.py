"""Tasks at `/tasks` (specification, section 6)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import contacts, records, removal, tasks
from carnet.core.errors import NotFoundError
from carnet.core.permissions import Right
from carnet.core.tasks import Status, Task, TaskChanges, TaskDraft
from carnet.dialects.monica import lists, short
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import LONG, Flag, Form, Link, Moment, Text
from carnet.dialects.monica.resources import Account, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class TaskOut(msgspec.Struct, gc=False):
    """A task."""

    id: int
    uuid: str
    object: str
    title: str
    description: str | None
    completed: bool
    completed_at: datetime | None
    account: Account
    contact: short.Short | None
    created_at: datetime
    updated_at: datetime


def show(db: Database, actor: Actor, request: Request, found: Sequence[Task]) -> list[TaskOut]:
    """Tasks as objects, their fields in order: by name they would take six times as long."""
    known = short.by_ids(db, actor, request, [task.contact_id for task in found])
    account = Account(actor.workspace_id)
    return [
        TaskOut(
            task.number,
            task.id,
            "task",
            task.title,
            task.description or None,
            task.status is Status.COMPLETED,
            seconds(task.completed_at) if task.completed_at is not None else None,
            account,
            known.get(task.contact_id),
            seconds(task.created_at),
            seconds(task.updated_at),
        )
        for task in found
    ]


CREATED = Form(
    Link("contact_id", about="0 and null stand for nobody."),
    Text("title", required=True),
    Text("description", limit=LONG),
    Flag("completed"),
    Moment("completed_at", about="Of a task that is completed; now, where nothing is said."),
)
CHANGED = Form(
    Link("contact_id", about="The task's own contact, or that of a task which has none yet."),
    Text("title", required=True),
    Text("description", limit=LONG, about="Kept where it isn't said."),
    Flag("completed", required=True),
    Moment("completed_at", about="Of a task that is completed; where nothing is said, when it was, or now."),
)


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Task:
    said = CREATED.read(given)
    number = said.get("contact_id")
    completed = bool(said.get("completed"))
    draft = TaskDraft(
        title=said["title"],
        description=said.get("description"),
        contact_id=records.id_of(db, actor, contacts.NOUN, number) if number is not None else None,
        status=Status.COMPLETED if completed else Status.OPEN,
        completed_at=said.get("completed_at") if completed else None,
    )
    return tasks.create(db, actor, draft, now=request.now)


def _change(db: Database, actor: Actor, request: Request, task: Task, given: dict[str, Any]) -> Task:
    said = CHANGED.read(given, {"title": task.title, "description": task.description})
    changes: dict[str, Any] = {name: said[name] for name in ("title", "description") if name in said}
    if said.get("contact_id") is not None:
        changes["contact_id"] = _contact_of(db, actor, task, said["contact_id"])
    if said["completed"]:
        changes["status"] = Status.COMPLETED
        if said.get("completed_at") is not None:
            changes["completed_at"] = said["completed_at"]
    elif task.is_completed:
        changes["status"] = Status.OPEN
    return tasks.change(db, actor, task.id, TaskChanges(**changes), now=request.now)


def _contact_of(db: Database, actor: Actor, task: Task, number: int) -> str:
    """The contact that a change names. Raises NotFoundError for one that isn't there, or isn't the task's."""
    contact_id = records.id_of(db, actor, contacts.NOUN, number)
    if task.contact_id not in {None, contact_id}:
        raise NotFoundError("contact", contact_id)
    return contact_id


_COMPLETED = {"0": False, "false": False, "1": True, "true": True}


def _filters(request: Request) -> dict[str, Any]:
    completed = _COMPLETED.get(dict(request.query).get("completed", "")) if request.query_string else None
    return {} if completed is None else {"is_completed": completed}


TASKS = Resource(
    path="/tasks",
    key="Task",
    about="what is owed",
    noun=tasks.NOUN,
    reads=Right.READ_TASKS,
    writes=Right.WRITE_TASKS,
    shown=TaskOut,
    show=show,
    page=tasks.page,
    get=tasks.get,
    created=CREATED,
    create=_create,
    changed=CHANGED,
    change=_change,
    remove=removal.remove_task,
    status=200,
    size=10,
    sorts={**lists.SORTS, "completed_at": "completed_at_or_never"},
    filters=_filters,
    query={"completed": "Only those that are completed (`1`, `true`), or only the others (`0`, `false`)."},
)


def operations() -> list[Operation]:
    """What can be asked of tasks."""
    return [
        *TASKS.operations(),
        TASKS.creating("/task", "createTaskByItsOtherPath"),
        TASKS.of_contact("/contacts/{id}/tasks"),
    ]
