"""A house for rules that no database has a part in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from carnet.app import Carnet

from tests.conftest import House

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carnet.settings import Settings

    from tests.conftest import Person


@pytest.fixture
def new_house(new_settings: Callable[[str], Settings]) -> Iterator[Callable[..., House]]:
    """Makes a furnished house on a kind of database, with any settings changed."""
    built: list[House] = []

    def make(kind: str = "sqlite", **changed: Any) -> House:
        settings = msgspec.structs.replace(new_settings(kind), **changed)
        house = House(settings, Carnet(settings), asyncio.Runner())
        built.append(house)
        house.furnish()
        return house

    yield make
    for house in built:
        house.store.close()
        house.runner.close()


@pytest.fixture
def any_house(new_house: Callable[..., House]) -> House:
    """A house on the database that is there sooner."""
    return new_house()


@pytest.fixture
def anyone(any_house: House) -> Person:
    """Alice, there."""
    return any_house.alice
