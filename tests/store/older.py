"""Notebooks as an earlier Carnet kept them: its tables, and the rows that it would have written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Json

from carnet import migrations
from carnet.migrations import running
from carnet.store.trigrams import trigrams_of

if TYPE_CHECKING:
    import pytest

    from carnet.settings import Settings

Rows = list[dict[str, Any]]


def make_tables(settings: Settings, revision: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the tables that Carnet had at a revision, by its own migrations up to there."""
    versions = folder / "versions"
    versions.mkdir()
    for script in (Path(migrations.__file__).parent / "versions").glob("[0-9]*.py"):
        if script.name <= f"{revision}_~":
            shutil.copy(script, versions)
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with monkeypatch.context() as patched:
        patched.setattr(running, "_scripts", lambda: ScriptDirectory.from_config(config))
        assert migrations.upgrade(settings)[-1] == revision


def rows_of(settings: Settings) -> dict[str, Rows]:
    """Every row of every table, the search index and what belongs to the databases themselves left out."""
    return _from_postgres(settings) if settings.on_postgres else _from_sqlite(settings)


def _from_postgres(settings: Settings) -> dict[str, Rows]:
    with psycopg.connect(settings.database_url, row_factory=dict_row) as server:
        listed = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        names = [row["tablename"] for row in listed if not row["tablename"].endswith("_trigrams")]
        query = "SELECT * FROM {}"
        held = {name: server.execute(sql.SQL(query).format(sql.Identifier(name))).fetchall() for name in names}
    return {name: sorted(rows, key=repr) for name, rows in held.items()}


def _from_sqlite(settings: Settings) -> dict[str, Rows]:
    file = apsw.Connection(str(settings.database_file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        listed = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        names = [str(name) for (name,) in listed if "_trigrams" not in str(name)]
        held = {name: _dicts(file.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608
    finally:
        file.close()
    return {name: sorted(rows, key=repr) for name, rows in held.items()}


def _dicts(cursor: apsw.Cursor) -> Rows:
    return [dict(zip([name for name, _ in cursor.get_description()], row, strict=True)) for row in cursor]


def columns_of(settings: Settings) -> dict[str, list[str]]:
    """The names of every table's columns."""
    if settings.on_postgres:
        query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        with psycopg.connect(settings.database_url) as server:
            found = server.execute(query).fetchall()
    else:
        file = apsw.Connection(str(settings.database_file), flags=apsw.SQLITE_OPEN_READONLY)
        query = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        found = file.execute(query).fetchall()
        file.close()
    columns: dict[str, list[str]] = {}
    for table, column in found:
        if "_trigrams" not in table:
            columns.setdefault(table, []).append(column)
    return columns


def keep(settings: Settings, rows: dict[str, Rows]) -> None:
    """Write rows, and index by their folded texts those that are searched."""
    if settings.on_postgres:
        _keep_on_postgres(settings, rows)
    else:
        _keep_in_file(settings, rows)


def _keep_on_postgres(settings: Settings, rows: dict[str, Rows]) -> None:
    with psycopg.connect(settings.database_url) as server:
        server.execute("SET session_replication_role = replica")  # links may be written before what they lead to
        for table, records in rows.items():
            for record in records:
                named = sql.SQL(", ").join(map(sql.Identifier, record))
                held = sql.SQL(", ").join(map(sql.Placeholder, record))
                values = {name: Json(value) if isinstance(value, dict) else value for name, value in record.items()}
                insert = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})")
                server.execute(insert.format(sql.Identifier(table), named, held), values)
                if "folded" in record:
                    index = sql.SQL("INSERT INTO {} VALUES (%s, %s, %s)").format(sql.Identifier(f"{table}_trigrams"))
                    key = [record["workspace_id"], record["number"]]
                    server.execute(index, [*key, trigrams_of(record["folded"])])


def _keep_in_file(settings: Settings, rows: dict[str, Rows]) -> None:
    file = apsw.Connection(str(settings.database_file))
    with file:
        for table, records in rows.items():
            for record in records:
                named, held = ", ".join(f'"{name}"' for name in record), ", ".join(f":{name}" for name in record)
                file.execute(f"INSERT INTO {table} ({named}) VALUES ({held})", record)  # noqa: S608
                if "folded" in record:
                    row = record["workspace_id"] << 40 | record["number"]
                    index = f"INSERT INTO {table}_trigrams (rowid, folded) VALUES (?, ?)"  # noqa: S608
                    file.execute(index, (row, record["folded"]))
    file.close()
