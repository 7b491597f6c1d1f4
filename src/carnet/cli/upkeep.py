"""Bringing a database up to date, and asking whether it is sound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from carnet import migrations
from carnet import settings as environment
from carnet.core import soundness
from carnet.store.database import open_store

if TYPE_CHECKING:
    from pathlib import Path


def migrate(data: Path | None, database: str | None) -> None:
    """Bring the database to this version's revision."""
    done = migrations.upgrade(environment.read(data=data, database_url=database))
    typer.echo(f"Brought up to date: {', '.join(done)}." if done else "It is up to date.")


def check(data: Path | None, database: str | None) -> None:
    """Say what isn't sound, and exit with 1 where anything isn't."""
    settings = environment.read(data=data, database_url=database)
    if not settings.on_postgres and not settings.database_file.exists():
        sys.exit(f"carnet: there is no notebook in {settings.data}")
    store = open_store(settings)
    try:
        complaints = store.read_now(soundness.complaints)
    finally:
        store.close()
    for complaint in complaints:
        typer.echo(complaint)
    if complaints:
        sys.exit(1)
    typer.echo("All is sound.")
