"""Who uses the notebook, and what keeps it in order: workspaces, users, tokens, counters, the ledger."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from carnet.store.tables.parts import metadata, one_of
from carnet.store.types import Document, Identity, Instant, Strings, Word

ROLES = ("owner", "member", "reader")

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
    one_of("role", ROLES),
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
            "tags_made",
            "tags_kept",
            "notes_made",
            "notes_kept",
            "deals_made",
            "deals_kept",
            "genders_made",
            "genders_kept",
            "reminders_made",
            "reminders_kept",
            "calls_made",
            "calls_kept",
            "activities_made",
            "activities_kept",
            "activity_types_made",
            "activity_types_kept",
            "activity_type_categories_made",
            "activity_type_categories_kept",
            "journal_entries_made",
            "journal_entries_kept",
            "drafts_made",
            "drafts_kept",
            "webhooks_made",
            "webhooks_kept",
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
