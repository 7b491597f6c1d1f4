"""The index behind search: which records may hold a text of three letters or more.

One interface, two bodies: FTS5's trigram tokenizer on SQLite, arrays under GIN on PostgreSQL. Both only name
candidates; the caller compares the folded text itself, so both databases give the same answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, bindparam, cast, column, delete, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.sql import literal_column, text

from carnet.store.statements import statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.elements import TextClause
    from sqlalchemy.sql.expression import Delete, Insert

    from carnet.store.database import Database

INDEXED = ("contacts", "tasks", "notes", "deals")
LENGTH = 3
_indexes = MetaData()
_TABLES = {
    noun: Table(
        f"{noun}_trigrams",
        _indexes,
        Column("workspace_id", BigInteger),
        Column("number", BigInteger),
        Column("trigrams", ARRAY(Text)),
    )
    for noun in INDEXED
}


def is_indexed(term: str) -> bool:
    """Whether the index knows texts as long as this; a shorter one needs a walk through the workspace."""
    return len(term) >= LENGTH


def trigrams_of(folded: str) -> list[str]:
    """Every run of three letters, once."""
    return sorted({folded[at : at + LENGTH] for at in range(len(folded) - LENGTH + 1)})


class Trigrams(ABC):
    """The trigram index of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @abstractmethod
    def put(self, noun: str, workspace_id: int, number: int, folded: str) -> None:
        """Index a record's folded text, in place of what was indexed."""

    @abstractmethod
    def remove(self, noun: str, workspace_id: int, number: int) -> None:
        """Forget a record."""

    @staticmethod
    @abstractmethod
    def candidates(noun: str, bind: str) -> Select[Any]:
        """The numbers of records that hold every trigram of the term bound as `bind` (see `bound`)."""

    @staticmethod
    @abstractmethod
    def bound(term: str) -> object:
        """A folded term as `candidates` takes it."""


# A row of the SQLite index is found by one integer made of the workspace and the record's number, so that a
# search reads its own workspace's range and no other.
_SHIFT = 40
_MASK = (1 << _SHIFT) - 1


@statement()
def _fts_put(noun: str) -> TextClause:
    return text(f"INSERT OR REPLACE INTO {noun}_trigrams (rowid, folded) VALUES (:rowid, :folded)")  # noqa: S608


@statement()
def _fts_remove(noun: str) -> TextClause:
    return text(f"DELETE FROM {noun}_trigrams WHERE rowid = :rowid")  # noqa: S608


class FtsTrigrams(Trigrams):
    """FTS5 with its trigram tokenizer, without positions and without a copy of the text.

    FTS5 writes what it holds back to the file at every statement that could be undone, so what changes is kept here
    until the end of the transaction, when `flush` writes it in one go. A change never searches for what it wrote.
    """

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.pending: list[tuple[str, int, str | None]] = []
        """The table, the row and its folded text, or None for a row to remove."""

    def put(self, noun: str, workspace_id: int, number: int, folded: str) -> None:
        self.pending.append((noun, workspace_id << _SHIFT | number, folded))

    def remove(self, noun: str, workspace_id: int, number: int) -> None:
        self.pending.append((noun, workspace_id << _SHIFT | number, None))

    def flush(self) -> None:
        """Write what changed since the transaction began."""
        for noun, rowid, folded in self.pending:
            if folded is None:
                self._db.run(_fts_remove(noun), rowid=rowid)
            else:
                self._db.run(_fts_put(noun), rowid=rowid, folded=folded)
        self.pending.clear()

    @staticmethod
    def candidates(noun: str, bind: str) -> Select[Any]:
        rowid = column("rowid", BigInteger)
        first = bindparam("workspace_id", type_=BigInteger) * (1 << _SHIFT)
        return (
            select((rowid.op("&")(_MASK)).label("number"))
            .select_from(text(f"{noun}_trigrams"))
            .where(literal_column(f"{noun}_trigrams").op("MATCH")(bindparam(bind)), rowid.between(first, first + _MASK))
        )

    @staticmethod
    def bound(term: str) -> object:
        return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams_of(term))


@statement()
def _gin_put(noun: str) -> Insert:
    table = _TABLES[noun]
    row = insert(table).values({name: bindparam(name) for name in ("workspace_id", "number", "trigrams")})
    return row.on_conflict_do_update(
        index_elements=["workspace_id", "number"], set_={"trigrams": row.excluded.trigrams}
    )


@statement()
def _gin_remove(noun: str) -> Delete:
    table = _TABLES[noun]
    return delete(table).where(table.c.workspace_id == bindparam("workspace_id"), table.c.number == bindparam("number"))


class GinTrigrams(Trigrams):
    """An array of trigrams for each record under GIN: built in, where the extension pg_trgm isn't everywhere."""

    def put(self, noun: str, workspace_id: int, number: int, folded: str) -> None:
        self._db.run(_gin_put(noun), workspace_id=workspace_id, number=number, trigrams=trigrams_of(folded))

    def remove(self, noun: str, workspace_id: int, number: int) -> None:
        self._db.run(_gin_remove(noun), workspace_id=workspace_id, number=number)

    @staticmethod
    def candidates(noun: str, bind: str) -> Select[Any]:
        table = _TABLES[noun]
        return select(table.c.number).where(
            table.c.workspace_id == bindparam("workspace_id"),
            table.c.trigrams.contains(cast(bindparam(bind, type_=ARRAY(Text)), ARRAY(Text))),
        )

    @staticmethod
    def bound(term: str) -> object:
        return trigrams_of(term)


BODIES: dict[str, type[Trigrams]] = {"sqlite": FtsTrigrams, "postgresql": GinTrigrams}
