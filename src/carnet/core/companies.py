"""Companies: where people work. They share a table and one number sequence with people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, select

from carnet.core import counters, records, tags
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.filters import Condition, OneOf, Tagged, Text, Words, compared
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page, Run
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.core.search import document, fold
from carnet.core.users import is_email
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Select

    from carnet.store.database import Database

BUCKET_BITS = 12
LONGEST_NAME = 255
"""How much of a name is sorted and looked up by: PostgreSQL's index takes no row of over 2,704 bytes."""


class Company(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A company."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    emails: list[str]
    phones: list[str]
    website: str | None
    linkedin_url: str | None
    industry: str | None
    size: str | None
    address: str | None
    description: str | None
    tag_ids: list[str] | None
    extras: dict[str, Any] | None
    contacts_count: int = 0


class CompanyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a company at its birth."""

    name: str
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    website: str | None = None
    linkedin_url: str | None = None
    industry: str | None = None
    size: str | None = None
    address: str | None = None
    description: str | None = None
    tag_ids: Sequence[str] | None = None
    extras: dict[str, Any] | None = None


class CompanyChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a company that exists."""

    name: str | UnsetType = UNSET
    emails: Sequence[str] | UnsetType = UNSET
    phones: Sequence[str] | UnsetType = UNSET
    website: str | None | UnsetType = UNSET
    linkedin_url: str | None | UnsetType = UNSET
    industry: str | None | UnsetType = UNSET
    size: str | None | UnsetType = UNSET
    address: str | None | UnsetType = UNSET
    description: str | None | UnsetType = UNSET
    tag_ids: Sequence[str] | None | UnsetType = UNSET
    extras: dict[str, Any] | None | UnsetType = UNSET


def addresses_folded(emails: Sequence[str], phones: Sequence[str]) -> dict[str, str]:
    """What e-mails and phones are found by: as written, and phones by their digits alone too."""
    digits = ("".join(filter(str.isdigit, phone)) for phone in phones)
    return {"emails_folded": document(*emails), "phones_folded": document(*phones, *digits)}


def is_kind(kind: str) -> ColumnElement[bool]:
    """The condition that tells people from companies where a row is found by its id or number.

    It hides the column from the index of kinds, by which SQLite would walk through the whole workspace.
    """
    return tables.contacts.c.kind.concat("") == kind


def _derived(company: Company) -> dict[str, Any]:
    found_by = addresses_folded(company.emails, company.phones)
    return {
        **found_by,
        "kind": "company",
        "status": "pending",
        "name_folded": fold(company.name)[:LONGEST_NAME],
        "position_folded": "",
        "folded": document(company.name, company.website, *found_by.values()),
    }


NOUN: Noun[Company] = Noun(
    "company",
    tables.contacts,
    Company,
    made="contacts_made",
    kept="companies_kept",
    derived=_derived,
    place=lambda company: ("companies", company.number >> BUCKET_BITS),
    is_searched=True,
    only=is_kind("company"),
    lists={"tag_ids": records.TAGS},
)

_c = tables.contacts.c
_people = tables.contacts.alias("people")
_contacts_count = (
    select(func.count())
    .where(_people.c.workspace_id == _c.workspace_id, _people.c.company_id == _c.id)
    .correlate(tables.contacts)
    .scalar_subquery()
)


def companies_of() -> Select[Any]:
    """The companies of a workspace."""
    chosen = columns(tables.contacts, Company, contacts_count=_contacts_count)
    return select(*chosen).where(within(tables.contacts), _c.kind == "company")


def newest_first(listed: str) -> Callable[[Database, Actor, int], list[Run]]:
    """Where a list that shows the highest numbers first begins at an offset."""

    def runs(db: Database, actor: Actor, offset: int) -> list[Run]:
        if offset < 1 << BUCKET_BITS:
            return [Run("", {}, offset)]
        place = counters.locate(db, actor.workspace_id, listed, offset, descending=True)
        if place is None:
            return []
        bucket, skip = place
        return [Run("below", {"below": (bucket + 1) << BUCKET_BITS}, skip)]

    return runs


LISTING: Listing[Company] = Listing(
    tables.contacts,
    Company,
    companies_of,
    base=(_c.kind == "company",),
    filters={
        "name": Text(tables.contacts, _c.name_folded),
        "q": Words(Text(tables.contacts, _c.folded)),
        "id": OneOf(_c.id),
        "tag_ids": Tagged(_c.id),
        "has_website": Condition(_c.website.is_not(None)),
        **compared("created_at", _c.created_at),
    },
    orders={"name": _c.name_folded, "created_at": _c.created_at, "updated_at": _c.updated_at},
    natural=(("number", True),),
    kept="companies_kept",
    runs=newest_first("companies"),
    starts={"below": _c.number < bindparam("below")},
)


@statement(Company)
def _company() -> Select[Any]:
    return companies_of().where(_c.id == bindparam("id"))


@statement(Company)
def _by_name() -> Select[Any]:
    return companies_of().where(_c.name_folded == bindparam("name_folded")).order_by(_c.number)


def get(db: Database, actor: Actor, company_id: str) -> Company:
    """A company; NotFoundError where there is none."""
    require(actor, Right.READ_COMPANIES)
    company = db.find(_company(), workspace_id=actor.workspace_id, id=company_id)
    if company is None:
        raise NotFoundError("company", company_id)
    return company


def page(db: Database, actor: Actor, asked: Asked) -> Page[Company]:
    """A page of companies, newest first."""
    require(actor, Right.READ_COMPANIES)
    return LISTING.page(db, actor, asked)


def create(db: Database, actor: Actor, draft: CompanyDraft, *, now: datetime) -> Company:
    """Make a company. Raises InvalidError for a blank name or an e-mail address that isn't one."""
    require(actor, Right.WRITE_COMPANIES)
    check(draft)
    return _create(db, actor, draft, now=now)


def _create(db: Database, actor: Actor, draft: CompanyDraft, *, now: datetime) -> Company:
    number = records.next_number(db, actor, NOUN)
    said = records.said(draft) | {"emails": list(draft.emails), "phones": list(draft.phones)}
    tags.settle(db, actor, said)
    company = Company(
        workspace_id=actor.workspace_id, id=new_id(), number=number, version=1, created_at=now, updated_at=now, **said
    )
    records.add(db, actor, NOUN, company, now=now)
    return company


def change(db: Database, actor: Actor, company_id: str, changes: CompanyChanges, *, now: datetime) -> Company:
    """Change what is named of a company. Raises InvalidError as `create` does."""
    require(actor, Right.WRITE_COMPANIES)
    company = get(db, actor, company_id)
    check(changes, before=company)
    said = records.said(changes)
    tags.settle(db, actor, said)
    return records.change(db, actor, NOUN, company, said, now=now)


def find_or_create(db: Database, actor: Actor, name: str, *, now: datetime) -> str:
    """The id of the oldest company of a name (in any case), or of a new one.

    Naming a contact's company is part of writing the contact, so it needs no right of its own.
    """
    for company in db.all(_by_name(), workspace_id=actor.workspace_id, name_folded=fold(name)[:LONGEST_NAME]):
        if company.name.casefold() == name.casefold():
            return company.id
    return _create(db, actor, CompanyDraft(name=name), now=now).id


def check(said: msgspec.Struct, before: Any = None) -> None:  # noqa: ANN401 - a person or a company
    """Raise InvalidError for a blank name (or company's name), or a new e-mail address that isn't one."""
    values = records.said(said)
    faults = [
        Violation(field, Fault.BLANK)
        for field in ("name", "company")
        if isinstance(values.get(field), str) and not values[field].strip()
    ]
    known = before.emails if before is not None else ()
    faults += [
        Violation(f"emails[{at}]", Fault.NOT_AN_EMAIL)
        for at, email in enumerate(values.get("emails", ()))
        if email not in known and not is_email(email)
    ]
    if faults:
        raise InvalidError(faults)
