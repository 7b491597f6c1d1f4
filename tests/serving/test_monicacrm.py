"""The package `monicacrm`, which knows nothing of Carnet, against a running server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

monicacrm = pytest.importorskip("monicacrm", reason="the package monicacrm isn't installed")

if TYPE_CHECKING:
    from tests.serving.conftest import Server


@pytest.fixture
def client(server: Server) -> Any:
    """The package's client, pointed at the server by its base URL alone."""
    return monicacrm.MonicaAPI(server.token, f"http://127.0.0.1:{server.port}/monica/api")


def ids(found: list[dict[str, Any]]) -> list[int]:
    return [each["id"] for each in found]


def test_it_finds_the_genders_and_the_tags_of_a_new_workspace(client: Any) -> None:
    assert {"Man", "Woman", "Rather not say"} <= client.all_genders.keys()
    assert client.all_tags == {}


def test_it_makes_contacts_and_finds_them(client: Any) -> None:
    ada = client.add_contact("Ada", "Lovelace", gender="Woman")["data"]
    born = {"birthdate_day": 9, "birthdate_month": 11, "birthdate_year": 1914}
    hedy = client.add_contact("Hedy", "Lamarr", nickname="Hedwig", gender="Woman", **born)["data"]
    assert (ada["complete_name"], ada["gender"], hedy["nickname"]) == ("Ada Lovelace", "Woman", "Hedwig")
    assert hedy["information"]["dates"]["birthdate"]["date"] == "1914-11-09T00:00:00Z"
    found, following = client.search_contacts("Ada")
    assert (ids(found), following) == ([ada["id"]], None)
    assert client.resolve_contact_id("Hedwig") == hedy["id"]
    with pytest.raises(monicacrm.MonicaSearchFailure):
        client.resolve_contact_id("nobody")


def test_it_knows_whether_a_page_of_a_search_is_the_last(client: Any) -> None:
    made = [client.add_contact(f"Jim{number}", gender="Man")["data"]["id"] for number in range(15)]
    found, following = client.search_contacts("jim")
    assert (ids(found), following) == (made, None)
    client.add_contact("Jim", gender="Man")
    found, following = client.search_contacts("jim")
    assert ids(found) == made
    assert following is not None


def test_it_puts_tags_on_and_off(client: Any) -> None:
    number = client.add_contact("Ada", gender="Woman")["data"]["id"]
    client.tag_contact(number, ["friend", "Pioneer"])
    client.tag_contact("Ada", ["friend"])
    assert client.resolve_tags(["FRIEND", "pioneer"]) == [1, 2]
    client.untag_contact(number, ["friend"])
    shown = client._call_api(f"/contacts/{number}", "get")["data"]
    assert [tag["name"] for tag in shown["tags"]] == ["Pioneer"]


def test_it_adds_tasks_which_are_listed_completed_and_deleted(client: Any) -> None:
    number = client.add_contact("Ada", gender="Woman")["data"]["id"]
    client.task_add(number, "Call her")
    client.task_add("Ada", "Write to her", description="A letter", completed=True, completed_at="2026-02-03")
    listed = client._call_api("/tasks", "get")
    assert [(task["title"], task["completed"], task["completed_at"]) for task in listed["data"]] == [
        ("Call her", False, None),
        ("Write to her", True, "2026-02-03T00:00:00Z"),
    ]
    assert {task["contact"]["id"] for task in listed["data"]} == {number}
    body = {"title": "Call her", "completed": True, "contact_id": number}
    assert client._call_api("/tasks/1", "put", request_data=body)["data"]["completed"] is True
    assert client._call_api("/tasks/1", "delete") == {"deleted": True, "id": 1}
    assert ids(client._call_api(f"/contacts/{number}/tasks", "get")["data"]) == [2]
    assert client._call_api(f"/contacts/{number}", "delete") == {"deleted": True, "id": number}
    assert client._call_api("/tasks", "get")["meta"]["total"] == 0


def test_what_is_refused_raises_its_own_exception(client: Any) -> None:
    requests = pytest.importorskip("requests")
    with pytest.raises(requests.HTTPError, match="404"):
        client._call_api("/contacts/99", "get")
    with pytest.raises(requests.HTTPError, match="401"):
        monicacrm.MonicaAPI("x.y", client._api_base)._all_tags()
