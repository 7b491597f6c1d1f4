"""Filters leave what a plain walk through the records leaves, alone and together, in any order and on any page."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core import companies, contacts, pipelines, tasks
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.paging import Asked
from carnet.core.search import fold
from carnet.core.tasks import Kind, Priority, Status, TaskDraft, Type
from tests.conftest import NOW
from tests.core.things import NOTHING, company, contact, listed, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.database import Database
    from tests.conftest import House

    Holds = Callable[[Any, Any], bool]

MOMENTS = [NOW + timedelta(hours=hours) for hours in (-49, 0, 1, 30)]
WORDS = ["Zoé", "Øre", "a%b", "田中", "ss"]


def _fill(db: Database, house: House) -> None:
    chance = random.Random(20260203)
    alice, people = house.alice.actor, [house.alice.user.id, house.rita.user.id, None]
    states = [each.id for each in pipelines.page_of_states(db, alice, Asked()).items]
    employers = [companies.create(db, alice, CompanyDraft(name=word, website=word), now=NOW).id for word in WORDS[:3]]
    employers.append(companies.create(db, alice, CompanyDraft(name="Plain"), now=MOMENTS[2]).id)
    for _ in range(24):
        now = chance.choice(MOMENTS[1:])
        draft = ContactDraft(
            name=chance.choice(WORDS),
            emails=chance.choice([(), ("zoe@halden.example",)]),
            phones=chance.choice([(), ("+33 6.12",)]),
            position=chance.choice([None, *WORDS]),
            status=chance.choice(list(contacts.Status)),
            company_id=chance.choice([None, *employers]),
            state_id=chance.choice([None, *states]),
            owner_id=chance.choice(people),
            is_lead=chance.random() < 0.5,
        )
        someone = contacts.create(db, alice, draft, now=now)
        if chance.random() < 0.3:
            contacts.change(db, alice, someone.id, ContactChanges(website="x"), now=MOMENTS[3])
        starts_at, due_at = sorted(
            (chance.choice([None, *MOMENTS]), chance.choice([None, *MOMENTS])), key=lambda at: at or NOW
        )
        made = TaskDraft(
            title=chance.choice(WORDS),
            description=chance.choice([None, *WORDS]),
            type=chance.choice(list(Type)),
            kind=chance.choice(list(Kind)),
            status=chance.choice(list(Status)),
            priority=chance.choice(list(Priority)),
            contact_id=chance.choice([None, someone.id]),
            company_id=chance.choice([None, *employers]),
            assignee_id=chance.choice(people),
            starts_at=starts_at,
            due_at=due_at,
        )
        tasks.create(db, alice, made, now=now)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    house = new_house(request.param)
    house.store.write_now(house.main.id, _fill, house)
    for make in (contact, company, task):
        make(house.mallory)
    return house


def _among(name: str) -> Holds:
    return lambda each, values: getattr(each, name) in values


def _there(name: str) -> Holds:
    return lambda each, wanted: bool(getattr(each, name) not in (None, [])) is wanted


def _text(*names: str) -> Holds:
    """Any of the texts stands in any of the fields."""
    return lambda each, texts: any(fold(text) in fold(_said(each, name)) for text in texts for name in names)


def _said(each: Any, name: str) -> str:
    value = getattr(each, name)
    return "\n".join(value) if isinstance(value, list) else value or ""


def _compared(name: str) -> dict[str, Holds]:
    def hold(relation: Callable[[datetime, datetime], bool]) -> Holds:
        return lambda each, at: getattr(each, name) is not None and relation(getattr(each, name), at)

    words = {"before": le, "strictly_before": lt, "after": ge, "strictly_after": gt}
    return {f"{name}_{word}": hold(relation) for word, relation in words.items()}


def _never(_each: Any, wanted: Any) -> bool:
    return not wanted


MODEL: dict[Any, dict[str, Holds]] = {
    contacts: {
        **{name: _among(name) for name in ("id", "status", "company_id", "state_id", "owner_id")},
        **{name: _text(name) for name in ("name", "emails", "position", "company")},
        "is_lead": lambda each, wanted: each.is_lead is wanted,
        **{f"has_{what}": _there(f"{what}_id") for what in ("company", "state")},
        "has_emails": _there("emails"),
        "nothing": _never,
        **_compared("created_at"),
        **_compared("updated_at"),
    },
    companies: {
        "id": _among("id"),
        "name": _text("name"),
        "has_website": _there("website"),
        **_compared("created_at"),
    },
    tasks: {
        **{name: _among(name) for name in ("id", "contact_id", "company_id", "deal_id", "assignee_id")},
        **{name: _among(name) for name in ("type", "kind", "status", "priority")},
        "title": _text("title"),
        "is_completed": lambda each, wanted: each.is_completed is wanted,
        **{f"has_{what}": _there(what) for what in ("completed_at", "description")},
        "has_assignee": _there("assignee_id"),
        "nothing": _never,
        **{
            name: holds for field in ("due_at", "starts_at", "completed_at") for name, holds in _compared(field).items()
        },
    },
}
APART = {"q", "phones"}
"""Tried with searching."""


def _values(name: str, everything: list[Any]) -> list[Any]:
    """What a filter may be asked for."""
    if name.endswith(("_before", "_after")):
        return [*MOMENTS, NOW + timedelta(microseconds=1)]
    if name.startswith(("has_", "is_")) or name == "nothing":
        return [True, False]
    if name in {"name", "title", "emails", "position", "company"}:
        return [[word] for word in (*WORDS, "zoe", "o", "%", "_", "halden")] + [["zoe", "plain"], []]
    held = sorted({getattr(each, name) for each in everything} - {None})
    unknown = NOTHING if name == "id" or name.endswith("_id") else "unknown"
    return [*([each] for each in held[:3]), held, [unknown], []]


def test_no_filter_was_forgotten_here() -> None:
    for noun, model in MODEL.items():
        assert set(noun.LISTING.filters) - APART == set(model)


@pytest.mark.parametrize("noun", MODEL, ids=lambda noun: noun.__name__)
def test_each_filter_leaves_what_it_says(filled: House, noun: Any) -> None:
    everything = listed(filled.alice, noun.page)
    for name, holds in MODEL[noun].items():
        for value in _values(name, everything):
            expected = [each for each in everything if holds(each, value)]
            assert listed(filled.alice, noun.page, filters={name: value}) == expected, (name, value)


@pytest.mark.parametrize("noun", MODEL, ids=lambda noun: noun.__name__)
def test_several_filters_narrow_together_on_every_page_of_every_order(filled: House, noun: Any) -> None:
    everything = listed(filled.alice, noun.page)
    several = {name: some.sampled_from(_values(name, everything)) for name in MODEL[noun]}
    orders = some.sampled_from(sorted(noun.LISTING.orders))

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=some.data(), names=some.lists(some.sampled_from(sorted(several)), min_size=1, max_size=3))
    def compare(data: Any, names: list[str]) -> None:
        filters = {name: data.draw(several[name]) for name in names}
        asked = {
            "filters": filters,
            "order": data.draw(some.just(()) | some.tuples(some.tuples(orders, some.booleans()))),
        }
        held = [each for each in everything if all(MODEL[noun][name](each, filters[name]) for name in filters)]
        whole = listed(filled.alice, noun.page, **asked)
        assert sorted(each.number for each in whole) == sorted(each.number for each in held)
        offset, limit = data.draw(some.integers(0, len(whole) + 1)), data.draw(some.integers(0, 7))
        page = filled.alice.sees(noun.page, Asked(limit=limit, offset=offset, **asked))
        assert (page.items, page.total) == (whole[offset : offset + limit], len(whole))

    compare()
