"""Choosing a format by the Accept header."""

from __future__ import annotations

import pytest

from carnet.http.negotiation import preferred

OFFERED = ("application/ld+json", "application/json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", 0),
        ("*/*", 0),
        ("application/*", 0),
        ("APPLICATION/JSON", 1),
        ("application/json; charset=utf-8", 1),
        ("application/json, application/ld+json", 1),
        ("application/ld+json;q=0.2, */*;q=0.9", 1),
        ("application/json;q=0.5, application/ld+json;q=0.6", 0),
        ("text/html, application/json;q=0.1", 1),
        ("application/ld+json;q=0, */*", 1),
        ("application/json;q=what", 1),
        ("text/csv", None),
        ("*/*;q=0", None),
        (",,;q=1", None),
        ("application/json;q=0", None),
    ],
)
def test_the_most_wanted_is_chosen(accept: str, chosen: int | None) -> None:
    assert preferred(accept, OFFERED) == (None if chosen is None else OFFERED[chosen])
