"""Contacts: the people that a workspace knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, case, select

from carnet.core import companies, events, genders, pipelines, records, tags, users
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Begins, Condition, OneOf, Tagged, Text, TextIn, TextOf, Words, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import document, fold
from carnet.store import tables
from carnet.store.conditions import first_line, is_one_of, kept_text, within, without_case
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database


class Status(StrEnum):
    """How far the acquaintance has come."""

    PENDING = "pending"
    ENRICHED = "enriched"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    LOST = "lost"


class Appended(StrEnum):
    """The texts of a contact that can be appended to."""

    DESCRIPTION = "description"
    MEETING_CONTEXT = "meeting_context"


class Contact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A person, with the names of the company and the pipeline state that the record links to.

    One with `do_not_email` set has asked for no mail, and gets none.

    One who `is_partial` is known for somebody else's sake, a relative without an entry of their own.
    """

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    given_name: str | None
    middle_name: str | None
    family_name: str | None
    nickname: str | None
    gender_id: str | None
    emails: list[str]
    phones: list[str]
    company_id: str | None
    position: str | None
    address: str | None
    website: str | None
    linkedin_url: str | None
    description: str | None
    meeting_context: str | None
    status: Status
    state_id: str | None
    owner_id: str | None
    is_lead: bool
    is_partial: bool
    do_not_email: bool
    tag_ids: list[str] | None
    extras: dict[str, Any] | None
    company: str | None = None
    state: str | None = None


class ContactDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a contact at its birth. `company` is a name, and `company_id` beats it."""

    name: str
    given_name: str | None = None
    middle_name: str | None = None
    family_name: str | None = None
    nickname: str | None = None
    gender_id: str | None = None
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    company: str | None = None
    company_id: str | None = None
    position: str | None = None
    address: str | None = None
    website: str | None = None
    linkedin_url: str | None = None
    description: str | None = None
    meeting_context: str | None = None
    status: Status = Status.PENDING
    state_id: str | None = None
    owner_id: str | None = None
    is_lead: bool = False
    is_partial: bool = False
    do_not_email: bool = False
    tag_ids: Sequence[str] | None = None
    extras: dict[str, Any] | None = None


class ContactChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a contact that exists."""

    name: str | UnsetType = UNSET
    given_name: str | None | UnsetType = UNSET
    middle_name: str | None | UnsetType = UNSET
    family_name: str | None | UnsetType = UNSET
    nickname: str | None | UnsetType = UNSET
    gender_id: str | None | UnsetType = UNSET
    emails: Sequence[str] | UnsetType = UNSET
    phones: Sequence[str] | UnsetType = UNSET
    company: str | None | UnsetType = UNSET
    company_id: str | None | UnsetType = UNSET
    position: str | None | UnsetType = UNSET
    address: str | None | UnsetType = UNSET
    website: str | None | UnsetType = UNSET
    linkedin_url: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    meeting_context: str | None | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    state_id: str | None | UnsetType = UNSET
    owner_id: str | None | UnsetType = UNSET
    is_lead: bool | UnsetType = UNSET
    is_partial: bool | UnsetType = UNSET
    do_not_email: bool | UnsetType = UNSET
    tag_ids: Sequence[str] | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


_PARTS_OF_NAME = ("given_name", "middle_name", "family_name")


def _derived(contact: Contact) -> dict[str, Any]:
    found_by = companies.addresses_folded(contact.emails, contact.phones)
    return {
        **found_by,
        "kind": "person",
        "name_folded": fold(contact.name)[: companies.LONGEST_NAME],
        "position_folded": fold(contact.position or ""),
        "folded": document(contact.name, contact.position, contact.nickname, *found_by.values(), contact.description),
    }


NOUN: Noun[Contact] = Noun(
    "contact",
    tables.contacts,
    Contact,
    made="contacts_made",
    kept="people_kept",
    derived=_derived,
    place=lambda contact: ("people", contact.number >> companies.BUCKET_BITS),
    is_searched=True,
    only=companies.is_kind("person"),
    links={"company_id": "company", "state_id": "pipeline_state", "owner_id": "user", "gender_id": "gender"},
    lists={"tag_ids": records.TAGS},
    together=(frozenset({"name", *_PARTS_OF_NAME}),),
)

_c = tables.contacts.c
_k = tables.contacts.alias("company")
_s = tables.pipeline_states.c


def _of_company(column: Any) -> Any:  # noqa: ANN401
    linked = select(column).where(_k.c.workspace_id == _c.workspace_id, _k.c.id == _c.company_id)
    return linked.correlate(tables.contacts).scalar_subquery()


def _of_owner(column: Any) -> Any:  # noqa: ANN401
    found = select(column).where(tables.users.c.id == _c.owner_id)
    return found.correlate(tables.contacts).scalar_subquery()


_state = (
    select(_s.name)
    .where(_s.workspace_id == _c.workspace_id, _s.id == _c.state_id)
    .correlate(tables.contacts)
    .scalar_subquery()
)


def contacts_of() -> Select[Any]:
    """The people of a workspace."""
    chosen = columns(tables.contacts, Contact, company=_of_company(_k.c.name), state=_state)
    return select(*chosen).where(within(tables.contacts), _c.kind == "person")


# How far a lead has come, as it is sorted: one that was enriched is as new as one that wasn't.
_LEAD_RANKS = {"pending": 0, "enriched": 0, "contacted": 1, "qualified": 2, "lost": 3, "converted": 4}
_company_name = TextOf(_c.company_id, _k, _k.c.name_folded)

LISTING: Listing[Contact] = Listing(
    tables.contacts,
    Contact,
    contacts_of,
    base=(_c.kind == "person",),
    filters={
        "name": Text(tables.contacts, _c.name_folded),
        "name_is": OneOf(_c.name_folded),
        "emails": Text(tables.contacts, _c.emails_folded),
        "phones": Text(tables.contacts, _c.phones_folded),
        "position": Text(tables.contacts, _c.position_folded),
        "company": _company_name,
        "q": Words(Text(tables.contacts, _c.folded), _company_name),
        "id": OneOf(_c.id),
        "status": OneOf(_c.status),
        "company_id": OneOf(_c.company_id),
        "state_id": OneOf(_c.state_id),
        "owner_id": OneOf(_c.owner_id),
        "tag_ids": Tagged(_c.id),
        "name_or_email": TextIn(tables.contacts, _c.name_folded, _c.emails_folded),
        "any_word": Words(Text(tables.contacts, _c.folded), _company_name, any_word=True),
        "email_begins": Begins(_c.emails_folded),
        "phone_begins": Begins(_c.phones_folded),
        "is_lead": Condition(_c.is_lead),
        "is_partial": Condition(_c.is_partial),
        "do_not_email": Condition(_c.do_not_email),
        "has_company": Condition(_c.company_id.is_not(None)),
        "has_state": Condition(_c.state_id.is_not(None)),
        "has_emails": Condition(_c.emails_folded != ""),
        **compared("created_at", _c.created_at),
        **compared("updated_at", _c.updated_at),
    },
    orders={
        "name": _c.name_folded,
        "company": _of_company(_k.c.name_folded),
        "email": first_line(_c.emails_folded),
        "status": case({status.value: rank for rank, status in enumerate(Status)}, value=_c.status),
        "lead_status": case(_LEAD_RANKS, value=_c.status),
        "lead_source": kept_text(_c.extras, "ysuite", "lead_source"),
        "lead_company_name": kept_text(_c.extras, "ysuite", "lead_company_name"),
        "owner": without_case(_of_owner(tables.users.c.name)),
        "created_at": _c.created_at,
        "updated_at": _c.updated_at,
    },
    natural=(("number", True),),
    kept="people_kept",
    runs=companies.newest_first("people"),
    starts={"below": _c.number < bindparam("below")},
)


@statement(Contact)
def _contact() -> Select[Any]:
    return contacts_of().where(_c.id == bindparam("id"))


@statement(Contact)
def _linked(column: str) -> Select[Any]:
    return contacts_of().where(_c[column] == bindparam("link")).order_by(_c.number)


def get(db: Database, actor: Actor, contact_id: str) -> Contact:
    """A contact; NotFoundError where there is none."""
    require(actor, Right.READ_CONTACTS)
    contact = db.find(_contact(), workspace_id=actor.workspace_id, id=contact_id)
    if contact is None:
        raise NotFoundError("contact", contact_id)
    return contact


def page(db: Database, actor: Actor, asked: Asked) -> Page[Contact]:
    """A page of contacts, newest first."""
    require(actor, Right.READ_CONTACTS)
    return LISTING.page(db, actor, asked)


@statement(int)
def _any_partial() -> Select[Any]:
    return select(_c.number).where(within(tables.contacts), _c.is_partial).limit(1)


def page_of_entries(db: Database, actor: Actor, asked: Asked) -> Page[Contact]:
    """A page of the contacts that have an entry of their own: of all, as long as nobody is partial."""
    if db.find(_any_partial(), workspace_id=actor.workspace_id) is not None:
        asked = msgspec.structs.replace(asked, filters={**asked.filters, "is_partial": False})
    return page(db, actor, asked)


def linked_to(db: Database, actor: Actor, link: str, record_id: str) -> list[Contact]:
    """The contacts whose `link` (`company_id`, `state_id` or `gender_id`) leads to a record."""
    return db.all(_linked(link), workspace_id=actor.workspace_id, link=record_id)


class Brief(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A contact as what links to it mentions it: enough to say who it is."""

    id: str
    number: int
    version: int
    name: str
    given_name: str | None
    middle_name: str | None
    family_name: str | None
    nickname: str | None
    gender_id: str | None
    is_partial: bool
    extras: dict[str, Any] | None


@statement(Brief)
def _by_ids() -> Select[Any]:
    chosen = columns(tables.contacts, Brief)
    return select(*chosen).where(within(tables.contacts), is_one_of(_c.id, "ids"), companies.is_kind("person"))


def by_ids(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, Brief]:
    """The people that these ids name, in one statement; None is passed over."""
    require(actor, Right.READ_CONTACTS)
    sought = sorted({contact_id for contact_id in ids if contact_id is not None})
    found = db.all(_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {contact.id: contact for contact in found}


def create(db: Database, actor: Actor, draft: ContactDraft, *, now: datetime, contact_id: str | None = None) -> Contact:
    """Make a contact, under an id of the caller's choice where nobody has it; its `company` is found by name or made.

    Raises InvalidError for a blank name, a bad e-mail address or an unknown `company_id`, and NoSuchReferenceError
    for a pipeline state or owner that isn't there.
    """
    require(actor, Right.WRITE_CONTACTS)
    companies.check(draft)
    said = _linked_up(db, actor, records.said(draft), now=now)
    said |= {"emails": list(draft.emails), "phones": list(draft.phones)}
    if contact_id is None or events.of_record(db, actor, contact_id):  # no record of any kind ever had it
        contact_id = new_id()
    number = records.next_number(db, actor, NOUN)
    contact = Contact(
        workspace_id=actor.workspace_id,
        id=contact_id,
        number=number,
        version=1,
        created_at=now,
        updated_at=now,
        **said,
    )
    records.add(db, actor, NOUN, contact, now=now)
    return _seen(db, actor, contact)


def change(db: Database, actor: Actor, contact_id: str, changes: ContactChanges, *, now: datetime) -> Contact:
    """Change what is named of a contact. Raises as `create` does.

    Another `company` links another company and renames none; another `name` clears the parts of the old one.
    """
    require(actor, Right.WRITE_CONTACTS)
    contact = get(db, actor, contact_id)
    companies.check(changes, before=contact)
    return update(db, actor, contact, records.said(changes), now=now)


def update(db: Database, actor: Actor, contact: Contact, said: dict[str, Any], *, now: datetime) -> Contact:
    """Write checked changes; the caller has asked for the right."""
    said = _linked_up(db, actor, said, now=now, before=contact)
    if said.get("name", contact.name) != contact.name and not any(part in said for part in _PARTS_OF_NAME):
        said |= dict.fromkeys(_PARTS_OF_NAME)
    after = records.change(db, actor, NOUN, contact, said, now=now)
    return after if after is contact else _seen(db, actor, after)


def append(db: Database, actor: Actor, contact_id: str, field: Appended, text: str, *, now: datetime) -> Contact:
    """Append a text to one of the contact's, on a line of its own. Raises InvalidError for a blank text."""
    require(actor, Right.WRITE_CONTACTS)
    contact = get(db, actor, contact_id)
    if not text.strip():
        raise InvalidError([Violation("text", Fault.BLANK)])
    held: str | None = getattr(contact, field)
    return update(db, actor, contact, {field.value: f"{held}\n{text}" if held else text}, now=now)


def move(db: Database, actor: Actor, contact_id: str, state_id: str | None, *, now: datetime) -> Contact:
    """Put a contact into a pipeline state, or with None out of its pipeline.

    Raises InvalidError where the state isn't there; the contact then stays where it was.
    """
    require(actor, Right.WRITE_CONTACTS)
    contact = get(db, actor, contact_id)
    if state_id is not None and not records.exists(db, actor, pipelines.STATE, state_id):
        raise InvalidError([Violation("state_id", Fault.UNKNOWN)])
    after = records.change(db, actor, NOUN, contact, {"state_id": state_id}, happened="moved", now=now)
    return after if after is contact else _seen(db, actor, after)


def _linked_up(
    db: Database, actor: Actor, said: dict[str, Any], *, now: datetime, before: Contact | None = None
) -> dict[str, Any]:
    """What was said, with the company's id in place of its name, and every link known to lead somewhere."""
    settle_links(db, actor, said)
    named = said.pop("company", UNSET)
    company_id = said.get("company_id", UNSET)
    if company_id is UNSET or (company_id is None and before is None):
        if isinstance(named, str) and (before is None or named != before.company):
            said["company_id"] = companies.find_or_create(db, actor, named, now=now)
        elif named is None:
            said["company_id"] = None
    return said


def settle_links(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    """Bring the links among what is said of a contact into their form.

    Raises InvalidError for an unknown `company_id`, and NoSuchReferenceError for any other link that leads nowhere.
    """
    company_id = said.get("company_id")
    if company_id is not None and not records.exists(db, actor, companies.NOUN, company_id):
        raise InvalidError([Violation("company_id", Fault.UNKNOWN)])
    tags.settle(db, actor, said)
    state_id, owner_id, gender_id = said.get("state_id"), said.get("owner_id"), said.get("gender_id")
    if state_id is not None and not records.exists(db, actor, pipelines.STATE, state_id):
        raise NoSuchReferenceError("state_id", "pipeline_state", state_id)
    if owner_id is not None and not users.is_member(db, actor, owner_id):
        raise NoSuchReferenceError("owner_id", "user", owner_id)
    if gender_id is not None and not records.exists(db, actor, genders.NOUN, gender_id):
        raise NoSuchReferenceError("gender_id", "gender", gender_id)


def _seen(db: Database, actor: Actor, contact: Contact) -> Contact:
    """The contact as it reads, with the names of what it links to."""
    if contact.company_id is None and contact.state_id is None:
        return msgspec.structs.replace(contact, company=None, state=None)
    return db.one(_contact(), workspace_id=actor.workspace_id, id=contact.id)
