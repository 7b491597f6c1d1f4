"""Bringing a database up to date, and asking whether it is sound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from carnet import migrations
from carnet import settings as environment
from carnet.cli.mishaps import MishapError
from carnet.core import soundness
from carnet.store.database import Database, open_store
from carnet.store.soundness import revision

if TYPE_CHECKING:
    from pathlib import Path

    from carnet.settings import Settings
    from carnet.store.database import Store

_PATIENCE_SECONDS = 3_600.0
"""Reading everything may take longer than any request."""


def migrate(data: Path | None, database: str | None) -> None:
    """Bring the database to this version's revision."""
    done = migrations.upgrade(environment.read(data=data, database_url=database))
    typer.echo(f"Brought up to date: {', '.join(done)}." if done else "It is up to date.")


def check(data: Path | None, database: str | None) -> None:
    """Say what isn't sound, and exit with 1 where anything isn't."""
    settings = environment.read(data=data, database_url=database)
    store = _patient_on_postgres(settings) if settings.on_postgres else _opened_file(settings)
    try:
        complaints = store.read_now(_complaints)
    finally:
        store.close()
    for complaint in complaints:
        typer.echo(complaint)
    if complaints:
        sys.exit(1)
    typer.echo("All is sound.")


def _opened_file(settings: Settings) -> Store:
    """The store on a file, which to open would make."""
    if not settings.database_file.exists():
        raise MishapError(f"there is no notebook in {settings.data}")
    return open_store(settings)


def _patient_on_postgres(settings: Settings) -> Store:
    from carnet.store.postgres import PostgresStore

    return PostgresStore(settings.database_url, deadline=_PATIENCE_SECONDS)


def _complaints(db: Database) -> list[str]:
    found, wanted = revision(db), migrations.head()
    if found is None:
        raise MishapError("there is no notebook in this database")
    if found != wanted:
        raise MishapError(f"the database is at revision {found} and this Carnet at {wanted}: carnet migrate")
    return soundness.complaints(db)
