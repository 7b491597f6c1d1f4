"""Filters leave what a plain walk through the records leaves, alone and together, in any order and on any page."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core import companies, contacts, deals, notes, pipelines, tags, tasks
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteDraft
from carnet.core.paging import Asked
from carnet.core.pipelines import PipelineDraft, StateDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import Kind, Priority, Status, TaskDraft, Type
from tests.conftest import NOW
from tests.core.narrowed import AMOUNTS, DAYS, MODEL, MOMENTS, WORDS, held_by, values_of
from tests.core.things import company, contact, deal, listed, note, tag, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.database import Database
    from tests.conftest import House


class _Filling:
    """Records of every noun, in which chance chose from the same few words and moments."""

    def __init__(self, db: Database, house: House) -> None:
        self.db = db
        self.alice = house.alice.actor
        self.chance = random.Random(20260203)
        self.people = [house.alice.user.id, house.rita.user.id, None]
        self.tags = [tags.create(db, self.alice, TagDraft(name=word), now=NOW).id for word in WORDS]
        partners = pipelines.create(db, self.alice, PipelineDraft(name="Partners"), now=NOW)
        pipelines.create_state(db, self.alice, StateDraft(name="Met", pipeline_id=partners.id), now=NOW)
        self.states = [each.id for each in pipelines.page_of_states(db, self.alice, Asked()).items]
        self.employers = [self._company(word, at) for word, at in zip([*WORDS[:3], "Plain"], MOMENTS, strict=True)]

    def _some_tags(self) -> list[str]:
        return self.chance.sample(self.tags, self.chance.choice([0, 0, 1, 3]))

    def _company(self, word: str, at: Any) -> str:
        draft = CompanyDraft(
            name=word,
            website=word if word in WORDS else None,
            emails=[f"{self.chance.choice('aoz')}@halden.example"],
            tag_ids=self._some_tags(),
        )
        return companies.create(self.db, self.alice, draft, now=at).id

    def add_one_of_each(self) -> None:
        choice, now = self.chance.choice, self.chance.choice(MOMENTS[1:])
        someone = self._contact(now)
        sold = self._deal(someone, now)
        self._task(someone, sold, now)
        links: dict[str, Any] = {
            "contact_id": choice([None, someone]),
            "company_id": choice([None, *self.employers]),
            "deal_id": choice([None, sold]),
        }
        if any(links.values()):
            draft = NoteDraft(text=choice(WORDS), title=choice([None, *WORDS]), **links)
            notes.create(self.db, self.alice, draft, now=now)

    def _contact(self, now: Any) -> str:
        choice = self.chance.choice
        draft = ContactDraft(
            name=choice(WORDS),
            nickname=choice([None, "Plain"]),
            emails=choice([(), ("zoe@halden.example",), ("a%b@x", "Zoë@x")]),
            phones=choice([(), ("+33 6.12",), ("12", "ss")]),
            position=choice([None, *WORDS]),
            description=choice([None, "中"]),
            status=choice(list(contacts.Status)),
            company_id=choice([None, *self.employers]),
            state_id=choice([None, *self.states]),
            owner_id=choice(self.people),
            tag_ids=self._some_tags(),
            is_lead=choice([True, False]),
            is_partial=choice([True, False]),
        )
        made = contacts.create(self.db, self.alice, draft, now=now)
        if self.chance.random() < 0.3:
            contacts.change(self.db, self.alice, made.id, ContactChanges(website="x"), now=MOMENTS[3])
        return made.id

    def _deal(self, someone: str, now: Any) -> str:
        choice = self.chance.choice
        draft = DealDraft(
            title=choice(WORDS),
            description=choice([None, *WORDS]),
            amount_cents=choice([None, *AMOUNTS]),
            status=choice([None, *deals.Status]),
            expected_close_on=choice([None, *DAYS]),
            contact_id=choice([None, someone]),
            company_id=choice([None, *self.employers]),
            state_id=choice([None, *self.states]),
            owner_id=choice(self.people),
            tag_ids=self._some_tags(),
        )
        return deals.create(self.db, self.alice, draft, now=now).id

    def _task(self, someone: str, sold: str, now: Any) -> None:
        choice = self.chance.choice
        starts_at, due_at = sorted((choice([None, *MOMENTS]), choice([None, *MOMENTS])), key=lambda at: at or NOW)
        draft = TaskDraft(
            title=choice(WORDS),
            description=choice([None, *WORDS]),
            type=choice(list(Type)),
            kind=choice(list(Kind)),
            status=choice(list(Status)),
            priority=choice(list(Priority)),
            contact_id=choice([None, someone]),
            company_id=choice([None, *self.employers]),
            deal_id=choice([None, sold]),
            assignee_id=choice(self.people),
            tag_ids=self._some_tags(),
            starts_at=starts_at,
            due_at=due_at,
            all_day=due_at is not None and choice([True, False]),
        )
        tasks.create(self.db, self.alice, draft, now=now)


def _fill(db: Database, house: House) -> None:
    filling = _Filling(db, house)
    for _ in range(24):
        filling.add_one_of_each()


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    house = new_house(request.param)
    house.store.write_now(house.main.id, _fill, house)
    for make in (contact, company, task, deal, note, tag):
        make(house.mallory)
    return house


def test_no_filter_was_forgotten_here() -> None:
    for noun, model in MODEL.items():
        assert set(noun.LISTING.filters) == set(model)


@pytest.mark.parametrize("noun", MODEL, ids=lambda noun: noun.__name__)
def test_each_filter_leaves_what_it_says(filled: House, noun: Any) -> None:
    everything = listed(filled.alice, noun.page)
    for name, holds in MODEL[noun].items():
        for value in values_of(name, everything):
            expected = [each for each in everything if holds(each, value)]
            assert listed(filled.alice, noun.page, filters={name: value}) == expected, (name, value)


@pytest.mark.parametrize("noun", MODEL, ids=lambda noun: noun.__name__)
def test_several_filters_narrow_together_on_every_page_of_every_order(filled: House, noun: Any) -> None:
    everything = listed(filled.alice, noun.page)
    several = {name: some.sampled_from(values_of(name, everything)) for name in MODEL[noun]}
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
        held = held_by(MODEL[noun], filters, everything)
        whole = listed(filled.alice, noun.page, **asked)
        assert sorted(each.number for each in whole) == sorted(each.number for each in held)
        offset, limit = data.draw(some.integers(0, len(whole) + 1)), data.draw(some.integers(0, 7))
        page = filled.alice.sees(noun.page, Asked(limit=limit, offset=offset, **asked))
        assert (page.items, page.total) == (whole[offset : offset + limit], len(whole))

    compare()
