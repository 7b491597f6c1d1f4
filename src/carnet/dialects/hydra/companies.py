"""Companies at `/api/companies`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import companies, removal
from carnet.core.companies import Company, CompanyChanges, CompanyDraft
from carnet.core.permissions import Right
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, read
from carnet.dialects.hydra.fields import LINK, LONG, Emails, Text, Texts
from carnet.dialects.hydra.items import Face, Item, moment
from carnet.dialects.hydra.quantities import Instant, Whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

_COLLECTION = "/api/companies"

CLASS = Class(
    name="Company",
    collection=_COLLECTION,
    about="the companies that the workspace knows, newest first",
    fields=(
        Text("name", required=True),
        Text("website", limit=LINK),
        Text("linkedinUrl", "linkedin_url", limit=LINK),
        Text("industry"),
        Text("size"),
        Text("address", limit=LINK),
        Text("description", limit=LONG),
        Emails("emails"),
        Texts("phones"),
        Whole("contactsCount", "contacts_count", writable=False),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("name"),
        filters.Query("q", field="name"),
        filters.Link("id", "id", _COLLECTION),
        filters.Date("createdAt", "created_at"),
        filters.Exists({"website": "has_website"}),
        filters.Order({"name": "name", "createdAt": "created_at"}),
    ),
)


class CompanyOut(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """A company on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str
    website: str | None = None
    linkedin_url: str | None = None
    industry: str | None = None
    size: str | None = None
    address: str | None = None
    description: str | None = None
    emails: list[str]
    phones: list[str]
    contacts_count: int
    created_at: str
    updated_at: str


def company_out(company: Company) -> CompanyOut:
    """A company as an item."""
    return CompanyOut(
        iri=f"{_COLLECTION}/{company.id}",
        kind="Company",
        id=company.id,
        name=company.name,
        website=company.website,
        linkedin_url=company.linkedin_url,
        industry=company.industry,
        size=company.size,
        address=company.address,
        description=company.description,
        emails=company.emails,
        phones=company.phones,
        contacts_count=company.contacts_count,
        created_at=moment(company.created_at),
        updated_at=moment(company.updated_at),
    )


def _show(_db: Database, _actor: Actor, found: Sequence[Company]) -> list[CompanyOut]:
    return [company_out(company) for company in found]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Company:
    return companies.create(db, actor, CompanyDraft(**read(CLASS, body, creating=True)), now=request.now)


def _change(db: Database, actor: Actor, company: Company, body: dict[str, Any], request: Request) -> Company:
    changes = CompanyChanges(**read(CLASS, body, before=company))
    return companies.change(db, actor, company.id, changes, now=request.now)


FACE = Face(
    described=CLASS,
    reads=Right.READ_COMPANIES,
    writes=Right.WRITE_COMPANIES,
    show=_show,
    page=companies.page,
    get=companies.get,
    create=_create,
    change=_change,
    remove=removal.remove_company,
)


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of companies."""
    return Item(FACE, prefix=prefix).operations()
