"""The journal in the core."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import journal
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.journal import Entry, EntryChanges
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid
from tests.core.things import TODAY, entry, listed, story

if TYPE_CHECKING:
    from tests.conftest import House, Person


def _change(person: Person, made: Entry, **said: Any) -> Entry:
    after: Entry = person.does(journal.change, made.id, EntryChanges(**said))
    return after


def test_what_was_said_is_kept(alice: Person) -> None:
    made = entry(alice, "Été", text="One\n\ntwo", written_on=date(1999, 8, 11), extras={"monica": {"x": 1}})
    assert alice.sees(journal.get, made.id) == made
    assert (made.title, made.text, made.written_on) == ("Été", "One\n\ntwo", date(1999, 8, 11))


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 31), ("Pacific/Auckland", 1), ("America/Los_Angeles", 31), ("Asia/Kathmandu", 1)]
)
def test_without_a_day_it_is_of_the_day_where_its_writer_is(anyone: Person, zone: str, day: int) -> None:
    anyone.actor = msgspec.structs.replace(anyone.actor, time_zone=zone)
    draft = journal.EntryDraft(title="x", text="y")
    made = anyone.does(journal.create, draft, now=datetime(2026, 3, 31, 20, 0, tzinfo=UTC))
    assert made.written_on.day == day


def test_what_is_not_named_stays(alice: Person) -> None:
    made = entry(alice, text="Rain.")
    after = _change(alice, made, title="Another day")
    assert (after.title, after.text, after.written_on, after.version) == ("Another day", "Rain.", TODAY, 2)
    after = _change(alice, made, text="Sun.", written_on=TODAY - timedelta(1))
    assert (after.title, after.text, after.written_on) == ("Another day", "Sun.", TODAY - timedelta(1))
    assert story(alice, made.id) == ["journal_entry.created", *["journal_entry.updated"] * 2]


def test_blank_titles_and_texts_are_refused(any_house: House) -> None:
    alice, made = any_house.alice, entry(any_house.alice)
    for field in ("title", "text"):
        said = {field: " "}
        acts = [lambda said=said: entry(alice, **said), lambda said=said: _change(alice, made, **said)]
        with untouched(any_house):
            assert_invalid([Violation(field, Fault.BLANK)], acts)
    with pytest.raises(InvalidError) as refusal:
        entry(alice, "", text="")
    assert [each.field for each in refusal.value.violations] == ["title", "text"]


def test_lists_are_narrowed_and_sorted(house: House) -> None:
    alice = house.alice
    made = [entry(alice, written_on=TODAY + timedelta(days)) for days in (0, -2, 1)]
    entry(house.mallory)
    assert listed(alice, journal.page) == made[::-1]
    assert listed(alice, journal.page, order=(("written_on", True),)) == [made[2], made[0], made[1]]
    assert listed(alice, journal.page, filters={"written_on_before": TODAY}) == [made[1], made[0]]
    assert listed(alice, journal.page, filters={"written_on_after": TODAY}) == [made[2], made[0]]
    assert listed(alice, journal.page, filters={"id": [made[1].id]}) == [made[1]]
    assert_sound(house)
