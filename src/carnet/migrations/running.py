"""Alembic at work, on both databases: each time in one transaction, which a failure leaves without a trace."""

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

from carnet.migrations import MigrationError
from carnet.migrations.apsw_dialect import ApswConnection
from carnet.store.sqlite import connect
from carnet.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw
    from alembic.runtime.migration import MigrationContext, RevisionStep
    from sqlalchemy import Connection


registry.register("sqlite.apsw", "carnet.migrations.apsw_dialect", "ApswDialect")

_LOCK = 7_226_671
"""The number of the PostgreSQL lock under which one process migrates while the others wait."""


def upgrade_postgres(url: str) -> list[str]:
    """Bring a PostgreSQL database up to date while other processes that would do the same wait."""
    address = "postgresql+psycopg://" + url.partition("://")[2]
    engine = create_engine(address, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            return _run(connection)
    except OperationalError as error:
        message = f"the database can't be reached: {error.orig}"
        raise MigrationError(message) from error


def upgrade_sqlite(file: Path) -> list[str]:
    """Bring a SQLite file up to date, alone on it."""
    raw = connect(file)
    raw.execute("PRAGMA foreign_keys = OFF")
    engine = create_engine("sqlite+apsw://", poolclass=StaticPool, creator=lambda: ApswConnection(raw))
    try:
        raw.execute("BEGIN EXCLUSIVE")
        with engine.connect() as connection:
            done = _run(connection)
            require_sound_links(raw)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    finally:
        raw.close()
    return done


def require_sound_links(raw: apsw.Connection) -> None:
    """Raise MigrationError where a row leads nowhere."""
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
