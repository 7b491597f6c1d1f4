"""Activity types and their categories (specification, sections 8 and 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.dump import assert_sound, untouched
from tests.monica.things import NOT_FOUND, call, data, each, invalid, made, put, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

CATEGORY_KEYS = {"id", "uuid", "object", "name", "account", "created_at", "updated_at"}
TYPE_KEYS = CATEGORY_KEYS | {"location_type", "activity_type_category"}


def test_a_new_workspace_has_some(house: House) -> None:
    looked_for = {"Just hung out", "Watched a movie at home", "Ate at their place", "Went to a restaurant", "Picnicked"}
    for person in (house.alice, house.mallory):
        kinds = call(person, "GET", "/activitytypes").json()["data"]
        assert {kind["name"] for kind in kinds} >= looked_for
        assert all(kind.keys() == TYPE_KEYS for kind in kinds)
        categories = call(person, "GET", "/activitytypecategories").json()["data"]
        assert {kind["activity_type_category"]["id"] for kind in kinds} == {each["id"] for each in categories}
        assert [kind["activity_type_category"] for kind in kinds[:1]] == categories[:1]


def test_a_category_is_made_changed_and_deleted(house: House) -> None:
    alice = house.alice
    category = made(alice, "/activitytypecategories", name="At sea")
    assert category.keys() == CATEGORY_KEYS
    assert (category["object"], category["name"]) == ("activityTypeCategory", "At sea")
    path = f"/activitytypecategories/{category['id']}"
    assert shown(house.bob, path) == category
    assert put(alice, path, name="Ashore")["name"] == "Ashore"
    assert each(alice, "/activitytypecategories", "name")[-1] == "Ashore"
    kind = made(alice, "/activitytypes", activity_type_category_id=category["id"])
    assert kind["activity_type_category"]["name"] == "Ashore"
    assert call(alice, "DELETE", path).json() == {"deleted": True, "id": category["id"]}
    assert refusal(call(alice, "GET", path)) == NOT_FOUND
    assert shown(alice, f"/activitytypes/{kind['id']}")["activity_type_category"] is None
    assert_sound(house)


def test_a_type_is_made_changed_and_deleted(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "/activitytypecategories", name=name) for name in ("At sea", "Ashore"))
    kind = made(alice, "/activitytypes", name="Sailed", activity_type_category_id=one["id"])
    assert kind.keys() == TYPE_KEYS
    assert (kind["object"], kind["name"], kind["location_type"]) == ("activityType", "Sailed", None)
    assert kind["activity_type_category"] == one
    path = f"/activitytypes/{kind['id']}"
    assert shown(house.bob, path) == kind
    after = put(alice, path, activity_type_category_id=two["id"])
    assert (after["name"], after["activity_type_category"]) == ("Sailed", two)
    assert put(alice, path, activity_type_category_id=two["id"], name="Walked")["name"] == "Walked"
    activity = made(alice, "/activities", activity_type_id=kind["id"])
    assert activity["activity_type"]["name"] == "Walked"
    assert call(alice, "DELETE", path).json() == {"deleted": True, "id": kind["id"]}
    assert shown(alice, f"/activities/{activity['id']}")["activity_type"] is None
    assert_sound(house)


def test_a_translation_key_stands_for_a_name(anyone: Person) -> None:
    sent = {"name": None, "translation_key": "just_hung_out"}
    assert made(anyone, "/activitytypes", **sent)["name"] == "just_hung_out"
    assert made(anyone, "/activitytypes", name="Sailed", translation_key="x")["name"] == "Sailed"


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"activity_type_category_id": None}, ["The activity type category id field is required."]),
    ({"activity_type_category_id": "x"}, ["The activity type category id must be an integer."]),
    ({"activity_type_category_id": 999}, ["The selected activity type category id is invalid."]),
    ({"activity_type_category_id": 0}, ["The selected activity type category id is invalid."]),
    ({"activity_type_category_id": 10**30}, ["The selected activity type category id is invalid."]),
    ({"name": 5}, ["The name must be a string."]),
    ({"name": "x" * 256}, ["The name may not be greater than 255 characters."]),
    ({"translation_key": []}, ["The translation key must be a string."]),
]


@pytest.mark.parametrize(("fields", "sentences"), REFUSED)
def test_what_is_wrong_is_said_in_sentences(any_house: House, fields: dict[str, Any], sentences: list[str]) -> None:
    alice = any_house.alice
    sent = {"name": "Sailed", "activity_type_category_id": 1, **fields}
    with untouched(any_house):
        assert invalid(call(alice, "POST", "/activitytypes", sent)) == sentences
        for method in ("PUT", "PATCH"):
            assert invalid(call(alice, method, "/activitytypes/1", sent)) == sentences


def test_a_new_one_needs_a_name(any_house: House) -> None:
    with untouched(any_house):
        for nameless in ({"activity_type_category_id": 1}, {"activity_type_category_id": 1, "name": " "}):
            answer = call(any_house.alice, "POST", "/activitytypes", nameless)
            assert invalid(answer) == ["The name field is required."]
        for body in ({}, {"name": ""}, {"name": None}):
            answer = call(any_house.alice, "POST", "/activitytypecategories", body)
            assert invalid(answer) == ["The name field is required."]
            answer = call(any_house.alice, "PUT", "/activitytypecategories/1", body)
            assert invalid(answer) == ["The name field is required."]


def test_a_category_of_another_workspace_is_none(house: House) -> None:
    theirs = made(house.mallory, "/activitytypecategories")["id"]
    with untouched(house):
        sent = {"name": "x", "activity_type_category_id": theirs}
        sentences = ["The selected activity type category id is invalid."]
        assert invalid(call(house.alice, "POST", "/activitytypes", sent)) == sentences


@pytest.mark.parametrize("path", ["/activitytypes", "/activitytypecategories"])
def test_a_stranger_neither_sees_nor_touches_them(house: House, path: str) -> None:
    own = made(house.alice, path)
    item, sent = f"{path}/{own['id']}", {"name": "Theirs", "activity_type_category_id": 1}
    with untouched(house):
        assert refusal(call(house.mallory, "GET", item)) == NOT_FOUND
        assert refusal(call(house.mallory, "PUT", item, sent)) == NOT_FOUND
        assert refusal(call(house.mallory, "DELETE", item)) == NOT_FOUND
        assert own["uuid"] not in each(house.mallory, path + "?limit=100", "uuid")


@pytest.mark.parametrize("path", ["/activitytypes", "/activitytypecategories"])
def test_a_reader_only_reads(house: House, path: str) -> None:
    assert data(call(house.rita, "GET", path + "/1"))["id"] == 1
    with untouched(house):
        for method, at in (("POST", path), ("PUT", path + "/1"), ("DELETE", path + "/1")):
            assert refusal(call(house.rita, method, at, {"name": "x"})) == (403, "Not authorized", 42)
