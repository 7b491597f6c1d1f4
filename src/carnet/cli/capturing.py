"""`carnet capture`: what a text would give, without keeping anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import structlog
import typer

from carnet import settings as environment
from carnet.assist import capturing
from carnet.assist.models import model_of
from carnet.cli.mishaps import MishapError
from carnet.cli.opening import opened_with
from carnet.core import captures
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role

if TYPE_CHECKING:
    from carnet.assist.extraction import Extraction
    from carnet.settings import Settings

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
_MOST_BYTES = 4 * captures.LONGEST_TEXT
"""No longer in any encoding is a text that may be pasted."""
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
"""What a terminal would obey: others have written what is printed."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def capture(file: Path, data: Path | None, database_url: str | None, *, as_json: bool) -> None:
    """Print what a file tells of a contact, and whom it may be about already; `-` reads standard input."""
    settings = environment.read(data=data, database_url=database_url)
    # Why a model didn't help is told beside what is printed, not within it.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    found = capturing.capture(_text(file), model_of(settings))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    values = {name: getattr(found, name) for name in _FIELDS if getattr(found, name)}
    typer.echo("\n".join(line.translate(_CONTROLS) for line in [*_told(found, values), *_known(values, settings)]))


def _text(file: Path) -> str:
    """The file's text: Unicode, else as Windows of western Europe wrote it, where every byte is a letter.

    Raises MishapError for what is no text, or a longer one than the wizard takes.
    """
    raw = _bytes(file)
    if len(raw) > _MOST_BYTES or len(text := _decoded(file, raw)) > captures.LONGEST_TEXT:
        raise MishapError(f"{file}: this is longer than {captures.LONGEST_TEXT} characters")
    return text


def _bytes(file: Path) -> bytes:
    """What the file holds, up to one byte more than is taken: some never end."""
    if file != _STDIN:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES + 1)
    if sys.stdin is None:
        raise MishapError("-: there is no standard input")
    return sys.stdin.buffer.read(_MOST_BYTES + 1)


def _decoded(file: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in raw:
            raise MishapError(f"{file}: this is no text") from None
        return raw.decode("cp1252", "replace")


def _known(values: dict[str, Any], settings: Settings) -> list[str]:
    """A line for each contact of the first workspace that it may be; none where there is no notebook yet."""
    if not settings.on_postgres and not settings.database_file.exists():
        return []
    with opened_with(settings) as notebook:
        actor = Actor(notebook.first.id, notebook.owner.id, ROLE_RIGHTS[Role.OWNER], notebook.first.time_zone)
        alike = notebook.read(captures.duplicates, actor, values)
    return ["", *(f"Known already? {contact.name}, number {contact.number}" for contact in alike)] if alike else []


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
