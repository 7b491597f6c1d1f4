"""Tasks: routes, object, create, update, delete (specification, sections 6.1 to 6.6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tasks
from tests.hydra.dump import untouched
from tests.monica.things import NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

KEYS = [
    "id",
    "uuid",
    "object",
    "title",
    "description",
    "completed",
    "completed_at",
    "account",
    "contact",
    "created_at",
    "updated_at",
]


def is_now(moment: str) -> bool:
    """Whether a moment is of the last minute."""
    return timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(moment) < timedelta(minutes=1)


# ---- the published examples ----


def test_the_published_create(house: House) -> None:
    made(house.alice, "/contacts")
    body = {
        "title": "Bring back the table",
        "description": "I borrowed a table a while ago.",
        "completed": 0,
        "contact_id": 1,
    }
    answer = call(house.alice, "POST", "/task/", body)
    task = data(answer)
    assert (task["title"], task["description"]) == (body["title"], body["description"])
    assert (task["completed"], task["completed_at"], task["contact"]["id"]) == (False, None, 1)


def test_the_published_update(house: House) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks", contact_id=1)
    body = {
        "title": "Bring back the table",
        "description": "I borrowed it.",
        "completed": 1,
        "completed_at": "1970-03-03",
        "contact_id": 1,
    }
    task = put(house.alice, "/tasks/1", **body)
    assert (task["completed"], task["completed_at"]) == (True, "1970-03-03T00:00:00Z")
    assert (task["title"], task["description"], task["contact"]["id"]) == (body["title"], body["description"], 1)
    assert shown(house.alice, "/tasks/1") == task


def test_the_published_delete(house: House) -> None:
    for _ in range(2):
        made(house.alice, "/tasks")
    answer = call(house.alice, "DELETE", "/tasks/2")
    assert (answer.status_code, answer.json()) == (200, {"deleted": True, "id": 2})
    assert refusal(call(house.alice, "DELETE", "/tasks/2")) == NOT_FOUND
    assert each(house.alice, "/tasks") == [1]


# ---- routes and object ----


def test_a_list_and_a_single_record_show_the_same(house: House) -> None:
    made(house.alice, "/contacts")
    for contact_id, completed in ((1, 1), (0, 0), (1, 0)):
        made(house.alice, "/tasks", contact_id=contact_id, completed=completed)
    found = listed(house.alice, "/tasks")["data"]
    assert found == [shown(house.alice, f"/tasks/{number}") for number in (1, 2, 3)]
    assert listed(house.alice, "/contacts/1/tasks")["data"] == [found[0], found[2]]
    for task in found:
        assert list(task) == KEYS
        assert task["object"] == "task"
        assert type(task["completed"]) is bool


def test_the_tasks_of_an_unknown_contact(house: House) -> None:
    made(house.alice, "/contacts")
    house.alice.post("/api/companies", {"name": "Halden"})
    assert each(house.alice, "/contacts/1/tasks") == []
    for number in (2, 3):  # a company, and nobody
        assert refusal(call(house.alice, "GET", f"/contacts/{number}/tasks")) == NOT_FOUND


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_an_unknown_task(house: House, method: str) -> None:
    made(house.alice, "/tasks")
    for body in ({"title": "x", "completed": True}, {}, {"title": 5}):
        assert refusal(call(house.alice, method, "/tasks/2", body)) == NOT_FOUND


# ---- create ----


def test_the_least_task(house: House) -> None:
    answer = call(house.alice, "POST", "/tasks", {"title": "x"})
    assert answer.status_code == 200
    task = answer.json()["data"]
    assert (task["description"], task["completed"], task["completed_at"], task["contact"]) == (None, False, None, None)
    assert is_now(task["created_at"])
    assert task["created_at"] == task["updated_at"]


@pytest.mark.parametrize("nobody", [0, "0", None, ""])
def test_a_task_of_nobody(anyone: Person, nobody: Any) -> None:
    assert made(anyone, "/tasks", contact_id=nobody)["contact"] is None


@pytest.mark.parametrize("completed", [True, 1, "1"])
def test_a_task_born_completed_is_stored_so(house: House, completed: Any) -> None:
    task = made(house.alice, "/tasks", completed=completed)
    assert task["completed"] is True
    assert is_now(task["completed_at"])
    assert made(house.alice, "/tasks", completed=1, completed_at=None)["completed"] is True
    assert each(house.alice, "/tasks?completed=1") == [1, 2]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("1970-03-03", "1970-03-03T00:00:00Z"),
        ("2099-01-01", "2099-01-01T00:00:00Z"),
        ("2026-01-01T01:30:00+02:00", "2025-12-31T23:30:00Z"),
    ],
)
def test_a_given_moment_of_completion_is_kept(house: House, given: str, kept: str) -> None:
    assert made(house.alice, "/tasks", completed=1, completed_at=given)["completed_at"] == kept
    assert shown(house.alice, "/tasks/1")["completed_at"] == kept


@pytest.mark.parametrize(
    "completed", [{"completed": False}, {"completed": 0}, {"completed": "0"}, {}, {"completed": None}]
)
def test_without_completion_a_given_moment_is_dropped(anyone: Person, completed: dict[str, Any]) -> None:
    task = made(anyone, "/tasks", completed_at="1970-03-03", **completed)
    assert (task["completed"], task["completed_at"]) == (False, None)


def test_a_refused_task_leaves_no_trace(house: House) -> None:
    made(house.alice, "/tasks")
    with untouched(house):
        assert refusal(call(house.alice, "POST", "/tasks", {"title": "x", "contact_id": 99})) == NOT_FOUND
        assert invalid(call(house.alice, "POST", "/tasks", {"title": "x", "completed": "maybe"}))
        assert invalid(call(house.alice, "PUT", "/tasks/1", {"title": "y"}))
        assert (
            refusal(call(house.alice, "PUT", "/tasks/1", {"title": "y", "completed": 1, "contact_id": 99})) == NOT_FOUND
        )


# ---- update ----


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_title_and_completed_are_required_also_of_a_patch(anyone: Person, method: str) -> None:
    made(anyone, "/tasks")
    assert invalid(call(anyone, method, "/tasks/1", {})) == [
        "The title field is required.",
        "The completed field is required.",
    ]
    assert invalid(call(anyone, method, "/tasks/1", {"completed": None, "title": "x"})) == [
        "The completed field is required."
    ]


def test_an_absent_description_is_kept_and_an_empty_one_cleared(house: House) -> None:
    made(house.alice, "/tasks", description="Blue, with three legs")
    kept = put(house.alice, "/tasks/1", title="x", completed=1)
    assert kept["description"] == "Blue, with three legs"
    assert put(house.alice, "/tasks/1", title="x", completed=1, description="Green")["description"] == "Green"
    for nothing in (None, "", "  "):
        put(house.alice, "/tasks/1", title="x", completed=1, description="Blue")
        assert put(house.alice, "/tasks/1", title="x", completed=1, description=nothing)["description"] is None


def test_completing_sets_the_moment_and_completing_again_keeps_it(house: House) -> None:
    made(house.alice, "/tasks")
    done = put(house.alice, "/tasks/1", title="x", completed=True)
    assert is_now(done["completed_at"])
    put(house.alice, "/tasks/1", title="x", completed=True, completed_at="1970-03-03")
    for given in ({}, {"completed_at": None}, {"completed_at": ""}):
        again = put(house.alice, "/tasks/1", title="y", completed=True, **given)
        assert again["completed_at"] == "1970-03-03T00:00:00Z"
    moved = put(house.alice, "/tasks/1", title="y", completed=True, completed_at="2099-01-01T10:00:00Z")
    assert moved["completed_at"] == "2099-01-01T10:00:00Z"


def test_reopening_clears_the_moment_and_drops_a_given_one(house: House) -> None:
    made(house.alice, "/tasks", completed=1)
    task = put(house.alice, "/tasks/1", title="x", completed=False, completed_at="1970-03-03")
    assert (task["completed"], task["completed_at"]) == (False, None)
    assert put(house.alice, "/tasks/1", title="x", completed=0)["completed_at"] is None


@pytest.mark.parametrize("named", [{}, {"contact_id": 1}, {"contact_id": "1"}, {"contact_id": 0}, {"contact_id": None}])
def test_a_task_stays_with_its_contact(house: House, named: dict[str, Any]) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks", contact_id=1)
    assert put(house.alice, "/tasks/1", title="x", completed=0, **named)["contact"]["id"] == 1


def test_a_task_cannot_be_moved(house: House) -> None:
    for _ in range(2):
        made(house.alice, "/contacts")
    made(house.alice, "/tasks", contact_id=1)
    before = shown(house.alice, "/tasks/1")
    for number in (2, 3, 99):
        body = {"title": "changed", "completed": 1, "contact_id": number}
        assert refusal(call(house.alice, "PUT", "/tasks/1", body)) == NOT_FOUND
    assert shown(house.alice, "/tasks/1") == before


def test_a_task_of_nobody_is_linked_by_an_update(house: House) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks")
    assert refusal(call(house.alice, "PUT", "/tasks/1", {"title": "x", "completed": 0, "contact_id": 9})) == NOT_FOUND
    assert put(house.alice, "/tasks/1", title="x", completed=0, contact_id=1)["contact"]["id"] == 1
    assert each(house.alice, "/contacts/1/tasks") == [1]


def test_an_update_moves_its_own_moment_only(house: House) -> None:
    task = made(house.alice, "/tasks")
    uuid = task["uuid"]
    after = put(house.alice, "/tasks/1", title="Another", completed=0)
    assert (after["id"], after["uuid"], after["created_at"]) == (1, uuid, task["created_at"])
    assert after["updated_at"] >= task["updated_at"]
    assert is_now(after["updated_at"])


def test_a_longer_title_of_another_tongue_is_shown_whole_and_may_stay(house: House) -> None:
    house.alice.post("/api/contact_tasks", {"title": "x", "dueDate": "2026-02-10", "contact": _contact(house.alice)})
    uuid = shown(house.alice, "/tasks/1")["uuid"]
    long = "é" * 300
    house.alice.does(tasks.change, uuid, tasks.TaskChanges(title=long))
    assert shown(house.alice, "/tasks/1")["title"] == long
    assert put(house.alice, "/tasks/1", title=long, completed=True)["completed"] is True
    sentences = invalid(call(house.alice, "PUT", "/tasks/1", {"title": long + "x", "completed": True}))
    assert sentences == ["The title may not be greater than 255 characters."]


def _contact(person: Person) -> str:
    answer: str = person.post("/api/contacts", {"name": "Inès Aubry"}).json()["@id"]
    return answer
