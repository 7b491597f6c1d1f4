"""Deep pages begin where the buckets say, and hold what one long list would."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, removal, tasks, undo
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.tasks import TaskChanges, TaskDraft
from tests.conftest import NOW
from tests.core.dump import assert_sound, everything
from tests.core.things import company, contact, last_event, listed, task

if TYPE_CHECKING:
    from carnet.store.database import Database
    from tests.conftest import House, Person

SEEDED = 6
MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
ENDS = [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)]


@pytest.fixture(autouse=True)
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets of four numbers, and every page but the first few records deep."""
    monkeypatch.setattr(companies, "BUCKET_BITS", 2)
    monkeypatch.setattr(contacts.NOUN, "place", lambda each: ("people", each.number >> 2))
    monkeypatch.setattr(tasks, "_UNDATED_BITS", 2)
    monkeypatch.setattr(tasks, "_NEAR", 3)


def _fill(db: Database, alice: Person) -> None:
    chance = random.Random(SEEDED)
    due = [None, None, *ENDS, *(MONDAY + timedelta(days=days) for days in (-8, -7, -1, 0, 0.5, 6.9999, 7, 20))]
    for _ in range(40):
        tasks.create(db, alice.actor, TaskDraft(title="x", due_at=chance.choice(due)), now=NOW)
        if chance.random() < 0.6:
            contacts.create(db, alice.actor, ContactDraft(name="x"), now=NOW)
        else:
            companies.create(db, alice.actor, CompanyDraft(name="x"), now=NOW)


def _assert_every_page_is_right(person: Person) -> None:
    """Hold the page at every offset, short and long, against one that holds everything."""
    for noun in (tasks, contacts, companies):
        whole = listed(person, noun.page)
        for offset in range(len(whole) + 2):
            for limit in (1, 7):
                page = person.sees(noun.page, Asked(limit=limit, offset=offset))
                assert page.items == whole[offset : offset + limit], (noun, offset, limit)
                assert page.total == len(whole)


def test_a_page_at_any_offset_is_the_one_of_the_whole_list(house: House) -> None:
    house.store.write_now(house.main.id, _fill, house.alice)
    _assert_every_page_is_right(house.alice)
    places = {row["list"] for row in everything(house)["buckets"]}
    assert places == {"tasks", "people", "companies"}
    assert_sound(house)


def test_so_it_is_after_records_went_and_moved(house: House) -> None:
    alice, chance = house.alice, random.Random(SEEDED)
    house.store.write_now(house.main.id, _fill, alice)
    removers = {tasks: removal.remove_task, contacts: removal.remove_contact, companies: removal.remove_company}
    gone = [
        alice.does(remove, each.id)
        for noun, remove in removers.items()
        for each in chance.sample(listed(alice, noun.page), 12)
    ]
    for each in chance.sample(listed(alice, tasks.page), 12):
        due_at = chance.choice([None, *ENDS, MONDAY, each.due_at])
        alice.does(tasks.change, each.id, TaskChanges(due_at=due_at, title=str(chance.random())))
    _assert_every_page_is_right(alice)
    for number in chance.sample(gone, 18):
        alice.does(undo.undo, number)
    _assert_every_page_is_right(alice)
    assert_sound(house)


def test_a_whole_bucket_may_be_empty(house: House) -> None:
    alice = house.alice
    made = [contact(alice) for _ in range(12)]
    for each in made[4:8]:
        alice.does(removal.remove_contact, each.id)
    weeks = [task(alice, due_at=MONDAY + timedelta(weeks=week)) for week in range(10)]
    for week in weeks[4:6]:
        alice.does(removal.remove_task, week.id)
    _assert_every_page_is_right(alice)


def test_a_task_that_moves_within_its_week_stays_in_its_bucket(house: House) -> None:
    made = task(house.alice, due_at=MONDAY)
    before = everything(house)["buckets"]
    house.alice.does(tasks.change, made.id, TaskChanges(due_at=MONDAY + timedelta(days=5, hours=23)))
    assert everything(house)["buckets"] == before
    house.alice.does(tasks.change, made.id, TaskChanges(due_at=MONDAY + timedelta(days=7)))
    assert everything(house)["buckets"] != before
    house.alice.does(undo.undo, last_event(house.alice).number)
    assert [row for row in everything(house)["buckets"] if row["size"]] == before


def test_undated_tasks_come_last_by_number(alice: Person) -> None:
    undated = [task(alice).id for _ in range(9)]
    dated = [task(alice, due_at=at).id for at in (ENDS[1], MONDAY, ENDS[0])]
    assert [each.id for each in listed(alice, tasks.page)] == [*reversed(dated), *undated]
    _assert_every_page_is_right(alice)


def test_each_workspace_has_its_own_buckets(alice: Person, mallory: Person) -> None:
    for n in range(9):
        company(alice, f"Company {n}")
        task(mallory, due_at=MONDAY + timedelta(weeks=n))
    _assert_every_page_is_right(alice)
    _assert_every_page_is_right(mallory)


def test_what_lies_past_the_end_is_nowhere(alice: Person) -> None:
    for _ in range(9):
        task(alice)
    for offset in (9, 10, 10**6, 10**30):
        page: Any = alice.sees(tasks.page, Asked(limit=5, offset=offset))
        assert (page.items, page.total) == ([], 9)
