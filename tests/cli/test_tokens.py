"""`carnet token`: keys for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from carnet.core.errors import UnauthenticatedError, WorkspaceDeniedError
from carnet.core.permissions import Right

if TYPE_CHECKING:
    from tests.cli.conftest import Shell


def test_a_token_printed_as_json_is_four_fields_and_works_before_the_first_start(shell: Shell) -> None:
    made = shell.token()
    assert list(made) == ["id", "token", "accessKey", "secretKey"]
    assert made["token"] == f"{made['accessKey']}.{made['secretKey']}"
    actor = shell.who(made)
    assert actor.workspace_id == 1
    assert {Right.READ_TASKS, Right.WRITE_CONTACTS} <= actor.rights


def test_a_token_printed_for_people_shows_both_manners_and_how_to_end_it(file_shell: Shell) -> None:
    said = file_shell.does("token", "create", "--name", "test")
    kinds = dict(line.rsplit(maxsplit=1) for line in said.splitlines())
    assert kinds["token"] == f"{kinds['access key']}.{kinds['secret key']}"
    assert file_shell.does("token", "revoke", said.split()[-1]).startswith("It is refused")


def test_a_token_has_the_scopes_that_were_named(file_shell: Shell) -> None:
    made = file_shell.token("--scope", "tasks:read", "--scope", "contacts:write")
    assert file_shell.who(made).rights == {Right.READ_TASKS, Right.WRITE_CONTACTS}


def test_a_revoked_token_works_no_more(shell: Shell) -> None:
    made = shell.token()
    shell.does("token", "revoke", made["id"])
    assert "revoked" in shell.does("token", "list")
    with pytest.raises(UnauthenticatedError):
        shell.who(made)
    assert shell.is_refused("token", "revoke", made["id"]) == f"carnet: no token {made['id']}\n"


def test_a_token_ends_after_the_days_that_were_named(file_shell: Shell) -> None:
    made = file_shell.token("--expires", "30")
    assert "until" in file_shell.does("token", "list")
    assert file_shell.who(made, after=timedelta(days=29)).workspace_id == 1
    with pytest.raises(UnauthenticatedError):
        file_shell.who(made, after=timedelta(days=30, seconds=1))


def test_a_token_reaches_the_workspaces_that_were_named_and_no_other(file_shell: Shell) -> None:
    for slug in ("second", "third"):
        file_shell.does("workspace", "create", slug)
    made = file_shell.token("--workspace", "second", "--workspace", "main", "--workspace", "second")
    assert file_shell.who(made).workspace_id == 2
    assert file_shell.who(made, "main").workspace_id == 1
    with pytest.raises(WorkspaceDeniedError):
        file_shell.who(made, "third")


def test_a_users_token_reaches_only_where_the_user_is_a_member(file_shell: Shell) -> None:
    file_shell.does("workspace", "create", "second")
    file_shell.does("user", "create", "bob@carnet.example", "--workspace", "second", "--role", "reader")
    actor = file_shell.who(file_shell.token("--user", "bob@carnet.example"))
    assert actor.workspace_id == 2
    assert Right.WRITE_TASKS not in actor.rights
    line = ("token", "create", "--name", "test", "--user", "bob@carnet.example", "--workspace", "main")
    assert "bob@carnet.example is no member of 'main'" in file_shell.is_refused(*line, code=2)


def test_nothing_secret_is_kept_or_listed(file_shell: Shell) -> None:
    made = file_shell.token()
    assert made["secretKey"] not in file_shell.does("token", "list")
    kept = b"".join(each.read_bytes() for each in file_shell.settings.data.iterdir())
    assert made["accessKey"].encode() in kept
    assert made["secretKey"].encode() not in kept
