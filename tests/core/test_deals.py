"""Deals in the core: what may be sold, to whom, for how much, and how far it has come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import deals, pipelines, workspaces
from carnet.core.deals import LARGEST_AMOUNT, DealChanges, DealDraft, Status
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from carnet.core.paging import Asked
from carnet.core.pipelines import StateKind
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, company, contact, deal, last_event, listed, pipeline, state, story, tag

if TYPE_CHECKING:
    from carnet.core.deals import Deal
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def _change(person: Person, made: Deal, **said: Any) -> Deal:
    changed: Deal = person.does(deals.change, made.id, DealChanges(**said), now=LATER)
    return changed


def _states(person: Person) -> dict[StateKind, str]:
    """A state of each kind, in a pipeline of their own."""
    of = pipeline(person).id
    return {kind: state(person, kind.value, pipeline_id=of, kind=kind).id for kind in StateKind}


def test_it_keeps_what_was_said(house: House) -> None:
    alice, into = house.alice, state(house.alice)
    said: dict[str, Any] = {
        "title": "Été 100%\n田中",
        "description": "Two bales",
        "source": "Fair",
        "amount_cents": 1_250_050,
        "currency": "CHF",
        "status": Status.WON,
        "probability": 60,
        "expected_close_on": date(2026, 9, 30),
        "contact_id": contact(alice).id,
        "company_id": company(alice).id,
        "state_id": into.id,
        "owner_id": house.bob.user.id,
        "tag_ids": [tag(alice).id],
        "extras": {"ysuite": {"vat": 7.7}},
    }
    made = deal(alice, **said)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.pipeline_id, made.closed_at, made.is_open) == (into.pipeline_id, NOW, False)
    assert (made.number, made.version, made.created_at, made.updated_at) == (1, 1, NOW, NOW)
    assert house.bob.sees(deals.get, made.id) == made
    assert_sound(house)


def test_what_was_not_said_is_empty_and_in_the_currency_of_the_workspace(house: House) -> None:
    made = deal(house.alice, "x")
    assert (made.status, made.is_open, made.closed_at, made.currency) == (Status.OPEN, True, None, "EUR")
    names = ("amount_cents", "probability", "expected_close_on", "contact_id", "company_id", "state_id", "owner_id")
    assert [getattr(made, name) for name in (*names, "tag_ids", "source", "pipeline_id")] == [None] * 10
    swiss = house.store.write_now(workspaces.ALL, workspaces.create, "swiss", house.alice.user, now=NOW, currency="CHF")
    house.alice.actor = msgspec.structs.replace(house.alice.actor, workspace_id=swiss.id)
    assert deal(house.alice).currency == "CHF"


@pytest.mark.parametrize(("said", "kept"), [("usd", "USD"), ("Jpy", "JPY"), ("XTS", "XTS"), (None, "EUR"), ("", "EUR")])
def test_a_currency_is_kept_in_capitals(alice: Person, said: str | None, kept: str) -> None:
    assert deal(alice, currency=said).currency == kept
    assert _change(alice, deal(alice, currency="GBP"), currency=said).currency == kept


@pytest.mark.parametrize(
    "currency", ["EURO", "EU", "E1R", "€", " EUR", "EUR ", "aß", "ﬁn", "\u017fek", "éur", "EÚR", "١٢٣"]
)
def test_what_is_no_three_letters_is_no_currency(any_house: House, currency: str) -> None:
    alice, made = any_house.alice, deal(any_house.alice)
    acts = [lambda: deal(alice, currency=currency), lambda: _change(alice, made, currency=currency)]
    with untouched(any_house):
        assert_invalid([Violation("currency", Fault.NOT_VALID)], acts)


@pytest.mark.parametrize("amount", [0, 1, 99, LARGEST_AMOUNT - 1, LARGEST_AMOUNT])
def test_an_amount_is_exact_to_the_last_cent(alice: Person, amount: int) -> None:
    assert deal(alice, amount_cents=amount).amount_cents == amount
    made = _change(alice, deal(alice), amount_cents=amount)
    assert alice.sees(deals.get, made.id).amount_cents == amount
    assert float(amount) == amount


@pytest.mark.parametrize("amount", [-1, LARGEST_AMOUNT + 1, 2**63, 10**40, -(10**40)])
def test_an_amount_below_nothing_or_beyond_the_largest_is_refused(any_house: House, amount: int) -> None:
    alice, made = any_house.alice, deal(any_house.alice)
    acts = [lambda: deal(alice, amount_cents=amount), lambda: _change(alice, made, amount_cents=amount)]
    with untouched(any_house):
        assert_invalid([Violation("amount_cents", Fault.OUT_OF_RANGE, (0, LARGEST_AMOUNT // 100))], acts)


@pytest.mark.parametrize("probability", [-1, 101, 2**63])
def test_a_probability_is_of_a_hundred(any_house: House, probability: int) -> None:
    alice, made = any_house.alice, deal(any_house.alice, probability=0)
    acts = [lambda: deal(alice, probability=probability), lambda: _change(alice, made, probability=probability)]
    with untouched(any_house):
        assert_invalid([Violation("probability", Fault.OUT_OF_RANGE, (0, 100))], acts)
    assert _change(alice, made, probability=100).probability == 100


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    alice, made = any_house.alice, deal(any_house.alice)
    said = {"amount_cents": -1, "probability": 101, "currency": "E"}
    acts = [lambda: deal(alice, " ", **said), lambda: _change(alice, made, title="\t", **said)]
    faults = [
        Violation("title", Fault.BLANK),
        Violation("amount_cents", Fault.OUT_OF_RANGE, (0, LARGEST_AMOUNT // 100)),
        Violation("probability", Fault.OUT_OF_RANGE, (0, 100)),
        Violation("currency", Fault.NOT_VALID),
    ]
    with untouched(any_house):
        assert_invalid(faults, acts)


@pytest.mark.parametrize("day", [date.min, date(2024, 2, 29), date.max])
def test_it_may_be_expected_on_any_day(alice: Person, day: date) -> None:
    made = deal(alice, expected_close_on=day)
    assert alice.sees(deals.get, made.id).expected_close_on == day
    assert listed(alice, deals.page, filters={"expected_close_on_before": day}) == [made]


@pytest.mark.parametrize(
    ("link", "make", "noun"),
    [
        ("contact_id", contact, "contact"),
        ("company_id", company, "company"),
        ("state_id", state, "pipeline_state"),
        ("owner_id", None, "user"),
    ],
)
def test_what_it_links_to_is_of_the_workspace_and_of_the_right_noun(
    house: House, link: str, make: Any, noun: str
) -> None:
    alice = house.alice
    made = deal(alice)
    theirs = make(house.mallory).id if make else house.mallory.user.id
    wrong = company(alice).id if make is contact else contact(alice).id
    for unknown in (theirs, wrong, NOTHING):
        acts = [
            lambda unknown=unknown: deal(alice, **{link: unknown}),
            lambda unknown=unknown: _change(alice, made, **{link: unknown}),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                assert (error.field, error.noun, error.record_id) == (link, noun, unknown)


def test_a_deal_born_in_a_won_or_lost_state_is_won_or_lost_unless_its_status_is_said(house: House) -> None:
    alice, states = house.alice, _states(house.alice)
    for kind, state_id in states.items():
        made = deal(alice, state_id=state_id)
        assert made.status == kind.value
        assert made.closed_at == (None if made.is_open else NOW)
        for status in Status:
            said = deal(alice, state_id=state_id, status=status)
            assert (said.status, said.closed_at) == (status, None if status is Status.OPEN else NOW)
    assert_sound(house)


def test_moving_it_into_a_won_or_lost_state_closes_it_and_back_into_an_open_one_reopens_it(house: House) -> None:
    alice, states = house.alice, _states(house.alice)
    made = deal(alice, state_id=states[StateKind.OPEN])
    seen = []
    for kind, now in ((StateKind.WON, NOW), (StateKind.LOST, LATER), (StateKind.OPEN, LAST), (StateKind.LOST, LAST)):
        after = alice.does(deals.change, made.id, DealChanges(state_id=states[kind]), now=now)
        seen.append((after.status, after.closed_at))
    assert seen == [(Status.WON, NOW), (Status.LOST, NOW), (Status.OPEN, None), (Status.LOST, LAST)]
    assert story(alice, made.id) == ["deal.created", "deal.won", "deal.lost", "deal.reopened", "deal.lost"]
    assert_sound(house)


def test_a_status_that_is_said_beats_that_of_the_state_and_moves_it_nowhere(alice: Person) -> None:
    states = _states(alice)
    made = deal(alice, state_id=states[StateKind.OPEN])
    moved = _change(alice, made, state_id=states[StateKind.WON], status=Status.LOST)
    assert (moved.status, moved.state_id) == (Status.LOST, states[StateKind.WON])
    won = _change(alice, made, status=Status.OPEN)
    assert (won.status, won.state_id, won.closed_at) == (Status.OPEN, states[StateKind.WON], None)
    stays = _change(alice, made, state_id=states[StateKind.WON], title="Zzz")
    assert (stays.status, stays.title) == (Status.OPEN, "Zzz")


def test_between_states_of_a_kind_it_is_moved_and_out_of_its_pipeline_too(alice: Person) -> None:
    first, second = state(alice, "First"), state(alice, "Second", pipeline_id=pipeline(alice).id)
    made = deal(alice, state_id=first.id)
    moved = _change(alice, made, state_id=second.id)
    assert (moved.state_id, moved.pipeline_id, moved.status) == (second.id, second.pipeline_id, Status.OPEN)
    out = _change(alice, made, state_id=None)
    assert (out.state_id, out.pipeline_id, out.status) == (None, None, Status.OPEN)
    assert alice.sees(deals.get, made.id) == out
    assert story(alice, made.id) == ["deal.created", "deal.moved", "deal.moved"]


def test_out_of_its_pipeline_it_keeps_its_status(alice: Person) -> None:
    made = deal(alice, state_id=_states(alice)[StateKind.WON])
    out = _change(alice, made, state_id=None)
    assert (out.status, out.closed_at) == (Status.WON, NOW)


def test_a_deal_that_is_won_and_then_lost_was_closed_once(house: House) -> None:
    alice, made = house.alice, deal(house.alice, status=Status.WON)
    lost = _change(alice, made, status=Status.LOST)
    assert (lost.status, lost.closed_at) == (Status.LOST, NOW)
    with untouched(house):
        assert _change(alice, lost, status=Status.LOST) == lost
    reopened = _change(alice, lost, status=Status.OPEN)
    assert (reopened.closed_at, reopened.is_open) == (None, True)
    assert _change(alice, reopened, status=Status.WON).closed_at == LATER


def test_a_change_of_its_state_leaves_the_deal_alone(house: House) -> None:
    alice, into = house.alice, state(house.alice)
    made = deal(alice, state_id=into.id)
    alice.does(pipelines.change_state, into.id, pipelines.StateChanges(kind=StateKind.WON))
    assert alice.sees(deals.get, made.id) == made


def test_a_change_touches_what_it_names(house: House) -> None:
    made = deal(house.alice, amount_cents=100, probability=50, contact_id=contact(house.alice).id)
    changed = _change(house.alice, made, amount_cents=None, title="Zzz")
    assert changed == msgspec.structs.replace(made, amount_cents=None, title="Zzz", version=2, updated_at=LATER)
    assert last_event(house.alice).after == {"amount_cents": None, "title": "Zzz"}
    with untouched(house):
        assert _change(house.alice, changed, title="Zzz", probability=50, currency="eur", tag_ids=[]) == changed
        assert _change(house.alice, changed) == changed
    assert_sound(house)


def test_it_is_found_by_its_words_and_by_its_parts(alice: Person, mallory: Person) -> None:
    made = deal(alice, "Autumn fabrics", description="Léger 100%\nlin", amount_cents=1_050)
    deal(alice, "Spring")
    deal(mallory, "Autumn fabrics")
    for filters in (
        {"q": "FABRICS leger"},
        {"q": "100%"},
        {"title": ["tumn"]},
        {"text": ["lin"]},
        {"amount_cents_after": 1_050, "amount_cents_before": 1_050},
        {"amount_cents_strictly_after": 1_049},
        {"number": [made.number, 10**18]},
    ):
        assert listed(alice, deals.page, filters=filters) == [made], filters
    assert alice.sees(deals.page, Asked(filters={"title": ["lin"]})).total == 0


def test_several_are_linked_to_one_record(alice: Person, mallory: Person) -> None:
    someone, into = contact(alice), state(alice)
    made = [deal(alice, contact_id=someone.id), deal(alice), deal(alice, state_id=into.id, contact_id=someone.id)]
    assert alice.sees(deals.linked_to, "contact_id", someone.id) == [made[0], made[2]]
    assert alice.sees(deals.linked_to, "state_id", into.id) == [made[2]]
    assert mallory.sees(deals.linked_to, "contact_id", someone.id) == []


def test_a_draft_says_nothing_but_its_title() -> None:
    said = {name: getattr(DealDraft(title="x"), name) for name in DealDraft.__struct_fields__}
    assert {name for name, value in said.items() if value is not None} == {"title"}
