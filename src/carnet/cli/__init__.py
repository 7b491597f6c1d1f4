"""The command line. Each command imports what it needs, so that `carnet version` answers at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option("--data", help="The folder that holds the notebook. [CARNET_DATA]")]
Url = Annotated[str | None, typer.Option("--database", help="postgresql://… instead. [CARNET_DATABASE_URL]")]

app = typer.Typer(
    name="carnet",
    help="A notebook for the people you know and the tasks you owe them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
workspace = typer.Typer(help="The workspaces of this installation.", no_args_is_help=True)
user = typer.Typer(help="Who may enter.", no_args_is_help=True)
token = typer.Typer(help="Keys for programs.", no_args_is_help=True)
app.add_typer(workspace, name="workspace")
app.add_typer(user, name="user")
app.add_typer(token, name="token")
outbox = typer.Typer(help="The mails that haven't left.", no_args_is_help=True)
app.add_typer(outbox, name="outbox")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Where to listen. [CARNET_HOST]")] = None,
    port: Annotated[int | None, typer.Option(help="On which port. [CARNET_PORT]")] = None,
    data: Data = None,
    database: Url = None,
    workers: Annotated[int | None, typer.Option(help="Processes, on PostgreSQL. [CARNET_WORKERS]")] = None,
) -> None:
    """Bring the database up to date, then serve. SIGTERM answers what was accepted, and ends."""
    from carnet.cli import serving

    serving.serve(host=host, port=port, data=data, database_url=database, workers=workers)


@app.command()
def demo(
    contacts: Annotated[int, typer.Option(help="How many people.", min=1)] = 40,
    tasks: Annotated[int, typer.Option(help="How many tasks.", min=0)] = 120,
    data: Data = None,
    database: Url = None,
) -> None:
    """Fill the first workspace with people who don't exist, and what is owed to and expected of them."""
    from carnet.cli.fiction import loading
    from carnet.cli.opening import opened

    with opened(data, database) as notebook:
        loading.load(notebook, contacts, tasks)


@app.command()
def capture(
    file: Annotated[Path, typer.Argument(help="A signature, a letter, a web page or a vCard; - reads standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    data: Data = None,
    database: Url = None,
) -> None:
    """Print the contact that a text would give, and who of the first workspace it may be; keep nothing."""
    from carnet.cli import capturing

    capturing.capture(file, data, database, as_json=json)


@app.command()
def check(data: Data = None, database: Url = None) -> None:
    """Read everything and say what isn't sound; the exit code is 0 when all is."""
    from carnet.cli import upkeep

    upkeep.check(data, database)


@app.command()
def migrate(data: Data = None, database: Url = None) -> None:
    """Bring the database up to date."""
    from carnet.cli import upkeep

    upkeep.migrate(data, database)


@app.command()
def version() -> None:
    """Say which Carnet this is."""
    from carnet import __version__

    typer.echo(__version__)


@workspace.command("create")
def create_workspace(slug: str, data: Data = None, database: Url = None) -> None:
    """Make a workspace; its owner is the first workspace's."""
    from carnet.cli import people

    people.create_workspace(slug, data, database)


@workspace.command("list")
def list_workspaces(data: Data = None, database: Url = None) -> None:
    """List the workspaces, oldest first."""
    from carnet.cli import people

    people.list_workspaces(data, database)


@user.command("create")
def create_user(
    email: str,
    workspace: Annotated[
        str | None, typer.Option(help="Whose member to be; the first workspace's if not said.")
    ] = None,
    role: Annotated[str, typer.Option(help="owner, member or reader.")] = "member",
    data: Data = None,
    database: Url = None,
) -> None:
    """Make a user, and print a link with which they enter once."""
    from carnet.cli import people

    people.create_user(email, workspace, role, data, database)


@user.command("reset")
def reset_user(email: str, data: Data = None, database: Url = None) -> None:
    """Print a new link for a user; the earlier one stops working."""
    from carnet.cli import people

    people.reset_user(email, data, database)


@token.command("create")
def create_token(  # noqa: PLR0917 - typer reads options from arguments
    name: Annotated[str, typer.Option(help="What it is for.")],
    workspace: Annotated[list[str] | None, typer.Option(help="Which workspaces it reaches; repeatable.")] = None,
    scope: Annotated[
        list[str] | None, typer.Option(help="What it may do; repeatable. Both read and write if not said.")
    ] = None,
    expires: Annotated[int | None, typer.Option(help="After how many days it ends.", min=1, max=36_500)] = None,
    user: Annotated[str | None, typer.Option(help="Whose it is; the owner's if not said.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    data: Data = None,
    database: Url = None,
) -> None:
    """Make a key. It is shown this once."""
    from carnet.cli import keys

    wanted = keys.Wanted(name, tuple(workspace or ()), tuple(scope or ()), expires, user)
    keys.create(wanted, data, database, as_json=json)


@token.command("list")
def list_tokens(data: Data = None, database: Url = None) -> None:
    """List the keys, without their secrets."""
    from carnet.cli import keys

    keys.list_all(data, database)


@token.command("revoke")
def revoke_token(id: str, data: Data = None, database: Url = None) -> None:  # noqa: A002 - it is the argument's name
    """End a key at once."""
    from carnet.cli import keys

    keys.revoke(id, data, database)


@outbox.command("list")
def list_mails(data: Data = None, database: Url = None) -> None:
    """List the mails that haven't left, and why."""
    from carnet.cli import posting

    posting.list_all(data, database)


@outbox.command("retry")
def retry_mail(mail: str, data: Data = None, database: Url = None) -> None:
    """Have a mail tried again; of an uncertain one the recipient may then have two."""
    from carnet.cli import posting

    posting.retry(mail, data, database)


@outbox.command("drop")
def drop_mail(mail: str, data: Data = None, database: Url = None) -> None:
    """Give a mail up; its draft can be written on again."""
    from carnet.cli import posting

    posting.drop(mail, data, database)


def main() -> None:
    """Run a command; what goes wrong is one sentence on standard error."""
    try:
        app()
    except Exception as error:
        from carnet.cli.mishaps import sentence

        told = sentence(error)
        if told is None:
            raise
        sys.exit(f"carnet: {told}")
