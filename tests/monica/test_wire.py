"""Base path, slashes, aliases, verbs, ids and formats (specification, section 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core.identity import as_id
from carnet.dialects.monica.operations import OPERATIONS
from tests.monica.things import (
    API,
    HOST,
    MOMENT,
    NOT_FOUND,
    call,
    data,
    each,
    furnished,
    listed,
    made,
    path_of,
    put,
    refusal,
    shown,
    within,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person

ON_ITEMS = [operation for operation in OPERATIONS if "{id}" in operation.path]


@pytest.mark.parametrize("path", ["/tasks", "/tasks/1", "/contacts", "/me", "", "/genders"])
def test_the_doubled_base_is_served_as_the_base(anyone: Person, path: str) -> None:
    furnished(anyone)
    once, twice = call(anyone, "GET", path), call(anyone, "GET", "/api" + path)
    assert (twice.status_code, twice.json()) == (once.status_code, once.json())
    assert once.status_code == 200


@pytest.mark.parametrize("path", ["/apis", "/apitasks", "/api/api/tasks", "/tasks//", "//tasks", "/tasks/1/"])
def test_no_more_is_folded_than_one_api_and_one_slash(anyone: Person, path: str) -> None:
    furnished(anyone)
    assert call(anyone, "GET", path).status_code == (200 if path == "/tasks/1/" else 404)


def test_every_path_works_with_a_slash_at_its_end_and_never_redirects(anyone: Person) -> None:
    furnished(anyone)
    for operation in OPERATIONS:
        path = API + path_of(operation, "987654")
        bare, slashed = (anyone.request(operation.method, path + slash) for slash in ("", "/"))
        assert slashed.status_code == bare.status_code, operation.name
        assert not 300 <= slashed.status_code < 400
        assert "location" not in slashed.headers
        if bare.headers["content-type"] == "application/json":
            assert slashed.json() == bare.json(), operation.name


@pytest.mark.parametrize("path", ["/tasks", "/tasks/", "/task", "/task/", "/api/task/"])
def test_a_task_is_made_at_each_of_its_paths(anyone: Person, path: str) -> None:
    assert data(call(anyone, "POST", path, {"title": "Bring back the table"}))["title"] == "Bring back the table"
    assert each(anyone, "/tasks") == [1]


def test_put_and_patch_are_one(anyone: Person) -> None:
    furnished(anyone)
    puts = {operation.path: operation for operation in OPERATIONS if operation.method == "PUT"}
    patches = {operation.path: operation for operation in OPERATIONS if operation.method == "PATCH"}
    assert patches.keys() == puts.keys()
    for path, operation in patches.items():
        assert operation.about == puts[path].about
    for method in ("PUT", "PATCH"):
        sent = {"title": method, "completed": False}
        assert data(call(anyone, method, "/tasks/1", sent))["title"] == method
        assert refusal(call(anyone, method, "/tasks/1", {"title": "x"}))[1] == ["The completed field is required."]


def test_head_answers_wherever_get_does(anyone: Person) -> None:
    furnished(anyone)
    for operation in OPERATIONS:
        if operation.method == "GET":
            path = API + path_of(operation)
            read, asked = anyone.get(path), anyone.request("HEAD", path)
            assert (asked.status_code, asked.content) == (200, b""), operation.name
            assert asked.headers["content-length"] == read.headers["content-length"]


def test_ids_count_up_and_are_never_given_again(house: House) -> None:
    assert [made(house.alice, "/tasks")["id"] for _ in range(3)] == [1, 2, 3]
    call(house.alice, "DELETE", "/tasks/3")
    assert made(house.alice, "/tasks")["id"] == 4
    assert made(house.mallory, "/tasks")["id"] == 1


def test_contacts_share_their_numbers_with_companies(anyone: Person) -> None:
    assert made(anyone, "/contacts")["id"] == 1
    anyone.post("/api/companies", {"name": "Halden"})
    assert made(anyone, "/contacts")["id"] == 3
    assert refusal(call(anyone, "GET", "/contacts/2")) == NOT_FOUND


def test_a_uuid_is_the_id_that_the_other_tongue_shows(house: House) -> None:
    contact = made(house.alice, "/contacts")
    task = made(house.alice, "/tasks", contact_id=contact["id"])
    assert house.alice.get(f"/api/contacts/{contact['uuid']}").json()["name"] == "Jim Helpert"
    there = house.alice.get(f"/api/contact_tasks/{task['uuid']}").json()
    assert (there["title"], there["contact"]) == ("Bring back the table", f"/api/contacts/{contact['uuid']}")


LISTS = sorted({path_of(operation) for operation in OPERATIONS if operation.about.kind == "list"})


@pytest.mark.parametrize("path", [*LISTS, "/contacts?with=contactfields"])
def test_every_record_has_an_id_a_uuid_an_account_and_moments(house: House, path: str) -> None:
    furnished(house.alice)
    furnished(house.mallory)
    for person, workspace in ((house.alice, house.main), (house.mallory, house.other)):
        page = listed(person, path)
        assert page["data"], path
        item = "/" + path.partition("?")[0].rpartition("/")[2]
        for record in page["data"]:
            _is_whole(record, workspace.id)
            assert shown(person, f"{item}/{record['id']}")["id"] == record["id"]


DAYS = {"happened_at"}
"""What is shown as a day."""


def _is_whole(record: dict[str, Any], workspace_id: int) -> None:
    found = [inner for inner in within(record) if "object" in inner]
    assert record in found
    for inner in found:
        assert type(inner["id"]) is int
        assert inner["id"] > 0
        assert as_id(inner["uuid"]) == inner["uuid"]
        assert inner["account"] == {"id": workspace_id}
    for inner in within(record):
        for name, value in inner.items():
            if name.endswith("_at") and value is not None and name not in DAYS:
                assert MOMENT.fullmatch(value), (name, value)
    assert {"created_at", "updated_at"} <= record.keys()


def test_answers_are_json_that_nobody_keeps(anyone: Person) -> None:
    for path, accept in (("/tasks", "text/html"), ("/foo", "*/*"), ("/tasks/1", "image/png"), ("/me", "")):
        answer = call(anyone, "GET", path, headers={"accept": accept})
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-cache, private"


def test_text_is_shown_as_it_was_given(house: House) -> None:
    text = 'É <b>ß</b> &amp; "q" \\ / \u2028 é 🙂 \x7f'
    task = made(house.alice, "/tasks", title=text, description=text)
    assert (task["title"], task["description"]) == (text, text)
    assert shown(house.alice, f"/tasks/{task['id']}")["description"] == text


HUGE = ["9223372036854775807", "9223372036854775808", "1" + "0" * 30, "9" * 5_000]


@pytest.mark.parametrize("number", ["abc", "0", "-1", "1.0", "1e1", "01", "+1", "%31%00", "٣", "²", "null", *HUGE])
def test_what_is_no_positive_integer_names_nothing(house: House, number: str) -> None:
    furnished(house.alice)
    for operation in ON_ITEMS:
        answer = call(house.alice, operation.method, path_of(operation, number))
        assert refusal(answer) == NOT_FOUND, operation.name


def test_a_delete_names_the_integer_that_is_gone(house: House) -> None:
    furnished(house.alice)
    paths = {path_of(operation) for operation in OPERATIONS if operation.method == "DELETE"}
    for path in sorted(paths, key="/contacts/1".__eq__):  # the contact last: it takes others with it
        answer = call(house.alice, "DELETE", path)
        assert (answer.status_code, answer.json()) == (200, {"deleted": True, "id": int(path.rpartition("/")[2])})
        assert type(answer.json()["id"]) is int
        assert refusal(call(house.alice, "DELETE", path)) == NOT_FOUND
        assert refusal(call(house.alice, "GET", path)) == NOT_FOUND


def test_moments_of_other_tongues_are_shown_in_whole_seconds_of_utc(house: House) -> None:
    body = {"title": "x", "dueDate": "2026-02-10T13:30:00+02:00", "status": "completed"}
    contact = house.alice.post("/api/contacts", {"name": "Inès"}).json()["@id"]
    house.alice.post("/api/contact_tasks", {**body, "contact": contact})
    (task,) = listed(house.alice, "/tasks")["data"]
    for name in ("completed_at", "created_at", "updated_at"):
        assert MOMENT.fullmatch(task[name])
    later = put(house.alice, "/tasks/1", title="x", completed=True, completed_at="2026-02-10T13:30:00.987+02:00")
    assert later["completed_at"] == "2026-02-10T11:30:00Z"
    assert HOST in later["contact"]["url"]
