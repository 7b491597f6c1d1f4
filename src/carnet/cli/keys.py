"""Keys for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import typer

from carnet.cli.opening import now, opened
from carnet.cli.people import user_of, workspace_of
from carnet.core import tokens, workspaces
from carnet.core.permissions import SCOPES

if TYPE_CHECKING:
    from pathlib import Path

    from carnet.cli.opening import Notebook
    from carnet.core.tokens import NewToken, Token
    from carnet.core.users import User
    from carnet.core.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key should be."""

    name: str
    workspaces: tuple[str, ...]
    scopes: tuple[str, ...]
    days: int | None
    email: str | None


def create(wanted: Wanted, data: Path | None, database: str | None, *, as_json: bool) -> None:
    """Make a key and show it, this once."""
    for scope in wanted.scopes:
        if scope not in SCOPES:
            raise typer.BadParameter(f"there is no scope {scope!r}; choose from {', '.join(SCOPES)}")
    with opened(data, database) as notebook:
        made = _make(notebook, wanted)
    if as_json:
        told = {"id": made.id, "token": made.bearer, "accessKey": made.access_key, "secretKey": made.secret_key}
        typer.echo(msgspec.json.encode(told))
        return
    typer.echo(f"token       {made.bearer}\naccess key  {made.access_key}\nsecret key  {made.secret_key}")
    typer.echo(f"Keep it now: it is not shown again. To end it: carnet token revoke {made.id}")


def _make(notebook: Notebook, wanted: Wanted) -> NewToken:
    whose = user_of(notebook, wanted.email)
    moment = now()
    made: NewToken = notebook.change(
        tokens.create,
        whose,
        _reach(notebook, whose, wanted.workspaces),
        name=wanted.name,
        scopes=wanted.scopes or ("read", "write"),
        expires_at=moment + timedelta(days=wanted.days) if wanted.days else None,
        now=moment,
    )
    return made


def _reach(notebook: Notebook, whose: User, slugs: tuple[str, ...]) -> list[Workspace]:
    """The workspaces of these slugs, each one that the user belongs to; their first where none is named."""
    own: list[Workspace] = notebook.read(workspaces.of_user, whose)
    if not slugs:
        return own[:1]
    named = [workspace_of(notebook, slug) for slug in dict.fromkeys(slugs)]
    for place in named:
        if place not in own:
            raise typer.BadParameter(f"{whose.email} is no member of {place.slug!r}")
    return named


def list_all(data: Path | None, database: str | None) -> None:
    """List the keys that there are."""
    with opened(data, database) as notebook:
        for each in notebook.read(tokens.everyone):
            typer.echo(
                f"{each.id}  {each.created_at:%Y-%m-%d}  {_state(each):<18} {' '.join(each.scopes):<12} {each.name}"
            )


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    if token.expires_at is not None:
        return f"{'ended' if token.expires_at <= now() else 'until'} {token.expires_at:%Y-%m-%d}"
    return "works"


def revoke(token_id: str, data: Path | None, database: str | None) -> None:
    """End a key."""
    with opened(data, database) as notebook:
        notebook.change(tokens.revoke, token_id.strip().lower(), now=now())
        typer.echo("It is refused from the next request on.")
