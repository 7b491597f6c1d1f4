"""A house for rules that no database has a part in, and another word for who lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person


@pytest.fixture
def any_house(new_house: Callable[..., House]) -> House:
    """A house on the database that is there sooner: what is said of records is `/api`'s, and tested there on both."""
    return new_house()


@pytest.fixture
def anyone(any_house: House) -> Person:
    """Alice, there."""
    return any_house.alice
