"""Two contacts that are one person, joined; and which ones may be.

It spans nouns, so it stands above them. Everything that a merge does is part of one event, which undo takes back whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from carnet.core import activities, calls, contacts, deals, drafts, events, notes, records, reminders, tasks
from carnet.core.contacts import Contact, Status
from carnet.core.errors import ConflictError
from carnet.core.events import Cause
from carnet.core.permissions import Actor, Right, require
from carnet.core.search import fold
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Select

    from carnet.store.database import Database

_FILLED = (
    *("nickname", "gender_id", "company_id", "position", "address", "website", "linkedin_url"),
    *("state_id", "owner_id"),
)
"""Fields of which the one that is kept takes the other's where it has none."""
_NAMES = ("given_name", "middle_name", "family_name")
_JOINED = ("description", "meeting_context")
_MARKS = ("is_lead", "do_not_email")
_LISTED = ("emails", "phones", "tag_ids")
_TELLING_DIGITS = 8
"""The last digits of a phone number that tell it from others, however its beginning is written."""


class Merged(msgspec.Struct, frozen=True):
    """The contact that is kept, the number of the event, and the fields that it took from the other."""

    contact: Contact
    event: int
    taken: list[str]


class Pair(msgspec.Struct, frozen=True):
    """Two contacts that may be one, the older first, and why: `email`, `phone`, `name`."""

    first: Contact
    second: Contact
    reasons: list[str]


class _Known(msgspec.Struct, frozen=True, array_like=True, gc=False):
    id: str
    number: int
    name_folded: str
    emails: list[str]
    phones: list[str]


@statement(_Known)
def _everybody() -> Select[Any]:
    c = tables.contacts.c
    chosen = select(c.id, c.number, c.name_folded, c.emails, c.phones).where(within(tables.contacts))
    return chosen.where(c.kind == "person").order_by(c.number)


def merge(db: Database, actor: Actor, contact_id: str, other_id: str, *, now: datetime) -> Merged:
    """Join another contact to one: what hangs on it moves over, what the one lacks it takes, and the other ends.

    Raises NotFoundError where one of them isn't there, and ConflictError where they are the same.
    """
    require(actor, Right.WRITE_CONTACTS)
    kept = contacts.get(db, actor, contact_id)
    other = contacts.get(db, actor, other_id)
    if kept.id == other.id:
        message = "A contact can't be merged with itself."
        raise ConflictError(message)
    number = events.next_number(db, actor)
    cause = Cause(part_of=number)
    for noun, record, changes in _moves(db, actor, kept.id, other.id):
        records.change(db, actor, noun, record, changes, now=now, cause=cause)
    said = dict(_taken(kept, other))
    records.change(db, actor, contacts.NOUN, kept, said, now=now, cause=cause)
    records.remove(db, actor, contacts.NOUN, other, now=now, event_number=number, happened="merged")
    return Merged(contacts.get(db, actor, kept.id), number, sorted(said))


def duplicates(db: Database, actor: Actor, *, most: int) -> list[Pair]:
    """Pairs of contacts that may be one person, those with the most reasons first."""
    require(actor, Right.READ_CONTACTS)
    everybody = db.all(_everybody(), workspace_id=actor.workspace_id)
    reasons: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    numbers = {known.number: known.id for known in everybody}
    for reason, keys in (("email", _emails), ("phone", _phones), ("name", _name)):
        for first, second in _alike(everybody, keys):
            reasons[first, second].append(reason)
    chosen = sorted(reasons, key=lambda pair: (-len(reasons[pair]), pair))[:most]
    return [
        Pair(contacts.get(db, actor, numbers[first]), contacts.get(db, actor, numbers[second]), reasons[first, second])
        for first, second in chosen
    ]


def _moves(
    db: Database, actor: Actor, kept: str, other: str
) -> Iterator[tuple[records.Noun[Any], Any, dict[str, Any]]]:
    """What hangs on the other, with the change that hangs it on the one that is kept."""
    for kind in (tasks, notes, deals):
        for record in kind.linked_to(db, actor, "contact_id", other):
            yield kind.NOUN, record, {"contact_id": kept}
    for kind in (reminders, calls, drafts):
        for record in kind.linked_to(db, actor, other):
            yield kind.NOUN, record, {"contact_id": kept}
    for activity in activities.attended_by(db, actor, other):
        attended = [kept if each == other else each for each in activity.contact_ids]
        yield activities.NOUN, activity, {"contact_ids": list(dict.fromkeys(attended))}


def _taken(kept: Contact, other: Contact) -> Iterator[tuple[str, Any]]:
    """The fields that change, as they are then."""
    for name in _FILLED:
        if getattr(kept, name) is None and getattr(other, name) is not None:
            yield name, getattr(other, name)
    if fold(kept.name) == fold(other.name) and not any(getattr(kept, name) for name in _NAMES):
        yield from ((name, getattr(other, name)) for name in _NAMES if getattr(other, name))
    yield from _joined_fields(kept, other)
    if kept.status is Status.PENDING and other.status is not Status.PENDING:
        yield "status", other.status
    yield from ((name, True) for name in _MARKS if getattr(other, name) and not getattr(kept, name))


def _joined_fields(kept: Contact, other: Contact) -> Iterator[tuple[str, Any]]:
    """The fields that say what both say."""
    for name in _JOINED:
        texts = list(dict.fromkeys(text for text in (getattr(kept, name), getattr(other, name)) if text))
        if texts and "\n".join(texts) != getattr(kept, name):
            yield name, "\n".join(texts)
    for name in _LISTED:
        had, more = getattr(kept, name) or [], getattr(other, name) or []
        if _joined(had, more) != had:
            yield name, _joined(had, more)
    extras = _extras(kept.extras or {}, other.extras or {})
    if extras != (kept.extras or {}):
        yield "extras", extras


def _joined(had: Sequence[str], more: Sequence[str]) -> list[str]:
    """Both lists, without what is said twice in another case."""
    known = {each.casefold() for each in had}
    return [*had, *(each for each in more if each.casefold() not in known)]


def _extras(kept: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What the tongues know of each, the kept one's first."""
    merged = {**other, **kept}
    for tongue in kept.keys() & other.keys():
        if isinstance(kept[tongue], dict) and isinstance(other[tongue], dict):
            merged[tongue] = {**other[tongue], **kept[tongue]}
    return merged


def _emails(known: _Known) -> Iterable[str]:
    return {fold(email) for email in known.emails}


def _phones(known: _Known) -> Iterable[str]:
    digits = ("".join(filter(str.isdigit, phone)) for phone in known.phones)
    return {each[-_TELLING_DIGITS:] for each in digits if len(each) >= _TELLING_DIGITS}


def _name(known: _Known) -> Iterable[str]:
    return {known.name_folded} if known.name_folded else ()


def _alike(everybody: Sequence[_Known], keys: Any) -> set[tuple[int, int]]:  # noqa: ANN401 - one of those above
    """Numbers of those that share a key: each with the oldest of them."""
    oldest: dict[str, int] = {}
    found: set[tuple[int, int]] = set()
    for known in everybody:
        for key in keys(known):
            first = oldest.setdefault(key, known.number)
            if first != known.number:
                found.add((first, known.number))
    return found
