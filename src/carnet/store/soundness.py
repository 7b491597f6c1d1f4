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


def damage(db: Database) -> list[str]:
    """What the database says is wrong with itself. PostgreSQL checks its links at each commit, and its pages itself."""
    if db.dialect != "sqlite":
        return []
    for noun in INDEXED:
        # A connection that has searched before would hold the index against what it remembers of it.
        db.run(_looked_up(noun))
    found = [f"the file is damaged: {line}" for line in db.all(_integrity()) if line != "ok"]
    return found + [f"a row of {table} leads nowhere" for table in db.all(_dangling())]


def misindexed(db: Database, workspace_id: int, noun: str, kept: int) -> int:
    """How many of a table's records the search index lacks, or has without there being one."""
    if noun not in INDEXED:
        return 0
    missing = db.one(_unindexed(noun), workspace_id=workspace_id)
    return missing + abs(db.one(_indexed(noun), workspace_id=workspace_id) - (kept - missing))
