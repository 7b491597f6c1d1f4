"""Each verb of the core asks for its rights, and for nothing more."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import directory, events, notes, nouns, outbox, pipelines, removal, tags, undo, users, workspaces
from carnet.core.errors import ForbiddenError, NoSuchReferenceError, NotFoundError
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Right, Role
from tests.core.dump import untouched
from tests.core.things import MAKERS, NOTHING, activity, contact, last_event, tag
from tests.core.verbs import APART, CHANGING, CREATING, HANGING, MADE, QUIET, READING, READS, WRITES, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person


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


@pytest.mark.parametrize("verb", [verb for verb in (*READING, *CHANGING) if verb[1]], ids=_name)
def test_a_stranger_is_told_that_there_is_no_such_record(any_house: House, verb: Verb) -> None:
    record_id, mallory = verb[1](any_house.alice).id, any_house.mallory
    with untouched(any_house):
        for unknown in (record_id, NOTHING):
            with pytest.raises(NotFoundError) as refusal:
                _act(mallory, verb, unknown)
            assert (refusal.value.record_id, refusal.value.noun) == (unknown, last_event(any_house.alice).noun)


@pytest.mark.parametrize("verb", [*CREATING, *CHANGING], ids=_name)
def test_a_reader_changes_nothing(any_house: House, verb: Verb) -> None:
    record_id = verb[1](any_house.alice).id if verb[1] else None
    with untouched(any_house), pytest.raises(ForbiddenError):
        _act(any_house.rita, verb, record_id)


def test_a_reader_reads_everything_that_is_not_the_owners(house: House) -> None:
    theirs = [verb for verb in READING if READS[MADE[verb[1]] if verb[1] else verb[2][0]] in ROLE_RIGHTS[Role.READER]]
    assert {verb[0].__module__ for verb in READING if verb not in theirs} == {"carnet.core.webhooks"}
    for verb in theirs:
        record_id = verb[1](house.alice).id if verb[1] else None
        assert _act(house.rita, verb, record_id) is not None


def test_who_reads_or_writes_pipelines_reads_their_states(any_house: House) -> None:
    _may_only(any_house.alice, {Right.WRITE_PIPELINES})
    assert any_house.alice.sees(pipelines.states_in, []) == []
    _may_only(any_house.alice, set(Right) - {Right.READ_PIPELINES, Right.WRITE_PIPELINES})
    with pytest.raises(ForbiddenError):
        any_house.alice.sees(pipelines.states_in, [])


@pytest.mark.parametrize(("create", "noun", "draft"), HANGING, ids=[noun.__name__ for _, noun, _ in HANGING])
def test_what_hangs_on_a_contact_asks_for_its_own_right_alone(
    any_house: House, create: Any, noun: Any, draft: Callable[[str], Any]
) -> None:
    alice, said = any_house.alice, draft(contact(any_house.alice).id)
    _may_only(alice, set(Right) - {WRITES[noun]})
    with untouched(any_house), pytest.raises(ForbiddenError):
        alice.does(create, said)
    _may_only(alice, {WRITES[noun]})
    assert alice.does(create, said).number == 1
    with untouched(any_house):
        with pytest.raises(ForbiddenError):
            any_house.rita.does(create, said)
        with pytest.raises(NoSuchReferenceError):
            any_house.mallory.does(create, said)


def test_what_is_told_beside_contacts_is_left_out_for_who_may_not_read_it(any_house: House) -> None:
    alice = any_house.alice
    someone = contact(alice)
    for make in {make for make, _ in QUIET.values()}:
        make(alice, **({"contact_ids": [someone.id]} if make is activity else {"contact_id": someone.id}))
    for verb, (_, right) in QUIET.items():
        asked = {"most": 3} if verb is notes.latest else {}
        _may_only(alice, {right})
        assert alice.sees(verb, [someone.id], **asked), verb
        _may_only(alice, set(Right) - {right})
        assert not alice.sees(verb, [someone.id], **asked), verb
        assert not any_house.mallory.sees(verb, [someone.id], **asked), verb


def test_who_reads_both_people_and_companies_reads_the_directory(any_house: House) -> None:
    alice, number = any_house.alice, contact(any_house.alice).number
    both = {Right.READ_CONTACTS, Right.READ_COMPANIES}
    readings: list[Callable[[], Any]] = [
        lambda: alice.sees(directory.page, Asked()).total,
        lambda: alice.sees(directory.find, number).number,
    ]
    for reading in readings:
        _may_only(alice, both)
        assert reading() == 1
        for lacking in both:
            _may_only(alice, set(Right) - {lacking})
            with pytest.raises(ForbiddenError) as refusal:
                reading()
            assert refusal.value.right == lacking


def test_who_reads_tags_finds_one_and_who_writes_them_makes_it(any_house: House) -> None:
    alice, made = any_house.alice, tag(any_house.alice)
    _may_only(alice, {Right.READ_TAGS})
    assert alice.does(tags.find_or_create, made.name) == made
    with untouched(any_house), pytest.raises(ForbiddenError):
        alice.does(tags.find_or_create, "another")
    _may_only(alice, {Right.READ_TAGS, Right.WRITE_TAGS})
    assert alice.does(tags.find_or_create, "another").number == 2
    _may_only(alice, set(Right) - {Right.READ_TAGS})
    with untouched(any_house), pytest.raises(ForbiddenError):
        alice.does(tags.find_or_create, made.name)


def test_who_reads_contacts_reads_who_owns_them(any_house: House) -> None:
    alice = any_house.alice
    readings: list[Callable[[], Any]] = [
        lambda: alice.sees(users.page_of_members, Asked()),
        lambda: alice.sees(users.members),
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
    tried = {verb[0] for verb in (*READING, *CREATING, *CHANGING)} | {each[0] for each in HANGING} | APART | set(QUIET)
    for noun in (*READS, outbox, directory, users, workspaces, removal, undo, events):
        for name, verb in inspect.getmembers(noun, inspect.isfunction):
            if (
                verb.__module__ == noun.__name__
                and not name.startswith("_")
                and "actor" in inspect.signature(verb).parameters
            ):
                assert verb in tried, f"{noun.__name__}.{name}"


def test_no_noun_was_forgotten_here() -> None:
    assert set(MADE) == set(MAKERS.values())
    assert {each.get for each in nouns.NOUNS.values()} == {verb[0] for verb in READING if verb[1]}
    assert {each.remove for each in nouns.NOUNS.values()} <= {verb[0] for verb in CHANGING}
    assert all(WRITES[MADE[MAKERS[name]]] == each.right for name, each in nouns.NOUNS.items())


def test_no_table_of_verbs_stands_for_a_right_that_is_asked_of_nobody() -> None:
    assert {*READS.values(), *WRITES.values()} == set(Right) - {Right.READ_METRICS}


def test_an_owner_may_everything_and_a_reader_only_read() -> None:
    assert ROLE_RIGHTS[Role.OWNER] == set(Right)
    assert all(right.verb == "read" for right in ROLE_RIGHTS[Role.READER])
