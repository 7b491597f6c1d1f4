"""The yearly reminders of a contact's birth and death, which are asked for with the contact itself (section 7.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import reminders, removal
from carnet.core.permissions import Right
from carnet.core.reminders import ReminderChanges, ReminderDraft
from carnet.dialects.monica import short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from carnet.core.contacts import Contact
    from carnet.core.permissions import Actor
    from carnet.core.reminders import Reminder
    from carnet.store.database import Database

YEARLY = "FREQ=YEARLY"
_TITLES = {"birthdate": "Birthday of {}", "deceased_date": "Anniversary of the death of {}"}
_ALLOWED = frozenset({Right.READ_REMINDERS, Right.WRITE_REMINDERS})


def settle(db: Database, actor: Actor, contact: Contact, said: Mapping[str, Any], *, now: datetime) -> None:
    """Make, move or remove a contact's reminders as was said with it; where nothing was, they follow their days.

    A day that is reckoned from an age is nobody's birthday, and gets none. Part of writing the contact, so it needs
    no right of its own.
    """
    actor = msgspec.structs.replace(actor, rights=actor.rights | _ALLOWED)
    held = {_of(reminder): reminder for reminder in reminders.linked_to(db, actor, contact.id)}
    for name in _TITLES:
        day = _day(contact, name)
        reminder, wanted = held.get(name), said.get(f"{name}_add_reminder")
        if wanted is None:
            wanted = reminder is not None
        if day is not None and wanted and reminder is None:
            _make(db, actor, contact, name, day, now)
        elif day is not None and wanted and reminder is not None:
            reminders.change(db, actor, reminder.id, ReminderChanges(begins_on=day), now=now)
        elif reminder is not None:
            removal.remove_reminder(db, actor, reminder.id, now=now)


def _of(reminder: Reminder) -> str | None:
    """The day that a reminder was made for, if it was made here."""
    found: str | None = ((reminder.extras or {}).get("monica") or {}).get("reminds_of")
    return found


def _day(contact: Contact, name: str) -> date | None:
    kept = short.life_of(contact).get(name)
    return date.fromisoformat(kept["date"]) if kept and not kept["is_age_based"] else None


def _make(db: Database, actor: Actor, contact: Contact, name: str, day: date, now: datetime) -> None:
    draft = ReminderDraft(
        contact_id=contact.id,
        title=_TITLES[name].format(contact.name),
        begins_on=day,
        rule=YEARLY,
        extras={"monica": {"reminds_of": name}},
    )
    reminders.create(db, actor, draft, now=now)
