"""The welcome, and the door that a one-time link opens."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

from carnet.core import tokens, users, workspaces
from tests.hydra.dump import everything

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House, Person

SECURITY = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
UNKNOWN = "/enter/" + "x" * 43


def link_of(person: Person, *, ago: timedelta = timedelta()) -> str:
    """A new one-time link of somebody's, made some time ago."""
    then = datetime.now(UTC) - ago
    secret: str = person.house.store.write_now(workspaces.ALL, users.new_link, person.user, now=then)
    return f"/enter/{secret}"


def token_on(page: httpx.Response) -> str:
    """The token that a page shows."""
    found = re.search(r"<pre>([^<]+)</pre>", page.text)
    assert found is not None
    return unescape(found[1])


def open_house(house: House) -> None:
    """Let the house know that its server has started."""

    async def start() -> None:
        started = asyncio.Event()
        told = [{"type": "lifespan.startup"}]

        async def receive() -> dict[str, str]:
            return told.pop() if told else await asyncio.Future()

        async def send(message: object) -> None:
            assert message == {"type": "lifespan.startup.complete"}
            started.set()

        life = asyncio.ensure_future(house.app({"type": "lifespan"}, receive, send))
        await asyncio.wait_for(started.wait(), 5)
        life.cancel()

    house.runner.run(start())


def test_every_link_of_the_welcome_leads_somewhere(house: House) -> None:
    open_house(house)
    page = house.request("GET", "/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    links = re.findall(r'href="?([^\s">]+)', page.text)
    assert {"/api", "/api/openapi", "/api/docs.jsonld", "/health/ready"} <= set(links)
    for link in links:
        for accept in ("*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"):
            assert house.request("GET", link, headers={"accept": accept}).status_code == 200, link


def test_every_page_is_careful(house: House) -> None:
    link = link_of(house.alice)
    for method, path, status in (
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("POST", "/", 405),
        ("DELETE", "/", 405),
        ("GET", "/nothing", 404),
        ("GET", "/enter", 404),
        ("GET", "/..%2f..%2fetc", 404),
        ("GET", UNKNOWN, 404),
        ("GET", link, 200),
        ("POST", link, 200),
        ("POST", link, 404),
    ):
        answer = house.request(method, path)
        assert answer.status_code == status, path
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert (answer.content == b"") == (method == "HEAD")
        assert not re.search(r"<script|\son\w+=|\bsrc=", answer.text)
        assert "access-control-allow-origin" not in answer.headers


def test_reading_a_link_does_not_use_it_up(house: House) -> None:
    link = link_of(house.alice)
    for method in ("GET", "HEAD"):
        assert house.request(method, link).status_code == 200
    answer = house.request("GET", link)
    assert "alice@carnet.example" in answer.text
    assert re.search(r"<form method=post>", answer.text)
    assert link.removeprefix("/enter/") not in answer.text
    assert token_on(house.request("POST", link))


def test_only_a_post_enters(house: House) -> None:
    link = link_of(house.alice)
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        assert "<pre>" not in house.request(method, link).text
    assert house.request("POST", link).status_code == 200


def test_a_link_gives_a_token_that_works_once(house: House) -> None:
    link = link_of(house.bob)
    page = house.request("POST", link)
    token = token_on(page)
    headers = {"authorization": f"Bearer {token}"}
    assert house.request("GET", "/api/contacts", headers=headers).status_code == 200
    assert house.request("POST", "/api/contacts", json={"name": "x"}, headers=headers).status_code == 201
    assert f"curl http://carnet.example/api/contacts -H 'Authorization: Bearer {token}'" in unescape(page.text)
    again = [house.request(method, link) for method in ("POST", "GET", "POST")]
    assert {answer.status_code for answer in again} == {404}
    assert not any(token in answer.text for answer in again)


def test_a_used_link_and_one_that_never_was_look_alike(house: House) -> None:
    link = link_of(house.alice)
    house.request("POST", link)
    for method in ("GET", "POST"):
        told = [house.request(method, path) for path in (link, UNKNOWN, "/enter/", "/enter/%00", "/enter/a/b")]
        assert {answer.status_code for answer in told} == {404}
        assert len({answer.text for answer in told}) == 1


def test_of_many_who_enter_at_once_one_gets_a_token(house: House) -> None:
    link = link_of(house.alice)
    before = len(house.store.read_now(tokens.everyone))
    answers = house.together(*[(house.alice, "POST", link, None)] * 6)
    assert sorted(answer.status_code for answer in answers) == [200] + [404] * 5
    assert len(house.store.read_now(tokens.everyone)) == before + 1


def test_a_link_lasts_a_week(house: House) -> None:
    assert house.request("GET", link_of(house.alice, ago=timedelta(days=6, hours=23))).status_code == 200
    old = link_of(house.alice, ago=timedelta(days=7, minutes=1))
    assert {house.request(method, old).status_code for method in ("GET", "POST")} == {404}


def test_a_new_link_ends_the_one_before(house: House) -> None:
    old, other, new = link_of(house.alice), link_of(house.bob), link_of(house.alice)
    assert [house.request("GET", link).status_code for link in (old, other, new)] == [404, 200, 200]


def test_an_address_is_shown_as_text(house: House) -> None:
    odd = house.store.write_now(workspaces.ALL, users.create, "<b>&\"'@carnet.example", now=datetime.now(UTC))
    secret = house.store.write_now(workspaces.ALL, users.new_link, odd, now=datetime.now(UTC))
    page = house.request("GET", f"/enter/{secret}").text
    assert "<b>&lt;b&gt;&amp;" in page


def test_who_belongs_nowhere_keeps_the_link_for_later(house: House) -> None:
    lost = house.store.write_now(workspaces.ALL, users.create, "lost@carnet.example", now=datetime.now(UTC))
    secret = house.store.write_now(workspaces.ALL, users.new_link, lost, now=datetime.now(UTC))
    assert house.request("POST", f"/enter/{secret}").status_code in {403, 404, 409}
    assert house.request("GET", f"/enter/{secret}").status_code == 200


def test_the_database_keeps_no_secret_of_a_link(house: House) -> None:
    secret = link_of(house.alice).removeprefix("/enter/")
    assert secret not in str(everything(house))
    token = token_on(house.request("POST", link_of(house.alice)))
    assert token.partition(".")[2] not in str(everything(house))


def test_a_host_from_outside_is_shown_as_text(house: House) -> None:
    page = house.request("POST", link_of(house.alice), headers={"host": 'x"><script>alert(1)</script>'})
    assert "<script" not in page.text
