"""Tasks: what is owed to a contact, a company or a deal, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from operator import ge, le
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import Table, and_, bindparam, case, func, not_, or_, select

from carnet.core import companies, contacts, counters, deals, records, tags, users
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Condition, Filter, OneOf, OwnOrFree, Tagged, Text, Words, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Least, Listing, Page, Run
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import document, fold
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

    from sqlalchemy import ColumnElement, Select

    from carnet.store.database import Database
    from carnet.store.trigrams import Trigrams


class Status(StrEnum):
    """How far a task has come. Open and in progress are still to do; the other three are over."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Priority(StrEnum):
    """How much a task matters."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


class Type(StrEnum):
    """What there is to do."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    PROPOSAL = "proposal"
    QUOTE = "quote"
    OTHER = "other"


class Kind(StrEnum):
    """Where a task comes from: a person, or one of the LinkedIn flows that programs run."""

    MANUAL = "manual"
    PROFILE_CHANGE = "validate_linkedin_profile_change"
    RECONTACT = "linkedin_recontact_wizard"
    NEW_RELATION = "linkedin_new_relation_onboarding"


class Task(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A task."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    contact_id: str | None
    company_id: str | None
    deal_id: str | None
    assignee_id: str | None
    title: str
    description: str | None
    type: Type
    kind: Kind
    status: Status
    priority: Priority
    starts_at: datetime | None
    due_at: datetime | None
    all_day: bool
    completed_at: datetime | None
    payload: dict[str, Any] | None
    tag_ids: list[str] | None
    extras: dict[str, Any] | None

    @property
    def is_completed(self) -> bool:
        """Whether it was done."""
        return self.status is Status.COMPLETED

    @property
    def is_pending(self) -> bool:
        """Whether it is still to do."""
        return self.status in PENDING


PENDING = frozenset({Status.OPEN, Status.IN_PROGRESS})


class TaskDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a task at its birth."""

    title: str
    contact_id: str | None = None
    company_id: str | None = None
    deal_id: str | None = None
    assignee_id: str | None = None
    description: str | None = None
    type: Type = Type.OTHER
    kind: Kind = Kind.MANUAL
    status: Status = Status.OPEN
    priority: Priority = Priority.NONE
    starts_at: datetime | None = None
    due_at: datetime | None = None
    all_day: bool = False
    completed_at: datetime | None = None
    payload: dict[str, Any] | None = None
    tag_ids: Sequence[str] | None = None
    extras: dict[str, Any] | None = None


class TaskChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a task that exists. Its kind stays what it was."""

    title: str | UnsetType = UNSET
    contact_id: str | None | UnsetType = UNSET
    company_id: str | None | UnsetType = UNSET
    deal_id: str | None | UnsetType = UNSET
    assignee_id: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    type: Type | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    starts_at: datetime | None | UnsetType = UNSET
    due_at: datetime | None | UnsetType = UNSET
    all_day: bool | UnsetType = UNSET
    completed_at: datetime | None | UnsetType = UNSET
    payload: dict[str, Any] | None | UnsetType = UNSET
    tag_ids: Sequence[str] | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


# The list by due date is counted in weeks, and what has no due date, which comes last, in runs of numbers.
_UNDATED = 1_000_000
_UNDATED_BITS = 12
_NEAR = 1_000


def _place(task: Task) -> tuple[str, int]:
    if task.due_at is None:
        return ("tasks", _UNDATED + (task.number >> _UNDATED_BITS))
    return ("tasks", task.due_at.astimezone(UTC).toordinal() // 7)


def _derived(task: Task) -> dict[str, Any]:
    title = fold(task.title)
    folded = f"{title}\n{document(task.description)}" if task.description else title
    return {"title_folded": title, "priority_rank": _RANKS[task.priority], "folded": folded}


LINKS: dict[str, Noun[Any]] = {"contact_id": contacts.NOUN, "company_id": companies.NOUN, "deal_id": deals.NOUN}
"""What a task can hang on."""

_RANKS = {priority: rank for rank, priority in enumerate(Priority)}

NOUN: Noun[Task] = Noun(
    "task",
    tables.tasks,
    Task,
    made="tasks_made",
    kept="tasks_kept",
    derived=_derived,
    place=_place,
    is_searched=True,
    links={"contact_id": "contact", "company_id": "company", "deal_id": "deal", "assignee_id": "user"},
    lists={"tag_ids": records.TAGS},
    together=(frozenset({"status", "completed_at"}), frozenset({"starts_at", "due_at", "all_day"})),
)

_t = tables.tasks.c


def tasks_of() -> Select[Any]:
    """The tasks of a workspace."""
    return select(*columns(tables.tasks, Task)).where(within(tables.tasks))


def _runs(db: Database, actor: Actor, offset: int) -> list[Run]:
    """Where the list by due date begins at an offset: in a week, going on to what is undated, or there."""
    if offset < _NEAR:
        return [Run("", {}, offset)]
    place = counters.locate(db, actor.workspace_id, "tasks", offset, descending=False)
    if place is None:
        return []
    bucket, skip = place
    if bucket >= _UNDATED:
        return [Run("undated", {"first": (bucket - _UNDATED) << _UNDATED_BITS}, skip)]
    begin = datetime.combine(date.fromordinal(max(1, bucket * 7)), time(), UTC)
    return [Run("dated", {"since": begin}, skip), Run("undated", {"first": 0}, 0)]


class DueDay(Filter):
    """The day on which the task is due stands in a relation to a day, in a time zone; all-day tasks are in none.

    The value is the day and the zone: `(date, ZoneInfo)`.
    """

    def __init__(self, relation: Callable[[Any, Any], Any]) -> None:
        self._relation = relation
        self._shift = timedelta(days=0 if relation is ge else 1)

    def clause(self, name: str, shape: Any) -> ColumnElement[bool]:  # noqa: ANN401, ARG002
        due = _t.due_at
        moment, day = (bindparam(f"{name}_{each}", type_=due.type) for each in ("moment", "day"))
        timed = due >= moment if self._relation is ge else due < moment
        return or_(and_(not_(_t.all_day), timed), and_(_t.all_day, self._relation(due, day)))

    def values(self, name: str, value: tuple[date, tzinfo], trigrams: type[Trigrams]) -> dict[str, Any]:  # noqa: ARG002
        day, zone = value
        return {
            f"{name}_moment": _midnight(day, self._shift, zone),
            f"{name}_day": datetime.combine(day, time(), UTC),
        }


def _midnight(day: date, shift: timedelta, zone: tzinfo) -> datetime:
    """Midnight of a day in a zone, or of one near it; at the ends of the calendar its first or last moment."""
    try:
        return datetime.combine(day + shift, time(), zone).astimezone(UTC)
    except OverflowError:
        return datetime.combine(day, time.max if shift else time(), UTC)


def _number_of(table: Table, link: ColumnElement[Any]) -> Any:  # noqa: ANN401
    found = select(table.c.number).where(table.c.workspace_id == _t.workspace_id, table.c.id == link)
    return found.correlate(tables.tasks).scalar_subquery()


_member = tables.memberships.c
_number_of_member = (
    select(_member.number)
    .where(_member.workspace_id == _t.workspace_id, _member.user_id == _t.assignee_id)
    .correlate(tables.tasks)
    .scalar_subquery()
)
_shown_start = func.coalesce(_t.starts_at, _t.due_at, type_=_t.due_at.type)

LISTING: Listing[Task] = Listing(
    tables.tasks,
    Task,
    tasks_of,
    filters={
        "title": Text(tables.tasks, _t.title_folded),
        "number": OneOf(_t.number),
        "tag_ids": Tagged(_t.id),
        "due_day_from": DueDay(ge),
        "due_day_to": DueDay(le),
        "q": Words(Text(tables.tasks, _t.folded)),
        "id": OneOf(_t.id),
        "contact_id": OneOf(_t.contact_id),
        "company_id": OneOf(_t.company_id),
        "deal_id": OneOf(_t.deal_id),
        "assignee_id": OneOf(_t.assignee_id),
        "is_own_or_free": OwnOrFree(_t.assignee_id),
        "type": OneOf(_t.type),
        "kind": OneOf(_t.kind),
        "status": OneOf(_t.status),
        "priority": OneOf(_t.priority),
        "is_completed": Condition(_t.status == "completed"),
        "has_completed_at": Condition(_t.completed_at.is_not(None)),
        "has_description": Condition(_t.description.is_not(None)),
        "has_assignee": Condition(_t.assignee_id.is_not(None)),
        **compared("due_at", _t.due_at),
        **compared("starts_at", _t.starts_at),
        **compared("completed_at", _t.completed_at),
    },
    orders={
        "due_at": _t.due_at,
        "starts_at": _t.starts_at,
        "priority": _t.priority_rank,
        "title": _t.title_folded,
        "created_at": _t.created_at,
        "updated_at": _t.updated_at,
        "completed_at": _t.completed_at,
        "completed_at_or_never": Least(_t.completed_at),
        "status": case({status.value: rank for rank, status in enumerate(Status)}, value=_t.status),
        "shown_start": _shown_start,
        "shown_end": case((_t.due_at != _shown_start, _t.due_at)),
        "party": func.coalesce(_number_of(tables.contacts, _t.contact_id), _number_of(tables.contacts, _t.company_id)),
        "deal": _number_of(tables.deals, _t.deal_id),
        "assignee": _number_of_member,
    },
    natural=(("due_at", False), ("number", False)),
    kept="tasks_kept",
    runs=_runs,
    starts={
        "dated": _t.due_at >= bindparam("since", type_=_t.due_at.type),
        "undated": _t.due_at.is_(None) & (_t.number >= bindparam("first")),
    },
)


@statement(Task)
def _task() -> Select[Any]:
    return tasks_of().where(_t.id == bindparam("id"))


@statement(Task)
def _linked(column: str) -> Select[Any]:
    return tasks_of().where(_t[column] == bindparam("link")).order_by(_t.number)


@statement(tuple)
def _counts() -> Select[Any]:
    chosen = select(_t.contact_id, func.count()).where(within(tables.tasks), is_one_of(_t.contact_id, "ids"))
    return chosen.group_by(_t.contact_id)


def get(db: Database, actor: Actor, task_id: str) -> Task:
    """A task; NotFoundError where there is none."""
    require(actor, Right.READ_TASKS)
    task = db.find(_task(), workspace_id=actor.workspace_id, id=task_id)
    if task is None:
        raise NotFoundError("task", task_id)
    return task


def page(db: Database, actor: Actor, asked: Asked) -> Page[Task]:
    """A page of tasks: by due date, undated ones last, then by number."""
    require(actor, Right.READ_TASKS)
    return LISTING.page(db, actor, asked)


def linked_to(db: Database, actor: Actor, link: str, record_id: str) -> list[Task]:
    """The tasks whose `link` (`contact_id`, `company_id` or `deal_id`) leads to a record."""
    return db.all(_linked(link), workspace_id=actor.workspace_id, link=record_id)


def counts(db: Database, actor: Actor, contact_ids: Iterable[str]) -> dict[str, int]:
    """How many tasks each of these contacts has; nothing for those without, or for who may not read tasks."""
    sought = sorted(set(contact_ids)) if Right.READ_TASKS in actor.rights else []
    return dict(db.all(_counts(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def create(db: Database, actor: Actor, draft: TaskDraft, *, now: datetime) -> Task:
    """Make a task; one that is born completed was completed now, where no moment is given.

    Raises InvalidError for a blank title or a start after the due date, and NoSuchReferenceError for a contact,
    company, deal or assignee that isn't there.
    """
    require(actor, Right.WRITE_TASKS)
    said = _settled(records.said(draft), None, now)
    _check(db, actor, said, None)
    number = records.next_number(db, actor, NOUN)
    task = Task(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, task, now=now)
    return task


def change(db: Database, actor: Actor, task_id: str, changes: TaskChanges, *, now: datetime) -> Task:
    """Change what is named of a task. Raises as `create` does.

    Completing it sets `completed_at`, and leaving that status clears it; completing twice changes nothing.
    """
    require(actor, Right.WRITE_TASKS)
    task = get(db, actor, task_id)
    said = _settled(records.said(changes), task, now)
    _check(db, actor, said, task)
    completed = said.get("status", task.status) == Status.COMPLETED
    happened = "updated" if completed == task.is_completed else "completed" if completed else "reopened"
    return records.change(db, actor, NOUN, task, said, happened=happened, now=now)


def complete(db: Database, actor: Actor, task_id: str, *, now: datetime) -> Task:
    """Complete a task; completing twice changes nothing and records nothing."""
    return change(db, actor, task_id, TaskChanges(status=Status.COMPLETED), now=now)


def _settled(said: dict[str, Any], task: Task | None, now: datetime) -> dict[str, Any]:
    """What was said, with what follows from it: the moment of completion, and whether the due date is a day."""
    was = task.status if task else None
    status = said.get("status", was)
    if status != Status.COMPLETED:
        if "status" in said or "completed_at" in said:
            said["completed_at"] = None
    elif was != Status.COMPLETED:
        said["completed_at"] = said.get("completed_at") or now
    elif said.get("completed_at", now) is None:
        del said["completed_at"]
    due_at = said.get("due_at", task.due_at if task else None)
    if due_at is not None and ("due_at" in said or "all_day" in said):
        day = due_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if said.get("all_day"):
            said["due_at"] = day
        elif "all_day" not in said and day != due_at:
            said["all_day"] = False
    return said


def _check(db: Database, actor: Actor, said: dict[str, Any], task: Task | None) -> None:
    faults = []
    if not said.get("title", "-").strip():
        faults.append(Violation("title", Fault.BLANK))
    starts_at = said.get("starts_at", task.starts_at if task else None)
    due_at = said.get("due_at", task.due_at if task else None)
    if starts_at is not None and due_at is not None and said.keys() & {"starts_at", "due_at", "all_day"}:
        is_day = said.get("all_day", task.all_day if task else False)
        if _day(starts_at) > _day(due_at) if is_day else starts_at > due_at:
            faults.append(Violation("starts_at", Fault.AFTER_DUE))
    if faults:
        raise InvalidError(faults)
    _check_links(db, actor, said)


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _check_links(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    for link, noun in LINKS.items():
        if said.get(link) is not None and not records.exists(db, actor, noun, said[link]):
            raise NoSuchReferenceError(link, noun.name, said[link])
    tags.settle(db, actor, said)
    assignee_id = said.get("assignee_id")
    if assignee_id is not None and not users.is_member(db, actor, assignee_id):
        raise NoSuchReferenceError("assignee_id", "user", assignee_id)
