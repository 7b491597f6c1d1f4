"""What happened with people and what comes round again: calls, activities, reminders, the journal."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
)

from carnet.store.tables.parts import metadata, record, record_keys
from carnet.store.types import Day, Document, Identity, Instant, Strings, Word

reminders = Table(
    "reminders",
    metadata,
    *record(),
    Column("contact_id", Identity, nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text),
    Column("begins_on", Day, nullable=False),
    Column("rule", Word),
    Column("extras", Document),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    Index(None, "workspace_id", "contact_id", "number"),
    Index(None, "workspace_id", "begins_on"),
)

calls = Table(
    "calls",
    metadata,
    *record(),
    Column("contact_id", Identity, nullable=False),
    Column("called_at", Instant, nullable=False),
    Column("content", Text),
    Column("contact_called", Boolean, nullable=False, server_default=false()),
    Column("extras", Document),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    Index(None, "workspace_id", "contact_id", "called_at"),
)

activity_type_categories = Table(
    "activity_type_categories",
    metadata,
    *record(),
    Column("name", Text, nullable=False),
    Column("extras", Document),
    Column("name_folded", Word, nullable=False),
    *record_keys(),
)

activity_types = Table(
    "activity_types",
    metadata,
    *record(),
    Column("category_id", Identity),
    Column("name", Text, nullable=False),
    Column("extras", Document),
    Column("name_folded", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(
        ["workspace_id", "category_id"], ["activity_type_categories.workspace_id", "activity_type_categories.id"]
    ),
)

activities = Table(
    "activities",
    metadata,
    *record(),
    Column("summary", Text, nullable=False),
    Column("description", Text),
    Column("happened_on", Day, nullable=False),
    Column("type_id", Identity),
    Column("contact_ids", Strings, nullable=False),
    Column("extras", Document),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "type_id"], ["activity_types.workspace_id", "activity_types.id"]),
    Index(None, "workspace_id", "type_id"),
    Index(None, "workspace_id", "happened_on"),
)

# Who took part in which activity: what the activities' own `contact_ids` say, the other way round.
attendances = Table(
    "attendances",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("contact_id", Identity, nullable=False),
    Column("activity_id", Identity, nullable=False),
    PrimaryKeyConstraint("workspace_id", "contact_id", "activity_id"),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "activity_id"], ["activities.workspace_id", "activities.id"]),
)

journal_entries = Table(
    "journal_entries",
    metadata,
    *record(),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_on", Day, nullable=False),
    Column("extras", Document),
    *record_keys(),
    Index(None, "workspace_id", "written_on"),
)
