"""What records list, and what the tables say the other way round, are held against each other by the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from carnet.core import soundness
from carnet.store.statements import statement
from tests.core.dump import assert_sound
from tests.core.things import activity, company, contact, deal, tag, task

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import TextClause

    from tests.conftest import House


def _run(house: House, sql: str) -> None:
    """Do to the database what only a bug or an accident can."""

    @statement()
    def accident() -> TextClause:
        return text(sql)

    house.store.write_now(house.main.id, lambda db: db.run(accident()))


_TOO_MUCH = (
    "INSERT INTO attendances SELECT a.workspace_id, c.id, a.id FROM activities a"
    " JOIN contacts c ON c.workspace_id = a.workspace_id WHERE c.name = 'Bruno'"
)


@pytest.mark.parametrize(
    ("accident", "complaint"),
    [
        ("DELETE FROM attendances", "main: attendances is wrong about 2 of what the records list"),
        ("DELETE FROM taggings WHERE noun = 'task'", "main: taggings is wrong about 1 of what the records list"),
        (
            _TOO_MUCH,
            "main: attendances is wrong about 1 of what the records list",
        ),
    ],
)
def test_a_list_that_is_not_said_the_other_way_round_is_counted(house: House, accident: str, complaint: str) -> None:
    alice = house.alice
    activity(alice, contact_ids=[contact(alice).id, contact(alice).id])
    borne = tag(alice)
    task(alice, tag_ids=[borne.id])
    contact(alice, "Bruno", tag_ids=[borne.id])
    assert_sound(house)
    _run(house, accident)
    assert house.store.read_now(soundness.complaints) == [complaint]


@pytest.mark.parametrize(
    ("accident", "wrong"),
    [
        ("DELETE FROM taggings WHERE noun = 'deal'", 2),
        ("DELETE FROM taggings", 8),
        ("UPDATE taggings SET noun = 'company' WHERE noun = 'contact'", 4),
        ("UPDATE taggings SET record_id = tag_id WHERE noun = 'task'", 4),
        ("UPDATE deals SET tag_ids = NULL", 2),
    ],
)
def test_the_bearers_of_tags_are_told_apart_by_their_noun(house: House, accident: str, wrong: int) -> None:
    borne = [tag(house.alice, name).id for name in ("linen", "silk")]
    for bearer in (contact, company, task, deal):
        bearer(house.alice, tag_ids=borne)
    _run(house, accident)
    complaint = f"main: taggings is wrong about {wrong} of what the records list"
    assert house.store.read_now(soundness.complaints) == [complaint]


def test_a_record_that_lists_less_than_was_said_is_named_in_its_own_workspace(house: House) -> None:
    for person in (house.alice, house.mallory):
        contact(person, "Bruno", tag_ids=[tag(person).id])
    _run(house, "UPDATE contacts SET tag_ids = NULL WHERE workspace_id = 1")
    told = [f"{slug}: taggings is wrong about 1 of what the records list" for slug in ("main", "other")]
    assert house.store.read_now(soundness.complaints) == told[:1]
    _run(house, "DELETE FROM taggings WHERE workspace_id = 2")
    assert house.store.read_now(soundness.complaints) == told
