"""Genders at `/genders` (specification, section 8)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import genders, removal
from carnet.core.genders import Gender, GenderChanges, GenderDraft
from carnet.core.permissions import Right
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import Choice, Form, Text
from carnet.dialects.monica.resources import Account, Resource
from carnet.dialects.monica.short import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class GenderOut(msgspec.Struct, gc=False):
    """A gender."""

    id: int
    uuid: str
    object: str
    name: str
    type: str
    account: Account
    created_at: datetime
    updated_at: datetime


def show(_db: Database, actor: Actor, _request: Request, found: Sequence[Gender]) -> list[GenderOut]:
    """Genders as objects."""
    account = Account(actor.workspace_id)
    return [
        GenderOut(
            gender.number,
            gender.id,
            "gender",
            gender.name,
            LETTERS[gender.type],
            account,
            seconds(gender.created_at),
            seconds(gender.updated_at),
        )
        for gender in found
    ]


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Gender:
    return genders.create(db, actor, GenderDraft(**FORM.read(given)), now=request.now)


def _change(db: Database, actor: Actor, request: Request, gender: Gender, given: dict[str, Any]) -> Gender:
    said = FORM.read(given, {"name": gender.name})
    return genders.change(db, actor, gender.id, GenderChanges(**said), now=request.now)


FORM = Form(
    Text("name", required=True),
    Choice("type", {letter: kind for kind, letter in LETTERS.items()}, required=True),
)

GENDERS = Resource(
    path="/genders",
    key="Gender",
    about="words for what people are",
    noun=genders.NOUN,
    reads=Right.READ_CONTACTS,
    writes=Right.WRITE_CONTACTS,
    shown=GenderOut,
    show=show,
    page=genders.page,
    get=genders.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_gender,
)
operations = GENDERS.operations
