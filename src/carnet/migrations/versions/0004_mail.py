"""E-mail: drafts with their versions, the mails that leave, and contacts who are not to be written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from carnet.store import types

revision = "0004"
down_revision = "0003"

_ENDED = sa.text("state NOT IN ('failed', 'dropped')")


def upgrade() -> None:
    """Make the tables, and widen contacts and counters."""
    op.create_table(
        "drafts",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_drafts_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_drafts_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_drafts_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_drafts_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_drafts_workspace_id_contact_id_number"), "drafts", ["workspace_id", "contact_id", "number"]
    )
    op.create_table(
        "draft_versions",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", types.Identity(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("email", types.Document(), nullable=False),
        sa.Column("plan", types.Document(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_draft_versions_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "draft_id", "number", name=op.f("pk_draft_versions")),
    )
    _create_mails()
    op.create_table(
        "leases",
        sa.Column("name", types.Word(), nullable=False),
        sa.Column("holder", types.Word(), nullable=False),
        sa.Column("until", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    for column in ("drafts_made", "drafts_kept"):
        op.add_column("counters", sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("contacts", sa.Column("do_not_email", sa.Boolean(), server_default=sa.false(), nullable=False))


def _create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("draft_id", types.Identity(), nullable=False),
        sa.Column("contact_id", types.Identity(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("state", types.Word(), nullable=False),
        sa.Column("email", types.Document(), nullable=False),
        sa.Column("sender", types.Document(), nullable=False),
        sa.Column("message_id", types.Word(), nullable=False),
        sa.Column("follows", types.Strings(), nullable=True),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", types.Word(), nullable=True),
        sa.Column("claimed_until", types.Instant(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'handing', 'sent', 'uncertain', 'failed', 'dropped')",
            name=op.f("ck_mails_state"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_mails_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_mails_workspace_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_mails")),
    )
    op.create_index(
        "uq_mails_of_draft",
        "mails",
        ["workspace_id", "draft_id"],
        unique=True,
        sqlite_where=_ENDED,
        postgresql_where=_ENDED,
    )
    op.create_index(
        op.f("ix_mails_workspace_id_contact_id_created_at"), "mails", ["workspace_id", "contact_id", "created_at"]
    )
    op.create_index(op.f("ix_mails_workspace_id_draft_id"), "mails", ["workspace_id", "draft_id"])
    op.create_index(op.f("ix_mails_state_due_at"), "mails", ["state", "due_at"])
