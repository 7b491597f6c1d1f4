"""API Platform's own parser reads `/api` as its admin and its generators do (specification, section 18)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from tests.hydra.fields import CLASSES, FIELDS, IRI, MANY, READ_ONLY, REQUIRED, TARGETS
from tests.hydra.parameters import expected
from tests.hydra.things import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import House

pytestmark = pytest.mark.node
CLIENTS = Path(__file__).parent.parent / "clients"
MINUTE = 60


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parser, installed from its lock; skipped where that can't be done."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("there is no Node here")
    folder = tmp_path_factory.mktemp("clients")
    for name in ("package.json", "package-lock.json", "parse.mjs"):
        shutil.copy(CLIENTS / name, folder)
    command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=3 * MINUTE)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        pytest.skip(f"npm can't install the parser: {problem}")
    return folder


@contextmanager
def served(house: House) -> Iterator[str]:
    """The house on a port of this machine."""
    config = uvicorn.Config(house.app, host="127.0.0.1", port=0, lifespan="off", log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/api"
    finally:
        server.should_exit = True
        thread.join(MINUTE)


def parsed(folder: Path, entrypoint: str, token: str = "") -> dict[str, Any]:
    """What the parser understands, which complains about nothing."""
    environment = {**os.environ, **({"CARNET_TOKEN": token} if token else {})}
    run = subprocess.run(
        ["node", "parse.mjs", entrypoint],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=MINUTE,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    understood: dict[str, Any] = json.loads(run.stdout)
    return understood


@pytest.mark.parametrize("prefix", [True, False], ids=["prefixed", "plain"])
def test_the_parser_understands_everything(parser: Path, new_house: Callable[..., House], prefix: bool) -> None:  # noqa: FBT001
    house = new_house(hydra_prefix=prefix)
    made(house.alice, "contact_tasks")
    with served(house) as entrypoint:
        anonymous = parsed(parser, entrypoint)
        known = parsed(parser, entrypoint, house.alice.token.bearer)
    for understood in (anonymous, known):
        assert understood["title"] == "Carnet"
        resources = {each["name"]: each for each in understood["resources"]}
        assert resources.keys() == set(CLASSES.values())
        for name, collection in CLASSES.items():
            assert_understood(resources[collection], name, collection, entrypoint)
    for each in known["resources"]:
        if each["name"] != "users":
            parameters = {parameter["variable"] for parameter in each["parameters"]}
            assert {variable for variable in parameters if not variable.endswith("[]")} == expected(each["name"])
            assert not any(parameter["required"] for parameter in each["parameters"])


def assert_understood(resource: dict[str, Any], name: str, collection: str, entrypoint: str) -> None:
    """Hold that a class was understood as it is."""
    assert resource["title"] == name
    assert resource["url"] == f"{entrypoint}/{collection}"
    assert resource["id"].endswith(f"/api/docs.jsonld#{name}")
    writable = FIELDS.get(collection, {})
    fields = {field["name"]: field for field in resource["fields"]}
    assert fields.keys() == {*writable, *READ_ONLY[collection]}
    assert set(resource["readable"]) == fields.keys()
    assert set(resource["writable"]) == writable.keys()
    for wire, field in fields.items():
        assert field["required"] is (wire in REQUIRED.get(collection, ()))
        assert field["embedded"] is None
        assert field["reference"] == reference(collection, wire), wire
        if field["reference"] is None:
            assert field["type"] == kind_of(collection, wire), wire
    operations = {(each["type"], each["method"]) for each in resource["operations"]}
    reading = {("list", "GET"), ("show", "GET")}
    writing = {("create", "POST"), ("edit", "PATCH"), ("delete", "DELETE")}
    assert operations == (reading if name == "User" else reading | writing)


def reference(collection: str, field: str) -> str | None:
    """The resource that a field leads to."""
    if field in MANY:
        return CLASSES[MANY[field]]
    if FIELDS.get(collection, {}).get(field) == IRI:
        return CLASSES[TARGETS[field]]
    return None


def kind_of(collection: str, field: str) -> str:
    """The type that a client takes a field for."""
    special = {
        "contactsCount": "integer",
        "isDefault": "boolean",
        "payload": "string",
        "expectedCloseDate": "date",
        "amount": "decimal",
    }
    if field not in special and field.endswith(("At", "Date")):
        return "dateTime"
    return special.get(field) or FIELDS.get(collection, {}).get(field, "string")
