"""Deals: what may be sold, to whom, for how much, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import companies, contacts, pipelines, records, tags, users, workspaces
from carnet.core.errors import Fault, InvalidError, NoSuchReferenceError, NotFoundError, Violation
from carnet.core.filters import Condition, OneOf, OneOfLinks, Tagged, Text, Words, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import document, fold
from carnet.store import tables
from carnet.store.conditions import within, without_case
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select

    from carnet.store.database import Database

LARGEST_AMOUNT = 10**15
"""In hundredths: ten thousand milliards, which a program's floating point still says exactly."""


class Status(StrEnum):
    """How a deal stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Deal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A deal. `amount_cents` is in hundredths of `currency` (ISO 4217), whatever its smallest coin is."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    title: str
    description: str | None
    source: str | None
    amount_cents: int | None
    currency: str
    status: Status
    probability: int | None
    expected_close_on: date | None
    closed_at: datetime | None
    contact_id: str | None
    company_id: str | None
    state_id: str | None
    owner_id: str | None
    tag_ids: list[str] | None
    extras: dict[str, Any] | None
    pipeline_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.status is Status.OPEN


class DealDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a deal at its birth; without a currency it has the workspace's."""

    title: str
    description: str | None = None
    source: str | None = None
    amount_cents: int | None = None
    currency: str | None = None
    status: Status | None = None
    probability: int | None = None
    expected_close_on: date | None = None
    contact_id: str | None = None
    company_id: str | None = None
    state_id: str | None = None
    owner_id: str | None = None
    tag_ids: Sequence[str] | None = None
    extras: dict[str, Any] | None = None


class DealChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a deal that exists."""

    title: str | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    source: str | None | UnsetType = UNSET
    amount_cents: int | None | UnsetType = UNSET
    currency: str | None | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    probability: int | None | UnsetType = UNSET
    expected_close_on: date | None | UnsetType = UNSET
    contact_id: str | None | UnsetType = UNSET
    company_id: str | None | UnsetType = UNSET
    state_id: str | None | UnsetType = UNSET
    owner_id: str | None | UnsetType = UNSET
    tag_ids: Sequence[str] | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


_LONGEST_CURRENCY = 3
_SURE = 100


def _derived(deal: Deal) -> dict[str, Any]:
    return {
        "title_folded": fold(deal.title)[: companies.LONGEST_NAME],
        "folded": document(deal.title, deal.description),
    }


NOUN: Noun[Deal] = Noun(
    "deal",
    tables.deals,
    Deal,
    made="deals_made",
    kept="deals_kept",
    derived=_derived,
    is_searched=True,
    links={
        "contact_id": "contact",
        "company_id": "company",
        "state_id": "pipeline_state",
        "owner_id": "user",
    },
    lists={"tag_ids": records.TAGS},
    together=(frozenset({"status", "closed_at"}),),
)

_d = tables.deals.c
_s = tables.pipeline_states.c
_k = tables.contacts.c


def _of_state(column: Any) -> Any:  # noqa: ANN401
    found = select(column).where(_s.workspace_id == _d.workspace_id, _s.id == _d.state_id)
    return found.correlate(tables.deals).scalar_subquery()


def _of_contact(link: Any, column: Any) -> Any:  # noqa: ANN401
    found = select(column).where(_k.workspace_id == _d.workspace_id, _k.id == link)
    return found.correlate(tables.deals).scalar_subquery()


def _of_owner(column: Any) -> Any:  # noqa: ANN401
    found = select(column).where(tables.users.c.id == _d.owner_id)
    return found.correlate(tables.deals).scalar_subquery()


_p = tables.pipelines.c
_number_of_pipeline = (
    select(_p.number)
    .join(tables.pipeline_states, (_s.workspace_id == _p.workspace_id) & (_s.pipeline_id == _p.id))
    .where(_s.workspace_id == _d.workspace_id, _s.id == _d.state_id)
    .correlate(tables.deals)
    .scalar_subquery()
)


def deals_of() -> Select[Any]:
    """The deals of a workspace."""
    return select(*columns(tables.deals, Deal, pipeline_id=_of_state(_s.pipeline_id))).where(within(tables.deals))


LISTING: Listing[Deal] = Listing(
    tables.deals,
    Deal,
    deals_of,
    filters={
        "title": Text(tables.deals, _d.title_folded),
        "text": Text(tables.deals, _d.folded),
        "q": Words(Text(tables.deals, _d.folded)),
        "id": OneOf(_d.id),
        "number": OneOf(_d.number),
        "status": OneOf(_d.status),
        "contact_id": OneOf(_d.contact_id),
        "company_id": OneOf(_d.company_id),
        "state_id": OneOf(_d.state_id),
        "pipeline_id": OneOfLinks(_d.state_id, tables.pipeline_states, _s.pipeline_id),
        "owner_id": OneOf(_d.owner_id),
        "tag_ids": Tagged(_d.id),
        "has_contact": Condition(_d.contact_id.is_not(None)),
        "has_company": Condition(_d.company_id.is_not(None)),
        **compared("amount_cents", _d.amount_cents),
        **compared("expected_close_on", _d.expected_close_on),
        **compared("created_at", _d.created_at),
    },
    orders={
        "title": _d.title_folded,
        "amount": _d.amount_cents,
        "source": without_case(_d.source),
        "expected_close_on": _d.expected_close_on,
        "state": _of_state(_s.number),
        "pipeline": _number_of_pipeline,
        "party": func.coalesce(_of_contact(_d.company_id, _k.number), _of_contact(_d.contact_id, _k.number)),
        "owner": without_case(_of_owner(tables.users.c.name)),
        "created_at": _d.created_at,
        "updated_at": _d.updated_at,
    },
    natural=(("number", True),),
    kept="deals_kept",
)


@statement(Deal)
def _deal() -> Select[Any]:
    return deals_of().where(_d.id == bindparam("id"))


@statement(Deal)
def _linked(column: str) -> Select[Any]:
    return deals_of().where(_d[column] == bindparam("link")).order_by(_d.number)


def get(db: Database, actor: Actor, deal_id: str) -> Deal:
    """A deal; NotFoundError where there is none."""
    require(actor, Right.READ_DEALS)
    deal = db.find(_deal(), workspace_id=actor.workspace_id, id=deal_id)
    if deal is None:
        raise NotFoundError("deal", deal_id)
    return deal


def page(db: Database, actor: Actor, asked: Asked) -> Page[Deal]:
    """A page of deals, newest first."""
    require(actor, Right.READ_DEALS)
    return LISTING.page(db, actor, asked)


def linked_to(db: Database, actor: Actor, link: str, record_id: str) -> list[Deal]:
    """The deals whose `link` (`contact_id`, `company_id` or `state_id`) leads to a record."""
    return db.all(_linked(link), workspace_id=actor.workspace_id, link=record_id)


def create(db: Database, actor: Actor, draft: DealDraft, *, now: datetime) -> Deal:
    """Make a deal; one in a won or lost state is won or lost, unless its status is said.

    Raises InvalidError for a blank title, an amount below nothing or beyond LARGEST_AMOUNT, a probability that isn't
    0 to 100 or a currency that isn't three letters, and NoSuchReferenceError for a link that leads nowhere.
    """
    require(actor, Right.WRITE_DEALS)
    said = _settled(db, actor, records.said(draft), None, now)
    _check(db, actor, said)
    number = records.next_number(db, actor, NOUN)
    deal = Deal(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, deal, now=now)
    return _seen(db, actor, deal)


def change(db: Database, actor: Actor, deal_id: str, changes: DealChanges, *, now: datetime) -> Deal:
    """Change what is named of a deal. Raises as `create` does.

    Moving it into a won or lost state sets its status, and back into an open one reopens it; writing the status
    moves it nowhere.
    """
    require(actor, Right.WRITE_DEALS)
    deal = get(db, actor, deal_id)
    said = _settled(db, actor, records.said(changes), deal, now)
    _check(db, actor, said)
    status = said.get("status", deal.status)
    happened = "updated" if status == deal.status else "reopened" if status == Status.OPEN else str(status)
    if happened == "updated" and said.get("state_id", deal.state_id) != deal.state_id:
        happened = "moved"
    after = records.change(db, actor, NOUN, deal, said, happened=happened, now=now)
    return after if after is deal else _seen(db, actor, after)


def _settled(db: Database, actor: Actor, said: dict[str, Any], deal: Deal | None, now: datetime) -> dict[str, Any]:
    """What was said, with what follows from it: the status of a state, the moment of closing, the currency."""
    tags.settle(db, actor, said)
    was = deal.status if deal is not None else None
    state_id = said.get("state_id")
    if state_id is not None:
        state = pipelines.find_state(db, actor, state_id)
        if state is None:
            raise NoSuchReferenceError("state_id", "pipeline_state", state_id)
        if said.get("status") is None and (deal is None or state_id != deal.state_id):
            said["status"] = Status(state.kind.value)
    if said.get("status") is None:
        said["status"] = was or Status.OPEN
    if said["status"] == Status.OPEN:
        said["closed_at"] = None
    elif was in {None, Status.OPEN}:
        said["closed_at"] = now
    if "currency" in said:
        currency = said["currency"] or workspaces.get(db, actor).currency
        said["currency"] = currency.upper() if currency.isascii() else currency  # or "aß" would become one
    return said


def _check(db: Database, actor: Actor, said: dict[str, Any]) -> None:
    faults = []
    if not said.get("title", "-").strip():
        faults.append(Violation("title", Fault.BLANK))
    amount, probability, currency = (said.get(name) for name in ("amount_cents", "probability", "currency"))
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
        faults.append(Violation("amount_cents", Fault.OUT_OF_RANGE, (0, LARGEST_AMOUNT // 100)))
    if probability is not None and not 0 <= probability <= _SURE:
        faults.append(Violation("probability", Fault.OUT_OF_RANGE, (0, _SURE)))
    if currency is not None and not (len(currency) == _LONGEST_CURRENCY and currency.isascii() and currency.isalpha()):
        faults.append(Violation("currency", Fault.NOT_VALID))
    if faults:
        raise InvalidError(faults)
    for link, noun in (("contact_id", contacts.NOUN), ("company_id", companies.NOUN)):
        if said.get(link) is not None and not records.exists(db, actor, noun, said[link]):
            raise NoSuchReferenceError(link, noun.name, said[link])
    owner_id = said.get("owner_id")
    if owner_id is not None and not users.is_member(db, actor, owner_id):
        raise NoSuchReferenceError("owner_id", "user", owner_id)


def _seen(db: Database, actor: Actor, deal: Deal) -> Deal:
    """The deal as it reads, with the pipeline of its state."""
    if deal.state_id is None:
        return msgspec.structs.replace(deal, pipeline_id=None)
    return db.one(_deal(), workspace_id=actor.workspace_id, id=deal.id)
