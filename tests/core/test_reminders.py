"""Reminders in the core."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, reminders, removal, undo
from carnet.core.errors import ConflictError, Fault, ForbiddenError, InvalidError, NoSuchReferenceError, Violation
from carnet.core.permissions import Right
from carnet.core.reminders import LONGEST_PLAN, Reminder, ReminderChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, standing, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, TODAY, company, contact, ledger, listed, reminder, story

if TYPE_CHECKING:
    from tests.conftest import House, Person

MARCH = date(2026, 3, 1), date(2026, 3, 31)


def _change(person: Person, made: Reminder, **said: Any) -> Reminder:
    after: Reminder = person.does(reminders.change, made.id, ReminderChanges(**said))
    return after


def _plan(person: Person, first: date, last: date) -> list[tuple[str, str]]:
    return [(f"{each.on:%d %b}", each.reminder.title) for each in person.sees(reminders.planned, first, last)]


def test_what_was_said_is_kept(alice: Person) -> None:
    of = contact(alice)
    made = reminder(
        alice,
        "Café, 50 % off",
        contact_id=of.id,
        begins_on=date(1999, 12, 31),
        rule="interval=3;freq=monthly",
        description="Bring\nflowers",
        extras={"monica": {"delible": False}},
    )
    assert (made.contact_id, made.begins_on, made.rule) == (of.id, date(1999, 12, 31), "FREQ=MONTHLY;INTERVAL=3")
    assert alice.sees(reminders.get, made.id) == made
    assert (made.description, made.extras) == ("Bring\nflowers", {"monica": {"delible": False}})


def test_little_need_be_said(alice: Person) -> None:
    made = reminder(alice)
    assert (made.description, made.rule, made.extras, made.begins_on) == (None, None, None, TODAY)


def test_what_is_not_named_stays(alice: Person) -> None:
    made = reminder(alice, rule="FREQ=YEARLY", description="Cake")
    after = _change(alice, made, title="Wedding")
    assert after == Reminder(
        *(
            getattr(after if name in {"title", "version", "updated_at"} else made, name)
            for name in made.__struct_fields__
        )
    )
    assert (after.title, after.version) == ("Wedding", 2)
    cleared = _change(alice, made, rule=None, description=None, begins_on=TODAY + timedelta(1))
    assert (cleared.rule, cleared.description, cleared.begins_on) == (None, None, TODAY + timedelta(1))
    assert story(alice, made.id) == ["reminder.created", "reminder.updated", "reminder.updated"]


def test_a_rule_spelled_otherwise_is_the_same(any_house: House) -> None:
    made = reminder(any_house.alice, rule="FREQ=YEARLY")
    with untouched(any_house):
        assert _change(any_house.alice, made, rule="interval=1;freq=yearly") == made


@pytest.mark.parametrize(
    ("said", "violation"),
    [
        ({"title": " "}, Violation("title", Fault.BLANK)),
        ({"rule": ""}, Violation("rule", Fault.NOT_VALID)),
        ({"rule": "FREQ=DAILY;COUNT=2"}, Violation("rule", Fault.NOT_VALID)),
        ({"rule": "FREQ=DAILY;UNTIL=20260202"}, Violation("rule", Fault.NOT_VALID)),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260208"}, Violation("rule", Fault.NOT_VALID)),
    ],
)
def test_what_makes_no_reminder_is_refused(any_house: House, said: dict[str, Any], violation: Violation) -> None:
    alice, made = any_house.alice, reminder(any_house.alice)
    acts = [lambda: reminder(alice, contact_id=made.contact_id, **said), lambda: _change(alice, made, **said)]
    with untouched(any_house):
        assert_invalid([violation], acts)


def test_a_beginning_behind_the_last_day_is_refused(any_house: House) -> None:
    made = reminder(any_house.alice, rule="FREQ=DAILY;UNTIL=20260204")
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        _change(any_house.alice, made, begins_on=date(2026, 2, 5))
    assert refusal.value.violations == [Violation("rule", Fault.NOT_VALID)]
    assert _change(any_house.alice, made, begins_on=date(2026, 2, 4)).version == 2
    assert _change(any_house.alice, made, begins_on=date(2026, 2, 5), rule=None).rule is None


def test_it_is_about_a_person_of_the_workspace(house: House) -> None:
    alice, made = house.alice, reminder(house.alice)
    for unknown in (NOTHING, company(alice).id, contact(house.mallory).id):
        acts = [
            lambda unknown=unknown: reminder(alice, contact_id=unknown),
            lambda unknown=unknown: _change(alice, made, contact_id=unknown),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun, error.record_id) == ("contact_id", "contact", unknown)


def test_it_moves_to_another_contact(alice: Person) -> None:
    made, other = reminder(alice), contact(alice)
    _change(alice, made, contact_id=other.id)
    assert alice.sees(reminders.linked_to, made.contact_id) == []
    assert [each.id for each in alice.sees(reminders.linked_to, other.id)] == [made.id]


def test_the_next_day_is_reckoned_from_the_rule(anyone: Person) -> None:
    made = reminder(anyone, begins_on=date(2026, 1, 31), rule="FREQ=MONTHLY")
    assert reminders.next_on(made, date(2026, 1, 30)) == date(2026, 1, 31)
    assert reminders.next_on(made, date(2026, 1, 31)) == date(2026, 2, 28)
    assert reminders.next_on(reminder(anyone), TODAY) is None


def test_a_plan_holds_every_fall_of_every_reminder(house: House) -> None:
    alice = house.alice
    reminder(alice, "yearly", begins_on=date(1984, 3, 9), rule="FREQ=YEARLY")
    reminder(alice, "last day", begins_on=date(2025, 1, 31), rule="FREQ=MONTHLY")
    reminder(alice, "fortnightly", begins_on=date(2026, 3, 3), rule="FREQ=WEEKLY;INTERVAL=2")
    reminder(alice, "once", begins_on=date(2026, 3, 9))
    reminder(alice, "over", begins_on=date(2026, 1, 9), rule="FREQ=DAILY;UNTIL=20260228")
    reminder(alice, "before", begins_on=date(2026, 2, 28))
    reminder(alice, "after", begins_on=date(2026, 4, 1), rule="FREQ=DAILY")
    reminder(alice, "other month", begins_on=date(2020, 4, 9), rule="FREQ=YEARLY")
    reminder(house.mallory, "theirs", begins_on=date(2026, 3, 9), rule="FREQ=DAILY")
    expected = [
        ("03 Mar", "fortnightly"),
        ("09 Mar", "yearly"),
        ("09 Mar", "once"),
        ("17 Mar", "fortnightly"),
        ("31 Mar", "last day"),
        ("31 Mar", "fortnightly"),
    ]
    assert _plan(alice, *MARCH) == _plan(house.rita, *MARCH) == expected
    assert _plan(alice, MARCH[0], MARCH[0]) == []
    assert {title for _, title in _plan(house.mallory, *MARCH)} == {"theirs"}
    assert_sound(house)


def test_a_plan_spans_a_year_at_most(any_house: House) -> None:
    alice, first = any_house.alice, date(2026, 1, 1)
    assert alice.sees(reminders.planned, first, first + timedelta(LONGEST_PLAN - 1)) == []
    acts = [
        lambda: alice.sees(reminders.planned, first, first + timedelta(LONGEST_PLAN)),
        lambda: alice.sees(reminders.planned, first, first - timedelta(1)),
    ]
    assert_invalid([Violation("last", Fault.OUT_OF_RANGE, (0, 365))], acts)
    assert alice.sees(reminders.planned, date(9999, 12, 1), date.max) == []
    assert alice.sees(reminders.planned, date.min, date(1, 1, 31)) == []


def test_a_plan_costs_one_statement(any_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = any_house.alice
    of = contact(alice)
    for day in range(1, 20):
        reminder(alice, contact_id=of.id, begins_on=date(2020, 3, day), rule="FREQ=WEEKLY")
    asked: list[object] = []

    def plan(db: Any, actor: Any) -> Any:
        everything = db.all

        def counted(asking: object, **named: Any) -> Any:
            asked.append(asking)
            return everything(asking, **named)

        monkeypatch.setattr(db, "all", counted)
        return reminders.planned(db, actor, *MARCH)

    assert len(alice.sees(plan)) > 19
    assert len(asked) == 1


def test_lists_are_narrowed_and_sorted(house: House) -> None:
    alice = house.alice
    of = contact(alice)
    made = [
        reminder(alice, "c", contact_id=of.id, begins_on=date(2026, 3, 1), rule="FREQ=DAILY"),
        reminder(alice, "a", begins_on=date(2026, 1, 1)),
        reminder(alice, "b", contact_id=of.id, begins_on=date(2026, 2, 1)),
    ]
    assert listed(alice, reminders.page) == made[::-1]
    assert listed(alice, reminders.page, order=(("begins_on", False),)) == [made[1], made[2], made[0]]
    assert listed(alice, reminders.page, filters={"contact_id": [of.id]}) == [made[2], made[0]]
    assert listed(alice, reminders.page, filters={"has_rule": True}) == [made[0]]
    assert listed(alice, reminders.page, filters={"begins_on_before": date(2026, 2, 1)}) == [made[2], made[1]]
    assert listed(alice, reminders.page, filters={"begins_on_after": date(2026, 2, 1)}) == [made[2], made[0]]
    assert listed(alice, reminders.page, filters={"id": [made[1].id, NOTHING]}) == [made[1]]
    later = {"created_at_after": NOW + timedelta(seconds=1)}
    assert listed(alice, reminders.page, filters=later) == []


def test_they_are_counted_by_contact(house: House) -> None:
    alice = house.alice
    one, two, none = (contact(alice) for _ in range(3))
    for of in (one, two, two):
        reminder(alice, contact_id=of.id)
    theirs = reminder(house.mallory)
    ids = [one.id, two.id, none.id, theirs.contact_id]
    assert alice.sees(reminders.counts, ids) == {one.id: 1, two.id: 2}
    assert alice.sees(reminders.counts, []) == {}


def test_who_may_not_read_them_is_told_no_number(any_house: House) -> None:
    alice = any_house.alice
    made = reminder(alice)
    blind = Right.READ_REMINDERS
    alice.actor = msgspec.structs.replace(alice.actor, rights=alice.actor.rights - {blind})
    assert alice.sees(reminders.counts, [made.contact_id]) == {}
    for error in refused(ForbiddenError, [lambda: alice.sees(reminders.planned, *MARCH)]):
        assert error.right == blind


def test_they_go_with_their_contact_and_come_back_with_it(house: House) -> None:
    alice = house.alice
    made = reminder(alice, rule="FREQ=YEARLY", extras={"monica": {"delible": False}})
    kept = reminder(alice)
    before = standing(house)
    number = alice.does(removal.remove_contact, made.contact_id)
    assert listed(alice, reminders.page) == [kept]
    assert_sound(house)
    done = alice.does(undo.undo, number)
    assert done.kept == []
    assert standing(house) == before
    assert_sound(house)


def test_one_does_not_come_back_to_a_contact_that_is_gone(house: House) -> None:
    alice = house.alice
    made = reminder(alice)
    number = alice.does(removal.remove_reminder, made.id)
    gone = alice.does(removal.remove_contact, made.contact_id)
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        alice.does(undo.undo, number)
    alice.does(undo.undo, gone)
    alice.does(undo.undo, number)
    assert alice.sees(reminders.linked_to, made.contact_id)[0].id == made.id
    assert_sound(house)


def test_a_move_from_a_contact_that_is_gone_is_kept(house: House) -> None:
    alice = house.alice
    made, other = reminder(alice), contact(alice)
    after = _change(alice, made, contact_id=other.id, title="Moved")
    number = ledger(alice)[-1].number
    alice.does(removal.remove_contact, made.contact_id)
    assert alice.does(undo.undo, number).kept == [f"reminder {made.id} contact_id"]
    back = alice.sees(reminders.get, made.id)
    assert (back.title, back.contact_id) == (made.title, after.contact_id)
    assert alice.sees(contacts.get, other.id) == other


def test_day_and_rule_are_taken_back_together(alice: Person) -> None:
    made = reminder(alice, begins_on=date(2026, 3, 1), rule="FREQ=DAILY;UNTIL=20260310")
    _change(alice, made, rule="FREQ=DAILY")
    number = ledger(alice)[-1].number
    _change(alice, made, begins_on=date(2026, 4, 1))
    assert alice.does(undo.undo, number).kept == [f"reminder {made.id} rule"]
    assert alice.sees(reminders.get, made.id).rule == "FREQ=DAILY"
