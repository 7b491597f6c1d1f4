"""Bringing a database up to date, before the store opens it.

Most starts find it up to date, and then Alembic isn't even loaded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carnet.settings import Settings

_KNOWN = "SELECT version_num FROM alembic_version"


class MigrationError(RuntimeError):
    """The database can't be brought up to date; it is as it was."""


def head() -> str:
    """The revision that this version of Carnet works on: the files of `versions` begin with theirs."""
    return max(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))


def upgrade(settings: Settings) -> list[str]:
    """Bring the database to the newest revision, in one transaction; give the revisions that this took.

    Raises MigrationError where the database can't be reached, belongs to a newer Carnet, or holds what would break a
    foreign key.
    """
    if not settings.on_postgres:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Nobody else on the machine reads it; what SQLite puts beside it has the same mode.
        os.close(os.open(settings.database_file, os.O_CREAT | os.O_RDWR, 0o600))
    if _revision(settings) == head():
        return []
    from carnet.migrations import running  # noqa: PLC0415 - see above

    if settings.on_postgres:
        return running.upgrade_postgres(settings.database_url)
    return running.upgrade_sqlite(settings.database_file)


def _revision(settings: Settings) -> str | None:
    """The revision of a database that has one."""
    return _revision_on_postgres(settings.database_url) if settings.on_postgres else _revision_of_file(settings)


def _revision_on_postgres(url: str) -> str | None:
    import psycopg  # noqa: PLC0415 - only where it is used

    try:
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(_KNOWN).fetchone()
            return str(found[0]) if found is not None else None
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.OperationalError as error:
        message = f"the database can't be reached: {error}"
        raise MigrationError(message) from error


def _revision_of_file(settings: Settings) -> str | None:
    import apsw  # noqa: PLC0415

    from carnet.store.sqlite import connect  # noqa: PLC0415

    if not settings.database_file.exists():
        return None
    try:
        connection = connect(settings.database_file, for_reading=True)
        try:
            found = connection.execute(_KNOWN).fetchone()
        finally:
            connection.close()
    except (apsw.NotADBError, apsw.CorruptError) as error:
        message = f"{settings.database_file} is no database, or it is damaged ({error}); restore a backup"
        raise MigrationError(message) from error
    except apsw.SQLError:
        return None
    return str(found[0]) if found is not None else None
