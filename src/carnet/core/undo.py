"""Undo: the ledger read backwards.

Any change can be taken back from its own event, whatever came later. What was edited since is kept and named, and
the undo is itself an event, which can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import events, nouns, records
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.events import Cause, Event
from carnet.core.nouns import NOUNS, Known
from carnet.core.permissions import Actor, Right, require

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from carnet.store.database import Database


class Undone(msgspec.Struct, frozen=True):
    """What an undo did: the events that it took back, and `noun id field` for what it left as edited since."""

    events: list[int]
    kept: list[str]


def undo(db: Database, actor: Actor, event_number: int, *, now: datetime) -> Undone:
    """Take back a change with everything that happened because of it.

    Raises NotFoundError for no such event, ForbiddenError where the actor may not write the noun, and ConflictError
    where the change can't be taken back as things stand: its record is gone, or is there already.
    """
    event = events.get(db, actor, event_number)
    if event.noun not in NOUNS:
        message = "What has left can't be taken back."
        raise ConflictError(message)
    require(actor, NOUNS[event.noun].right)
    actor = msgspec.structs.replace(actor, rights=frozenset(Right))  # what went with it comes back with it
    done = Undone([], [])
    _take_back(db, actor, event, done, now)
    return done


def _take_back(db: Database, actor: Actor, event: Event, done: Undone, now: datetime) -> None:
    way = NOUNS[event.noun]
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


def _restore(db: Database, actor: Actor, way: Known, event: Event, done: Undone, now: datetime) -> None:
    """Bring the record back as it was, without the links to what is gone since."""
    if records.exists(db, actor, way.noun, event.record_id):
        message = f"The {event.noun} is there already."
        raise ConflictError(message)
    row = dict(event.before or {})
    lost = _lost(db, actor, way, row)
    row |= {**lost, "version": row["version"] + 1, "updated_at": now}
    if not all(any(row[field] for field in needed) for needed in way.noun.needs):
        message = f"What the {event.noun} belongs to is gone; bring that back first."
        raise ConflictError(message)
    record = way.noun.revive(row)
    if records.taken(db, actor, way.noun, record):
        message = f"Another {event.noun} has its place by now; move that first."
        raise ConflictError(message)
    done.kept.extend(f"{event.noun} {event.record_id} {field}" for field in lost)
    records.restore(db, actor, way.noun, record, now=now, cause=Cause(undoes=event.number))


def _lost(db: Database, actor: Actor, way: Known, row: Mapping[str, Any]) -> dict[str, Any]:
    """The links and lists of a record that lead to what is gone since, as they are without it."""
    lost: dict[str, Any] = {}
    for link, noun in way.noun.links.items():
        if row.get(link) is not None and not nouns.exists(db, actor, noun, row[link]):
            lost[link] = None
    for field, many in way.noun.lists.items():
        listed = row.get(field) or []
        known = records.numbers_of(db, actor, NOUNS[many.target].noun, listed)
        if len(known) < len(listed):
            lost[field] = [each for each in listed if each in known] or None
    return lost


def _unmake(db: Database, actor: Actor, way: Known, event: Event, now: datetime) -> None:
    try:
        way.remove(db, actor, event.record_id, now=now, cause=Cause(undoes=event.number))
    except NotFoundError:
        message = f"The {event.noun} is gone already."
        raise ConflictError(message) from None


def _revert(db: Database, actor: Actor, way: Known, event: Event, done: Undone, now: datetime) -> None:
    """Put back each field that still holds what the change gave it."""
    try:
        current = way.get(db, actor, event.record_id)
    except NotFoundError:
        message = f"The {event.noun} is gone; bring that back first."
        raise ConflictError(message) from None
    held = msgspec.to_builtins(way.noun.row(current))
    before, after = event.before or {}, event.after or {}
    kept = {field for field, value in after.items() if held[field] != value} | _lost(db, actor, way, before).keys()
    for together in way.noun.together:
        edited_since = any(field in kept for field in together) or _changed_since(db, actor, event, together, held)
        if edited_since:
            kept |= together & after.keys()
    kept |= _unfit(db, actor, way, {**held, **{field: before[field] for field in after if field not in kept}})
    done.kept.extend(f"{event.noun} {event.record_id} {field}" for field in after if field in kept)
    back = {field: before[field] for field in after if field not in kept}
    if back:
        old = way.noun.revive({**held, **back})
        changes = {field: getattr(old, field) for field in back}
        records.change(
            db, actor, way.noun, current, changes, happened="reverted", now=now, cause=Cause(undoes=event.number)
        )


def _unfit(db: Database, actor: Actor, way: Known, row: dict[str, Any]) -> set[str]:
    """The fields by which a record would be against the rules: it lacks all that it needs, or another has it alike."""
    unfit = set(records.taken(db, actor, way.noun, way.noun.revive(row)))
    return unfit.union(*(needed for needed in way.noun.needs if not any(row[field] for field in needed)))


def _changed_since(db: Database, actor: Actor, event: Event, together: frozenset[str], held: Mapping[str, Any]) -> bool:
    """Whether any of these fields, which only make sense with each other, isn't as the change left it."""
    if not together & (event.after or {}).keys():
        return False
    left: dict[str, Any] = {}
    for later in events.of_record(db, actor, event.record_id):
        if later.number > event.number:
            left = {**(later.before or {}), **left}
    return any(left.get(field, held[field]) != held[field] for field in together)
