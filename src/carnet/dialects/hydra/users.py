"""Users at `/api/users`: the members of the workspace, to be read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from carnet.core import users
from carnet.core.permissions import Right, Role
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class
from carnet.dialects.hydra.fields import Choice, Text
from carnet.dialects.hydra.items import Face, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.core.users import Member
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_COLLECTION = "/api/users"

CLASS = Class(
    name="User",
    collection=_COLLECTION,
    about="the people who use the workspace",
    fields=(
        Text("name", writable=False),
        Text("email", writable=False),
        Choice("role", "role", Role, Role.MEMBER, writable=False),
    ),
    parameters=(filters.Link("id", "id", _COLLECTION),),
    methods=("GET",),
)


class UserOut(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A user on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str
    email: str
    role: Role


def _show(_db: Database, _actor: Actor, found: Sequence[Member]) -> list[UserOut]:
    return [
        UserOut(
            iri=f"{_COLLECTION}/{member.id}",
            kind="User",
            id=member.id,
            name=member.name,
            email=member.email,
            role=member.role,
        )
        for member in found
    ]


FACE = Face(
    described=CLASS,
    reads=Right.READ_CONTACTS,
    writes=Right.WRITE_CONTACTS,
    show=_show,
    page=users.page_of_members,
    get=users.get_member,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of users."""
    return Item(FACE, prefix=prefix).operations()
