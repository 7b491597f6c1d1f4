"""Tokens: two halves, and what they open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import tokens, users, workspaces
from carnet.core.errors import Fault, InvalidError, NotFoundError, UnauthenticatedError, Violation, WorkspaceDeniedError
from carnet.core.permissions import Role
from tests.conftest import NOW
from tests.core.dump import everything, untouched
from tests.core.things import NOTHING

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.core.tokens import NewToken
    from carnet.core.workspaces import Workspace
    from tests.conftest import House, Person

MOMENT = timedelta(microseconds=1)


def _token(person: Person, *reach: Workspace, **said: Any) -> NewToken:
    places = list(reach) or [person.house.main]
    named = {"name": "test", "now": NOW, **said}
    return person.house.store.write_now(workspaces.ALL, tokens.create, person.user, places, **named)


def _open(house: House, token: NewToken, slug: str | None = None, **said: Any) -> Actor:
    halves = {"access": token.access_key, "secret": token.secret_key, "now": NOW, **said}
    return house.store.read_now(tokens.authenticate, halves["access"], halves["secret"], slug=slug, now=halves["now"])


def _join(person: Person, workspace: Workspace) -> None:
    person.house.store.write_now(workspaces.ALL, users.join, workspace.id, person.user, Role.MEMBER)


def test_both_halves_open_it(alice: Person, house: House) -> None:
    token = _token(alice)
    actor = _open(house, token)
    assert (actor.workspace_id, actor.user_id, actor.token_id) == (house.main.id, alice.user.id, token.id)
    assert token.bearer == f"{token.access_key}.{token.secret_key}"
    assert len(token.secret_key) >= 43


def test_a_wrong_half_does_not(alice: Person, bob: Person, house: House) -> None:
    token = _token(alice)
    access, secret = token.access_key, token.secret_key
    others = _token(bob)
    for wrong in (
        *({"secret": each} for each in ("", secret[:-1], secret + "x", secret.upper(), others.secret_key, "é🧵")),
        *({"access": each} for each in ("", access[:-1], access + "x", access.upper(), others.access_key, "é🧵", "%")),
        {"access": secret, "secret": access},
        {"access": "x" * 201},
        {"secret": "x" * 201},
        {"access": token.id},
    ):
        with pytest.raises(UnauthenticatedError) as refusal:
            _open(house, token, **wrong)
        assert refusal.value.anything_sent


def test_its_secret_is_not_kept(house: House) -> None:
    token = _token(house.alice)
    held = repr(everything(house))
    assert token.access_key in held
    assert token.secret_key not in held


def test_it_stops_at_the_moment_that_it_expires(alice: Person, house: House) -> None:
    end = NOW + timedelta(days=30)
    token = _token(alice, expires_at=end)
    assert _open(house, token, now=end - MOMENT).token_id == token.id
    for late in (end, end + MOMENT, end + timedelta(days=365)):
        with pytest.raises(UnauthenticatedError):
            _open(house, token, now=late)


def test_it_is_revoked_at_once(house: House) -> None:
    token = _token(house.alice)
    as_alice = {"authorization": f"Bearer {token.bearer}"}
    assert house.request("GET", "/api/contacts", headers=as_alice).status_code == 200
    house.store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    assert house.request("GET", "/api/contacts", headers=as_alice).status_code == 401
    with pytest.raises(UnauthenticatedError):
        _open(house, token)
    assert _open(house, house.alice.token).user_id == house.alice.user.id


def test_what_does_not_work_cannot_be_revoked(house: House) -> None:
    token = _token(house.alice)
    house.store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    for gone in (token.id, NOTHING):
        with untouched(house), pytest.raises(NotFoundError):
            house.store.write_now(workspaces.ALL, tokens.revoke, gone, now=NOW + timedelta(days=1))


def test_every_token_ever_made_is_listed_without_its_secret(house: House) -> None:
    end = NOW + timedelta(days=1)
    token = _token(house.bob, name=" For n8n ", scopes=("tasks:read", "contacts:write"), expires_at=end)
    house.store.write_now(workspaces.ALL, tokens.revoke, token.id, now=NOW)
    *_, last = house.store.read_now(tokens.everyone)
    assert (last.id, last.access_key) == (token.id, token.access_key)
    assert (last.name, last.user_id) == ("For n8n", house.bob.user.id)
    assert last.scopes == ("tasks:read", "contacts:write")
    assert (last.created_at, last.expires_at, last.revoked_at) == (NOW, end, NOW)


def test_a_blank_name_and_unknown_scopes_are_refused_together(house: House) -> None:
    with untouched(house), pytest.raises(InvalidError) as refusal:
        _token(house.alice, name=" ", scopes=("read", "everything", "tasks:write", "Tasks:write", ""))
    assert refusal.value.violations == [
        Violation("name", Fault.BLANK),
        *(Violation(f"scopes[{at}]", Fault.NOT_A_CHOICE) for at in (1, 3, 4)),
    ]


def test_a_token_without_scopes_may_do_nothing(house: House) -> None:
    assert _open(house, _token(house.alice, scopes=())).rights == frozenset()


def test_where_no_workspace_is_named_it_opens_its_first(house: House) -> None:
    _join(house.alice, house.other)
    token = _token(house.alice, house.other, house.main)
    assert _open(house, token).workspace_id == house.other.id
    assert _open(house, token, "main").workspace_id == house.main.id
    assert _open(house, token, "other").workspace_id == house.other.id


def test_in_each_workspace_it_has_the_rights_of_its_user_there(house: House) -> None:
    _join(house.rita, house.other)
    token = _token(house.rita, house.main, house.other)
    assert "contacts:write" not in _open(house, token, "main").rights
    assert "contacts:write" in _open(house, token, "other").rights


def test_a_members_workspace_that_it_was_not_made_for_looks_like_none(house: House) -> None:
    _join(house.alice, house.other)
    token = _token(house.alice, house.main)
    said = []
    for slug in ("other", "nowhere", "", "MAIN", "main ", "%", "x" * 1_000):
        with pytest.raises(WorkspaceDeniedError) as refusal:
            _open(house, token, slug)
        said.append(str(refusal.value))
    assert len(set(said)) == 1


def test_a_wrong_secret_is_told_nothing_of_workspaces(house: House) -> None:
    token = _token(house.alice)
    for slug in ("main", "other", "nowhere"):
        with pytest.raises(UnauthenticatedError):
            _open(house, token, slug, secret="wrong")


def test_it_opens_nothing_where_its_user_does_not_belong(house: House) -> None:
    with pytest.raises(UnauthenticatedError):
        _open(house, _token(house.alice, house.other))
    both = _token(house.alice, house.main, house.other)
    assert _open(house, both).workspace_id == house.main.id
    with pytest.raises(WorkspaceDeniedError):
        _open(house, both, "other")
