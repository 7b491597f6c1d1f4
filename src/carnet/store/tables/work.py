"""What is to be done with people: pipelines and the deals that move through them, tasks, notes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, false

from carnet.store.tables.parts import metadata, one_of, record, record_keys
from carnet.store.types import Day, Document, Identity, Instant, Strings, Word

TASK_STATUSES = ("open", "in_progress", "completed", "cancelled", "no_show")
TASK_TYPES = ("call", "email", "meeting", "follow_up", "proposal", "quote", "other")
TASK_KINDS = (
    "manual",
    "validate_linkedin_profile_change",
    "linkedin_recontact_wizard",
    "linkedin_new_relation_onboarding",
)
PRIORITIES = ("none", "low", "medium", "high", "urgent")
STATE_KINDS = ("open", "won", "lost")
DEAL_STATUSES = ("open", "won", "lost")

pipelines = Table(
    "pipelines",
    metadata,
    *record(),
    Column("name", Text, nullable=False),
    Column("name_folded", Word, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("is_default", Boolean, nullable=False),
    *record_keys(),
)

pipeline_states = Table(
    "pipeline_states",
    metadata,
    *record(),
    Column("pipeline_id", Identity, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_folded", Word, nullable=False),
    Column("color", Word, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "pipeline_id"], ["pipelines.workspace_id", "pipelines.id"]),
    Index(None, "workspace_id", "pipeline_id", "position"),
    one_of("kind", STATE_KINDS),
)

deals = Table(
    "deals",
    metadata,
    *record(),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("source", Text),
    Column("amount_cents", BigInteger),
    Column("currency", Word, nullable=False),
    Column("status", Word, nullable=False),
    Column("probability", Integer),
    Column("expected_close_on", Day),
    Column("closed_at", Instant),
    Column("contact_id", Identity),
    Column("company_id", Identity),
    Column("state_id", Identity),
    Column("owner_id", Identity),
    Column("tag_ids", Strings),
    Column("extras", Document),
    Column("title_folded", Word, nullable=False),
    Column("folded", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "state_id"], ["pipeline_states.workspace_id", "pipeline_states.id"]),
    ForeignKeyConstraint(["workspace_id", "owner_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "contact_id"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "state_id"),
    Index(None, "workspace_id", "owner_id"),
    one_of("status", DEAL_STATUSES),
)

tasks = Table(
    "tasks",
    metadata,
    *record(),
    Column("contact_id", Identity),
    Column("company_id", Identity),
    Column("deal_id", Identity),
    Column("assignee_id", Identity),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("type", Word, nullable=False),
    Column("kind", Word, nullable=False),
    Column("status", Word, nullable=False),
    Column("priority", Word, nullable=False),
    Column("priority_rank", Integer, nullable=False),
    Column("starts_at", Instant),
    Column("due_at", Instant),
    Column("all_day", Boolean, nullable=False, server_default=false()),
    Column("completed_at", Instant),
    Column("payload", Document),
    Column("tag_ids", Strings),
    Column("extras", Document),
    Column("title_folded", Word, nullable=False),
    Column("folded", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "deal_id"], ["deals.workspace_id", "deals.id"]),
    ForeignKeyConstraint(["workspace_id", "assignee_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "due_at", "number"),
    Index(None, "workspace_id", "contact_id", "due_at"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "deal_id"),
    Index(None, "workspace_id", "assignee_id"),
    Index(None, "workspace_id", "status", "due_at", "number"),
    one_of("type", TASK_TYPES),
    one_of("kind", TASK_KINDS),
    one_of("status", TASK_STATUSES),
    one_of("priority", PRIORITIES),
)

notes = Table(
    "notes",
    metadata,
    *record(),
    Column("contact_id", Identity),
    Column("company_id", Identity),
    Column("deal_id", Identity),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("favorited_at", Instant),
    Column("extras", Document),
    Column("folded", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "deal_id"], ["deals.workspace_id", "deals.id"]),
    Index(None, "workspace_id", "contact_id", "number"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "deal_id"),
)
