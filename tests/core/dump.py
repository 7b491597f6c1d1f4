"""Everything that a database holds, row by row, through a connection that writes nothing."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import apsw
from psycopg.rows import dict_row

from carnet.core import soundness
from carnet.store import tables
from carnet.store.trigrams import INDEXED, trigrams_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import House

Rows = list[dict[str, Any]]
NAMES = sorted(table.name for table in tables.metadata.tables.values())
_EVERY_CHANGE = {"version", "updated_at"}


def everything(house: House) -> dict[str, Rows]:
    """Every row of every table, and of the search index."""
    read = _from_postgres(house) if house.settings.on_postgres else _from_sqlite(house)
    return {name: sorted(rows, key=repr) for name, rows in read.items()}


def standing(house: House) -> dict[str, Rows]:
    """What is left without the ledger and without what only ever grows: equal again after an undo."""
    held = everything(house)
    del held["events"]
    return {name: [_plain(row) for row in rows if row.get("size") != 0] for name, rows in held.items()}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _EVERY_CHANGE and not name.endswith("_made")}


def _from_postgres(house: House) -> dict[str, Rows]:
    def read(db: Any) -> dict[str, Rows]:
        server = db.connection.cursor(row_factory=dict_row)
        held = {name: server.execute(f'SELECT * FROM "{name}"').fetchall() for name in NAMES}  # noqa: S608
        for noun in INDEXED:
            index = server.execute(f"SELECT * FROM {noun}_trigrams").fetchall()  # noqa: S608
            held[f"{noun}_trigrams"] = [{**row, "trigrams": sorted(row["trigrams"])} for row in index]
        return held

    return house.store.read_now(read)


def _from_sqlite(house: House) -> dict[str, Rows]:
    file = apsw.Connection(str(house.settings.database_file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        held = {name: _dicts(file.execute(f'SELECT * FROM "{name}"')) for name in NAMES}  # noqa: S608
        for noun in INDEXED:
            file.execute(f"CREATE VIRTUAL TABLE temp.{noun} USING fts5vocab(main, {noun}_trigrams, instance)")
            indexed: dict[int, list[str]] = defaultdict(list)
            for trigram, row in file.execute(f"SELECT term, doc FROM temp.{noun}"):  # noqa: S608
                indexed[row].append(trigram)
            held[f"{noun}_trigrams"] = [
                {"workspace_id": row >> 40, "number": row & (1 << 40) - 1, "trigrams": sorted(indexed[row])}
                for (row,) in file.execute(f"SELECT id FROM {noun}_trigrams_docsize")  # noqa: S608
            ]
        return held
    finally:
        file.close()


def _dicts(cursor: apsw.Cursor) -> Rows:
    return [dict(zip([name for name, _ in cursor.get_description()], row, strict=True)) for row in cursor]


@contextmanager
def untouched(house: House) -> Iterator[None]:
    """Hold that nothing is written inside."""
    before = everything(house)
    yield
    assert everything(house) == before


def assert_sound(house: House) -> None:
    """Hold that counters, buckets, ledger and search index say what the records say."""
    assert house.store.read_now(soundness.complaints) == []
    held = everything(house)
    for noun in INDEXED:
        assert held[f"{noun}_trigrams"] == sorted(
            (
                {
                    "workspace_id": row["workspace_id"],
                    "number": row["number"],
                    "trigrams": trigrams_of(row["folded"]),
                }
                for row in held[noun]
            ),
            key=repr,
        )
