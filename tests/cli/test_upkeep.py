"""`carnet check`, `migrate` and `version`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import apsw
import pytest

from carnet import __version__, migrations
from carnet.core import contacts
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from tests.serving.conftest import run

if TYPE_CHECKING:
    from carnet.store.database import Database
    from tests.cli.conftest import Shell
    from tests.conftest import House


def test_version() -> None:
    done = run("version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{__version__}\n", "")


def test_migrating_says_what_it_did(shell: Shell) -> None:
    assert shell.does("migrate").startswith("Brought up to date: ")
    assert shell.does("migrate") == "It is up to date.\n"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE counters SET tasks_kept = tasks_kept + 1", "tasks_kept says 6, but there are 5"),
        ("UPDATE counters SET pipeline_states_kept = 0", "pipeline_states_kept says 0"),
        ("UPDATE buckets SET size = size + 1 WHERE list = 'tasks'", "buckets"),
        ("DELETE FROM tasks_trigrams WHERE rowid = (1 << 40 | 2)", "search index is wrong about 1 of tasks"),
        ("DELETE FROM events WHERE number = (SELECT max(number) FROM events)", "the ledger has"),
        ("UPDATE counters SET contacts_made = 1", "contacts_made has given 1"),
        ("UPDATE counters SET users_made = 0", "users_made has given 0"),
        ("UPDATE tasks SET contact_id = 'nobody' WHERE number = 1", "a row of tasks leads nowhere"),
    ],
)
def test_checking_finds_what_was_spoiled(file_shell: Shell, sql: str, said: str) -> None:
    file_shell.does("demo", "--contacts", "4", "--tasks", "5")
    file = apsw.Connection(str(file_shell.settings.database_file))
    file.execute(sql)
    file.close()
    done = file_shell.run("check")
    assert (done.code, done.err) == (1, "")
    assert said in done.out


def test_checking_nothing_makes_nothing(file_shell: Shell) -> None:
    assert "there is no notebook in" in file_shell.is_refused("check")
    assert not file_shell.settings.data.exists()


def test_checking_an_empty_database_says_that_it_holds_no_notebook(shell: Shell) -> None:
    shell.settings.data.mkdir()
    shell.settings.database_file.touch()
    assert shell.is_refused("check") == "carnet: there is no notebook in this database\n"


def test_checking_what_another_carnet_made_says_so(file_shell: Shell) -> None:
    file_shell.does("migrate")
    file = apsw.Connection(str(file_shell.settings.database_file))
    file.execute("UPDATE alembic_version SET version_num = 'older'")
    file.close()
    said = file_shell.is_refused("check")
    assert said == f"carnet: the database is at revision older and this Carnet at {migrations.head()}: carnet migrate\n"


def test_what_is_checked_is_of_one_moment_while_others_write(house: House) -> None:
    def count(db: Database) -> int:
        return len(contacts.page(db, house.alice.actor, Asked(limit=10)).items)

    def write() -> None:
        house.alice.does(contacts.create, ContactDraft(name="Inès Aubry"))

    def counts(db: Database) -> tuple[int, int]:
        with db.moment(), ThreadPoolExecutor(1) as another:
            before = count(db)
            another.submit(write).result()
            return before, count(db)

    assert house.store.read_now(counts) == (0, 0)
    assert house.store.read_now(count) == 1
