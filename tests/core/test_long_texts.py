"""Texts of any length: kept whole, sorted and found on both databases."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, pipelines, removal, tasks, undo
from carnet.core.companies import LONGEST_NAME, CompanyChanges
from carnet.core.contacts import Appended, ContactChanges
from carnet.core.search import LONGEST_TERM, fold
from carnet.core.tasks import TaskChanges
from tests.core.dump import assert_sound, standing
from tests.core.things import company, contact, listed, pipeline, state, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

LENGTH = 40_000


def _noise(letters: str) -> str:
    """A text that no database can make short."""
    return "".join(random.Random(letters).choices(letters, k=LENGTH))


TEXTS = [_noise("abcdefghijklmnopqrstuvwxyz0123456789"), _noise("éßłøœ田中🧵ﷺ "), "x" * LENGTH]


@pytest.mark.parametrize("long", TEXTS, ids=["letters", "signs", "one letter"])
def test_every_noun_keeps_a_long_text_whole(house: House, long: str) -> None:
    alice = house.alice
    made: list[tuple[Any, str]] = [
        (contacts.get, contact(alice, long, position=long, description=long, company=long, phones=[long]).id),
        (companies.get, company(alice, long, website=long, address=long, phones=[long]).id),
        (pipelines.get, pipeline(alice, long).id),
        (pipelines.get_state, state(alice, long).id),
    ]
    for get, record_id in made:
        assert alice.sees(get, record_id).name == long
    read = alice.sees(tasks.get, task(alice, long, description=long, payload={long: [long]}).id)
    assert (read.title, read.description, read.payload) == (long, long, {long: [long]})
    assert_sound(house)


def test_long_texts_are_changed_removed_and_brought_back(house: House) -> None:
    alice, long = house.alice, TEXTS[0]
    someone, made = contact(alice), task(alice)
    alice.does(contacts.change, someone.id, ContactChanges(name=long, company=long))
    alice.does(contacts.append, someone.id, Appended.DESCRIPTION, long)
    alice.does(tasks.change, made.id, TaskChanges(title=long, contact_id=someone.id))
    before = standing(house)
    alice.does(undo.undo, alice.does(removal.remove_contact, someone.id))
    assert standing(house) == before
    assert_sound(house)


def test_a_company_is_found_by_the_whole_of_a_long_name(house: House) -> None:
    alice, beginning = house.alice, "é" * LONGEST_NAME
    first, second = (company(alice, beginning + end) for end in ("x", "y"))
    for name, expected in (("x", first), ("Y", second), ("X", first)):
        assert contact(alice, company=beginning.upper() + name).company_id == expected.id
    third = contact(alice, company=beginning)
    assert third.company_id not in {first.id, second.id}
    assert len(listed(alice, companies.page)) == 3
    alice.does(companies.change, first.id, CompanyChanges(name=beginning + "z"))
    assert contact(alice, company=beginning + "x").company_id not in {first.id, second.id, third.company_id}
    assert_sound(house)


def test_long_names_are_sorted_by_their_beginning(house: House) -> None:
    beginning = "n" * (LONGEST_NAME - 1)
    names = ["b" + TEXTS[0], beginning + "b" * LENGTH, "a" * LENGTH, beginning + "a" * LENGTH]
    for name in names:
        contact(house.alice, name)
    ordered = sorted(names)
    for descending in (False, True):
        found = listed(house.alice, contacts.page, order=(("name", descending),))
        assert [each.name for each in found] == (ordered[::-1] if descending else ordered)


@pytest.mark.parametrize("letter", ["x", "é", "田", "🧵", "%", "_", "\\", '"'])
def test_of_a_long_query_the_beginning_is_looked_for(house: House, letter: str) -> None:
    whole, short = letter * (LONGEST_TERM + 1), letter * (LONGEST_TERM - 1)
    for title in (whole, short):
        task(house.alice, title)
    for query, expected in ((short, [whole, short]), (letter * LONGEST_TERM, [whole]), (letter * LENGTH, [whole])):
        for filters in ({"q": query}, {"title": [query]}):
            assert [each.title for each in listed(house.alice, tasks.page, filters=filters)] == expected


def test_letters_that_fold_to_many_do_not_make_a_term_too_long(house: House) -> None:
    task(house.alice, "ﷺ")
    assert len(fold("ﷺ")) == 18
    long = "ﷺ" * LONGEST_TERM
    for filters in ({"q": long}, {"title": [long]}):
        assert listed(house.alice, tasks.page, filters=filters) == []
    assert len(listed(house.alice, tasks.page, filters={"title": [long, fold("ﷺ")]})) == 1


def test_a_query_of_very_many_words_is_answered(alice: Person) -> None:
    made = task(alice, " ".join(f"word{n}" for n in range(2_000)))
    words = made.title.split()
    for query, found in ((made.title, 1), (" ".join(words[::-1]), 1), (f"missing {made.title}", 0)):
        assert len(listed(alice, tasks.page, filters={"q": query})) == found
