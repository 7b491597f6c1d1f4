"""Every list, with every filter and every order, is a statement that both databases take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, paging, pipelines, tasks, users
from carnet.core.filters import Compared, Condition, OneOf, Text, Words
from carnet.core.paging import Asked, Listing
from tests.core.things import NOTHING, company, contact, pipeline, task

if TYPE_CHECKING:
    from carnet.core.filters import Filter
    from tests.conftest import House

LISTS: dict[Any, Listing[Any]] = {
    contacts.page: contacts.LISTING,
    companies.page: companies.LISTING,
    tasks.page: tasks.LISTING,
    pipelines.page: pipelines.PIPELINES,
    pipelines.page_of_states: pipelines.STATES,
    users.page_of_members: users.MEMBERS,
}


def _tried(name: str, chosen: Filter) -> list[Any]:
    """Values of every shape that a filter takes."""
    if isinstance(chosen, Condition):
        return [True, False]
    if isinstance(chosen, Compared):
        return [datetime(2026, 2, 3, tzinfo=UTC)]
    if isinstance(chosen, OneOf):
        is_id = name == "id" or name.endswith("_id")
        return [[NOTHING] if is_id else ["open", "lost", "call"], []]
    if isinstance(chosen, Words):
        return ["halden", "ha", "ha halden h", "'\"%_\\"]
    assert isinstance(chosen, Text)
    return [["halden"], ["ha"], ["", "halden", "h"], ["'\"%_\\"]]


def _furnish(house: House) -> None:
    for made in (contact, company, task, pipeline):
        made(house.alice)


@pytest.mark.parametrize("little", [2_000, 0])
def test_with_each_filter_and_each_order(house: House, monkeypatch: pytest.MonkeyPatch, little: int) -> None:
    """Gathered at once or walked through, a page and its total agree."""
    _furnish(house)
    monkeypatch.setattr(paging, "_LITTLE", little)
    for page, listing in LISTS.items():
        for order in ((), *(((name, descending),) for name in listing.orders for descending in (False, True))):
            plain = house.alice.sees(page, Asked(order=order))
            assert plain.total == len(plain.items)
            for name, chosen in listing.filters.items():
                for value in _tried(name, chosen) if not order else _tried(name, chosen)[:1]:
                    found = house.alice.sees(page, Asked(filters={name: value}, order=order))
                    assert found.total == len(found.items) <= plain.total


def test_with_all_filters_at_once(house: House) -> None:
    _furnish(house)
    for page, listing in LISTS.items():
        filters = {name: _tried(name, chosen)[0] for name, chosen in listing.filters.items()}
        assert house.alice.sees(page, Asked(filters=filters)).total == 0


def test_by_all_orders_at_once(house: House) -> None:
    _furnish(house)
    for page, listing in LISTS.items():
        order = tuple((name, True) for name in listing.orders if name != "number")
        assert house.alice.sees(page, Asked(order=order)) == house.alice.sees(page, Asked(order=(*order, *order)))
