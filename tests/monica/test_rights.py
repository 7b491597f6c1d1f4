"""Every operation has a right, and whoever lacks it does nothing (specification, sections 2 and 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import tokens, workspaces
from carnet.core.permissions import Right
from carnet.dialects.monica.operations import OPERATIONS
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.monica.things import API, call, data, first, furnished, listed, made, path_of, refusal, shown, sound

if TYPE_CHECKING:
    import httpx

    from carnet.http.operations import Operation
    from tests.conftest import House, Person

GUARDED = [operation for operation in OPERATIONS if operation.right is not None]
DENIED = (403, "Not authorized", 42)
NOUNS = {
    "contacts": ("contacts", "genders", "me", "", "contactfieldtypes"),
    "companies": ("companies",),
    "tasks": ("tasks", "task"),
    "notes": ("notes",),
    "tags": ("tags",),
    "reminders": ("reminders",),
    "activities": ("calls", "activities", "activitytypes", "activitytypecategories"),
    "journal": ("journal",),
}
"""Which paths each noun's rights are for; a list under a contact or a tag is of what it lists."""
MORE = {"setTagsOfContact": {"tags:read", "tags:write"}}
"""What an operation needs beside its own right: here it makes tags."""


def with_scopes(house: House, *scopes: str, person: Person | None = None) -> dict[str, str]:
    """The header of a token of somebody's with these scopes."""
    user = (person or house.alice).user
    new = house.store.write_now(workspaces.ALL, tokens.create, user, [house.main], name="x", scopes=scopes, now=NOW)
    return {"authorization": f"Bearer {new.bearer}"}


def ask(house: House, operation: Operation, headers: dict[str, str]) -> httpx.Response:
    """Ask an operation of a record that is there, with a body that is sound."""
    body = sound(house.alice, operation)
    return call(house.alice, operation.method, path_of(operation), body, headers=headers)


def test_the_right_is_that_of_what_is_read_or_written() -> None:
    for operation in GUARDED:
        assert operation.right is not None
        noun, verb = operation.right.value.split(":")
        assert verb == ("read" if operation.method == "GET" else "write"), operation.name
        last = operation.path.rpartition("/{id}/")[2] if operation.about.kind == "list" else operation.path[1:]
        assert last.strip("/").partition("/")[0] in NOUNS[noun], operation.name


def test_without_its_scope_a_token_is_denied(house: House, subtests: pytest.Subtests) -> None:
    every = {right.value for right in Right}
    for operation in GUARDED:
        assert operation.right is not None
        right = operation.right.value
        furnished(house.alice)
        with subtests.test(operation.name):
            without = with_scopes(house, *(every - {right}))
            body = sound(house.alice, operation)
            with untouched(house):
                answer = call(house.alice, operation.method, path_of(operation), body, headers=without)
                assert refusal(answer) == DENIED
            needed = {right, right.replace(":write", ":read"), *MORE.get(operation.name, ())}
            path = path_of(operation, str(_last(house.alice, operation)))
            answer = call(house.alice, operation.method, path, body, headers=with_scopes(house, *needed))
            assert answer.status_code == operation.status, answer.text


def _last(person: Person, operation: Operation) -> int | str:
    """The record of an operation's kind that was made last, so that none needs one that is gone."""
    path = operation.path.partition("/{id}")[0]
    if "{id}" not in operation.path or operation.method != "DELETE":
        return first(operation.path)
    number: int = max(record["id"] for record in listed(person, f"{path}?limit=100&sort=-created_at")["data"])
    return number


@pytest.mark.parametrize("who", ["a reader", "a reading token", "a writing token of a reader", "none"])
def test_who_may_not_write_writes_nothing(house: House, who: str) -> None:
    furnished(house.alice)
    headers = {
        "a reader": {"authorization": f"Bearer {house.rita.token.bearer}"},
        "a reading token": with_scopes(house, "read"),
        "a writing token of a reader": with_scopes(house, "read", "write", person=house.rita),
        "none": with_scopes(house),
    }[who]
    bodies = {operation.name: sound(house.alice, operation) for operation in GUARDED}
    with untouched(house):
        for operation in GUARDED:
            answer = call(house.alice, operation.method, path_of(operation), bodies[operation.name], headers=headers)
            if operation.method == "GET" and who != "none":
                assert answer.status_code == 200, operation.name
            else:
                assert refusal(answer) == DENIED, operation.name


@pytest.mark.parametrize("refused", ["revoked", "expired"])
def test_a_dead_token_is_refused_by_every_operation(any_house: House, refused: str) -> None:
    store, user, reach = any_house.store, any_house.alice.user, [any_house.main]
    ends = NOW if refused == "expired" else None
    token = store.write_now(workspaces.ALL, tokens.create, user, reach, name="x", expires_at=ends, now=NOW)
    if refused == "revoked":
        store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    for operation in GUARDED:
        headers = {"authorization": f"Bearer {token.bearer}"}
        answer = any_house.request(operation.method, API + path_of(operation), headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"message": "Unauthenticated."})


def test_who_may_not_read_contacts_learns_nothing_of_them(house: House) -> None:
    furnished(house.alice)
    headers = with_scopes(house, "tasks:read", "tasks:write", "notes:read")
    for path in ("/tasks", "/notes", "/contacts/1/tasks"):
        answer = call(house.alice, "GET", path, headers=headers)
        assert "Jim" not in answer.text
        assert [record["contact"] for record in answer.json()["data"]] == [None]
    task = data(call(house.alice, "PUT", "/tasks/1", {"title": "x", "completed": 0, "contact_id": 1}, headers=headers))
    assert task["contact"] is None
    assert shown(house.alice, "/tasks/1")["contact"]["id"] == 1


def test_who_may_read_contacts_alone_counts_nothing_else(house: House) -> None:
    furnished(house.alice)
    made(house.alice, "/notes", contact_id=1)
    headers = with_scopes(house, "contacts:read")
    answer = call(house.alice, "GET", "/contacts/1?with=contactfields", headers=headers)
    contact = data(answer)
    assert set(contact["statistics"].values()) == {0}
    assert (contact["notes"], contact["last_called"]) == ([], None)
    assert [tag["name"] for tag in contact["tags"]] == ["neighbour"]


def test_tags_are_put_on_but_not_made_without_the_right_to_make_them(house: House) -> None:
    furnished(house.alice)
    headers = with_scopes(house, "contacts:read", "contacts:write", "tags:read")
    path = "/contacts/1/setTags"
    assert call(house.alice, "POST", path, {"tags": ["Neighbour"]}, headers=headers).status_code == 200
    with untouched(house):
        assert refusal(call(house.alice, "POST", path, {"tags": ["new"]}, headers=headers)) == DENIED
