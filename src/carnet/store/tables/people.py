"""People and companies, which share one table and one sequence of numbers, and what is said of them in a word."""

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
    UniqueConstraint,
    false,
    text,
)

from carnet.store.tables.parts import metadata, one_of, record, record_keys
from carnet.store.types import Document, Identity, Instant, Strings, Word

CONTACT_KINDS = ("person", "company")
CONTACT_STATUSES = ("pending", "enriched", "contacted", "qualified", "converted", "lost")
GENDER_TYPES = ("male", "female", "other", "unknown", "none")
TAGGED_NOUNS = ("contact", "company", "task", "deal")

genders = Table(
    "genders",
    metadata,
    *record(),
    Column("name", Text, nullable=False),
    Column("name_folded", Word, nullable=False),
    Column("type", Word, nullable=False),
    *record_keys(),
    one_of("type", GENDER_TYPES),
)

tags = Table(
    "tags",
    metadata,
    *record(),
    Column("name", Text, nullable=False),
    Column("color", Word),
    Column("extras", Document),
    Column("name_key", Word, nullable=False),
    Column("name_folded", Word, nullable=False),
    *record_keys(),
    UniqueConstraint("workspace_id", "name_key"),
)

# Which records bear a tag: what every record's own `tag_ids` say, the other way round.
taggings = Table(
    "taggings",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("tag_id", Identity, nullable=False),
    Column("record_id", Identity, nullable=False),
    Column("noun", Word, nullable=False),
    PrimaryKeyConstraint("workspace_id", "tag_id", "record_id"),
    ForeignKeyConstraint(["workspace_id", "tag_id"], ["tags.workspace_id", "tags.id"]),
    one_of("noun", TAGGED_NOUNS),
)

contacts = Table(
    "contacts",
    metadata,
    *record(),
    Column("kind", Word, nullable=False),
    Column("name", Text, nullable=False),
    Column("given_name", Text),
    Column("middle_name", Text),
    Column("family_name", Text),
    Column("nickname", Text),
    Column("gender_id", Identity),
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
    Column("is_partial", Boolean, nullable=False, server_default=false()),
    Column("do_not_email", Boolean, nullable=False, server_default=false()),
    Column("tag_ids", Strings),
    Column("extras", Document),
    Column("name_folded", Word, nullable=False),
    Column("position_folded", Word, nullable=False),
    Column("emails_folded", Word, nullable=False),
    Column("phones_folded", Word, nullable=False),
    Column("folded", Word, nullable=False),
    *record_keys(),
    ForeignKeyConstraint(["workspace_id", "company_id"], ["contacts.workspace_id", "contacts.id"]),
    ForeignKeyConstraint(["workspace_id", "state_id"], ["pipeline_states.workspace_id", "pipeline_states.id"]),
    ForeignKeyConstraint(["workspace_id", "owner_id"], ["memberships.workspace_id", "memberships.user_id"]),
    ForeignKeyConstraint(["workspace_id", "gender_id"], ["genders.workspace_id", "genders.id"]),
    Index(
        "ix_contacts_partial", "workspace_id", sqlite_where=text("is_partial = 1"), postgresql_where=text("is_partial")
    ),
    Index(None, "workspace_id", "kind", "number"),
    Index(None, "workspace_id", "kind", "name_folded", "number"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "state_id"),
    Index(None, "workspace_id", "kind", "status", "number"),
    one_of("kind", CONTACT_KINDS),
    one_of("status", CONTACT_STATUSES),
)

# Contacts found in a text that nobody has confirmed yet; only a hash of the secret that confirms one is kept.
captures = Table(
    "captures",
    metadata,
    Column("workspace_id", BigInteger, nullable=False),
    Column("secret_hash", Word, nullable=False),
    Column("user_id", Identity, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("found", Document, nullable=False),
    PrimaryKeyConstraint("workspace_id", "secret_hash"),
    ForeignKeyConstraint(["workspace_id", "user_id"], ["memberships.workspace_id", "memberships.user_id"]),
    Index(None, "workspace_id", "expires_at"),
)
