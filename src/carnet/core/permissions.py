"""Who may do what: rights are one table."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import msgspec

from carnet.core.errors import ForbiddenError


class Role(StrEnum):
    """What a user is in a workspace."""

    OWNER = "owner"
    MEMBER = "member"
    READER = "reader"


class Right(StrEnum):
    """What an actor may do; spelled as the scope that a token carries for it."""

    READ_CONTACTS = "contacts:read"
    WRITE_CONTACTS = "contacts:write"
    READ_COMPANIES = "companies:read"
    WRITE_COMPANIES = "companies:write"
    READ_TASKS = "tasks:read"
    WRITE_TASKS = "tasks:write"
    READ_PIPELINES = "pipelines:read"
    WRITE_PIPELINES = "pipelines:write"
    READ_DEALS = "deals:read"
    WRITE_DEALS = "deals:write"
    READ_NOTES = "notes:read"
    WRITE_NOTES = "notes:write"
    READ_TAGS = "tags:read"
    WRITE_TAGS = "tags:write"
    READ_REMINDERS = "reminders:read"
    WRITE_REMINDERS = "reminders:write"
    READ_ACTIVITIES = "activities:read"
    WRITE_ACTIVITIES = "activities:write"
    READ_JOURNAL = "journal:read"
    WRITE_JOURNAL = "journal:write"
    READ_EMAILS = "emails:read"
    WRITE_EMAILS = "emails:write"
    READ_WEBHOOKS = "webhooks:read"
    WRITE_WEBHOOKS = "webhooks:write"
    READ_METRICS = "metrics"

    @property
    def verb(self) -> str:
        """The scope that stands for this right in every noun: `read` or `write`; `metrics` stands alone."""
        return self.value.rpartition(":")[2]


_EVERYTHING = frozenset(Right)
_READING = frozenset(right for right in Right if right.verb == "read")
_OWNERS = frozenset({Right.READ_METRICS, Right.READ_WEBHOOKS, Right.WRITE_WEBHOOKS})
"""What sends a workspace's records elsewhere, or tells of all of Carnet, is its owner's alone."""

ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: _EVERYTHING,
    Role.MEMBER: _EVERYTHING - _OWNERS,
    Role.READER: _READING - _OWNERS,
}


SCOPES: dict[str, frozenset[Right]] = {
    "read": _READING,
    "write": frozenset(right for right in Right if right.verb == "write"),
    **{right.value: frozenset({right}) for right in Right},
}


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Who acts, in which workspace, with which rights. Every core function takes one."""

    workspace_id: int
    user_id: str
    rights: frozenset[Right]
    time_zone: str
    token_id: str | None = None


@lru_cache(1024)
def rights_of(role: Role, scopes: tuple[str, ...]) -> frozenset[Right]:
    """The rights that a token's scopes leave of its user's role."""
    return frozenset().union(*(SCOPES.get(scope, frozenset()) for scope in scopes)) & ROLE_RIGHTS[role]


def require(actor: Actor, right: Right) -> None:
    """Raise ForbiddenError unless the actor has the right."""
    if right not in actor.rights:
        raise ForbiddenError(right.value)
