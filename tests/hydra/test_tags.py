"""Tags, and what bears them (specification, section 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tags
from carnet.core.tags import TagDraft
from tests.hydra.dump import untouched
from tests.hydra.things import made, names, needed
from tests.hydra.wording import NOT_VALID, TAKEN, problem, violations

if TYPE_CHECKING:
    from tests.conftest import House, Person

TAGGED = ("contacts", "contact_tasks", "deals")


def test_the_example_of_the_specification(alice: Person) -> None:
    answer = alice.post("/api/tags", {"name": "supplier", "color": "#10B981"})
    tag = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, tag["@id"])
    assert tag == {
        "@context": "/api/contexts/Tag",
        "@id": f"/api/tags/{tag['id']}",
        "@type": "Tag",
        "id": tag["id"],
        "name": "supplier",
        "color": "#10B981",
        "createdAt": tag["createdAt"],
        "updatedAt": tag["createdAt"],
    }
    assert alice.get(tag["@id"]).json() == tag


def test_every_field_is_kept_changed_and_cleared(alice: Person) -> None:
    tag = made(alice, "tags", name="supplier", color="#10B981")
    after = alice.patch(tag["@id"], {"name": "Buyer", "color": "#abcdef"}).json()
    assert (after["name"], after["color"]) == ("Buyer", "#abcdef")
    for nothing in (None, "", " "):
        alice.patch(tag["@id"], {"color": "#10B981"})
        cleared = alice.patch(tag["@id"], {"color": nothing}).json()
        assert ("color" in cleared, cleared["name"]) == (False, "Buyer")
        assert "color" not in made(alice, "tags", color=nothing)


def test_another_colour_is_refused(house: House) -> None:
    tag = made(house.alice, "tags", color="#10B981")["@id"]
    with untouched(house):
        for wrong in (
            "green",
            "#fff",
            "#10B98",
            "#10B9811",
            "10B981",
            "#10B98G",
            "#10B981 ;",
            "rgb(1,2,3)",
            "#\u0661" * 3,
        ):
            assert violations(house.alice.patch(tag, {"color": wrong})) == {"color": NOT_VALID}
            assert violations(house.alice.post("/api/tags", {"name": "x", "color": wrong})) == {"color": NOT_VALID}


SAME = ("supplier", "SUPPLIER", " Supplier\t")
ACCENTED = ("Café", "CAFÉ", "Cafe\u0301")


def test_a_name_is_unique_in_any_case(house: House) -> None:
    alice = house.alice
    for spellings in (SAME, ACCENTED, ("Straße", "STRASSE")):
        made(alice, "tags", name=spellings[0])
        other = made(alice, "tags")["@id"]
        with untouched(house):
            for name in spellings:
                assert violations(alice.post("/api/tags", {"name": name})) == {"name": TAKEN}
                assert violations(alice.patch(other, {"name": name})) == {"name": TAKEN}
                told = violations(alice.patch(other, {"name": name, "color": "green"}))
                assert told == {"name": TAKEN, "color": NOT_VALID}


def test_accents_tell_names_apart(alice: Person) -> None:
    for name in ("Café", "Cafe", "côte", "côté"):
        assert made(alice, "tags", name=name)["name"] == name


def test_a_tag_may_be_renamed_in_another_case(alice: Person) -> None:
    tag = made(alice, "tags", name="supplier", color="#10B981")
    assert alice.patch(tag["@id"], {"name": "Supplier"}).json()["name"] == "Supplier"
    assert alice.patch(tag["@id"], tag).json()["name"] == "supplier"
    assert violations(alice.patch(tag["@id"], {**tag, "color": "green"})) == {"color": NOT_VALID}


def test_the_name_of_a_deleted_tag_is_free(alice: Person) -> None:
    old = made(alice, "tags", name="supplier")
    alice.delete(old["@id"])
    assert made(alice, "tags", name="SUPPLIER")["id"] != old["id"]


def test_a_tag_of_another_tongue_is_the_same_tag(alice: Person) -> None:
    tag = alice.does(tags.create, TagDraft(name="Supplier"))
    assert names(alice, "/api/tags") == ["Supplier"]
    assert violations(alice.post("/api/tags", {"name": "supplier"})) == {"name": TAKEN}
    assert made(alice, "contacts", tags=[tag.id])["tags"] == [f"/api/tags/{tag.id}"]


def test_tags_are_narrowed_and_ordered(house: House) -> None:
    alice = house.alice
    one = made(alice, "tags", name="Été")
    for name in ("supplier", "VIP", "buyer 100%"):
        made(alice, "tags", name=name)
    everything = ["buyer 100%", "Été", "supplier", "VIP"]
    cases = {
        "": everything,
        "order[name]=asc": everything,
        "order[name]=desc": everything[::-1],
        "name=ete": ["Été"],
        "name=IP": ["VIP"],
        "name=%25": ["buyer 100%"],
        "name[]=sup&name[]=buy": ["buyer 100%", "supplier"],
        "name=zzz": [],
        f"id={one['id']}": ["Été"],
        f"id[]={one['@id']}": ["Été"],
        "color=%23fff&q=ete&order[color]=asc": everything,
    }
    assert {query: names(house.rita, f"/api/tags?{query}") for query in cases} == cases


@pytest.mark.parametrize("collection", TAGGED)
def test_a_record_bears_tags_in_their_order(alice: Person, collection: str) -> None:
    one, two, three = (made(alice, "tags")["@id"] for _ in range(3))
    item = made(alice, collection, tags=[two, one])
    steps: tuple[tuple[Any, list[str]], ...] = (
        ([two, one], [two, one]),
        ([one, two], [one, two]),
        ([three, one, three, one], [three, one]),
        ([], []),
        ([one], [one]),
        (None, []),
    )
    for sent, shown in steps:
        assert alice.patch(item["@id"], {"tags": sent}).json()["tags"] == shown
        assert alice.get(item["@id"]).json()["tags"] == shown
    assert alice.patch(item["@id"], {"tags": [one]}).json()["tags"] == [one]
    assert alice.patch(item["@id"], {"title": "x", "name": "x"}).json()["tags"] == [one]


def test_a_record_bears_fifty_tags_at_most(house: House) -> None:
    alice = house.alice
    tags = [made(alice, "tags")["@id"] for _ in range(51)]
    for collection in TAGGED:
        item = made(alice, collection, tags=[*tags[:50], tags[0]])
        assert item["tags"] == tags[:50]
        body = needed(alice, collection)
        with untouched(house):
            assert violations(alice.patch(item["@id"], {"tags": tags})).keys() == {"tags"}
            assert violations(alice.post(f"/api/{collection}", {**body, "tags": tags})).keys() == {"tags"}


def test_what_bears_a_tag_is_found_by_it(alice: Person) -> None:
    one, two = (made(alice, "tags")["@id"] for _ in range(2))
    for collection in ("contacts", "contact_tasks"):
        item = made(alice, collection, tags=[one, two])
        path = f"/api/{collection}?tags={two}"
        assert names(alice, path, "@id") == [item["@id"]]
        alice.patch(item["@id"], {"tags": [one]})
        assert names(alice, path, "@id") == []
        alice.patch(item["@id"], {"tags": [two]})
        assert names(alice, path, "@id") == [item["@id"]]
        alice.delete(item["@id"])
        assert names(alice, path, "@id") == []


def test_a_deleted_tag_leaves_what_bore_it(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "tags")["@id"] for _ in range(2))
    items = [made(alice, collection, tags=[one, two])["@id"] for collection in TAGGED]
    assert alice.delete(one).status_code == 204
    assert [alice.get(item).json()["tags"] for item in items] == [[two]] * 3
    with untouched(house):
        for item in items:
            assert problem(alice.patch(item, {"tags": [one]})) == (400, f'Item not found for "{one}".')
    assert alice.delete(two).status_code == 204
    assert [alice.get(item).json()["tags"] for item in items] == [[]] * 3


def test_renaming_a_tag_changes_nothing_that_bears_it(alice: Person) -> None:
    tag = made(alice, "tags", name="supplier")["@id"]
    contact = made(alice, "contacts", tags=[tag])
    alice.patch(tag, {"name": "Buyer"})
    assert alice.get(contact["@id"]).json() == contact
