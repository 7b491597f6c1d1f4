"""The full contact: what is known of somebody, and how much there is of everything else (section 7.2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import activities, calls, genders, notes, reminders, tags, tasks, workspaces
from carnet.dialects.monica import contactfields, dates, short
from carnet.dialects.monica.contactfields import ContactFieldOut
from carnet.dialects.monica.dates import KnownDate, seconds
from carnet.dialects.monica.notes import NoteOut
from carnet.dialects.monica.notes import show as show_notes
from carnet.dialects.monica.resources import MOUNT, Account
from carnet.dialects.monica.short import Avatar
from carnet.dialects.monica.tags import TagOut, tag_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carnet.core.contacts import Contact
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

_NOTES = 3
"""How many of a contact's notes are shown with it."""


class Relations(msgspec.Struct, frozen=True, gc=False):
    """The relationships of one sort: there are none yet."""

    total: int = 0
    contacts: tuple[Any, ...] = ()


class Relationships(msgspec.Struct, frozen=True, gc=False):
    """The relationships of a contact by their sorts."""

    love: Relations = Relations()
    family: Relations = Relations()
    friend: Relations = Relations()
    work: Relations = Relations()


class Dates(msgspec.Struct, gc=False):
    """The days of a life."""

    birthdate: KnownDate
    deceased_date: KnownDate


class Career(msgspec.Struct, gc=False):
    """What somebody does, and where."""

    job: str | None
    company: str | None


class HowYouMet(msgspec.Struct, gc=False):
    """How the acquaintance began."""

    general_information: str | None
    first_met_date: KnownDate
    first_met_through_contact: None = None


class Information(msgspec.Struct, gc=False):
    """What the full contact says of somebody's life; of a contact that is no entry of its own only the dates."""

    dates: Dates
    relationships: Relationships | UnsetType = UNSET
    career: Career | UnsetType = UNSET
    avatar: Avatar | UnsetType = UNSET
    food_preferences: str | None | UnsetType = UNSET
    how_you_met: HowYouMet | UnsetType = UNSET


class Statistics(msgspec.Struct, gc=False):
    """How much there is of everything."""

    number_of_calls: int
    number_of_notes: int
    number_of_activities: int
    number_of_reminders: int
    number_of_tasks: int
    number_of_gifts: int = 0
    number_of_debts: int = 0


class FullContact(msgspec.Struct, gc=False, rename={"contact_fields": "contactFields"}):
    """A contact."""

    id: int
    uuid: str
    object: str
    hash_id: str
    first_name: str
    middle_name: str | None
    last_name: str | None
    nickname: str | None
    complete_name: str
    initials: str
    gender: str | None
    gender_type: str | None
    is_starred: bool
    is_partial: bool
    is_active: bool
    is_dead: bool
    is_me: bool
    information: Information
    account: Account
    created_at: datetime
    updated_at: datetime
    description: str | None | UnsetType = UNSET
    last_called: datetime | None | UnsetType = UNSET
    last_activity_together: str | None | UnsetType = UNSET
    stay_in_touch_frequency: int | None | UnsetType = UNSET
    stay_in_touch_trigger_date: str | None | UnsetType = UNSET
    addresses: list[Any] | UnsetType = UNSET
    tags: list[TagOut] | UnsetType = UNSET
    statistics: Statistics | UnsetType = UNSET
    contact_fields: list[ContactFieldOut] | UnsetType = UNSET
    notes: list[NoteOut] | UnsetType = UNSET
    url: str | UnsetType = UNSET


def show(db: Database, actor: Actor, request: Request, found: Sequence[Contact]) -> list[FullContact]:
    """Contacts as objects, with their fields and last notes where the query asks for them."""
    words = dict(request.query).get("with", "").split(",") if request.query_string else ()
    return show_with_fields(db, actor, request, found) if "contactfields" in words else _show(db, actor, request, found)


def show_with_fields(db: Database, actor: Actor, request: Request, found: Sequence[Contact]) -> list[FullContact]:
    """Contacts as objects, with their fields and their last notes."""
    shown = _show(db, actor, request, found)
    workspace = workspaces.get(db, actor)
    ids = [contact.id for contact in found]
    brief = short.by_ids(db, actor, request, ids)
    latest = notes.latest(db, actor, ids, most=_NOTES)
    written: dict[str | None, list[NoteOut]] = {}
    for note, note_out in zip(latest, show_notes(db, actor, request, latest), strict=True):
        written.setdefault(note.contact_id, []).append(note_out)
    for contact, out in zip(found, shown, strict=True):
        if not contact.is_partial:
            out.contact_fields = contactfields.fields_out(contact, workspace, brief.get(contact.id))
            out.notes = written.get(contact.id, [])
    return shown


def _show(db: Database, actor: Actor, request: Request, found: Sequence[Contact]) -> list[FullContact]:
    around = _Around(db, actor, request, found)
    return [around.partial(contact) if contact.is_partial else around.full(contact) for contact in found]


class _Around:
    """What surrounds the contacts of a page, in a few statements for all of them."""

    def __init__(self, db: Database, actor: Actor, request: Request, found: Sequence[Contact]) -> None:
        ids = [contact.id for contact in found]
        self._genders = genders.by_ids(db, actor, (contact.gender_id for contact in found))
        self._tags = tags.by_ids(db, actor, (tag_id for contact in found for tag_id in contact.tag_ids or ()))
        self._tasks = tasks.counts(db, actor, ids)
        self._notes = notes.counts(db, actor, ids)
        self._reminders = reminders.counts(db, actor, ids)
        self._calls = calls.summaries(db, actor, ids)
        self._activities = activities.summaries(db, actor, ids)
        self._head = f"{request.base_url}{MOUNT}/contacts/"
        self._account = Account(actor.workspace_id)

    def partial(self, contact: Contact) -> FullContact:
        """Somebody known for somebody else's sake."""
        life = short.life_of(contact)
        return self._out(contact, Information(_dates(life)))

    def full(self, contact: Contact) -> FullContact:
        """Somebody with an entry of their own."""
        call, activity = self._calls.get(contact.id), self._activities.get(contact.id)
        out = self._out(contact, _information(contact, short.life_of(contact)))
        out.description = contact.description or None
        out.last_called = seconds(call.last_at) if call is not None else None
        out.last_activity_together = f"{activity.last_on.isoformat()}T00:00:00Z" if activity is not None else None
        out.stay_in_touch_frequency = out.stay_in_touch_trigger_date = None
        out.addresses = []
        out.tags = [tag_out(self._tags[tag_id]) for tag_id in contact.tag_ids or () if tag_id in self._tags]
        out.statistics = Statistics(
            call.count if call is not None else 0,
            self._notes.get(contact.id, 0),
            activity.count if activity is not None else 0,
            self._reminders.get(contact.id, 0),
            self._tasks.get(contact.id, 0),
        )
        out.url = f"{self._head}{contact.number}"
        return out

    def _out(self, contact: Contact, information: Information) -> FullContact:
        first_name, middle_name, last_name = short.names(contact)
        gender, letter = short.gender_of(contact, self._genders)
        life = short.life_of(contact)
        return FullContact(
            id=contact.number,
            uuid=contact.id,
            object="contact",
            hash_id=short.hash_id(contact),
            first_name=first_name,
            middle_name=middle_name,
            last_name=last_name,
            nickname=contact.nickname,
            complete_name=contact.name,
            initials=short.initials(contact.name),
            gender=gender,
            gender_type=letter,
            is_starred=bool(life.get("is_starred")),
            is_partial=contact.is_partial,
            is_active=True,
            is_dead=bool(life.get("is_dead")),
            is_me=False,
            information=information,
            account=self._account,
            created_at=seconds(contact.created_at),
            updated_at=seconds(contact.updated_at),
        )


def _dates(life: Mapping[str, Any]) -> Dates:
    return Dates(*(dates.shown(dates.as_key(life.get(name))) for name in ("birthdate", "deceased_date")))


def _information(contact: Contact, life: Mapping[str, Any]) -> Information:
    return Information(
        _dates(life),
        Relationships(),
        Career(contact.position or None, contact.company),
        short.AVATAR,
        life.get("food_preferences"),
        HowYouMet(contact.meeting_context or None, dates.UNKNOWN),
    )
