"""Removing a record with what hangs on it: a verb that spans nouns, so it stands above them.

One rule for all faces: a task or note goes with the last contact, company or deal that it hangs on; until then only
the link is cleared. What happens because of a removal is recorded as part of it, so that it can be taken back whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    records,
    reminders,
    tags,
    tasks,
    webhooks,
)
from carnet.core.errors import ConflictError
from carnet.core.events import NOTHING, Cause
from carnet.core.permissions import Actor, Right, require

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from carnet.core.records import Noun
    from carnet.store.database import Database

_HANGING = (tasks, notes)
_TAGGED: dict[str, Noun[Any]] = {noun.name: noun for noun in (contacts.NOUN, companies.NOUN, tasks.NOUN, deals.NOUN)}


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

    def change(self, noun: Noun[Any], record: Any, field: str, value: Any) -> None:  # noqa: ANN401
        records.change(self.db, self.actor, noun, record, {field: value}, now=self.now, cause=self.cause)

    def unlink(self, noun: Noun[Any], found: Iterable[Any], link: str) -> None:
        for record in found:
            self.change(noun, record, link, None)

    def hanging(self, link: str, record_id: str) -> None:
        """Take the tasks and notes that hang on nothing else, and clear the link of the others."""
        for kind in _HANGING:
            others = kind.LINKS.keys() - {link}
            for record in kind.linked_to(self.db, self.actor, link, record_id):
                if any(getattr(record, other) is not None for other in others):
                    self.change(kind.NOUN, record, link, None)
                else:
                    self.take(kind.NOUN, record)

    def of_contact(self, contact_id: str) -> None:
        """Take a contact's reminders, calls and drafts, and the activities where nobody else took part."""
        for kind in (reminders, calls, drafts):
            for record in kind.linked_to(self.db, self.actor, contact_id):
                self.take(kind.NOUN, record)
        for activity in activities.attended_by(self.db, self.actor, contact_id):
            others = [each for each in activity.contact_ids if each != contact_id]
            if others:
                self.change(activities.NOUN, activity, "contact_ids", others)
            else:
                self.take(activities.NOUN, activity)

    def take(self, noun: Noun[Any], record: Any) -> None:  # noqa: ANN401
        records.remove(self.db, self.actor, noun, record, now=self.now, cause=self.cause)

    def end(self, noun: Noun[Any], record: Any, cause: Cause) -> int:  # noqa: ANN401
        return records.remove(self.db, self.actor, noun, record, now=self.now, cause=cause, event_number=self.number)


def _begin(db: Database, actor: Actor, now: datetime) -> _Removal:
    return _Removal(db, actor, now, events.next_number(db, actor))


def remove_task(db: Database, actor: Actor, task_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a task, and give its event's number."""
    require(actor, Right.WRITE_TASKS)
    return records.remove(db, actor, tasks.NOUN, tasks.get(db, actor, task_id), now=now, cause=cause)


def remove_note(db: Database, actor: Actor, note_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a note, and give its event's number."""
    require(actor, Right.WRITE_NOTES)
    return records.remove(db, actor, notes.NOUN, notes.get(db, actor, note_id), now=now, cause=cause)


def remove_contact(db: Database, actor: Actor, contact_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a contact, and give its event's number.

    The tasks, notes and activities that hang on nothing else go with it, and so do its reminders, calls and drafts.
    Deals stay, and a mail that was accepted for sending leaves.
    """
    require(actor, Right.WRITE_CONTACTS)
    contact = contacts.get(db, actor, contact_id)
    removal = _begin(db, actor, now)
    removal.hanging("contact_id", contact.id)
    removal.of_contact(contact.id)
    removal.unlink(deals.NOUN, deals.linked_to(db, actor, "contact_id", contact.id), "contact_id")
    return removal.end(contacts.NOUN, contact, cause)


def remove_company(db: Database, actor: Actor, company_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a company with the tasks and notes that hang on nothing else; its people and deals stay.

    Give its event's number.
    """
    require(actor, Right.WRITE_COMPANIES)
    company = companies.get(db, actor, company_id)
    removal = _begin(db, actor, now)
    removal.hanging("company_id", company.id)
    removal.unlink(deals.NOUN, deals.linked_to(db, actor, "company_id", company.id), "company_id")
    removal.unlink(contacts.NOUN, contacts.linked_to(db, actor, "company_id", company.id), "company_id")
    return removal.end(companies.NOUN, company, cause)


def remove_deal(db: Database, actor: Actor, deal_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a deal with the tasks and notes that hang on nothing else, and give its event's number."""
    require(actor, Right.WRITE_DEALS)
    deal = deals.get(db, actor, deal_id)
    removal = _begin(db, actor, now)
    removal.hanging("deal_id", deal.id)
    return removal.end(deals.NOUN, deal, cause)


def remove_tag(db: Database, actor: Actor, tag_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a tag, which leaves all that bore it, and give its event's number."""
    require(actor, Right.WRITE_TAGS)
    tag = tags.get(db, actor, tag_id)
    removal = _begin(db, actor, now)
    for name, record_id in tags.bearers(db, actor, tag.id):
        record = records.get(db, actor, _TAGGED[name], record_id)
        removal.change(_TAGGED[name], record, "tag_ids", [each for each in record.tag_ids if each != tag.id] or None)
    return removal.end(tags.NOUN, tag, cause)


def remove_gender(db: Database, actor: Actor, gender_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a gender, which leaves the contacts that had it, and give its event's number."""
    require(actor, Right.WRITE_CONTACTS)
    gender = genders.get(db, actor, gender_id)
    removal = _begin(db, actor, now)
    removal.unlink(contacts.NOUN, contacts.linked_to(db, actor, "gender_id", gender.id), "gender_id")
    return removal.end(genders.NOUN, gender, cause)


def remove_reminder(db: Database, actor: Actor, reminder_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a reminder, and give its event's number."""
    require(actor, Right.WRITE_REMINDERS)
    return records.remove(db, actor, reminders.NOUN, reminders.get(db, actor, reminder_id), now=now, cause=cause)


def remove_call(db: Database, actor: Actor, call_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a call, and give its event's number."""
    require(actor, Right.WRITE_ACTIVITIES)
    return records.remove(db, actor, calls.NOUN, calls.get(db, actor, call_id), now=now, cause=cause)


def remove_activity(db: Database, actor: Actor, activity_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete an activity, and give its event's number."""
    require(actor, Right.WRITE_ACTIVITIES)
    return records.remove(db, actor, activities.NOUN, activities.get(db, actor, activity_id), now=now, cause=cause)


def remove_activity_type(db: Database, actor: Actor, type_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a type of activities, which then have none, and give its event's number."""
    require(actor, Right.WRITE_ACTIVITIES)
    kind = activity_types.get(db, actor, type_id)
    removal = _begin(db, actor, now)
    removal.unlink(activities.NOUN, activities.of_type(db, actor, kind.id), "type_id")
    return removal.end(activity_types.TYPE, kind, cause)


def remove_category(db: Database, actor: Actor, category_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a category of types, which then stand in none, and give its event's number."""
    require(actor, Right.WRITE_ACTIVITIES)
    category = activity_types.get_category(db, actor, category_id)
    removal = _begin(db, actor, now)
    removal.unlink(activity_types.TYPE, activity_types.types_in(db, actor, category.id), "category_id")
    return removal.end(activity_types.CATEGORY, category, cause)


def remove_draft(db: Database, actor: Actor, draft_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a draft, and give its event's number. A mail that it has become leaves all the same."""
    require(actor, Right.WRITE_EMAILS)
    return records.remove(db, actor, drafts.NOUN, drafts.get(db, actor, draft_id), now=now, cause=cause)


def remove_entry(db: Database, actor: Actor, entry_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete an entry of the journal, and give its event's number."""
    require(actor, Right.WRITE_JOURNAL)
    return records.remove(db, actor, journal.NOUN, journal.get(db, actor, entry_id), now=now, cause=cause)


def remove_webhook(db: Database, actor: Actor, webhook_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a webhook, which is told nothing more, and give its event's number."""
    require(actor, Right.WRITE_WEBHOOKS)
    return records.remove(db, actor, webhooks.NOUN, webhooks.get(db, actor, webhook_id), now=now, cause=cause)


def remove_state(db: Database, actor: Actor, state_id: str, *, now: datetime, cause: Cause = NOTHING) -> int:
    """Delete a pipeline state; its contacts and deals then have none. Give its event's number."""
    require(actor, Right.WRITE_PIPELINES)
    state = pipelines.get_state(db, actor, state_id)
    removal = _begin(db, actor, now)
    removal.unlink(contacts.NOUN, contacts.linked_to(db, actor, "state_id", state.id), "state_id")
    removal.unlink(deals.NOUN, deals.linked_to(db, actor, "state_id", state.id), "state_id")
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
