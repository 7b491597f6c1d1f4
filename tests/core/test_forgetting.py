"""What went and came back is no different for it: the lists, the search and the numbers go on as if nothing was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, removal, tasks, undo
from carnet.core.paging import Asked
from carnet.core.tasks import TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing
from tests.core.things import company, contact, last_event, ledger, listed, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)
NOUNS: list[tuple[Any, Any, Any]] = [
    (contact, contacts, removal.remove_contact),
    (company, companies, removal.remove_company),
    (task, tasks, removal.remove_task),
]
each_noun = pytest.mark.parametrize(("make", "noun", "remove"), NOUNS, ids=["contact", "company", "task"])


def _undo(person: Person, number: int) -> Any:
    return person.does(undo.undo, number, now=LATER)


@each_noun
def test_the_id_and_the_number_come_back_and_the_next_number_is_new(
    house: House, make: Any, noun: Any, remove: Any
) -> None:
    alice = house.alice
    made = make(alice)
    number = alice.does(remove, made.id)
    between = make(alice)
    _undo(alice, number)
    read = alice.sees(noun.get, made.id)
    assert (read.id, read.number, read.created_at) == (made.id, made.number, NOW)
    assert (read.version, read.updated_at) == (made.version + 1, LATER)
    assert make(alice).number == between.number + 1 == made.number + 2
    assert_sound(house)


@each_noun
def test_all_that_went_comes_back_in_whatever_order(house: House, make: Any, noun: Any, remove: Any) -> None:
    alice = house.alice
    made = [make(alice) for _ in range(8)]
    before, whole = standing(house), listed(alice, noun.page)
    numbers = [alice.does(remove, each.id) for each in made]
    assert listed(alice, noun.page) == []
    for left, at in enumerate((3, 0, 7, 5, 1, 6, 2, 4), start=1):
        _undo(alice, numbers[at])
        assert alice.sees(noun.page, Asked(limit=1)).total == left
    assert [each.id for each in listed(alice, noun.page)] == [each.id for each in whole]
    assert standing(house) == before
    assert_sound(house)


@each_noun
def test_a_birth_undone_and_done_again_is_found_by_search(house: House, make: Any, noun: Any, remove: Any) -> None:
    alice = house.alice
    made = make(alice, "Straße der Bücher")
    number = last_event(alice).number
    for found in (0, 1, 0, 1):
        _undo(alice, number)
        number = last_event(alice).number
        for query in ("strasse", "BUCHER", "st"):
            assert len(listed(alice, noun.page, filters={"q": query})) == found, query
    assert alice.sees(noun.get, made.id).version == 3
    assert alice.does(remove, made.id) > number


def test_everything_that_ever_happened_can_be_undone_from_the_end_to_the_beginning(house: House) -> None:
    alice = house.alice
    empty, first = standing(house), last_event(alice).number + 1
    someone = contact(alice, "Inès", company="Halden")
    made = task(alice, contact_id=someone.id, due_at=NOW)
    alice.does(tasks.change, made.id, TaskChanges(company_id=someone.company_id, due_at=LATER))
    alice.does(tasks.complete, made.id)
    alice.does(removal.remove_contact, someone.id)
    alice.does(removal.remove_company, someone.company_id)
    own = [event.number for event in ledger(alice) if event.number >= first and event.part_of is None]
    for number in reversed(own):
        assert _undo(alice, number).kept == [], number
        assert_sound(house)
    assert standing(house) == empty


def test_an_undo_of_another_persons_deed_is_the_undoers_own(alice: Person, bob: Person) -> None:
    made = task(bob)
    number = alice.does(removal.remove_task, made.id)
    bob.does(undo.undo, number, now=LATER)
    event = last_event(alice)
    assert (event.user_id, event.token_id, event.undoes) == (bob.user.id, bob.token.id, number)
    assert event.kind == "task.restored"
