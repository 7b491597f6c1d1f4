"""Who asks, at `/me`, and where everything is, at the root (specification, section 8)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from carnet.core import users, workspaces
from carnet.core.permissions import Right
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.resources import MOUNT, Account, encode
from carnet.dialects.monica.verbs import About, reading
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_NO_EMAIL = "owner@localhost"
"""What is shown of somebody who gave none: clients read a text."""


class UserOut(msgspec.Struct, gc=False):
    """Who asks."""

    id: int
    uuid: str
    object: str
    first_name: str
    last_name: str | None
    name: str
    email: str
    me_contact: None
    timezone: str
    currency: None
    locale: str
    is_policy_compliant: bool
    account: Account
    created_at: datetime
    updated_at: datetime


def _me(db: Database, actor: Actor, _request: Request) -> Answer:
    member, workspace = users.get_member(db, actor, actor.user_id), workspaces.get(db, actor)
    name = member.name.strip()
    first_name, _, last_name = name.partition(" ")
    made_at = seconds(member.created_at)
    shown = UserOut(
        member.number,
        member.id,
        "user",
        first_name,
        last_name.strip() or None,
        name,
        member.email or _NO_EMAIL,
        None,
        workspace.time_zone,
        None,
        workspace.language,
        True,  # noqa: FBT003 - in order, as every object is made
        Account(actor.workspace_id),
        made_at,
        made_at,
    )
    return Answer(200, encode({"data": shown}))


_LINKS = (
    "activities",
    "addresses",
    "calls",
    "contacts",
    "conversations",
    "countries",
    "currencies",
    "documents",
    "journal",
    "notes",
    "relationships",
    "reminders",
    "statistics",
    "tasks",
)


def _root(_db: Database, _actor: Actor, request: Request) -> Answer:
    links = {f"{name}_url": f"{request.base_url}{MOUNT}/{name}" for name in _LINKS}
    return Answer(200, encode({"success": {"message": "Welcome to Monica"}, "links": links}))


_ROOT = {
    "type": "object",
    "required": ["success", "links"],
    "properties": {
        "success": {"type": "object", "properties": {"message": {"type": "string"}}},
        "links": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
    },
}


def operations() -> list[Operation]:
    """What can be asked of the one who asks."""
    me, root = About(kind="item", key="User", shown=UserOut), About(kind="action", key="Root", answer=_ROOT)
    return [
        reading("", "root", "Where everything is.", Right.READ_CONTACTS, _root, root),
        reading("/me", "getMe", "Who asks.", Right.READ_CONTACTS, _me, me),
    ]
