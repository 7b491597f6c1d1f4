"""Tags at `/tags` (specification, section 9)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import removal, tags
from carnet.core.permissions import Right
from carnet.core.search import fold
from carnet.core.tags import Tag, TagChanges
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import Form, Text
from carnet.dialects.monica.resources import Account, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class TagOut(msgspec.Struct, gc=False):
    """A tag."""

    id: int
    uuid: str
    object: str
    name: str
    name_slug: str
    account: Account
    created_at: datetime
    updated_at: datetime


def tag_out(tag: Tag) -> TagOut:
    """A tag as an object."""
    return TagOut(
        tag.number,
        tag.id,
        "tag",
        tag.name,
        "-".join(fold(tag.name).split()),
        Account(tag.workspace_id),
        seconds(tag.created_at),
        seconds(tag.updated_at),
    )


def show(_db: Database, _actor: Actor, _request: Request, found: Sequence[Tag]) -> list[TagOut]:
    """Tags as objects."""
    return [tag_out(tag) for tag in found]


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Tag:
    return tags.find_or_create(db, actor, FORM.read(given)["name"], now=request.now)


def _change(db: Database, actor: Actor, request: Request, tag: Tag, given: dict[str, Any]) -> Tag:
    said = FORM.read(given, {"name": tag.name})
    return tags.change(db, actor, tag.id, TagChanges(name=said["name"]), now=request.now)


FORM = Form(Text("name", required=True))

TAGS = Resource(
    path="/tags",
    key="Tag",
    about="words that contacts bear",
    noun=tags.NOUN,
    reads=Right.READ_TAGS,
    writes=Right.WRITE_TAGS,
    shown=TagOut,
    show=show,
    page=tags.page,
    get=tags.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_tag,
)
operations = TAGS.operations
