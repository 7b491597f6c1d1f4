"""The year of a moment in UTC or of a day, which the two databases spell differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, cast, func

from carnet.store.types import Day

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def year_of(column: ColumnElement[Any]) -> dict[str, ColumnElement[int]]:
    """The year, for each database."""
    moment = column if isinstance(column.type, Day) else func.timezone("UTC", column)
    return {
        "sqlite": cast(func.substr(column, 1, 4), Integer),
        "postgresql": cast(func.extract("year", moment), Integer),
    }
