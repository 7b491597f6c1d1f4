"""Undo when much has happened since: what was edited is kept, and named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import msgspec
import pytest

from carnet.core import contacts, events, pipelines, removal, tasks, undo
from carnet.core.contacts import ContactChanges
from carnet.core.errors import ConflictError, ForbiddenError, NotFoundError
from carnet.core.paging import Asked
from carnet.core.permissions import Right
from carnet.core.tasks import TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.things import company, contact, last_event, ledger, listed, pipeline, state, story, task

if TYPE_CHECKING:
    from carnet.core.undo import Undone
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def _undo(person: Person, number: int) -> Undone:
    done: Undone = person.does(undo.undo, number, now=LATER)
    return done


def _changed(person: Person, record_id: str, **said: object) -> int:
    """Change a contact, and give its event's number."""
    person.does(contacts.change, record_id, ContactChanges(**said))  # type: ignore[arg-type]
    return last_event(person).number


def test_a_field_that_was_edited_since_is_kept_and_named(alice: Person) -> None:
    made = contact(alice, "Inès", position="Buyer", website="https://a")
    number = _changed(alice, made.id, name="Zoé", position="Chief", website="https://b")
    _changed(alice, made.id, position="Director", description="New")
    done = _undo(alice, number)
    read = alice.sees(contacts.get, made.id)
    assert (read.name, read.position, read.website, read.description) == ("Inès", "Director", "https://a", "New")
    assert done.events == [number]
    assert done.kept == [f"contact {made.id} position"]


def test_where_everything_was_edited_since_nothing_is_written(house: House) -> None:
    made = contact(house.alice, position="Buyer")
    number = _changed(house.alice, made.id, position="Chief")
    _changed(house.alice, made.id, position="Director")
    with untouched(house):
        assert _undo(house.alice, number).kept == [f"contact {made.id} position"]


def test_undoing_a_change_twice_finds_nothing_left_to_undo(house: House) -> None:
    made = contact(house.alice, position="Buyer")
    number = _changed(house.alice, made.id, position="Chief")
    _undo(house.alice, number)
    with untouched(house):
        assert _undo(house.alice, number).kept == [f"contact {made.id} position"]
    assert house.alice.sees(contacts.get, made.id).position == "Buyer"


def test_what_is_back_already_cannot_come_back(house: House) -> None:
    made = contact(house.alice)
    number = house.alice.does(removal.remove_contact, made.id)
    _undo(house.alice, number)
    with untouched(house), pytest.raises(ConflictError, match="there already"):
        _undo(house.alice, number)


def test_what_is_gone_already_cannot_go(house: House) -> None:
    made = contact(house.alice)
    number = last_event(house.alice).number
    _undo(house.alice, number)
    with untouched(house), pytest.raises(ConflictError, match="gone already"):
        _undo(house.alice, number)
    assert story(house.alice, made.id) == ["contact.created", "contact.deleted"]


def test_a_change_of_what_is_gone_cannot_be_taken_back(house: House) -> None:
    made = contact(house.alice)
    number = _changed(house.alice, made.id, position="Chief")
    house.alice.does(removal.remove_contact, made.id)
    with untouched(house), pytest.raises(ConflictError, match="is gone"):
        _undo(house.alice, number)


def test_a_state_cannot_come_back_without_its_pipeline(house: House) -> None:
    alice = house.alice
    of = pipeline(alice)
    made = state(alice, pipeline_id=of.id)
    lost = alice.does(removal.remove_state, made.id)
    whole = alice.does(removal.remove_pipeline, of.id)
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        _undo(alice, lost)
    _undo(alice, whole)
    _undo(alice, lost)
    assert alice.sees(pipelines.get_state, made.id).pipeline_id == of.id
    assert_sound(house)


def test_the_default_pipeline_cannot_be_undone(house: House) -> None:
    first = ledger(house.alice)[0]
    assert first.kind == "pipeline.created"
    with untouched(house), pytest.raises(ConflictError):
        _undo(house.alice, first.number)


def test_a_link_to_what_is_gone_by_then_is_left_out_and_named(house: House) -> None:
    alice = house.alice
    made = contact(alice, company="Halden", state_id=state(alice).id)
    number = alice.does(removal.remove_contact, made.id)
    alice.does(removal.remove_company, made.company_id)
    alice.does(removal.remove_state, made.state_id)
    done = _undo(alice, number)
    read = alice.sees(contacts.get, made.id)
    assert (read.name, read.company_id, read.state_id) == (made.name, None, None)
    assert done.kept == [f"contact {made.id} company_id", f"contact {made.id} state_id"]
    assert_sound(house)


def test_a_change_goes_not_back_to_a_link_that_is_gone(house: House) -> None:
    alice = house.alice
    first, second = company(alice, "First"), company(alice, "Second")
    made = contact(alice, company_id=first.id)
    number = _changed(alice, made.id, company_id=second.id, position="Chief")
    alice.does(removal.remove_company, first.id)
    done = _undo(alice, number)
    read = alice.sees(contacts.get, made.id)
    assert (read.company_id, read.position) == (second.id, None)
    assert done.kept == [f"contact {made.id} company_id"]


def test_people_who_found_other_work_since_are_kept_there(house: House) -> None:
    alice = house.alice
    employer = company(alice, "Halden")
    stays, left = (contact(alice, company_id=employer.id) for _ in range(2))
    number = alice.does(removal.remove_company, employer.id)
    _changed(alice, left.id, company="Morel")
    done = _undo(alice, number)
    assert alice.sees(contacts.get, stays.id).company == "Halden"
    assert alice.sees(contacts.get, left.id).company == "Morel"
    assert done.kept == [f"contact {left.id} company_id"]
    assert_sound(house)


def test_one_part_can_be_undone_alone_and_the_rest_later(house: House) -> None:
    alice = house.alice
    someone = contact(alice)
    first, second = (task(alice, contact_id=someone.id) for _ in range(2))
    number = alice.does(removal.remove_contact, someone.id)
    part = next(each for each in alice.sees(events.parts, number) if each.record_id == first.id)
    done = _undo(alice, part.number)
    assert done.kept == [f"task {first.id} contact_id"]
    assert alice.sees(tasks.get, first.id).contact_id is None
    _undo(alice, number)
    assert alice.sees(contacts.get, someone.id).name == someone.name
    assert alice.sees(tasks.get, second.id).contact_id == someone.id
    assert_sound(house)


def test_a_part_whose_record_is_gone_since_does_not_stop_the_rest(house: House) -> None:
    alice = house.alice
    employer = company(alice, "Halden")
    stays, gone = (contact(alice, company_id=employer.id) for _ in range(2))
    number = alice.does(removal.remove_company, employer.id)
    alice.does(removal.remove_contact, gone.id)
    done = _undo(alice, number)
    assert alice.sees(contacts.get, stays.id).company == "Halden"
    assert any(gone.id in each for each in done.kept)
    assert_sound(house)


def test_taking_back_a_birth_takes_along_what_hangs_on_it_since(house: House) -> None:
    alice = house.alice
    someone = contact(alice)
    number = last_event(alice).number
    hanging = task(alice, contact_id=someone.id)
    before = standing(house)
    _undo(alice, number)
    assert listed(alice, contacts.page) == listed(alice, tasks.page) == []
    end = next(event for event in ledger(alice) if event.undoes == number)
    _undo(alice, end.number)
    assert standing(house) == before
    assert alice.sees(tasks.get, hanging.id).contact_id == someone.id


def test_a_moment_is_taken_back_whatever_its_offset(alice: Person) -> None:
    made = task(alice, due_at=NOW)
    in_paris = datetime(2026, 7, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    alice.does(tasks.change, made.id, TaskChanges(due_at=in_paris))
    assert alice.sees(tasks.get, made.id).due_at == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert _undo(alice, last_event(alice).number).kept == []
    assert alice.sees(tasks.get, made.id).due_at == NOW


def test_no_event_and_another_workspaces_look_alike(house: House) -> None:
    task(house.alice)
    theirs = last_event(house.mallory).number
    with untouched(house):
        for number in (0, -1, 99_999, 2**62):
            with pytest.raises(NotFoundError):
                _undo(house.alice, number)
    mine = last_event(house.alice).number
    assert mine > theirs
    with untouched(house), pytest.raises(NotFoundError):
        _undo(house.mallory, mine)


def test_who_could_remove_the_whole_may_bring_it_back_with_its_parts(alice: Person) -> None:
    someone = contact(alice)
    task(alice, contact_id=someone.id)
    alice.actor = msgspec.structs.replace(alice.actor, rights=alice.actor.rights - {Right.WRITE_TASKS})
    number = alice.does(removal.remove_contact, someone.id)
    assert len(_undo(alice, number).events) == 2
    assert alice.sees(tasks.page, Asked()).total == 1


def test_who_may_not_write_a_noun_may_not_undo_its_changes(house: House) -> None:
    alice, lacking = house.alice, Right.WRITE_CONTACTS
    someone = contact(alice)
    task(alice, contact_id=someone.id)
    number = alice.does(removal.remove_contact, someone.id)
    alice.actor = msgspec.structs.replace(alice.actor, rights=alice.actor.rights - {lacking})
    with untouched(house), pytest.raises(ForbiddenError) as refusal:
        _undo(alice, number)
    assert refusal.value.right == lacking
