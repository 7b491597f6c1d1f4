"""Webhooks: who is told of what happens, what they are still to be told, and how it went."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    true,
)

from carnet.store.tables.parts import metadata, one_of, record, record_keys
from carnet.store.types import Identity, Instant, Strings, Word

DELIVERY_STATES = ("pending", "failed")

webhooks = Table(
    "webhooks",
    metadata,
    *record(),
    Column("user_id", Identity, nullable=False),
    Column("url", Text, nullable=False),
    Column("kinds", Strings),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    Column("disabled_reason", Text),
    Column("rights", Strings, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "user_id"], ["memberships.workspace_id", "memberships.user_id"]),
)

# What the ledger and answers don't hold. It stays when its webhook is removed, and is there when that is brought back.
webhook_states = Table(
    "webhook_states",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("webhook_id", Identity, nullable=False),
    Column("secret", Word, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("attempts_made", BigInteger, nullable=False),
    Column("failing_since", Instant),
    PrimaryKeyConstraint("workspace_id", "webhook_id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)

# Events that a webhook is still to be told; a row goes with its acceptance.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("webhook_id", Identity, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("record_id", Identity, nullable=False),
    Column("state", Word, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    PrimaryKeyConstraint("workspace_id", "webhook_id", "number"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    Index(None, "workspace_id", "webhook_id", "record_id", "number"),
    Index(None, "state", "due_at"),
    one_of("state", DELIVERY_STATES),
)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("webhook_id", Identity, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("event_number", BigInteger, nullable=False),
    Column("event_id", Identity, nullable=False),
    Column("kind", Word, nullable=False),
    Column("at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("status", Integer),
    Column("answer", Text, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "webhook_id", "number"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)
