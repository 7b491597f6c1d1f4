"""What only the databases themselves can say of their health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from carnet.store.statements import statement
from carnet.store.trigrams import INDEXED

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import TextClause

    from carnet.store.database import Database
    from carnet.store.statements import Clause


@statement(int)
def _has_revision() -> Clause:
    return {
        "sqlite": text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"),
        "postgresql": text("SELECT count(to_regclass('alembic_version'))"),
    }


@statement(str)
def _revision() -> TextClause:
    return text("SELECT version_num FROM alembic_version")


@statement(str)
def _integrity() -> TextClause:
    return text("PRAGMA integrity_check")


@statement()
def _looked_up(noun: str) -> TextClause:
    return text(f"SELECT rowid FROM {noun}_trigrams WHERE {noun}_trigrams MATCH '\"   \"' LIMIT 1")  # noqa: S608


@statement(str)
def _dangling() -> TextClause:
    return text("PRAGMA foreign_key_check")


@statement(int)
def _unindexed(noun: str) -> Clause:
    record = f"SELECT count(*) FROM {noun} r WHERE r.workspace_id = :workspace_id AND NOT EXISTS"  # noqa: S608
    by_row = f"(SELECT 1 FROM {noun}_trigrams_docsize d WHERE d.id = (r.workspace_id << 40 | r.number))"  # noqa: S608
    by_key = f"(SELECT 1 FROM {noun}_trigrams t WHERE (t.workspace_id, t.number) = (r.workspace_id, r.number))"  # noqa: S608
    return {"sqlite": text(f"{record} {by_row}"), "postgresql": text(f"{record} {by_key}")}


@statement(int)
def _indexed(noun: str) -> Clause:
    return {
        "sqlite": text(
            f"SELECT count(*) FROM {noun}_trigrams_docsize d "  # noqa: S608
            "WHERE d.id BETWEEN (:workspace_id << 40) AND (:workspace_id << 40 | 1099511627775)"
        ),
        "postgresql": text(f"SELECT count(*) FROM {noun}_trigrams WHERE workspace_id = :workspace_id"),  # noqa: S608
    }


def revision(db: Database) -> str | None:
    """The revision to which the database was brought; None where it holds no notebook."""
    return db.find(_revision()) if db.one(_has_revision()) else None


def damage(db: Database) -> list[str]:
    """What is broken in a SQLite file, of which nothing more can then be read for sure. PostgreSQL checks its own."""
    if db.dialect != "sqlite":
        return []
    import apsw  # noqa: PLC0415 - only where it is used

    try:
        for noun in INDEXED:
            # A connection that has searched before would hold the index against what it remembers of it.
            db.run(_looked_up(noun))
        told = db.all(_integrity())
    except apsw.Error as error:
        told = [str(error)]
    lines = [line for each in told for line in each.splitlines()]
    return [f"the file is damaged: {line}" for line in lines if line != "ok" and not line.startswith("***")]


def dangling(db: Database) -> list[str]:
    """Rows that lead nowhere. PostgreSQL lets none be, while SQLite asks each program to check."""
    if db.dialect != "sqlite":
        return []
    return [f"a row of {table} leads nowhere" for table in db.all(_dangling())]


def misindexed(db: Database, workspace_id: int, noun: str, kept: int) -> int:
    """How many of a table's records the search index lacks, or has without there being one."""
    if noun not in INDEXED:
        return 0
    missing = db.one(_unindexed(noun), workspace_id=workspace_id)
    return missing + abs(db.one(_indexed(noun), workspace_id=workspace_id) - (kept - missing))
