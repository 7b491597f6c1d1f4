"""The tables. `workspace_id` leads every key, so one workspace can never reach into another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from carnet.store.types import Document, Identity, Instant, Strings, Word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Vocabularies are checked by the database too: a bug may not store a word that no face can say.
ROLES = ("owner", "member", "reader")
CONTACT_KINDS = ("person", "company")
CONTACT_STATUSES = ("pending", "enriched", "contacted", "qualified", "converted", "lost")
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


def _one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _record() -> list[Column[Any]]:
    """What every record of a workspace has."""
    return [
        Column("workspace_id", BigInteger, nullable=False),
        Column("id", Identity, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("version", Integer, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
    ]


def _record_keys() -> list[Any]:
    return [
        PrimaryKeyConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "number"),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    ]


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("slug", Word, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

users = Table(
    "users",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("email", Word, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("workspace_id", BigInteger, ForeignKey("workspaces.id"), nullable=False),
    Column("user_id", Identity, ForeignKey("users.id"), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("role", Word, nullable=False),
    PrimaryKeyConstraint("workspace_id", "user_id"),
    UniqueConstraint("workspace_id", "number"),
    _one_of("role", ROLES),
)

invitations = Table(
    "invitations",
    metadata,
    Column("secret_hash", Word, primary_key=True),
    Column("user_id", Identity, ForeignKey("users.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Identity, primary_key=True),
    Column("user_id", Identity, ForeignKey("users.id"), nullable=False),
    Column("access_key", Word, nullable=False, unique=True),
    Column("secret_hash", Word, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Strings, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
)

token_workspaces = Table(
    "token_workspaces",
    metadata,
    Column("token_id", Identity, ForeignKey("tokens.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("workspace_id", BigInteger, ForeignKey("workspaces.id"), nullable=False),
    PrimaryKeyConstraint("token_id", "position"),
    UniqueConstraint("token_id", "workspace_id"),
)

counters = Table(
    "counters",
    metadata,
    Column("workspace_id", BigInteger, ForeignKey("workspaces.id"), primary_key=True, autoincrement=False),
    *(
        Column(name, BigInteger, nullable=False, server_default="0")
        for name in (
            "events_made",
            "users_made",
            "contacts_made",
            "people_kept",
            "companies_kept",
            "tasks_made",
            "tasks_kept",
            "pipelines_made",
            "pipelines_kept",
            "pipeline_states_made",
            "pipeline_states_kept",
        )
    ),
)

buckets = Table(
    "buckets",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("list", Word, nullable=False),
    Column("bucket", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "list", "bucket"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)

events = Table(
    "events",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("id", Identity, nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Word, nullable=False),
    Column("noun", Word, nullable=False),
    Column("record_id", Identity, nullable=False),
    Column("user_id", Identity, nullable=False),
    Column("token_id", Identity),
    Column("part_of", BigInteger),
    Column("undoes", BigInteger),
    Column("before", Document),
    Column("after", Document),
    PrimaryKeyConstraint("workspace_id", "number"),
    UniqueConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    Index(None, "workspace_id", "record_id", "number"),
    Index(None, "workspace_id", "part_of"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("token_id", Identity, nullable=False),
    Column("key", Word, nullable=False),
    Column("fingerprint", Word, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("status", Integer),
    Column("headers", Document),
    Column("body", Text),
    PrimaryKeyConstraint("workspace_id", "token_id", "key"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    Index(None, "workspace_id", "created_at"),
)

pipelines = Table(
    "pipelines",
    metadata,
    *_record(),
    Column("name", Text, nullable=False),
    Column("name_folded", Word, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("is_default", Boolean, nullable=False),
    *_record_keys(),
)

pipeline_states = Table(
    "pipeline_states",
    metadata,
    *_record(),
    Column("pipeline_id", Identity, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_folded", Word, nullable=False),
    Column("color", Word, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", Word, nullable=False),
    *_record_keys(),
    ForeignKeyConstraint(["workspace_id", "pipeline_id"], ["pipelines.workspace_id", "pipelines.id"]),
    Index(None, "workspace_id", "pipeline_id", "position"),
    _one_of("kind", STATE_KINDS),
)

contacts = Table(
    "contacts",
    metadata,
    *_record(),
    Column("kind", Word, nullable=False),
    Column("name", Text, nullable=False),
    Column("given_name", Text),
    Column("middle_name", Text),
    Column("family_name", Text),
    Column("emails", Strings, nullable=False),
    Column("phones", Strings, nullable=False),
    Column("company_id", Identity),
    Column("position", Text),
    Column("industry", Text),
    Column("size", Text),
    Column("address", Text),
    Column("website", Text),
    Column("linkedin_url", Text),
    Column("description", Text),
    Column("meeting_context", Text),
    Column("status", Word, nullable=False),
    Column("state_id", Identity),
    Column("owner_id", Identity),
    Column("is_lead", Boolean, nullable=False, server_default=false()),
    Column("extras", Document),
    Column("name_folded", Word, nullable=False),
    Column("position_folded", Word, nullable=False),
    Column("emails_folded", Word, nullable=False),
    Column("phones_folded", Word, nullable=False),
    Column("folded", Word, nullable=False),
    *_record_keys(),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "state_id"], ["pipeline_states.workspace_id", "pipeline_states.id"]),
    ForeignKeyConstraint(["workspace_id", "owner_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "kind", "number"),
    Index(None, "workspace_id", "kind", "name_folded", "number"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "state_id"),
    Index(None, "workspace_id", "kind", "status", "number"),
    _one_of("kind", CONTACT_KINDS),
    _one_of("status", CONTACT_STATUSES),
)

tasks = Table(
    "tasks",
    metadata,
    *_record(),
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
    Column("extras", Document),
    Column("title_folded", Word, nullable=False),
    Column("folded", Word, nullable=False),
    *_record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "assignee_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "due_at", "number"),
    Index(None, "workspace_id", "contact_id", "due_at"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "assignee_id"),
    Index(None, "workspace_id", "status", "due_at", "number"),
    _one_of("type", TASK_TYPES),
    _one_of("kind", TASK_KINDS),
    _one_of("status", TASK_STATUSES),
    _one_of("priority", PRIORITIES),
)
