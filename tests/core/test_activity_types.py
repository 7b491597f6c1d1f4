"""Types of activities and their categories in the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import activities, activity_types, removal, undo
from carnet.core.activity_types import ActivityTypeChanges, CategoryChanges
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from tests.core.dump import assert_sound, standing, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, activity, activity_type, category, listed

if TYPE_CHECKING:
    from tests.conftest import House, Person

LOOKED_FOR = {
    "Just hung out",
    "Watched a movie at home",
    "Ate at their place",
    "Went to a restaurant",
    "Picnicked",
}


def test_a_new_workspace_has_those_that_programs_look_for(alice: Person, mallory: Person) -> None:
    for person in (alice, mallory):
        kinds = listed(person, activity_types.page)
        assert {each.name for each in kinds} >= LOOKED_FOR
        categories = listed(person, activity_types.page_of_categories)
        assert {each.category_id for each in kinds} == {each.id for each in categories}
        assert [each.number for each in kinds] == list(range(1, len(kinds) + 1))


def test_a_type_stands_in_a_category_or_in_none(house: House) -> None:
    alice = house.alice
    water, air = category(alice, "Water"), category(alice, "Air")
    made = activity_type(alice, "Sailed", category_id=water.id)
    assert alice.sees(activity_types.types_in, water.id) == [made]
    moved = alice.does(activity_types.change, made.id, ActivityTypeChanges(category_id=air.id))
    assert alice.sees(activity_types.types_in, air.id) == [moved]
    assert alice.sees(activity_types.types_in, water.id) == []
    freed = alice.does(activity_types.change, made.id, ActivityTypeChanges(category_id=None, name="Flew"))
    assert (freed.category_id, freed.name, freed.version) == (None, "Flew", 3)
    assert listed(alice, activity_types.page, filters={"name": ["flew"]}) == [freed]
    assert_sound(house)


def test_a_category_is_renamed(house: House) -> None:
    alice, made = house.alice, category(house.alice)
    after = alice.does(activity_types.change_category, made.id, CategoryChanges(name="Afloat"))
    assert alice.sees(activity_types.get_category, made.id) == after
    assert alice.sees(activity_types.categories_by_ids, [made.id, None, NOTHING]) == {made.id: after}
    assert house.mallory.sees(activity_types.categories_by_ids, [made.id]) == {}
    assert listed(alice, activity_types.page_of_categories, filters={"name": ["AFLO"]}) == [after]


def test_they_are_found_by_their_ids(house: House) -> None:
    made = activity_type(house.alice)
    assert house.alice.sees(activity_types.by_ids, [made.id, None, NOTHING]) == {made.id: made}
    assert house.mallory.sees(activity_types.by_ids, [made.id]) == {}


def test_blank_names_are_refused(any_house: House) -> None:
    alice = any_house.alice
    kind, group = activity_type(alice), category(alice)
    acts = [
        lambda: activity_type(alice, " "),
        lambda: category(alice, ""),
        lambda: alice.does(activity_types.change, kind.id, ActivityTypeChanges(name="\t")),
        lambda: alice.does(activity_types.change_category, group.id, CategoryChanges(name=" ")),
    ]
    with untouched(any_house):
        assert_invalid([Violation("name", Fault.BLANK)], acts)


def test_a_category_is_the_workspaces(house: House) -> None:
    alice, made = house.alice, activity_type(house.alice)
    for unknown in (NOTHING, category(house.mallory).id):
        acts = [
            lambda unknown=unknown: activity_type(alice, category_id=unknown),
            lambda unknown=unknown: alice.does(
                activity_types.change, made.id, ActivityTypeChanges(category_id=unknown)
            ),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun) == ("category_id", "activity_type_category")


def test_a_category_leaves_its_types_and_comes_back_to_them(house: House) -> None:
    alice = house.alice
    group = category(alice)
    made = [activity_type(alice, name, category_id=group.id) for name in ("Sailed", "Swam")]
    before = standing(house)
    number = alice.does(removal.remove_category, group.id)
    assert [alice.sees(activity_types.get, each.id).category_id for each in made] == [None, None]
    assert_sound(house)
    assert alice.does(undo.undo, number).kept == []
    assert standing(house) == before


def test_a_type_leaves_its_activities_and_comes_back_to_them(house: House) -> None:
    alice = house.alice
    kind = activity_type(alice)
    made = [activity(alice, type_id=kind.id) for _ in range(2)]
    before = standing(house)
    number = alice.does(removal.remove_activity_type, kind.id)
    assert [alice.sees(activities.get, each.id).type_id for each in made] == [None, None]
    assert_sound(house)
    assert alice.does(undo.undo, number).kept == []
    assert standing(house) == before
