"""The first tables: workspaces, people who use them, contacts, tasks, pipelines, the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from carnet.store import types

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, then the search index, which each database has in its own way."""
    op.create_table(
        "users",
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("email", types.Word(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "workspaces",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", types.Word(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("slug", name=op.f("uq_workspaces_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "buckets",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("list", types.Word(), nullable=False),
        sa.Column("bucket", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_buckets_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "list", "bucket", name=op.f("pk_buckets")),
    )
    op.create_table(
        "counters",
        sa.Column("workspace_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("events_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("users_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("contacts_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("people_kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("companies_kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tasks_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tasks_kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pipelines_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pipelines_kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pipeline_states_made", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pipeline_states_kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_counters_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_counters")),
    )
    op.create_table(
        "events",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("kind", types.Word(), nullable=False),
        sa.Column("noun", types.Word(), nullable=False),
        sa.Column("record_id", types.Identity(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("token_id", types.Identity(), nullable=True),
        sa.Column("part_of", sa.BigInteger(), nullable=True),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("before", types.Document(), nullable=True),
        sa.Column("after", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_events_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f("pk_events")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_events_workspace_id_id")),
    )
    op.create_index(op.f("ix_events_workspace_id_part_of"), "events", ["workspace_id", "part_of"], unique=False)
    op.create_index(
        op.f("ix_events_workspace_id_record_id_number"), "events", ["workspace_id", "record_id", "number"], unique=False
    )
    op.create_table(
        "idempotency",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("token_id", types.Identity(), nullable=False),
        sa.Column("key", types.Word(), nullable=False),
        sa.Column("fingerprint", types.Word(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", types.Document(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_idempotency_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "token_id", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(
        op.f("ix_idempotency_workspace_id_created_at"), "idempotency", ["workspace_id", "created_at"], unique=False
    )
    op.create_table(
        "invitations",
        sa.Column("secret_hash", types.Word(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_invitations_user_id")),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_invitations")),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("role", types.Word(), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'member', 'reader')", name=op.f("ck_memberships_role")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_memberships_user_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_memberships_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_memberships_workspace_id_number")),
    )
    op.create_table(
        "pipelines",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_pipelines_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pipelines")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_pipelines_workspace_id_number")),
    )
    op.create_table(
        "tokens",
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("access_key", types.Word(), nullable=False),
        sa.Column("secret_hash", types.Word(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", types.Strings(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=True),
        sa.Column("revoked_at", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tokens_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("access_key", name=op.f("uq_tokens_access_key")),
    )
    op.create_table(
        "pipeline_states",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("pipeline_id", types.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.Column("color", types.Word(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", types.Word(), nullable=False),
        sa.CheckConstraint("kind IN ('open', 'won', 'lost')", name=op.f("ck_pipeline_states_kind")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "pipeline_id"],
            ["pipelines.workspace_id", "pipelines.id"],
            name=op.f("fk_pipeline_states_workspace_id_pipeline_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_pipeline_states_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_pipeline_states")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_pipeline_states_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_pipeline_states_workspace_id_pipeline_id_position"),
        "pipeline_states",
        ["workspace_id", "pipeline_id", "position"],
        unique=False,
    )
    op.create_table(
        "token_workspaces",
        sa.Column("token_id", types.Identity(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["tokens.id"], name=op.f("fk_token_workspaces_token_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_token_workspaces_workspace_id")),
        sa.PrimaryKeyConstraint("token_id", "position", name=op.f("pk_token_workspaces")),
        sa.UniqueConstraint("token_id", "workspace_id", name=op.f("uq_token_workspaces_token_id_workspace_id")),
    )
    op.create_table(
        "contacts",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("kind", types.Word(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("middle_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("emails", types.Strings(), nullable=False),
        sa.Column("phones", types.Strings(), nullable=False),
        sa.Column("company_id", types.Identity(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("linkedin_url", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("meeting_context", sa.Text(), nullable=True),
        sa.Column("status", types.Word(), nullable=False),
        sa.Column("state_id", types.Identity(), nullable=True),
        sa.Column("owner_id", types.Identity(), nullable=True),
        sa.Column("is_lead", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("name_folded", types.Word(), nullable=False),
        sa.Column("position_folded", types.Word(), nullable=False),
        sa.Column("emails_folded", types.Word(), nullable=False),
        sa.Column("phones_folded", types.Word(), nullable=False),
        sa.Column("folded", types.Word(), nullable=False),
        sa.CheckConstraint("kind IN ('person', 'company')", name=op.f("ck_contacts_kind")),
        sa.CheckConstraint(
            "status IN ('pending', 'enriched', 'contacted', 'qualified', 'converted', 'lost')",
            name=op.f("ck_contacts_status"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_contacts_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_contacts_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "state_id"],
            ["pipeline_states.workspace_id", "pipeline_states.id"],
            name=op.f("fk_contacts_workspace_id_state_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_contacts_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_contacts_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_contacts_workspace_id_company_id"), "contacts", ["workspace_id", "company_id"], unique=False
    )
    op.create_index(
        op.f("ix_contacts_workspace_id_kind_name_folded_number"),
        "contacts",
        ["workspace_id", "kind", "name_folded", "number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contacts_workspace_id_kind_number"), "contacts", ["workspace_id", "kind", "number"], unique=False
    )
    op.create_index(
        op.f("ix_contacts_workspace_id_kind_status_number"),
        "contacts",
        ["workspace_id", "kind", "status", "number"],
        unique=False,
    )
    op.create_index(op.f("ix_contacts_workspace_id_state_id"), "contacts", ["workspace_id", "state_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=True),
        sa.Column("company_id", types.Identity(), nullable=True),
        sa.Column("deal_id", types.Identity(), nullable=True),
        sa.Column("assignee_id", types.Identity(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("type", types.Word(), nullable=False),
        sa.Column("kind", types.Word(), nullable=False),
        sa.Column("status", types.Word(), nullable=False),
        sa.Column("priority", types.Word(), nullable=False),
        sa.Column("priority_rank", sa.Integer(), nullable=False),
        sa.Column("starts_at", types.Instant(), nullable=True),
        sa.Column("due_at", types.Instant(), nullable=True),
        sa.Column("all_day", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("completed_at", types.Instant(), nullable=True),
        sa.Column("payload", types.Document(), nullable=True),
        sa.Column("extras", types.Document(), nullable=True),
        sa.Column("title_folded", types.Word(), nullable=False),
        sa.Column("folded", types.Word(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('manual', 'validate_linkedin_profile_change', 'linkedin_recontact_wizard', "
            "'linkedin_new_relation_onboarding')",
            name=op.f("ck_tasks_kind"),
        ),
        sa.CheckConstraint("priority IN ('none', 'low', 'medium', 'high', 'urgent')", name=op.f("ck_tasks_priority")),
        sa.CheckConstraint(
            "status IN ('open', 'in_progress', 'completed', 'cancelled', 'no_show')", name=op.f("ck_tasks_status")
        ),
        sa.CheckConstraint(
            "type IN ('call', 'email', 'meeting', 'follow_up', 'proposal', 'quote', 'other')",
            name=op.f("ck_tasks_type"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignee_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_tasks_workspace_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_tasks_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_tasks_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_tasks_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_tasks_workspace_id_number")),
    )
    op.create_index(op.f("ix_tasks_workspace_id_assignee_id"), "tasks", ["workspace_id", "assignee_id"], unique=False)
    op.create_index(op.f("ix_tasks_workspace_id_company_id"), "tasks", ["workspace_id", "company_id"], unique=False)
    op.create_index(
        op.f("ix_tasks_workspace_id_contact_id_due_at"), "tasks", ["workspace_id", "contact_id", "due_at"], unique=False
    )
    op.create_index(
        op.f("ix_tasks_workspace_id_due_at_number"), "tasks", ["workspace_id", "due_at", "number"], unique=False
    )
    op.create_index(
        op.f("ix_tasks_workspace_id_status_due_at_number"),
        "tasks",
        ["workspace_id", "status", "due_at", "number"],
        unique=False,
    )
    for noun in ("contacts", "tasks"):
        _create_index(noun)


def _create_index(noun: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE VIRTUAL TABLE {noun}_trigrams USING fts5(folded, content='', contentless_delete=1, "
            "detail=none, tokenize='trigram case_sensitive 1')"
        )
        return
    op.create_table(
        f"{noun}_trigrams",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("trigrams", ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f(f"pk_{noun}_trigrams")),
    )
    op.create_index(op.f(f"ix_{noun}_trigrams_trigrams"), f"{noun}_trigrams", ["trigrams"], postgresql_using="gin")
