"""Contacts in the core: the people that a workspace knows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts
from carnet.core.contacts import Appended, ContactChanges, ContactDraft
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.paging import Asked
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, company, contact, last_event, listed, state, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.contacts import Contact
    from tests.conftest import House, Person

    Acts = list[Callable[[str], Any]]

LATER = NOW + timedelta(hours=1)


def _change(person: Person, record: Contact, **said: Any) -> Contact:
    changed: Contact = person.does(contacts.change, record.id, ContactChanges(**said), now=LATER)
    return changed


def test_it_keeps_what_was_said(alice: Person, bob: Person) -> None:
    said: dict[str, Any] = {
        "name": "Inès Maria Aubry",
        "given_name": "Inès",
        "middle_name": "Maria",
        "family_name": "Aubry",
        "emails": ["ines@halden.example", "i@x"],
        "phones": ["+33 6 12 34 56 78", ""],
        "position": "Buyer",
        "address": "1 rue du Port\n44000 Nantes",
        "website": "https://halden.example",
        "linkedin_url": "https://linkedin.example/in/ines",
        "description": "Met twice",
        "meeting_context": "The fair",
        "status": "qualified",
        "owner_id": bob.user.id,
        "is_lead": True,
        "extras": {"monica": {"food": "no nuts"}},
    }
    made = contact(alice, **said)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.number, made.version, made.created_at, made.updated_at) == (1, 1, NOW, NOW)
    assert alice.sees(contacts.get, made.id) == made


def test_what_was_not_said_is_empty(alice: Person) -> None:
    made = alice.sees(contacts.get, contact(alice, "x").id)
    assert (made.emails, made.phones, made.status, made.is_lead) == ([], [], "pending", False)
    names = ("company", "company_id", "state", "state_id", "owner_id", "position", "description", "given_name")
    assert [getattr(made, name) for name in names] == [None] * len(names)


def test_a_change_touches_what_it_names(alice: Person) -> None:
    made = contact(alice, position="Buyer", description="x", emails=["a@b"])
    changed = _change(alice, made, position=None, emails=["c@d", "a@b"])
    expected = msgspec.structs.replace(made, position=None, emails=["c@d", "a@b"], version=2, updated_at=LATER)
    assert changed == expected
    assert alice.sees(contacts.get, made.id) == expected


def test_a_change_that_changes_nothing_writes_nothing(house: House) -> None:
    made = contact(house.alice, position="Buyer", emails=["a@b"], company="Halden", extras={"ysuite": {"vat": "1"}})
    said = {name: getattr(made, name) for name in ("name", "position", "emails", "company", "company_id", "extras")}
    with untouched(house):
        assert _change(house.alice, made, **said) == made
        assert _change(house.alice, made) == made


@pytest.mark.parametrize("name", ["", " ", "\t\n", "\u3000"])
def test_a_blank_name_is_refused(any_house: House, name: str) -> None:
    alice = any_house.alice
    made = contact(alice)
    acts = [lambda: contact(alice, name), lambda: _change(alice, made, name=name)]
    with untouched(any_house):
        assert_invalid([Violation("name", Fault.BLANK)], acts)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        contact(any_house.alice, " ", emails=["a@b", "a", "c@d", ""])
    assert [(each.field, each.fault) for each in refusal.value.violations] == [
        ("name", Fault.BLANK),
        ("emails[1]", Fault.NOT_AN_EMAIL),
        ("emails[3]", Fault.NOT_AN_EMAIL),
    ]


def test_an_old_address_that_is_none_may_stay_but_no_new_one_come(house: House) -> None:
    made = contact(house.alice, emails=["a@b"])
    house.store.write_now(house.main.id, _spoil, made.id)
    assert _change(house.alice, made, emails=["not one", "c@d"]).emails == ["not one", "c@d"]
    with untouched(house), pytest.raises(InvalidError) as refusal:
        _change(house.alice, made, emails=["not one", "another"])
    assert refusal.value.violations == [Violation("emails[1]", Fault.NOT_AN_EMAIL)]


def _spoil(db: Any, contact_id: str) -> None:
    """Keep an address as an import may have brought it."""
    db.run(contacts.NOUN.update(("emails",)), workspace_id=1, record_id=contact_id, new_emails=["not one"])


def test_another_name_clears_the_parts_of_the_old_one(alice: Person) -> None:
    parts = {"given_name": "Inès", "middle_name": "M", "family_name": "Aubry"}
    made = contact(alice, "Inès Aubry", **parts)
    same = _change(alice, made, name="Inès Aubry", position="x")
    assert (same.given_name, same.family_name) == ("Inès", "Aubry")
    other = _change(alice, made, name="Inès Morel")
    assert (other.name, other.given_name, other.middle_name, other.family_name) == ("Inès Morel", None, None, None)


def test_a_name_that_comes_with_its_parts_leaves_the_rest_of_them(alice: Person) -> None:
    made = contact(alice, "Inès M Aubry", given_name="Inès", middle_name="M", family_name="Aubry")
    other = _change(alice, made, name="Inès Morel", family_name="Morel")
    assert (other.given_name, other.middle_name, other.family_name) == ("Inès", "M", "Morel")


def test_a_text_is_appended_on_a_line_of_its_own(alice: Person) -> None:
    made = contact(alice)
    for field in Appended:
        assert getattr(alice.does(contacts.append, made.id, field, "one"), field) == "one"
        assert getattr(alice.does(contacts.append, made.id, field, " two\n"), field) == "one\n two\n"
    assert last_event(alice).before == {"meeting_context": "one"}
    assert alice.sees(contacts.get, made.id).version == 5


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_blank_text_is_not_appended(any_house: House, text: str) -> None:
    made = contact(any_house.alice, description="x")
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        any_house.alice.does(contacts.append, made.id, Appended.DESCRIPTION, text)
    assert refusal.value.violations == [Violation("text", Fault.BLANK)]


def test_it_moves_through_states_and_out_of_its_pipeline(alice: Person) -> None:
    made, first, second = contact(alice), state(alice, "First"), state(alice, "Second")
    places = [alice.does(contacts.move, made.id, each.id if each else None) for each in (first, second, second, None)]
    assert [(place.state, place.state_id) for place in places] == [
        ("First", first.id),
        ("Second", second.id),
        ("Second", second.id),
        (None, None),
    ]
    assert story(alice, made.id) == ["contact.created"] + ["contact.moved"] * 3
    assert places[-1].version == 4


def test_it_does_not_move_to_where_there_is_no_state(house: House) -> None:
    made, theirs = contact(house.alice, state_id=state(house.alice).id), state(house.mallory)
    with untouched(house):
        for nowhere in (NOTHING, theirs.id, made.id):
            with pytest.raises(InvalidError) as refusal:
                house.alice.does(contacts.move, made.id, nowhere)
            assert refusal.value.violations == [Violation("state_id", Fault.UNKNOWN)]


def test_only_a_member_can_own_it(house: House) -> None:
    alice = house.alice
    made = contact(alice, owner_id=house.rita.user.id)
    assert _change(alice, made, owner_id=house.bob.user.id).owner_id == house.bob.user.id
    acts: Acts = [lambda who: contact(alice, owner_id=who), lambda who: _change(alice, made, owner_id=who)]
    with untouched(house):
        for stranger in (house.mallory.user.id, NOTHING):
            for error in refused(NoSuchReferenceError, acts, stranger):
                assert (error.field, error.noun) == ("owner_id", "user")
    assert _change(alice, made, owner_id=None).owner_id is None


def test_its_state_must_be_there(house: House) -> None:
    alice, theirs = house.alice, state(house.mallory)
    made = contact(alice, state_id=state(alice, "Mine").id)
    assert made.state == "Mine"
    acts: Acts = [lambda to: contact(alice, state_id=to), lambda to: _change(alice, made, state_id=to)]
    with untouched(house):
        for nowhere in (theirs.id, NOTHING):
            for error in refused(NoSuchReferenceError, acts, nowhere):
                assert (error.field, error.noun) == ("state_id", "pipeline_state")


def test_a_company_or_a_strangers_contact_is_no_contact(house: House) -> None:
    others = (company(house.alice).id, contact(house.mallory).id, NOTHING)
    acts: Acts = [
        lambda to: house.alice.sees(contacts.get, to),
        lambda to: house.alice.does(contacts.change, to, ContactChanges(name="x")),
        lambda to: house.alice.does(contacts.append, to, Appended.DESCRIPTION, "x"),
        lambda to: house.alice.does(contacts.move, to, None),
    ]
    with untouched(house):
        for other in others:
            for error in refused(NotFoundError, acts, other):
                assert (error.noun, error.record_id) == ("contact", other)
    assert listed(house.alice, contacts.page) == []
    assert_sound(house)


def test_who_is_partial_has_no_entry_and_is_still_known(house: House) -> None:
    alice = house.alice
    entry = alice.does(contacts.create, ContactDraft(name="Inès"))
    assert listed(alice, contacts.page_of_entries) == [entry]
    relative = alice.does(contacts.create, ContactDraft(name="Her brother", is_partial=True))
    assert listed(alice, contacts.page_of_entries) == [entry]
    assert listed(alice, contacts.page) == [relative, entry]
    assert alice.sees(contacts.page_of_entries, Asked(limit=0)).total == 1
