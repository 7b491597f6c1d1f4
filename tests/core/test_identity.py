"""Identities: UUIDv7, in the order of their making."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from uuid import RFC_4122, UUID

import pytest

from carnet.core import identity
from carnet.core.identity import as_id, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_it_is_a_uuid_of_the_seventh_version_in_lower_case() -> None:
    for made in (new_id() for _ in range(1_000)):
        parsed = UUID(made)
        assert (str(parsed), parsed.version, parsed.variant) == (made, 7, RFC_4122)


def test_it_holds_the_millisecond_of_its_making(monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time_ns() + 10**12
    monkeypatch.setattr(identity.time, "time_ns", lambda: later)  # type: ignore[attr-defined]
    monkeypatch.setattr(identity, "_last", 0)
    assert UUID(new_id()).int >> 80 == later // 1_000_000


@pytest.mark.parametrize("step", [0, -1_000_000, 1, 10**9])
def test_later_ones_sort_after_earlier_ones_whatever_the_clock_does(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    ticks = _ticking(time.time_ns(), step)
    monkeypatch.setattr(identity.time, "time_ns", lambda: next(ticks))  # type: ignore[attr-defined]
    made = [new_id() for _ in range(2_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def _ticking(now: int, step: int) -> Iterator[int]:
    while True:
        yield now
        now += step


def test_threads_never_make_the_same() -> None:
    made: list[str] = []

    def make() -> None:
        made.extend([new_id() for _ in range(2_000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000
    assert len({each[:18] for each in made}) == 8_000, "the moment alone tells them apart"


@pytest.mark.parametrize("text", ["0195C3A0-7d1c-7A90-8b1e-0d4f2f1e8a11", "ffffffff-FFFF-ffff-ffff-ffffffffffff"])
def test_an_identity_is_read_in_any_case(text: str) -> None:
    assert as_id(text) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "0195c3a07d1c7a908b1e0d4f2f1e8a11",
        "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a1",
        "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a111",
        "{0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11}",
        "urn:uuid:0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11",
        "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a1g",
        "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11\n",
        " 0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11",
        "\u0660195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11",
        "0195c3a0_7d1c_7a90_8b1e_0d4f2f1e8a11",
    ],
)
def test_another_spelling_is_none(text: str) -> None:
    assert as_id(text) is None
