"""Calls at `/calls` (specification, section 12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import calls, contacts, records, removal
from carnet.core.calls import Call, CallChanges, CallDraft
from carnet.core.errors import NotFoundError
from carnet.core.permissions import Right
from carnet.dialects.monica import emotions, lists, short
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.emotions import EmotionOut
from carnet.dialects.monica.fields import LONG, Flag, Form, Link, Moment, Text
from carnet.dialects.monica.resources import Account
from carnet.dialects.monica.yearly import YearlyResource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


class CallOut(msgspec.Struct, gc=False):
    """A call."""

    id: int
    uuid: str
    object: str
    called_at: datetime
    content: str | None
    contact_called: bool
    emotions: list[EmotionOut]
    account: Account
    contact: short.Short | None
    created_at: datetime
    updated_at: datetime


def show(db: Database, actor: Actor, request: Request, found: Sequence[Call]) -> list[CallOut]:
    """Calls as objects."""
    known = short.by_ids(db, actor, request, [call.contact_id for call in found])
    account = Account(actor.workspace_id)
    return [
        CallOut(
            call.number,
            call.id,
            "call",
            seconds(call.called_at),
            call.content or None,
            call.contact_called,
            emotions.shown(call.extras),
            account,
            known.get(call.contact_id),
            seconds(call.created_at),
            seconds(call.updated_at),
        )
        for call in found
    ]


def _fields(*, creating: bool) -> Form:
    return Form(
        Link("contact_id", required=creating, about="" if creating else "The call's own contact."),
        Moment("called_at", required=True),
        Text("content", limit=LONG),
        Flag("contact_called", about="Whether the contact called."),
        emotions.FIELD,
    )


CREATED = _fields(creating=True)
CHANGED = _fields(creating=False)


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Call:
    said = CREATED.read(given)
    life = emotions.kept(said)
    draft = CallDraft(
        contact_id=records.id_of(db, actor, contacts.NOUN, said["contact_id"]),
        called_at=said["called_at"],
        content=said.get("content"),
        contact_called=bool(said.get("contact_called")),
        extras={"monica": life} if life else None,
    )
    return calls.create(db, actor, draft, now=request.now)


def _change(db: Database, actor: Actor, request: Request, call: Call, given: dict[str, Any]) -> Call:
    said = CHANGED.read(given, {"content": call.content})
    if said.get("contact_id") is not None:
        number = said["contact_id"]
        if records.id_of(db, actor, contacts.NOUN, number) != call.contact_id:
            raise NotFoundError("contact", str(number))
    changes: dict[str, Any] = {name: said[name] for name in ("called_at", "content") if name in said}
    if said.get("contact_called") is not None:
        changes["contact_called"] = said["contact_called"]
    if "emotions" in said:
        changes["extras"] = {"monica": emotions.kept(said)}
    return calls.change(db, actor, call.id, CallChanges(**changes), now=request.now)


CALLS = YearlyResource(
    path="/calls",
    key="Call",
    about="who was spoken to",
    noun=calls.NOUN,
    reads=Right.READ_ACTIVITIES,
    writes=Right.WRITE_ACTIVITIES,
    shown=CallOut,
    show=show,
    page=calls.page,
    get=calls.get,
    created=CREATED,
    create=_create,
    changed=CHANGED,
    change=_change,
    remove=removal.remove_call,
    sorts={**lists.SORTS, "called_at": "called_at"},
    per_year=calls.per_year,
)


def operations() -> list[Operation]:
    """What can be asked of calls."""
    return [*CALLS.operations(), CALLS.of_contact("/contacts/{id}/calls")]
