"""Undo: the ledger read backwards.

Any change can be taken back from its own event, whatever came later. What was edited since is kept and named, and
the undo is itself an event, which can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import companies, contacts, events, pipelines, records, removal, tasks
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.events import Cause, Event
from carnet.core.permissions import Actor, Right, require

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from carnet.core.records import Noun
    from carnet.store.database import Database


class Undone(msgspec.Struct, frozen=True):
    """What an undo did: the events that it took back, and `noun id field` for what it left as edited since."""

    events: list[int]
    kept: list[str]


@dataclass(frozen=True, slots=True)
class _Way:
    """How one noun's changes are taken back."""

    noun: Noun[Any]
    get: Callable[[Database, Actor, str], Any]
    remove: Callable[..., int]
    right: Right


WAYS: dict[str, _Way] = {
    "task": _Way(tasks.NOUN, tasks.get, removal.remove_task, Right.WRITE_TASKS),
    "contact": _Way(contacts.NOUN, contacts.get, removal.remove_contact, Right.WRITE_CONTACTS),
    "company": _Way(companies.NOUN, companies.get, removal.remove_company, Right.WRITE_COMPANIES),
    "pipeline": _Way(pipelines.PIPELINE, pipelines.get, removal.remove_pipeline, Right.WRITE_PIPELINES),
    "pipeline_state": _Way(pipelines.STATE, pipelines.get_state, removal.remove_state, Right.WRITE_PIPELINES),
}


def undo(db: Database, actor: Actor, event_number: int, *, now: datetime) -> Undone:
    """Take back a change with everything that happened because of it.

    Raises NotFoundError for no such event, ForbiddenError where the actor may not write the noun, and ConflictError
    where the change can't be taken back as things stand: its record is gone, or is there already.
    """
    event = events.get(db, actor, event_number)
    require(actor, WAYS[event.noun].right)
    actor = msgspec.structs.replace(actor, rights=frozenset(Right))  # what went with it comes back with it
    done = Undone([], [])
    _take_back(db, actor, event, done, now)
    return done


def _take_back(db: Database, actor: Actor, event: Event, done: Undone, now: datetime) -> None:
    way = WAYS[event.noun]
    if event.after is None:
        _restore(db, actor, way, event, done, now)
    elif event.before is None:
        _unmake(db, actor, way, event, now)
    else:
        _revert(db, actor, way, event, done, now)
    done.events.append(event.number)
    for part in events.parts(db, actor, event.number):
        try:
            _take_back(db, actor, part, done, now)
        except ConflictError:  # raised before the part has written anything: what became of it since stays
            done.kept.append(f"{part.noun} {part.record_id}")


def _restore(db: Database, actor: Actor, way: _Way, event: Event, done: Undone, now: datetime) -> None:
    """Bring the record back as it was, without the links to what is gone since."""
    if records.exists(db, actor, way.noun, event.record_id):
        message = f"The {event.noun} is there already."
        raise ConflictError(message)
    row = dict(event.before or {})
    for link, noun in way.noun.links.items():
        if row.get(link) is not None and not records.exists(db, actor, WAYS[noun].noun, row[link]):
            if link == "pipeline_id":
                message = "The state's pipeline is gone; bring that back first."
                raise ConflictError(message)
            row[link] = None
            done.kept.append(f"{event.noun} {event.record_id} {link}")
    row |= {"version": row["version"] + 1, "updated_at": now}
    record = way.noun.revive(row)
    records.restore(db, actor, way.noun, record, now=now, cause=Cause(undoes=event.number))


def _unmake(db: Database, actor: Actor, way: _Way, event: Event, now: datetime) -> None:
    try:
        way.remove(db, actor, event.record_id, now=now, cause=Cause(undoes=event.number))
    except NotFoundError:
        message = f"The {event.noun} is gone already."
        raise ConflictError(message) from None


def _revert(db: Database, actor: Actor, way: _Way, event: Event, done: Undone, now: datetime) -> None:
    """Put back each field that still holds what the change gave it."""
    try:
        current = way.get(db, actor, event.record_id)
    except NotFoundError:
        message = f"The {event.noun} is gone; bring that back first."
        raise ConflictError(message) from None
    held = msgspec.to_builtins(way.noun.row(current))
    before, after = event.before or {}, event.after or {}
    kept = set()
    for field, value in after.items():
        link = way.noun.links.get(field)
        lost = link and before[field] and not records.exists(db, actor, WAYS[link].noun, before[field])
        if held[field] != value or lost:
            kept.add(field)
    for together in way.noun.together:
        edited_since = any(field in kept for field in together) or _changed_since(db, actor, event, together, held)
        if edited_since:
            kept |= together & after.keys()
    done.kept.extend(f"{event.noun} {event.record_id} {field}" for field in after if field in kept)
    back = {field: before[field] for field in after if field not in kept}
    if back:
        old = way.noun.revive({**held, **back})
        changes = {field: getattr(old, field) for field in back}
        records.change(
            db, actor, way.noun, current, changes, happened="reverted", now=now, cause=Cause(undoes=event.number)
        )


def _changed_since(db: Database, actor: Actor, event: Event, together: frozenset[str], held: Mapping[str, Any]) -> bool:
    """Whether any of these fields, which only make sense with each other, isn't as the change left it."""
    if not together & (event.after or {}).keys():
        return False
    left: dict[str, Any] = {}
    for later in events.of_record(db, actor, event.record_id):
        if later.number > event.number:
            left = {**(later.before or {}), **left}
    return any(left.get(field, held[field]) != held[field] for field in together)
