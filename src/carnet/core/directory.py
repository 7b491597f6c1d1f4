"""The directory: people and companies together, as they share their numbers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, case, select

from carnet.core.errors import NotFoundError
from carnet.core.filters import OneOf, TextIn
from carnet.core.identity import LARGEST_NUMBER
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.store import tables
from carnet.store.conditions import first_line, is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from carnet.store.database import Database


class PartyKind(StrEnum):
    """What somebody in the directory is."""

    PERSON = "person"
    COMPANY = "company"


class Party(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A person or a company, by what both have."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    kind: PartyKind
    name: str
    emails: list[str]
    phones: list[str]
    extras: dict[str, Any] | None

    @property
    def is_company(self) -> bool:
        """Whether it is a company."""
        return self.kind is PartyKind.COMPANY


_c = tables.contacts.c


def parties_of() -> Select[Any]:
    """The people and companies of a workspace."""
    return select(*columns(tables.contacts, Party)).where(within(tables.contacts))


LISTING: Listing[Party] = Listing(
    tables.contacts,
    Party,
    parties_of,
    filters={"kind": OneOf(_c.kind), "search": TextIn(tables.contacts, _c.name_folded, _c.emails_folded)},
    orders={
        "name": _c.name_folded,
        "email": first_line(_c.emails_folded),
        "phone": first_line(_c.phones_folded),
        "kind": case({"person": 1, "company": 2}, value=_c.kind),
        "created_at": _c.created_at,
    },
    natural=(("number", True),),
    kept=("people_kept", "companies_kept"),
)


@statement(Party)
def _by_numbers() -> Select[Any]:
    return parties_of().where(is_one_of(_c.number, "numbers"))


@statement(tuple)
def _numbers() -> Select[Any]:
    return select(_c.id, _c.number).where(within(tables.contacts), is_one_of(_c.id, "ids"))


@statement(Party)
def _by_number() -> Select[Any]:
    return parties_of().where(_c.number == bindparam("number"))


def page(db: Database, actor: Actor, asked: Asked) -> Page[Party]:
    """A page of people and companies, newest first."""
    _require(actor)
    return LISTING.page(db, actor, asked)


def find(db: Database, actor: Actor, number: int) -> Party:
    """Who has a number; NotFoundError where nobody has."""
    _require(actor)
    found = None
    if 0 < number <= LARGEST_NUMBER:
        found = db.find(_by_number(), workspace_id=actor.workspace_id, number=number)
    if found is None:
        raise NotFoundError("contact", str(number))
    return found


def by_numbers(db: Database, actor: Actor, numbers: Iterable[int]) -> dict[int, Party]:
    """Who has these numbers, for those who may link to them; numbers that nobody has are left out."""
    sought = sorted({number for number in numbers if 0 < number <= LARGEST_NUMBER})
    found = db.all(_by_numbers(), workspace_id=actor.workspace_id, numbers=sought) if sought else []
    return {party.number: party for party in found}


def numbers_of(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, int]:
    """The numbers of people and companies, for those who may read what links to them; None is passed over."""
    sought = sorted({party_id for party_id in ids if party_id is not None})
    return dict(db.all(_numbers(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def _require(actor: Actor) -> None:
    require(actor, Right.READ_CONTACTS)
    require(actor, Right.READ_COMPANIES)
