"""Each verb of the core asks for its rights, and for nothing more."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import companies, contacts, events, pipelines, removal, tasks, undo, users
from carnet.core.companies import CompanyChanges, CompanyDraft
from carnet.core.contacts import Appended, ContactChanges, ContactDraft
from carnet.core.errors import ForbiddenError
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Right, Role
from carnet.core.pipelines import PipelineChanges, PipelineDraft, StateChanges, StateDraft
from carnet.core.tasks import TaskChanges, TaskDraft
from tests.core.dump import untouched
from tests.core.things import company, contact, last_event, pipeline, state, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person

READS = {
    contacts: Right.READ_CONTACTS,
    companies: Right.READ_COMPANIES,
    tasks: Right.READ_TASKS,
    pipelines: Right.READ_PIPELINES,
}
WRITES = {
    contacts: Right.WRITE_CONTACTS,
    companies: Right.WRITE_COMPANIES,
    tasks: Right.WRITE_TASKS,
    pipelines: Right.WRITE_PIPELINES,
}
MADE = {contact: contacts, company: companies, task: tasks, pipeline: pipelines, state: pipelines}
"""What makes a record that a verb is about, and its noun."""

Verb = tuple[Any, Any, tuple[Any, ...]]
"""A verb, what makes the record that it is about (or None), and what else it is asked."""

READING: list[Verb] = [
    *((noun.page, None, (noun, Asked())) for noun in READS),
    (pipelines.page_of_states, None, (pipelines, Asked())),
    (contacts.get, contact, ()),
    (companies.get, company, ()),
    (tasks.get, task, ()),
    (pipelines.get, pipeline, ()),
    (pipelines.get_state, state, ()),
]
CREATING: list[Verb] = [
    (contacts.create, None, (contacts, ContactDraft(name="x", company="Halden"))),
    (companies.create, None, (companies, CompanyDraft(name="x"))),
    (tasks.create, None, (tasks, TaskDraft(title="x"))),
    (pipelines.create, None, (pipelines, PipelineDraft(name="x"))),
    (pipelines.create_state, None, (pipelines, StateDraft(name="x"))),
]
CHANGING: list[Verb] = [
    (contacts.change, contact, (ContactChanges(name="x"),)),
    (contacts.append, contact, (Appended.DESCRIPTION, "x")),
    (contacts.move, contact, (None,)),
    (companies.change, company, (CompanyChanges(name="x"),)),
    (tasks.change, task, (TaskChanges(title="x"),)),
    (tasks.complete, task, ()),
    (pipelines.change, pipeline, (PipelineChanges(name="x"),)),
    (pipelines.change_state, state, (StateChanges(name="x"),)),
    (removal.remove_contact, contact, ()),
    (removal.remove_company, company, ()),
    (removal.remove_task, task, ()),
    (removal.remove_state, state, ()),
    (removal.remove_pipeline, pipeline, ()),
]
APART = {
    # Asked by other verbs, which have asked for the right themselves.
    *(contacts.linked_to, tasks.linked_to, contacts.update, pipelines.create_default, pipelines.states_in),
    companies.find_or_create,  # part of writing a contact
    users.is_member,
    # Tried below, on what they are about.
    *(users.page_of_members, users.get_member, undo.undo),
    # Readers of the ledger stand above the nouns; who shows it asks for the rights.
    *(events.record, events.next_number, events.get, events.parts, events.of_record, events.since),
}


def _name(verb: Verb) -> str:
    return f"{verb[0].__module__.rpartition('.')[2]}.{verb[0].__name__}"


def _needed(verb: Verb) -> set[Right]:
    """What a verb must ask for: to read what it reads, and to write what it writes."""
    made = verb[1]
    noun = MADE[made] if made else verb[2][0]
    needed = set() if verb in CREATING else {READS[noun]}
    return needed if verb in READING else needed | {WRITES[noun]}


def _act(person: Person, verb: Verb, record_id: str | None) -> Any:
    asked = (record_id, *verb[2]) if record_id else verb[2][1:]
    return person.sees(verb[0], *asked) if verb in READING else person.does(verb[0], *asked)


def _may_only(person: Person, rights: set[Right] | frozenset[Right]) -> None:
    person.actor = msgspec.structs.replace(person.actor, rights=frozenset(rights))


@pytest.mark.parametrize("verb", [*READING, *CREATING, *CHANGING], ids=_name)
def test_a_verb_is_refused_without_each_of_its_rights(any_house: House, verb: Verb) -> None:
    alice = any_house.alice
    record_id = verb[1](alice).id if verb[1] else None
    for lacking in _needed(verb):
        _may_only(alice, set(Right) - {lacking})
        with untouched(any_house), pytest.raises(ForbiddenError) as refusal:
            _act(alice, verb, record_id)
        assert refusal.value.right == lacking


@pytest.mark.parametrize("verb", [*READING, *CREATING, *CHANGING], ids=_name)
def test_a_verb_needs_no_other_right(any_house: House, verb: Verb) -> None:
    alice = any_house.alice
    record_id = verb[1](alice).id if verb[1] else None
    _may_only(alice, _needed(verb))
    assert _act(alice, verb, record_id) is not None


@pytest.mark.parametrize("verb", [*CREATING, *CHANGING], ids=_name)
def test_a_reader_changes_nothing(any_house: House, verb: Verb) -> None:
    record_id = verb[1](any_house.alice).id if verb[1] else None
    with untouched(any_house), pytest.raises(ForbiddenError):
        _act(any_house.rita, verb, record_id)


def test_a_reader_reads_everything(house: House) -> None:
    for verb in READING:
        record_id = verb[1](house.alice).id if verb[1] else None
        assert _act(house.rita, verb, record_id) is not None


def test_who_reads_or_writes_pipelines_reads_their_states(any_house: House) -> None:
    _may_only(any_house.alice, {Right.WRITE_PIPELINES})
    assert any_house.alice.sees(pipelines.states_in, []) == []
    _may_only(any_house.alice, set(Right) - {Right.READ_PIPELINES, Right.WRITE_PIPELINES})
    with pytest.raises(ForbiddenError):
        any_house.alice.sees(pipelines.states_in, [])


def test_who_reads_contacts_reads_who_owns_them(any_house: House) -> None:
    alice = any_house.alice
    readings: list[Callable[[], Any]] = [
        lambda: alice.sees(users.page_of_members, Asked()),
        lambda: alice.sees(users.get_member, alice.user.id),
    ]
    for reading in readings:
        _may_only(alice, {Right.READ_CONTACTS})
        assert reading() is not None
        _may_only(alice, set(Right) - {Right.READ_CONTACTS})
        with pytest.raises(ForbiddenError):
            reading()


@pytest.mark.parametrize(("make", "noun"), MADE.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_an_undo_needs_the_right_to_write_what_it_brings_back(any_house: House, make: Any, noun: Any) -> None:
    alice = any_house.alice
    make(alice)
    number = last_event(alice).number
    _may_only(alice, set(Right) - {WRITES[noun]})
    with untouched(any_house), pytest.raises(ForbiddenError):
        alice.does(undo.undo, number)
    _may_only(alice, {WRITES[noun], READS[noun]})
    assert alice.does(undo.undo, number).events == [number]


def test_no_verb_was_forgotten_here() -> None:
    tried = {verb[0] for verb in (*READING, *CREATING, *CHANGING)} | APART
    for noun in (contacts, companies, tasks, pipelines, users, removal, undo, events):
        for name, verb in inspect.getmembers(noun, inspect.isfunction):
            if (
                verb.__module__ == noun.__name__
                and not name.startswith("_")
                and "actor" in inspect.signature(verb).parameters
            ):
                assert verb in tried, f"{noun.__name__}.{name}"


def test_an_owner_may_everything_and_a_reader_only_read() -> None:
    assert ROLE_RIGHTS[Role.OWNER] == set(Right)
    assert all(right.verb == "read" for right in ROLE_RIGHTS[Role.READER])
