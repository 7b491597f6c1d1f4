"""Removing a record with what hangs on it: a verb that spans nouns, so it stands above them.

One rule for all faces: a task goes with the last contact, company or deal that it hangs on; until then only the
link is cleared. What happens because of a removal is recorded as part of it, so that it can be taken back whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, events, pipelines, records, tasks
from carnet.core.errors import ConflictError
from carnet.core.events import NOTHING, Cause
from carnet.core.permissions import Actor, Right, require

if TYPE_CHECKING:
    from datetime import datetime

    from carnet.core.records import Noun
    from carnet.core.tasks import Task
    from carnet.store.database import Database


@dataclass(slots=True)
class _Removal:
    """One removal under way: its own event's number, taken first so that its parts can name it."""

    db: Any
    actor: Actor
    now: datetime
    number: int

    @property
    def cause(self) -> Cause:
        return Cause(part_of=self.number)

    def unlink(self, noun: Noun[Any], record: Any, link: str) -> None:  # noqa: ANN401
        records.change(self.db, self.actor, noun, record, {link: None}, now=self.now, cause=self.cause)

    def tasks(self, hanging: list[Task], link: str) -> None:
        for task in hanging:
            others = {"contact_id", "company_id", "deal_id"} - {link}
            if any(getattr(task, other) is not None for other in others):
                self.unlink(tasks.NOUN, task, link)
            else:
                records.remove(self.db, self.actor, tasks.NOUN, task, now=self.now, cause=self.cause)

    def end(self, noun: Noun[Any], record: Any, cause: Cause) -> int:  # noqa: ANN401
        return records.remove(self.db, self.actor, noun, record, now=self.now, cause=cause, event_number=self.number)


def _begin(db: Database, actor: Actor, now: datetime) -> _Removal:
    return _Removal(db, actor, now, events.next_number(db, actor))


def remove_task(db: Database, actor: Actor, task_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a task, and give its event's number."""
    require(actor, Right.WRITE_TASKS)
    return records.remove(db, actor, tasks.NOUN, tasks.get(db, actor, task_id), now=now, cause=cause)


def remove_contact(db: Database, actor: Actor, contact_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a contact with the tasks that hang on nothing else, and give its event's number."""
    require(actor, Right.WRITE_CONTACTS)
    contact = contacts.get(db, actor, contact_id)
    removal = _begin(db, actor, now)
    removal.tasks(tasks.linked_to(db, actor, contact_id=contact.id), "contact_id")
    return removal.end(contacts.NOUN, contact, cause)


def remove_company(db: Database, actor: Actor, company_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a company with the tasks that hang on nothing else; its people stay. Give its event's number."""
    require(actor, Right.WRITE_COMPANIES)
    company = companies.get(db, actor, company_id)
    removal = _begin(db, actor, now)
    removal.tasks(tasks.linked_to(db, actor, company_id=company.id), "company_id")
    for contact in contacts.linked_to(db, actor, company_id=company.id):
        removal.unlink(contacts.NOUN, contact, "company_id")
    return removal.end(companies.NOUN, company, cause)


def remove_state(db: Database, actor: Actor, state_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a pipeline state; its contacts then have none. Give its event's number."""
    require(actor, Right.WRITE_PIPELINES)
    state = pipelines.get_state(db, actor, state_id)
    removal = _begin(db, actor, now)
    for contact in contacts.linked_to(db, actor, state_id=state.id):
        removal.unlink(contacts.NOUN, contact, "state_id")
    return removal.end(pipelines.STATE, state, cause)


def remove_pipeline(db: Database, actor: Actor, pipeline_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a pipeline with its states, and give its event's number. ConflictError for the default one."""
    require(actor, Right.WRITE_PIPELINES)
    pipeline = pipelines.get(db, actor, pipeline_id)
    if pipeline.is_default:
        message = "The default pipeline can't be deleted."
        raise ConflictError(message)
    removal = _begin(db, actor, now)
    for state in pipelines.states_in(db, actor, [pipeline.id]):
        remove_state(db, actor, state.id, now=now, cause=removal.cause)
    return removal.end(pipelines.PIPELINE, pipeline, cause)
