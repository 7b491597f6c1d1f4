"""The people's YSUITE clients, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ysuite.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House


@pytest.fixture
def any_house(new_house: Callable[..., House]) -> House:
    """A house for rules that no database has a part in."""
    return new_house()


@pytest.fixture
def anyone(any_house: House) -> Client:
    """Alice's client, there."""
    return Client(any_house.alice)


@pytest.fixture
def client(house: House) -> Client:
    """Alice's client."""
    return Client(house.alice)


@pytest.fixture
def stranger(house: House) -> Client:
    """Mallory's client, in another workspace."""
    return Client(house.mallory)
