"""What every answer carries, and to whom (specification, sections 1, 2 and 6)."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest

from tests.hydra.things import NOTHING, made
from tests.hydra.wire import bearer, send
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.conftest import House

DOCS = '; rel="http://www.w3.org/ns/hydra/core#apiDocumentation"'
ERROR = ', <http://www.w3.org/ns/hydra/error>; rel="http://www.w3.org/ns/json-ld#error"'
EXPOSED = "Link, Location, ETag, Idempotency-Replayed"
ALLOWED = {
    *("Authorization", "Content-Type", "Accept", "X-Workspace-Slug"),
    *("If-Match", "If-None-Match", "Idempotency-Key"),
}


def every_kind_of_answer(house: House) -> dict[str, httpx.Response]:
    """One answer of each kind that there is."""
    alice, item = bearer(house.alice), made(house.alice, "contacts")["@id"]
    tag = house.alice.get(item).headers["etag"]
    calls: tuple[tuple[str, str, list[tuple[str, str]], bytes], ...] = (
        ("GET", "/api", [], b""),
        ("GET", "/api/docs.jsonld", [], b""),
        ("GET", "/api/docs", [("accept", "text/html")], b""),
        ("GET", "/api/contexts/Contact", [], b""),
        ("GET", "/api/contexts/Nothing", [], b""),
        ("GET", "/api/openapi.json", [], b""),
        ("GET", "/api/openapi", [], b""),
        ("GET", "/api/contacts", [alice], b""),
        ("GET", "/api/contacts", [], b""),
        ("GET", "/api/contacts", [("authorization", "Bearer x.y")], b""),
        ("GET", "/api/contacts", [alice, ("accept", "text/csv")], b""),
        ("GET", "/api/contacts", [alice, ("x-workspace-slug", "nowhere")], b""),
        ("GET", "/api/contacts?page=0", [alice], b""),
        ("HEAD", "/api/contacts", [alice], b""),
        ("GET", item, [alice], b""),
        ("GET", item + ".json", [alice], b""),
        ("GET", item, [alice, ("if-none-match", tag)], b""),
        ("GET", "/api/contacts/7", [alice], b""),
        ("GET", f"/api/contacts/{NOTHING}", [alice], b""),
        ("GET", "/api/nothing", [alice], b""),
        ("POST", "/api/contacts", [alice], b'{"name":"x"}'),
        ("POST", "/api/contacts", [alice], b"{}"),
        ("POST", "/api/contacts", [alice], b"{"),
        ("POST", "/api/contacts", [alice, ("content-type", "text/csv")], b"x"),
        ("POST", "/api/contacts", [alice], b" " * (4 * 1024 * 1024 + 1)),
        ("POST", "/api/contacts", [alice, ("idempotency-key", "k")], b'{"name":"x"}'),
        ("POST", "/api/contacts", [alice, ("idempotency-key", "k")], b'{"name":"x"}'),
        ("PATCH", item, [alice], b"{}"),
        ("PATCH", item, [alice, ("if-match", '"x"')], b"{}"),
        ("PATCH", item + "/pipeline-state", [alice], b"{}"),
        ("PUT", item, [alice], b"{}"),
        ("TRACE", item, [alice], b""),
        ("OPTIONS", item, [], b""),
        ("DELETE", item, [alice], b""),
        ("DELETE", item, [bearer(house.rita)], b""),
    )
    return {
        f"{method} {target} {headers} {body[:20]!r}": send(house, method, target, headers=headers, body=[body])
        for method, target, headers, body in calls
    }


def test_every_answer_carries_the_same_headers(any_house: House) -> None:
    seen = set()
    for asked, answer in every_kind_of_answer(any_house).items():
        seen.add(answer.status_code)
        link = "<http://carnet.example/api/docs.jsonld>" + DOCS
        assert answer.headers["link"] == link + (ERROR if answer.status_code >= 400 else ""), asked
        assert "Accept" in answer.headers.get_list("vary", split_commas=True), asked
        assert answer.headers["x-content-type-options"] == "nosniff", asked
        assert answer.headers["access-control-allow-origin"] == "*", asked
        assert answer.headers["access-control-expose-headers"] == EXPOSED, asked
        assert "access-control-allow-credentials" not in answer.headers
        assert len(answer.headers.get_list("access-control-allow-origin")) == 1
        assert answer.headers["x-request-id"]
        if answer.status_code >= 400 and "HEAD" not in asked:
            assert problem(answer)[0] == answer.status_code if answer.status_code != 422 else True
    assert seen == {200, 201, 204, 304, 400, 401, 403, 404, 405, 406, 412, 413, 415, 422}


def test_a_failure_inside_says_nothing_of_the_inside(any_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        message = "SELECT secret FROM /srv/carnet.py"
        raise RuntimeError(message)

    monkeypatch.setattr("carnet.core.contacts.LISTING.page", broken)
    monkeypatch.setattr("carnet.core.contacts.records.add", broken)
    for answer in (any_house.alice.get("/api/contacts"), any_house.alice.post("/api/contacts", {"name": "x"})):
        assert problem(answer) == (500, "Internal Server Error")
        assert answer.headers["link"].endswith(ERROR)
        assert "access-control-allow-origin" in answer.headers
    assert any_house.alice.get("/api/companies").status_code == 200


def test_items_and_collections_say_what_they_allow(any_house: House) -> None:
    alice = any_house.alice
    item = made(alice, "contacts")["@id"]
    for method, path, allow in (
        ("GET", "/api/contacts", "GET, HEAD, POST"),
        ("HEAD", "/api/contacts", "GET, HEAD, POST"),
        ("POST", "/api/contacts", "GET, HEAD, POST"),
        ("GET", item, "DELETE, GET, HEAD, PATCH"),
        ("PATCH", item, "DELETE, GET, HEAD, PATCH"),
        ("GET", "/api/users", "GET, HEAD"),
    ):
        answer = alice.request(method, path, **({"json": {"name": "x"}} if method in {"POST", "PATCH"} else {}))
        assert answer.headers["allow"] == allow
    for answer in (alice.get(item), alice.patch(item, {}), alice.post("/api/contacts", {"name": "x"})):
        assert answer.headers["accept-patch"] == "application/merge-patch+json"


def test_head_is_get_without_a_body(any_house: House) -> None:
    alice = any_house.alice
    for path in (
        "/api",
        "/api/docs.jsonld",
        "/api/contacts",
        made(alice, "contacts")["@id"],
        "/api/contacts?page=0",
        "/api/x",
    ):
        got, head = (send(any_house, method, path, headers=[bearer(alice)]) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (got.status_code, b"")
        told = [[(name, value) for name, value in each.headers.raw if name != b"x-request-id"] for each in (got, head)]
        assert told[0] == told[1]


@pytest.mark.parametrize("method", ["PUT", "TRACE", "PROPFIND", "BREW", "LINK", "get"])
def test_another_method_is_told_which_ones_there_are(any_house: House, method: str) -> None:
    item = made(any_house.alice, "contacts")["@id"]
    for path, allow in (
        (item, "DELETE, GET, HEAD, PATCH"),
        ("/api/contacts", "GET, HEAD, POST"),
        ("/api", "GET, HEAD"),
    ):
        answer = send(any_house, method, path, headers=[bearer(any_house.alice)], body=[b"{}"])
        assert (problem(answer)[0], answer.headers["allow"]) == (405, allow)


def test_a_method_that_belongs_to_the_other_kind_of_path(any_house: House) -> None:
    item = made(any_house.alice, "contacts")["@id"]
    for method, path in (
        ("POST", item),
        ("PATCH", "/api/contacts"),
        ("DELETE", "/api/contacts"),
        ("POST", "/api/docs"),
    ):
        assert problem(any_house.alice.request(method, path, json={}))[0] == 405


def test_a_preflight_needs_no_token(any_house: House) -> None:
    for path in ("/api", "/api/contacts", f"/api/contacts/{NOTHING}", f"/api/contacts/{NOTHING}/extend"):
        headers = {
            "origin": "https://app.example",
            "access-control-request-method": "PATCH",
            "access-control-request-headers": "authorization, content-type, idempotency-key",
        }
        answer = any_house.request("OPTIONS", path, headers=headers)
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert {name.strip() for name in answer.headers["access-control-allow-headers"].split(",")} == ALLOWED
        methods = {name.strip() for name in answer.headers["access-control-allow-methods"].split(",")}
        assert {"GET", "HEAD", "POST", "PATCH", "DELETE"} <= methods
        assert "access-control-allow-credentials" not in answer.headers


def test_only_the_origins_that_are_set_may_call(new_house: Callable[..., House]) -> None:
    house = new_house(cors_origins=("https://app.example", "http://localhost:3000"))
    for method in ("GET", "OPTIONS"):
        for origin in house.settings.cors_origins:
            answer = house.request(method, "/api", headers={"origin": origin})
            assert answer.headers["access-control-allow-origin"] == origin
            assert "Origin" in answer.headers.get_list("vary", split_commas=True)
        for other in ("https://evil.example", "https://app.example.evil.example", "http://app.example", "null", ""):
            answer = house.request(method, "/api", headers={"origin": other})
            assert "access-control-allow-origin" not in answer.headers
            assert "Origin" in answer.headers.get_list("vary", split_commas=True)


def docs_url(house: House, *headers: tuple[str, str], **options: Any) -> str:
    """The address of the documentation that an answer links to, which the documents themselves agree with."""
    answers = {
        path: send(house, "GET", path, headers=headers, **options)
        for path in ("/api", "/api/docs.jsonld", "/api/contexts/Contact", "/api/contexts/Entrypoint", "/api/nothing")
    }
    links = {answer.headers["link"].partition(">")[0].removeprefix("<") for answer in answers.values()}
    assert len(links) == 1
    url = links.pop()
    for name in ("Contact", "Entrypoint"):
        assert answers[f"/api/contexts/{name}"].json()["@context"]["@vocab"] == url + "#"
    docs = answers["/api/docs.jsonld"].json()
    assert docs["@context"][1]["@vocab"] == url + "#"
    assert docs["@id"] == "/api/docs.jsonld"
    return url


PROXIED = (("x-forwarded-host", "crm.example"), ("x-forwarded-proto", "https"), ("x-forwarded-for", "203.0.113.9"))


def test_addresses_come_from_the_request(any_house: House) -> None:
    assert docs_url(any_house) == "http://carnet.example/api/docs.jsonld"
    assert docs_url(any_house, ("host", "10.0.0.5:8000")) == "http://10.0.0.5:8000/api/docs.jsonld"
    assert docs_url(any_house, ("host", "[::1]:8000"), scheme="https") == "https://[::1]:8000/api/docs.jsonld"


def test_a_host_that_is_none_is_never_repeated(any_house: House) -> None:
    for host in ("a>b", 'a"b', "a b", "a/b", "", "a\r\nb", "é.example", "user@host", "x" * 10 + ":port"):
        url = docs_url(any_house, ("host", host))
        assert url == "http://127.0.0.1:8000/api/docs.jsonld"


def test_forwarding_headers_of_strangers_count_for_nothing(any_house: House, new_house: Callable[..., House]) -> None:
    assert docs_url(any_house, *PROXIED) == "http://carnet.example/api/docs.jsonld"
    house = new_house(trusted_proxies=(ip_network("10.0.0.0/8"),))
    assert docs_url(house, *PROXIED, client="192.0.2.1") == "http://carnet.example/api/docs.jsonld"


def test_forwarding_headers_of_trusted_proxies_count(new_house: Callable[..., House]) -> None:
    house = new_house(trusted_proxies=(ip_network("10.0.0.0/8"), ip_network("::1/128")))
    for client in ("10.1.2.3", "::1"):
        assert docs_url(house, *PROXIED, client=client) == "https://crm.example/api/docs.jsonld"
        assert docs_url(house, client=client) == "http://carnet.example/api/docs.jsonld"
        only_scheme = docs_url(house, ("x-forwarded-proto", "https"), client=client)
        assert only_scheme == "https://carnet.example/api/docs.jsonld"
        odd = docs_url(house, ("x-forwarded-proto", "javascript"), ("x-forwarded-host", 'a">b'), client=client)
        assert odd == "http://127.0.0.1:8000/api/docs.jsonld"


def test_the_public_url_beats_everything(new_house: Callable[..., House]) -> None:
    for url in ("https://carnet.example", "https://carnet.example:8443", "https://example.org/crm"):
        house = new_house(public_url=url, trusted_proxies=(ip_network("127.0.0.0/8"),))
        assert docs_url(house, *PROXIED, ("host", "inside:8000")) == f"{url}/api/docs.jsonld"
