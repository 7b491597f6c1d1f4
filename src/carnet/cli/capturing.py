"""`carnet capture`: what a text would give, without keeping anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
import typer

from carnet import settings as environment
from carnet.assist.extraction import Extraction, extract
from carnet.cli.opening import opened_with
from carnet.core import captures
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role

_FIELDS = (
    "name",
    "company",
    "position",
    "emails",
    "phones",
    "address",
    "website",
    "linkedin_url",
    "description",
)
_STDIN = Path("-")


def capture(file: Path, data: Path | None, database_url: str | None, *, as_json: bool) -> None:
    """Print what a file tells of a contact, and whom it may be about already; `-` reads standard input."""
    raw = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    found = extract(_text(raw))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    values = {name: getattr(found, name) for name in _FIELDS if getattr(found, name)}
    typer.echo("\n".join([*_told(found, values), *_known(values, data, database_url)]))


def _known(values: dict[str, Any], data: Path | None, database_url: str | None) -> list[str]:
    """A line for each contact of the first workspace that it may be; none where there is no notebook yet."""
    settings = environment.read(data=data, database_url=database_url)
    if not settings.on_postgres and not settings.database_file.exists():
        return []
    with opened_with(settings) as notebook:
        actor = Actor(notebook.first.id, notebook.owner.id, ROLE_RIGHTS[Role.OWNER], notebook.first.time_zone)
        alike = notebook.read(captures.duplicates, actor, values)
    return ["", *(f"Known already? {contact.name}, number {contact.number}" for contact in alike)] if alike else []


def _text(raw: bytes) -> str:
    """The file's text: UTF-8, else as Windows of western Europe wrote it, where every byte is a letter."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _told(found: Extraction, values: dict[str, Any]) -> list[str]:
    """A line for each field found, with how sure it is, then what to look at."""
    lines = [captures.summary(values), ""]
    for name, value in values.items():
        label = name.replace("_url", "").replace("_", " ")
        sure = f"{found.confidence.get(name, 0):4.0%}"
        for place, text in enumerate(value if isinstance(value, list) else value.splitlines()):
            lines.append(f"{label if place == 0 else '':<12} {sure if place == 0 else '':>4}  {text}")
    lines += ["", *(f"Look at this: {warning}" for warning in found.warnings)] if found.warnings else []
    return lines
