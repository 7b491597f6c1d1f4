"""Alembic on apsw: as much of the DB-API (PEP 249) as SQLAlchemy asks of it.

With this the process holds one SQLite library only. A second one, opening and closing the same file, would drop the
locks of the first and delete its write-ahead log.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import apsw
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

if TYPE_CHECKING:
    from collections.abc import Sequence


class ApswCursor:
    """A cursor that has fetched everything."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> ApswCursor:
        cursor = self._connection.cursor()
        self.description = None

        def note(running: Any, _sql: str, _bindings: Any) -> bool:  # noqa: ANN401
            self.description = [(name, *[None] * 6) for name, _ in running.get_description()] or None
            return True

        cursor.exec_trace = note
        self._rows = cursor.execute(statement, tuple(parameters)).fetchall()
        self.rowcount = self._connection.changes()
        self.lastrowid = self._connection.last_insert_rowid()
        return self

    def executemany(self, statement: str, many: Sequence[Sequence[Any]]) -> ApswCursor:
        for parameters in many:
            self.execute(statement, parameters)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        self._rows = []


class ApswConnection:
    """A connection whose transaction is begun and ended by its owner, never by SQLAlchemy."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def cursor(self) -> ApswCursor:
        return ApswCursor(self._connection)

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...


class ApswDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite, over apsw."""

    driver = "apsw"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:  # noqa: ANN401 - a module by its shape
        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        return SimpleNamespace(
            paramstyle="qmark", sqlite_version_info=version, Error=apsw.Error, Binary=bytes, PARSE_COLNAMES=0
        )

    def on_connect(self) -> None:  # type: ignore[override]
        return None

    @classmethod
    def _is_url_file_db(cls, url: Any) -> bool:  # noqa: ANN401, ARG003 - as SQLAlchemy calls it
        return False
