"""From the first tables, with what people had written into them, to the newest: nothing is lost and all is found."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import apsw
import psycopg
import pytest

from carnet import migrations
from carnet.app import Carnet
from carnet.cli.opening import opened_with
from carnet.core import companies, contacts, events, genders, removal, soundness, tags, tasks, undo, workspaces
from carnet.core.contacts import ContactChanges
from carnet.core.search import SEARCHED_CHARACTERS, document
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskChanges
from carnet.settings import Settings
from tests.conftest import NOW, House, Person
from tests.core.dump import assert_sound
from tests.core.things import NOTHING, company, contact, ledger, listed, pipeline, state, task
from tests.store.older import columns_of, keep, make_tables, rows_of
from tests.store.test_migrations import ALL, differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.store.older import Rows

_names = itertools.count()
DESCRIPTIONS = {
    "Inès Aubry": "Met in Ålesund;\nlikes linen",
    "Bruno Roy": "100% sûr_de\\soi 田中",
    "Cléa Morel": "",
    "Dag Ørn": "long " * 5_000 + "hidden",
    "Eve": None,
}
"""The descriptions of people, who weren't found by them."""
_ADDED: dict[str, Any] = {
    "nickname": None,
    "gender_id": None,
    "tag_ids": None,
    "is_partial": False,
    "do_not_email": False,
}


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty notebook with the first tables."""
    settings = Settings(data=tmp_path / "old")
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgres")
        name = f"old_{next(_names)}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        settings = Settings(data=tmp_path / "old", database_url=address.replace("/postgres?", f"/{name}?"))
    make_tables(settings, "0001", tmp_path, monkeypatch)
    return settings


@pytest.fixture
def lived_in(old: Settings, new_house: Callable[..., House], monkeypatch: pytest.MonkeyPatch) -> House:
    """A house in which the records were made that the old notebook then holds, too."""
    with monkeypatch.context() as patched:
        patched.setattr(workspaces, "seed", lambda *_, **__: None)
        house = new_house("postgresql" if old.on_postgres else "sqlite", afresh=True)
    for person in (house.alice, house.mallory):
        _live(person)
    known, columns = rows_of(house.settings), columns_of(old)
    keep(old, {table: [_as_it_was(row, columns[table]) for row in known[table]] for table in _kept(columns)})
    return house


def _live(person: Person) -> None:
    inside = state(person, pipeline_id=pipeline(person).id)
    employer = company(person, "Halden", description="Weavers of silk")
    for number, name in enumerate(DESCRIPTIONS):
        made = contact(
            person,
            name,
            emails=[f"p{number}@halden.example"],
            phones=["+33 6 12"],
            company_id=employer.id,
            state_id=inside.id,
            owner_id=person.user.id,
            extras={"monica": {"é": [1, None]}},
        )
        task(person, f"Call {name}", contact_id=made.id, due_at=NOW, payload={"a": 1.5}, assignee_id=person.user.id)
        task(person, f"Visit {name}", company_id=employer.id, description="with figs", due_at=NOW, all_day=True)
    gone = contact(person, "Gone")
    task(person, contact_id=gone.id)
    person.does(removal.remove_contact, gone.id)


def _kept(columns: dict[str, list[str]]) -> list[str]:
    return [table for table in columns if table != "alembic_version"]


def _as_it_was(row: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    """A row without what came later, and with a description that nobody was found by."""
    assert not any(value for name, value in row.items() if name not in columns)
    was = {name: row[name] for name in columns}
    if "description" in was and was.get("name") in DESCRIPTIONS:
        was["description"] = DESCRIPTIONS[was["name"]]
    return was


@pytest.fixture
def moved(old: Settings, lived_in: House) -> Iterator[House]:
    """The old notebook, brought up to date and opened."""
    assert migrations.upgrade(old)[-1] == migrations.head()
    with opened_with(old):
        pass
    house = House(old, Carnet(old), asyncio.Runner())
    for name in ("alice", "bob", "rita", "mallory"):
        was: Person = getattr(lived_in, name)
        setattr(house, name, Person(house, was.user, was.actor, was.token))
    yield house
    house.store.close()
    house.runner.close()


def test_every_row_is_as_it_was(old: Settings, lived_in: House) -> None:
    before, columns = rows_of(old), columns_of(old)
    assert len(before["contacts"]) == 2 * (len(DESCRIPTIONS) + 1)
    assert len(before["tasks"]) == 2 * 2 * len(DESCRIPTIONS)
    assert before["events"] == rows_of(lived_in.settings)["events"]
    assert migrations.upgrade(old) == ALL[1:]
    after = rows_of(old)
    for table in _kept(columns):
        assert _narrowed(after[table], columns[table]) == _narrowed(before[table], columns[table]), table
        for row in after[table]:
            added = {name: value for name, value in row.items() if name not in columns[table]}
            assert not any(added.values()), table
            if table == "contacts":
                assert added == _ADDED
    assert {table for table, rows in after.items() if rows and table not in columns} == set()
    assert migrations.upgrade(old) == []


def _narrowed(rows: Rows, columns: list[str]) -> Rows:
    """The rows by these columns, without what they are found by."""
    return sorted(({name: row[name] for name in columns if name != "folded"} for row in rows), key=repr)


def test_the_tables_are_those_of_a_new_notebook(old: Settings, lived_in: House) -> None:
    migrations.upgrade(old)
    assert differences(old) == []
    assert columns_of(old).keys() == columns_of(lived_in.settings).keys()


@pytest.mark.usefixtures("lived_in")
def test_what_people_are_found_by_is_what_it_would_be_if_they_came_today(old: Settings) -> None:
    migrations.upgrade(old)
    for row in rows_of(old)["contacts"]:
        if row["kind"] == "person":
            found_by = (row["name"], row["position"], row["emails_folded"], row["phones_folded"], row["description"])
            assert row["folded"][:SEARCHED_CHARACTERS] == document(*found_by)
        else:
            assert "silk" not in row["folded"]


FOUND: dict[str, set[str]] = {
    "alesund": {"Inès Aubry"},
    "linen": {"Inès Aubry"},
    "aubry LINEN halden.example": {"Inès Aubry"},
    "sur_de\\soi": {"Bruno Roy"},
    "田中": {"Bruno Roy"},
    "%": {"Bruno Roy"},
    "long": {"Dag Ørn"},
    "hidden": set(),
    "silk": set(),
    "33612": set(DESCRIPTIONS),
    "halden": set(DESCRIPTIONS),
}


def test_people_are_found_by_a_word_of_their_description(moved: House) -> None:
    for person in (moved.alice, moved.mallory):
        for query, names in FOUND.items():
            found = listed(person, contacts.page, filters={"q": query})
            assert sorted(each.name for each in found) == sorted(names), query


def test_every_check_finds_it_sound(moved: House) -> None:
    assert moved.store.read_now(soundness.complaints) == []
    assert_sound(moved)


def test_genders_and_types_of_activities_are_there_at_the_next_opening(moved: House, lived_in: House) -> None:
    for person, before in ((moved.alice, lived_in.alice), (moved.mallory, lived_in.mallory)):
        assert [each.name for each in listed(person, genders.page)] == ["Man", "Woman", "Rather not say"]
        told = ledger(person)[len(ledger(before)) :]
        assert [each.noun for each in told[:3]] == ["gender"] * 3
        assert {each.user_id for each in told} == {person.user.id}
    with opened_with(moved.settings):
        pass
    assert len(listed(moved.alice, genders.page)) == 3


def test_life_goes_on(moved: House) -> None:
    alice = moved.alice
    someone = next(each for each in listed(alice, contacts.page) if each.name == "Inès Aubry")
    assert (someone.company, someone.owner_id, someone.extras) == (
        "Halden",
        alice.user.id,
        {"monica": {"é": [1, None]}},
    )
    borne, woman = alice.does(tags.create, TagDraft(name="supplier")), alice.sees(genders.find, "woman")
    said = ContactChanges(tag_ids=[borne.id], gender_id=woman.id, nickname="Nénette", description=None)
    alice.does(contacts.change, someone.id, said, now=NOW + timedelta(days=1))
    assert [each.id for each in listed(alice, contacts.page, filters={"q": "nenette"})] == [someone.id]
    assert listed(alice, contacts.page, filters={"q": "alesund"}) == []
    (hanging,) = alice.sees(tasks.linked_to, "contact_id", someone.id)
    alice.does(tasks.change, hanging.id, TaskChanges(tag_ids=[borne.id]))
    assert listed(alice, companies.page)[0].contacts_count == len(DESCRIPTIONS)
    for event in reversed(alice.sees(events.of_record, someone.id)):
        alice.does(undo.undo, event.number)
    assert_sound(moved)


@pytest.mark.usefixtures("lived_in")
def test_old_and_new_links_must_lead_somewhere(old: Settings) -> None:
    migrations.upgrade(old)
    for table, link in (("tasks", "deal_id"), ("tasks", "contact_id"), ("contacts", "gender_id")):
        nowhere = f"UPDATE {table} SET {link} = '{NOTHING}' WHERE number = 2"  # noqa: S608
        if old.on_postgres:
            with psycopg.connect(old.database_url) as server, pytest.raises(psycopg.errors.ForeignKeyViolation):
                server.execute(nowhere)
        else:
            file = apsw.Connection(str(old.database_file))
            file.execute("PRAGMA foreign_keys = ON")
            with pytest.raises(apsw.ConstraintError):
                file.execute(nowhere)
            file.close()
