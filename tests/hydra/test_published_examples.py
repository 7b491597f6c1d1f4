"""What LetsLigo publishes, word for word (specification, section 17): every published call and answer.

Answers may hold more keys than are published, never fewer or others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, pipelines, tasks
from tests.hydra.things import listed, names

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.conftest import House, Person

CONTACT = "123e4567-e89b-12d3-a456-426614174000"
STATE = "223e4567-e89b-12d3-a456-426614174000"
TASK = "323e4567-e89b-12d3-a456-426614174000"
ACCEPT = {"accept": "application/json"}

TASKS = {
    "@context": "/api/contexts/ContactTask",
    "@id": "/api/contact_tasks",
    "@type": "hydra:Collection",
    "hydra:member": [
        {
            "@id": "/api/contact_tasks/323e4567-e89b-12d3-a456-426614174000",
            "@type": "ContactTask",
            "title": "Appeler pour suivi",
            "type": "call",
            "dueDate": "2025-03-20T10:00:00+00:00",
            "completed": False,
            "contact": "/api/contacts/123e4567-e89b-12d3-a456-426614174000",
        }
    ],
    "hydra:totalItems": 1,
}
ONE_TASK = {
    "@context": "/api/contexts/ContactTask",
    "@id": "/api/contact_tasks/323e4567-e89b-12d3-a456-426614174000",
    "@type": "ContactTask",
    "title": "Appeler pour suivi",
    "type": "call",
    "description": "Relance après meeting salon",
    "dueDate": "2025-03-20T10:00:00+00:00",
    "completed": False,
    "contact": "/api/contacts/123e4567-e89b-12d3-a456-426614174000",
}
MOVED = {
    "id": "123e4567-e89b-12d3-a456-426614174000",
    "name": "Marie Dubois",
    "company": "Acme Corp",
    "status": "pending",
    "pipelineState": {"id": "223e4567-e89b-12d3-a456-426614174000", "name": "Nouveau contact"},
}
NEW_CONTACT = {
    "name": "Marie Dubois",
    "emails": ["marie.dubois@acme.example", "m.dubois@mail.example"],
    "company": "Acme Corp",
}
CHANGED_CONTACT = {
    "company": "Acme Corp",
    "position": "Directrice",
    "phones": ["+33 6 00 00 00 00", "+33 1 00 00 00 00"],
}


def as_published(person: Person, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
    """A call as it is published: JSON is asked for, and the answer says that it is JSON."""
    options: dict[str, Any] = {"json": body} if body is not None else {}
    answer = person.request(method, path, headers=ACCEPT, **options)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return answer


@pytest.fixture
def marie(alice: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Alice, with the published contact, state and task under their published ids."""
    for module, record_id in ((contacts, CONTACT), (pipelines, STATE), (tasks, TASK)):
        monkeypatch.setattr(module, "new_id", lambda record_id=record_id: record_id)
    assert as_published(alice, "POST", "/api/contacts", NEW_CONTACT).status_code == 201
    alice.post("/api/pipeline_states", {"name": "Nouveau contact", "position": 0})
    task = {name: value for name, value in ONE_TASK.items() if not name.startswith("@")}
    assert alice.post("/api/contact_tasks", task).status_code == 201
    return alice


def assert_holds(shown: Any, published: Any) -> None:
    """Hold that everything published is shown, with its name, its type and its value."""
    if isinstance(published, dict):
        for name, value in published.items():
            assert name in shown
            assert_holds(shown[name], value)
    elif isinstance(published, list):
        assert len(shown) == len(published)
        for each, expected in zip(shown, published, strict=True):
            assert_holds(each, expected)
    else:
        assert (type(shown), shown) == (type(published), published)


def test_the_list_of_tasks(marie: Person) -> None:
    answer = as_published(marie, "GET", "/api/contact_tasks")
    assert answer.status_code == 200
    assert_holds(answer.json(), TASKS)
    assert_holds(as_published(marie, "GET", "/api/contact_tasks?page=1").json(), TASKS)


def test_one_task(marie: Person) -> None:
    answer = as_published(marie, "GET", f"/api/contact_tasks/{TASK}")
    assert answer.status_code == 200
    assert_holds(answer.json(), ONE_TASK)


def test_a_contact_moved(marie: Person) -> None:
    answer = as_published(marie, "PATCH", f"/api/contacts/{CONTACT}/pipeline-state", {"stateId": STATE})
    assert (answer.status_code, answer.json()) == (200, MOVED)
    assert list(answer.json()) == list(MOVED)


def test_a_move_to_a_state_that_is_not_there_leaves_the_contact(marie: Person) -> None:
    path = f"/api/contacts/{CONTACT}/pipeline-state"
    as_published(marie, "PATCH", path, {"stateId": STATE})
    published = {"stateId": "123e4567-e89b-12d3-a456-426614174000"}
    assert marie.patch(path, published, headers=ACCEPT).status_code == 422
    assert marie.get(f"/api/contacts/{CONTACT}").json()["pipelineState"]["id"] == STATE
    removed = as_published(marie, "PATCH", path, {"stateId": None})
    assert removed.json() == {**MOVED, "pipelineState": None}


def test_a_contact_made(alice: Person) -> None:
    answer = as_published(alice, "POST", "/api/contacts", NEW_CONTACT)
    assert answer.status_code == 201
    assert_holds(answer.json(), {"@context": "/api/contexts/Contact", "@type": "Contact", **NEW_CONTACT})


def test_a_contact_changed(marie: Person) -> None:
    answer = as_published(marie, "PATCH", f"/api/contacts/{CONTACT}", CHANGED_CONTACT)
    assert answer.status_code == 200
    assert_holds(answer.json(), {**NEW_CONTACT, **CHANGED_CONTACT, "@id": f"/api/contacts/{CONTACT}"})
    assert names(marie, "/api/companies") == ["Acme Corp"]


def test_a_text_appended(marie: Person) -> None:
    answer = as_published(marie, "POST", f"/api/contacts/{CONTACT}/extend", {"text": "Rencontrée au salon"})
    assert (answer.status_code, answer.json()["additionalInfo"]) == (200, "Rencontrée au salon")


def test_contacts_are_listed_latest_first(marie: Person) -> None:
    answer = as_published(marie, "GET", "/api/contacts")
    member = {"@id": f"/api/contacts/{CONTACT}", "@type": "Contact", **NEW_CONTACT}
    assert_holds(answer.json(), {"@type": "hydra:Collection", "hydra:member": [member], "hydra:totalItems": 1})


def test_pipeline_states(marie: Person) -> None:
    answer = as_published(marie, "GET", "/api/pipeline_states")
    states = answer.json()["hydra:member"]
    for state in states:
        assert state["@id"] == f"/api/pipeline_states/{state['id']}"
        assert (state["@type"], type(state["name"]), type(state["position"])) == ("PipelineState", str, int)
    assert {state["color"] for state in states if state["name"] == "Nouveau contact"} == {"#3B82F6"}
    assert min(state["position"] for state in states) == 0
    one = as_published(marie, "GET", f"/api/pipeline_states/{STATE}")
    assert (one.status_code, one.json()["name"]) == (200, "Nouveau contact")


def test_the_tables_of_attributes_write_member_without_a_prefix(new_house: Callable[..., House]) -> None:
    alice = new_house(hydra_prefix=False).alice
    company = alice.post("/api/companies", {"name": "Acme Corp"}).json()["@id"]
    alice.post("/api/contact_tasks", {"company": company, "title": "Appeler pour suivi", "dueDate": "2025-03-20"})
    shown = listed(alice, "/api/contact_tasks", headers=ACCEPT)
    assert (shown["@type"], shown["totalItems"]) == ("Collection", 1)
    assert [member["title"] for member in shown["member"]] == ["Appeler pour suivi"]
