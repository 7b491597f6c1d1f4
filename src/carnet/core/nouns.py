"""Every noun that a workspace keeps, in one table: what undo and `carnet check` know of each of them."""

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
    genders,
    journal,
    notes,
    pipelines,
    records,
    reminders,
    removal,
    tags,
    tasks,
    users,
    webhooks,
)
from carnet.core.permissions import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select

    from carnet.core.permissions import Actor
    from carnet.core.records import Noun
    from carnet.store.database import Database


@dataclass(frozen=True, slots=True)
class Known:
    """What is done with one noun by those who treat all of them alike."""

    noun: Noun[Any]
    everything: Callable[[], Select[Any]]
    get: Callable[[Database, Actor, str], Any]
    remove: Callable[..., int]
    right: Right
    """What an actor needs to change it."""


NOUNS: dict[str, Known] = {
    known.noun.name: known
    for known in (
        Known(contacts.NOUN, contacts.contacts_of, contacts.get, removal.remove_contact, Right.WRITE_CONTACTS),
        Known(companies.NOUN, companies.companies_of, companies.get, removal.remove_company, Right.WRITE_COMPANIES),
        Known(tasks.NOUN, tasks.tasks_of, tasks.get, removal.remove_task, Right.WRITE_TASKS),
        Known(deals.NOUN, deals.deals_of, deals.get, removal.remove_deal, Right.WRITE_DEALS),
        Known(notes.NOUN, notes.notes_of, notes.get, removal.remove_note, Right.WRITE_NOTES),
        Known(tags.NOUN, tags.tags_of, tags.get, removal.remove_tag, Right.WRITE_TAGS),
        Known(genders.NOUN, genders.genders_of, genders.get, removal.remove_gender, Right.WRITE_CONTACTS),
        Known(
            reminders.NOUN,
            reminders.reminders_of,
            reminders.get,
            removal.remove_reminder,
            Right.WRITE_REMINDERS,
        ),
        Known(calls.NOUN, calls.calls_of, calls.get, removal.remove_call, Right.WRITE_ACTIVITIES),
        Known(
            activities.NOUN,
            activities.activities_of,
            activities.get,
            removal.remove_activity,
            Right.WRITE_ACTIVITIES,
        ),
        Known(
            activity_types.TYPE,
            activity_types.types_of,
            activity_types.get,
            removal.remove_activity_type,
            Right.WRITE_ACTIVITIES,
        ),
        Known(
            activity_types.CATEGORY,
            activity_types.categories_of,
            activity_types.get_category,
            removal.remove_category,
            Right.WRITE_ACTIVITIES,
        ),
        Known(drafts.NOUN, drafts.drafts_of, drafts.get, removal.remove_draft, Right.WRITE_EMAILS),
        Known(webhooks.NOUN, webhooks.webhooks_of, webhooks.get, removal.remove_webhook, Right.WRITE_WEBHOOKS),
        Known(journal.NOUN, journal.entries_of, journal.get, removal.remove_entry, Right.WRITE_JOURNAL),
        Known(
            pipelines.PIPELINE,
            pipelines.pipelines_of,
            pipelines.get,
            removal.remove_pipeline,
            Right.WRITE_PIPELINES,
        ),
        Known(pipelines.STATE, pipelines.states_of, pipelines.get_state, removal.remove_state, Right.WRITE_PIPELINES),
    )
}


def exists(db: Database, actor: Actor, noun: str, record_id: str) -> bool:
    """Whether the workspace has the record, or the member where the noun is `user`."""
    if noun == "user":
        return users.is_member(db, actor, record_id)
    return records.exists(db, actor, NOUNS[noun].noun, record_id)
