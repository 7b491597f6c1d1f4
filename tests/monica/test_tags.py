"""Tags, and putting them on contacts (specification, sections 7.1 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tags
from carnet.core.tags import TagDraft
from tests.hydra.dump import untouched
from tests.monica.things import NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

REQUIRED = ["The tags field is required."]


def test_a_tag(house: House) -> None:
    tag = made(house.alice, "/tags", name="École du soir")
    moments = (tag.pop("created_at"), tag.pop("updated_at"))
    assert len(set(moments)) == 1
    assert tag.pop("uuid")
    assert tag == {
        "id": 1,
        "object": "tag",
        "name": "École du soir",
        "name_slug": "ecole-du-soir",
        "account": {"id": house.main.id},
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("friend", "friend"),
        ("Best Friend", "best-friend"),
        ("a  b\tc", "a-b-c"),
        ("Ünïcödé", "unicode"),
        ("Straße", "strasse"),
        ("a/b & c", "a/b-&-c"),
        ("友", "友"),
    ],
)
def test_a_slug_is_lower_case_without_blanks_and_accents(anyone: Person, name: str, slug: str) -> None:
    assert made(anyone, "/tags", name=name)["name_slug"] == slug


def test_the_same_name_in_any_case_is_the_same_tag(house: House) -> None:
    first = made(house.alice, "/tags", name="Friend")
    for name in ("Friend", "FRIEND", " friend "):
        assert made(house.alice, "/tags", name=name) == first
    assert made(house.alice, "/tags", name="Friends")["id"] == 2
    assert made(house.mallory, "/tags", name="Friend")["id"] == 1


def test_a_tag_is_renamed_but_not_to_a_name_that_is_taken(house: House) -> None:
    made(house.alice, "/tags", name="friend")
    made(house.alice, "/tags", name="foe")
    assert put(house.alice, "/tags/1", name="FRIEND")["name"] == "FRIEND"
    assert put(house.alice, "/tags/1", name="pal")["name_slug"] == "pal"
    assert invalid(call(house.alice, "PUT", "/tags/1", {"name": "Foe"})) == ["The name has already been taken."]
    assert invalid(call(house.alice, "PUT", "/tags/1", {})) == ["The name field is required."]
    assert invalid(call(house.alice, "POST", "/tags", {"name": "x" * 256})) == [
        "The name may not be greater than 255 characters."
    ]
    assert each(house.alice, "/tags", "name") == ["pal", "foe"]


def test_a_colour_is_not_shown_and_is_kept(house: House) -> None:
    tag = house.alice.does(tags.create, TagDraft(name="friend", color="#ff0000"))
    assert "color" not in shown(house.alice, "/tags/1")
    put(house.alice, "/tags/1", name="pal")
    assert house.alice.sees(tags.get, tag.id).color == "#ff0000"


def test_a_delete_takes_it_off_all_contacts(house: House) -> None:
    for _ in range(2):
        number = made(house.alice, "/contacts")["id"]
        call(house.alice, "POST", f"/contacts/{number}/setTags", {"tags": ["friend", "foe"]})
    assert call(house.alice, "DELETE", "/tags/1").json() == {"deleted": True, "id": 1}
    for number in (1, 2):
        assert [tag["name"] for tag in shown(house.alice, f"/contacts/{number}")["tags"]] == ["foe"]
    assert refusal(call(house.alice, "GET", "/tags/1/contacts")) == NOT_FOUND


def test_who_bears_a_tag(house: House) -> None:
    for number in range(1, 5):
        made(house.alice, "/contacts", first_name=f"n{number}")
        if number != 2:
            call(house.alice, "POST", f"/contacts/{number}/setTags", {"tags": ["friend"]})
    made(house.alice, "/notes", contact_id=3)
    page = listed(house.alice, "/tags/1/contacts?limit=2&sort=-created_at")
    assert [contact["id"] for contact in page["data"]] == [4, 3]
    assert (page["meta"]["total"], page["meta"]["last_page"]) == (3, 2)
    assert page["data"][1] == shown(house.alice, "/contacts/3?with=contactfields")
    assert len(page["data"][1]["notes"]) == 1
    assert each(house.alice, "/tags/1/contacts") == [1, 3, 4]


# ---- on and off ----


def on(person: Person) -> list[str]:
    return [tag["name"] for tag in shown(person, "/contacts/1")["tags"]]


def test_tags_are_added_by_name_and_made_where_they_are_missing(house: House) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tags", name="friend")
    contact = data(call(house.alice, "POST", "/contacts/1/setTags", {"tags": ["Friend", "new", "new"]}))
    assert contact["id"] == 1
    assert [(tag["id"], tag["name"]) for tag in contact["tags"]] == [(1, "friend"), (2, "new")]
    assert contact["tags"] == listed(house.alice, "/tags")["data"]
    data(call(house.alice, "POST", "/contacts/1/setTags", {"tags": ["other"]}))
    assert on(house.alice) == ["friend", "new", "other"]


@pytest.mark.parametrize("given", ["friend", ["friend"], ["friend", None], ["", " friend "], ("friend",)])
def test_one_text_counts_as_a_list_of_one(anyone: Person, given: Any) -> None:
    made(anyone, "/contacts")
    data(call(anyone, "POST", "/contacts/1/setTags", {"tags": given}))
    assert on(anyone) == ["friend"]


@pytest.mark.parametrize("path", ["setTags", "unsetTag"])
@pytest.mark.parametrize("given", [{}, {"tags": None}, {"tags": ""}, {"tags": []}, {"tags": [None]}, {"tags": [" "]}])
def test_without_tags_they_are_required(anyone: Person, path: str, given: Any) -> None:
    made(anyone, "/contacts")
    assert invalid(call(anyone, "POST", f"/contacts/1/{path}", given)) == REQUIRED


@pytest.mark.parametrize(
    ("path", "given", "sentence"),
    [
        ("setTags", 5, "The tags must be an array."),
        ("setTags", {"a": "friend"}, "The tags must be an array."),
        ("setTags", True, "The tags must be an array."),
        ("setTags", ["friend", 5], "The tags must be a string."),
        ("setTags", [["friend"]], "The tags must be a string."),
        ("setTags", ["x" * 256], "The tags may not be greater than 255 characters."),
        ("setTags", ["x"] * 201, "The tags may not have more than 200 items."),
        ("unsetTag", 1, "The tags must be an array."),
        ("unsetTag", ["friend"], "The tags must be an integer."),
        ("unsetTag", "friend", "The tags must be an integer."),
        ("unsetTag", [99], "The selected tags is invalid."),
        ("unsetTag", [1, 99], "The selected tags is invalid."),
        ("unsetTag", [0], "The selected tags is invalid."),
        ("unsetTag", [10**40], "The selected tags is invalid."),
    ],
)
def test_what_are_no_tags(house: House, path: str, given: Any, sentence: str) -> None:
    made(house.alice, "/contacts")
    data(call(house.alice, "POST", "/contacts/1/setTags", {"tags": ["friend"]}))
    with untouched(house):
        assert invalid(call(house.alice, "POST", f"/contacts/1/{path}", {"tags": given})) == [sentence]


def test_tags_are_taken_off_by_number(house: House) -> None:
    made(house.alice, "/contacts")
    data(call(house.alice, "POST", "/contacts/1/setTags", {"tags": ["a", "b", "c", "d"]}))
    made(house.alice, "/tags", name="e")
    data(call(house.alice, "POST", "/contacts/1/unsetTag", {"tags": [2, "3", 5]}))
    assert on(house.alice) == ["a", "d"]
    data(call(house.alice, "POST", "/contacts/1/unsetTag", {"tags": "4"}))
    assert on(house.alice) == ["a"]
    data(call(house.alice, "POST", "/contacts/1/setTags", {"tags": ["b"]}))
    assert data(call(house.alice, "POST", "/contacts/1/unsetTags"))["tags"] == []
    assert data(call(house.alice, "POST", "/contacts/1/unsetTags", {"tags": [1]}))["id"] == 1
    assert each(house.alice, "/tags", "name") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("path", ["setTags", "unsetTag", "unsetTags"])
def test_of_an_unknown_contact(house: House, path: str) -> None:
    with untouched(house):
        for given in ({"tags": ["friend"]}, {}):
            assert refusal(call(house.alice, "POST", f"/contacts/9/{path}", given)) == NOT_FOUND


def test_a_tag_of_another_workspace_is_none(house: House) -> None:
    made(house.alice, "/contacts")
    made(house.mallory, "/tags")
    answer = call(house.alice, "POST", "/contacts/1/unsetTag", {"tags": [1]})
    assert invalid(answer) == ["The selected tags is invalid."]
