"""From nothing to the newest tables, on both databases, and from nowhere else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import apsw
import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool, StaticPool

from carnet import migrations
from carnet.migrations import running
from carnet.migrations.apsw_dialect import ApswConnection
from carnet.settings import Settings
from carnet.store.sqlite import connect
from carnet.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALL = ["0001", "0002", "0003", "0004", "0005"]
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


def differences(settings: Settings) -> list[Any]:
    """What Alembic would change to make the database what the tables say; the search index is not among them."""
    if settings.on_postgres:
        engine = create_engine(settings.database_url.replace("://", "+psycopg://", 1), poolclass=NullPool)
    else:
        raw = connect(settings.database_file)
        engine = create_engine("sqlite+apsw://", poolclass=StaticPool, creator=lambda: ApswConnection(raw))
    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": lambda _o, name, *_: "trigrams" not in (name or "")}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


@BOTH
def test_migrated_tables_are_the_ones_described(new_settings: Callable[[str], Settings], kind: str) -> None:
    assert differences(new_settings(kind)) == []


@BOTH
def test_migrating_twice_does_nothing(new_settings: Callable[[str], Settings], kind: str) -> None:
    assert migrations.upgrade(new_settings(kind)) == []


@BOTH
def test_a_database_of_a_newer_carnet_is_refused(new_settings: Callable[[str], Settings], kind: str) -> None:
    settings = new_settings(kind)
    _execute(settings, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrations.MigrationError, match="newer Carnet"):
        migrations.upgrade(settings)
    with pytest.raises(migrations.MigrationError, match="newer Carnet"):
        migrations.upgrade(settings)


def _execute(settings: Settings, sql: str) -> None:
    if settings.on_postgres:
        with psycopg.connect(settings.database_url, autocommit=True) as connection:
            connection.execute(sql)
    else:
        connection_ = apsw.Connection(str(settings.database_file))
        connection_.execute(sql)
        connection_.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data=tmp_path)
    monkeypatch.setattr(running, "require_sound_links", _fail)
    with pytest.raises(RuntimeError, match="half-way"):
        migrations.upgrade(settings)
    tables = apsw.Connection(str(settings.database_file)).execute("SELECT name FROM sqlite_schema").fetchall()
    assert tables == []
    monkeypatch.undo()
    assert migrations.upgrade(settings) == ALL


def _fail(_connection: object) -> None:
    message = "half-way"
    raise RuntimeError(message)


def test_two_processes_may_start_at_once(tmp_path: Path) -> None:
    command = "from carnet import migrations, settings; print(migrations.upgrade(settings.read()))"
    environment = {"CARNET_DATA": str(tmp_path), "PATH": ""}
    both = [
        subprocess.Popen([sys.executable, "-c", command], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=60)[0].strip() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said == [str(ALL), "[]"]


def test_rows_that_lead_nowhere_are_found_before_the_commit(new_settings: Callable[[str], Settings]) -> None:
    settings = new_settings("sqlite")
    raw = apsw.Connection(str(settings.database_file))
    raw.execute("INSERT INTO buckets VALUES (77, 'tasks', 1, 1)")
    with pytest.raises(migrations.MigrationError, match="buckets"):
        running.require_sound_links(raw)
