"""Undo when something that a record was linked to is gone, or has come into its place, since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from carnet.core import companies, contacts, deals, notes, removal, soundness, tags, tasks, undo
from carnet.core.contacts import ContactChanges
from carnet.core.deals import DealChanges
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.notes import NoteChanges
from carnet.core.nouns import NOUNS
from carnet.core.tags import TagChanges
from carnet.store.statements import statement
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.things import company, contact, deal, gender, last_event, ledger, listed, note, state, tag, task

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import TextClause

    from carnet.core.undo import Undone
    from carnet.store.database import Database
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def _undo(person: Person, number: int) -> Undone:
    done: Undone = person.does(undo.undo, number, now=LATER)
    return done


def _last(person: Person) -> int:
    return last_event(person).number


def _is_gone(person: Person, get: Any, record_id: str) -> bool:
    try:
        person.sees(get, record_id)
    except NotFoundError:
        return True
    return False


def test_a_contact_comes_back_without_the_tags_the_gender_and_the_state_that_went_since(house: House) -> None:
    alice = house.alice
    first, second, third = (tag(alice, name).id for name in "abc")
    made = contact(
        alice, gender_id=gender(alice).id, state_id=state(alice).id, tag_ids=[third, first, second], description="x"
    )
    number = alice.does(removal.remove_contact, made.id)
    alice.does(removal.remove_tag, first)
    alice.does(removal.remove_gender, made.gender_id)
    alice.does(removal.remove_state, made.state_id)
    done = _undo(alice, number)
    back = alice.sees(contacts.get, made.id)
    assert (back.tag_ids, back.gender_id, back.state_id, back.description) == ([third, second], None, None, "x")
    assert sorted(done.kept) == sorted(f"contact {made.id} {name}" for name in ("gender_id", "state_id", "tag_ids"))
    assert_sound(house)


@pytest.mark.parametrize(
    ("make", "remove", "get"),
    [
        (contact, removal.remove_contact, contacts.get),
        (company, removal.remove_company, companies.get),
        (task, removal.remove_task, tasks.get),
        (deal, removal.remove_deal, deals.get),
    ],
)
def test_what_bore_a_tag_alone_comes_back_without_any(house: House, make: Any, remove: Any, get: Any) -> None:
    alice, borne = house.alice, tag(house.alice)
    made = make(alice, tag_ids=[borne.id])
    number = alice.does(remove, made.id)
    lost = alice.does(removal.remove_tag, borne.id)
    assert _undo(alice, number).kept == [f"{last_event(alice).noun} {made.id} tag_ids"]
    assert alice.sees(get, made.id).tag_ids is None
    _undo(alice, lost)
    assert alice.sees(get, made.id).tag_ids is None
    assert_sound(house)


def test_a_deal_comes_back_without_the_people_and_the_company_that_went_since(house: House) -> None:
    alice = house.alice
    made = deal(alice, contact_id=contact(alice).id, company_id=company(alice).id, state_id=state(alice).id)
    number = alice.does(removal.remove_deal, made.id)
    alice.does(removal.remove_contact, made.contact_id)
    alice.does(removal.remove_company, made.company_id)
    done = _undo(alice, number)
    back = alice.sees(deals.get, made.id)
    assert (back.contact_id, back.company_id, back.state_id) == (None, None, made.state_id)
    assert done.kept == [f"deal {made.id} contact_id", f"deal {made.id} company_id"]
    assert_sound(house)


def test_what_hung_on_a_deal_that_is_gone_comes_back_with_its_contact(house: House) -> None:
    alice, someone, sold = house.alice, contact(house.alice), deal(house.alice)
    shared = [make(alice, contact_id=someone.id, deal_id=sold.id) for make in (task, note)]
    alice.does(removal.remove_deal, sold.id)
    number = alice.does(removal.remove_contact, someone.id)
    assert _is_gone(alice, tasks.get, shared[0].id)
    assert _is_gone(alice, notes.get, shared[1].id)
    assert _undo(alice, number).kept == []
    for get, each in zip((tasks.get, notes.get), shared, strict=True):
        back = alice.sees(get, each.id)
        assert (back.contact_id, back.deal_id) == (someone.id, None)
    assert_sound(house)


def test_a_note_does_not_come_back_to_nothing(house: House) -> None:
    alice, someone = house.alice, contact(house.alice)
    made = note(alice, contact_id=someone.id)
    number = alice.does(removal.remove_note, made.id)
    whole = alice.does(removal.remove_contact, someone.id)
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        _undo(alice, number)
    _undo(alice, whole)
    _undo(alice, number)
    assert alice.sees(notes.get, made.id).contact_id == someone.id
    assert_sound(house)


def test_a_note_that_went_with_its_contact_does_not_come_back_without_it(house: House) -> None:
    alice, someone = house.alice, contact(house.alice)
    made = note(alice, contact_id=someone.id)
    alice.does(removal.remove_contact, someone.id)
    part = last_event(alice)
    assert part.record_id == made.id
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        _undo(alice, part.number)


def test_no_undo_leaves_a_note_that_hangs_on_nothing(house: House) -> None:
    alice, someone, employer = house.alice, contact(house.alice), company(house.alice)
    made = note(alice, contact_id=someone.id)
    alice.does(notes.change, made.id, NoteChanges(company_id=employer.id, text="two"))
    number = _last(alice)
    alice.does(notes.change, made.id, NoteChanges(contact_id=None))
    done = _undo(alice, number)
    back = alice.sees(notes.get, made.id)
    assert (back.contact_id, back.company_id, back.text) == (None, employer.id, "Prefers linen.")
    assert done.kept == [f"note {made.id} company_id"]
    assert_sound(house)


def test_nor_one_whose_contact_went_since(house: House) -> None:
    alice, someone, employer = house.alice, contact(house.alice), company(house.alice)
    made = note(alice, contact_id=someone.id)
    alice.does(notes.change, made.id, NoteChanges(company_id=employer.id, contact_id=None))
    number = _last(alice)
    alice.does(removal.remove_contact, someone.id)
    with untouched(house):
        done = _undo(alice, number)
    assert sorted(done.kept) == [f"note {made.id} company_id", f"note {made.id} contact_id"]


def test_a_tag_whose_name_another_has_by_now_does_not_come_back(house: House) -> None:
    alice = house.alice
    made = tag(alice, "supplier")
    bearer = contact(alice, tag_ids=[made.id])
    number = alice.does(removal.remove_tag, made.id)
    other = tag(alice, "SUPPLIER")
    with untouched(house), pytest.raises(ConflictError, match="has its place"):
        _undo(alice, number)
    alice.does(tags.change, other.id, TagChanges(name="Client"))
    _undo(alice, number)
    assert alice.sees(contacts.get, bearer.id).tag_ids == [made.id]
    assert_sound(house)


def test_a_tag_keeps_its_name_where_the_old_one_is_taken(house: House) -> None:
    alice = house.alice
    made = tag(alice, "one", color="#000000")
    alice.does(tags.change, made.id, TagChanges(name="two", color="#FFFFFF"))
    number = _last(alice)
    other = tag(alice, "ONE")
    assert _undo(alice, number).kept == [f"tag {made.id} name"]
    back = alice.sees(tags.get, made.id)
    assert (back.name, back.color) == ("two", "#000000")
    alice.does(removal.remove_tag, other.id)
    _undo(alice, number)
    assert alice.sees(tags.get, made.id).name == "one"
    assert_sound(house)


def test_a_birth_of_a_tag_may_be_taken_back_while_it_is_borne(house: House) -> None:
    alice, made = house.alice, tag(house.alice)
    number = _last(alice)
    bearers = [make(alice, tag_ids=[made.id]) for make in (contact, company, task, deal)]
    after = standing(house)
    assert _undo(alice, number).events == [number]
    assert alice.sees(contacts.get, bearers[0].id).tag_ids is None
    assert standing(house) != after
    end = next(event for event in ledger(alice) if event.undoes == number)
    _undo(alice, end.number)
    assert standing(house) == after
    assert_sound(house)


def test_tags_that_were_changed_since_their_tag_went_are_kept(house: House) -> None:
    alice = house.alice
    first, second, third = (tag(alice, name).id for name in "abc")
    stays, edited, gone = (contact(alice, name, tag_ids=[first, second]) for name in ("Inès", "Bruno", "Zoé"))
    number = alice.does(removal.remove_tag, first)
    alice.does(contacts.change, edited.id, ContactChanges(tag_ids=[second, third]))
    alice.does(removal.remove_contact, gone.id)
    done = _undo(alice, number)
    assert alice.sees(contacts.get, stays.id).tag_ids == [first, second]
    assert alice.sees(contacts.get, edited.id).tag_ids == [second, third]
    assert sorted(done.kept) == sorted([f"contact {edited.id} tag_ids", f"contact {gone.id}"])
    assert [each.id for each in listed(alice, contacts.page, filters={"tag_ids": [first]})] == [stays.id]
    assert_sound(house)


def test_a_change_goes_not_back_to_a_tag_that_is_gone(house: House) -> None:
    alice = house.alice
    first, second = (tag(alice, name).id for name in "ab")
    made = contact(alice, tag_ids=[first, second])
    alice.does(contacts.change, made.id, ContactChanges(tag_ids=[], position="Chief"))
    number = _last(alice)
    alice.does(removal.remove_tag, first)
    assert _undo(alice, number).kept == [f"contact {made.id} tag_ids"]
    back = alice.sees(contacts.get, made.id)
    assert (back.tag_ids, back.position) == (None, None)
    assert_sound(house)


def test_a_deal_is_not_moved_back_into_a_state_that_is_gone(house: House) -> None:
    alice = house.alice
    first, second = state(alice, "First"), state(alice, "Won", kind="won")
    made = deal(alice, state_id=first.id)
    alice.does(deals.change, made.id, DealChanges(state_id=second.id))
    number = _last(alice)
    alice.does(removal.remove_state, first.id)
    assert _undo(alice, number).kept == [f"deal {made.id} state_id"]
    back = alice.sees(deals.get, made.id)
    assert (back.state_id, back.status, back.closed_at) == (second.id, "open", None)
    assert_sound(house)


def test_what_somebody_owned_who_left_since_comes_back_without_an_owner(house: House) -> None:
    alice, bob = house.alice, house.bob.user.id
    made = {
        "contact": contact(alice, owner_id=bob).id,
        "deal": deal(alice, owner_id=bob).id,
        "task": task(alice, assignee_id=bob).id,
    }
    numbers = [alice.does(NOUNS[noun].remove, record_id) for noun, record_id in made.items()]
    house.store.write_now(house.main.id, _leave, bob)
    fields = {"contact": "owner_id", "deal": "owner_id", "task": "assignee_id"}
    for number, (noun, record_id) in zip(numbers, made.items(), strict=True):
        assert _undo(alice, number).kept == [f"{noun} {record_id} {fields[noun]}"]
        assert getattr(alice.sees(NOUNS[noun].get, record_id), fields[noun]) is None
    assert house.store.read_now(soundness.complaints) == []


def _leave(db: Database, user_id: str) -> None:
    """Take a member out of the first workspace."""

    @statement()
    def gone() -> TextClause:
        return text(f"DELETE FROM memberships WHERE workspace_id = 1 AND user_id = '{user_id}'")  # noqa: S608

    db.run(gone())
