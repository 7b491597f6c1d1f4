"""Each counter, bucket, number and index that could be spoiled is named by the check, in its own workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from carnet.core import removal, soundness
from carnet.core.nouns import NOUNS
from carnet.store import tables
from carnet.store.statements import statement
from carnet.store.trigrams import INDEXED
from tests.conftest import NOW
from tests.core.things import MAKERS, activity, company, contact, deal, tag, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House

COUNTERS = sorted(set(tables.counters.c.keys()) - {"workspace_id"})
KEPT = [name for name in COUNTERS if name.endswith("_kept")]
MADE = [name for name in COUNTERS if name.endswith("_made")]


@pytest.fixture(params=["sqlite", "postgresql"])
def furnished(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    house = new_house(request.param)
    for make in MAKERS.values():
        make(house.alice)
    task(house.alice, due_at=NOW)
    borne = [tag(house.alice, name).id for name in ("linen", "silk")]
    for bearer in (contact, company, task, deal):
        bearer(house.alice, tag_ids=borne)
    activity(house.alice, contact_ids=[contact(house.alice).id, contact(house.alice).id])
    return house


def _run(house: House, sql: str) -> None:
    """Do to the database what only a bug or an accident can."""

    @statement()
    def accident() -> TextClause:
        return text(sql)

    house.store.write_now(house.main.id, lambda db: db.run(accident()))


def _complaints(house: House) -> list[str]:
    return house.store.read_now(soundness.complaints)


def test_every_counter_is_of_one_kind_or_the_other() -> None:
    assert set(COUNTERS) == {*KEPT, *MADE}
    assert {each.noun.kept for each in NOUNS.values()} == set(KEPT)


def test_a_counter_of_what_is_kept_that_says_more_or_less_is_named(furnished: House) -> None:
    for name in KEPT:
        for amount in (1, -2):
            _run(furnished, f"UPDATE counters SET {name} = {name} + {amount} WHERE workspace_id = 1")  # noqa: S608
            (said,) = _complaints(furnished)
            assert said.startswith(f"main: {name} says ")
            _run(furnished, f"UPDATE counters SET {name} = {name} - {amount} WHERE workspace_id = 1")  # noqa: S608
    assert _complaints(furnished) == []


def test_a_counter_that_would_give_a_number_again_is_named(furnished: House) -> None:
    for name in MADE:
        _run(furnished, f"UPDATE counters SET {name} = {name} - 1 WHERE workspace_id = 1")  # noqa: S608
        (said,) = _complaints(furnished)
        assert said.startswith("main: the ledger has " if name == "events_made" else f"main: {name} has given ")
        _run(furnished, f"UPDATE counters SET {name} = {name} + 1 WHERE workspace_id = 1")  # noqa: S608
    assert _complaints(furnished) == []


def test_numbers_that_were_given_and_are_gone_are_no_matter(furnished: House) -> None:
    gone = task(furnished.alice)
    furnished.alice.does(removal.remove_task, gone.id)
    _run(furnished, "UPDATE counters SET contacts_made = contacts_made + 7 WHERE workspace_id = 1")
    assert _complaints(furnished) == []


@pytest.mark.parametrize(
    ("accident", "wrong"),
    [
        ("INSERT INTO buckets (workspace_id, list, bucket, size) VALUES (1, 'tasks', 77, 3)", 1),
        ("INSERT INTO buckets (workspace_id, list, bucket, size) VALUES (1, 'people', 77, -1)", 1),
        ("INSERT INTO buckets (workspace_id, list, bucket, size) VALUES (1, 'tasks', 77, 0)", 0),
        ("UPDATE buckets SET bucket = bucket + 1 WHERE workspace_id = 1 AND list = 'companies'", 2),
        ("UPDATE buckets SET size = size + 1 WHERE workspace_id = 1", 4),
        ("DELETE FROM buckets WHERE workspace_id = 1 AND list = 'tasks'", 2),
    ],
)
def test_buckets_of_a_wrong_size_are_counted(furnished: House, accident: str, wrong: int) -> None:
    _run(furnished, accident)
    expected = [f"main: {wrong} buckets of the lists have a wrong size"] if wrong else []
    assert _complaints(furnished) == expected


def test_a_gap_in_the_ledger_is_named(furnished: House) -> None:
    _run(furnished, "DELETE FROM events WHERE workspace_id = 1 AND number = 3")
    told = _complaints(furnished)
    assert told[0] == "main: 1 of pipeline_states_kept have no event that made them"
    assert told[1].startswith("main: the ledger has ")


@pytest.mark.parametrize("noun", INDEXED)
def test_an_index_with_too_little_and_too_much_at_once_does_not_add_up(furnished: House, noun: str) -> None:
    def swap(db: Any) -> None:
        db.trigrams.remove(noun, 1, 1)
        db.trigrams.put(noun, 1, 99, "nobody")

    furnished.store.write_now(furnished.main.id, swap)
    assert _complaints(furnished) == [f"main: the search index is wrong about 2 of {noun}"]


def test_what_is_wrong_in_several_workspaces_is_said_of_each(furnished: House) -> None:
    _run(furnished, "UPDATE counters SET tasks_kept = 9")
    assert _complaints(furnished) == [
        "main: tasks_kept says 9, but there are 3",
        "other: tasks_kept says 9, but there are 0",
    ]
