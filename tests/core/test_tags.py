"""Tags in the core: words of the workspace's own, and what bears them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, deals, tags, tasks
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import ContactChanges
from carnet.core.deals import DealChanges
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from carnet.core.paging import Asked
from carnet.core.tags import TagChanges
from carnet.core.tasks import TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, everything, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, company, contact, deal, last_event, listed, story, tag, task

if TYPE_CHECKING:
    from carnet.core.tags import Tag
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)
BEARERS: list[tuple[Any, Any, Any]] = [
    (contact, contacts, ContactChanges),
    (company, companies, CompanyChanges),
    (task, tasks, TaskChanges),
    (deal, deals, DealChanges),
]
"""What makes one, its noun and its changes."""
each_bearer = pytest.mark.parametrize(
    ("make", "noun", "changes"), BEARERS, ids=lambda each: getattr(each, "__name__", "")
)


def _change(person: Person, made: Tag, **said: Any) -> Tag:
    changed: Tag = person.does(tags.change, made.id, TagChanges(**said), now=LATER)
    return changed


def test_it_keeps_what_was_said(house: House) -> None:
    made = tag(house.alice, "Été 100% 田中", color="#10B981", extras={"monica": {"a": 1}})
    assert (made.name, made.color, made.extras) == ("Été 100% 田中", "#10B981", {"monica": {"a": 1}})
    assert (made.number, made.version, made.created_at, made.updated_at) == (1, 1, NOW, NOW)
    changed = _change(house.alice, made, color=None)
    assert (changed.name, changed.color, changed.version, changed.updated_at) == (made.name, None, 2, LATER)
    assert house.bob.sees(tags.get, made.id) == changed
    with untouched(house):
        assert _change(house.alice, changed, name=made.name, color=None) == changed
    assert story(house.alice, made.id) == ["tag.created", "tag.updated"]
    assert_sound(house)


@pytest.mark.parametrize("name", ["", " ", "\t\n", "\u3000"])
def test_a_blank_name_is_refused(any_house: House, name: str) -> None:
    alice, made = any_house.alice, tag(any_house.alice)
    acts = [
        lambda: tag(alice, name),
        lambda: _change(alice, made, name=name),
        lambda: alice.does(tags.find_or_create, name),
    ]
    with untouched(any_house):
        assert_invalid([Violation("name", Fault.BLANK)], acts)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("supplier", "SUPPLIER"),
        ("Été", "éTÉ"),
        ("Été", "E\u0301te\u0301"),
        ("Straße", "STRASSE"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("田中", "田中"),
        ("100%", "100%"),
        ("a" * 300, "A" * 300),
    ],
)
def test_a_name_is_taken_in_any_case(house: House, name: str, same: str) -> None:
    alice, made, other = house.alice, tag(house.alice, name), tag(house.alice, "another")
    with untouched(house):
        assert_invalid(
            [Violation("name", Fault.TAKEN)], [lambda: tag(alice, same), lambda: _change(alice, other, name=same)]
        )
        assert alice.does(tags.find_or_create, same) == made
        assert alice.sees(tags.named, same) == made
    assert _change(alice, made, name=same).name == same
    assert tag(house.mallory, same).number == 1
    assert house.mallory.sees(tags.named, same) != made


@pytest.mark.parametrize(
    ("name", "other"),
    [("ete", "été"), ("a_b", "axb"), ("100%", "100"), ("a" * 300, "a" * 301), ("ab", "a b"), ("œ", "oe")],
)
def test_names_that_differ_in_more_than_case_are_two_tags(house: House, name: str, other: str) -> None:
    first, second = tag(house.alice, name), tag(house.alice, other)
    assert first.id != second.id
    assert house.alice.does(tags.find_or_create, other) == second
    assert house.alice.sees(tags.named, f"{other}!") is None


def test_a_name_is_free_again_once_its_tag_has_another(house: House) -> None:
    first = tag(house.alice, "one")
    _change(house.alice, first, name="two")
    assert tag(house.alice, "ONE").number == 2
    with untouched(house):
        assert_invalid([Violation("name", Fault.TAKEN)], [lambda: _change(house.alice, first, name="One")])


@pytest.mark.parametrize(
    "color", ["", "red", "#fff", "#12345", "#1234567", "#GGGGGG", "3B82F6", "#3B82F6\n", "#٣B82F6"]
)
def test_a_color_is_six_hexadecimal_digits(any_house: House, color: str) -> None:
    alice, made = any_house.alice, tag(any_house.alice, color="#aAbBcC")
    acts = [lambda: tag(alice, "x", color=color), lambda: _change(alice, made, color=color)]
    with untouched(any_house):
        assert_invalid([Violation("color", Fault.NOT_VALID)], acts)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    with untouched(any_house):
        both = [Violation("name", Fault.BLANK), Violation("color", Fault.NOT_VALID)]
        assert_invalid(both, [lambda: tag(any_house.alice, " ", color="red")])


def test_one_that_is_not_there_is_made_by_its_first_use(house: House) -> None:
    made = house.alice.does(tags.find_or_create, " Fair 2026 ")
    assert (made.name, made.color, made.number) == (" Fair 2026 ", None, 1)
    assert last_event(house.alice).kind == "tag.created"
    assert_sound(house)


def test_they_come_by_name_and_are_found_by_part_of_it(alice: Person, mallory: Person) -> None:
    made = {name: tag(alice, name) for name in ("été", "Zoé", "etage", "ss", "Œuvre")}
    tag(mallory, "etat")
    in_order = [made[name] for name in ("etage", "été", "Œuvre", "ss", "Zoé")]
    assert listed(alice, tags.page) == in_order
    assert listed(alice, tags.page, filters={"name": ["ET"]}) == in_order[:2]
    assert listed(alice, tags.page, filters={"name": ["oe", "ß"]}) == in_order[2:]
    assert alice.sees(tags.by_ids, [made["ss"].id, NOTHING, made["ss"].id]) == {made["ss"].id: made["ss"]}
    assert mallory.sees(tags.by_ids, [made["ss"].id]) == alice.sees(tags.by_ids, []) == {}


@each_bearer
def test_each_is_borne_once_in_the_order_in_which_they_were_said(
    house: House, make: Any, noun: Any, changes: Any
) -> None:
    alice = house.alice
    first, second, third = (tag(alice, name).id for name in ("z", "a", "m"))
    made = make(alice, tag_ids=[second, first, second])
    assert made.tag_ids == [second, first]
    assert alice.sees(noun.get, made.id) == made
    changed = alice.does(noun.change, made.id, changes(tag_ids=(third, second, third)))
    assert (changed.tag_ids, changed.version) == ([third, second], 2)
    assert last_event(alice).before == {"tag_ids": [second, first]}
    assert last_event(alice).after == {"tag_ids": [third, second]}
    borne = {(row["tag_id"], row["noun"]) for row in everything(house)["taggings"]}
    assert {(str(tag_id), noun_) for tag_id, noun_ in borne} == {
        (tag_id, last_event(alice).noun) for tag_id in (second, third)
    }
    with untouched(house):
        assert alice.does(noun.change, made.id, changes(tag_ids=[third, second])) == changed
    assert_sound(house)


@each_bearer
def test_nothing_borne_is_none(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice, borne = house.alice, tag(house.alice).id
    nothings: list[Any] = [[], (), None]
    for nothing in nothings:
        made = make(alice, tag_ids=nothing)
        assert made.tag_ids is None
        with untouched(house):
            assert alice.does(noun.change, made.id, changes(tag_ids=nothing)) == made
        alice.does(noun.change, made.id, changes(tag_ids=[borne]))
        assert alice.does(noun.change, made.id, changes(tag_ids=nothing)).tag_ids is None
    assert everything(house)["taggings"] == []
    assert_sound(house)


@each_bearer
def test_a_tag_that_is_not_of_the_workspace_is_refused(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice, theirs = house.alice, tag(house.mallory).id
    known = tag(alice).id
    made = make(alice, tag_ids=[known])
    for unknown in (theirs, NOTHING):
        acts = [
            lambda unknown=unknown: make(alice, tag_ids=[known, unknown]),
            lambda unknown=unknown: alice.does(noun.change, made.id, changes(tag_ids=[unknown])),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun, error.record_id) == ("tag_ids", "tag", unknown)


@each_bearer
def test_records_are_found_by_any_of_their_tags(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice = house.alice
    first, second, unused = (tag(alice, name).id for name in ("a", "b", "c"))
    made = [make(alice, "One", tag_ids=said) for said in ([first], [second, first], [second], [])]
    make(house.mallory, tag_ids=[tag(house.mallory, "a").id])
    by_id = {each.id: number for number, each in enumerate(made)}

    def found(*tag_ids: str) -> set[int]:
        return {by_id[each.id] for each in listed(alice, noun.page, filters={"tag_ids": list(tag_ids)})}

    assert found(first) == {0, 1}
    assert found(first, second) == {0, 1, 2}
    assert found(unused) == found(NOTHING) == found() == set()
    alice.does(noun.change, made[3].id, changes(tag_ids=[unused]))
    assert found(unused, NOTHING) == {3}
    assert house.mallory.sees(noun.page, Asked(filters={"tag_ids": [first, second]})).total == 0


def test_one_tag_is_borne_by_every_noun(house: House) -> None:
    borne = tag(house.alice)
    made = [
        (last_event(house.alice).noun, each.id)
        for make, _, _ in BEARERS
        for each in [make(house.alice, tag_ids=[borne.id])]
    ]
    assert sorted(house.alice.sees(tags.bearers, borne.id)) == sorted(made)
    assert house.mallory.sees(tags.bearers, borne.id) == []
