"""Two contacts that are one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, drafts, merging, tasks, undo
from carnet.core.errors import ConflictError, ForbiddenError, NotFoundError
from carnet.core.permissions import Right
from tests.core.dump import assert_sound, everything, untouched
from tests.core.things import (
    NOTHING,
    activity,
    call,
    company,
    contact,
    deal,
    draft,
    last_event,
    ledger,
    note,
    reminder,
    state,
    tag,
    task,
)

if TYPE_CHECKING:
    from carnet.core.merging import Merged
    from tests.conftest import House, Person


def merge(person: Person, kept: Any, other: Any) -> Merged:
    merged: Merged = person.does(merging.merge, kept.id, other.id)
    return merged


def test_what_one_lacks_it_takes_and_what_both_say_is_joined(alice: Person) -> None:
    kept = contact(alice, "Inès Aubry", emails=["ines@halden.example"], description="Likes linen.", position="Buyer")
    other = contact(
        alice,
        "Ines Aubry",
        emails=["INES@halden.example", "i@mail.example"],
        phones=["+33 6 00 00 00 01"],
        company="Halden",
        position="Weaver",
        description="Met in Lyon.",
        given_name="Inès",
        family_name="Aubry",
        state_id=state(alice).id,
        tag_ids=[tag(alice).id],
        is_lead=True,
        do_not_email=True,
        status="contacted",
    )
    merged = merge(alice, kept, other)
    after = merged.contact
    assert (after.name, after.position, after.company) == ("Inès Aubry", "Buyer", "Halden")
    assert (after.emails, after.phones) == (["ines@halden.example", "i@mail.example"], other.phones)
    assert (after.description, after.given_name, after.state_id) == (
        "Likes linen.\nMet in Lyon.",
        "Inès",
        other.state_id,
    )
    assert (after.tag_ids, after.is_lead, after.do_not_email, after.status) == (other.tag_ids, True, True, "contacted")
    assert {"emails", "phones", "company_id", "description"} <= set(merged.taken)
    assert not {"name", "position"} & set(merged.taken)
    with pytest.raises(NotFoundError):
        alice.sees(contacts.get, other.id)


def test_what_hangs_on_the_other_moves_over(house: House) -> None:
    alice = house.alice
    kept, other = contact(alice, "Inès"), contact(alice, "Ines")
    both = activity(alice, contact_ids=[other.id, kept.id])
    moved = [make(alice, contact_id=other.id) for make in (task, note, deal, reminder, call, draft)]
    merge(alice, kept, other)
    assert [each.id for each in alice.sees(tasks.linked_to, "contact_id", kept.id)] == [moved[0].id]
    assert [each.id for each in alice.sees(drafts.linked_to, kept.id)] == [moved[-1].id]
    found = [event for event in ledger(alice) if event.record_id == both.id][-1]
    assert found.after == {"contact_ids": [kept.id]}
    assert_sound(house)


def test_a_merge_of_much_is_taken_back_whole(house: House) -> None:
    alice = house.alice
    kept, other = contact(alice, "Inès", phones=["1"]), contact(alice, "Ines", company="Halden", emails=["a@b.example"])
    for number in range(40):
        for make in (task, note, deal):
            make(alice, contact_id=(kept, other)[number % 2].id)
    draft(alice, contact_id=other.id)
    activity(alice, contact_ids=[other.id, kept.id])
    before = _rows(house)
    merged = merge(alice, kept, other)
    assert _rows(house) != before
    assert alice.does(undo.undo, merged.event).kept == []
    assert _rows(house) == before
    assert_sound(house)


def _rows(house: House) -> dict[str, list[Any]]:
    """Every row but the ledger's, and what counts changes."""
    left = {"version", "updated_at"}
    return {
        table: sorted(repr({name: value for name, value in row.items() if name not in left}) for row in rows)
        for table, rows in everything(house).items()
        if table not in {"events", "counters"}
    }


def test_with_itself_or_with_nobody_nothing_is_merged(house: House) -> None:
    alice, kept = house.alice, contact(house.alice)
    theirs = contact(house.mallory)
    with untouched(house):
        with pytest.raises(ConflictError):
            alice.does(merging.merge, kept.id, kept.id)
        for one, other in ((kept.id, NOTHING), (NOTHING, kept.id), (kept.id, theirs.id), (theirs.id, kept.id)):
            with pytest.raises(NotFoundError):
                alice.does(merging.merge, one, other)
        with pytest.raises(ForbiddenError):
            house.rita.does(merging.merge, kept.id, kept.id)


def test_a_company_is_no_contact_to_merge(alice: Person) -> None:
    kept, other = contact(alice), company(alice)
    with pytest.raises(NotFoundError):
        merge(alice, kept, other)


def test_the_event_says_that_it_was_merged(alice: Person) -> None:
    kept, other = contact(alice, "Inès"), contact(alice, "Ines", phones=["1"])
    number = merge(alice, kept, other).event
    kinds = {event.number: event.kind for event in ledger(alice)}
    assert kinds[number] == "contact.merged"
    assert [event.part_of for event in ledger(alice) if event.number > number] == [number]


def test_pairs_are_found_by_email_phone_and_name(house: House) -> None:
    alice = house.alice
    first = contact(alice, "Inès Aubry", emails=["ines@halden.example"], phones=["06 11 22 33 44"])
    second = contact(alice, "INES AUBRY", emails=["INES@halden.example"])
    third = contact(alice, "I. Aubry", phones=["+33 6 11 22 33 44"])
    contact(alice, "Somebody else", phones=["12"], emails=["x@y.example"])
    contact(house.mallory, "Inès Aubry", emails=["ines@halden.example"])
    company(alice, "Ines Aubry")
    pairs = alice.sees(merging.duplicates, most=10)
    told = [(pair.first.id, pair.second.id, pair.reasons) for pair in pairs]
    assert told == [(first.id, second.id, ["email", "name"]), (first.id, third.id, ["phone"])]
    assert len(alice.sees(merging.duplicates, most=1)) == 1
    alice.actor = msgspec.structs.replace(alice.actor, rights=frozenset(Right) - {Right.READ_CONTACTS})
    with pytest.raises(ForbiddenError):
        alice.sees(merging.duplicates, most=1)
    assert last_event(alice).kind == "company.created"
