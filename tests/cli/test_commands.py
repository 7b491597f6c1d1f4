"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from carnet import __version__
from carnet.core import tokens
from carnet.core.errors import UnauthenticatedError
from carnet.core.permissions import Right
from carnet.settings import Settings
from carnet.store.database import open_store
from tests.serving.conftest import run

if TYPE_CHECKING:
    from pathlib import Path

    from carnet.core.permissions import Actor


def carnet(folder: Path, *arguments: str) -> str:
    """Run a command that must succeed, and give what it printed."""
    done = run(*arguments, "--data", str(folder))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def refused(folder: Path, *arguments: str) -> str:
    """Run a command that must be refused, without a traceback."""
    done = run(*arguments, "--data", str(folder))
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    return done.stderr


def token(folder: Path, *arguments: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(carnet(folder, "token", "create", "--name", "test", "--json", *arguments))
    return made


def who(folder: Path, made: dict[str, Any], slug: str | None = None) -> Actor:
    """Whom the token speaks for."""
    store = open_store(Settings(data=folder))
    try:
        return store.read_now(
            tokens.authenticate, made["accessKey"], made["secretKey"], slug=slug, now=datetime.now(UTC)
        )
    finally:
        store.close()


def test_version() -> None:
    assert run("version").stdout == f"{__version__}\n"


def test_a_token_printed_as_json_is_four_fields_and_works(tmp_path: Path) -> None:
    made = token(tmp_path)
    assert set(made) == {"id", "token", "accessKey", "secretKey"}
    assert made["token"] == f"{made['accessKey']}.{made['secretKey']}"
    assert {Right.READ_TASKS, Right.WRITE_CONTACTS} <= who(tmp_path, made).rights


def test_a_token_has_the_scopes_that_were_named(tmp_path: Path) -> None:
    assert who(tmp_path, token(tmp_path, "--scope", "tasks:read")).rights == {Right.READ_TASKS}


def test_a_revoked_token_works_no_more(tmp_path: Path) -> None:
    made = token(tmp_path)
    carnet(tmp_path, "token", "revoke", made["id"])
    assert "revoked" in carnet(tmp_path, "token", "list")
    with pytest.raises(UnauthenticatedError):
        who(tmp_path, made)
    assert "no token" in refused(tmp_path, "token", "revoke", made["id"])


def test_a_token_reaches_the_workspaces_that_were_named(tmp_path: Path) -> None:
    carnet(tmp_path, "workspace", "create", "second")
    made = token(tmp_path, "--workspace", "second", "--workspace", "main")
    assert who(tmp_path, made).workspace_id == 2
    assert who(tmp_path, made, "main").workspace_id == 1


def test_nothing_secret_is_listed(tmp_path: Path) -> None:
    made = token(tmp_path)
    assert made["secretKey"] not in carnet(tmp_path, "token", "list")
    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert made["accessKey"].encode() in kept
    assert made["secretKey"].encode() not in kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("token", "create", "--name", " "), "name"),
        (("token", "create", "--name", "x", "--scope", "everything"), "there is no scope 'everything'"),
        (("token", "create", "--name", "x", "--workspace", "nowhere"), "there is no workspace 'nowhere'"),
        (("token", "create", "--name", "x", "--user", "nobody@x"), "there is no user 'nobody@x'"),
        (("workspace", "create", "Not A Slug"), "slug"),
        (("workspace", "create", "main"), "taken"),
        (("user", "create", "nobody"), "email"),
        (("user", "create", "a@b", "--role", "king"), "there is no role 'king'"),
        (("user", "reset", "nobody@x"), "there is no user 'nobody@x'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(tmp_path, *arguments)


def test_a_user_is_made_with_a_link_and_may_be_given_another(tmp_path: Path) -> None:
    first = re.search(r"http://\S+/enter/(\S+)", carnet(tmp_path, "user", "create", "bob@carnet.example"))
    second = re.search(r"http://\S+/enter/(\S+)", carnet(tmp_path, "user", "reset", "bob@carnet.example"))
    assert first is not None
    assert second is not None
    assert first[1] != second[1]
    assert who(tmp_path, token(tmp_path, "--user", "bob@carnet.example")).workspace_id == 1


def test_workspaces_are_listed(tmp_path: Path) -> None:
    carnet(tmp_path, "workspace", "create", "second")
    assert re.findall(r"\b(main|second)\b", carnet(tmp_path, "workspace", "list")) == ["main", "second"]


def test_migrating_says_what_it_did(tmp_path: Path) -> None:
    assert "0001" in carnet(tmp_path, "migrate")
    assert carnet(tmp_path, "migrate") == "It is up to date.\n"


def test_a_demo_is_sound_and_the_same_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    names = []
    for folder in folders:
        carnet(folder, "demo", "--contacts", "30", "--tasks", "50")
        assert carnet(folder, "check") == "All is sound.\n"
        file = apsw.Connection(str(folder / "carnet.db"))
        names.append(file.execute("SELECT name, emails, phones FROM contacts ORDER BY number").fetchall())
        assert file.execute("SELECT count(*) FROM tasks").fetchone() == (50,)
        assert all(str(email).endswith('.example"]') for _, email, _ in names[-1] if email != "[]")
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE counters SET tasks_kept = tasks_kept + 1", "tasks_kept says 6, but there are 5"),
        ("UPDATE buckets SET size = size + 1 WHERE list = 'tasks'", "buckets"),
        ("DELETE FROM tasks_trigrams WHERE rowid = (1 << 40 | 2)", "search index is wrong about 1 of tasks"),
        ("DELETE FROM events WHERE number = (SELECT max(number) FROM events)", "the ledger has"),
        ("UPDATE counters SET contacts_made = 1", "contacts_made has given 1"),
    ],
)
def test_checking_finds_what_was_spoiled(tmp_path: Path, sql: str, said: str) -> None:
    carnet(tmp_path, "demo", "--contacts", "4", "--tasks", "5")
    file = apsw.Connection(str(tmp_path / "carnet.db"))
    file.execute(sql)
    file.close()
    done = run("check", "--data", str(tmp_path))
    assert done.returncode == 1
    assert said in done.stdout


def test_checking_nothing_makes_nothing(tmp_path: Path) -> None:
    assert "there is no notebook" in refused(tmp_path / "nowhere", "check")
    assert not (tmp_path / "nowhere").exists()


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    done = run("workspace", "list", "--data", str(tmp_path), env={"CARNET_PORT": "eighty", "PATH": ""})
    assert (done.returncode, "CARNET_PORT" in done.stderr) == (1, True)


def test_a_database_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert "Traceback" not in refused(tmp_path, "workspace", "list", "--database", "postgresql://x@127.0.0.1:1/x")
