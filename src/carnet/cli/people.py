"""Workspaces and users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from carnet.cli.opening import Notebook, now, opened
from carnet.core import users, workspaces
from carnet.core.permissions import Role

if TYPE_CHECKING:
    from pathlib import Path

    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.settings import Settings
    from carnet.store.database import Database

_ANYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - it is only read here


def create_workspace(slug: str, data: Path | None, database: str | None) -> None:
    """Make a workspace, owned by the first one's owner."""
    with opened(data, database) as notebook:
        made = notebook.change(workspaces.create, slug, notebook.owner, language=notebook.settings.language, now=now())
        typer.echo(f"{made.slug} is workspace {made.id}, and {notebook.owner.email} owns it.")


def list_workspaces(data: Path | None, database: str | None) -> None:
    """List the workspaces."""
    with opened(data, database) as notebook:
        for each in notebook.read(workspaces.everyone):
            typer.echo(f"{each.id:>4}  {each.slug:<24} {each.name}")


def create_user(email: str, slug: str | None, role: str, data: Path | None, database: str | None) -> None:
    """Make a user who is a member of a workspace, and print their link."""
    if role not in set(Role):
        raise typer.BadParameter(f"there is no role {role!r}; choose owner, member or reader")
    with opened(data, database) as notebook:
        place = workspace_of(notebook, slug)

        def make(db: Database) -> tuple[User, str]:
            made = users.create(db, email, now=now())
            users.join(db, place.id, made, Role(role))
            return made, users.new_link(db, made, now=now())

        made, secret = notebook.change(make)
        typer.echo(f"{made.email} may enter {place.slug} once, within a week, at")
        typer.echo(link(notebook, secret))


def reset_user(email: str, data: Path | None, database: str | None) -> None:
    """Print a new link."""
    with opened(data, database) as notebook:
        found = user_of(notebook, email)
        typer.echo(link(notebook, notebook.change(users.new_link, found, now=now())))


def workspace_of(notebook: Notebook, slug: str | None) -> Workspace:
    """The workspace of a slug, or the first one."""
    if slug is None:
        return notebook.first
    found: Workspace | None = notebook.read(workspaces.find, slug)
    if found is None:
        raise typer.BadParameter(f"there is no workspace {slug!r}")
    return found


def user_of(notebook: Notebook, email: str | None) -> User:
    """The user of an address, or the first workspace's owner."""
    if email is None:
        return notebook.owner
    found: User | None = notebook.read(users.find, email)
    if found is None:
        raise typer.BadParameter(f"there is no user {email!r}")
    return found


def link(notebook: Notebook, secret: str) -> str:
    """The address at which a one-time secret is used."""
    return f"{address(notebook.settings)}/enter/{secret}"


def address(settings: Settings) -> str:
    """Where a browser finds Carnet; an address that stands for all of this machine's is no place to go to."""
    host = "localhost" if settings.host in _ANYWHERE else settings.host
    return settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
