"""E-mail: the drafts with their versions, and the mails that leave."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from carnet.store.tables.parts import metadata, one_of, record, record_keys
from carnet.store.types import Document, Identity, Instant, Strings, Word

MAIL_STATES = ("queued", "sending", "handing", "sent", "uncertain", "failed", "dropped")
_ENDED = "state NOT IN ('failed', 'dropped')"

drafts = Table(
    "drafts",
    metadata,
    *record(),
    Column("contact_id", Identity, nullable=False),
    Column("user_id", Identity, nullable=False),
    Column("shown", Integer, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "contact_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "user_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "contact_id", "number"),
)

# Versions are only ever added. They stay when their draft is removed, and are there when it is brought back.
draft_versions = Table(
    "draft_versions",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("draft_id", Identity, nullable=False),
    Column("number", Integer, nullable=False),
    Column("parent", Integer),
    Column("made_at", Instant, nullable=False),
    Column("instruction", Text),
    Column("email", Document, nullable=False),
    Column("plan", Document),
    PrimaryKeyConstraint("workspace_id", "draft_id", "number"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
)

# A mail outlives its draft and its contact: what was accepted for sending leaves, and what left is known.
mails = Table(
    "mails",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("id", Identity, nullable=False),
    Column("draft_id", Identity, nullable=False),
    Column("contact_id", Identity, nullable=False),
    Column("user_id", Identity, nullable=False),
    Column("state", Word, nullable=False),
    Column("email", Document, nullable=False),
    Column("sender", Document, nullable=False),
    Column("message_id", Word, nullable=False),
    Column("follows", Strings),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", Word),
    Column("claimed_until", Instant),
    Column("ended_at", Instant),
    Column("answer", Text),
    PrimaryKeyConstraint("workspace_id", "id"),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    ForeignKeyConstraint(["workspace_id", "user_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(
        "uq_mails_of_draft",
        "workspace_id",
        "draft_id",
        unique=True,
        sqlite_where=text(_ENDED),
        postgresql_where=text(_ENDED),
    ),
    Index(None, "workspace_id", "contact_id", "created_at"),
    Index(None, "workspace_id", "draft_id"),
    Index(None, "state", "due_at"),
    one_of("state", MAIL_STATES),
)

# Work that one process at a time does for all of them.
leases = Table(
    "leases",
    metadata,
    Column("name", Word, primary_key=True),
    Column("holder", Word, nullable=False),
    Column("until", Instant, nullable=False),
)
