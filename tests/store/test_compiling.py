"""Every list, with every filter and every order, is a statement that both databases take."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import BigInteger

from carnet import core
from carnet.core import (
    activities,
    activity_types,
    calls,
    companies,
    contacts,
    deals,
    directory,
    drafts,
    genders,
    journal,
    notes,
    paging,
    pipelines,
    reminders,
    tags,
    tasks,
    users,
    webhooks,
)
from carnet.core.filters import Begins, Compared, Condition, OneOf, OneOfLinks, OwnOrFree, Tagged, Text, Words
from carnet.core.paging import Asked, Listing
from carnet.store.types import Day, Identity, Instant, Word
from tests.core.things import MAKERS, NOTHING

if TYPE_CHECKING:
    from carnet.core.filters import Filter
    from tests.conftest import House

LISTS: dict[Any, Listing[Any]] = {
    contacts.page: contacts.LISTING,
    companies.page: companies.LISTING,
    directory.page: directory.LISTING,
    tasks.page: tasks.LISTING,
    deals.page: deals.LISTING,
    notes.page: notes.LISTING,
    tags.page: tags.LISTING,
    genders.page: genders.LISTING,
    reminders.page: reminders.LISTING,
    calls.page: calls.LISTING,
    activities.page: activities.LISTING,
    activity_types.page: activity_types.TYPES,
    activity_types.page_of_categories: activity_types.CATEGORIES,
    journal.page: journal.LISTING,
    drafts.page: drafts.LISTING,
    webhooks.page: webhooks.LISTING,
    pipelines.page: pipelines.PIPELINES,
    pipelines.page_of_states: pipelines.STATES,
    users.page_of_members: users.MEMBERS,
}
DAY = date(2026, 2, 3)


TRIED: dict[tuple[type, ...], list[Any]] = {
    (Condition,): [True, False],
    (Tagged, activities._Attended): [[NOTHING], []],
    (tasks.DueDay,): [(DAY, ZoneInfo("Pacific/Apia"))],
    (OwnOrFree,): [(True, NOTHING), (False, NOTHING)],
    (Words,): ["halden", "ha", "ha halden h", "'\"%_\\"],
    (Begins,): ["halden", "", "'\"%_\\"],
    (Text,): [["halden"], ["ha"], ["", "halden", "h"], ["'\"%_\\"]],
}
"""Values of every shape that a filter takes."""
COMPARED: dict[type, Any] = {Instant: datetime(2026, 2, 3, tzinfo=UTC), Day: DAY, BigInteger: 12_345}
AMONG: dict[type, list[Any]] = {
    Identity: [[NOTHING], []],
    BigInteger: [[7_777, 2**63 - 1], []],
    Word: [["open", "person", "call"], []],
}


def _tried(chosen: Filter) -> list[Any]:
    if isinstance(chosen, Compared):
        return [COMPARED[type(chosen._column.type)]]
    if isinstance(chosen, OneOf | OneOfLinks):
        return AMONG[type(chosen._column.type)]
    (tried,) = [values for kinds, values in TRIED.items() if isinstance(chosen, kinds)]
    return tried


def _furnish(house: House) -> None:
    for made in MAKERS.values():
        made(house.alice)


def test_no_list_was_forgotten_here() -> None:
    modules = [importlib.import_module(f"carnet.core.{each.name}") for each in pkgutil.iter_modules(core.__path__)]
    for module in modules:
        for name, listing in vars(module).items():
            assert not isinstance(listing, Listing) or listing in LISTS.values(), f"{module.__name__}.{name}"


@pytest.mark.parametrize("little", [2_000, 0])
def test_with_each_filter_and_each_order(house: House, monkeypatch: pytest.MonkeyPatch, little: int) -> None:
    """Gathered at once or walked through, a page and its total agree."""
    _furnish(house)
    monkeypatch.setattr(paging, "_LITTLE", little)
    for page, listing in LISTS.items():
        for order in ((), *(((name, descending),) for name in listing.orders for descending in (False, True))):
            plain = house.alice.sees(page, Asked(order=order))
            assert plain.total == len(plain.items)
            tried = [(name, value) for name, chosen in listing.filters.items() for value in _tried(chosen)]
            for name, value in tried if not order else tried[:: max(1, len(tried) // 3)]:
                found = house.alice.sees(page, Asked(filters={name: value}, order=order))
                assert found.total == len(found.items) <= plain.total


def test_with_all_filters_at_once(house: House) -> None:
    _furnish(house)
    for page, listing in LISTS.items():
        filters = {name: _tried(chosen)[0] for name, chosen in listing.filters.items()}
        assert house.alice.sees(page, Asked(filters=filters)).total == 0


def test_by_all_orders_at_once(house: House) -> None:
    _furnish(house)
    for page, listing in LISTS.items():
        order = tuple((name, True) for name in listing.orders if name != "number")
        assert house.alice.sees(page, Asked(order=order)) == house.alice.sees(page, Asked(order=(*order, *order)))
