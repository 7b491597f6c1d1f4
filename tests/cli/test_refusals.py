"""What goes wrong is one sentence on standard error, never a traceback, and leaves nothing behind."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import apsw
import psycopg
import pytest

from carnet.cli.mishaps import sentence
from tests.serving.conftest import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Shell

COMMANDS = (("token", "list"), ("workspace", "list"), ("demo",), ("check",), ("migrate",), ("serve", "--port", "0"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("token", "create", "--name", " "), "carnet: a token needs a name\n"),
        (("workspace", "create", "Not A Slug"), "carnet: a slug is 1 to 63 of a-z, 0-9 and hyphens"),
        (("workspace", "create", "main"), "carnet: there is a workspace of this slug\n"),
        (("user", "create", "nobody"), "carnet: this is no e-mail address\n"),
        (("user", "create", "owner@localhost"), "carnet: there is a user of this e-mail address\n"),
        (("serve", "--port", "99999"), "carnet: CARNET_PORT: expected a port up to 65535"),
        (("serve", "--host", "192.0.2.1", "--port", "0"), "carnet: can't listen on port 0 of 192.0.2.1"),
        (("token", "list", "--database", "mysql://x"), "carnet: CARNET_DATABASE_URL: expected postgresql://…"),
        (("token", "list", "--database", "postgresql://x@127.0.0.1:1/x"), "carnet: the database can't be reached"),
        (("check", "--database", "postgresql://x@127.0.0.1:1/x"), "carnet: the database can't be reached"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(file_shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    assert file_shell.is_refused(*arguments).startswith(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("token", "create", "--name", "x", "--scope", "everything"), "there is no scope 'everything'"),
        (("token", "create", "--name", "x", "--workspace", "nowhere"), "there is no workspace 'nowhere'"),
        (("token", "create", "--name", "x", "--user", "nobody@x"), "there is no user 'nobody@x'"),
        (("token", "create", "--name", "x", "--expires", "99999999999"), "--expires"),
        (("token", "create"), "--name"),
        (("user", "create", "a@b", "--role", "king"), "there is no role 'king'"),
        (("user", "reset", "nobody@x"), "there is no user 'nobody@x'"),
        (("demo", "--contacts", "0"), "--contacts"),
        (("nonsense",), "nonsense"),
    ],
)
def test_what_is_typed_wrong_is_shown_with_the_usage(file_shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    told = file_shell.is_refused(*arguments, code=2)
    assert said in told
    assert "Usage" in told


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_file_that_is_no_database_is_said_to_be_none(file_shell: Shell, arguments: tuple[str, ...]) -> None:
    file_shell.settings.data.mkdir()
    file_shell.settings.database_file.write_text("This was never a database. " * 40)
    assert "file is not a database" in file_shell.is_refused(*arguments)
    assert file_shell.settings.database_file.read_text().startswith("This was never")


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_file_in_place_of_the_folder_is_named(file_shell: Shell, arguments: tuple[str, ...]) -> None:
    file_shell.settings.data.write_text("A file.")
    assert str(file_shell.settings.data) in file_shell.is_refused(*arguments)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_broken_address_of_a_database_is_refused_without_its_password(
    file_shell: Shell, arguments: tuple[str, ...]
) -> None:
    said = file_shell.is_refused(*arguments, "--database", "postgresql://bob:password@[::bad/x")
    assert "CARNET_DATABASE_URL" in said
    assert "password" not in said


def test_a_port_that_is_taken_is_said_before_anything_is_made(file_shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = file_shell.is_refused("serve", "--port", str(port))
    assert said == f"carnet: can't listen on port {port} of 127.0.0.1: Address already in use\n"
    assert not file_shell.settings.data.exists()


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    done = run("workspace", "list", "--data", str(tmp_path), env={**os.environ, "CARNET_PORT": "eighty"})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("carnet: CARNET_PORT: ")


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    assert sentence(ZeroDivisionError()) is None
    assert sentence(apsw.FullError("the disk is full")) == "the database can't be used: the disk is full"
    assert sentence(psycopg.errors.UndefinedTable("no table\nLINE 2")) == "the database can't be used: no table"
    assert sentence(PermissionError(13, "Permission denied", "/x")) == "/x: Permission denied"
