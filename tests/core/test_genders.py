"""Genders in the core."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import contacts, genders, removal, undo
from carnet.core.contacts import ContactChanges
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from carnet.core.genders import GenderChanges, Type
from tests.core.dump import assert_sound, standing, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, contact, gender, last_event, ledger, listed, story

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_a_new_workspace_has_those_that_programs_look_for(alice: Person, mallory: Person) -> None:
    for person in (alice, mallory):
        found = [(each.name, each.type, each.number) for each in listed(person, genders.page)]
        assert found == [("Man", "male", 1), ("Woman", "female", 2), ("Rather not say", "other", 3)]
    assert {each.kind for each in ledger(alice) if each.noun == "gender"} == {"gender.created"}


@pytest.mark.parametrize("name", ["woman", "WOMAN", "Woman"])
def test_one_is_found_by_its_name_in_any_case(anyone: Person, name: str) -> None:
    found = anyone.sees(genders.find, name)
    assert (found.name, found.type) == ("Woman", "female")


def test_names_that_differ_in_accents_are_told_apart(alice: Person) -> None:
    plain, accented = gender(alice, "Frère"), gender(alice, "frere")
    assert alice.sees(genders.find, "FRÈRE") == plain
    assert alice.sees(genders.find, "Frere") == accented
    assert alice.sees(genders.find, "frèrè") is None
    assert alice.sees(genders.find, "") is None


def test_one_is_another_after_a_change(house: House) -> None:
    made = gender(house.alice, "Agender", type=Type.NONE)
    after = house.alice.does(genders.change, made.id, GenderChanges(name="Enby", type=Type.OTHER))
    assert (after.name, after.type, after.version) == ("Enby", "other", 2)
    assert house.bob.sees(genders.find, "enby") == after
    assert house.alice.sees(genders.by_ids, [made.id, None, NOTHING]) == {made.id: after}
    assert house.mallory.sees(genders.by_ids, [made.id]) == {}
    assert_sound(house)


def test_a_blank_name_is_refused(any_house: House) -> None:
    alice, made = any_house.alice, gender(any_house.alice)
    acts = [lambda: gender(alice, " "), lambda: alice.does(genders.change, made.id, GenderChanges(name=""))]
    with untouched(any_house):
        assert_invalid([Violation("name", Fault.BLANK)], acts)


def test_a_contact_has_one_of_the_workspace(house: House) -> None:
    alice, theirs = house.alice, gender(house.mallory)
    made = contact(alice, gender_id=gender(alice).id)
    for unknown in (theirs.id, NOTHING):
        acts = [
            lambda unknown=unknown: contact(alice, gender_id=unknown),
            lambda unknown=unknown: alice.does(contacts.change, made.id, ContactChanges(gender_id=unknown)),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun) == ("gender_id", "gender")


def test_one_in_use_leaves_its_contacts_and_comes_back_to_them(house: House) -> None:
    alice = house.alice
    made = gender(alice)
    people = [contact(alice, name, gender_id=made.id) for name in ("Inès", "Bruno")]
    before = standing(house)
    number = alice.does(removal.remove_gender, made.id)
    assert [alice.sees(contacts.get, each.id).gender_id for each in people] == [None, None]
    assert story(alice, people[0].id)[-1] == "contact.updated"
    assert last_event(alice).part_of == number
    alice.does(undo.undo, number)
    assert standing(house) == before
    assert_sound(house)
