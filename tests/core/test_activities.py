"""Activities in the core: who took part, and what becomes of an activity without them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import activities, removal, undo
from carnet.core.activities import MOST_ATTENDEES, Activity, ActivityChanges, Summary
from carnet.core.errors import ConflictError, Fault, ForbiddenError, InvalidError, NoSuchReferenceError, Violation
from carnet.core.permissions import Right
from tests.conftest import NOW
from tests.core.dump import assert_sound, everything, standing, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, TODAY, activity, activity_type, company, contact, happened, ledger, listed

if TYPE_CHECKING:
    from tests.conftest import House, Person

YESTERDAY = TODAY - timedelta(1)


def _change(person: Person, made: Activity, **said: Any) -> Activity:
    after: Activity = person.does(activities.change, made.id, ActivityChanges(**said))
    return after


def _people(person: Person, count: int) -> list[str]:
    return [contact(person, f"Person {at}").id for at in range(count)]


def _attendances(house: House) -> list[tuple[str, str]]:
    return sorted((str(row["activity_id"]), str(row["contact_id"])) for row in everything(house)["attendances"])


def test_what_was_said_is_kept(house: House) -> None:
    alice = house.alice
    kind, people = activity_type(alice), _people(alice, 3)[::-1]
    said: dict[str, Any] = {"description": "Rain", "type_id": kind.id, "extras": {"monica": {"emotions": [1]}}}
    made = activity(alice, "Sailed to Łeba", contact_ids=people, happened_on=date(1999, 8, 11), **said)
    assert alice.sees(activities.get, made.id) == made
    assert (made.summary, made.happened_on, made.type_id) == ("Sailed to Łeba", date(1999, 8, 11), kind.id)
    assert (made.contact_ids, made.description, made.extras) == (people, "Rain", said["extras"])
    assert _attendances(house) == sorted((made.id, each) for each in people)


def test_attendees_stand_in_order_and_once(house: House) -> None:
    alice = house.alice
    one, two, three = _people(alice, 3)
    made = activity(alice, contact_ids=(two, one, two, one))
    assert made.contact_ids == [two, one]
    assert _change(alice, made, contact_ids=[three, two, three]).contact_ids == [three, two]
    assert _attendances(house) == sorted([(made.id, two), (made.id, three)])
    with untouched(house):
        _change(alice, made, contact_ids=[three, two, two])
    assert_sound(house)


def test_another_order_of_attendees_is_a_change(house: House) -> None:
    one, two = _people(house.alice, 2)
    made = activity(house.alice, contact_ids=[one, two])
    assert _change(house.alice, made, contact_ids=[two, one]).version == 2
    assert house.alice.sees(activities.get, made.id).contact_ids == [two, one]
    assert _attendances(house) == sorted([(made.id, one), (made.id, two)])


def test_what_is_not_named_stays(alice: Person) -> None:
    made = activity(alice, description="Rain", type_id=activity_type(alice).id)
    after = _change(alice, made, summary="Stayed in")
    assert (after.summary, after.description, after.type_id) == ("Stayed in", "Rain", made.type_id)
    assert after.contact_ids == made.contact_ids
    after = _change(alice, made, description=None, type_id=None, happened_on=YESTERDAY)
    assert (after.description, after.type_id, after.happened_on, after.version) == (None, None, YESTERDAY, 3)


@pytest.mark.parametrize(
    ("said", "violation"),
    [
        ({"summary": ""}, Violation("summary", Fault.BLANK)),
        ({"contact_ids": ()}, Violation("contact_ids", Fault.MISSING)),
        (
            {"contact_ids": [f"{NOTHING[:-4]}{at:04}" for at in range(MOST_ATTENDEES + 1)]},
            Violation("contact_ids", Fault.TOO_MANY, (MOST_ATTENDEES,)),
        ),
    ],
)
def test_what_makes_no_activity_is_refused(any_house: House, said: dict[str, Any], violation: Violation) -> None:
    alice, made = any_house.alice, activity(any_house.alice)
    draft = {"summary": "x", "happened_on": TODAY, "contact_ids": made.contact_ids, **said}
    acts = [
        lambda: alice.does(activities.create, activities.ActivityDraft(**draft)),
        lambda: _change(alice, made, **said),
    ]
    with untouched(any_house):
        assert_invalid([violation], acts)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    draft = activities.ActivityDraft(summary=" ", happened_on=TODAY, contact_ids=[])
    with pytest.raises(InvalidError) as refusal:
        any_house.alice.does(activities.create, draft)
    assert [each.field for each in refusal.value.violations] == ["summary", "contact_ids"]


def test_attendees_are_people_of_the_workspace(house: House) -> None:
    alice, made = house.alice, activity(house.alice)
    for unknown in (NOTHING, company(alice).id, contact(house.mallory).id):
        people = [made.contact_ids[0], unknown]
        acts = [
            lambda people=people: activity(alice, contact_ids=people),
            lambda people=people: _change(alice, made, contact_ids=people),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun, error.record_id) == ("contact_ids", "contact", unknown)


def test_its_type_is_the_workspaces(house: House) -> None:
    alice, made = house.alice, activity(house.alice)
    for unknown in (NOTHING, activity_type(house.mallory).id):
        acts = [
            lambda unknown=unknown: activity(alice, contact_ids=made.contact_ids, type_id=unknown),
            lambda unknown=unknown: _change(alice, made, type_id=unknown),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun) == ("type_id", "activity_type")


def test_lists_are_narrowed_and_sorted(house: House) -> None:
    alice = house.alice
    one, two, nobody = _people(alice, 3)
    kind = activity_type(alice)
    made = [
        activity(alice, contact_ids=[one, two], happened_on=TODAY),
        activity(alice, contact_ids=[two], happened_on=YESTERDAY, type_id=kind.id),
        activity(alice, contact_ids=[one], happened_on=TODAY + timedelta(1)),
    ]
    activity(house.mallory)
    assert listed(alice, activities.page) == made[::-1]
    assert listed(alice, activities.page, order=(("happened_on", False),)) == [made[1], made[0], made[2]]
    assert listed(alice, activities.page, filters={"contact_id": [one]}) == [made[2], made[0]]
    assert listed(alice, activities.page, filters={"contact_id": [one, two]}) == made[::-1]
    assert listed(alice, activities.page, filters={"contact_id": [nobody]}) == []
    assert listed(alice, activities.page, filters={"contact_id": []}) == []
    assert listed(alice, activities.page, filters={"type_id": [kind.id]}) == [made[1]]
    assert listed(alice, activities.page, filters={"happened_on_before": TODAY}) == [made[1], made[0]]
    assert listed(alice, activities.page, filters={"happened_on_after": TODAY}) == [made[2], made[0]]
    assert listed(house.mallory, activities.page, filters={"contact_id": [one, two]}) == []
    assert alice.sees(activities.attended_by, two) == made[:2]


def test_they_are_summed_up_by_contact_and_by_year(house: House) -> None:
    alice = house.alice
    one, two, nobody = _people(alice, 3)
    activity(alice, contact_ids=[one, two], happened_on=date(2025, 12, 31))
    activity(alice, contact_ids=[two], happened_on=date(2026, 1, 1))
    activity(alice, contact_ids=[two], happened_on=date.min)
    activity(house.mallory)
    found = alice.sees(activities.summaries, [one, two, nobody, NOTHING])
    assert found == {one: Summary(one, 1, date(2025, 12, 31)), two: Summary(two, 3, date(2026, 1, 1))}
    assert house.mallory.sees(activities.summaries, [one, two]) == {}
    assert alice.sees(activities.summaries, []) == {}
    assert alice.sees(activities.per_year) == {1: 1, 2025: 1, 2026: 1}
    assert alice.sees(activities.per_year, contact_id=one) == {2025: 1}
    assert house.mallory.sees(activities.per_year, contact_id=one) == {}


def test_who_may_not_read_them_is_told_no_number(any_house: House) -> None:
    alice = any_house.alice
    made = activity(alice)
    alice.actor = msgspec.structs.replace(alice.actor, rights=alice.actor.rights - {Right.READ_ACTIVITIES})
    assert alice.sees(activities.summaries, made.contact_ids) == {}
    refused(ForbiddenError, [lambda: alice.sees(activities.per_year)])


def test_a_contact_that_goes_leaves_its_activities(house: House) -> None:
    alice = house.alice
    one, two = _people(alice, 2)
    alone, shared, others = (activity(alice, contact_ids=each) for each in ([one], [one, two], [two]))
    before, count = standing(house), len(ledger(alice))
    number = alice.does(removal.remove_contact, one)
    assert happened(alice, count) == ["contact.deleted", "activity.deleted", "activity.updated"]
    assert {each.part_of for each in ledger(alice)[count + 1 :]} == {number}
    left = listed(alice, activities.page)
    assert [(each.id, each.contact_ids) for each in left] == [(others.id, [two]), (shared.id, [two])]
    assert alone.id not in {each.id for each in left}
    assert_sound(house)
    assert alice.does(undo.undo, number, now=NOW).kept == []
    assert standing(house) == before
    assert alice.sees(activities.get, shared.id).contact_ids == [one, two]
    assert_sound(house)


def test_an_activity_goes_with_its_last_attendee(house: House) -> None:
    alice = house.alice
    one, two = _people(alice, 2)
    made = activity(alice, contact_ids=[one, two])
    numbers = [alice.does(removal.remove_contact, each) for each in (two, one)]
    assert listed(alice, activities.page) == []
    assert_sound(house)
    for number in reversed(numbers):
        alice.does(undo.undo, number)
    assert alice.sees(activities.get, made.id).contact_ids == [one, two]
    assert_sound(house)


def test_who_was_added_since_stays_when_a_contact_comes_back(house: House) -> None:
    alice = house.alice
    one, two, three = _people(alice, 3)
    made = activity(alice, contact_ids=[one, two])
    number = alice.does(removal.remove_contact, one)
    _change(alice, made, contact_ids=[two, three])
    assert alice.does(undo.undo, number).kept == [f"activity {made.id} contact_ids"]
    assert alice.sees(activities.get, made.id).contact_ids == [two, three]
    assert_sound(house)


def test_one_comes_back_with_those_attendees_that_are_there(house: House) -> None:
    alice = house.alice
    one, two = _people(alice, 2)
    made = activity(alice, contact_ids=[one, two], type_id=activity_type(alice).id)
    number = alice.does(removal.remove_activity, made.id)
    alice.does(removal.remove_contact, one)
    alice.does(removal.remove_activity_type, made.type_id)
    kept = [f"activity {made.id} {field}" for field in ("type_id", "contact_ids")]
    assert alice.does(undo.undo, number).kept == kept
    back = alice.sees(activities.get, made.id)
    assert (back.contact_ids, back.type_id) == ([two], None)
    assert_sound(house)


def test_one_does_not_come_back_to_nobody(house: House) -> None:
    alice = house.alice
    made = activity(alice)
    number = alice.does(removal.remove_activity, made.id)
    gone = alice.does(removal.remove_contact, made.contact_ids[0])
    with untouched(house), pytest.raises(ConflictError, match="bring that back first"):
        alice.does(undo.undo, number)
    alice.does(undo.undo, gone)
    alice.does(undo.undo, number)
    assert alice.sees(activities.get, made.id).contact_ids == made.contact_ids
