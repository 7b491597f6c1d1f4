"""Contacts that were found in a text and wait to be confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from carnet.store import types

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "captures",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("secret_hash", types.Word(), nullable=False),
        sa.Column("user_id", types.Identity(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("expires_at", types.Instant(), nullable=False),
        sa.Column("found", types.Document(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "user_id"],
            ["memberships.workspace_id", "memberships.user_id"],
            name=op.f("fk_captures_workspace_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "secret_hash", name=op.f("pk_captures")),
    )
    op.create_index(
        op.f("ix_captures_workspace_id_expires_at"), "captures", ["workspace_id", "expires_at"], unique=False
    )
