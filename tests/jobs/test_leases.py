"""Of several processes one does the work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from carnet.core import workspaces
from carnet.jobs import leases
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.conftest import House


def hold(house: House, holder: str, *, after: float = 0) -> bool:
    moment = NOW + timedelta(seconds=after)
    return house.store.write_now(workspaces.ALL, leases.hold, "outbox", holder, now=moment)


def test_one_holds_a_lease_until_it_lets_go_or_falls_silent(house: House) -> None:
    assert hold(house, "one")
    assert not hold(house, "other", after=10)
    assert hold(house, "one", after=15)
    assert not hold(house, "other", after=30)
    assert hold(house, "other", after=36)
    assert not hold(house, "one", after=37)
    house.store.write_now(workspaces.ALL, leases.let_go, "outbox", "one")
    assert not hold(house, "one", after=38)
    house.store.write_now(workspaces.ALL, leases.let_go, "outbox", "other")
    assert hold(house, "one", after=38)


def test_leases_of_other_names_are_free(house: House) -> None:
    assert hold(house, "one")
    assert house.store.write_now(workspaces.ALL, leases.hold, "reminders", "other", now=NOW)


def test_a_lease_from_before_the_clock_was_set_back_is_free(house: House) -> None:
    assert hold(house, "one", after=3_600)
    assert hold(house, "other")
    assert not hold(house, "one", after=10)
