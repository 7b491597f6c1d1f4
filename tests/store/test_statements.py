"""Statements are compiled once for each shape."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, select

from carnet.core import tasks
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import statement


def test_the_same_shape_is_the_same_statement() -> None:
    order = (("due_at", False), ("number", False))
    assert tasks.LISTING._walked((), order) is tasks.LISTING._walked((), order)
    assert tasks.LISTING._walked((), order) is not tasks.LISTING._walked((("status", None),), order)


def test_it_is_compiled_once_for_each_database() -> None:
    made = tasks.LISTING._count(())
    assert made.bound("sqlite") is made.bound("sqlite")
    assert made.bound("sqlite").text != made.bound("postgresql").text


def test_shapes_kept_are_bounded() -> None:
    @statement(int)
    def one(number: int) -> Any:
        return select(bindparam(f"p{number}"))

    for number in range(1_000):
        one(number)
    assert one.cache_info().currsize <= 64  # type: ignore[attr-defined]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_list_is_bound_as_one_value_whatever_its_length(dialect: str) -> None:
    @statement(int)
    def some() -> Any:
        return select(tables.tasks.c.number).where(within(tables.tasks), is_one_of(tables.tasks.c.status, "statuses"))

    bound = some().bound(dialect)
    assert "statuses" in bound.text
    assert bound.text == some().bound(dialect).text
    assert bound.values({"workspace_id": 1, "statuses": ["open", "lost"]})["statuses"] in (
        '["open","lost"]',
        ["open", "lost"],
    )
