"""Contact field types at `/contactfieldtypes`: the same in every workspace (specification, sections 8 and 12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from carnet.core import workspaces
from carnet.core.errors import NotFoundError
from carnet.core.paging import Page
from carnet.core.permissions import Right
from carnet.dialects.monica import lists
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.resources import Account, encode, number_of
from carnet.dialects.monica.verbs import About, reading
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.core.workspaces import Workspace
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class FieldType(msgspec.Struct, frozen=True):
    """A way to reach somebody; its number is its place among `TYPES`, from 1."""

    name: str
    icon: str
    protocol: str | None
    type: str | None


TYPES = (
    FieldType("Email", "fa fa-envelope-open-o", "mailto:", "email"),
    FieldType("Phone", "fa fa-volume-control-phone", "tel:", "phone"),
    FieldType("Facebook", "fa fa-facebook-official", None, None),
    FieldType("Twitter", "fa fa-twitter-square", None, None),
    FieldType("Whatsapp", "fa fa-whatsapp", None, None),
    FieldType("Telegram", "fa fa-telegram", "telegram:", None),
    FieldType("LinkedIn", "fa fa-linkedin-square", None, None),
)
EMAIL, PHONE = 1, 2
_IDS = UUID("8d2f0d5e-7a1c-4c55-9d0e-6d5f2b1a9c37")


class FieldTypeOut(msgspec.Struct, gc=False):
    """A contact field type."""

    id: int
    uuid: str
    object: str
    name: str
    fontawesome_icon: str
    protocol: str | None
    delible: bool
    type: str | None
    account: Account
    created_at: datetime
    updated_at: datetime


def type_out(number: int, workspace: Workspace) -> FieldTypeOut:
    """The type of a number as an object; as old as the workspace."""
    found, made_at = TYPES[number - 1], seconds(workspace.created_at)
    return FieldTypeOut(
        number,
        str(uuid5(_IDS, f"{workspace.id} {found.name}")),
        "contactfieldtype",
        found.name,
        found.icon,
        found.protocol,
        found.type is None,
        found.type,
        Account(workspace.id),
        made_at,
        made_at,
    )


def _list(db: Database, actor: Actor, request: Request) -> Answer:
    wanted = lists.wanted(request, lists.SORTS)
    descending = wanted.order[0][1]
    numbers = range(len(TYPES), 0, -1) if descending else range(1, len(TYPES) + 1)
    workspace = workspaces.get(db, actor)
    before = (wanted.page - 1) * wanted.size
    members = [type_out(number, workspace) for number in numbers[before : before + wanted.size]]
    return Answer(200, lists.body(request, wanted, Page(members, len(TYPES)), members))


def _read(db: Database, actor: Actor, request: Request) -> Answer:
    number = number_of(request)
    if number > len(TYPES):
        raise NotFoundError("contact_field_type", str(number))
    return Answer(200, encode({"data": type_out(number, workspaces.get(db, actor))}))


def operations() -> list[Operation]:
    """What can be asked of contact field types."""
    path, key = "/contactfieldtypes", "ContactFieldType"

    def about(kind: str) -> About:
        return About(kind=kind, key=key, shown=FieldTypeOut)

    return [
        reading(path, f"list{key}s", "List the ways to reach people.", Right.READ_CONTACTS, _list, about("list")),
        reading(path + "/{id}", f"get{key}", "Show one of them.", Right.READ_CONTACTS, _read, about("item")),
    ]
