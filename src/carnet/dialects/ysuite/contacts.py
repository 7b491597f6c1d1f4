"""Contacts at `/v1/contacts`: the people and the companies of the core in one list (specification, section 7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import companies, contacts, directory, records, removal, tags
from carnet.core.companies import Company, CompanyChanges, CompanyDraft
from carnet.core.contacts import Contact, ContactChanges, ContactDraft
from carnet.core.directory import Party, PartyKind
from carnet.core.permissions import Right
from carnet.dialects.ysuite import answers, kept, links, times
from carnet.dialects.ysuite.about import About, Asks, Kind, number_of
from carnet.dialects.ysuite.bodies import Said, body_of
from carnet.dialects.ysuite.lists import NEWEST_FIRST, PAGING, Filters, Parameter, Query, listed
from carnet.dialects.ysuite.values import Code, Email, Flag, Integer, Integers, Kept, String
from carnet.dialects.ysuite.vocabulary import CONTACT_TYPE_CODES, CONTACT_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_TYPE, _PARENT = "contact_type", "contact_parent"
NAME, ADDRESS, NOTES = String("cstname", limit=100, required=True), String("cstaddress", limit=255), "cstnotes"
EMAIL, MOBILE, COUNTRY = Email("cstemail"), String("cstmobile"), Kept("cstmobile_country_id")
TEXT = String(NOTES, limit=2000)

FIELDS = (
    NAME,
    Code(_TYPE, CONTACT_TYPES, required=True, about="1 a person, 2 a company; it never changes."),
    EMAIL,
    MOBILE,
    COUNTRY,
    ADDRESS,
    String("ct_taxnumber", limit=50),
    TEXT,
    Flag("cstemailnotify", default=True),
    Flag("cstsmsnotify", default=True),
    Flag("cst_whatsapp_notify", default=True),
    Integer(_PARENT, about="The company of a person."),
    Integers("cst_tag_id"),
)
_KEPT = ("cstmobile_country_id", "ct_taxnumber", "cstemailnotify", "cstsmsnotify", "cst_whatsapp_notify")
_PLAIN = {"cstname": "name", "cstaddress": "address", NOTES: "description"}
SORTS = {
    "cstid": "number",
    "cstname": "name",
    "cstemail": "email",
    "cstmobile": "phone",
    "contact_type": "kind",
    "cstcreated_on": "created_at",
}
PARAMETERS = (*PAGING, Parameter("type", "integer", "1 people, 2 companies."))
NAMES = {
    "name": "cstname",
    "emails": "cstemail",
    "phones": "cstmobile",
    "address": "cstaddress",
    "description": NOTES,
    "company_id": _PARENT,
    "tag_ids": "cst_tag_id",
}


class ContactRow(msgspec.Struct, gc=False):
    """A contact in a list."""

    cstid: int
    cstname: str
    cstemail: str | None
    cstmobile: str | None
    contact_type: int
    cstcreated_on: datetime


class ContactOut(msgspec.Struct):
    """A contact that stands alone."""

    cstid: int
    cstname: str
    contact_type: int
    cstemail: str | None
    cstmobile: str | None
    cstmobile_country_id: int | None
    cstaddress: str | None
    ct_taxnumber: str | None
    cstnotes: str | None
    cstemailnotify: bool
    cstsmsnotify: bool
    cst_whatsapp_notify: bool
    contact_parent: int | None
    cst_tag_id: list[int]
    cstcreated_on: datetime


class NewContact(msgspec.Struct):
    """What is answered to a contact's making."""

    cstid: int
    cstname: str


def first(texts: Sequence[str]) -> str | None:
    """The first of a list, which is the one that this tongue knows."""
    return texts[0] if texts else None


def _rows(_db: Database, _actor: Actor, found: Sequence[Party]) -> list[ContactRow]:
    return [
        ContactRow(
            party.number,
            party.name,
            first(party.emails),
            first(party.phones),
            CONTACT_TYPE_CODES[party.kind],
            times.instant(party.created_at),
        )
        for party in found
    ]


def _list(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = Query(request), Filters()
    kind = query.integer("type")
    query.settle()
    filters.search("search", query.text("search"))
    filters.one_of("kind", kind, [CONTACT_TYPES[kind]] if kind in CONTACT_TYPES else None)
    return listed(db, actor, query, filters, query.order(SORTS, NEWEST_FIRST), directory.page, _rows)


def _found(db: Database, actor: Actor, request: Request) -> Contact | Company:
    """The person or the company of the number in the path, whole."""
    party = directory.find(db, actor, number_of(request))
    return companies.get(db, actor, party.id) if party.is_company else contacts.get(db, actor, party.id)


def _out(db: Database, actor: Actor, contact: Contact | Company) -> ContactOut:
    """A contact as an item."""
    company_id = contact.company_id if isinstance(contact, Contact) else None
    tag_of = records.numbers_of(db, actor, tags.NOUN, contact.tag_ids or ())
    own = kept.of(contact.extras)
    return ContactOut(
        cstid=contact.number,
        cstname=contact.name,
        contact_type=CONTACT_TYPE_CODES[_kind_of(contact)],
        cstemail=first(contact.emails),
        cstmobile=first(contact.phones),
        cstmobile_country_id=own.get("cstmobile_country_id"),
        cstaddress=contact.address,
        ct_taxnumber=own.get("ct_taxnumber"),
        cstnotes=contact.description,
        cstemailnotify=own.get("cstemailnotify", True),
        cstsmsnotify=own.get("cstsmsnotify", True),
        cst_whatsapp_notify=own.get("cst_whatsapp_notify", True),
        contact_parent=directory.numbers_of(db, actor, [company_id]).get(company_id or ""),
        cst_tag_id=[tag_of[tag_id] for tag_id in contact.tag_ids or () if tag_id in tag_of],
        cstcreated_on=times.instant(contact.created_at),
    )


def _kind_of(contact: Contact | Company) -> PartyKind:
    return PartyKind.PERSON if isinstance(contact, Contact) else PartyKind.COMPANY


def _read(db: Database, actor: Actor, request: Request) -> Answer:
    return answers.one(_out(db, actor, _found(db, actor, request)))


def _create(db: Database, actor: Actor, request: Request) -> Answer:
    said = Said(FIELDS, body_of(request))
    kind = CONTACT_TYPES[said[_TYPE]] if _TYPE in said else None
    wanted = _wanted(db, actor, said, None, kind)
    said.settle()
    made: Contact | Company
    if kind is PartyKind.COMPANY:
        made = companies.create(db, actor, CompanyDraft(**wanted), now=request.now)
    else:
        made = contacts.create(db, actor, ContactDraft(**wanted), now=request.now)
    return answers.done("New contact has been created successfully.", NewContact(made.number, made.name))


def _change(db: Database, actor: Actor, request: Request) -> Answer:
    contact = _found(db, actor, request)
    said = Said(FIELDS, body_of(request), answers.as_shown(_out(db, actor, contact)))
    kind = _kind_of(contact)
    if said.get(_TYPE, CONTACT_TYPE_CODES[kind]) != CONTACT_TYPE_CODES[kind]:
        said.complain(_TYPE, "The contact_type of a contact cannot be changed.")
    wanted = _wanted(db, actor, said, contact, kind)
    said.settle()
    after: Contact | Company
    if kind is PartyKind.COMPANY:
        after = companies.change(db, actor, contact.id, CompanyChanges(**wanted), now=request.now)
    else:
        after = contacts.change(db, actor, contact.id, ContactChanges(**wanted), now=request.now)
    return answers.done("Contact has been updated successfully.", _out(db, actor, after))


def _delete(db: Database, actor: Actor, request: Request) -> Answer:
    party = directory.find(db, actor, number_of(request))
    remove = removal.remove_company if party.is_company else removal.remove_contact
    remove(db, actor, party.id, now=request.now)
    return answers.deleted("Contact has been deleted successfully.")


def _wanted(
    db: Database, actor: Actor, said: Said, contact: Contact | Company | None, kind: PartyKind | None
) -> dict[str, Any]:
    """What a body wants of a contact, in the core's words; `kind` is None where the body doesn't say it rightly."""
    wanted = own_wanted(said, contact) | kept.wanted(said, _KEPT, contact.extras if contact is not None else None)
    tag_ids = links.tagged(db, actor, said, "cst_tag_id")
    if "cst_tag_id" in said:
        wanted["tag_ids"] = tag_ids
    parent = links.parties(db, actor, said, _PARENT).get(_PARENT)
    if parent is not None and kind is PartyKind.COMPANY:
        said.complain(_PARENT, "The contact_parent field is only for contact_type 1.")
    elif parent is not None and not parent.is_company:
        said.complain(_PARENT, "The contact_parent field must be a contact of contact_type 2.")
    elif _PARENT in said and kind is PartyKind.PERSON:
        wanted["company_id"] = parent.id if parent is not None else None
    return wanted


def own_wanted(said: Said, contact: Contact | Company | None) -> dict[str, Any]:
    """What a body wants of the fields that contacts and leads share; other e-mails and phones stay behind the first."""
    wanted = {name: said[wire] for wire, name in _PLAIN.items() if wire in said}
    for wire, name in (("cstemail", "emails"), ("cstmobile", "phones")):
        if wire in said:
            others = getattr(contact, name)[1:] if contact is not None else []
            chosen = said[wire]
            wanted[name] = others if chosen is None else [chosen, *(other for other in others if other != chosen)]
    return wanted


_ASKS = Asks(
    About(noun="Contact", kind=Kind.ITEM, answer=ContactRow, names=NAMES),
    "/contacts",
    Right.READ_CONTACTS,
    Right.WRITE_CONTACTS,
)


def operations() -> list[Operation]:
    """What can be asked of contacts."""
    return [
        _ASKS.list(_list, PARAMETERS),
        _ASKS.read(_read, ContactOut),
        _ASKS.create(_create, FIELDS, NewContact),
        _ASKS.change(_change, FIELDS, ContactOut),
        _ASKS.delete(_delete),
    ]
