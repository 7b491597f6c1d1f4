"""What other tongues make of a task, and what an edit here leaves alone (specification, section 6.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import deals, tags, tasks
from carnet.core.deals import DealDraft
from carnet.core.tasks import Kind, Priority, Status, Task, TaskChanges, TaskDraft, Type
from tests.conftest import NOW
from tests.monica.test_tasks import is_now
from tests.monica.things import call, data, each, listed, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

OTHERS = sorted(set(Status) - {Status.COMPLETED})


def full_of_things(person: Person, status: Status = Status.OPEN) -> Task:
    """A task with everything that Monica has no word for."""
    contact = person.post("/api/contacts", {"name": "Inès Aubry"}).json()["id"]
    tag = person.does(tags.find_or_create, "urgent")
    deal = person.does(deals.create, DealDraft(title="A table"))
    draft = TaskDraft(
        title="Bring it back",
        contact_id=contact,
        deal_id=deal.id,
        assignee_id=person.user.id,
        description="The blue one",
        type=Type.MEETING,
        kind=Kind.RECONTACT,
        status=status,
        priority=Priority.URGENT,
        starts_at=NOW,
        due_at=NOW.replace(day=20),
        payload={"a": [1, {"b": None}]},
        tag_ids=[tag.id],
        extras={"ysuite": {"color": "red"}, "monica": {"x": 1}},
    )
    task: Task = person.does(tasks.create, draft)
    return task


def kept(person: Person, task: Task) -> dict[str, Any]:
    """The fields of the record that Monica may not touch."""
    now = person.sees(tasks.get, task.id)
    mine = {"title", "description", "status", "completed_at", "version", "updated_at"}
    return {name: getattr(now, name) for name in Task.__struct_fields__ if name not in mine}


@pytest.mark.parametrize("status", list(Status))
def test_completed_and_every_other_status(house: House, status: Status) -> None:
    full_of_things(house.alice, status)
    task = shown(house.alice, "/tasks/1")
    assert task["completed"] is (status is Status.COMPLETED)
    assert (task["completed_at"] is not None) is task["completed"]
    assert each(house.alice, "/tasks?completed=0") == ([] if task["completed"] else [1])


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("completed", [True, False])
def test_an_edit_leaves_alone_what_it_has_no_word_for(house: House, status: Status, *, completed: bool) -> None:
    task = full_of_things(house.alice, status)
    before = kept(house.alice, task)
    put(house.alice, "/tasks/1", title="Bring it back today", completed=completed)
    assert kept(house.alice, task) == before
    after = house.alice.sees(tasks.get, task.id)
    assert (after.title, after.description) == ("Bring it back today", "The blue one")


@pytest.mark.parametrize("status", OTHERS)
def test_completed_on_any_other_status_completes_it(house: House, status: Status) -> None:
    task = full_of_things(house.alice, status)
    assert is_now(put(house.alice, "/tasks/1", title="x", completed=True)["completed_at"])
    assert house.alice.sees(tasks.get, task.id).status is Status.COMPLETED


@pytest.mark.parametrize("status", OTHERS)
def test_not_completed_leaves_any_other_status(house: House, status: Status) -> None:
    task = full_of_things(house.alice, status)
    for given in ({}, {"completed_at": "1970-03-03"}):
        assert put(house.alice, "/tasks/1", title="x", completed=False, **given)["completed"] is False
    after = house.alice.sees(tasks.get, task.id)
    assert (after.status, after.completed_at) == (status, None)


def test_not_completed_reopens_what_was_completed(house: House) -> None:
    task = full_of_things(house.alice, Status.COMPLETED)
    put(house.alice, "/tasks/1", title="x", completed=False)
    after = house.alice.sees(tasks.get, task.id)
    assert (after.status, after.completed_at) == (Status.OPEN, None)


def test_a_task_that_nothing_changes_is_no_new_version(house: House) -> None:
    task = full_of_things(house.alice, Status.COMPLETED)
    sent = {"title": task.title, "completed": True, "description": task.description, "contact_id": 1}
    before = house.alice.sees(tasks.get, task.id)
    put(house.alice, "/tasks/1", **sent)
    assert house.alice.sees(tasks.get, task.id) == before


def test_a_task_made_here_has_the_defaults_of_the_core(house: House) -> None:
    contact = made(house.alice, "/contacts")
    uuid = made(house.alice, "/tasks", contact_id=1)["uuid"]
    task = house.alice.sees(tasks.get, uuid)
    assert (task.status, task.priority, task.type, task.kind) == (Status.OPEN, Priority.NONE, Type.OTHER, Kind.MANUAL)
    assert (task.due_at, task.starts_at, task.assignee_id, task.payload, task.all_day) == (
        None,
        None,
        None,
        None,
        False,
    )
    assert (task.contact_id, task.company_id, task.deal_id) == (contact["uuid"], None, None)


def test_of_a_company_or_a_deal_it_is_shown_without_a_contact(house: House) -> None:
    company = house.alice.post("/api/companies", {"name": "Halden"}).json()["id"]
    deal = house.alice.does(deals.create, DealDraft(title="A table"))
    house.alice.does(tasks.create, TaskDraft(title="of a company", company_id=company))
    house.alice.does(tasks.create, TaskDraft(title="of a deal", deal_id=deal.id))
    assert each(house.alice, "/tasks", "contact") == [None, None]
    assert put(house.alice, "/tasks/1", title="x", completed=1)["contact"] is None
    assert house.alice.sees(tasks.get, shown(house.alice, "/tasks/1")["uuid"]).company_id == company


def test_an_empty_description_of_another_tongue_is_null(house: House) -> None:
    task = full_of_things(house.alice)
    house.alice.does(tasks.change, task.id, TaskChanges(description=""))
    assert shown(house.alice, "/tasks/1")["description"] is None


def test_what_one_side_does_the_other_sees_at_once(house: House) -> None:
    contact = house.alice.post("/api/contacts", {"name": "Inès Aubry"}).json()["@id"]
    body = {"title": "Send the samples", "dueDate": "2026-02-10T13:30:00Z", "contact": contact}
    there = house.alice.post("/api/contact_tasks", body).json()["@id"]
    (task,) = listed(house.alice, "/tasks")["data"]
    assert (task["title"], task["completed"]) == ("Send the samples", False)
    put(house.alice, "/tasks/1", title="Send all samples", completed=True)
    seen = house.alice.get(there).json()
    assert (seen["title"], seen["completed"], seen["status"]) == ("Send all samples", True, "completed")
    assert seen["dueDate"] == "2026-02-10T13:30:00+00:00"
    house.alice.patch(there, {"completed": False}, headers={"content-type": "application/merge-patch+json"})
    assert shown(house.alice, "/tasks/1")["completed"] is False
    data(call(house.alice, "POST", "/tasks", {"title": "Mine"}))
    assert house.alice.get("/api/contact_tasks").json()["hydra:totalItems"] == 2
    house.alice.delete(there)
    assert each(house.alice, "/tasks", "title") == ["Mine"]
