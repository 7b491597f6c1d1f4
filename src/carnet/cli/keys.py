"""Keys for programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

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
    with opened(data, database) as notebook:
        made = _make(notebook, wanted)
    if as_json:
        told = {"id": made.id, "token": made.bearer, "accessKey": made.access_key, "secretKey": made.secret_key}
        typer.echo(msgspec.json.encode(told))
        return
    typer.echo(f"token       {made.bearer}\naccess key  {made.access_key}\nsecret key  {made.secret_key}")
    typer.echo(f"Keep it now: it is not shown again. To end it: carnet token revoke {made.id}")


def _make(notebook: Notebook, wanted: Wanted) -> NewToken:
    for scope in wanted.scopes:
        if scope not in SCOPES:
            raise typer.BadParameter(f"there is no scope {scope!r}; choose from {', '.join(SCOPES)}")
    owner = user_of(notebook, wanted.email)
    reach = [workspace_of(notebook, slug) for slug in dict.fromkeys(wanted.workspaces)] or _own(notebook, owner)
    moment = now()
    made: NewToken = notebook.change(
        tokens.create,
        owner,
        reach,
        name=wanted.name,
        scopes=wanted.scopes or ("read", "write"),
        expires_at=moment + timedelta(days=wanted.days) if wanted.days else None,
        now=moment,
    )
    return made


def _own(notebook: Notebook, owner: User) -> list[Any]:
    """The workspace that a key reaches where none is named: the first one, or the user's own first."""
    if owner.id == notebook.owner.id:
        return [notebook.first]
    return notebook.read(workspaces.of_user, owner)[:1]  # type: ignore[no-any-return]


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
