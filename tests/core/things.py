"""Records that tests make, and how the ledger is looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, events, pipelines, tasks
from carnet.core.companies import Company, CompanyDraft
from carnet.core.contacts import Contact, ContactDraft
from carnet.core.paging import Asked, Page
from carnet.core.pipelines import Pipeline, PipelineDraft, State, StateDraft
from carnet.core.tasks import Task, TaskDraft

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.events import Event
    from tests.conftest import Person

NOTHING = "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11"
"""The id of nothing."""
ALL = 10_000
"""More records than any test makes."""


def contact(person: Person, name: str = "Inès Aubry", **said: Any) -> Contact:
    made: Contact = person.does(contacts.create, ContactDraft(name=name, **said))
    return made


def company(person: Person, name: str = "Halden Ateliers", **said: Any) -> Company:
    made: Company = person.does(companies.create, CompanyDraft(name=name, **said))
    return made


def task(person: Person, title: str = "Send the samples", **said: Any) -> Task:
    made: Task = person.does(tasks.create, TaskDraft(title=title, **said))
    return made


def pipeline(person: Person, name: str = "Partners", **said: Any) -> Pipeline:
    made: Pipeline = person.does(pipelines.create, PipelineDraft(name=name, **said))
    return made


def state(person: Person, name: str = "First call", **said: Any) -> State:
    made: State = person.does(pipelines.create_state, StateDraft(name=name, **said))
    return made


def listed(person: Person, page: Callable[..., Page[Any]], **asked: Any) -> list[Any]:
    """The records of a list, whose total is theirs."""
    found: Page[Any] = person.sees(page, Asked(limit=ALL, **asked))
    assert found.total == len(found.items)
    return found.items


def ledger(person: Person) -> list[Event]:
    """Every event of the person's workspace."""
    found: list[Event] = person.sees(events.since, 0, limit=ALL)
    return found


def last_event(person: Person) -> Event:
    return ledger(person)[-1]


def story(person: Person, record_id: str) -> list[str]:
    """What happened to a record, in order."""
    return [event.kind for event in person.sees(events.of_record, record_id)]
