"""Changes that SQLite's writer takes together: one commit, and each answer its own."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from carnet.core import companies
from carnet.core.companies import CompanyDraft
from carnet.core.paging import Asked
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carnet.store.database import Database
    from tests.conftest import House


@pytest.fixture
def sqlite(new_house: Callable[..., House]) -> House:
    return new_house("sqlite")


def _make(db: Database, house: House, name: str) -> int:
    return companies.create(db, house.alice.actor, CompanyDraft(name=name), now=NOW).number


def _names(house: House) -> list[str]:
    return sorted(each.name for each in house.alice.sees(companies.page, Asked(limit=1_000)).items)


class Held:
    """A change that the writer can't get past until it is released."""

    def __init__(self) -> None:
        self.begun, self.released = threading.Event(), threading.Event()

    def __call__(self, _db: Database) -> None:
        self.begun.set()
        assert self.released.wait(20)


async def _in_one_group(house: House, *changes: Callable[[Database], Any]) -> list[Any]:
    """Have the writer take these changes together."""
    held = Held()
    first = asyncio.ensure_future(house.store.write(house.main.id, held))
    await asyncio.to_thread(held.begun.wait, 20)
    group = [asyncio.ensure_future(house.store.write(house.main.id, change)) for change in changes]
    await asyncio.sleep(0)  # now they are in the queue, behind the one that is held
    held.released.set()
    await first
    return await asyncio.wait_for(asyncio.gather(*group, return_exceptions=True), 20)


def _making(house: House, name: str) -> Callable[[Database], int]:
    return lambda db: _make(db, house, name)


def _failing(house: House, error: BaseException, *, name: str = "") -> Callable[[Database], Any]:
    """A change that fails, after it has made a company of a name."""

    def change(db: Database) -> None:
        if name:
            _make(db, house, name)
        raise error

    return change


def _together(house: House, *changes: Callable[[Database], Any]) -> list[Any]:
    return house.runner.run(_in_one_group(house, *changes))


def test_nobody_is_answered_before_everybodys_commit(sqlite: House) -> None:
    other = apsw.Connection(str(sqlite.settings.database_file), flags=apsw.SQLITE_OPEN_READONLY)
    last = Held()
    seen: list[Any] = []

    async def watch() -> None:
        held = Held()
        write = sqlite.store.write
        blocking = asyncio.ensure_future(write(1, held))
        await asyncio.to_thread(held.begun.wait, 20)
        early, late = asyncio.ensure_future(write(1, _make, sqlite, "Early")), asyncio.ensure_future(write(1, last))
        await asyncio.sleep(0)
        held.released.set()
        await asyncio.to_thread(last.begun.wait, 20)
        await blocking
        seen.extend((early.done(), *other.execute("SELECT count(*) FROM contacts").fetchall()))
        last.released.set()
        await asyncio.gather(early, late)

    sqlite.runner.run(watch())
    assert seen == [False, (0,)]
    assert other.execute("SELECT count(*) FROM contacts").fetchall() == [(1,)]
    other.close()


def test_one_that_fails_after_it_wrote_leaves_no_trace_beside_the_others(sqlite: House) -> None:
    runs: list[str] = []

    def first(db: Database) -> int:
        runs.append("first")
        return _make(db, sqlite, "First")

    answers = _together(
        sqlite,
        first,
        _failing(sqlite, ValueError("no"), name="Unmade"),
        _making(sqlite, "Last"),
        _failing(sqlite, KeyError()),
    )
    assert [answers[0], answers[2]] == [1, 2]
    assert [type(answers[1]), type(answers[3])] == [ValueError, KeyError]
    assert _names(sqlite) == ["First", "Last"]
    assert runs == ["first", "first"], "the group ran again, with a savepoint for each"


@pytest.mark.parametrize(
    "error", [StopIteration(), GeneratorExit(), asyncio.CancelledError(), MemoryError(), BaseException()]
)
def test_whatever_one_raises_the_others_are_answered(sqlite: House, error: BaseException) -> None:
    calm = _together(sqlite, _making(sqlite, "One"), _failing(sqlite, error, name="Unmade"), _making(sqlite, "Two"))
    assert [calm[0], calm[2]] == [1, 2]
    assert _names(sqlite) == ["One", "Two"]
    assert sqlite.store.write_now(1, _make, sqlite, "Three") == 3


def test_a_generator_that_ran_out_inside_a_change_is_told_to_its_caller(house: House) -> None:
    def careless(_db: Database) -> None:
        next(iter(()))

    async def both() -> list[Any]:
        changes = (house.store.write(house.main.id, careless), house.store.write(house.main.id, _make, house, "One"))
        return [*await asyncio.wait_for(asyncio.gather(*changes, return_exceptions=True), 20)]

    told, made = house.runner.run(both())
    assert isinstance(told, RuntimeError | StopIteration)
    assert made == 1


def test_a_caller_who_left_keeps_nobody_waiting(sqlite: House) -> None:
    async def leave() -> list[Any]:
        held = Held()
        write = sqlite.store.write
        first = asyncio.ensure_future(write(1, held))
        await asyncio.to_thread(held.begun.wait, 20)
        group = [asyncio.ensure_future(write(1, _make, sqlite, name)) for name in ("One", "Two", "Three")]
        await asyncio.sleep(0)
        group[1].cancel()
        held.released.set()
        await first
        return await asyncio.wait_for(asyncio.gather(*group, return_exceptions=True), 20)

    answers = sqlite.runner.run(leave())
    assert (answers[0], answers[2]) == (1, 3)
    assert isinstance(answers[1], asyncio.CancelledError)
    assert _names(sqlite) == ["One", "Three", "Two"], "a cancelled request may still commit"


def test_where_the_commit_fails_everybody_is_told_and_nothing_is_kept(sqlite: House) -> None:
    def lead_nowhere(db: Any) -> None:
        db._execute("PRAGMA defer_foreign_keys = ON")
        db._execute("INSERT INTO buckets VALUES (99, 'tasks', 1, 1)")

    answers = _together(sqlite, _making(sqlite, "One"), lead_nowhere, _failing(sqlite, ValueError("own")))
    assert [type(answer) for answer in answers] == [StoreUnavailableError, StoreUnavailableError, ValueError]
    assert _names(sqlite) == []
    assert sqlite.store.write_now(1, _make, sqlite, "Next") == 1
    assert [each.name for each in sqlite.alice.sees(companies.page, Asked(filters={"q": "one"})).items] == []


@pytest.fixture
def crowded(sqlite: House) -> Iterator[House]:
    """A house whose file may grow by a few pages and no more."""

    def limit(db: Any, more: int) -> None:
        ((pages,),) = db._execute("PRAGMA page_count").fetchall()
        db._execute(f"PRAGMA max_page_count = {pages + more}").fetchall()

    sqlite.store.write_now(1, limit, 30)
    yield sqlite
    sqlite.store.write_now(1, limit, 100_000)


def test_where_the_file_can_grow_no_more_changes_are_refused_and_reading_goes_on(crowded: House) -> None:
    def fill_up() -> None:
        for _ in range(1_000):
            crowded.store.write_now(1, _make, crowded, "x" * 2_000)

    with pytest.raises(StoreFullError):
        fill_up()
    made = len(_names(crowded))
    assert 0 < made < 1_000
    assert crowded.alice.post("/api/contacts", {"name": "x" * 255, "additionalInfo": "x" * 60_000}).status_code == 507
    assert crowded.alice.get("/api/companies").json()["hydra:totalItems"] == made
