"""Tags at `/api/tags`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import removal, tags
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.permissions import Right
from carnet.core.tags import Tag, TagChanges, TagDraft
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, gather
from carnet.dialects.hydra.fields import COLOR, Formed, Text
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.links import TAGS
from carnet.dialects.hydra.quantities import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

CLASS = Class(
    name="Tag",
    collection=TAGS,
    about="the words that contacts, tasks and deals bear, by name",
    fields=(
        Text("name", required=True, about="The workspace's only tag of this name, in any case."),
        Formed("color", form=COLOR),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("name"),
        filters.Link("id", "id", TAGS),
        filters.Order({"name": "name"}),
    ),
)


class TagOut(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """A tag on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str
    color: str | None = None
    created_at: str
    updated_at: str


def _show(_db: Database, _actor: Actor, found: Sequence[Tag]) -> list[TagOut]:
    return [
        TagOut(
            iri=f"{TAGS}/{tag.id}",
            kind="Tag",
            id=tag.id,
            name=tag.name,
            color=tag.color,
            created_at=moment(tag.created_at),
            updated_at=moment(tag.updated_at),
        )
        for tag in found
    ]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Tag:
    return tags.create(db, actor, TagDraft(**_said(db, actor, body, None)), now=request.now)


def _change(db: Database, actor: Actor, tag: Tag, body: dict[str, Any], request: Request) -> Tag:
    return tags.change(db, actor, tag.id, TagChanges(**_said(db, actor, body, tag)), now=request.now)


def _said(db: Database, actor: Actor, body: dict[str, Any], tag: Tag | None) -> dict[str, Any]:
    """What a body says of a tag. Raises InvalidError with every violation at once, a name that is taken among them."""
    said, faults = gather(CLASS, body, before=tag, creating=tag is None)
    if faults and "name" in said:
        known = tags.named(db, actor, said["name"])
        if known is not None and (tag is None or known.id != tag.id):
            faults.insert(0, Violation("name", Fault.TAKEN))
    if faults:
        raise InvalidError(faults)
    return said


FACE = Face(
    described=CLASS,
    reads=Right.READ_TAGS,
    writes=Right.WRITE_TAGS,
    show=_show,
    page=tags.page,
    get=tags.get,
    create=_create,
    change=_change,
    remove=removal.remove_tag,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of tags."""
    return Item(FACE, prefix=prefix).operations()
