"""Tasks at `/v1/tasks` (specification, section 6)."""

from __future__ import annotations

from typing import Any

import pytest

from carnet.core import notes, tasks
from carnet.core.notes import NoteDraft
from carnet.core.tasks import Status, TaskChanges, Type
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.ysuite.client import Client, answered, errors, fields
from tests.ysuite.things import (
    END,
    START,
    company,
    core_company,
    core_contact,
    core_task,
    deal,
    kept_task,
    lead,
    person,
    tag,
    task,
)

KEYS = [
    *("activity_id", "title", "activity_type", "status", "priority", "start_datetime", "end_datetime", "cstid"),
    *("description", "deal_id", "assigned_user_id", "tags"),
]


def test_the_published_create(client: Client) -> None:
    for _ in range(9):
        person(client)
    for _ in range(14):
        core_task(client)
    assert person(client) == 10
    answer = client.post(
        "/tasks",
        {
            "title": "Follow up with Sarah",
            "start_datetime": START,
            "end_datetime": END,
            "cstid": 10,
            "priority": 3,
            "description": "Discuss contract renewal terms",
        },
    )
    assert answered(answer) == {
        "success": True,
        "message": "Task activity created successfully.",
        "data": {"activity_id": 15, "title": "Follow up with Sarah", "activity_type": "Task"},
    }
    assert client.read("/tasks/15") == {
        "activity_id": 15,
        "title": "Follow up with Sarah",
        "activity_type": "Task",
        "status": 0,
        "priority": 3,
        "start_datetime": START,
        "end_datetime": END,
        "cstid": 10,
        "description": "Discuss contract renewal terms",
        "deal_id": None,
        "assigned_user_id": None,
        "tags": [],
    }


def test_the_published_row(client: Client) -> None:
    activity_id = task(client, "Follow up with Sarah", end_datetime=END, cstid=person(client))
    row = client.rows("/tasks")[0]
    assert list(row) == KEYS
    assert {key: row[key] for key in KEYS[:8]} == {
        "activity_id": activity_id,
        "title": "Follow up with Sarah",
        "activity_type": "Task",
        "status": 0,
        "priority": 2,
        "start_datetime": "2026-07-15T10:00:00",
        "end_datetime": "2026-07-15T11:00:00",
        "cstid": 1,
    }
    assert client.read(f"/tasks/{activity_id}") == row


def test_a_core_task_with_nothing_shows_nulls(client: Client) -> None:
    activity_id = core_task(client).number
    assert client.read(f"/tasks/{activity_id}") == {
        **dict.fromkeys(KEYS),
        "activity_id": activity_id,
        "title": "Send the samples",
        "activity_type": "Task",
        "status": 0,
        "priority": 0,
        "tags": [],
    }


def test_every_link_is_shown_by_its_number(client: Client) -> None:
    cstid, deal_id, vip, big = company(client), deal(client), tag(client, "vip"), tag(client, "big")
    activity_id = task(client, cstid=cstid, deal_id=deal_id, assigned_user_id=2, tags=[big, vip])
    for shown in (client.read(f"/tasks/{activity_id}"), client.rows("/tasks")[0]):
        links = [shown[name] for name in ("cstid", "deal_id", "assigned_user_id", "tags")]
        assert links == [cstid, deal_id, 2, [big, vip]]
    core = kept_task(client, activity_id)
    assert core.assignee_id == client.house.bob.user.id
    assert core.contact_id is None
    assert core.company_id is not None


@pytest.mark.parametrize("sent", ["Meeting", "call", 7, None, [], {"a": 1}, ""])
def test_the_type_of_an_activity_is_task_whatever_is_sent(anyone: Client, sent: Any) -> None:
    cstid = person(anyone)
    body = {"title": "x", "start_datetime": START, "cstid": cstid, "activity_type": sent}
    assert anyone.made("/tasks", body)["activity_type"] == "Task"
    assert anyone.changed("/tasks/1", {"activity_type": sent})["activity_type"] == "Task"
    core = core_task(anyone, type=Type.CALL)
    anyone.changed(f"/tasks/{core.number}", {"activity_type": "Meeting"})
    assert kept_task(anyone, core.number).type is Type.CALL


def test_only_tasks_appear(client: Client) -> None:
    contact = core_contact(client)
    client.person.does(notes.create, NoteDraft(text="a note", contact_id=contact.id))
    assert client.rows("/tasks") == []


def test_a_task_hangs_on_something(client: Client) -> None:
    body = {"title": "x", "start_datetime": START}
    needed = {name: f"The {name} field is required." for name in ("deal_id", "cstid")}
    with untouched(client.house):
        for none in ({}, {"cstid": None}, {"deal_id": None}, {"cstid": None, "deal_id": None}):
            assert errors(client.post("/tasks", {**body, **none})) == needed
        assert fields(client.post("/tasks", {**body, "cstid": 99})) == {"cstid"}
        assert fields(client.post("/tasks", {**body, "cstid": 99, "deal_id": 99})) == {"cstid", "deal_id"}


def test_both_links_are_kept_and_neither_is_filled_in_from_the_other(client: Client) -> None:
    seller, buyer = company(client, "Seller"), company(client, "Buyer")
    deal_id = deal(client, cstid=seller)
    shown = client.read(f"/tasks/{task(client, deal_id=deal_id)}")
    assert (shown["cstid"], shown["deal_id"]) == (None, deal_id)
    shown = client.read(f"/tasks/{task(client, deal_id=deal_id, cstid=buyer)}")
    assert (shown["cstid"], shown["deal_id"]) == (buyer, deal_id)


def test_a_task_may_hang_on_a_person_a_company_or_a_lead(client: Client) -> None:
    for cstid in (person(client), company(client), lead(client)):
        activity_id = task(client, cstid=cstid)
        assert client.read(f"/tasks/{activity_id}")["cstid"] == cstid
        assert client.column("/tasks", "activity_id", cstid=cstid) == [activity_id]


def test_codes_out_of_their_range_are_refused(anyone: Client) -> None:
    cstid = person(anyone)
    activity_id = task(anyone)
    for name in ("status", "priority"):
        for code in (-1, 5, 99, 10**30, "5"):
            body = {"title": "x", "start_datetime": START, "cstid": cstid, name: code}
            assert errors(anyone.post("/tasks", body)) == {name: f"The selected {name} is invalid."}
            assert fields(anyone.put(f"/tasks/{activity_id}", {name: code})) == {name}


def test_completing_sets_the_moment_and_leaving_clears_it(client: Client) -> None:
    activity_id = task(client)
    assert kept_task(client, activity_id).completed_at is None
    client.changed(f"/tasks/{activity_id}", {"status": 2})
    assert kept_task(client, activity_id).completed_at is not None
    client.changed(f"/tasks/{activity_id}", {"status": 3})
    assert kept_task(client, activity_id).completed_at is None
    assert kept_task(client, task(client, status=2)).completed_at is not None


def test_completing_again_leaves_the_moment_as_it_is(client: Client) -> None:
    done = core_task(client, status=Status.COMPLETED, completed_at=NOW)
    client.changed(f"/tasks/{done.number}", {"status": 2, "title": "renamed"})
    assert kept_task(client, done.number).completed_at == NOW


def test_a_put_changes_what_it_names_and_nothing_else(client: Client) -> None:
    cstid, deal_id, vip = person(client), deal(client), tag(client)
    activity_id = task(
        client,
        cstid=cstid,
        deal_id=deal_id,
        end_datetime=END,
        description="old",
        priority=4,
        status=1,
        assigned_user_id=2,
        tags=[vip],
    )
    before = client.read(f"/tasks/{activity_id}")
    other, big = company(client), tag(client, "big")
    for name, value in (
        ("title", "new"),
        ("description", "new"),
        ("priority", 0),
        ("status", 4),
        ("assigned_user_id", 1),
        ("tags", [big]),
        ("start_datetime", "2026-07-15T09:00:00"),
        ("end_datetime", "2026-07-16T09:00:00"),
        ("cstid", other),
        ("deal_id", deal(client)),
    ):
        after = client.changed(f"/tasks/{activity_id}", {name: value})
        assert after == {**before, name: value}, name
        before = after


def test_the_message_of_a_put_and_a_delete(client: Client) -> None:
    activity_id = task(client)
    changed = answered(client.put(f"/tasks/{activity_id}", {}))
    assert changed["message"] == "Task activity updated successfully."
    gone = answered(client.delete(f"/tasks/{activity_id}"))
    assert gone == {"success": True, "message": "Task activity deleted successfully."}
    assert client.rows("/tasks") == []


def test_a_number_is_never_given_twice(client: Client) -> None:
    first = task(client)
    client.delete(f"/tasks/{first}")
    assert task(client) == first + 1


def test_what_another_tongue_set_survives_a_put(client: Client) -> None:
    both = core_task(
        client,
        contact_id=core_contact(client).id,
        company_id=core_company(client).id,
        type=Type.PROPOSAL,
        payload={"a": [1]},
        extras={"monica": {"colour": "red"}},
        due_at=NOW,
    )
    path = f"/tasks/{both.number}"
    whole = client.read(path)
    assert client.changed(path, whole) == whole
    assert kept_task(client, both.number) == both
    client.changed(path, {"title": "renamed", "status": 1, "priority": 4})
    after = kept_task(client, both.number)
    same = ("contact_id", "company_id", "type", "payload", "extras", "due_at", "starts_at", "all_day", "kind")
    assert [getattr(after, name) for name in same] == [getattr(both, name) for name in same]


def test_another_person_takes_the_place_of_the_one_that_is_shown(client: Client) -> None:
    worker, employer = core_contact(client), core_company(client)
    both = core_task(client, contact_id=worker.id, company_id=employer.id)
    path = f"/tasks/{both.number}"
    assert client.read(path)["cstid"] == worker.number
    other, place = person(client, "Other"), company(client, "Place")
    assert client.changed(path, {"cstid": other})["cstid"] == other
    assert kept_task(client, both.number).company_id == employer.id
    assert client.changed(path, {"cstid": place})["cstid"] == place
    assert kept_task(client, both.number).contact_id is None
    assert client.changed(path, {"cstid": other})["cstid"] == other
    assert kept_task(client, both.number).company_id is None


def test_a_link_must_remain(client: Client) -> None:
    cstid, deal_id = person(client), deal(client)
    path = f"/tasks/{task(client, cstid=cstid, deal_id=deal_id)}"
    assert client.changed(path, {"cstid": None})["cstid"] is None
    needed = {"deal_id": "The deal_id field is required.", "cstid": "The cstid field is required."}
    assert errors(client.put(path, {"deal_id": None})) == needed
    shown = client.changed(path, {"deal_id": None, "cstid": cstid})
    assert (shown["cstid"], shown["deal_id"]) == (cstid, None)
    assert errors(client.put(path, {"cstid": None})) == needed
    assert fields(client.put(path, {"cstid": 99})) == {"cstid"}


def test_a_task_that_never_had_a_link_or_a_start_need_not_gain_one(client: Client) -> None:
    path = f"/tasks/{core_task(client).number}"
    assert client.changed(path, {"title": "renamed"})["title"] == "renamed"
    whole = client.read(path)
    assert client.changed(path, {**whole, "description": "x"}) == {**whole, "description": "x"}
    assert fields(client.put(path, {"title": None})) == {"title"}


def test_a_longer_title_from_elsewhere_is_shown_found_and_may_be_sent_back(client: Client) -> None:
    title = "Ünder " + "x" * 300 + " needle"
    path = f"/tasks/{core_task(client, title).number}"
    assert client.read(path)["title"] == title
    assert client.column("/tasks", "title", search="NEEDLE") == [title]
    assert client.changed(path, {"title": title, "status": 1})["title"] == title
    assert fields(client.put(path, {"title": title + "!"})) == {"title"}
    assert client.changed(path, {"title": "short"})["title"] == "short"


def test_a_description_has_no_limit_of_its_own(client: Client) -> None:
    text = "ab " * 300_000
    path = f"/tasks/{task(client, description=text)}"
    assert client.read(path)["description"] == text.strip()
    assert client.rows("/tasks")[0]["description"] == text.strip()


def test_a_task_that_another_tongue_changed_is_shown_as_it_is_now(client: Client) -> None:
    activity_id = task(client)
    core = kept_task(client, activity_id)
    client.person.does(tasks.change, core.id, TaskChanges(title="elsewhere", status=Status.NO_SHOW))
    shown = client.read(f"/tasks/{activity_id}")
    assert (shown["title"], shown["status"]) == ("elsewhere", 4)


def test_filters_by_user_deal_and_contact(client: Client) -> None:
    cstid, deal_id = company(client), deal(client)
    mine = task(client, cstid=cstid, assigned_user_id=1)
    bobs = task(client, deal_id=deal_id, assigned_user_id=2)
    assert client.column("/tasks", "activity_id", assigned_user_id=2) == [bobs]
    assert client.column("/tasks", "activity_id", assigned_user_id=3) == []
    assert client.column("/tasks", "activity_id", deal_id=deal_id) == [bobs]
    assert client.column("/tasks", "activity_id", cstid=cstid) == [mine]
