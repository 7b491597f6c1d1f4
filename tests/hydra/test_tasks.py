"""Tasks (specification, section 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import tasks
from carnet.core.tasks import TaskDraft
from tests.hydra.dump import untouched
from tests.hydra.things import DUE, listed, made, needed
from tests.hydra.wording import CHOICE, NULL, violations

if TYPE_CHECKING:
    import pytest

    from tests.conftest import House, Person

COMPLETED = "completed"


def test_the_examples_of_the_specification(alice: Person) -> None:
    contact = made(alice, "contacts")["@id"]
    body = {
        "contact": contact,
        "title": "Send the samples",
        "type": "follow_up",
        "dueDate": "2026-02-10T14:30:00+01:00",
    }
    answer = alice.post("/api/contact_tasks", body)
    task = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, task["@id"])
    assert task == {
        "@context": "/api/contexts/ContactTask",
        "@id": f"/api/contact_tasks/{task['id']}",
        "@type": "ContactTask",
        "id": task["id"],
        "contact": contact,
        "title": "Send the samples",
        "type": "follow_up",
        "taskKind": "manual",
        "dueDate": "2026-02-10T13:30:00+00:00",
        "completed": False,
        "status": "open",
        "priority": "none",
        "allDay": False,
        "tags": [],
        "createdAt": task["createdAt"],
        "updatedAt": task["createdAt"],
    }
    done = alice.patch(task["@id"], {"completed": True}).json()
    assert (done["completed"], done["completedAt"], done["status"]) == (True, done["updatedAt"], COMPLETED)


def test_a_task_hangs_on_a_contact_or_on_a_company(house: House) -> None:
    alice = house.alice
    company = made(alice, "companies")["@id"]
    task = made(alice, "contact_tasks", company=company)
    assert (task["company"], "contact" in task) == (company, False)
    with untouched(house):
        for nothing in ({}, {"contact": None}, {"contact": ""}, {"contact": "", "company": None}):
            answer = alice.post("/api/contact_tasks", {"title": "x", "dueDate": DUE, **nothing})
            assert violations(answer) == {"contact": NULL}
        for nothing in ({"company": None}, {"company": ""}):
            assert violations(alice.patch(task["@id"], nothing)) == {"contact": NULL}


def test_a_task_may_move_from_a_contact_to_a_company(alice: Person) -> None:
    company, task = made(alice, "companies")["@id"], made(alice, "contact_tasks")
    after = alice.patch(task["@id"], {"contact": None, "company": company}).json()
    assert (after["company"], "contact" in after) == (company, False)


def test_its_kind_is_set_at_birth_and_never_again(alice: Person) -> None:
    task = made(alice, "contact_tasks", taskKind="linkedin_recontact_wizard")
    for later in ("manual", None, "nonsense", 5):
        assert alice.patch(task["@id"], {"taskKind": later}).json()["taskKind"] == "linkedin_recontact_wizard"


def test_a_payload_is_merged(alice: Person) -> None:
    payload = {"a": {"b": 1, "c": [1, {"d": None}], "e": {}}, "f": "x"}
    task = made(alice, "contact_tasks", payload=payload)
    assert task["payload"] == payload
    steps: tuple[tuple[Any, Any], ...] = (
        ({"a": {"b": None, "g": {"h": 1.5}}}, {"a": {"c": [1, {"d": None}], "e": {}, "g": {"h": 1.5}}, "f": "x"}),
        ({"a": {"c": [2]}}, {"a": {"c": [2], "e": {}, "g": {"h": 1.5}}, "f": "x"}),
        ({"a": 7, "f": {"new": {"z": None}}}, {"a": 7, "f": {"new": {}}}),
        ({}, {"a": 7, "f": {"new": {}}}),
        ({"a": None, "f": None}, {}),
    )
    for patch, expected in steps:
        assert alice.patch(task["@id"], {"payload": patch}).json()["payload"] == expected
        assert alice.get(task["@id"]).json()["payload"] == expected
    assert "payload" not in alice.patch(task["@id"], {"payload": None}).json()
    assert alice.patch(task["@id"], {"payload": {"again": True}}).json()["payload"] == {"again": True}


NUMBERS = ["0", "-1", "1.5", "9007199254740993", "1e300", "-9223372036854775808", "123e2"]


def test_numbers_in_a_payload_keep_their_value(house: House, subtests: pytest.Subtests) -> None:
    for number in NUMBERS:
        with subtests.test(number=number):
            _numbers_in_a_payload_keep_their_value(house, number)


def _numbers_in_a_payload_keep_their_value(house: House, number: str) -> None:
    task = made(house.alice, "contact_tasks")["@id"]
    answer = house.alice.patch(task, content=b'{"payload":{"n":' + number.encode() + b"}}")
    assert answer.status_code == 200
    shown = house.alice.get(task)
    if set(number) & {".", "e"}:
        assert float(answer.json()["payload"]["n"]) == float(shown.json()["payload"]["n"]) == float(number)
    else:
        assert answer.json()["payload"]["n"] == shown.json()["payload"]["n"] == int(number)


GIANTS = ["1" + "0" * 400, "-" + "9" * 400, "18446744073709551616", "9" * 5_000]


def test_giants_in_a_payload_break_nothing(house: House, subtests: pytest.Subtests) -> None:
    for number in GIANTS:
        with subtests.test(number=number):
            _giants_in_a_payload_break_nothing(house, number)


def _giants_in_a_payload_break_nothing(house: House, number: str) -> None:
    task = made(house.alice, "contact_tasks")["@id"]
    answer = house.alice.patch(task, content=b'{"payload":{"n":' + number.encode() + b"}}")
    assert answer.status_code in {200, 400, 422}
    shown = house.alice.get(task)
    assert (shown.status_code, house.alice.get("/api/contact_tasks").status_code) == (200, 200)
    if answer.status_code == 200:
        assert answer.json() == shown.json()


def test_completing_sets_the_moment_and_completing_again_leaves_it(alice: Person) -> None:
    task = made(alice, "contact_tasks")
    done = alice.patch(task["@id"], {"completed": True}).json()
    again = alice.patch(task["@id"], {"completed": True, "completedAt": "2020-01-01"}).json()
    assert again == done
    assert alice.patch(task["@id"], {"title": "Another"}).json()["completedAt"] == done["completedAt"]
    reopened = alice.patch(task["@id"], {"completed": False}).json()
    assert (reopened["completed"], reopened["status"], "completedAt" in reopened) == (False, "open", False)


def test_a_task_may_be_born_completed(alice: Person) -> None:
    for born in ({"completed": True}, {"status": COMPLETED}, {"completed": True, "status": COMPLETED}):
        task = made(alice, "contact_tasks", **born)
        assert (task["completed"], task["status"]) == (True, COMPLETED)
        assert task["completedAt"] == task["createdAt"]


OTHERS = ("open", "in_progress", "cancelled", "no_show")


def test_false_leaves_a_status_that_is_not_completed(alice: Person, subtests: pytest.Subtests) -> None:
    for status in OTHERS:
        with subtests.test(status=status):
            _false_leaves_a_status_that_is_not_completed(alice, status)


def _false_leaves_a_status_that_is_not_completed(alice: Person, status: str) -> None:
    task = made(alice, "contact_tasks", status=status)
    assert task["completed"] is False
    assert alice.patch(task["@id"], {"completed": False}).json() == task
    assert alice.patch(task["@id"], {"completed": True}).json()["status"] == COMPLETED
    after = alice.patch(task["@id"], {"status": status}).json()
    assert (after["status"], after["completed"], "completedAt" in after) == (status, False, False)


SHADOWS: list[tuple[str, dict[str, Any], str]] = [
    # What differs from the record counts.
    ("open", {"completed": True, "status": "open"}, COMPLETED),
    ("open", {"completed": False, "status": COMPLETED}, COMPLETED),
    ("cancelled", {"completed": True, "status": "cancelled"}, COMPLETED),
    ("in_progress", {"completed": False, "status": "no_show"}, "no_show"),
    (COMPLETED, {"completed": False, "status": COMPLETED}, "open"),
    (COMPLETED, {"completed": True, "status": "cancelled"}, "cancelled"),
    # Both differ and agree.
    ("open", {"completed": True, "status": COMPLETED}, COMPLETED),
    (COMPLETED, {"completed": False, "status": "in_progress"}, "in_progress"),
    (COMPLETED, {"completed": False, "status": "open"}, "open"),
    # Neither differs.
    ("no_show", {"completed": False, "status": "no_show"}, "no_show"),
    (COMPLETED, {"completed": True, "status": COMPLETED}, COMPLETED),
    # Null is the default.
    (COMPLETED, {"completed": None}, "open"),
    ("no_show", {"status": None}, "open"),
]


def test_completed_is_the_shadow_of_the_status(alice: Person, subtests: pytest.Subtests) -> None:
    for held, sent, expected in SHADOWS:
        with subtests.test(held=held, sent=sent, expected=expected):
            _completed_is_the_shadow_of_the_status(alice, held, sent, expected)


def _completed_is_the_shadow_of_the_status(alice: Person, held: str, sent: dict[str, Any], expected: str) -> None:
    task = made(alice, "contact_tasks", status=held)
    after = alice.patch(task["@id"], sent).json()
    assert (after["status"], after["completed"]) == (expected, expected == COMPLETED)
    assert ("completedAt" in after) == after["completed"]


DISAGREEING = ["in_progress", "cancelled", "no_show"]


def test_a_status_and_a_shadow_that_disagree_are_refused(house: House, subtests: pytest.Subtests) -> None:
    for status in DISAGREEING:
        with subtests.test(status=status):
            _a_status_and_a_shadow_that_disagree_are_refused(house, status)


def _a_status_and_a_shadow_that_disagree_are_refused(house: House, status: str) -> None:
    task = made(house.alice, "contact_tasks")
    body = needed(house.alice, "contact_tasks")
    with untouched(house):
        disagreeing = {"completed": True, "status": status}
        assert violations(house.alice.patch(task["@id"], disagreeing)) == {"status": CHOICE}
        assert violations(house.alice.post("/api/contact_tasks", {**body, **disagreeing})) == {"status": CHOICE}


def test_a_start_after_the_due_date_is_refused(house: House) -> None:
    alice = house.alice
    task = made(alice, "contact_tasks", startDate=DUE)
    body = needed(alice, "contact_tasks")
    with untouched(house):
        late = "2026-02-10T13:30:01Z"
        for answer in (
            alice.post("/api/contact_tasks", {**body, "startDate": late}),
            alice.patch(task["@id"], {"startDate": late}),
            alice.patch(task["@id"], {"dueDate": "2026-02-10T13:29:59Z"}),
        ):
            assert violations(answer).keys() == {"startDate"}
    after = alice.patch(task["@id"], {"startDate": "2026-03-01", "dueDate": "2026-03-02"}).json()
    assert (after["startDate"], after["dueDate"]) == ("2026-03-01T00:00:00+00:00", "2026-03-02T00:00:00+00:00")
    assert "startDate" not in alice.patch(task["@id"], {"startDate": None}).json()


def test_a_task_due_on_a_day_is_due_at_its_midnight(alice: Person) -> None:
    task = made(alice, "contact_tasks", dueDate="2026-02-10T13:30:00Z", allDay=True)
    assert (task["dueDate"], task["allDay"]) == ("2026-02-10T00:00:00+00:00", True)
    steps = (
        ({"dueDate": "2026-02-12"}, "2026-02-12T00:00:00+00:00", True),
        ({"dueDate": "2026-02-13T00:00:00+00:00"}, "2026-02-13T00:00:00+00:00", True),
        ({"title": "Another"}, "2026-02-13T00:00:00+00:00", True),
        ({"dueDate": "2026-02-14T09:00:00Z"}, "2026-02-14T09:00:00+00:00", False),
        ({"allDay": True}, "2026-02-14T00:00:00+00:00", True),
        ({"dueDate": "2026-02-15T09:00:00Z", "allDay": True}, "2026-02-15T00:00:00+00:00", True),
        ({"allDay": False}, "2026-02-15T00:00:00+00:00", False),
        ({"allDay": True}, "2026-02-15T00:00:00+00:00", True),
        ({"allDay": None}, "2026-02-15T00:00:00+00:00", False),
    )
    for sent, due, all_day in steps:
        after = alice.patch(task["@id"], sent).json()
        assert (after["dueDate"], after["allDay"]) == (due, all_day), sent


def test_a_bare_date_alone_makes_no_day_of_it(alice: Person) -> None:
    assert made(alice, "contact_tasks", dueDate="2026-02-10")["allDay"] is False


def test_a_task_of_another_tongue_may_have_neither_date_nor_contact(alice: Person) -> None:
    task = alice.does(tasks.create, TaskDraft(title="Call"))
    path = f"/api/contact_tasks/{task.id}"
    shown = alice.get(path).json()
    assert not {"dueDate", "contact"} & shown.keys()
    for body in ({}, {"dueDate": None}, {"dueDate": None, "contact": None, "title": "Call"}, shown):
        assert alice.patch(path, body).json() == shown
    assert alice.patch(path, {"completed": True}).json()["completed"] is True
    assert alice.patch(path, {"dueDate": DUE}).json()["dueDate"] == DUE
    assert violations(alice.patch(path, {"dueDate": None})) == {"dueDate": NULL}


def test_an_assignee_is_a_member(house: House) -> None:
    for person in (house.alice, house.bob, house.rita):
        task = made(house.alice, "contact_tasks", assignee=person.user.id)
        assert task["assignee"] == f"/api/users/{person.user.id}"
        assert "assignee" not in house.alice.patch(task["@id"], {"assignee": None}).json()


def test_a_deleted_task_is_gone_and_its_contact_stays(alice: Person) -> None:
    task = made(alice, "contact_tasks")
    assert (alice.delete(task["@id"]).status_code, alice.delete(task["@id"]).status_code) == (204, 404)
    assert alice.get(task["contact"]).status_code == 200
    assert listed(alice, "/api/contact_tasks")["hydra:totalItems"] == 0
