"""Pipelines and their states in the core."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, pipelines
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.pipelines import DEFAULT_COLOR, LAST_POSITION, PipelineChanges, StateChanges, StateKind
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid
from tests.core.things import NOTHING, contact, listed, pipeline, state, story

if TYPE_CHECKING:
    from carnet.core.pipelines import Pipeline, State
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def _default(person: Person) -> Pipeline:
    found: Pipeline = next(each for each in listed(person, pipelines.page) if each.is_default)
    return found


def _states(person: Person, of: Pipeline) -> list[State]:
    found: list[State] = person.sees(pipelines.states_in, [of.id])
    return found


def test_a_pipeline_joins_at_the_end(alice: Person) -> None:
    positions = [pipeline(alice, name).position for name in ("One", "Two")]
    assert positions == [1, 2]
    assert pipeline(alice, "Far", position=40).position == 40
    assert pipeline(alice, "After", position=None).position == 41
    assert pipeline(alice, "Between", position=1).position == 1
    names = [each.name for each in listed(alice, pipelines.page)]
    assert names == ["Sales", "One", "Between", "Two", "Far", "After"]


def test_a_state_joins_at_the_end_of_its_pipeline(alice: Person) -> None:
    other = pipeline(alice)
    assert [state(alice, name, pipeline_id=other.id).position for name in "ab"] == [0, 1]
    assert state(alice, "d", pipeline_id=other.id, position=7).position == 7
    assert state(alice, "e", pipeline_id=other.id).position == 8
    assert state(alice, "c", pipeline_id=other.id, position=1).position == 1
    assert [each.name for each in _states(alice, other)] == ["a", "b", "c", "d", "e"]


def test_a_state_without_a_pipeline_joins_the_default_one(alice: Person) -> None:
    pipeline(alice, position=0)
    made = state(alice)
    assert (made.pipeline_id, made.position) == (_default(alice).id, 5)
    assert (made.color, made.kind) == (DEFAULT_COLOR, "open")


def test_states_are_listed_by_their_pipeline_and_their_position(alice: Person) -> None:
    last, first = pipeline(alice, "Last"), pipeline(alice, "First", position=0)
    for owner in (last, first):
        for name, position in (("second", 2), ("first", 1)):
            state(alice, f"{owner.name} {name}", pipeline_id=owner.id, position=position)
    names = [each.name for each in listed(alice, pipelines.page_of_states)]
    assert names[-2:] == ["Last first", "Last second"]
    assert ["First first", "First second"] in (names[:2], names[5:7])
    many = alice.sees(pipelines.states_in, [last.id, first.id, NOTHING])
    assert {each.pipeline_id for each in many} == {last.id, first.id}


def test_after_the_last_position_there_is_no_further_one(alice: Person) -> None:
    other = pipeline(alice, position=LAST_POSITION)
    assert pipeline(alice).position == LAST_POSITION
    states = [state(alice, pipeline_id=other.id, position=position).position for position in (LAST_POSITION, None)]
    assert states == [LAST_POSITION, LAST_POSITION]


@pytest.mark.parametrize("position", [-1, LAST_POSITION + 1, 2**63])
def test_a_position_out_of_range_is_refused(any_house: House, position: int) -> None:
    alice = any_house.alice
    made, of = state(alice), pipeline(alice)
    acts = [
        lambda: pipeline(alice, position=position),
        lambda: state(alice, position=position),
        lambda: alice.does(pipelines.change, of.id, PipelineChanges(position=position)),
        lambda: alice.does(pipelines.change_state, made.id, StateChanges(position=position)),
    ]
    with untouched(any_house):
        assert_invalid([Violation("position", Fault.OUT_OF_RANGE, (0, LAST_POSITION))], acts)


@pytest.mark.parametrize("color", ["#000000", "#FFffFf", "#1a2B3c"])
def test_a_colour_is_six_hexadecimal_digits(any_house: House, color: str) -> None:
    made = state(any_house.alice, color=color)
    assert any_house.alice.sees(pipelines.get_state, made.id).color == color


@pytest.mark.parametrize(
    "color", ["", "red", "#FFF", "#12345", "#1234567", "#GGGGGG", "000000", "#000000\n", "#00000\u0660"]
)
def test_another_colour_is_refused(any_house: House, color: str) -> None:
    alice, made = any_house.alice, state(any_house.alice)
    acts = [
        lambda: state(alice, color=color),
        lambda: alice.does(pipelines.change_state, made.id, StateChanges(color=color)),
    ]
    with untouched(any_house):
        assert_invalid([Violation("color", Fault.NOT_VALID)], acts)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        state(any_house.alice, " ", color="red", position=-1)
    assert [each.field for each in refusal.value.violations] == ["name", "color", "position"]
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        pipeline(any_house.alice, "", position=-1)
    assert [each.field for each in refusal.value.violations] == ["name", "position"]


def test_a_state_needs_a_pipeline_of_its_workspace(house: House) -> None:
    theirs, mine = pipeline(house.mallory), state(house.alice)
    with untouched(house):
        for nowhere in (NOTHING, theirs.id, mine.id):
            with pytest.raises(NoSuchReferenceError) as refusal:
                state(house.alice, pipeline_id=nowhere)
            assert (refusal.value.field, refusal.value.noun) == ("pipeline_id", "pipeline")


def test_they_are_changed(alice: Person) -> None:
    of, made = pipeline(alice), state(alice)
    renamed = alice.does(pipelines.change, of.id, PipelineChanges(name="Fairs", position=9), now=LATER)
    assert (renamed.name, renamed.position, renamed.version, renamed.updated_at) == ("Fairs", 9, 2, LATER)
    won = alice.does(pipelines.change_state, made.id, StateChanges(name="Signed", kind=StateKind.WON, color="#112233"))
    assert (won.name, won.kind, won.color, won.pipeline_id) == ("Signed", "won", "#112233", made.pipeline_id)
    assert alice.sees(pipelines.get, of.id) == renamed
    assert alice.sees(pipelines.get_state, made.id) == won
    assert story(alice, made.id) == ["pipeline_state.created", "pipeline_state.updated"]


def test_a_change_that_changes_nothing_writes_nothing(house: House) -> None:
    of, made = pipeline(house.alice), state(house.alice)
    with untouched(house):
        house.alice.does(pipelines.change, of.id, PipelineChanges(name=of.name, position=of.position))
        house.alice.does(pipelines.change_state, made.id, StateChanges(name=made.name, kind=made.kind))


def test_a_renamed_state_is_renamed_on_its_contacts(alice: Person) -> None:
    made = state(alice)
    inside = contact(alice, state_id=made.id)
    alice.does(pipelines.change_state, made.id, StateChanges(name="Signed"))
    assert alice.sees(pipelines.get_state, made.id).name == "Signed"
    assert alice.sees(contacts.get, inside.id).state == "Signed"


def test_strangers_pipelines_and_states_are_not_there(house: House) -> None:
    of, made = pipeline(house.mallory), state(house.mallory)
    verbs: list[tuple[Any, tuple[Any, ...]]] = [
        (house.alice.sees, (pipelines.get, of.id)),
        (house.alice.sees, (pipelines.get_state, made.id)),
        (house.alice.does, (pipelines.change, of.id, PipelineChanges(name="x"))),
        (house.alice.does, (pipelines.change_state, made.id, StateChanges(name="x"))),
    ]
    with untouched(house):
        for act, asked in verbs:
            with pytest.raises(NotFoundError):
                act(*asked)
        assert house.alice.sees(pipelines.states_in, [of.id]) == []
    assert_sound(house)
