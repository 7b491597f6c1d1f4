"""Filters leave what a plain walk through the records leaves, alone and together, in any order and on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core.paging import Asked
from tests.core.narrowed import MODEL, held_by, values_of
from tests.core.things import listed

if TYPE_CHECKING:
    from tests.conftest import House


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
