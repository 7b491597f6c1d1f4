"""Workspaces: each a notebook of its own from its first moment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import beginning, pipelines, tokens, users, workspaces
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.store import tables
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.things import contact

if TYPE_CHECKING:
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database
    from tests.conftest import House, Person

LONGEST = 63


def _create(house: House, slug: str, **said: Any) -> Workspace:
    return house.store.write_now(workspaces.ALL, workspaces.create, slug, house.alice.user, now=NOW, **said)


def _owner(house: House, workspace: Workspace) -> Actor:
    return Actor(workspace.id, house.alice.user.id, ROLE_RIGHTS[Role.OWNER], workspace.time_zone)


@pytest.mark.parametrize("slug", ["a", "0", "a-b", "a--b", "2026", "a" * LONGEST])
def test_a_slug_is_small_letters_digits_and_inner_hyphens(any_house: House, slug: str) -> None:
    assert _create(any_house, slug).slug == slug
    assert any_house.store.read_now(workspaces.find, slug) is not None


@pytest.mark.parametrize("slug", ["", "-", "-a", "a-", "A", "é", "a b", "a_b", "a.b", "a\n", "٣", "a" * (LONGEST + 1)])
def test_another_slug_is_refused(any_house: House, slug: str) -> None:
    with untouched(any_house), pytest.raises(InvalidError) as refusal:
        _create(any_house, slug)
    assert refusal.value.violations == [Violation("slug", Fault.NOT_VALID)]


def test_a_taken_slug_is_refused(house: House) -> None:
    with untouched(house), pytest.raises(InvalidError) as refusal:
        _create(house, "other")
    assert refusal.value.violations == [Violation("slug", Fault.TAKEN)]


@pytest.mark.parametrize(
    ("language", "name", "states"),
    [
        ("en", "Sales", ["New contact", "First talk", "Proposal", "Won", "Lost"]),
        ("fr", "Ventes", ["Nouveau contact", "Premier échange", "Proposition", "Gagné", "Perdu"]),
        ("eo", "Sales", ["New contact", "First talk", "Proposal", "Won", "Lost"]),
    ],
)
def test_it_begins_with_a_pipeline_in_the_language_of_its_user(
    house: House, language: str, name: str, states: list[str]
) -> None:
    workspace = _create(house, "new", language=language)
    owner = _owner(house, workspace)
    (pipeline,) = house.store.read_now(pipelines.page, owner, Asked()).items
    assert (pipeline.name, pipeline.is_default, pipeline.number, pipeline.position) == (name, True, 1, 0)
    made = house.store.read_now(pipelines.states_in, owner, [pipeline.id])
    assert [(state.name, state.position, state.number) for state in made] == [
        (state, at, at + 1) for at, state in enumerate(states)
    ]
    assert [state.kind for state in made] == ["open", "open", "open", "won", "lost"]
    assert_sound(house)


def test_it_is_called_after_its_slug(any_house: House) -> None:
    workspace = _create(any_house, "my-team", time_zone="Europe/Paris", currency="CHF")
    assert (workspace.name, workspace.time_zone, workspace.currency) == ("My team", "Europe/Paris", "CHF")
    assert workspace.created_at == NOW


def test_its_maker_owns_it_as_its_first_user(house: House) -> None:
    workspace = _create(house, "new")
    (member,) = house.store.read_now(users.page_of_members, _owner(house, workspace), Asked()).items
    assert (member.id, member.number, member.role) == (house.alice.user.id, 1, Role.OWNER)
    assert house.store.read_now(users.owner, workspace.id) == house.alice.user


def test_each_counts_for_itself(alice: Person, mallory: Person) -> None:
    numbers = [contact(person).number for person in (alice, mallory, alice, mallory, mallory)]
    assert numbers == [1, 1, 2, 2, 3]


def test_they_are_listed_oldest_first(house: House) -> None:
    _create(house, "zebra")
    _create(house, "ant")
    assert [each.slug for each in house.store.read_now(workspaces.everyone)] == ["main", "other", "zebra", "ant"]
    mine = house.store.read_now(workspaces.of_user, house.alice.user)
    assert [each.slug for each in mine] == ["main", "zebra", "ant"]


def test_the_first_start_makes_one_and_later_starts_find_it(house: House) -> None:
    with untouched(house):
        found, owner = house.store.write_now(workspaces.ALL, beginning.begin, language="fr", now=NOW)
    assert (found, owner) == (house.main, house.alice.user)


def test_the_first_workspace_is_main(any_house: House) -> None:
    made, owner = any_house.store.write_now(workspaces.ALL, _begin_again)
    assert (made.slug, made.language, owner.email) == ("main", "fr", "owner@localhost")


def _begin_again(db: Database) -> tuple[Workspace, Any]:
    """The first start, on a database that was emptied."""
    _empty(db)
    return beginning.begin(db, language="fr", now=NOW + timedelta(days=1))


def _empty(db: Database) -> None:
    execute: Any = db._execute  # type: ignore[attr-defined]
    execute("PRAGMA defer_foreign_keys = ON")
    for table in tables.metadata.tables:
        execute(f"DELETE FROM {table}")  # noqa: S608


def test_a_token_opens_the_workspace_with_its_time_zone(any_house: House) -> None:
    workspace = _create(any_house, "paris", time_zone="Europe/Paris")
    made = any_house.store.write_now(
        workspaces.ALL, tokens.create, any_house.alice.user, [workspace], name="x", now=NOW
    )
    actor = any_house.store.read_now(tokens.authenticate, made.access_key, made.secret_key, slug=None, now=NOW)
    assert (actor.workspace_id, actor.time_zone) == (workspace.id, "Europe/Paris")
