"""The limit a minute, and its headers (specification, section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from carnet.core.permissions import Actor
from carnet.dialects.monica import quota
from carnet.dialects.monica.quota import Quota
from carnet.http.errors import TooManyRequestsError
from tests.monica.things import API, call, plain, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.conftest import House, Person

NOON = 1_770_000_000 // 60 * 60
ACTOR = Actor(1, "u", frozenset(), "UTC", "t")


class Clock:
    """A clock that stands until it is moved."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every quota."""
    found = Clock()
    monkeypatch.setattr(Quota, "clock", found)
    return found


def headers(answer: httpx.Response) -> tuple[str | None, str | None]:
    return answer.headers.get("x-ratelimit-limit"), answer.headers.get("x-ratelimit-remaining")


def told(counted: Quota, actor: Actor = ACTOR) -> tuple[bytes, bytes]:
    (_, limit), (_, remaining) = counted.headers(actor)
    return limit, remaining


def test_remaining_falls_by_one_a_request(clock: Clock, new_house: Callable[..., House]) -> None:
    del clock
    alice = new_house().alice
    paths = ("/tasks", "/foo", "/tasks/9", "/tasks?limit=x", "", "/tasks", "/me")
    assert [headers(call(alice, "GET", path)) for path in paths] == [
        ("60000", str(60_000 - count)) for count in range(1, len(paths) + 1)
    ]
    assert headers(call(alice, "POST", "/tasks", {})) == ("60000", "59992")
    assert headers(call(alice, "DELETE", "/tasks")) == ("60000", "59991")


def test_a_401_and_an_open_document_have_no_such_headers(any_house: House) -> None:
    for path in ("/tasks", "/openapi.json", "/openapi"):
        assert headers(any_house.request("GET", API + path)) == (None, None)


def test_unlimited_the_count_stops_at_one_and_refuses_nobody(clock: Clock) -> None:
    del clock
    counted = Quota(0)
    for _ in range(quota.UNLIMITED + 5):
        counted.count(ACTOR)
    assert told(counted) == (b"60000", b"1")


def test_over_the_limit_it_says_when_to_come_back(clock: Clock, new_house: Callable[..., House]) -> None:
    house = new_house(monica_rate_limit=3)
    clock.now = NOON + 17.9
    assert [headers(call(house.alice, "GET", "/tasks")) for _ in range(3)] == [("3", "2"), ("3", "1"), ("3", "0")]
    for path in ("/tasks", "/foo", "/tasks?sort=x"):
        answer = call(house.alice, "GET", path)
        assert refusal(answer) == (429, "Too many attempts, please slow down the request", 34)
        assert headers(answer) == ("3", "0")
        assert answer.headers["retry-after"] == "43"
        assert answer.headers["x-ratelimit-reset"] == str(NOON + 60)
    assert refusal(call(house.alice, "POST", "/tasks", {"title": "x"}))[2] == 34
    assert call(house.bob, "GET", "/tasks").status_code == 200
    clock.now = NOON + 60
    answer = call(house.alice, "GET", "/tasks")
    assert (headers(answer), answer.json()["data"]) == (("3", "2"), [])


def test_who_has_no_token_spends_nobodys_requests(clock: Clock, new_house: Callable[..., House]) -> None:
    del clock
    house = new_house(monica_rate_limit=1)
    for _ in range(5):
        assert plain(house.request("GET", API + "/tasks"))[0] == 401
    assert call(house.alice, "GET", "/tasks").status_code == 200


def test_each_tongue_counts_for_itself(new_house: Callable[..., House]) -> None:
    alice: Person = new_house(monica_rate_limit=1, rate_limit=1).alice
    assert [alice.get("/api/contacts").status_code for _ in range(2)] == [200, 429]
    assert call(alice, "GET", "/tasks").status_code == 200


def test_minutes_are_those_of_the_clock(clock: Clock) -> None:
    counted = Quota(1)
    clock.now = NOON + 59.9
    counted.count(ACTOR)
    with pytest.raises(TooManyRequestsError) as refused:
        counted.count(ACTOR)
    assert refused.value.retry_after == 1
    clock.now = NOON + 60
    counted.count(ACTOR)


def test_tokens_are_counted_apart_and_forgotten_with_their_minute(clock: Clock) -> None:
    counted = Quota(5)
    for number in range(1_000):
        counted.count(msgspec.structs.replace(ACTOR, token_id=str(number)))
    assert len(counted._used) == 1_000
    clock.now += 60
    counted.count(ACTOR)
    assert len(counted._used) == 1
