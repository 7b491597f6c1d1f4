"""The ledger for those who may read it: all of it in order, and what happened to a contact and what hangs on it.

It stands above the nouns, since an event is told only to who may read the noun that it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, select

from carnet.core import activities, calls, contacts, deals, drafts, notes, outbox, reminders, tasks, users
from carnet.core.errors import NotFoundError
from carnet.core.events import Event
from carnet.core.nouns import NOUNS
from carnet.core.permissions import Actor, Right
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database

LATEST = 2**62
"""A number after that of every event."""
_READS: dict[str, Right] = {
    **{name: Right(known.right.replace(":write", ":read")) for name, known in NOUNS.items()},
    "mail": Right.READ_EMAILS,
}
_TITLES = ("title", "name", "summary", "subject", "content", "text")
_LONGEST_TITLE = 120


TOLD = frozenset(_READS)
"""The nouns that events are about."""


class Entry(msgspec.Struct, frozen=True):
    """An event as people read it: `by` is who did it, and `title` what the record is called, where it is called so."""

    event: Event
    by: str | None
    title: str | None


_e = tables.events.c


def _events() -> Select[Any]:
    readable = is_one_of(_e.noun, "nouns")
    return select(*columns(tables.events, Event)).where(within(tables.events), readable)


@statement(Event)
def _since() -> Select[Any]:
    later = _e.number > bindparam("number")
    return _events().where(later).order_by(_e.number).limit(bindparam("most"))


@statement(Event)
def _of_records() -> Select[Any]:
    these = (is_one_of(_e.record_id, "ids"), _e.number < bindparam("number"))
    return _events().where(*these).order_by(_e.number.desc()).limit(bindparam("most"))


@statement(Event)
def _by_id() -> Select[Any]:
    return _events().where(_e.id == bindparam("event_id"))


@statement(tuple)
def _mails_to() -> Select[Any]:
    return select(tables.mails.c.id).where(within(tables.mails), outbox.to_contact())


def readable(actor: Actor) -> list[str]:
    """The nouns whose events an actor may read."""
    return sorted(noun for noun, right in _READS.items() if right in actor.rights)


def since(db: Database, actor: Actor, number: int, *, most: int) -> list[Event]:
    """The events after a number that the actor may read, oldest first."""
    return db.all(_since(), workspace_id=actor.workspace_id, nouns=readable(actor), number=number, most=most)


def find(db: Database, actor: Actor, event_id: str) -> Event:
    """An event by its id; NotFoundError where there is none that the actor may read."""
    event = db.find(_by_id(), workspace_id=actor.workspace_id, nouns=readable(actor), event_id=event_id)
    if event is None:
        raise NotFoundError("event", event_id)
    return event


def of_contact(db: Database, actor: Actor, contact_id: str, *, before: int = LATEST, most: int) -> list[Entry]:
    """What happened to a contact and to what hangs on it now, newest first, from before an event's number.

    What was removed since is told of as long as it hung on the contact only: its end is part of nothing else. Raises
    NotFoundError where the contact isn't there.
    """
    contact = contacts.get(db, actor, contact_id)
    called: dict[str, str | None] = {contact.id: contact.name}
    for record in _hanging(db, actor, contact.id):
        called[record.id] = _title(msgspec.structs.asdict(record))
    mails = [mail_id for (mail_id,) in db.all(_mails_to(), workspace_id=actor.workspace_id, contact_id=contact.id)]
    found = db.all(
        _of_records(),
        workspace_id=actor.workspace_id,
        nouns=readable(actor),
        ids=sorted({*called, *mails}),
        number=before,
        most=most,
    )
    known = users.members_by_ids(db, actor, {event.user_id for event in found})
    return [_entry(event, known.get(event.user_id), called.get(event.record_id)) for event in found]


def _hanging(db: Database, actor: Actor, contact_id: str) -> Iterable[Any]:
    for kind in (tasks, notes, deals):
        yield from kind.linked_to(db, actor, "contact_id", contact_id)
    for kind in (reminders, calls, drafts):
        yield from kind.linked_to(db, actor, contact_id)
    yield from activities.attended_by(db, actor, contact_id)


def _entry(event: Event, member: users.Member | None, called: str | None) -> Entry:
    return Entry(
        event, member.name if member is not None else None, called or _title(event.after or event.before or {})
    )


def _title(record: dict[str, Any]) -> str | None:
    """What a record is called: the beginning of the first of its texts."""
    for name in _TITLES:
        if isinstance(record.get(name), str) and record[name].strip():
            return str(record[name]).strip().partition("\n")[0][:_LONGEST_TITLE]
    return None
