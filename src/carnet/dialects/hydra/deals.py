"""Deals at `/api/deals`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import deals, removal
from carnet.core.deals import Deal, DealChanges, DealDraft, Status
from carnet.core.permissions import Right
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, read
from carnet.dialects.hydra.fields import CURRENCY, LONG, Choice, Formed, Text
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.links import Relation, Tags, tag_iris
from carnet.dialects.hydra.quantities import Amount, Day, Instant, Whole, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_COLLECTION = "/api/deals"
_SURE = 100

CLASS = Class(
    name="Deal",
    collection=_COLLECTION,
    about="what may be sold, newest first",
    fields=(
        Text("title", required=True),
        Amount("amount", "amount_cents", about="Two decimals at most."),
        Formed("currency", form=CURRENCY, about="ISO 4217; where none is given, the workspace's."),
        Choice("status", "status", Status, Status.OPEN),
        Whole("probability", most=_SURE),
        Relation("contact", "contact_id", "/api/contacts", "Contact"),
        Relation("company", "company_id", "/api/companies", "Company"),
        Relation("pipelineState", "state_id", "/api/pipeline_states", "PipelineState"),
        Relation("owner", "owner_id", "/api/users", "User"),
        Day("expectedCloseDate", "expected_close_on"),
        Instant("closedAt", "closed_at", writable=False),
        Text("description", limit=LONG),
        Text("source"),
        Tags(),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("title"),
        filters.Query("q", field="title"),
        filters.Link("id", "id", _COLLECTION),
        filters.Exact("status", "status", Status),
        filters.Link("contact", "contact_id", "/api/contacts"),
        filters.Link("company", "company_id", "/api/companies"),
        filters.Link("pipelineState", "state_id", "/api/pipeline_states"),
        filters.Amount("amount", "amount_cents"),
        filters.Day("expectedCloseDate", "expected_close_on"),
        filters.Date("createdAt", "created_at"),
        filters.Exists({"contact": "has_contact", "company": "has_company"}),
        filters.Order(
            {
                "title": "title",
                "amount": "amount",
                "expectedCloseDate": "expected_close_on",
                "createdAt": "created_at",
            }
        ),
    ),
)


class DealOut(msgspec.Struct, rename="camel", gc=False):
    """A deal on the wire. What is UNSET is left out."""

    context: str | UnsetType = msgspec.field(name="@context")
    iri: str = msgspec.field(name="@id")
    at_type: str = msgspec.field(name="@type")
    id: str
    title: str
    amount: int | float | UnsetType
    currency: str
    status: Status
    probability: int | UnsetType
    contact: str | UnsetType
    company: str | UnsetType
    pipeline_state: str | UnsetType
    owner: str | UnsetType
    expected_close_date: str | UnsetType
    closed_at: str | UnsetType
    description: str | UnsetType
    source: str | UnsetType
    tags: list[str]
    created_at: str
    updated_at: str


def deal_out(deal: Deal) -> DealOut:
    """A deal as an item, its fields in order (see `task_out`)."""
    return DealOut(
        UNSET,
        f"{_COLLECTION}/{deal.id}",
        "Deal",
        deal.id,
        deal.title,
        shown(deal.amount_cents) if deal.amount_cents is not None else UNSET,
        deal.currency,
        deal.status,
        deal.probability if deal.probability is not None else UNSET,
        f"/api/contacts/{deal.contact_id}" if deal.contact_id is not None else UNSET,
        f"/api/companies/{deal.company_id}" if deal.company_id is not None else UNSET,
        f"/api/pipeline_states/{deal.state_id}" if deal.state_id is not None else UNSET,
        f"/api/users/{deal.owner_id}" if deal.owner_id is not None else UNSET,
        deal.expected_close_on.isoformat() if deal.expected_close_on is not None else UNSET,
        moment(deal.closed_at) if deal.closed_at is not None else UNSET,
        deal.description if deal.description is not None else UNSET,
        deal.source if deal.source is not None else UNSET,
        tag_iris(deal.tag_ids),
        moment(deal.created_at),
        moment(deal.updated_at),
    )


def _show(_db: Database, _actor: Actor, found: Sequence[Deal]) -> list[DealOut]:
    return [deal_out(deal) for deal in found]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Deal:
    return deals.create(db, actor, DealDraft(**read(CLASS, body, creating=True)), now=request.now)


def _change(db: Database, actor: Actor, deal: Deal, body: dict[str, Any], request: Request) -> Deal:
    said = read(CLASS, body, before=deal)
    if said.get("status") == deal.status:
        # A form sends the whole record back; the status in it shall not keep a new state from setting another.
        del said["status"]
    return deals.change(db, actor, deal.id, DealChanges(**said), now=request.now)


FACE = Face(
    described=CLASS,
    reads=Right.READ_DEALS,
    writes=Right.WRITE_DEALS,
    show=_show,
    page=deals.page,
    get=deals.get,
    create=_create,
    change=_change,
    remove=removal.remove_deal,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of deals."""
    return Item(FACE, prefix=prefix).operations()
