"""Health, metrics, and what the logs may say."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from ipaddress import ip_network
from itertools import product
from typing import TYPE_CHECKING, Any

from carnet.core import tokens, workspaces
from carnet.store.database import StoreUnavailableError
from tests.hydra.wire import bearer, send
from tests.web.test_pages import open_house

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.conftest import House, Person

OUTSIDE = "192.0.2.7"


def metrics_token(person: Person, *scopes: str) -> tuple[str, str]:
    """The header that carries a token with these scopes."""
    reach, now = [person.house.main], datetime.now(UTC)
    token = person.house.store.write_now(
        workspaces.ALL, tokens.create, person.user, reach, name="x", scopes=scopes, now=now
    )
    return "authorization", f"Bearer {token.bearer}"


def test_a_process_that_answers_is_alive(house: House) -> None:
    for method in ("GET", "HEAD"):
        answer = send(house, method, "/health/live", client=OUTSIDE)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.content == (b"alive\n" if method == "GET" else b"")


def test_it_is_ready_once_started(house: House) -> None:
    assert house.request("GET", "/health/ready").status_code == 503
    open_house(house)
    answer = house.request("GET", "/health/ready")
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_without_its_database_it_is_alive_but_not_ready(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    open_house(house)

    async def gone(*_: Any, **__: Any) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(house.store, "read", gone)
    answer = house.request("GET", "/health/ready")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert house.request("GET", "/health/live").status_code == 200
    assert house.alice.get("/api/contacts").status_code == 503


def test_they_can_only_be_read(new_house: Callable[..., House]) -> None:
    house = new_house()
    for method, path in product(("POST", "PUT", "DELETE"), ("/health/live", "/health/ready", "/metrics")):
        answer = house.request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_there_is_nothing_else(new_house: Callable[..., House]) -> None:
    house = new_house()
    for path in ("/health", "/health/", "/health/x", "/metrics/x", "/health/live/"):
        assert house.request("GET", path).status_code == 404


def test_metrics_are_open_to_this_machine(house: House) -> None:
    house.alice.get("/api/contacts")
    for client in ("127.8.8.8", "::1"):
        assert send(house, "GET", "/metrics", client=client).status_code == 200
    answer = send(house, "GET", "/metrics", client="127.0.0.1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert 'operation="api.getContactCollection"' in answer.text
    assert "# TYPE " in answer.text


FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def test_metrics_are_closed_to_others(new_house: Callable[..., House]) -> None:
    for house in (new_house(), new_house(trusted_proxies=(ip_network("127.0.0.0/8"), ip_network(f"{OUTSIDE}/32")))):
        assert send(house, "GET", "/metrics", client=OUTSIDE).status_code == 401
        assert send(house, "GET", "/metrics", client="not an address").status_code == 401
        for name in FORWARDING:
            for value in ("127.0.0.1", "for=127.0.0.1", "::1", OUTSIDE, ""):
                for client in (OUTSIDE, "127.0.0.1"):
                    answer = send(house, "GET", "/metrics", headers=[(name, value)], client=client)
                    assert answer.status_code == 401, (name, value, client)
                    assert answer.headers["www-authenticate"] == "Bearer"
                    assert "carnet_" not in answer.text


def test_metrics_are_open_to_a_token_of_an_owner_with_the_scope(house: House) -> None:
    answer = send(house, "GET", "/metrics", headers=[metrics_token(house.alice, "metrics")], client=OUTSIDE)
    assert answer.status_code == 200
    for header in (
        metrics_token(house.bob, "metrics"),
        metrics_token(house.rita, "metrics"),
        metrics_token(house.alice, "read", "write"),
        bearer(house.alice),
        ("authorization", "Bearer x.y"),
    ):
        assert send(house, "GET", "/metrics", headers=[header], client=OUTSIDE).status_code in {401, 403}


def test_metrics_name_operations_and_nobody(house: House) -> None:
    contact = house.alice.post("/api/contacts", {"name": "Inès Aubry"}).json()
    house.alice.get(contact["@id"])
    house.alice.get("/api/contacts?name=aubry")
    house.alice.get("/api/a-secret-path")
    text = send(house, "GET", "/metrics").text
    for hidden in ("Aubry", "aubry", contact["id"], "a-secret-path", house.alice.token.access_key):
        assert hidden not in text


def test_every_answer_has_an_id(house: House) -> None:
    for path in ("/", "/api", "/api/nothing", "/health/live", "/metrics"):
        assert send(house, "GET", path, headers=[("x-request-id", "mine-7")]).headers["x-request-id"] == "mine-7"
        for odd in ("", "x" * 129, "é", "a\x01b"):
            given = send(house, "GET", path, headers=[("x-request-id", odd)]).headers.get_list("x-request-id")
            assert len(given) == 1
            assert given[0] not in {"", odd}


FAILING = """
import asyncio, json, pathlib, sys
import httpx
from carnet import app
from carnet.core import contacts, users
from carnet.settings import Settings

carnet = app.create(Settings(data=pathlib.Path(sys.argv[1]), log_level="debug"))

def broken(*given, **named):
    del given, named
    raise RuntimeError("a fault")

contacts.LISTING.page = broken
contacts.records.add = broken
users.find_by_link = broken

async def ask():
    headers = json.loads(sys.argv[2])
    transport = httpx.ASGITransport(carnet, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://carnet.example", headers=headers) as client:
        statuses = [
            (await client.get("/api/contacts?name=query-secret")).status_code,
            (await client.post("/api/contacts", json={"name": "body-secret"})).status_code,
            (await client.post("/enter/link-secret")).status_code,
            (await client.get("/enter/link-secret")).status_code,
        ]
    print(statuses)

asyncio.run(ask())
carnet.store.close()
"""


def test_logs_tell_of_a_fault_without_any_secret(new_house: Callable[..., House]) -> None:
    house = new_house()
    folder: Path = house.settings.data
    headers = {"authorization": f"Bearer {house.alice.token.bearer}", "cookie": "session=cookie-secret"}
    command = [sys.executable, "-c", FAILING, str(folder), json.dumps(headers)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (run.returncode, run.stdout) == (0, "[500, 500, 500, 500]\n"), run.stderr
    lines = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
    failed = [line for line in lines if line["event"] == "request failed"]
    assert [line.get("path") for line in failed] == ["/api/contacts", "/api/contacts", None, None]
    assert "RuntimeError" in run.stderr
    secrets = (house.alice.token.access_key, house.alice.token.secret_key)
    for hidden in (*secrets, "query-secret", "body-secret", "link-secret", "cookie-secret", "carnet.example"):
        assert hidden not in run.stderr
