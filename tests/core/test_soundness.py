"""The check that everything is as it should be, and what it says where something isn't."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import apsw
import pytest
from sqlalchemy import text

from carnet.core import removal, soundness, tasks
from carnet.core.paging import Asked
from carnet.store.sqlite import SqliteStore
from carnet.store.statements import statement
from tests.conftest import NOW
from tests.core.things import NOTHING, company, contact, ledger, task

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House


def _run(house: House, sql: str) -> None:
    """Do to the database what only a bug or an accident can."""

    @statement()
    def accident() -> TextClause:
        return text(sql)

    house.store.write_now(house.main.id, lambda db: db.run(accident()))


def _complaints(house: House) -> list[str]:
    return house.store.read_now(soundness.complaints)


def _furnish(house: House) -> None:
    someone = contact(house.alice, company="Halden")
    for _ in range(3):
        task(house.alice, due_at=NOW, contact_id=someone.id)
    house.alice.does(removal.remove_task, task(house.alice).id)
    company(house.mallory)


def test_there_is_nothing_to_say_of_what_is_sound(house: House) -> None:
    assert _complaints(house) == []
    _furnish(house)
    assert _complaints(house) == []


@pytest.mark.parametrize(
    ("accident", "complaint"),
    [
        ("UPDATE counters SET tasks_kept = 5 WHERE workspace_id = 1", "main: tasks_kept says 5, but there are 3"),
        ("UPDATE counters SET people_kept = 0 WHERE workspace_id = 1", "main: people_kept says 0, but there are 1"),
        (
            "UPDATE counters SET companies_kept = 2 WHERE workspace_id = 2",
            "other: companies_kept says 2, but there are 1",
        ),
        (
            "UPDATE counters SET tasks_made = 2 WHERE workspace_id = 1",
            "main: tasks_made has given 2 numbers, but there is a number 3",
        ),
        (
            "UPDATE counters SET contacts_made = 1 WHERE workspace_id = 1",
            "main: contacts_made has given 1 numbers, but there is a number 2",
        ),
        (
            "UPDATE buckets SET size = 9 WHERE list = 'tasks' AND size = 3",
            "main: 1 buckets of the lists have a wrong size",
        ),
        ("DELETE FROM buckets WHERE workspace_id = 1", "main: 3 buckets of the lists have a wrong size"),
        (
            "DELETE FROM events WHERE kind = 'task.deleted'",
            "main: the ledger has {less} events, the last is number {less}, and {all} numbers were given",
        ),
        (
            "UPDATE counters SET events_made = 7 WHERE workspace_id = 1",
            "main: the ledger has {all} events, the last is number {all}, and 7 numbers were given",
        ),
        ("UPDATE events SET record_id = id WHERE kind = 'contact.created'", "main: 1 of people_kept have no event"),
    ],
)
def test_what_does_not_add_up_is_said(house: House, accident: str, complaint: str) -> None:
    _furnish(house)
    told = len(ledger(house.alice))
    _run(house, accident)
    (said,) = _complaints(house)
    assert said.startswith(complaint.format(all=told, less=told - 1))


def test_what_the_search_index_lacks_or_has_too_much_is_said(house: House) -> None:
    _furnish(house)
    found = house.alice.sees(tasks.page, Asked(limit=1)).items[0]

    def lose(db: object) -> None:
        db.trigrams.remove("tasks", 1, found.number)  # type: ignore[attr-defined]

    def invent(db: object) -> None:
        db.trigrams.put("contacts", 1, 999, "nobody")  # type: ignore[attr-defined]

    house.store.write_now(house.main.id, lose)
    assert _complaints(house) == ["main: the search index is wrong about 1 of tasks"]
    house.store.write_now(house.main.id, invent)
    assert len(_complaints(house)) == 2


def test_it_may_be_asked_again_and_again_while_records_come(house: House) -> None:
    for _ in range(35):
        contact(house.alice)
        assert _complaints(house) == []


def test_links_that_lead_nowhere_are_said(any_house: House) -> None:
    _furnish(any_house)
    careless = apsw.Connection(str(any_house.settings.database_file))
    careless.execute("UPDATE tasks SET contact_id = ?", (NOTHING,))
    careless.close()
    assert _complaints(any_house) == ["a row of tasks leads nowhere"] * 3


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_said_to_be_so(any_house: House, seed: int) -> None:
    _furnish(any_house)
    any_house.store.close()
    _damage(any_house.settings.database_file, random.Random(seed))
    store = SqliteStore(any_house.settings.database_file)
    said = store.read_now(soundness.complaints)
    store.close()
    assert said
    assert said[0].startswith("the file is damaged")


def _damage(file: Path, chance: random.Random) -> None:
    """Spoil the beginnings of some pages, but for those that name the tables, without which no file opens at all."""
    connection = apsw.Connection(str(file))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoiled = [at - 1 for (at,) in connection.execute("SELECT pageno FROM dbstat WHERE name != 'sqlite_schema'")]
    connection.close()
    page = 4096
    held = bytearray(file.read_bytes())
    for at in chance.sample(sorted(spoiled), 8):
        held[at * page : at * page + 200] = chance.randbytes(200)
    file.write_bytes(held)
