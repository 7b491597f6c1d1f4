"""What PostgreSQL says while a change runs, and who waits for whom."""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from carnet.core import companies, workspaces
from carnet.core.companies import CompanyDraft
from carnet.core.paging import Asked
from carnet.store.database import StoreFullError, StoreUnavailableError
from carnet.store.postgres import PostgresStore
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carnet.store.database import Database
    from tests.conftest import House, Person


@pytest.fixture
def house(new_house: Callable[..., House]) -> House:
    return new_house("postgresql")


@pytest.fixture
def impatient(house: House) -> Iterator[PostgresStore]:
    """Another store on the same database, which gives a statement up after half a second."""
    store = PostgresStore(house.settings.database_url, deadline=0.5)
    yield store
    store.close()


def _make(db: Database, person: Person, name: str) -> int:
    return companies.create(db, person.actor, CompanyDraft(name=name), now=NOW).number


def _names(person: Person) -> list[str]:
    return [each.name for each in person.sees(companies.page, Asked()).items]


def test_a_statement_past_the_deadline_is_given_up_and_leaves_no_trace(house: House, impatient: PostgresStore) -> None:
    def linger(db: Any) -> None:
        _make(db, house.alice, "Unmade")
        db.execute("SELECT pg_sleep(30)")

    began = time.monotonic()
    with pytest.raises(StoreUnavailableError):
        impatient.write_now(house.main.id, linger)
    assert time.monotonic() - began < 10
    assert _names(house.alice) == []


def test_a_statement_that_was_given_up_soon_lets_its_workspace_go(house: House, impatient: PostgresStore) -> None:
    def linger(db: Any) -> None:
        db.execute("SELECT pg_sleep(30)")

    def try_again() -> int:
        for _ in range(16):
            with contextlib.suppress(StoreUnavailableError):
                return impatient.write_now(house.main.id, _make, house.alice, "Next")
        return 0

    with pytest.raises(StoreUnavailableError):
        impatient.write_now(house.main.id, linger)
    assert try_again() == 1


def test_several_in_time_are_not_cut_for_being_long_together(house: House, impatient: PostgresStore) -> None:
    for _ in range(4):
        impatient.read_now(lambda db: db.execute("SELECT pg_sleep(0.2)"))  # type: ignore[attr-defined]
    assert impatient.read_now(workspaces.everyone)[0].slug == house.main.slug


@pytest.mark.parametrize("clash", [psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected])
def test_a_change_that_clashed_runs_again(house: House, clash: type[psycopg.Error]) -> None:
    runs: list[int] = []

    def clashing(db: Database) -> int:
        runs.append(_make(db, house.alice, f"Run {len(runs)}"))
        if len(runs) < 3:
            raise clash
        return runs[-1]

    assert house.store.write_now(house.main.id, clashing) == 1
    assert runs == [1, 1, 1]
    assert _names(house.alice) == ["Run 2"]


def test_but_not_for_ever(house: House) -> None:
    runs: list[int] = []

    def clashing(db: Database) -> None:
        runs.append(_make(db, house.alice, "Unmade"))
        raise psycopg.errors.DeadlockDetected

    with pytest.raises(psycopg.errors.DeadlockDetected):
        house.store.write_now(house.main.id, clashing)
    assert len(runs) == 3
    assert _names(house.alice) == []


def test_a_full_disk_is_said_and_the_connection_kept(house: House) -> None:
    def full(db: Database) -> None:
        _make(db, house.alice, "Unmade")
        raise psycopg.errors.DiskFull

    pid = house.store.read_now(_pid)
    with pytest.raises(StoreFullError):
        house.store.write_now(house.main.id, full)
    assert (house.store.read_now(_pid), _names(house.alice)) == (pid, [])


def _pid(db: Any) -> int:
    pid: int = db.connection.info.backend_pid
    return pid


def test_a_bug_in_a_statement_is_told_as_it_is_and_the_connection_kept(house: House) -> None:
    def mistake(db: Any) -> None:
        db.execute("SELECT * FROM nowhere")

    pid = house.store.read_now(_pid)
    with pytest.raises(psycopg.errors.UndefinedTable):
        house.store.read_now(mistake)
    with pytest.raises(psycopg.errors.UndefinedTable):
        house.store.write_now(house.main.id, mistake)
    assert house.store.read_now(_pid) == pid


def test_a_change_keeps_only_its_own_workspace_waiting(house: House) -> None:
    begun, released = threading.Event(), threading.Event()

    def hold(_db: Database) -> None:
        begun.set()
        assert released.wait(20)

    with ThreadPoolExecutor(2) as threads:
        holding = threads.submit(house.store.write_now, house.main.id, hold)
        assert begun.wait(20)
        waiting = threads.submit(house.store.write_now, house.main.id, _make, house.alice, "Later")
        assert house.store.write_now(house.other.id, _make, house.mallory, "Now") == 1
        assert _names(house.alice) == []
        assert not waiting.done()
        released.set()
        assert (holding.result(20), waiting.result(20)) == (None, 1)
    assert _names(house.alice) == ["Later"]


def test_what_stands_above_workspaces_waits_for_none(house: House) -> None:
    begun, released = threading.Event(), threading.Event()

    def hold(_db: Database) -> None:
        begun.set()
        assert released.wait(20)

    with ThreadPoolExecutor(1) as threads:
        holding = threads.submit(house.store.write_now, house.main.id, hold)
        assert begun.wait(20)
        made = house.store.write_now(workspaces.ALL, workspaces.create, "new", house.alice.user, now=NOW)
        released.set()
        holding.result(20)
    assert made.slug == "new"
