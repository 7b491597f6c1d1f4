"""The ledger at `/api/events`, undo, and a contact's timeline: what happened, who did it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import history, undo
from carnet.core.identity import as_id
from carnet.core.permissions import Right
from carnet.dialects.hydra.contacts import CLASS
from carnet.dialects.hydra.errors import COLLECTIONS, InvalidPathError, QueryError
from carnet.dialects.hydra.items import About, encode, moment
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from carnet.core.events import Event
    from carnet.core.history import Entry
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

_MOST, _USUAL = 1_000, 100
_VERBS = {
    "created": "added",
    "updated": "changed",
    "completed": "completed",
    "reopened": "reopened",
    "moved": "moved",
    "won": "won",
    "lost": "lost",
    "deleted": "deleted",
    "restored": "brought back",
    "reverted": "took back a change of",
    "sent": "sent",
}
_NOUNS = {"mail": "e-mail", "pipeline_state": "state", "activity_type_category": "category", "journal_entry": "entry"}


def events(db: Database, actor: Actor, request: Request) -> Answer:
    """The events after a sequence number, oldest first; the last one's number is where to go on."""
    after, limit = _number(request, "after", 0), _limit(request)
    found = history.since(db, actor, after, most=limit + 1)
    shown = found[:limit]
    told = {
        "items": [_shown(event) for event in shown],
        "after": shown[-1].number if shown else after,
        "more": len(found) > limit,
    }
    return Answer(200, encode(told), media_type=JSON)


def event(db: Database, actor: Actor, request: Request) -> Answer:
    """One event."""
    return Answer(200, encode(_shown(history.find(db, actor, _id(request, "eventId")))), media_type=JSON)


def take_back(db: Database, actor: Actor, request: Request) -> Answer:
    """Undo an event with everything that happened because of it."""
    found = history.find(db, actor, _id(request, "eventId"))
    done = undo.undo(db, actor, found.number, now=request.now)
    return Answer(200, encode({"undone": done.events, "kept": done.kept}), media_type=JSON)


def timeline(db: Database, actor: Actor, request: Request) -> Answer:
    """What happened to a contact and what hangs on it, newest first."""
    before, limit = _number(request, "before", history.LATEST), _limit(request)
    found = history.of_contact(db, actor, _id(request), before=before, most=limit + 1)
    shown = found[:limit]
    told = {"items": [_told(entry) for entry in shown], "more": len(found) > limit}
    if shown:
        told["before"] = shown[-1].event.number
    return Answer(200, encode(told), media_type=JSON)


def _id(request: Request, name: str = "id") -> str:
    found = as_id(request.params[name])
    if found is None:
        raise InvalidPathError
    return found


def _number(request: Request, name: str, otherwise: int) -> int:
    """A whole number of the query. Raises QueryError for what isn't one."""
    sent = [value for key, value in request.query if key == name]
    if not sent or not sent[-1]:
        return otherwise
    if not sent[-1].isascii() or not sent[-1].isdigit():
        message = f'The parameter "{name}" should be a whole number that isn\'t negative.'
        raise QueryError(message)
    return min(int(sent[-1][:20]), history.LATEST)


def _limit(request: Request) -> int:
    return max(1, min(_MOST, _number(request, "limit", _USUAL)))


def _shown(event: Event) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@id": f"/api/events/{event.id}",
        "id": event.id,
        "sequence": event.number,
        "at": moment(event.at),
        "kind": event.kind,
        "record": _iri(event),
        "user": f"/api/users/{event.user_id}",
        "before": event.before,
        "after": event.after,
    }
    return told | {name: value for name, value in (("partOf", event.part_of), ("undoes", event.undoes)) if value}


def _told(entry: Entry) -> dict[str, Any]:
    event = entry.event
    happened = event.kind.rpartition(".")[2]
    noun = _NOUNS.get(event.noun, event.noun.replace("_", " "))
    named = f" “{entry.title}”" if entry.title is not None else ""
    changed = sorted((event.after or {}).keys() - {"version", "updated_at"}) if event.before and event.after else []
    return {
        "event": f"/api/events/{event.id}",
        "sequence": event.number,
        "at": moment(event.at),
        "by": entry.by,
        "kind": event.kind,
        "record": _iri(event),
        "title": entry.title,
        "fields": changed,
        "summary": f"{entry.by or 'Somebody'} {_VERBS.get(happened, happened)} the {noun}{named}",
    }


def _iri(event: Event) -> str:
    collection = COLLECTIONS.get(event.noun)
    return f"{collection}/{event.record_id}" if collection is not None else event.record_id


def operations() -> list[Operation]:
    """What can be asked of the ledger. Events are told to who may read what they are about."""
    return [
        Operation(
            method="GET",
            path="/events",
            name="getEvents",
            summary="The ledger after a sequence number, oldest first.",
            right=Right.READ_CONTACTS,
            work=events,
            about=_about(_list(_EVENT, "after"), {"after": 0, "limit": _USUAL}),
        ),
        Operation(
            method="GET",
            path="/events/{eventId}",
            name="getEvent",
            summary="Read one event.",
            right=Right.READ_CONTACTS,
            work=event,
            about=_about(_EVENT),
        ),
        Operation(
            method="POST",
            path="/events/{eventId}/undo",
            name="undoEvent",
            summary="Undo a change, with everything that happened because of it.",
            right=Right.WRITE_CONTACTS,
            work=take_back,
            about=_about(_UNDONE),
        ),
        Operation(
            method="GET",
            path="/contacts/{id}/timeline",
            name="getContactTimeline",
            summary="What happened to a contact and what hangs on it, newest first.",
            right=Right.READ_CONTACTS,
            work=timeline,
            about=_about(_list(_ENTRY, "before"), {"before": None, "limit": _USUAL}),
        ),
    ]


def _about(answer: dict[str, Any], query: dict[str, int | None] | None = None) -> About:
    return About(described=CLASS, kind="action", names={}, answer=answer, has_etag=False, query=query or {})


def _list(item: dict[str, Any], mark: str) -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0}
    properties = {"items": {"type": "array", "items": item}, "more": {"type": "boolean"}, mark: number}
    return {"type": "object", "required": ["items", "more"], "properties": properties}


_TEXT, _NUMBER = {"type": "string"}, {"type": "integer", "minimum": 1}
_OBJECT = {"type": ["object", "null"]}
_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["@id", "id", "sequence", "at", "kind", "record", "user", "before", "after"],
    "properties": {
        "@id": {"type": "string", "format": "iri-reference"},
        "id": {"type": "string", "format": "uuid"},
        "sequence": _NUMBER,
        "at": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "description": "The noun and what happened to it: `task.completed`."},
        "record": _TEXT,
        "user": {"type": "string", "format": "iri-reference"},
        "before": {**_OBJECT, "description": "The fields that changed, as they were; null at a birth."},
        "after": {**_OBJECT, "description": "The same as they are since; null at an end."},
        "partOf": {**_NUMBER, "description": "The sequence of the event that this one happened because of."},
        "undoes": {**_NUMBER, "description": "The sequence of the event that this one took back."},
    },
}
_ENTRY: dict[str, Any] = {
    "type": "object",
    "required": ["event", "sequence", "at", "by", "kind", "record", "title", "fields", "summary"],
    "properties": {
        "event": {"type": "string", "format": "iri-reference"},
        "sequence": _NUMBER,
        "at": {"type": "string", "format": "date-time"},
        "by": {"type": ["string", "null"]},
        "kind": _TEXT,
        "record": _TEXT,
        "title": {"type": ["string", "null"]},
        "fields": {"type": "array", "items": _TEXT},
        "summary": {"type": "string", "minLength": 1},
    },
}
_UNDONE: dict[str, Any] = {
    "type": "object",
    "required": ["undone", "kept"],
    "properties": {
        "undone": {"type": "array", "items": _NUMBER},
        "kept": {"type": "array", "items": _TEXT, "description": "What was edited since, and so stays as it is."},
    },
}
