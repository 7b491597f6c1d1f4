"""The one thread that writes to SQLite: groups of changes, each whole or not there at all."""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from carnet.core import companies, contacts
from carnet.core.companies import CompanyDraft
from carnet.core.paging import Asked
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.database import Database
    from tests.conftest import House, Person


class RefusedError(Exception):
    """What a change raises that is meant to fail."""


def _make(db: Database, alice: Person, name: str, *, fails: str = "") -> str:
    if fails == "before it writes":
        raise RefusedError
    made = companies.create(db, alice.actor, CompanyDraft(name=name), now=NOW)
    if fails == "after it wrote":
        raise RefusedError
    return made.id


def _names(alice: Person) -> set[str]:
    return {company.name for company in alice.sees(companies.page, Asked(limit=1_000)).items}


@pytest.fixture
def sqlite(new_house: Callable[..., House]) -> House:
    return new_house("sqlite")


def test_failures_among_others_leave_no_trace(house: House) -> None:
    fates = ["after it wrote" if n % 3 == 0 else "before it writes" if n % 7 == 0 else "" for n in range(200)]

    async def all_at_once() -> list[Any]:
        changes = (
            house.store.write(house.main.id, _make, house.alice, f"Company {n}", fails=fate)
            for n, fate in enumerate(fates)
        )
        return await asyncio.gather(*changes, return_exceptions=True)

    answers = house.runner.run(all_at_once())
    assert [isinstance(answer, RefusedError) for answer in answers] == [bool(fate) for fate in fates]
    assert _names(house.alice) == {f"Company {n}" for n, fate in enumerate(fates) if not fate}
    assert house.alice.sees(companies.page, Asked(filters={"name": ["company 198"]})).total == 0
    assert house.alice.sees(companies.page, Asked(filters={"name": ["company 199"]})).total == 1


def test_a_change_that_nobody_waits_for_any_more_ends_no_writer(house: House) -> None:
    async def give_up() -> None:
        change = asyncio.ensure_future(house.store.write(house.main.id, _make, house.alice, "Given up"))
        await asyncio.sleep(0)
        change.cancel()
        await asyncio.gather(change, return_exceptions=True)

    house.runner.run(give_up())
    house.store.write_now(house.main.id, _make, house.alice, "Next")
    assert "Next" in _names(house.alice)


def test_a_loop_that_closed_ends_no_writer(sqlite: House) -> None:
    held, begun = threading.Event(), threading.Event()

    def slow(_db: Database) -> None:
        begun.set()
        held.wait(10)

    async def leave() -> None:
        asyncio.ensure_future(sqlite.store.write(sqlite.main.id, slow))  # noqa: RUF006 - nobody waits for it
        await asyncio.to_thread(begun.wait, 10)

    with asyncio.Runner() as runner:
        runner.run(leave())
    held.set()
    assert sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, "Next")


def test_not_even_a_system_exit_inside_a_change_ends_the_writer(house: House) -> None:
    def leave(_db: Database) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        house.store.write_now(house.main.id, leave)
    assert house.store.write_now(house.main.id, _make, house.alice, "Next")


def test_closing_finishes_what_was_accepted(sqlite: House) -> None:
    async def accept_and_close() -> list[Any]:
        changes = [
            asyncio.ensure_future(sqlite.store.write(sqlite.main.id, _make, sqlite.alice, f"Company {n}"))
            for n in range(20)
        ]
        await asyncio.sleep(0)
        await asyncio.to_thread(sqlite.store.close)
        return await asyncio.gather(*changes)

    assert len(set(sqlite.runner.run(accept_and_close()))) == 20
    assert len(_names(sqlite.alice)) == 20
    with pytest.raises(StoreUnavailableError):
        sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, "Too late")


def test_without_room_on_the_disk_changes_are_refused_and_reading_goes_on(
    sqlite: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, "Before")
    usual = os.statvfs(sqlite.settings.data)
    full = os.statvfs_result([*usual[:4], 10, *usual[5:]])
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    with pytest.raises(StoreFullError):
        sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, "After")
    assert sqlite.alice.post("/api/contacts", {"name": "Inès"}).status_code == 507
    assert _names(sqlite.alice) == {"Before"}
    monkeypatch.undo()
    assert sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, "Again")


def test_an_answer_comes_after_the_commit(sqlite: House) -> None:
    """What a caller was told is there for whoever opens the file next."""
    other = apsw.Connection(str(sqlite.settings.database_file))
    for n in range(5):
        sqlite.store.write_now(sqlite.main.id, _make, sqlite.alice, f"Company {n}")
        assert other.execute("SELECT count(*) FROM contacts").fetchone() == (n + 1,)


def test_writers_of_one_workspace_lose_no_update(house: House) -> None:
    contact = house.alice.does(contacts.create, contacts.ContactDraft(name="Inès"))

    def count_up() -> None:
        for _ in range(10):
            house.alice.does(contacts.append, contact.id, contacts.Appended.DESCRIPTION, "x")

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.alice.sees(contacts.get, contact.id).description.split("\n") == ["x"] * 40
