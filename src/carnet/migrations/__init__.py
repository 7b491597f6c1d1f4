"""Bringing a database up to date, before the store opens it. Alembic does the work on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import registry
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from carnet.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw
    from alembic.runtime.migration import MigrationContext, RevisionStep
    from sqlalchemy import Connection

    from carnet.settings import Settings

registry.register("sqlite.apsw", "carnet.migrations.apsw_dialect", "ApswDialect")

_LOCK = 7_226_671
"""The number of the PostgreSQL lock under which one process migrates while the others wait."""


class MigrationError(RuntimeError):
    """The database can't be brought up to date; it is as it was."""


def head() -> str:
    """The revision that this version of Carnet works on."""
    revision = _scripts().get_current_head()
    assert revision is not None  # noqa: S101 - there is a first migration
    return revision


def upgrade(settings: Settings) -> list[str]:
    """Bring the database to the newest revision, in one transaction; give the revisions that this took.

    Raises MigrationError where the database belongs to a newer Carnet, or what it holds would break a foreign key.
    """
    if settings.on_postgres:
        return _upgrade_postgres(settings.database_url)
    settings.data.mkdir(parents=True, exist_ok=True)
    return _upgrade_sqlite(settings.database_file)


def _upgrade_postgres(url: str) -> list[str]:
    address = "postgresql+psycopg://" + url.partition("://")[2]
    engine = create_engine(address, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return _run(connection)
    except OperationalError as error:
        message = f"the database can't be reached: {error.orig}"
        raise MigrationError(message) from error


def _upgrade_sqlite(file: Path) -> list[str]:
    from carnet.migrations.apsw_dialect import ApswConnection  # noqa: PLC0415 - not for PostgreSQL
    from carnet.store.sqlite import connect  # noqa: PLC0415

    raw = connect(file)
    raw.execute("PRAGMA foreign_keys = OFF")
    engine = create_engine("sqlite+apsw://", poolclass=StaticPool, creator=lambda: ApswConnection(raw))
    try:
        raw.execute("BEGIN EXCLUSIVE")
        with engine.connect() as connection:
            done = _run(connection)
            _require_sound_links(raw)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    finally:
        raw.close()
    return done


def _require_sound_links(raw: apsw.Connection) -> None:
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        message = f"rows of {broken[0][0]} lead nowhere"
        raise MigrationError(message)


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _run(connection: Connection) -> list[str]:
    scripts = _scripts()
    done: list[str] = []

    def steps(revision: Sequence[str], _context: MigrationContext) -> list[RevisionStep]:
        known = {script.revision for script in scripts.walk_revisions()}
        if not set(revision) <= known:
            message = "the database belongs to a newer Carnet; use that, or restore a backup"
            raise MigrationError(message)
        upgrades: list[Any] = scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - as alembic's own command does
        done.extend(step.to_revisions[0] for step in upgrades)
        return upgrades

    environment = EnvironmentContext(Config(), scripts)
    environment.configure(connection=connection, target_metadata=metadata, fn=steps, transaction_per_migration=False)
    with environment:
        environment.run_migrations()
    return done
