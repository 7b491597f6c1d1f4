"""Every verb of the core that asks for rights, with what it is about; walks through all of them begin here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import (
    activities,
    activity_types,
    calls,
    companies,
    contacts,
    deals,
    directory,
    drafts,
    events,
    genders,
    journal,
    notes,
    outbox,
    pipelines,
    reminders,
    removal,
    tags,
    tasks,
    undo,
    users,
    webhooks,
    workspaces,
)
from carnet.core.activities import ActivityChanges, ActivityDraft
from carnet.core.activity_types import ActivityTypeChanges, ActivityTypeDraft, CategoryChanges, CategoryDraft
from carnet.core.calls import CallChanges, CallDraft
from carnet.core.companies import CompanyChanges, CompanyDraft
from carnet.core.contacts import Appended, ContactChanges, ContactDraft
from carnet.core.deals import DealChanges, DealDraft
from carnet.core.genders import GenderChanges, GenderDraft
from carnet.core.journal import EntryChanges, EntryDraft
from carnet.core.notes import NoteChanges, NoteDraft
from carnet.core.paging import Asked
from carnet.core.permissions import Right
from carnet.core.pipelines import PipelineChanges, PipelineDraft, StateChanges, StateDraft
from carnet.core.reminders import ReminderChanges, ReminderDraft
from carnet.core.tags import TagChanges, TagDraft
from carnet.core.tasks import TaskChanges, TaskDraft
from carnet.core.webhooks import WebhookChanges, WebhookDraft
from tests.conftest import NOW
from tests.core.things import (
    TODAY,
    activity,
    activity_type,
    call,
    category,
    company,
    contact,
    deal,
    draft,
    entry,
    gender,
    note,
    pipeline,
    reminder,
    state,
    tag,
    task,
    webhook,
)

if TYPE_CHECKING:
    from collections.abc import Callable


READS = {
    contacts: Right.READ_CONTACTS,
    companies: Right.READ_COMPANIES,
    tasks: Right.READ_TASKS,
    drafts: Right.READ_EMAILS,
    deals: Right.READ_DEALS,
    notes: Right.READ_NOTES,
    tags: Right.READ_TAGS,
    genders: Right.READ_CONTACTS,
    reminders: Right.READ_REMINDERS,
    calls: Right.READ_ACTIVITIES,
    activities: Right.READ_ACTIVITIES,
    activity_types: Right.READ_ACTIVITIES,
    journal: Right.READ_JOURNAL,
    webhooks: Right.READ_WEBHOOKS,
    pipelines: Right.READ_PIPELINES,
}
WRITES = {
    contacts: Right.WRITE_CONTACTS,
    companies: Right.WRITE_COMPANIES,
    tasks: Right.WRITE_TASKS,
    drafts: Right.WRITE_EMAILS,
    deals: Right.WRITE_DEALS,
    notes: Right.WRITE_NOTES,
    tags: Right.WRITE_TAGS,
    genders: Right.WRITE_CONTACTS,
    reminders: Right.WRITE_REMINDERS,
    calls: Right.WRITE_ACTIVITIES,
    activities: Right.WRITE_ACTIVITIES,
    activity_types: Right.WRITE_ACTIVITIES,
    journal: Right.WRITE_JOURNAL,
    webhooks: Right.WRITE_WEBHOOKS,
    pipelines: Right.WRITE_PIPELINES,
}
MADE = {
    contact: contacts,
    company: companies,
    task: tasks,
    deal: deals,
    note: notes,
    tag: tags,
    gender: genders,
    reminder: reminders,
    call: calls,
    activity: activities,
    activity_type: activity_types,
    category: activity_types,
    entry: journal,
    draft: drafts,
    webhook: webhooks,
    pipeline: pipelines,
    state: pipelines,
}
"""What makes a record that a verb is about, and its noun."""

Verb = tuple[Any, Any, tuple[Any, ...]]
"""A verb, what makes the record that it is about (or None), and what else it is asked."""

READING: list[Verb] = [
    *((noun.page, None, (noun, Asked())) for noun in READS),
    (contacts.page_of_entries, None, (contacts, Asked())),
    (pipelines.page_of_states, None, (pipelines, Asked())),
    (activity_types.page_of_categories, None, (activity_types, Asked())),
    *((noun.get, make, ()) for make, noun in MADE.items() if make not in (state, category)),
    (pipelines.get_state, state, ()),
    (activity_types.get_category, category, ()),
    (contacts.by_ids, None, (contacts, [])),
    (genders.find, None, (genders, "woman")),
    (reminders.planned, None, (reminders, TODAY, TODAY)),
    (calls.per_year, None, (calls,)),
    (activities.per_year, None, (activities,)),
]
QUIET: dict[Any, tuple[Any, Right]] = {
    tasks.counts: (task, Right.READ_TASKS),
    notes.counts: (note, Right.READ_NOTES),
    reminders.counts: (reminder, Right.READ_REMINDERS),
    calls.summaries: (call, Right.READ_ACTIVITIES),
    activities.summaries: (activity, Right.READ_ACTIVITIES),
    notes.latest: (note, Right.READ_NOTES),
}
"""What is told beside a contact, and left out for who may not read it."""
CREATING: list[Verb] = [
    (contacts.create, None, (contacts, ContactDraft(name="x", company="Halden"))),
    (companies.create, None, (companies, CompanyDraft(name="x"))),
    (tasks.create, None, (tasks, TaskDraft(title="x"))),
    (deals.create, None, (deals, DealDraft(title="x"))),
    (tags.create, None, (tags, TagDraft(name="x"))),
    (genders.create, None, (genders, GenderDraft(name="x"))),
    (activity_types.create, None, (activity_types, ActivityTypeDraft(name="x"))),
    (activity_types.create_category, None, (activity_types, CategoryDraft(name="x"))),
    (journal.create, None, (journal, EntryDraft(title="x", text="x"))),
    (webhooks.create, None, (webhooks, WebhookDraft(url="https://hooks.example/"))),
    (pipelines.create, None, (pipelines, PipelineDraft(name="x"))),
    (pipelines.create_state, None, (pipelines, StateDraft(name="x"))),
]
HANGING: list[tuple[Any, Any, Callable[[str], Any]]] = [
    (notes.create, notes, lambda contact_id: NoteDraft(text="x", contact_id=contact_id)),
    (
        reminders.create,
        reminders,
        lambda contact_id: ReminderDraft(title="x", contact_id=contact_id, begins_on=TODAY),
    ),
    (calls.create, calls, lambda contact_id: CallDraft(contact_id=contact_id, called_at=NOW)),
    (
        activities.create,
        activities,
        lambda contact_id: ActivityDraft(summary="x", contact_ids=[contact_id], happened_on=TODAY),
    ),
]
"""What creates a record that hangs on a contact, its noun and its draft."""
CHANGING: list[Verb] = [
    (contacts.change, contact, (ContactChanges(name="x"),)),
    (contacts.append, contact, (Appended.DESCRIPTION, "x")),
    (contacts.move, contact, (None,)),
    (companies.change, company, (CompanyChanges(name="x"),)),
    (tasks.change, task, (TaskChanges(title="x"),)),
    (tasks.complete, task, ()),
    (deals.change, deal, (DealChanges(title="x"),)),
    (notes.change, note, (NoteChanges(text="x"),)),
    (tags.change, tag, (TagChanges(name="x"),)),
    (genders.change, gender, (GenderChanges(name="x"),)),
    (reminders.change, reminder, (ReminderChanges(title="x"),)),
    (calls.change, call, (CallChanges(content="x"),)),
    (activities.change, activity, (ActivityChanges(summary="x"),)),
    (activity_types.change, activity_type, (ActivityTypeChanges(name="x"),)),
    (activity_types.change_category, category, (CategoryChanges(name="x"),)),
    (journal.change, entry, (EntryChanges(title="x"),)),
    (webhooks.change, webhook, (WebhookChanges(enabled=False),)),
    (pipelines.change, pipeline, (PipelineChanges(name="x"),)),
    (pipelines.change_state, state, (StateChanges(name="x"),)),
    (removal.remove_contact, contact, ()),
    (removal.remove_company, company, ()),
    (removal.remove_task, task, ()),
    (removal.remove_deal, deal, ()),
    (removal.remove_note, note, ()),
    (removal.remove_tag, tag, ()),
    (removal.remove_gender, gender, ()),
    (removal.remove_reminder, reminder, ()),
    (removal.remove_call, call, ()),
    (removal.remove_activity, activity, ()),
    (removal.remove_activity_type, activity_type, ()),
    (removal.remove_category, category, ()),
    (removal.remove_entry, entry, ()),
    (removal.remove_draft, draft, ()),
    (removal.remove_webhook, webhook, ()),
    (removal.remove_state, state, ()),
    (removal.remove_pipeline, pipeline, ()),
]
APART = {
    # Asked by other verbs, which have asked for the right themselves.
    *(contacts.linked_to, tasks.linked_to, deals.linked_to, notes.linked_to, reminders.linked_to, calls.linked_to),
    drafts.linked_to,
    *(activities.attended_by, activities.of_type, activity_types.types_in, pipelines.states_in, tags.bearers),
    *(contacts.update, tags.settle, pipelines.create_default, genders.seed, activity_types.seed, workspaces.seed),
    contacts.settle_links,  # likewise
    companies.find_or_create,  # part of writing a contact
    # What leads somewhere may be followed by who may read or write it; what is found this way is its name or number.
    *(tags.by_ids, tags.named, genders.by_ids, activity_types.by_ids, activity_types.categories_by_ids),
    *(directory.by_numbers, directory.numbers_of, pipelines.find_state, pipelines.first_state),
    *(users.is_member, users.member_by_number, users.members_by_ids, users.numbers_of, workspaces.get),
    # Tried where drafts and mails are.
    *(drafts.of_contact, drafts.versions, drafts.line, drafts.write),
    *(outbox.get, outbox.of_draft, outbox.require_open, outbox.accept, outbox.take_back),
    # Tried in tests/webhooks.
    *(webhooks.disable, webhooks.place_of, webhooks.place_at, webhooks.secret_of, webhooks.webhooks_of),
    # Tried below, on what they are about.
    *(users.page_of_members, users.members, users.get_member, undo.undo, directory.page, directory.find),
    tags.find_or_create,
    # Readers of the ledger stand above the nouns; who shows it asks for the rights.
    *(events.record, events.next_number, events.get, events.parts, events.of_record, events.since),
}
