"""Records that tests make, and how the ledger is looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from carnet.core import (
    activities,
    activity_types,
    calls,
    companies,
    contacts,
    deals,
    drafts,
    events,
    genders,
    journal,
    notes,
    pipelines,
    reminders,
    tags,
    tasks,
    webhooks,
)
from carnet.core.activities import Activity, ActivityDraft
from carnet.core.activity_types import ActivityType, ActivityTypeDraft, Category, CategoryDraft
from carnet.core.calls import Call, CallDraft
from carnet.core.companies import Company, CompanyDraft
from carnet.core.contacts import Contact, ContactDraft
from carnet.core.deals import Deal, DealDraft
from carnet.core.drafts import Draft, Step
from carnet.core.genders import Gender, GenderDraft
from carnet.core.journal import Entry, EntryDraft
from carnet.core.letters import Email
from carnet.core.notes import Note, NoteDraft
from carnet.core.paging import Asked, Page
from carnet.core.pipelines import Pipeline, PipelineDraft, State, StateDraft
from carnet.core.reminders import Reminder, ReminderDraft
from carnet.core.tags import Tag, TagDraft
from carnet.core.tasks import Task, TaskDraft
from carnet.core.webhooks import Webhook, WebhookDraft
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.events import Event
    from tests.conftest import Person

NOTHING = "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11"
"""The id of nothing."""
ALL = 10_000
"""More records than any test makes."""
TODAY = NOW.date()


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


def tag(person: Person, name: str = "supplier", **said: Any) -> Tag:
    made: Tag = person.does(tags.create, TagDraft(name=name, **said))
    return made


def deal(person: Person, title: str = "Autumn fabrics", **said: Any) -> Deal:
    made: Deal = person.does(deals.create, DealDraft(title=title, **said))
    return made


def note(person: Person, text: str = "Prefers linen.", **said: Any) -> Note:
    """A note, on a company of its own where nothing is said of what it hangs on."""
    if not said.keys() & notes.LINKS.keys():
        said["company_id"] = company(person).id
    made: Note = person.does(notes.create, NoteDraft(text=text, **said))
    return made


def gender(person: Person, name: str = "Agender", **said: Any) -> Gender:
    made: Gender = person.does(genders.create, GenderDraft(name=name, **said))
    return made


def reminder(person: Person, title: str = "Birthday", **said: Any) -> Reminder:
    said = {"contact_id": said.pop("contact_id", None) or contact(person).id, "begins_on": TODAY, **said}
    made: Reminder = person.does(reminders.create, ReminderDraft(title=title, **said))
    return made


def call(person: Person, content: str = "Spoke of linen", **said: Any) -> Call:
    said = {"contact_id": said.pop("contact_id", None) or contact(person).id, "called_at": NOW, **said}
    made: Call = person.does(calls.create, CallDraft(content=content, **said))
    return made


def activity(person: Person, summary: str = "Saw a play", **said: Any) -> Activity:
    said = {"contact_ids": said.pop("contact_ids", None) or [contact(person).id], "happened_on": TODAY, **said}
    made: Activity = person.does(activities.create, ActivityDraft(summary=summary, **said))
    return made


def activity_type(person: Person, name: str = "Sailed", **said: Any) -> ActivityType:
    made: ActivityType = person.does(activity_types.create, ActivityTypeDraft(name=name, **said))
    return made


def category(person: Person, name: str = "On the water", **said: Any) -> Category:
    made: Category = person.does(activity_types.create_category, CategoryDraft(name=name, **said))
    return made


def entry(person: Person, title: str = "A quiet day", **said: Any) -> Entry:
    made: Entry = person.does(journal.create, EntryDraft(title=title, **{"text": "Rain.", **said}))
    return made


def draft(person: Person, subject: str = "Samples", **said: Any) -> Draft:
    """A draft with one version."""
    contact_id = said.pop("contact_id", None) or contact(person).id
    email = Email(subject=subject, **{"to": ("ines@halden.example",), "body": "Here they are.", **said})
    made: Draft = person.does(drafts.write, contact_id, None, edit=Step(email=email))
    return made


def webhook(person: Person, name: str = "carnet", **said: Any) -> Webhook:
    url = f"https://hooks.example/{quote(name)}"
    made: Webhook = person.does(webhooks.create, WebhookDraft(url=url, **said))
    return made


MAKERS: dict[str, Callable[..., Any]] = {
    "contact": contact,
    "company": company,
    "task": task,
    "deal": deal,
    "note": note,
    "tag": tag,
    "gender": gender,
    "reminder": reminder,
    "call": call,
    "activity": activity,
    "activity_type": activity_type,
    "activity_type_category": category,
    "journal_entry": entry,
    "draft": draft,
    "webhook": webhook,
    "pipeline": pipeline,
    "pipeline_state": state,
}
"""What makes one of each noun; a walk through all of them begins here."""


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


def happened(person: Person, since: int) -> list[str]:
    """What happened in the workspace after its event of a number."""
    return [event.kind for event in ledger(person)[since:]]


def story(person: Person, record_id: str) -> list[str]:
    """What happened to a record, in order."""
    return [event.kind for event in person.sees(events.of_record, record_id)]
