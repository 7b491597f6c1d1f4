"""`carnet workspace` and `carnet user`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from carnet.core import beginning, users, workspaces

if TYPE_CHECKING:
    from tests.cli.conftest import Shell

NOW = datetime.now(UTC)


def _secret(said: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000/enter/(\S+)", said)
    assert found is not None
    return found[1]


def test_workspaces_are_listed_from_the_first_start_on(shell: Shell) -> None:
    assert re.findall(r"\b(main|second)\b", shell.does("workspace", "list")) == ["main"]
    shell.does("workspace", "create", "second")
    assert re.findall(r"\b(main|second)\b", shell.does("workspace", "list")) == ["main", "second"]


def test_a_new_workspace_has_the_owner_of_the_first(file_shell: Shell) -> None:
    assert beginning.OWNER_EMAIL in file_shell.does("workspace", "create", "second")
    store = file_shell.open()
    assert store.read_now(users.owner, 1) == store.read_now(users.owner, 2)


def test_beginning_again_makes_nothing(shell: Shell) -> None:
    shell.does("workspace", "list")
    store = shell.open()
    before = store.read_now(beginning.find_first)
    assert store.write_now(workspaces.ALL, beginning.begin, language="fr", now=NOW) == before
    assert len(store.read_now(workspaces.everyone)) == len(store.read_now(users.everyone)) == 1


def test_a_user_is_made_with_a_link_and_given_another_that_ends_the_first(shell: Shell) -> None:
    first = _secret(shell.does("user", "create", "bob@carnet.example"))
    second = _secret(shell.does("user", "reset", "bob@carnet.example"))
    store = shell.open()
    assert store.read_now(users.find_by_link, first, now=NOW) is None
    bob = store.read_now(users.find_by_link, second, now=NOW)
    assert bob is not None
    assert bob.email == "bob@carnet.example"
    assert [each.slug for each in store.read_now(workspaces.of_user, bob)] == ["main"]
