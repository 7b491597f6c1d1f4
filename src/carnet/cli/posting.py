"""`carnet outbox`: the mails that haven't left, and what a person decides about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from carnet.cli.mishaps import MishapError
from carnet.cli.opening import Notebook, now, opened
from carnet.core import outbox
from carnet.core.identity import as_id
from carnet.core.outbox import State

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from carnet.core.outbox import Mail

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")


def list_all(data: Path | None, database: str | None) -> None:
    """List the mails that haven't left, oldest first, each with why not."""
    with opened(data, database) as notebook:
        waiting = notebook.read(outbox.unfinished)
        if not waiting:
            typer.echo("Every mail has left.")
        for mail in waiting:
            to = ", ".join(mail.email.recipients)
            line = f"{mail.id}  {mail.created_at:%Y-%m-%d %H:%M}  {_state(mail, now()):<16} {to}: {mail.email.subject}"
            typer.echo(line.translate(_CONTROLS))
            if mail.answer:
                typer.echo(f"{'':38}{mail.answer}".translate(_CONTROLS))


def retry(mail_id: str, data: Path | None, database: str | None) -> None:
    """Have a mail tried again."""
    with opened(data, database) as notebook:
        mail = _found(notebook, mail_id)
        notebook.store.write_now(mail.workspace_id, outbox.retry, mail, now=now())
        served = notebook.settings.smtp_url
        typer.echo("It is tried again at once." if served else "It is tried again once CARNET_SMTP_URL is set.")


def drop(mail_id: str, data: Path | None, database: str | None) -> None:
    """Give a mail up."""
    with opened(data, database) as notebook:
        mail = _found(notebook, mail_id)
        notebook.store.write_now(mail.workspace_id, outbox.drop, mail, now=now())
        typer.echo("It won't be sent. Its draft can be written on again.")


def _found(notebook: Notebook, mail_id: str) -> Mail:
    found = as_id(mail_id.strip())
    mail: Mail | None = notebook.read(outbox.find, found) if found is not None else None
    if mail is None:
        message = f"there is no mail {mail_id}"
        raise MishapError(message)
    return mail


def _state(mail: Mail, moment: datetime) -> str:
    if mail.is_stale(moment):
        return "waits for you"
    if mail.state is State.UNCERTAIN:
        return "uncertain"
    if mail.state is State.QUEUED and mail.attempts:
        return f"queued, tried {mail.attempts}"
    return mail.state.value
