"""One rule of deletion: a task goes with the last record that it hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, events, pipelines, removal, tasks
from carnet.core.errors import ConflictError, NotFoundError
from tests.core.dump import assert_sound, untouched
from tests.core.things import NOTHING, company, contact, ledger, listed, pipeline, state, story, task

if TYPE_CHECKING:
    from tests.conftest import House, Person


def _gone(person: Person, get: Any, record_id: str) -> bool:
    try:
        person.sees(get, record_id)
    except NotFoundError:
        return True
    return False


def test_a_contact_takes_its_tasks_along(house: House) -> None:
    alice = house.alice
    someone, other = contact(alice), contact(alice)
    own = [task(alice, contact_id=someone.id) for _ in range(3)]
    stays = [task(alice, contact_id=other.id), task(alice)]
    number = alice.does(removal.remove_contact, someone.id)
    assert _gone(alice, contacts.get, someone.id)
    assert all(_gone(alice, tasks.get, each.id) for each in own)
    assert listed(alice, tasks.page) == stays
    parts = alice.sees(events.parts, number)
    assert [(part.kind, part.record_id) for part in parts] == [("task.deleted", each.id) for each in own]
    assert_sound(house)


def test_until_the_last_only_the_link_is_cleared(house: House) -> None:
    alice = house.alice
    someone, employer = contact(alice), company(alice)
    shared = task(alice, contact_id=someone.id, company_id=employer.id)
    alice.does(removal.remove_contact, someone.id)
    left = alice.sees(tasks.get, shared.id)
    assert (left.contact_id, left.company_id, left.version) == (None, employer.id, 2)
    alice.does(removal.remove_company, employer.id)
    assert _gone(alice, tasks.get, shared.id)
    assert story(alice, shared.id) == ["task.created", "task.updated", "task.deleted"]
    assert_sound(house)


def test_a_company_leaves_its_people_and_their_tasks(house: House) -> None:
    alice = house.alice
    employer = company(alice)
    people = [contact(alice, company_id=employer.id) for _ in range(2)]
    theirs, shared = (
        task(alice, contact_id=people[0].id),
        task(alice, contact_id=people[0].id, company_id=employer.id),
    )
    own = task(alice, company_id=employer.id)
    number = alice.does(removal.remove_company, employer.id)
    assert _gone(alice, companies.get, employer.id)
    assert _gone(alice, tasks.get, own.id)
    assert [each.company for each in listed(alice, contacts.page)] == [None, None]
    assert {each.id: each.company_id for each in listed(alice, tasks.page)} == {theirs.id: None, shared.id: None}
    parts = {part.kind for part in alice.sees(events.parts, number)}
    assert parts == {"task.updated", "task.deleted", "contact.updated"}
    assert_sound(house)


def test_a_state_leaves_its_contacts_without_one(house: House) -> None:
    alice = house.alice
    made, other = state(alice), state(alice)
    inside, elsewhere = contact(alice, state_id=made.id), contact(alice, state_id=other.id)
    alice.does(removal.remove_state, made.id)
    assert _gone(alice, pipelines.get_state, made.id)
    assert alice.sees(contacts.get, inside.id).state_id is None
    assert alice.sees(contacts.get, elsewhere.id) == elsewhere
    assert_sound(house)


def test_a_pipeline_takes_its_states_along(house: House) -> None:
    alice = house.alice
    of = pipeline(alice)
    states = [state(alice, pipeline_id=of.id) for _ in range(2)]
    inside = contact(alice, state_id=states[0].id)
    before = listed(alice, pipelines.page_of_states)
    number = alice.does(removal.remove_pipeline, of.id)
    assert _gone(alice, pipelines.get, of.id)
    assert listed(alice, pipelines.page_of_states) == [each for each in before if each.pipeline_id != of.id]
    assert alice.sees(contacts.get, inside.id).state_id is None
    assert [part.record_id for part in alice.sees(events.parts, number)] == [each.id for each in states]
    assert_sound(house)


def test_the_default_pipeline_stays(house: House) -> None:
    (default,) = listed(house.alice, pipelines.page)
    with untouched(house), pytest.raises(ConflictError):
        house.alice.does(removal.remove_pipeline, default.id)


def test_its_states_may_all_go(house: House) -> None:
    for each in listed(house.alice, pipelines.page_of_states):
        house.alice.does(removal.remove_state, each.id)
    assert listed(house.alice, pipelines.page_of_states) == []
    assert state(house.alice).position == 0
    assert_sound(house)


def test_a_removal_comes_before_its_parts_in_the_ledger(alice: Person) -> None:
    someone = contact(alice)
    task(alice, contact_id=someone.id)
    number = alice.does(removal.remove_contact, someone.id)
    end, part = ledger(alice)[-2:]
    assert (end.number, end.kind, end.part_of) == (number, "contact.deleted", None)
    assert (part.number, part.kind, part.part_of) == (number + 1, "task.deleted", number)


def test_what_is_gone_or_another_workspaces_cannot_be_removed(house: House) -> None:
    mine, theirs = _one_of_each(house.alice), _one_of_each(house.mallory)
    for verb, record_id in mine.items():
        house.alice.does(verb, record_id)
    with untouched(house):
        for verb in mine:
            for nowhere in (mine[verb], theirs[verb], NOTHING):
                with pytest.raises(NotFoundError):
                    house.alice.does(verb, nowhere)


def _one_of_each(person: Person) -> dict[Any, str]:
    return {
        removal.remove_task: task(person).id,
        removal.remove_contact: contact(person).id,
        removal.remove_company: company(person).id,
        removal.remove_state: state(person).id,
        removal.remove_pipeline: pipeline(person).id,
    }


def test_a_number_is_never_given_twice(house: House) -> None:
    alice = house.alice
    for make, verb in (
        (contact, removal.remove_contact),
        (company, removal.remove_company),
        (task, removal.remove_task),
        (state, removal.remove_state),
        (pipeline, removal.remove_pipeline),
    ):
        numbers = []
        for _ in range(3):
            made = make(alice)
            numbers.append(made.number)
            alice.does(verb, made.id)
        assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert_sound(house)
