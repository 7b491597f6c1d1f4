"""Houses: one for rules that no database has a part in, and one full of records on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.core.filling import fill
from tests.core.things import company, contact, deal, note, tag, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person


@pytest.fixture
def any_house(new_house: Callable[..., House]) -> House:
    """A house on the database that is there sooner."""
    return new_house()


@pytest.fixture
def anyone(any_house: House) -> Person:
    """Alice, there."""
    return any_house.alice


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    """A house full of records, and a stranger who has some, on each of the two databases."""
    house = new_house(request.param)
    house.store.write_now(house.main.id, fill, house)
    for make in (contact, company, task, deal, note, tag):
        make(house.mallory)
    return house
