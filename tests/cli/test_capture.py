"""`carnet capture`: what a text would give, and nothing kept."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, users
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from tests.assist.stub import Stub, said
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def test_without_standard_input_it_says_so(file_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert file_shell.is_refused("capture", "-") == "carnet: -: there is no standard input\n"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    stub = Stub()
    monkeypatch.setenv("CARNET_LLM_URL", stub.url)
    yield stub
    stub.close()


def test_a_model_that_is_set_helps_as_it_helps_the_wizard(file_shell: Shell, tmp_path: Path, stub: Stub) -> None:
    stub.says({"name": "Tomasz Król"})
    found = json.loads(file_shell.does("capture", _written(tmp_path, SIGNATURE.encode()), "--json"))
    assert (found["extractor"], found["name"]) == ("rules+llm", "Tomasz Król")
    assert len(stub.heard) == 1


def test_where_the_model_fails_the_rules_are_printed_and_nothing_else(
    file_shell: Shell, tmp_path: Path, stub: Stub
) -> None:
    stub.behave = lambda _question: said("I would rather not.")
    told = file_shell.run("capture", _written(tmp_path, SIGNATURE.encode()), "--json")
    assert (told.code, json.loads(told.out)["extractor"]) == (0, "rules")
    assert "the model gave no answer" in told.err


def test_an_old_file_of_windows_is_read_too(file_shell: Shell, tmp_path: Path) -> None:
    assert "Inès Aubry" in file_shell.does("capture", _written(tmp_path, CARD.encode("cp1252")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_says_its_encoding_is_read_in_it(file_shell: Shell, tmp_path: Path, encoding: str) -> None:
    assert "Inès Aubry" in file_shell.does("capture", _written(tmp_path, CARD.encode(encoding)))


@pytest.mark.parametrize("raw", [b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_a_picture_is_refused(file_shell: Shell, tmp_path: Path, raw: bytes) -> None:
    file = _written(tmp_path, raw)
    assert file_shell.is_refused("capture", file) == f"carnet: {file}: this is no text\n"


@pytest.mark.parametrize("raw", [b"x" * 1_000_001, "é".encode() * 1_000_001])
def test_a_text_that_the_wizard_would_refuse_is_refused(file_shell: Shell, tmp_path: Path, raw: bytes) -> None:
    assert "longer than 1000000 characters" in file_shell.is_refused("capture", _written(tmp_path, raw))


def test_a_file_without_end_is_left(file_shell: Shell) -> None:
    assert "longer than 1000000 characters" in file_shell.is_refused("capture", "/dev/zero")


def test_nothing_that_a_terminal_would_obey_is_printed(shell: Shell, tmp_path: Path) -> None:
    shell.does("workspace", "list")
    store = shell.open()
    actor = Actor(1, _owner(shell), ROLE_RIGHTS[Role.OWNER], "UTC")
    name = "Tom\x1b]0;owned\x07\x9b31m"
    store.write_now(1, contacts.create, actor, ContactDraft(name=name, emails=["tomasz@brenn.example"]), now=NOW)
    told = shell.does("capture", _written(tmp_path, SIGNATURE.encode()))
    assert "Known already? Tom ]0;owned" in told
    assert {"\x1b", "\x07", "\x9b"}.isdisjoint(told)


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
    file = str(tmp_path / "nothing.txt")
    assert file_shell.is_refused("capture", file) == f"carnet: {file}: No such file or directory\n"


def test_a_folder_is_no_file(file_shell: Shell, tmp_path: Path) -> None:
    assert file_shell.is_refused("capture", str(tmp_path)) == f"carnet: {tmp_path}: Is a directory\n"
