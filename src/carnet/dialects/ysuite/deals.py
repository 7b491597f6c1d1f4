"""Deals at `/v1/deals` (specification, section 8.1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import deals, directory, pipelines, records, removal, tags, users
from carnet.core.deals import LARGEST_AMOUNT, Deal, DealChanges, DealDraft
from carnet.core.permissions import Right
from carnet.dialects.ysuite import answers, kept, links
from carnet.dialects.ysuite.about import About, Asks, Kind, number_of
from carnet.dialects.ysuite.bodies import Said, body_of
from carnet.dialects.ysuite.lists import NEWEST_FIRST, PAGING, Filters, Parameter, Query, listed
from carnet.dialects.ysuite.values import Amount, Day, Integer, Integers, Kept, String

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.directory import Party
    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_STAGE, _PIPELINE = "deal_current_stage", "pipeline_id"
_PARTY, _CONTACT = "cstid", "deal_contact_id"
_OWNER, _ASSIGNED = "deal_owner_id", "deal_assignedto"

FIELDS = (
    String("deal_name", limit=255, required=True),
    Integer(_PIPELINE, required=True, about="The deal begins in its first stage."),
    Integer(_PARTY, required=True, about="A company, or a person."),
    Amount("deal_amount", largest=LARGEST_AMOUNT),
    Kept("deal_amount_currency"),
    Integer(_OWNER),
    Integer(_ASSIGNED, about="Also the owner, where deal_owner_id names none."),
    Integer(_CONTACT, about="A person."),
    Day("deal_expected_close_date"),
    String("deal_source"),
    String("deal_description"),
    Integers("tag_ids"),
)
CHANGED_FIELDS = (*FIELDS, Integer(_STAGE, about="A stage of the deal's pipeline."))
_PLAIN = {
    "deal_name": "title",
    "deal_description": "description",
    "deal_source": "source",
    "deal_amount": "amount_cents",
    "deal_expected_close_date": "expected_close_on",
}
_KEPT = ("deal_amount_currency", _ASSIGNED)
SORTS = {
    "deal_id": "number",
    "deal_name": "title",
    "deal_amount": "amount",
    "deal_source": "source",
    "deal_expected_close_date": "expected_close_on",
    _PIPELINE: "pipeline",
    _STAGE: "state",
    _PARTY: "party",
    "owner": "owner",
}
PARAMETERS = (
    *PAGING,
    Parameter(_PIPELINE, "integer"),
    Parameter(_STAGE, "integer"),
    Parameter(_PARTY, "integer"),
    Parameter(_OWNER, "integer"),
)
_NAMES = {
    **{name: wire for wire, name in _PLAIN.items()},
    "company_id": _PARTY,
    "contact_id": _CONTACT,
    "owner_id": _OWNER,
    "state_id": _STAGE,
}


class DealRow(msgspec.Struct, gc=False):
    """A deal in a list."""

    deal_id: int
    deal_name: str
    deal_amount: float | None
    deal_source: str | None
    deal_expected_close_date: date | None
    pipeline_id: int | None
    cstid: int | None
    owner: str | None
    deal_current_stage: int | None


class DealOut(DealRow, gc=False):
    """A deal that stands alone."""

    deal_amount_currency: int | None
    deal_owner_id: int | None
    deal_assignedto: int | None
    deal_contact_id: int | None
    deal_description: str | None
    tag_ids: list[int]


class NewDeal(msgspec.Struct):
    """What is answered to a deal's making."""

    deal_id: int
    deal_name: str


def _rows(db: Database, actor: Actor, found: Sequence[Deal]) -> list[DealRow]:
    """Deals as rows, with a statement for each kind of record that they link to, however many they are."""
    pipeline_of = records.numbers_of(db, actor, pipelines.PIPELINE, [deal.pipeline_id for deal in found])
    state_of = records.numbers_of(db, actor, pipelines.STATE, [deal.state_id for deal in found])
    party_of = directory.numbers_of(db, actor, [deal.company_id or deal.contact_id for deal in found])
    member_of = users.members_by_ids(db, actor, [deal.owner_id for deal in found])
    return [
        DealRow(
            deal.number,
            deal.title,
            deal.amount_cents / 100 if deal.amount_cents is not None else None,
            deal.source,
            deal.expected_close_on,
            pipeline_of.get(deal.pipeline_id or ""),
            party_of.get(deal.company_id or deal.contact_id or ""),
            member_of[deal.owner_id].name if deal.owner_id is not None else None,
            state_of.get(deal.state_id or ""),
        )
        for deal in found
    ]


def _out(db: Database, actor: Actor, deal: Deal) -> DealOut:
    """A deal as an item."""
    row = _rows(db, actor, [deal])[0]
    own = kept.of(deal.extras)
    member_of = users.members_by_ids(db, actor, [deal.owner_id])
    tag_of = records.numbers_of(db, actor, tags.NOUN, deal.tag_ids or ())
    return DealOut(
        **msgspec.structs.asdict(row),
        deal_amount_currency=own.get("deal_amount_currency"),
        deal_owner_id=member_of[deal.owner_id].number if deal.owner_id is not None else None,
        deal_assignedto=own.get(_ASSIGNED),
        deal_contact_id=directory.numbers_of(db, actor, [deal.contact_id]).get(deal.contact_id or ""),
        deal_description=deal.description,
        tag_ids=[tag_of[tag_id] for tag_id in deal.tag_ids or () if tag_id in tag_of],
    )


def _list(db: Database, actor: Actor, request: Request) -> Answer:
    query, filters = Query(request), Filters()
    pipeline, stage, party, owner = (query.integer(name) for name in (_PIPELINE, _STAGE, _PARTY, _OWNER))
    query.settle()
    filters.search("text", query.text("search"))
    for name, number, noun in (("pipeline_id", pipeline, pipelines.PIPELINE), ("state_id", stage, pipelines.STATE)):
        if number is not None:
            filters.one_of(name, number, list(records.ids_of(db, actor, noun, [number]).values()))
    if party is not None:
        linked = directory.by_numbers(db, actor, [party]).get(party)
        if linked is not None and linked.is_company:
            filters.one_of("company_id", party, [linked.id])
        else:  # a person is shown where there is no company
            filters.one_of("contact_id", party, [linked.id] if linked is not None else None)
            filters.add("has_company", False)  # noqa: FBT003 - the filter's value
    if owner is not None:
        member = users.member_by_number(db, actor, owner)
        filters.one_of("owner_id", owner, [member.id] if member is not None else None)
    return listed(db, actor, query, filters, query.order(SORTS, NEWEST_FIRST), deals.page, _rows)


def _found(db: Database, actor: Actor, request: Request) -> Deal:
    return deals.get(db, actor, records.id_of(db, actor, deals.NOUN, number_of(request)))


def _read(db: Database, actor: Actor, request: Request) -> Answer:
    return answers.one(_out(db, actor, _found(db, actor, request)))


def _create(db: Database, actor: Actor, request: Request) -> Answer:
    said = Said(FIELDS, body_of(request))
    wanted = _wanted(db, actor, said, None)
    said.settle()
    made = deals.create(db, actor, DealDraft(**wanted), now=request.now)
    return answers.done("Deal created successfully!", NewDeal(made.number, made.title))


def _change(db: Database, actor: Actor, request: Request) -> Answer:
    deal = _found(db, actor, request)
    said = Said(CHANGED_FIELDS, body_of(request), answers.as_shown(_out(db, actor, deal)))
    wanted = _wanted(db, actor, said, deal)
    said.settle()
    after = deals.change(db, actor, deal.id, DealChanges(**wanted), now=request.now)
    return answers.done("Deal updated successfully!", _out(db, actor, after))


def _delete(db: Database, actor: Actor, request: Request) -> Answer:
    deal_id = records.id_of(db, actor, deals.NOUN, number_of(request))
    removal.remove_deal(db, actor, deal_id, now=request.now)
    return answers.deleted("Deal deleted successfully!")


def _wanted(db: Database, actor: Actor, said: Said, deal: Deal | None) -> dict[str, Any]:
    """What a body wants of a deal, in the core's words."""
    wanted = {name: said[wire] for wire, name in _PLAIN.items() if wire in said}
    wanted |= _stage_wanted(db, actor, said, deal)
    wanted |= _parties_wanted(links.parties(db, actor, said, _PARTY, _CONTACT), said, deal)
    owner_id, assigned_id = links.user(db, actor, said, _OWNER), links.user(db, actor, said, _ASSIGNED)
    if _OWNER in said:
        wanted["owner_id"] = owner_id
    elif assigned_id is not None and (deal is None or deal.owner_id is None):
        wanted["owner_id"] = assigned_id
    tag_ids = links.tagged(db, actor, said, "tag_ids")
    if "tag_ids" in said:
        wanted["tag_ids"] = tag_ids
    return wanted | kept.wanted(said, _KEPT, deal.extras if deal is not None else None)


def _stage_wanted(db: Database, actor: Actor, said: Said, deal: Deal | None) -> dict[str, Any]:
    """Where a deal shall stand: in the stage named, else in the first one of the pipeline named."""
    pipeline_id = links.record(db, actor, said, _PIPELINE, pipelines.PIPELINE)
    stage_id = links.record(db, actor, said, _STAGE, pipelines.STATE)
    if said.complains_of(_PIPELINE, _STAGE) or (_PIPELINE not in said and _STAGE not in said):
        return {}
    if pipeline_id is None and deal is not None:
        pipeline_id = deal.pipeline_id
    if stage_id is None and deal is not None and said.repeats(_STAGE):
        stage_id = deal.state_id
    if stage_id is not None:
        stage = pipelines.find_state(db, actor, stage_id)
    else:
        stage = pipelines.first_state(db, actor, pipeline_id) if pipeline_id is not None else None
    if stage is None:
        said.complain(_PIPELINE, "The selected {field} has no stages.")
        return {}
    if stage.pipeline_id != pipeline_id:
        said.complain(_STAGE, "The selected {field} is not a stage of the deal's pipeline.")
    return {"state_id": stage.id}


def _parties_wanted(named: dict[str, Party], said: Said, deal: Deal | None) -> dict[str, Any]:
    """Whom a deal shall be with: a company and a person within it, or a person alone, who is its contact."""
    party, contact = named.get(_PARTY), named.get(_CONTACT)
    if contact is not None and contact.is_company:
        said.complain(_CONTACT, "The {field} field must be a contact of contact_type 1.")
        return {}
    wanted: dict[str, Any] = {}
    if _CONTACT in said:
        wanted["contact_id"] = contact.id if contact is not None else None
    if party is not None and party.is_company:
        return wanted | {"company_id": party.id}
    alone = party.id if party is not None else None
    if deal is not None and deal.company_id is None and _PARTY not in said and not said.complains_of(_PARTY):
        alone = deal.contact_id
    if alone is None:
        return wanted
    named_id = contact.id if contact is not None else deal.contact_id if deal and said.repeats(_CONTACT) else None
    is_cleared = _CONTACT in said and contact is None and party is None
    if is_cleared or named_id not in {None, alone}:
        said.complain(_CONTACT, "The {field} field must be the same as cstid, which is a person.")
    return {"contact_id": alone, "company_id": None}


_ASKS = Asks(
    About(noun="Deal", kind=Kind.ITEM, answer=DealRow, names=_NAMES), "/deals", Right.READ_DEALS, Right.WRITE_DEALS
)


def operations() -> list[Operation]:
    """What can be asked of deals."""
    return [
        _ASKS.list(_list, PARAMETERS),
        _ASKS.read(_read, DealOut),
        _ASKS.create(_create, FIELDS, NewDeal),
        _ASKS.change(_change, CHANGED_FIELDS, DealOut),
        _ASKS.delete(_delete),
    ]
