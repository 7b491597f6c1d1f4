"""Each row of the specification's table (section 19), in JSON-RPC as it goes over the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tokens, workspaces
from tests.conftest import NOW
from tests.hydra.things import made
from tests.hydra.wire import bearer, send
from tests.mcp.asking import HELLO, asked, error, refused, result, token, used

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.conftest import House, Person

VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize("path", ["/mcp", "/_mcp", "/mcp/"])
def test_both_paths_are_one_server(anyone: Person, path: str) -> None:
    answer = asked(anyone, "initialize", HELLO, path=path, headers=ACCEPT)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert answer.json()["result"]["serverInfo"]["name"] == "carnet"


@pytest.mark.parametrize("version", VERSIONS)
def test_initialize_echoes_the_versions_it_knows(anyone: Person, version: str) -> None:
    answer = asked(anyone, "initialize", {**HELLO, "protocolVersion": version})
    told = answer.json()["result"]
    assert told["protocolVersion"] == version
    assert {"tools", "resources", "prompts"} <= told["capabilities"].keys()
    assert len(answer.headers["mcp-session-id"]) == 32
    assert "ask them" in told["instructions"]


@pytest.mark.parametrize("version", ["2026-07-28", "1999-01-01", "", "x" * 500])
def test_initialize_offers_the_newest_instead_of_others(anyone: Person, version: str) -> None:
    assert result(anyone, "initialize", {**HELLO, "protocolVersion": version})["protocolVersion"] == VERSIONS[-1]


@pytest.mark.parametrize("session", [None, "", "whatever", "0" * 4_000])
@pytest.mark.parametrize("version", [None, VERSIONS[0], "2026-07-28", "nonsense"])
def test_no_session_is_needed_and_any_is_taken(anyone: Person, session: str | None, version: str | None) -> None:
    headers = {"mcp-session-id": session, "mcp-protocol-version": version}
    told = result(anyone, "ping", headers={name: value for name, value in headers.items() if value is not None})
    assert told == {}


def test_a_restart_breaks_no_client(new_house: Callable[..., House]) -> None:
    house = new_house()
    session = asked(house.alice, "initialize", HELLO).headers["mcp-session-id"]
    other = new_house()  # it has the same people, and knows nothing of the first
    assert "contact_list" in asked(other.alice, "tools/list", headers={"mcp-session-id": session}).text


@pytest.mark.parametrize(
    "message",
    [
        {"method": "notifications/initialized"},
        {"method": "notifications/cancelled", "params": {"requestId": 1}},
        {"method": "notifications/nobody/knows", "params": {}},
        {"method": "tools/call", "params": {"name": "contact_create", "arguments": {"name": "Nobody"}}},
        {"id": 1, "result": {}},
        {"id": 1, "error": {"code": 1, "message": "no"}},
    ],
)
def test_what_needs_no_answer_is_accepted_and_does_nothing(anyone: Person, message: dict[str, Any]) -> None:
    answer = anyone.post("/mcp", {"jsonrpc": "2.0", **message})
    assert (answer.status_code, answer.content) == (202, b"")
    assert anyone.get("/api/contacts").json()["hydra:totalItems"] == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH"])
def test_other_methods_are_named_as_not_allowed(anyone: Person, method: str) -> None:
    answer = anyone.request(method, "/mcp", headers={"accept": "text/event-stream"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, OPTIONS, POST")


def test_a_session_that_isnt_there_can_be_deleted(anyone: Person) -> None:
    answer = anyone.delete("/mcp", headers={"mcp-session-id": "any"})
    assert (answer.status_code, answer.content) == (204, b"")


UNKNOWN: list[tuple[str, Any]] = [
    ("server/discover", {}),
    ("logging/setLevel", {"level": "info"}),
    ("completion/complete", {"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "x", "value": "y"}}),
    ("resources/subscribe", {"uri": "carnet://tasks/today"}),
    ("tasks/list", {}),
    ("x" * 9_000, None),
    ("", None),
    ("é\0", None),
]


@pytest.mark.parametrize("version", [{}, {"mcp-protocol-version": "2026-07-28"}])
def test_an_unknown_method_is_an_error_in_an_answer(anyone: Person, version: dict[str, str]) -> None:
    for method, params in UNKNOWN:
        assert error(anyone, method, params, headers=version) == (-32601, "Method not found")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'{"jsonrpc":"2.0","id":1,"method":"ping"',
        b"nonsense",
        b"\xff\xfe",
        b'"\xff"',
        b'"\\ud800"',
        b"NaN",
        b"1e999",
        b"1" * 5_000,
        b"[" * 100_000,
        b'{"a":' * 200 + b"1" + b"}" * 200,
        b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"}',
    ],
)
def test_malformed_json_is_a_parse_error(anyone: Person, body: bytes) -> None:
    answer = anyone.post("/mcp", content=body)
    assert (answer.status_code, answer.json()["error"]["code"], answer.json()["id"]) == (400, -32700, None)


@pytest.mark.parametrize(
    "message",
    [
        1,
        None,
        "ping",
        {},
        [],
        [{"jsonrpc": "2.0", "id": 1, "method": "ping"}],
        {"id": 1, "method": "ping"},
        {"jsonrpc": "1.0", "id": 1, "method": "ping"},
        {"jsonrpc": 2.0, "id": 1, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "method": 5},
        {"jsonrpc": "2.0", "method": None},
        {"jsonrpc": "2.0", "id": None, "method": "ping"},
        {"jsonrpc": "2.0", "id": True, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1.5, "method": "ping"},
        {"jsonrpc": "2.0", "id": {}, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": "x"},
        {"jsonrpc": "2.0", "result": {}},
    ],
)
def test_what_is_no_request_is_an_invalid_one(anyone: Person, message: Any) -> None:
    answer = anyone.post("/mcp", content=json.dumps(message).encode())
    assert (answer.status_code, answer.json()["error"]["code"], answer.json()["id"]) == (400, -32600, None)


@pytest.mark.parametrize("call_id", [0, -1, "", "a\0b", "é" * 1_000, 2**63, 10**40])
def test_an_id_comes_back_as_it_was(anyone: Person, call_id: Any) -> None:
    answer = anyone.post("/mcp", {"jsonrpc": "2.0", "id": call_id, "method": "ping"})
    assert answer.json() == {"jsonrpc": "2.0", "id": call_id, "result": {}}


@pytest.mark.parametrize("params", [{"name": "nothing"}, {"name": "nothing" * 1_000, "arguments": {}}, {"name": ""}])
def test_an_unknown_tool_is_a_protocol_error(anyone: Person, params: Any) -> None:
    code, words = error(anyone, "tools/call", params)
    assert (code, words.startswith("Unknown tool")) == (-32602, True)


@pytest.mark.parametrize(
    "params", [None, {}, {"name": 5}, {"name": None}, {"name": "contact_list", "arguments": []}, {"arguments": {}}]
)
def test_a_call_of_no_tool_is_a_protocol_error(anyone: Person, params: Any) -> None:
    assert error(anyone, "tools/call", params)[0] == -32602


def _unauthenticated(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    if answer.request.method != "HEAD":
        assert answer.json()["error"]["code"] == -32600


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE", "PUT"])
@pytest.mark.parametrize("path", ["/mcp", "/_mcp", "/mcp/elsewhere"])
def test_the_token_is_asked_for_before_all_else(any_house: House, method: str, path: str) -> None:
    for header in ("", "Bearer", "Bearer x", "Bearer x.y", "Basic eDp5", f"Bearer {any_house.alice.token.bearer}z"):
        headers = {"authorization": header} if header else {}
        _unauthenticated(any_house.request(method, path, headers=headers, content=b"{" * 2_000_000))


def test_a_token_never_comes_from_a_query_or_a_cookie(any_house: House) -> None:
    bearer_token = any_house.alice.token.bearer
    headers = {"cookie": f"token={bearer_token}"}
    _unauthenticated(
        any_house.request("POST", f"/mcp?token={bearer_token}&access_token={bearer_token}", headers=headers)
    )


def test_a_revoked_token_is_refused_at_once(any_house: House) -> None:
    made_now = token(any_house.alice, "read")
    options = {"headers": {"authorization": f"Bearer {made_now.bearer}"}}
    assert result(any_house.alice, "ping", **options) == {}
    any_house.store.write_now(workspaces.ALL, tokens.revoke, made_now.id, now=NOW)
    _unauthenticated(asked(any_house.alice, "ping", **options))


def test_the_workspace_is_the_tokens_or_the_one_that_is_named(any_house: House) -> None:
    house, mallory = any_house, any_house.mallory
    both = token(mallory, "read", "write", reach=[house.other])
    made(mallory, "contacts", name="Theirs")
    made(house.alice, "contacts", name="Ours")
    options = {"headers": {"authorization": f"Bearer {both.bearer}", "x-workspace-slug": "other"}}
    assert [each["name"] for each in used(mallory, "contact_list", options)["items"]] == ["Theirs"]
    assert [each["name"] for each in used(house.alice, "contact_list")["items"]] == ["Ours"]
    for slug in ("main", "nowhere", "é", ""):
        headers = [bearer(mallory), ("x-workspace-slug", slug)]
        answer = send(house, "POST", "/mcp", headers=headers, body=[b'{"jsonrpc":"2.0","id":1,"method":"ping"}'])
        assert (answer.status_code, answer.json()["error"]["message"]) == (403, "Access Denied."), slug


def test_bodies_are_limited(anyone: Person) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"x":"%s"}}}'
    room = 1024 * 1024 - len(body) + 2
    assert anyone.post("/mcp", content=body % (b"a" * room)).status_code == 200
    answer = anyone.post("/mcp", content=body % (b"a" * (room + 1)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, -32600)


@pytest.mark.parametrize("accept", ["text/html", "text/event-stream", "application/json;q=0"])
def test_a_client_that_cant_read_json_is_told(anyone: Person, accept: str) -> None:
    assert asked(anyone, "ping", headers={"accept": accept}).status_code == 406


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "application/*", "text/event-stream, application/json"]
)
def test_a_client_that_can_is_answered(anyone: Person, accept: str) -> None:
    assert result(anyone, "ping", headers={"accept": accept}) == {}


def test_a_message_is_sent_as_json_or_as_nothing(anyone: Person) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'
    for kind, status in (("application/json; charset=utf-8", 200), ("text/plain", 415), ("application/xml", 415)):
        assert anyone.post("/mcp", content=body, headers={"content-type": kind}).status_code == status
    assert anyone.post("/mcp", content=body).status_code == 200


def test_any_host_and_any_origin_may_ask(any_house: House) -> None:
    body = [b'{"jsonrpc":"2.0","id":1,"method":"ping"}']
    for host, origin in (("127.0.0.1:8000", "null"), ("crm.example", "https://assistant.example"), ("é", "é")):
        headers = [bearer(any_house.alice), ("host", host), ("origin", origin)]
        answer = send(any_house, "POST", "/mcp", headers=headers, body=body)
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")


def test_a_browser_may_ask_before_it_calls(new_house: Callable[..., House]) -> None:
    answer = new_house().request("OPTIONS", "/mcp", headers={"origin": "https://assistant.example"})
    assert answer.status_code == 204
    assert "Mcp-Session-Id" in answer.headers["access-control-allow-headers"]
    closed = new_house(cors_origins=("https://ours.example",))
    answer = closed.request("OPTIONS", "/mcp", headers={"origin": "https://assistant.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_request_counts_once_and_the_limit_is_shared(new_house: Callable[..., House]) -> None:
    house = new_house(rate_limit=5)
    states = used(house.alice, "pipeline_states_list")
    assert states["total"] == len(states["items"])
    assert house.alice.get("/api/contacts").status_code == 200
    used(house.alice, "contact_list")
    assert "there is no such contact" in refused(house.alice, "contact_get", id=house.alice.user.id)
    result(house.alice, "tools/list")
    answer = asked(house.alice, "ping")
    assert (answer.status_code, 1 <= int(answer.headers["retry-after"]) <= 60) == (429, True)
    assert house.alice.get("/api/contacts").status_code == 429
    assert result(house.bob, "ping") == {}
