"""What holds of every noun alike: its numbers, its ledger, its counters, its walls, and that all can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import records, undo
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.nouns import NOUNS
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.refusals import refused
from tests.core.things import MAKERS, NOTHING, last_event, ledger, story

if TYPE_CHECKING:
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)
every_noun = pytest.mark.parametrize("name", sorted(NOUNS))


def _get(person: Person, name: str, record_id: str) -> Any:
    return person.sees(NOUNS[name].get, record_id)


def test_each_noun_has_what_makes_one() -> None:
    assert MAKERS.keys() == NOUNS.keys()


OWNERS = {"webhook"}
"""What an owner alone may see."""


@every_noun
def test_it_is_born_with_a_number_and_an_event(house: House, name: str) -> None:
    first, second = MAKERS[name](house.alice), MAKERS[name](house.alice, f"Another {name}")
    assert second.number > first.number
    assert (first.version, first.created_at, first.updated_at) == (1, NOW, NOW)
    assert _get(house.alice, name, first.id) == first
    assert _get(house.alice if name in OWNERS else house.bob, name, second.id) == second
    assert story(house.alice, first.id) == [f"{name}.created"]
    assert_sound(house)


@every_noun
def test_its_number_names_it_and_is_never_given_twice(house: House, name: str) -> None:
    alice, noun = house.alice, NOUNS[name].noun
    made = MAKERS[name](alice)
    assert alice.sees(records.id_of, noun, made.number) == made.id
    assert alice.sees(records.numbers_of, noun, [made.id, None, NOTHING]) == {made.id: made.number}
    alice.does(NOUNS[name].remove, made.id)
    assert MAKERS[name](alice, f"Another {name}").number > made.number
    refused(NotFoundError, [lambda: alice.sees(records.id_of, noun, made.number)])


@every_noun
def test_saying_what_is_so_already_changes_and_records_nothing(house: House, name: str) -> None:
    alice, noun = house.alice, NOUNS[name].noun
    made = MAKERS[name](alice)
    same = {field: getattr(made, field) for field in noun.fields if field not in {"version", "updated_at"}}
    with untouched(house):
        assert alice.does(lambda db, actor, now: records.change(db, actor, noun, made, same, now=now)) == made


@every_noun
def test_it_is_gone_with_its_last_event(house: House, name: str) -> None:
    alice = house.alice
    made = MAKERS[name](alice)
    number = alice.does(NOUNS[name].remove, made.id, now=LATER)
    refused(NotFoundError, [lambda: _get(alice, name, made.id), lambda: alice.does(NOUNS[name].remove, made.id)])
    last = next(event for event in ledger(alice) if event.number == number)
    assert (last.kind, last.record_id, last.after) == (f"{name}.deleted", made.id, None)
    assert NOUNS[name].noun.revive(last.before or {}).id == made.id
    assert_sound(house)


@every_noun
def test_its_end_can_be_taken_back_and_that_too(house: House, name: str) -> None:
    alice = house.alice
    made = MAKERS[name](alice)
    with_it = standing(house)
    number = alice.does(NOUNS[name].remove, made.id)
    without_it = standing(house)
    alice.does(undo.undo, number, now=LATER)
    assert standing(house) == with_it
    back = _get(alice, name, made.id)
    assert (back.number, back.version, back.updated_at) == (made.number, made.version + 1, LATER)
    refused(ConflictError, [lambda: alice.does(undo.undo, number)])
    restored = next(event for event in reversed(ledger(alice)) if event.kind == f"{name}.restored")
    alice.does(undo.undo, restored.number)
    assert standing(house) == without_it
    assert_sound(house)


@every_noun
def test_its_birth_can_be_taken_back(house: House, name: str) -> None:
    alice = house.alice
    made = MAKERS[name](alice)
    born = last_event(alice)
    assert born.kind == f"{name}.created"
    alice.does(undo.undo, born.number)
    refused(NotFoundError, [lambda: _get(alice, name, made.id)])
    assert_sound(house)


@every_noun
def test_a_stranger_neither_sees_nor_touches_it(house: House, name: str) -> None:
    mallory, noun = house.mallory, NOUNS[name].noun
    made = MAKERS[name](house.alice)
    number = last_event(house.alice).number
    theirs = mallory.sees(records.ids_of, noun, range(1, 100))
    with untouched(house):
        refused(
            NotFoundError,
            [
                lambda: _get(mallory, name, made.id),
                lambda: mallory.does(NOUNS[name].remove, made.id),
                lambda: mallory.does(undo.undo, number),
            ],
        )
        assert made.id not in theirs.values()
        assert mallory.sees(records.numbers_of, noun, [made.id]) == {}
