"""Envelopes, status codes and words of errors (specification, sections 1 and 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core.errors import CarnetError, Fault, InvalidError, NoSuchReferenceError
from carnet.dialects.ysuite.errors import TEXTS, WORDS, RefusedError, say
from carnet.http.messages import Request
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.hydra.dump import untouched
from tests.ysuite.client import Client, answered, errors, fields, only_data, refused
from tests.ysuite.things import START, company, deal, lead, person, task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import House

LISTS = ("/tasks", "/contacts", "/deals", "/leads", "/pipelines", "/users", "/tags")
ITEMS = {"/tasks": "Task", "/contacts": "Contact", "/deals": "Deal", "/leads": "Lead"}
NO_IDS = (
    *("0", "-1", "1.0", "1e0", "x", "7x", "null", "undefined", "true", "%20", "%00", "%FF", "é", "+1", "*", "0x1"),
    *("\u0661", "1,2", "9" * 19, "9" * 400, "9" * 5_000, str(2**63), str(2**64), "'", "%25", "1%2F2"[:1] + "%3B"),
)


def test_success_is_always_200_and_in_its_envelope(client: Client) -> None:
    cstid, deal_id, activity_id = person(client), deal(client), task(client)
    made = client.post("/contacts", {"cstname": "x", "contact_type": 1})
    assert list(answered(made)) == ["success", "message", "data"]
    for path in (f"/contacts/{cstid}", f"/deals/{deal_id}", f"/tasks/{activity_id}", f"/leads/{lead(client)}"):
        data = only_data(client.get(path))
        assert "data" not in data
        assert all(not isinstance(value, dict) for value in data.values())
    changed = answered(client.put(f"/contacts/{cstid}", {"cstname": "y"}))
    assert list(changed) == ["success", "message", "data"]
    assert changed["data"] == client.read(f"/contacts/{cstid}")
    gone = answered(client.delete(f"/contacts/{cstid}"))
    assert list(gone) == ["success", "message"]
    for path in LISTS:
        client.page(path)


@pytest.mark.parametrize("path", LISTS)
def test_get_has_a_head(anyone: Client, path: str) -> None:
    answer = anyone.request("HEAD", path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("path", "noun"), ITEMS.items())
def test_what_is_not_there_is_a_400(client: Client, path: str, noun: str) -> None:
    not_found = (400, f"{noun} not found.")
    methods = ("GET",) if noun == "Lead" else ("GET", "PUT", "DELETE")
    with untouched(client.house):
        for number in ("1", "999", *NO_IDS):
            for method in methods:
                answer = client.request(method, f"{path}/{number}", content=b"{}")
                assert refused(answer) == not_found, number


def test_a_deleted_record_is_not_there_any_more(client: Client) -> None:
    for path, number, noun in (
        ("/tasks", task(client), "Task"),
        ("/contacts", person(client), "Contact"),
        ("/contacts", company(client), "Contact"),
        ("/contacts", lead(client), "Contact"),
        ("/deals", deal(client), "Deal"),
    ):
        answered(client.delete(f"{path}/{number}"))
        for method in ("GET", "PUT", "DELETE"):
            assert refused(client.request(method, f"{path}/{number}", {})) == (400, f"{noun} not found.")


def test_a_body_that_is_no_json_object_is_a_400(any_house: House) -> None:
    client = Client(any_house.alice)
    activity_id = task(client)
    broken = (
        *(b"{", b"}", b"nonsense", b"{'title': 'x'}", b'{"title": "x",}', b'{"title": NaN}', b'{"a": Infinity}'),
        *(b'{"title": 01}', b'{"title": "\xff"}', b'{"title": "\\ud800"}', b'{"title": "\t"}', b'{"a":1} x', b"\x00"),
        *(b"title=x&cstid=1", b'{"title": "x"', b"\xef\xbb\xbf{}", '{"title": "é"}'.encode("utf-16"), b"[" * 50_000),
        b'{"a":' * 50_000,
    )
    not_json, no_object = (
        (400, "The request body is not valid JSON."),
        (400, "The request body must be a JSON object."),
    )
    with untouched(any_house):
        for method, path in (("POST", "/tasks"), ("PUT", f"/tasks/{activity_id}"), ("POST", "/leads")):
            for body in broken:
                assert refused(client.request(method, path, content=body)) == not_json, body[:20]
            for body in (b"[]", b'"x"', b"1", b"null", b"true", b"[{}]", b"1e400"):
                assert refused(client.request(method, path, content=body)) == no_object


def test_a_body_is_json_whatever_type_it_names(anyone: Client) -> None:
    cstid = person(anyone)
    for sent in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", ""):
        body = b'{"title":"x","start_datetime":"%s","cstid":%d}' % (START.encode(), cstid)
        answered(anyone.post("/tasks", content=body, headers={"content-type": sent, "accept": "text/html"}))


def test_an_empty_body_is_an_empty_object(anyone: Client) -> None:
    cstid = person(anyone)
    before = anyone.read(f"/contacts/{cstid}")
    for body in (b"", b"  \n ", b"{}"):
        assert fields(anyone.post("/contacts", content=body)) == {"cstname", "contact_type"}
        assert answered(anyone.put(f"/contacts/{cstid}", content=body))["data"] == before


def test_unknown_fields_and_parameters_are_ignored(anyone: Client) -> None:
    body = {"cstname": "x", "contact_type": 1, "nonsense": {"a": [1]}, "cstid": 77, "": None, "status": "x"}
    cstid = anyone.made("/contacts", body)["cstid"]
    assert cstid == 1
    assert anyone.column("/contacts", "cstid", nonsense="x", page="9", **{"": "", "a[]": "1"}) == [1]


def test_a_parameter_given_empty_is_not_given(anyone: Client) -> None:
    activity_id = task(anyone)
    names: tuple[str, ...] = ("pageIndex", "search", "sortBy", "sortOrder", "status", "priority", "assigned_user_id")
    names = (*names, "due_date_from", "due_date_to", "cstid", "deal_id", "pageSize")
    data = anyone.page("/tasks", **dict.fromkeys(names, ""))
    assert [row["activity_id"] for row in data["data"]] == [activity_id]
    assert data["total_pages"] == 1
    for path, names in (
        ("/contacts", ("type",)),
        ("/deals", ("pipeline_id", "deal_current_stage", "cstid", "deal_owner_id")),
        ("/leads", ("lead_status",)),
    ):
        assert anyone.page(path, **dict.fromkeys(names, " ")) == anyone.page(path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "/",
            "/nothing",
            "/tasks/",
            "/task",
            "/Tasks",
            "/tasks/1/",
            "/tasks/1/x",
            "/tasks//1",
            "//tasks",
            "/v1/tasks",
        ),
        *("/companies", "/users/1", "/tags/1", "/pipelines/1", "/openapi.yaml", "/invoice", "/%2e%2e/api", "/stages"),
    ],
)
def test_an_unknown_path_is_a_404(anyone: Client, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"):
        answer = anyone.request(method, path, follow_redirects=False)
        if method == "HEAD":
            assert answer.status_code == 404
        else:
            assert refused(answer) == (404, "Not found.")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/tasks", "GET, HEAD, POST"),
        ("/tasks/1", "DELETE, GET, HEAD, PUT"),
        ("/contacts", "GET, HEAD, POST"),
        ("/contacts/1", "DELETE, GET, HEAD, PUT"),
        ("/deals", "GET, HEAD, POST"),
        ("/deals/1", "DELETE, GET, HEAD, PUT"),
        ("/leads", "GET, HEAD, POST"),
        ("/leads/1", "GET, HEAD"),
        ("/pipelines", "GET, HEAD"),
        ("/users", "GET, HEAD"),
        ("/tags", "GET, HEAD"),
        ("/openapi.json", "GET, HEAD"),
        ("/openapi", "GET, HEAD"),
    ],
)
def test_a_known_path_with_a_verb_it_lacks_is_a_405(anyone: Client, path: str, allowed: str) -> None:
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - set(allowed.split(", ")):
        answer = anyone.request(method, path, content=b"{broken")
        assert refused(answer) == (405, "Method not allowed.")
        assert answer.headers["allow"] == allowed


def test_a_body_beyond_the_limit_is_a_413(anyone: Client) -> None:
    for size in (1024 * 1024 + 1, 5_000_000):
        answer = anyone.post("/tasks", content=b" " * size)
        assert refused(answer) == (413, "The request body is too large.")


def test_a_rate_limit_is_said_with_its_end(new_house: Any) -> None:
    client = Client(new_house(rate_limit=2).alice)
    answered(client.get("/tasks"))
    assert client.get("/nothing").status_code == 404
    answer = client.get("/tasks")
    assert refused(answer) == (429, "Too many requests.")
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_the_published_validation_error(anyone: Client) -> None:
    for body in ({}, {"cstname": ""}, {"cstname": "   "}, {"cstname": None}, {"cstemail": "o@example.com"}):
        answer = anyone.post("/leads", body)
        assert answer.status_code == 422
        assert answer.json() == {
            "success": False,
            "message": "The cstname field is required.",
            "errors": {"cstname": ["Lead name is required."]},
        }


def test_every_failing_field_is_named_at_once_in_the_order_of_the_table(anyone: Client) -> None:
    told = errors(
        anyone.post(
            "/tasks",
            {
                "tags": [1],
                "assigned_user_id": 99,
                "status": 5,
                "priority": "x",
                "cstid": 99,
                "deal_id": [],
                "title": "",
            },
        )
    )
    assert list(told) == [
        "title",
        "start_datetime",
        "deal_id",
        "cstid",
        "priority",
        "status",
        "assigned_user_id",
        "tags",
    ]
    assert told["title"] == "The title field is required."
    assert told["start_datetime"] == "The start_datetime field is required."
    assert told["cstid"] == "The selected cstid does not exist."


def kinds(of: type[Exception]) -> Iterator[type[Exception]]:
    """Every kind of an error."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_there_are_words_for_every_error_and_every_fault() -> None:
    own = {
        kind
        for kind in kinds(CarnetError)
        if kind.__module__.startswith(("carnet.core", "carnet.http", "carnet.dialects.ysuite"))
    }
    assert own - WORDS.keys() == {InvalidError, NoSuchReferenceError, RefusedError}
    assert {StoreUnavailableError, StoreFullError} <= WORDS.keys()
    assert TEXTS.keys() == set(Fault)


def test_an_error_that_nobody_foresaw_says_nothing_of_its_inside() -> None:
    scope = {"method": "GET", "path": "/v1/tasks", "headers": [], "query_string": b""}
    answer = say(RuntimeError("secret"), Request(scope, ""))
    assert (answer.status, answer.body) == (500, b'{"success":false,"message":"Internal server error."}')


@pytest.mark.parametrize(("failure", "status"), [(StoreUnavailableError, 503), (StoreFullError, 507)])
def test_a_database_that_fails_is_a_server_error_without_its_inside(
    anyone: Client, monkeypatch: pytest.MonkeyPatch, failure: type[Exception], status: int
) -> None:
    async def failing(*_: Any, **__: Any) -> None:
        message = "disk I/O error at /var/lib/carnet.db"
        raise failure(message)

    monkeypatch.setattr(anyone.house.store, "write", failing)
    assert refused(anyone.post("/tasks", {})) == (status, "Internal server error.")


def test_a_key_makes_a_create_happen_once(client: Client) -> None:
    key = {"idempotency-key": "abc"}
    body = {"cstname": "Once", "contact_type": 1}
    first = client.post("/contacts", body, headers=key)
    again = client.post("/contacts", body, headers=key)
    assert answered(first) == answered(again)
    assert client.column("/contacts", "cstname") == ["Once"]
    other = client.post("/contacts", {**body, "cstname": "Twice"}, headers=key)
    assert refused(other) == (409, "This Idempotency-Key belongs to another request.")
    assert fields(client.post("/contacts", body, headers={"idempotency-key": ""})) == {"Idempotency-Key"}
