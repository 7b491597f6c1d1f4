"""Undo: whatever was done can be taken back, that too, and everything is as it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import activity_types, contacts, pipelines, removal, tasks, undo
from carnet.core.paging import Asked
from tests.conftest import NOW
from tests.core.deeds import DEEDS, a_contact
from tests.core.dump import assert_sound, standing
from tests.core.things import last_event, ledger, listed
from tests.core.verbs import READS

if TYPE_CHECKING:
    from carnet.core.undo import Undone
    from tests.conftest import House, Person
    from tests.core.deeds import Deed

LATER = NOW + timedelta(hours=1)


def _undo(person: Person, number: int) -> Undone:
    done: Undone = person.does(undo.undo, number, now=LATER)
    return done


def _number_of(alice: Person, deed: Deed) -> int:
    """Do it, and give the number of its own event, which comes before those of its parts."""
    before = last_event(alice).number
    deed()
    return before + 1


@pytest.mark.parametrize("deed", DEEDS)
def test_everything_is_as_it_was_and_forth_and_back(house: House, deed: str) -> None:
    alice = house.alice
    act = DEEDS[deed](alice)
    before = standing(house)
    number = _number_of(alice, act)
    after = standing(house)
    assert after != before
    for expected in (before, after, before, after, before):
        done = _number_of(alice, partial(_undo, alice, number))
        assert standing(house) == expected
        assert ledger(alice)[done - 1].undoes == number
        number = done
    assert_sound(house)


@pytest.mark.parametrize("deed", DEEDS)
def test_every_version_grows(any_house: House, deed: str) -> None:
    alice = any_house.alice
    number = _number_of(alice, DEEDS[deed](alice))
    reached = _versions(alice)
    _undo(alice, number)
    changed = {event.record_id for event in ledger(alice) if event.undoes is not None}
    assert changed
    for record_id, (version, updated_at) in _versions(alice).items():
        if record_id in changed:
            assert version > reached.get(record_id, (1, NOW))[0]
            assert updated_at == LATER
        else:
            assert (version, updated_at) == reached[record_id]


def _versions(alice: Person) -> dict[str, tuple[int, Any]]:
    pages = (*(noun.page for noun in READS), pipelines.page_of_states, activity_types.page_of_categories)
    return {each.id: (each.version, each.updated_at) for page in pages for each in listed(alice, page)}


def test_what_comes_back_is_found_again(house: House) -> None:
    alice = house.alice
    made = a_contact(alice)
    for query in ("lukasz", "halden.example", "336", "ukas", "łu", "i"):
        number = alice.does(removal.remove_contact, made.id)
        assert alice.sees(contacts.page, Asked(filters={"q": query})).total == 0
        _undo(alice, number)
        page = alice.sees(contacts.page, Asked(filters={"q": query}))
        assert ([each.id for each in page.items], page.total) == ([made.id], 1)
    assert alice.sees(tasks.page, Asked(filters={"q": "own"})).total == 1
