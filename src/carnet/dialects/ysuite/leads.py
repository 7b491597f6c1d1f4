"""Leads at `/v1/leads`: people of the core that are marked as such (specification, section 8.2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import contacts, records, tags, users
from carnet.core.contacts import Contact, ContactDraft
from carnet.core.errors import NotFoundError
from carnet.core.permissions import Right
from carnet.dialects.ysuite import answers, kept, links, times
from carnet.dialects.ysuite.about import About, Asks, Kind, number_of
from carnet.dialects.ysuite.bodies import Said, body_of
from carnet.dialects.ysuite.contacts import ADDRESS, COUNTRY, EMAIL, MOBILE, NAMES, TEXT, first, own_wanted
from carnet.dialects.ysuite.lists import NEWEST_FIRST, PAGING, Filters, Parameter, Query, listed
from carnet.dialects.ysuite.values import Integer, Integers, Kept, String
from carnet.dialects.ysuite.vocabulary import LEAD_STATUS_WORDS, LEAD_STATUSES, lead_statuses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from carnet.core.permissions import Actor
    from carnet.core.users import Member
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_ASSIGNED = "lead_assignedto"

FIELDS = (
    String("cstname", limit=100, required=True, missing="Lead name is required."),
    EMAIL,
    MOBILE,
    COUNTRY,
    ADDRESS,
    TEXT,
    String("lead_source"),
    String("lead_industry"),
    String("lead_company_name", about="Kept as a text; no company is made of it."),
    Integer(_ASSIGNED, about="The user who owns the lead."),
    Kept("lead_assignmentgroup"),
    Kept("brand_id"),
    Integers("tag_ids"),
)
_KEPT = (
    "cstmobile_country_id",
    "lead_source",
    "lead_industry",
    "lead_company_name",
    "lead_assignmentgroup",
    "brand_id",
)
SORTS = {
    "cstid": "number",
    "ct_number": "number",
    "cstname": "name",
    "cstemail": "email",
    "lead_status": "lead_status",
    "lead_source": "lead_source",
    "lead_company_name": "lead_company_name",
    "owner": "owner",
    "cstcreated_on": "created_at",
}
PARAMETERS = (*PAGING, Parameter("lead_status", "string", " ".join(LEAD_STATUSES)))
_NAMES = {**NAMES, "owner_id": _ASSIGNED, "tag_ids": "tag_ids"}


class LeadRow(msgspec.Struct, gc=False):
    """A lead in a list."""

    cstid: int
    ct_number: str
    cstname: str
    cstemail: str | None
    lead_status: str
    lead_source: str | None
    lead_company_name: str | None
    owner: str | None
    cstcreated_on: datetime


class LeadOut(LeadRow, gc=False):
    """A lead that stands alone."""

    cstmobile: str | None
    cstmobile_country_id: int | None
    cstaddress: str | None
    cstnotes: str | None
    lead_industry: str | None
    lead_assignedto: int | None
    lead_assignmentgroup: int | None
    brand_id: int | None
    tag_ids: list[int]


class NewLead(msgspec.Struct):
    """What is answered to a lead's making."""

    cstid: int
    ct_number: str
    cstname: str


def _ct_number(contact: Contact) -> str:
    return f"LED-{contact.number:04}"


def _rows(db: Database, actor: Actor, found: Sequence[Contact]) -> list[LeadRow]:
    member_of = users.members_by_ids(db, actor, [contact.owner_id for contact in found])
    return [_row(contact, member_of) for contact in found]


def _row(contact: Contact, member_of: Mapping[str, Member]) -> LeadRow:
    own = kept.of(contact.extras)
    return LeadRow(
        contact.number,
        _ct_number(contact),
        contact.name,
        first(contact.emails),
        LEAD_STATUS_WORDS[contact.status],
        own.get("lead_source"),
        own.get("lead_company_name"),
        member_of[contact.owner_id].name if contact.owner_id is not None else None,
        times.instant(contact.created_at),
    )


def _out(db: Database, actor: Actor, contact: Contact) -> LeadOut:
    """A lead as an item."""
    member_of = users.members_by_ids(db, actor, [contact.owner_id])
    tag_of = records.numbers_of(db, actor, tags.NOUN, contact.tag_ids or ())
    own = kept.of(contact.extras)
    return LeadOut(
        **msgspec.structs.asdict(_row(contact, member_of)),
        cstmobile=first(contact.phones),
        cstmobile_country_id=own.get("cstmobile_country_id"),
        cstaddress=contact.address,
        cstnotes=contact.description,
        lead_industry=own.get("lead_industry"),
        lead_assignedto=member_of[contact.owner_id].number if contact.owner_id is not None else None,
        lead_assignmentgroup=own.get("lead_assignmentgroup"),
        brand_id=own.get("brand_id"),
        tag_ids=[tag_of[tag_id] for tag_id in contact.tag_ids or () if tag_id in tag_of],
    )


def _list(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = Query(request), Filters()
    status = query.text("lead_status")
    query.settle()
    filters.add("is_lead", True)  # noqa: FBT003 - the filter's value
    filters.search("name_or_email", query.text("search"))
    filters.one_of("status", status, lead_statuses(status or ""))
    return listed(db, actor, query, filters, query.order(SORTS, NEWEST_FIRST), contacts.page, _rows)


def _read(db: Database, actor: Actor, request: Request) -> Answer:
    number = number_of(request)
    contact = contacts.get(db, actor, records.id_of(db, actor, contacts.NOUN, number))
    if not contact.is_lead:
        raise NotFoundError("contact", str(number))
    return answers.one(_out(db, actor, contact))


def _create(db: Database, actor: Actor, request: Request) -> Answer:
    said = Said(FIELDS, body_of(request))
    wanted: dict[str, Any] = own_wanted(said, None) | kept.wanted(said, _KEPT)
    wanted["owner_id"] = links.user(db, actor, said, _ASSIGNED)
    wanted["tag_ids"] = links.tagged(db, actor, said, "tag_ids")
    said.settle()
    made = contacts.create(db, actor, ContactDraft(**wanted, is_lead=True), now=request.now)
    return answers.done("Lead created successfully!", NewLead(made.number, _ct_number(made), made.name))


_ASKS = Asks(
    About(noun="Lead", kind=Kind.ITEM, answer=LeadRow, names=_NAMES),
    "/leads",
    Right.READ_CONTACTS,
    Right.WRITE_CONTACTS,
)


def operations() -> list[Operation]:
    """What can be asked of leads; `/v1/contacts` changes and deletes them."""
    return [_ASKS.list(_list, PARAMETERS), _ASKS.read(_read, LeadOut), _ASKS.create(_create, FIELDS, NewLead)]
