"""Webhooks: endpoints, their secrets and places, what they are still to be told, and the attempts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from carnet.store import types

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and widen counters."""
    op.create_table(
        "webhooks",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("updated_at", types.Instant(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", types.Strings(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("disabled_reason", sa.Text(), nullable=True),
        sa.Column("rights", types.Strings(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_webhooks_workspace_id_user_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_webhooks_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_webhooks_workspace_id_number")),
    )
    op.create_table(
        "webhook_states",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("webhook_id", types.Identity(), nullable=False),
        sa.Column("secret", types.Word(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("attempts_made", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_webhook_states_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "webhook_id", name=op.f("pk_webhook_states")),
    )
    _create_deliveries()
    for column in ("webhooks_made", "webhooks_kept"):
        op.add_column("counters", sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))


def _create_deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("webhook_id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("record_id", types.Identity(), nullable=False),
        sa.Column("state", types.Word(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", types.Instant(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'failed')", name=op.f("ck_webhook_deliveries_state")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_webhook_deliveries_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "webhook_id", "number", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(
        op.f("ix_webhook_deliveries_workspace_id_webhook_id_record_id_number"),
        "webhook_deliveries",
        ["workspace_id", "webhook_id", "record_id", "number"],
    )
    op.create_index(op.f("ix_webhook_deliveries_state_due_at"), "webhook_deliveries", ["state", "due_at"])
    op.create_table(
        "webhook_attempts",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("webhook_id", types.Identity(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("event_number", sa.BigInteger(), nullable=False),
        sa.Column("event_id", types.Identity(), nullable=False),
        sa.Column("kind", types.Word(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_webhook_attempts_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "webhook_id", "number", name=op.f("pk_webhook_attempts")),
    )
