"""What real programs send, each in the order in which it does (specification, section 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.monica.things import NOT_FOUND, call, data, each, listed, made, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

ANY = {"accept": "*/*"}


def test_monicacrm(house: House) -> None:
    """The Python package; tests/serving/test_monicacrm.py runs the real one."""
    alice = house.alice
    assert {gender["name"] for gender in call(alice, "GET", "/genders", headers=ANY).json()["data"]} >= {"Woman"}
    body = {
        "first_name": "Ada",
        "last_name": "Lovelace",
        "nickname": None,
        "gender": "Woman",
        "birthdate_day": None,
        "birthdate_month": None,
        "birthdate_year": None,
        "is_birthdate_known": False,
        "is_deceased": False,
        "is_deceased_date_known": False,
    }
    contact = data(call(alice, "POST", "/contacts/", body, headers=ANY), 201)
    assert contact["gender"] == "Woman"
    found = call(alice, "GET", "/contacts?query=Ada", headers=ANY).json()
    assert found["meta"]["current_page"] == found["meta"]["last_page"] == 1
    assert found["data"][0]["id"] == 1
    for completed, at in ((0, None), (1, "2026-02-03")):
        sent = {"title": "Call", "completed": completed, "contact_id": 1, **({"completed_at": at} if at else {})}
        task = data(call(alice, "POST", "/tasks/", sent, headers=ANY))
        assert task["completed"] is bool(completed)
    assert data(call(alice, "POST", "/contacts/1/setTags", {"tags": ["friend"]}))["id"] == 1
    tags = {tag["name"].lower(): tag["id"] for tag in call(alice, "GET", "/tags").json()["data"]}
    assert data(call(alice, "POST", "/contacts/1/unsetTag", {"tags": [tags["friend"]]}))["id"] == 1


def _n8n(person: Person, method: str, path: str, body: Any = None) -> Any:
    """The domain is `http://HOST/monica`, to which the node adds `/api`."""
    return person.request(method, "/monica/api" + path, **({"json": body} if body is not None else {})).json()


def test_n8n_updates_a_task(house: House) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks", contact_id=1, description="Kept")
    made(house.alice, "/tasks")
    for number in (1, 2):
        read = _n8n(house.alice, "GET", f"/tasks/{number}")["data"]
        contact = read["contact"]["id"] if read["contact"] else None
        body = {"contact_id": contact, "title": read["title"], "completed": read["completed"]}
        _n8n(house.alice, "PUT", f"/tasks/{number}", {**body, "completed": True})
        assert shown(house.alice, f"/tasks/{number}")["completed"] is True
    assert shown(house.alice, "/tasks/1")["description"] == "Kept"


def test_n8n_updates_a_contact_and_a_note(house: House) -> None:
    made(house.alice, "/contacts", nickname="Jimmy")
    made(house.alice, "/notes", contact_id=1)
    read = _n8n(house.alice, "GET", "/contacts/1")["data"]
    flags = {"is_birthdate_known": False, "is_deceased": False, "is_deceased_date_known": False}
    after = _n8n(house.alice, "PUT", "/contacts/1", {"first_name": read["first_name"], **flags, "description": "Tall"})
    assert after["data"]["description"] == "Tall"
    assert (after["data"]["complete_name"], after["data"]["nickname"]) == ("Jim Helpert", "Jimmy")
    note = _n8n(house.alice, "GET", "/notes/1")["data"]
    sent = {"body": note["body"], "contact_id": note["contact"]["id"], "is_favorited": True}
    assert _n8n(house.alice, "PUT", "/notes/1", sent)["data"]["is_favorited"] is True


def test_a_command_line_client(house: House) -> None:
    task = made(house.alice, "/tasks", contact_id=0, description="x")
    read = shown(house.alice, f"/tasks/{task['id']}")
    sent = {"contact_id": 0, "title": read["title"], "description": read["description"], "completed": True}
    done = data(call(house.alice, "PUT", f"/tasks/{task['id']}", sent))
    assert (done["completed"], done["description"], done["contact"]) == (True, "x", None)


def test_mcp_servers(house: House) -> None:
    assert call(house.alice, "GET", "/contacts?limit=1").status_code == 200
    made(house.alice, "/contacts")
    sent = {"title": "x", "contact_id": 1, "completed": False, "completed_at": None}
    task = data(call(house.alice, "POST", "/task/", sent))
    assert (task["completed"], task["completed_at"]) == (False, None)
    assert each(house.alice, "/tasks?completed=0") == [1]
    sent = {"title": "x", "completed": True, "completed_at": "2026-02-03T10:00:00Z"}
    assert data(call(house.alice, "PUT", "/tasks/1", sent))["completed_at"] == "2026-02-03T10:00:00Z"
    assert each(house.alice, "/tasks?completed=0") == []
    (contact,) = listed(house.alice, "/contacts?with=contactfields,tags,addresses")["data"]
    assert (contact["contactFields"], contact["tags"], contact["addresses"]) == ([], [], [])


@pytest.mark.parametrize("path", ["/contacts", "/contacts/"])
def test_an_importer_that_insists_on_201(anyone: Person, path: str) -> None:
    body = {"first_name": "Jim", "is_birthdate_known": 0, "is_deceased": "0", "is_deceased_date_known": False}
    assert call(anyone, "POST", path, body).status_code == 201


@pytest.mark.parametrize("path", ["/groups", "/user", "/emotions", "/petcategories", "/contacts/1/tags"])
def test_what_monica_itself_lacks_is_an_unknown_route(anyone: Person, path: str) -> None:
    made(anyone, "/contacts")
    answer = call(anyone, "GET", path)
    assert answer.status_code == 404
    assert answer.json() == {"message": f"The route monica/api{path} could not be found."}
    assert refusal(call(anyone, "GET", "/contacts/2")) == NOT_FOUND
