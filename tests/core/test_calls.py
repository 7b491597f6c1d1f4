"""Calls in the core."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import calls, removal, undo
from carnet.core.calls import Call, CallChanges, Summary
from carnet.core.errors import ConflictError, Fault, ForbiddenError, InvalidError, NoSuchReferenceError, Violation
from carnet.core.permissions import Right
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.refusals import refused
from tests.core.things import NOTHING, call, company, contact, listed, story

if TYPE_CHECKING:
    from tests.conftest import House, Person

YESTERDAY = NOW - timedelta(days=1)


def _change(person: Person, made: Call, **said: Any) -> Call:
    after: Call = person.does(calls.change, made.id, CallChanges(**said))
    return after


def test_what_was_said_is_kept(alice: Person) -> None:
    of = contact(alice)
    called_at = datetime(2025, 12, 31, 23, 30, 1, 5, tzinfo=timezone(timedelta(hours=-3)))
    said = {"contact_called": True, "extras": {"monica": {"emotions": []}}}
    made = call(alice, "Wool\tor “linen”?", contact_id=of.id, called_at=called_at, **said)
    assert alice.sees(calls.get, made.id) == made
    assert (made.called_at, made.content, made.contact_called) == (called_at, "Wool\tor “linen”?", True)
    assert alice.sees(calls.get, made.id).called_at.tzinfo is UTC


def test_what_is_not_named_stays(alice: Person) -> None:
    made = call(alice, "Wool", contact_called=True)
    after = _change(alice, made, called_at=YESTERDAY)
    assert (after.called_at, after.content, after.contact_called, after.version) == (YESTERDAY, "Wool", True, 2)
    after = _change(alice, made, content=None, contact_called=False)
    assert (after.called_at, after.content, after.contact_called, after.version) == (YESTERDAY, None, False, 3)
    assert story(alice, made.id) == ["call.created", "call.updated", "call.updated"]


def test_it_is_with_a_person_of_the_workspace(house: House) -> None:
    alice, made = house.alice, call(house.alice)
    for unknown in (NOTHING, company(alice).id, contact(house.mallory).id):
        acts = [
            lambda unknown=unknown: call(alice, contact_id=unknown),
            lambda unknown=unknown: _change(alice, made, contact_id=unknown),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun, error.record_id) == ("contact_id", "contact", unknown)


def test_a_moment_that_utc_cannot_say_is_refused(any_house: House) -> None:
    of = contact(any_house.alice)
    last = datetime.max.replace(tzinfo=timezone(timedelta(hours=-1)))
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        call(any_house.alice, contact_id=of.id, called_at=last)
    assert refusal.value.violations == [Violation("called_at", Fault.NOT_A_TIME)]


def test_lists_are_narrowed_and_sorted(house: House) -> None:
    alice = house.alice
    of = contact(alice)
    made = [
        call(alice, contact_id=of.id, called_at=NOW),
        call(alice, called_at=YESTERDAY, contact_called=True),
        call(alice, contact_id=of.id, called_at=NOW + timedelta(hours=1)),
    ]
    call(house.mallory)
    assert listed(alice, calls.page) == made[::-1]
    assert listed(alice, calls.page, order=(("called_at", False),)) == [made[1], made[0], made[2]]
    assert listed(alice, calls.page, order=(("called_at", True),), filters={"contact_id": [of.id]}) == [
        made[2],
        made[0],
    ]
    assert listed(alice, calls.page, filters={"contact_called": True}) == [made[1]]
    assert listed(alice, calls.page, filters={"called_at_after": NOW}) == [made[2], made[0]]
    assert listed(alice, calls.page, filters={"called_at_strictly_before": NOW}) == [made[1]]


def test_they_are_summed_up_by_contact(house: House) -> None:
    alice = house.alice
    one, two, none = (contact(alice) for _ in range(3))
    for of, called_at in ((one, NOW), (two, NOW), (two, YESTERDAY)):
        call(alice, contact_id=of.id, called_at=called_at)
    theirs = call(house.mallory)
    found = alice.sees(calls.summaries, [one.id, two.id, none.id, theirs.contact_id])
    assert found == {one.id: Summary(one.id, 1, NOW), two.id: Summary(two.id, 2, NOW)}
    assert alice.sees(calls.summaries, []) == {}


def test_they_are_counted_by_the_year_in_utc(house: House) -> None:
    alice = house.alice
    of = contact(alice)
    new_year = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    for called_at in (new_year, new_year + timedelta(hours=1), NOW):
        call(alice, contact_id=of.id, called_at=called_at)
    call(alice, called_at=NOW)
    call(alice, called_at=datetime(1, 1, 1, tzinfo=UTC))
    call(house.mallory)
    assert alice.sees(calls.per_year) == {1: 1, 2025: 1, 2026: 3}
    assert alice.sees(calls.per_year, contact_id=of.id) == {2025: 1, 2026: 2}
    assert alice.sees(calls.per_year, contact_id=NOTHING) == {}


def test_who_may_not_read_them_is_told_no_number(any_house: House) -> None:
    alice = any_house.alice
    made = call(alice)
    alice.actor = msgspec.structs.replace(alice.actor, rights=alice.actor.rights - {Right.READ_ACTIVITIES})
    assert alice.sees(calls.summaries, [made.contact_id]) == {}
    for error in refused(ForbiddenError, [lambda: alice.sees(calls.per_year)]):
        assert error.right == Right.READ_ACTIVITIES


def test_they_go_with_their_contact_and_come_back_with_it(house: House) -> None:
    alice = house.alice
    made, kept = call(alice, contact_called=True), call(alice)
    before = standing(house)
    number = alice.does(removal.remove_contact, made.contact_id)
    assert listed(alice, calls.page) == [kept]
    assert_sound(house)
    assert alice.does(undo.undo, number).kept == []
    assert standing(house) == before
    assert_sound(house)


def test_one_does_not_come_back_to_a_contact_that_is_gone(house: House) -> None:
    alice = house.alice
    made = call(alice)
    number = alice.does(removal.remove_call, made.id)
    alice.does(removal.remove_contact, made.contact_id)
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        alice.does(undo.undo, number)
