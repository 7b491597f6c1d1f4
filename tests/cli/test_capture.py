"""`carnet capture`: what a text would give, and nothing kept."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from carnet.core import contacts, users
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from tests.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import Shell

SIGNATURE = "Tomasz Król\nHead of Sales, Brenn Optics\n+48 600 000 003\ntomasz@brenn.example\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Inès Aubry\r\nNOTE:Prefers linen\\nand letters\r\nEND:VCARD\r\n"


def _written(folder: Path, pasted: bytes) -> str:
    file = folder / "pasted.txt"
    file.write_bytes(pasted)
    return str(file)


def test_a_signature_is_told_line_by_line(file_shell: Shell, tmp_path: Path) -> None:
    lines = file_shell.does("capture", _written(tmp_path, SIGNATURE.encode())).splitlines()
    assert lines[0] == "Tomasz Król, Head of Sales at Brenn Optics, tomasz@brenn.example, +48 600 000 003"
    told = {line.split()[0]: line.split("%  ")[1] for line in lines if "%  " in line}
    assert told == {
        "name": "Tomasz Król",
        "company": "Brenn Optics",
        "position": "Head of Sales",
        "emails": "tomasz@brenn.example",
        "phones": "+48 600 000 003",
    }


def test_json_is_json_and_nothing_else(file_shell: Shell, tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(file_shell.does("capture", _written(tmp_path, CARD.encode()), "--json"))
    assert (found["name"], found["description"]) == ("Inès Aubry", "Prefers linen\nand letters")


def test_a_hyphen_reads_standard_input(file_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SIGNATURE.encode())))
    assert file_shell.does("capture", "-").startswith("Tomasz Król,")


def test_an_old_file_of_windows_is_read_too(file_shell: Shell, tmp_path: Path) -> None:
    assert "Inès Aubry" in file_shell.does("capture", _written(tmp_path, CARD.encode("cp1252")))


def test_nothing_is_kept_and_no_notebook_begun(file_shell: Shell, tmp_path: Path) -> None:
    file_shell.does("capture", _written(tmp_path, SIGNATURE.encode()))
    assert not file_shell.settings.database_file.exists()


def test_who_is_known_already_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.does("workspace", "list")
    store = shell.open()
    actor = Actor(1, _owner(shell), ROLE_RIGHTS[Role.OWNER], "UTC")
    store.write_now(1, contacts.create, actor, ContactDraft(name="T. Krol", emails=["Tomasz@brenn.example"]), now=NOW)
    assert "Known already? T. Krol, number 1" in shell.does("capture", _written(tmp_path, SIGNATURE.encode()))
    assert store.read_now(contacts.page, actor, Asked()).total == 1


def _owner(shell: Shell) -> str:

    return shell.open().read_now(users.owner, 1).id


def test_a_file_that_is_not_there_is_said_so(file_shell: Shell, tmp_path: Path) -> None:
    said = file_shell.run("capture", str(tmp_path / "nothing.txt"))
    assert (said.code, said.out) == (1, "")
    assert "No such file" in said.err
