"""Who may come in (specification, section 2)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from carnet.core import tokens, users, workspaces
from carnet.core.permissions import Role
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.ysuite.client import Client, answered, refused
from tests.ysuite.things import person

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House

INVALID = (401, "Invalid API credentials.")
ACCESS, SECRET = "x-ysuite-access-key", "x-ysuite-secret-key"
PATHS = ("/v1/tasks", "/v1/tasks/1", "/v1/nothing", "/v1", "/v1/", "/v1/invoices", "/v1/contacts/x")


def ask(house: House, headers: dict[str, str], path: str = "/v1/tasks", method: str = "GET") -> httpx.Response:
    return house.request(method, path, headers=headers)


def test_the_pair_of_keys_lets_in(client: Client) -> None:
    assert answered(ask(client.house, client.keys))["data"]["data"] == []


def test_the_names_of_the_headers_have_no_case(client: Client) -> None:
    for spell in (str.upper, str.title):
        keys = {spell(name): value for name, value in client.keys.items()}
        answered(ask(client.house, keys))


def test_nothing_else_lets_in_and_all_of_it_is_refused_alike(house: House) -> None:
    access, secret = house.alice.token.access_key, house.alice.token.secret_key
    other = house.mallory.token
    wrong: tuple[dict[str, str], ...] = (
        {},
        {ACCESS: access},
        {SECRET: secret},
        {ACCESS: access, SECRET: ""},
        {ACCESS: "", SECRET: secret},
        {ACCESS: "", SECRET: ""},
        {ACCESS: secret, SECRET: access},
        {ACCESS: access, SECRET: secret + "x"},
        {ACCESS: access, SECRET: secret[:-1]},
        {ACCESS: access.upper(), SECRET: secret},
        {ACCESS: access, SECRET: secret.swapcase()},
        {ACCESS: access, SECRET: other.secret_key},
        {ACCESS: other.access_key, SECRET: secret},
        {ACCESS: "x" * 20_000, SECRET: "y" * 20_000},
        {ACCESS: "é", SECRET: "ÿ"},
        {ACCESS: "' OR 1=1 --", SECRET: "%"},
        {"authorization": "Bearer x.y"},
        {"authorization": f"Bearer {access}"},
        {"authorization": f"Basic {house.alice.token.bearer}"},
    )
    bodies = set()
    with untouched(house):
        for headers in wrong:
            raw = {name: value.encode("latin-1") for name, value in headers.items()}
            answer = house.request("GET", "/v1/tasks", headers=raw)
            assert refused(answer) == INVALID, headers
            bodies.add(answer.content)
    assert bodies == {b'{"success":false,"message":"Invalid API credentials."}'}


def test_both_halves_must_be_of_one_credential_even_of_one_person(house: House) -> None:
    other = house.store.write_now(workspaces.ALL, tokens.create, house.alice.user, [house.main], name="second", now=NOW)
    token = house.alice.token
    answered(ask(house, {ACCESS: other.access_key, SECRET: other.secret_key}))
    assert refused(ask(house, {ACCESS: other.access_key, SECRET: token.secret_key})) == INVALID
    assert refused(ask(house, {ACCESS: token.access_key, SECRET: other.secret_key})) == INVALID


def test_revoking_takes_effect_at_once(client: Client) -> None:
    answered(client.get("/tasks"))
    client.house.store.write_now(workspaces.ALL, tokens.revoke, client.person.token.id, now=NOW)
    assert refused(client.get("/tasks")) == INVALID
    assert refused(ask(client.house, {"authorization": f"Bearer {client.person.token.bearer}"})) == INVALID


def test_an_expired_credential_is_none(house: House) -> None:
    old = house.store.write_now(
        workspaces.ALL,
        tokens.create,
        house.alice.user,
        [house.main],
        name="old",
        now=NOW,
        expires_at=NOW + timedelta(1),
    )
    assert refused(ask(house, {ACCESS: old.access_key, SECRET: old.secret_key})) == INVALID


def test_a_bearer_token_is_taken_in_place_of_the_pair(house: House) -> None:
    answered(ask(house, {"authorization": f"Bearer {house.alice.token.bearer}"}))


def test_where_half_a_pair_is_sent_the_bearer_token_is_ignored(house: House) -> None:
    token = house.alice.token
    bearer = {"authorization": f"Bearer {token.bearer}"}
    for half in ({ACCESS: token.access_key}, {SECRET: token.secret_key}, {ACCESS: ""}, {SECRET: "x"}):
        assert refused(ask(house, {**bearer, **half})) == INVALID
    pair = {ACCESS: token.access_key, SECRET: token.secret_key}
    answered(ask(house, {"authorization": "Bearer wrong.wrong", **pair}))


def test_a_pair_of_mallory_with_the_bearer_of_alice_is_mallory(house: House) -> None:
    person(Client(house.alice))
    headers = {**Client(house.mallory).keys, "authorization": f"Bearer {house.alice.token.bearer}"}
    assert answered(ask(house, headers, "/v1/contacts"))["data"]["total_records"] == 0


def test_a_pair_speaks_for_the_first_workspace_of_its_credential(house: House) -> None:
    house.store.write_now(workspaces.ALL, users.join, house.other.id, house.alice.user, Role.MEMBER)
    both = house.store.write_now(
        workspaces.ALL, tokens.create, house.alice.user, [house.other, house.main], name="both", now=NOW
    )
    person(Client(house.mallory), "Theirs")
    for keys in (
        {ACCESS: both.access_key, SECRET: both.secret_key},
        {"authorization": f"Bearer {both.bearer}", "x-workspace-slug": "main"},
    ):
        rows = answered(ask(house, keys, "/v1/contacts"))["data"]["data"]
        assert [row["cstname"] for row in rows] == ["Theirs"]


@pytest.mark.parametrize("path", PATHS)
def test_the_credential_is_asked_for_before_body_route_and_id(any_house: House, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        for headers in ({}, {ACCESS: "x", SECRET: "y"}):
            answer = any_house.request(method, path, headers=headers, content=b"{broken")
            assert refused(answer) == INVALID
    answer = any_house.request("HEAD", path)
    assert (answer.status_code, answer.content) == (401, b"")


def test_only_the_description_and_its_page_are_open(any_house: House) -> None:
    for headers in ({}, {ACCESS: "x", SECRET: "y"}):
        assert any_house.request("GET", "/v1/openapi.json", headers=headers).status_code == 200
        assert any_house.request("GET", "/v1/openapi", headers=headers).status_code == 200
    for path in ("/v1/openapi/", "/v1/openapi.json/", "/v1/openapi.yaml"):
        assert refused(any_house.request("GET", path)) == INVALID


def test_a_reader_may_read_and_not_write(house: House) -> None:
    alice, rita = Client(house.alice), Client(house.rita)
    cstid = person(alice)
    answered(rita.get("/contacts"))
    answered(rita.get(f"/contacts/{cstid}"))
    denied = (403, "These API credentials do not allow this.")
    with untouched(house):
        assert refused(rita.post("/contacts", {"cstname": "x", "contact_type": 1})) == denied
        assert refused(rita.put(f"/contacts/{cstid}", {"cstname": "x"})) == denied
        assert refused(rita.delete(f"/contacts/{cstid}")) == denied
        assert refused(rita.post("/tasks", {})) == denied
        assert refused(rita.delete("/tasks/999")) == denied
