"""Contacts that are one person: which they may be, and joining them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import events, merging
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.permissions import Right
from carnet.dialects.hydra.classes import body_of
from carnet.dialects.hydra.contacts import CLASS, contact_out
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import Unreadable, json_type
from carnet.dialects.hydra.items import About, encode
from carnet.dialects.hydra.links import Uuid
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.dialects.hydra.items import Item
    from carnet.http.messages import Request
    from carnet.store.database import Database

_MOST = 100
_WIRES = {field.core: field.wire for field in CLASS.fields}
_OTHER = Uuid("other", "other", CLASS.collection)


def operations(item: Item) -> list[Operation]:
    """Merge, and the pairs to look at."""

    def merge(db: Database, actor: Actor, request: Request) -> Answer:
        """Join another contact to the one in the path."""
        contact = item.current(db, actor, request)
        other = _other(body_of(request).get("other"))
        try:
            merged = merging.merge(db, actor, contact.id, other, now=request.now)
        except NotFoundError:
            raise InvalidError([Violation("other", Fault.UNKNOWN)]) from None
        event = events.get(db, actor, merged.event)
        told = {
            "contact": contact_out(merged.contact),
            "event": f"/api/events/{event.id}",
            "taken": [_WIRES.get(name, name) for name in merged.taken],
        }
        return Answer(200, encode(told), media_type=JSON)

    def duplicates(db: Database, actor: Actor, request: Request) -> Answer:
        """Pairs of contacts that may be one person."""
        del request
        pairs = [
            {"contacts": [contact_out(pair.first), contact_out(pair.second)], "reasons": pair.reasons}
            for pair in merging.duplicates(db, actor, most=_MOST)
        ]
        return Answer(200, encode({"items": pairs}), media_type=JSON)

    return [
        Operation(
            method="POST",
            path="/contacts/{id}/merge",
            name="mergeContact",
            summary="Join another contact to this one, with everything on it.",
            right=Right.WRITE_CONTACTS,
            work=merge,
            about=About(described=CLASS, kind="action", names={}, body=_MERGE, answer=_MERGED),
        ),
        Operation(
            method="GET",
            path="/contacts/duplicates",
            name="getDuplicateContacts",
            summary="Pairs of contacts that may be one person, and why.",
            right=Right.READ_CONTACTS,
            work=duplicates,
            is_apart=lambda _request: True,
            about=About(described=CLASS, kind="action", names={}, answer=_PAIRS, has_etag=False),
        ),
    ]


def _other(sent: object) -> str:
    """The id of the contact to join. Raises InvalidError, or WrongTypeError."""
    if sent is None:
        raise InvalidError([Violation("other", Fault.BLANK)])
    if not isinstance(sent, str):
        raise WrongTypeError("other", "string", json_type(sent))
    try:
        found = _OTHER.read(sent, None)
    except Unreadable as problem:
        raise InvalidError(list(problem.violations)) from None
    return str(found)


_MERGE: dict[str, Any] = {
    "type": "object",
    "required": ["other"],
    "properties": {"other": {"type": "string", "description": "The contact that ends: its uuid or its IRI."}},
}
_MERGED: dict[str, Any] = {
    "type": "object",
    "required": ["contact", "event", "taken"],
    "properties": {
        "contact": {"type": "object"},
        "event": {"type": "string", "format": "iri-reference", "description": "What undo takes back."},
        "taken": {"type": "array", "items": {"type": "string"}, "description": "The fields that the other gave."},
    },
}
_PAIRS: dict[str, Any] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contacts", "reasons"],
                "properties": {
                    "contacts": {"type": "array", "items": {"type": "object"}},
                    "reasons": {"type": "array", "items": {"type": "string", "enum": ["email", "phone", "name"]}},
                },
            },
        }
    },
}
