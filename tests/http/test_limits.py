"""Requests a minute for each token."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House


def test_nothing_is_refused_until_a_limit_is_set(new_house: Callable[..., House]) -> None:
    house = new_house()
    assert all(house.alice.get("/api/nothing.json").status_code == 404 for _ in range(5))
    assert all(house.alice.get("/api/contacts").status_code == 200 for _ in range(100))


def test_over_the_limit_a_token_is_told_when_to_come_back(new_house: Callable[..., House]) -> None:
    house = new_house(rate_limit=3)
    assert [house.alice.get("/api/contacts").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = house.alice.post("/api/contacts", {"name": "Inès"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert house.bob.get("/api/contacts").json()["hydra:totalItems"] == 0
