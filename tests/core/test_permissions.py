"""Rights are one table: every right, for every role, under every scope."""

from __future__ import annotations

import itertools

import pytest

from carnet.core.errors import ForbiddenError
from carnet.core.permissions import SCOPES, Actor, Right, Role, require, rights_of

NOUNS = (
    *("contacts", "companies", "tasks", "pipelines", "deals", "notes", "tags"),
    *("reminders", "activities", "journal", "emails"),
)
OWNERS = {"webhooks:read", "webhooks:write", "metrics"}
READING = {f"{noun}:read" for noun in NOUNS} | {"webhooks:read"}
WRITING = {f"{noun}:write" for noun in NOUNS} | {"webhooks:write"}
MAY = {
    Role.OWNER: READING | WRITING | OWNERS,
    Role.MEMBER: (READING | WRITING) - OWNERS,
    Role.READER: READING - OWNERS,
}
GRANTS = {"read": READING, "write": WRITING, "metrics": {"metrics"}, **{each: {each} for each in READING | WRITING}}


def test_the_table_here_knows_every_word_there_is() -> None:
    assert {str(right) for right in Right} == READING | WRITING | {"metrics"}
    assert set(SCOPES) == set(GRANTS)
    assert set(MAY) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("scope", sorted(GRANTS))
def test_a_token_may_what_its_user_may_and_its_scope_grants(role: Role, scope: str) -> None:
    granted = rights_of(role, (scope,))
    assert {right: right in granted for right in Right} == {
        right: right in MAY[role] and right in GRANTS[scope] for right in Right
    }


@pytest.mark.parametrize("role", Role)
def test_scopes_add_up(role: Role) -> None:
    for first, second in itertools.permutations(sorted(GRANTS), 2):
        assert rights_of(role, (first, second)) == (GRANTS[first] | GRANTS[second]) & MAY[role]


@pytest.mark.parametrize("role", Role)
def test_no_scope_and_unknown_scopes_grant_nothing(role: Role) -> None:
    for scopes in ((), ("",), ("Read",), ("contacts",), ("*",), ("contacts:*",), ("calls:read",), ("deals",)):
        assert rights_of(role, scopes) == frozenset()


@pytest.mark.parametrize("right", Right)
def test_a_lacking_right_is_named(right: Right) -> None:
    everything_else = Actor(1, "x", frozenset(Right) - {right}, "UTC")
    with pytest.raises(ForbiddenError) as refusal:
        require(everything_else, right)
    assert refusal.value.right == right.value
    for other in everything_else.rights:
        require(everything_else, other)
