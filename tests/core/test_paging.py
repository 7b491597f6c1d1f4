"""Lists: exact totals, and pages that hold each record once, in every order."""

from __future__ import annotations

import random
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, paging, pipelines, removal, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.paging import FURTHEST, Asked
from carnet.core.search import fold
from carnet.core.tasks import Priority, TaskDraft
from tests.conftest import NOW
from tests.core.dump import assert_sound
from tests.core.things import NOTHING, company, contact, listed, pipeline, state, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.database import Database
    from tests.conftest import House, Person

SIZE = 7
SEEDED = 20260203
RANKS = {priority: rank for rank, priority in enumerate(Priority)}

KEYS: dict[Any, dict[str, Callable[[Any], Any]]] = {
    tasks: {
        "due_at": attrgetter("due_at"),
        "starts_at": attrgetter("starts_at"),
        "priority": lambda each: RANKS[each.priority],
        "title": lambda each: fold(each.title).encode(),
        "created_at": attrgetter("created_at"),
        "number": attrgetter("number"),
    },
    contacts: {
        "name": lambda each: fold(each.name).encode(),
        "company": lambda each: fold(each.company).encode() if each.company is not None else None,
        "created_at": attrgetter("created_at"),
        "updated_at": attrgetter("updated_at"),
        "number": attrgetter("number"),
    },
    companies: {
        "name": lambda each: fold(each.name).encode(),
        "created_at": attrgetter("created_at"),
        "number": attrgetter("number"),
    },
}
"""By what each list can be sorted."""
ORDERS = [(noun, name, descending) for noun, keys in KEYS.items() for name in keys for descending in (False, True)]
NAMES = ("Zoé", "zoe", "Émile", "emil", "Øre", "田中", "a", "B", "ß", "ss", "_", "~")


def _fill(house: House) -> None:
    """Thirty of each noun, of which many share what they are sorted by."""
    house.store.write_now(house.main.id, _made, house.alice, random.Random(SEEDED))


def _made(db: Database, alice: Person, chance: random.Random) -> None:
    moments = [None, *(NOW + timedelta(days=days) for days in (-400, -1, 0, 0, 1, 7, 800))]
    for _ in range(30):
        now = NOW + timedelta(hours=chance.randrange(4))
        employer = chance.choice([None, "Halden", "Émile & fils", "zoe", "Zed"])
        someone = contacts.create(db, alice.actor, ContactDraft(name=chance.choice(NAMES), company=employer), now=now)
        starts_at, due_at = sorted((chance.choice(moments), chance.choice(moments)), key=lambda at: at or NOW)
        draft = TaskDraft(
            title=chance.choice(NAMES),
            contact_id=someone.id,
            priority=chance.choice(list(Priority)),
            starts_at=starts_at,
            due_at=due_at,
        )
        tasks.create(db, alice.actor, draft, now=now)
    for name in NAMES:
        companies.create(db, alice.actor, companies.CompanyDraft(name=name), now=NOW)


def _walk(person: Person, page: Any, total: int, **asked: Any) -> list[Any]:
    """Every page of a list, of which each tells the exact total."""
    found = []
    for offset in range(0, total + SIZE, SIZE):
        shown = person.sees(page, Asked(limit=SIZE, offset=offset, **asked))
        assert shown.total == total
        assert len(shown.items) == max(0, min(SIZE, total - offset))
        found += shown.items
    return found


def _sorted(records: list[Any], key: Callable[[Any], Any], *, descending: bool) -> list[Any]:
    """By a key in a direction, with nulls last in both; those that share it by number."""
    told = sorted(records, key=attrgetter("number"))
    valued = sorted((each for each in told if key(each) is not None), key=key, reverse=descending)
    # `reverse` keeps the order of equals, so numbers still ascend among them.
    return valued + [each for each in told if key(each) is None]


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    house = new_house(request.param)
    _fill(house)
    return house


def test_walking_through_all_pages_meets_each_once_in_every_order(filled: House) -> None:
    for noun, name, descending in ORDERS:
        everything = listed(filled.alice, noun.page)
        walked = _walk(filled.alice, noun.page, len(everything), order=((name, descending),))
        assert walked == _sorted(everything, KEYS[noun][name], descending=descending), (noun, name, descending)


@pytest.mark.parametrize("little", [2_000, 5])
def test_so_it_does_through_what_a_filter_leaves(filled: House, monkeypatch: pytest.MonkeyPatch, little: int) -> None:
    """Where a filter finds little, it is gathered whole; where much, it is walked through in order."""
    monkeypatch.setattr(paging, "_LITTLE", little)
    filters: dict[Any, dict[str, Any]] = {
        tasks: {"priority": ["none", "high", "urgent"]},
        contacts: {"has_company": True},
        companies: {"q": "e"},
    }
    for noun, name, descending in ORDERS:
        everything = listed(filled.alice, noun.page, filters=filters[noun])
        assert len(everything) > 5
        asked = {"filters": filters[noun], "order": ((name, descending),)}
        walked = _walk(filled.alice, noun.page, len(everything), **asked)
        assert walked == _sorted(everything, KEYS[noun][name], descending=descending), (noun, name, descending)


def test_several_orders_break_each_others_ties(filled: House) -> None:
    everything = listed(filled.alice, tasks.page)
    walked = _walk(filled.alice, tasks.page, len(everything), order=(("priority", True), ("due_at", False)))
    by_due = _sorted(everything, KEYS[tasks]["due_at"], descending=False)
    assert walked == sorted(by_due, key=lambda each: -RANKS[each.priority])


def test_in_their_own_order_tasks_come_by_due_date_and_the_others_newest_first(filled: House) -> None:
    for noun, name, descending in ((tasks, "due_at", False), (contacts, "number", True), (companies, "number", True)):
        everything = listed(filled.alice, noun.page)
        walked = _walk(filled.alice, noun.page, len(everything))
        assert walked == _sorted(everything, KEYS[noun][name], descending=descending)
        assert walked == _walk(filled.alice, noun.page, len(everything), filters=_everything(noun))


def _everything(noun: Any) -> dict[str, Any]:
    """A filter that leaves all."""
    return {"created_at_after": NOW - timedelta(days=1)} if noun is not tasks else {"title": [""]}


@pytest.mark.parametrize("filters", [{}, {"q": "e"}, {"q": "nothing at all"}])
def test_past_the_end_and_of_no_length_a_page_still_tells_the_total(filled: House, filters: dict[str, Any]) -> None:
    for noun in KEYS:
        total = len(listed(filled.alice, noun.page, filters=filters))
        for limit, offset in ((0, 0), (0, 5), (7, total), (7, total + 1), (7, 10**6), (7, FURTHEST), (7, 10**30)):
            page = filled.alice.sees(noun.page, Asked(filters=filters, limit=limit, offset=offset))
            assert (page.items, page.total) == ([], total)


def test_another_workspaces_lists_are_its_own(filled: House) -> None:
    for noun in KEYS:
        for asked in (Asked(), Asked(filters=_everything(noun)), Asked(order=(("created_at", True),))):
            page = filled.mallory.sees(noun.page, asked)
            assert (page.items, page.total) == ([], 0)


def test_totals_are_exact_after_whatever_came_and_went(house: House) -> None:
    alice, chance = house.alice, random.Random(SEEDED)
    kept: dict[Any, list[Any]] = {contacts: [], companies: [], tasks: [], pipelines: [], "states": []}
    makers = {contacts: contact, companies: company, tasks: task, pipelines: pipeline, "states": state}
    removers = {
        contacts: removal.remove_contact,
        companies: removal.remove_company,
        tasks: removal.remove_task,
        pipelines: removal.remove_pipeline,
        "states": removal.remove_state,
    }
    for _ in range(60):
        noun = chance.choice(list(kept))
        if kept[noun] and chance.random() < 0.4:
            alice.does(removers[noun], kept[noun].pop(chance.randrange(len(kept[noun]))).id)
        else:
            kept[noun].append(makers[noun](alice))
        numbers = [each.number for each in kept[noun]]
        assert len(set(numbers)) == len(numbers)
    born = {pipelines: 1, "states": 5}
    for noun, records in kept.items():
        page = pipelines.page_of_states if noun == "states" else noun.page
        assert alice.sees(page, Asked(limit=1)).total == len(records) + born.get(noun, 0)
        own = {"id": [each.id for each in records] or [NOTHING]}
        assert len(listed(alice, page, filters=own)) == len(records)
    assert_sound(house)
