"""The command line, typed by a test: in this process, so that its libraries are loaded once."""

from __future__ import annotations

import itertools
import json
import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
import structlog

from carnet import cli
from carnet.core import tokens
from carnet.settings import Settings
from carnet.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carnet.core.permissions import Actor
    from carnet.store.database import Store

_names = itertools.count()


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Types commands about one notebook, which doesn't exist yet."""

    settings: Settings
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    opened: list[Store] = field(default_factory=list)

    def run(self, *arguments: str) -> Said:
        """Run a command to its end."""
        database = ("--database", self.settings.database_url) if self.settings.on_postgres else ()
        line = ["carnet", *arguments, "--data", str(self.settings.data), *database]
        self.patch.setattr(sys, "argv", line)
        self.capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = self.capture.readouterr()
        code = ended.value.code
        # Python itself prints an exit code that is a text.
        return Said(1, said.out, f"{said.err}{code}\n") if isinstance(code, str) else Said(code or 0, *said)

    def does(self, *arguments: str) -> str:
        """Run a command that must succeed, and give what it printed."""
        said = self.run(*arguments)
        assert (said.code, said.err) == (0, ""), said
        return said.out

    def is_refused(self, *arguments: str, code: int = 1) -> str:
        """Run a command that must be refused, and give the reason: one sentence where it isn't the usage."""
        said = self.run(*arguments)
        assert (said.code, said.out) == (code, ""), said
        assert code != 1 or said.err.count("\n") == 1, said.err
        return said.err

    def token(self, *arguments: str) -> dict[str, Any]:
        """Make a token for programs."""
        made: dict[str, Any] = json.loads(self.does("token", "create", "--name", "test", "--json", *arguments))
        return made

    def who(self, made: dict[str, Any], slug: str | None = None, *, after: timedelta = timedelta()) -> Actor:
        """Whom a token speaks for, so long after now."""
        now = datetime.now(UTC) + after
        return self.open().read_now(tokens.authenticate, made["accessKey"], made["secretKey"], slug=slug, now=now)

    def open(self) -> Store:
        """The notebook's store."""
        self.opened.append(open_store(self.settings))
        return self.opened[-1]

    def close(self) -> None:
        """Close the stores that were opened."""
        for store in self.opened:
            store.close()


@pytest.fixture
def new_shell(
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Shell]:
    """Makes shells, each for a notebook of its own."""

    def make(kind: str = "sqlite") -> Shell:
        data = tmp_path / f"data{next(_names)}"
        url = _new_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""
        shell = Shell(Settings(data=data, database_url=url), capsys, monkeypatch)
        request.addfinalizer(shell.close)
        request.addfinalizer(structlog.reset_defaults)  # commands say where logs go
        return shell

    return make


def _new_database(address: str) -> str:
    name = f"cli{os.getpid()}_{next(_names)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def shell(request: pytest.FixtureRequest, new_shell: Callable[..., Shell]) -> Shell:
    """A shell about a notebook in each of the two databases."""
    return new_shell(request.param)


@pytest.fixture
def file_shell(new_shell: Callable[..., Shell]) -> Shell:
    """A shell about a notebook in a file."""
    return new_shell()
