"""What every table is made of. `workspace_id` leads every key, so one workspace can never reach into another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from carnet.store.types import Identity, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """A vocabulary, checked by the database too: a bug may not store a word that no face can say."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def record() -> list[Column[Any]]:
    """What every record of a workspace has."""
    return [
        Column("workspace_id", BigInteger, nullable=False),
        Column("id", Identity, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("version", Integer, nullable=False),
        Column("created_at", Instant, nullable=False),
        Column("updated_at", Instant, nullable=False),
    ]


def record_keys() -> list[Any]:
    """The keys that every record has."""
    return [
        PrimaryKeyConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "number"),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    ]
