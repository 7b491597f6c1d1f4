"""Everything that a database holds, to see that a refusal leaves no trace."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import apsw
import psycopg

from carnet.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import House

_NAMES = sorted(table.name for table in tables.metadata.tables.values())


def everything(house: House) -> dict[str, list[Any]]:
    """Every row of every table, as an eye outside the application sees it."""
    return {name: sorted(map(repr, rows)) for name, rows in _read(house).items()}


def _read(house: House) -> dict[str, list[Any]]:
    queries = {name: f'SELECT * FROM "{name}"' for name in _NAMES}  # noqa: S608 - names of our own tables
    if house.settings.on_postgres:
        with psycopg.connect(house.settings.database_url) as server:
            return {name: server.execute(query).fetchall() for name, query in queries.items()}
    file = apsw.Connection(str(house.settings.database_file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {name: list(file.execute(query)) for name, query in queries.items()}
    finally:
        file.close()


@contextmanager
def untouched(house: House, but: frozenset[str] = frozenset()) -> Iterator[None]:
    """Hold that nothing is written inside, but to the tables named."""
    before = everything(house)
    yield
    after = everything(house)
    assert {name: rows for name, rows in after.items() if name not in but} == {
        name: rows for name, rows in before.items() if name not in but
    }
