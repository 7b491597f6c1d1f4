"""Undo: whatever was done can be taken back, that too, and everything is as it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, pipelines, removal, tasks, undo
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import Appended, ContactChanges, Status
from carnet.core.paging import Asked
from carnet.core.pipelines import PipelineChanges, StateChanges, StateKind
from carnet.core.tasks import Priority, TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing
from tests.core.things import company, contact, last_event, ledger, listed, pipeline, state, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.undo import Undone
    from tests.conftest import House, Person

    Deed = Callable[[], Any]

LATER = NOW + timedelta(hours=1)


def _undo(person: Person, number: int) -> Undone:
    done: Undone = person.does(undo.undo, number, now=LATER)
    return done


def _a_contact(alice: Person) -> Any:
    """A contact in the middle of things: a company, a state, tasks of its own and a shared one."""
    made = contact(
        alice,
        "Inès Łukasz",
        given_name="Inès",
        family_name="Łukasz",
        emails=["ines@halden.example"],
        phones=["+33 6 12"],
        company="Halden",
        state_id=state(alice).id,
        owner_id=alice.user.id,
        is_lead=True,
        extras={"monica": {"food": ["nuts", None, 1.5]}},
    )
    task(alice, "Own", contact_id=made.id, due_at=NOW, payload={"z": 1, "a": {"é": [True]}})
    task(alice, "Done", contact_id=made.id, status=tasks.Status.COMPLETED, due_at=NOW, all_day=True)
    task(alice, "Shared", contact_id=made.id, company_id=made.company_id, assignee_id=alice.user.id)
    return made


def _removes_a_contact(alice: Person) -> Deed:
    made = _a_contact(alice)
    return lambda: alice.does(removal.remove_contact, made.id)


def _removes_a_company(alice: Person) -> Deed:
    made = _a_contact(alice)
    contact(alice, "Bruno", company="halden")
    task(alice, "The company's", company_id=made.company_id)
    return lambda: alice.does(removal.remove_company, made.company_id)


def _removes_a_task(alice: Person) -> Deed:
    made = task(alice, payload={"a": 1}, priority=Priority.HIGH, due_at=NOW, starts_at=NOW)
    return lambda: alice.does(removal.remove_task, made.id)


def _removes_a_state(alice: Person) -> Deed:
    made = _a_contact(alice)
    contact(alice, "Bruno", state_id=made.state_id)
    return lambda: alice.does(removal.remove_state, made.state_id)


def _removes_a_pipeline(alice: Person) -> Deed:
    of = pipeline(alice)
    states = [state(alice, f"State {n}", pipeline_id=of.id, kind=StateKind.WON) for n in range(3)]
    for each in (*states, states[0]):
        contact(alice, state_id=each.id)
    return lambda: alice.does(removal.remove_pipeline, of.id)


def _changes_a_contact(alice: Person) -> Deed:
    made = _a_contact(alice)
    said = ContactChanges(
        name="Zoé", emails=["zoe@x"], phones=[], company=None, state_id=None, owner_id=None, is_lead=False, extras={}
    )
    return lambda: alice.does(contacts.change, made.id, said)


def _moves_a_contact(alice: Person) -> Deed:
    made, other = _a_contact(alice), state(alice, "Elsewhere")
    return lambda: alice.does(contacts.move, made.id, other.id)


def _appends_to_a_contact(alice: Person) -> Deed:
    made = contact(alice, description="one")
    return lambda: alice.does(contacts.append, made.id, Appended.DESCRIPTION, "two")


def _changes_a_company(alice: Person) -> Deed:
    made = company(alice, "Halden", website="https://a", emails=["a@b"])
    said = CompanyChanges(name="Morel", website=None, emails=[], phones=["1"], extras={"ysuite": {}})
    return lambda: alice.does(companies.change, made.id, said)


def _changes_a_task(alice: Person) -> Deed:
    made = task(alice, due_at=NOW, payload={"a": 1}, contact_id=contact(alice).id)
    said = TaskChanges(title="Zzz", due_at=None, payload=None, contact_id=None, priority=Priority.URGENT)
    return lambda: alice.does(tasks.change, made.id, said)


def _postpones_a_task(alice: Person) -> Deed:
    made = task(alice, due_at=NOW, all_day=True)
    return lambda: alice.does(tasks.change, made.id, TaskChanges(due_at=NOW + timedelta(weeks=60)))


def _completes_a_task(alice: Person) -> Deed:
    made = task(alice)
    return lambda: alice.does(tasks.complete, made.id)


def _reopens_a_task(alice: Person) -> Deed:
    made = task(alice, status=tasks.Status.COMPLETED, completed_at=NOW - timedelta(days=1))
    return lambda: alice.does(tasks.change, made.id, TaskChanges(status=tasks.Status.NO_SHOW))


def _changes_a_state(alice: Person) -> Deed:
    made = state(alice)
    said = StateChanges(name="Zzz", color="#000000", position=0, kind=StateKind.LOST)
    return lambda: alice.does(pipelines.change_state, made.id, said)


def _changes_a_pipeline(alice: Person) -> Deed:
    made = pipeline(alice)
    return lambda: alice.does(pipelines.change, made.id, PipelineChanges(name="Zzz", position=0))


def _makes_a_contact(alice: Person) -> Deed:
    employer, into = company(alice), state(alice)
    return lambda: contact(alice, company_id=employer.id, state_id=into.id, status=Status.LOST)


def _makes_a_task(alice: Person) -> Deed:
    someone = contact(alice)
    return lambda: task(alice, contact_id=someone.id, due_at=NOW)


def _makes(make: Callable[..., Any]) -> Callable[[Person], Deed]:
    return lambda alice: lambda: make(alice)


DEEDS: dict[str, Callable[[Person], Deed]] = {
    **{
        deed.__name__.strip("_"): deed
        for deed in (
            *(_removes_a_contact, _removes_a_company, _removes_a_task, _removes_a_state, _removes_a_pipeline),
            *(_changes_a_contact, _moves_a_contact, _appends_to_a_contact, _changes_a_company, _changes_a_task),
            *(_postpones_a_task, _completes_a_task, _reopens_a_task, _changes_a_state, _changes_a_pipeline),
            *(_makes_a_contact, _makes_a_task),
        )
    },
    **{f"makes_a_{make.__name__}": _makes(make) for make in (company, pipeline, state)},
}


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
    pages = (contacts.page, companies.page, tasks.page, pipelines.page, pipelines.page_of_states)
    return {each.id: (each.version, each.updated_at) for page in pages for each in listed(alice, page)}


def test_what_comes_back_is_found_again(house: House) -> None:
    alice = house.alice
    made = _a_contact(alice)
    for query in ("lukasz", "halden.example", "336", "ukas", "łu", "i"):
        number = alice.does(removal.remove_contact, made.id)
        assert alice.sees(contacts.page, Asked(filters={"q": query})).total == 0
        _undo(alice, number)
        page = alice.sees(contacts.page, Asked(filters={"q": query}))
        assert ([each.id for each in page.items], page.total) == ([made.id], 1)
    assert alice.sees(tasks.page, Asked(filters={"q": "own"})).total == 1
