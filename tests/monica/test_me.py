"""Who asks, the root, genders, lookup lists, and what programs ask first (specification, section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam, update

from carnet.store import tables
from carnet.store.statements import statement
from tests.hydra.dump import untouched
from tests.monica.things import API, HOST, call, data, each, invalid, listed, made, put, shown

if TYPE_CHECKING:
    from sqlalchemy.sql.expression import Update

    from tests.conftest import House


def test_me(house: House) -> None:
    me = shown(house.alice, "/me")
    assert me == {
        "id": 1,
        "uuid": house.alice.user.id,
        "object": "user",
        "first_name": "Alice",
        "last_name": None,
        "name": "Alice",
        "email": "alice@carnet.example",
        "me_contact": None,
        "timezone": "UTC",
        "currency": None,
        "locale": "en",
        "is_policy_compliant": True,
        "account": {"id": house.main.id},
        "created_at": "2026-02-03T09:15:00Z",
        "updated_at": "2026-02-03T09:15:00Z",
    }
    assert (shown(house.bob, "/me")["name"], shown(house.bob, "/me")["id"]) == ("Bob", 2)
    assert shown(house.mallory, "/me")["account"] == {"id": house.other.id}


@statement()
def _rename() -> Update:
    users = tables.users
    return update(users).where(users.c.id == bindparam("who")).values(name=bindparam("new"), email=bindparam("mail"))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Ada King Lovelace", "Ada", "King Lovelace"), ("Ada", "Ada", None), ("", "", None)],
)
def test_the_name_is_parted_and_an_email_is_never_null(house: House, name: str, first: str, last: str | None) -> None:
    change = house.store.write_now
    change(0, lambda db: db.run(_rename(), who=house.alice.user.id, new=name, mail=""))
    me = shown(house.alice, "/me")
    assert (me["name"], me["first_name"], me["last_name"], me["email"]) == (name, first, last, "owner@localhost")


def test_the_root_says_where_everything_is(house: House) -> None:
    words = (
        *("activities", "addresses", "calls", "contacts", "conversations", "countries", "currencies", "documents"),
        *("journal", "notes", "relationships", "reminders", "statistics", "tasks"),
    )
    for path in ("", "/", "/api", "/api/"):
        root = call(house.alice, "GET", path)
        assert root.status_code == 200
        assert root.json() == {
            "success": {"message": "Welcome to Monica"},
            "links": {f"{word}_url": f"{HOST}{API}/{word}" for word in words},
        }


# ---- genders ----


def test_a_new_workspace_has_three(house: House) -> None:
    for person, workspace in ((house.alice, house.main), (house.mallory, house.other)):
        found = listed(person, "/genders")["data"]
        assert [(gender["id"], gender["name"], gender["type"]) for gender in found] == [
            (1, "Man", "M"),
            (2, "Woman", "F"),
            (3, "Rather not say", "O"),
        ]
        for gender in found:
            assert list(gender) == ["id", "uuid", "object", "name", "type", "account", "created_at", "updated_at"]
            assert (gender["object"], gender["account"]) == ("gender", {"id": workspace.id})


@pytest.mark.parametrize("letter", ["M", "F", "O", "U", "N"])
def test_a_gender_of_each_type(house: House, letter: str) -> None:
    gender = made(house.alice, "/genders", name="Other", type=letter)
    assert (gender["id"], gender["name"], gender["type"]) == (4, "Other", letter)
    assert shown(house.alice, "/genders/4") == gender
    assert put(house.alice, "/genders/4", name="Else", type="U")["name"] == "Else"


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ({}, ["The name field is required.", "The type field is required."]),
        ({"name": "x", "type": "X"}, ["The selected type is invalid."]),
        ({"name": "x", "type": "m"}, ["The selected type is invalid."]),
        ({"name": "x", "type": 1}, ["The selected type is invalid."]),
        ({"name": "x", "type": []}, ["The selected type is invalid."]),
        ({"name": 1, "type": "M"}, ["The name must be a string."]),
        ({"name": "x" * 256, "type": "M"}, ["The name may not be greater than 255 characters."]),
    ],
)
def test_what_is_no_gender(house: House, body: Any, sentences: list[str]) -> None:
    with untouched(house):
        for method, path in (("POST", "/genders"), ("PUT", "/genders/1"), ("PATCH", "/genders/1")):
            assert invalid(call(house.alice, method, path, body)) == sentences


def test_deleting_one_in_use_clears_it_on_the_contacts(house: House) -> None:
    for gender in (1, 2, 1):
        made(house.alice, "/contacts", gender_id=gender)
    assert call(house.alice, "DELETE", "/genders/1").json() == {"deleted": True, "id": 1}
    assert each(house.alice, "/contacts", "gender") == [None, "Woman", None]
    assert each(house.alice, "/genders") == [2, 3]


# ---- lookup lists ----

ACTIVITIES = {
    "Just hung out",
    "Watched a movie at home",
    "Ate at their place",
    "Went to a restaurant",
    "Picnicked",
}


def test_activity_types_stand_in_categories(house: House) -> None:
    found = listed(house.alice, "/activitytypes?limit=100")["data"]
    assert {kind["name"] for kind in found} >= ACTIVITIES
    for kind in found:
        assert kind["object"] == "activityType"
        assert "location_type" in kind
        assert kind["activity_type_category"]["object"] == "activityTypeCategory"
        assert shown(house.alice, f"/activitytypes/{kind['id']}") == kind


def test_contact_field_types_are_seven(house: House) -> None:
    found = listed(house.alice, "/contactfieldtypes")["data"]
    assert [(kind["name"], kind["protocol"], kind["type"], kind["delible"]) for kind in found] == [
        ("Email", "mailto:", "email", False),
        ("Phone", "tel:", "phone", False),
        ("Facebook", None, None, True),
        ("Twitter", None, None, True),
        ("Whatsapp", None, None, True),
        ("Telegram", "telegram:", None, True),
        ("LinkedIn", None, None, True),
    ]
    assert found == [shown(house.alice, f"/contactfieldtypes/{number}") for number in range(1, 8)]
    for kind in found:
        assert kind["object"] == "contactfieldtype"
        assert kind["fontawesome_icon"].startswith("fa fa-")
    theirs = listed(house.mallory, "/contactfieldtypes")["data"]
    assert not {kind["uuid"] for kind in found} & {kind["uuid"] for kind in theirs}
    assert call(house.alice, "GET", "/contactfieldtypes/8").status_code == 404
    assert each(house.alice, "/contactfieldtypes?sort=-updated_at") == [7, 6, 5, 4, 3, 2, 1]
    assert [kind["id"] for kind in listed(house.alice, "/contactfieldtypes?limit=3&page=3")["data"]] == [7]


FIRST = [
    "/me",
    "",
    "/genders",
    "/tags",
    "/contacts?limit=1",
    "/contacts?query=",
    "/tasks?page=1&limit=100",
    "/activitytypes",
    "/contactfieldtypes",
]


@pytest.mark.parametrize("path", FIRST)
def test_what_programs_ask_first_works_on_an_empty_workspace(house: House, path: str) -> None:
    answer = call(house.mallory, "GET", path)
    assert answer.status_code == 200
    assert answer.json()


def test_on_an_empty_workspace_lists_are_empty(house: House) -> None:
    for path in ("/contacts", "/tasks", "/tags", "/notes"):
        assert each(house.alice, path) == []
    assert data(call(house.alice, "GET", "/me"))["id"] == 1
