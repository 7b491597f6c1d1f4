"""What deals, and the notes and tasks about them, should be, and what each tongue should show of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Party:
    """Somebody to deal with."""

    id: str
    number: int
    is_company: bool


@dataclass(frozen=True)
class State:
    """A state of a pipeline, or stage as YSUITE calls it."""

    id: str
    number: int
    pipeline: int
    kind: str


@dataclass(frozen=True)
class User:
    """Somebody who works here."""

    id: str
    number: int
    name: str


@dataclass(frozen=True)
class Deal:
    """What a deal should be; links are ids."""

    id: str
    number: int
    title: str
    currency: str
    description: str | None = None
    source: str | None = None
    cents: int | None = None
    status: str = "open"
    probability: int | None = None
    closes_on: str | None = None
    contact: str | None = None
    company: str | None = None
    state: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()
    kept: dict[str, int | None] = field(default_factory=dict)
    """What YSUITE said, and nobody else knows."""

    @property
    def party(self) -> str | None:
        """Who it is with, as YSUITE sees it."""
        return self.company or self.contact

    def moved(self, state: State | None) -> Deal:
        """In another state, which decides how the deal stands; in none it stands as before."""
        if state is None or state.id == self.state:
            return replace(self, state=state.id if state is not None else None)
        return replace(self, state=state.id, status=state.kind)


@dataclass(frozen=True)
class About:
    """What a task or a note about deals, people and companies should be."""

    id: str
    number: int
    text: str
    contact: str | None = None
    company: str | None = None
    deal: str | None = None
    title: str | None = None
    """Of a note, which only `/api` shows."""
    is_favorite: bool = False
    """Of a note, which only Monica shows."""
    tags: tuple[str, ...] = ()
    """Of a task."""

    @property
    def hangs(self) -> bool:
        """Whether it is about anything."""
        return bool(self.contact or self.company or self.deal)


class Sales:
    """Everything that should be there, by its id."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.states: dict[str, State] = {}
        """In the order of their pipelines, and within one in their own."""
        self.users: dict[str, User] = {}
        self.tags: dict[str, int] = {}
        """Their numbers."""
        self.deals: dict[str, Deal] = {}
        self.notes: dict[str, About] = {}
        self.tasks: dict[str, About] = {}

    @property
    def people(self) -> dict[str, Party]:
        return {party.id: party for party in self.parties.values() if not party.is_company}

    @property
    def companies(self) -> dict[str, Party]:
        return {party.id: party for party in self.parties.values() if party.is_company}

    def number(self, party: str | None) -> int | None:
        """The number of a person or a company."""
        return self.parties[party].number if party is not None else None

    def pipeline(self, deal: Deal) -> int | None:
        """The number of the pipeline that a deal stands in."""
        return self.states[deal.state].pipeline if deal.state is not None else None

    def deal_in_hydra(self, deal: Deal) -> dict[str, Any]:
        """Without the moments."""
        links = (("contact", deal.contact, "contacts"), ("company", deal.company, "companies"))
        links += (("pipelineState", deal.state, "pipeline_states"), ("owner", deal.owner, "users"))
        told = {
            "@id": f"/api/deals/{deal.id}",
            "@type": "Deal",
            "id": deal.id,
            "title": deal.title,
            "amount": deal.cents / 100 if deal.cents is not None else None,
            "currency": deal.currency,
            "status": deal.status,
            "probability": deal.probability,
            "expectedCloseDate": deal.closes_on,
            "description": deal.description,
            "source": deal.source,
            "tags": [f"/api/tags/{tag}" for tag in deal.tags],
            **{name: f"/api/{noun}/{linked}" if linked is not None else None for name, linked, noun in links},
        }
        return {name: value for name, value in told.items() if value is not None}

    def row_in_ysuite(self, deal: Deal) -> dict[str, Any]:
        return {
            "deal_id": deal.number,
            "deal_name": deal.title,
            "deal_amount": deal.cents / 100 if deal.cents is not None else None,
            "deal_source": deal.source,
            "deal_expected_close_date": deal.closes_on,
            "pipeline_id": self.pipeline(deal),
            "cstid": self.number(deal.party),
            "owner": self.users[deal.owner].name if deal.owner is not None else None,
            "deal_current_stage": self.states[deal.state].number if deal.state is not None else None,
        }

    def deal_in_ysuite(self, deal: Deal) -> dict[str, Any]:
        return {
            **self.row_in_ysuite(deal),
            "deal_amount_currency": deal.kept.get("deal_amount_currency"),
            "deal_owner_id": self.users[deal.owner].number if deal.owner is not None else None,
            "deal_assignedto": deal.kept.get("deal_assignedto"),
            "deal_contact_id": self.number(deal.contact),
            "deal_description": deal.description,
            "tag_ids": [self.tags[tag] for tag in deal.tags],
        }

    def links_in_hydra(self, about: About) -> dict[str, str | None]:
        """What a task or a note is about, as IRIs."""
        nouns = {"contact": "contacts", "company": "companies", "deal": "deals"}
        linked = {name: getattr(about, name) for name in nouns}
        return {name: f"/api/{nouns[name]}/{found}" if found is not None else None for name, found in linked.items()}
