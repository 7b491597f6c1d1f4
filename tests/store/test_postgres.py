"""PostgreSQL when it is slow, gone or frozen."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from carnet.core import workspaces
from carnet.store.database import StoreUnavailableError
from carnet.store.postgres import PostgresStore
from carnet.store.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Select

    from carnet.settings import Settings
    from tests.conftest import House


@statement(int)
def _backend() -> Select[Any]:
    return select(func.pg_backend_pid())


def _pid(db: Any) -> int:
    pid: int = db.one(_backend())
    return pid


@pytest.fixture
def impatient(new_settings: Callable[[str], Settings]) -> Iterator[PostgresStore]:
    """A store that gives a statement up after half a second."""
    store = PostgresStore(new_settings("postgresql").database_url, deadline=0.5)
    yield store
    store.close()


def test_a_frozen_server_is_given_up_and_left(impatient: PostgresStore) -> None:
    frozen = impatient.read_now(_pid)
    os.kill(frozen, signal.SIGSTOP)
    try:
        with pytest.raises(StoreUnavailableError):
            impatient.read_now(workspaces.everyone)
        assert impatient.read_now(_pid) != frozen
    finally:
        os.kill(frozen, signal.SIGCONT)


def test_a_frozen_server_does_not_hold_a_change_for_ever(impatient: PostgresStore) -> None:
    frozen = impatient.write_now(1, _pid)
    os.kill(frozen, signal.SIGSTOP)
    try:
        with pytest.raises(StoreUnavailableError):
            impatient.write_now(1, _pid)
    finally:
        os.kill(frozen, signal.SIGCONT)


def test_a_connection_that_was_cut_is_replaced(impatient: PostgresStore) -> None:
    def end(db: Any) -> None:
        db.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StoreUnavailableError):
        impatient.read_now(end)
    assert impatient.read_now(workspaces.everyone) == []


def test_a_server_that_is_not_there_is_said_so() -> None:
    store = PostgresStore("postgresql://nobody@127.0.0.1:1/nothing")
    try:
        with pytest.raises(StoreUnavailableError, match="reached"):
            store.read_now(workspaces.everyone)
    finally:
        store.close()


def test_an_api_without_its_database_answers_503(new_house: Callable[..., House]) -> None:
    house = new_house("postgresql")
    pid = house.store.read_now(_pid)
    assert house.alice.get("/api/contacts").status_code == 200
    house.store._url = "postgresql://nobody@127.0.0.1:1/nothing"  # type: ignore[attr-defined]

    def end_all(db: Any) -> None:
        db.connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        )

    house.store.read_now(end_all)
    answer = house.alice.get("/api/contacts")
    assert (answer.status_code, answer.json()["detail"]) == (503, "Internal Server Error")
    assert house.request("GET", "/health/ready").status_code == 503
    assert house.request("GET", "/health/live").status_code == 200
    assert pid
