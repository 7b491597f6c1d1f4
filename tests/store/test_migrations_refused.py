"""A migration that can't be made leaves the database as it was, and says why in a sentence."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import apsw
import msgspec
import psycopg
import pytest

from carnet import migrations
from carnet.migrations import running
from carnet.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_names = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for a database in which there is nothing at all."""
    if request.param == "sqlite":
        return Settings(data=tmp_path)
    address: str = request.getfixturevalue("postgres")
    name = f"empty_{next(_names)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return Settings(data=tmp_path, database_url=address.replace("/postgres?", f"/{name}?"))


def _tables(settings: Settings) -> list[str]:
    if settings.on_postgres:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with psycopg.connect(settings.database_url) as server:
            return sorted(name for (name,) in server.execute(query))
    return sorted(name for (name,) in _asked(settings, "SELECT name FROM sqlite_schema WHERE type = 'table'"))


def _asked(settings: Settings, sql: str) -> list[Any]:
    file = apsw.Connection(str(settings.database_file))
    try:
        return file.execute(sql).fetchall()
    finally:
        file.close()


def test_from_nothing_to_the_newest_tables_in_one_go(empty: Settings) -> None:
    assert migrations.upgrade(empty) == ["0001", "0002", "0003", "0004", "0005"]
    assert {"contacts", "tasks", "events", "contacts_trigrams", "tasks_trigrams"} <= set(_tables(empty))
    assert migrations.upgrade(empty) == []


def test_one_that_fails_half_way_leaves_nothing_behind(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made = running._run

    def half_way(connection: Any) -> list[str]:
        made(connection)
        message = "half-way"
        raise RuntimeError(message)

    monkeypatch.setattr(running, "_run", half_way)
    with pytest.raises(RuntimeError, match="half-way"):
        migrations.upgrade(empty)
    assert _tables(empty) == []
    monkeypatch.undo()
    assert migrations.upgrade(empty) == ["0001", "0002", "0003", "0004", "0005"]


def test_a_newer_database_stays_as_it_was(empty: Settings) -> None:
    migrations.upgrade(empty)
    newer = "UPDATE alembic_version SET version_num = '9999'"
    if empty.on_postgres:
        with psycopg.connect(empty.database_url) as server:
            server.execute(newer)
    else:
        _asked(empty, newer)
    before = _tables(empty)
    with pytest.raises(migrations.MigrationError, match="the database belongs to a newer Carnet"):
        migrations.upgrade(empty)
    assert _tables(empty) == before


def test_a_server_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(migrations.MigrationError, match="can't be reached"):
        migrations.upgrade(Settings(data=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/nothing"))


@pytest.mark.parametrize(
    "content", [b"This is a letter, not a database.\n" * 200, b"SQLite format 3\0" + b"\xff" * 8_176]
)
def test_a_file_that_is_no_database_is_refused_and_stays_as_it_was(tmp_path: Path, content: bytes) -> None:
    settings = Settings(data=tmp_path)
    settings.database_file.write_bytes(content)
    with pytest.raises(migrations.MigrationError, match=r"carnet\.db"):
        migrations.upgrade(settings)
    assert settings.database_file.read_bytes() == content


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    settings = msgspec.structs.replace(Settings(), data=tmp_path / "one" / "two")
    assert migrations.upgrade(settings) == ["0001", "0002", "0003", "0004", "0005"]
    assert settings.database_file.exists()


def test_what_was_kept_stays_when_there_is_nothing_to_do(new_settings: Callable[[str], Settings]) -> None:
    settings = new_settings("sqlite")
    before = settings.database_file.read_bytes()
    assert migrations.upgrade(settings) == []
    assert settings.database_file.read_bytes() == before
