"""Companies at `/companies` (specification, section 12): those of the core, which share their numbers with people."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import companies, removal
from carnet.core.companies import Company, CompanyChanges, CompanyDraft
from carnet.core.errors import Fault
from carnet.core.permissions import Right
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.fields import Form, Text, Whole
from carnet.dialects.monica.resources import Account, Resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class CompanyOut(msgspec.Struct, gc=False):
    """A company."""

    id: int
    uuid: str
    object: str
    name: str
    website: str | None
    number_of_employees: int | None
    account: Account
    created_at: datetime
    updated_at: datetime


def show(_db: Database, actor: Actor, _request: Request, found: Sequence[Company]) -> list[CompanyOut]:
    """Companies as objects."""
    account = Account(actor.workspace_id)
    return [
        CompanyOut(
            company.number,
            company.id,
            "company",
            company.name,
            company.website,
            _employees(company),
            account,
            seconds(company.created_at),
            seconds(company.updated_at),
        )
        for company in found
    ]


def _employees(company: Company) -> int | None:
    """How many work there, where the core's size, which is words of any kind, is a number."""
    size = company.size or ""
    return int(size) if size.isascii() and size.isdigit() and len(size) <= _DIGITS else None


_DIGITS = 9
_MOST = 10**_DIGITS - 1


class _Count(Whole):
    """How many there are."""

    def read(self, value: Any, before: Any) -> int:  # noqa: ANN401
        number = super().read(value, before)
        if not 0 <= number <= _MOST:
            raise self.fault(Fault.OUT_OF_RANGE, 0, _MOST)
        return number


FORM = Form(
    Text("name", required=True),
    Text("website"),
    _Count("number_of_employees", about="Kept as the company's size."),
)


def _said(given: dict[str, Any], before: Company | None = None) -> dict[str, Any]:
    said = FORM.read(given, {"name": before.name, "website": before.website} if before is not None else None)
    if "number_of_employees" in said:
        number = said.pop("number_of_employees")
        said["size"] = str(number) if number is not None else None
    return said


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Company:
    return companies.create(db, actor, CompanyDraft(**_said(given)), now=request.now)


def _change(db: Database, actor: Actor, request: Request, company: Company, given: dict[str, Any]) -> Company:
    return companies.change(db, actor, company.id, CompanyChanges(**_said(given, company)), now=request.now)


COMPANIES = Resource(
    path="/companies",
    key="Company",
    about="where people work",
    noun=companies.NOUN,
    reads=Right.READ_COMPANIES,
    writes=Right.WRITE_COMPANIES,
    shown=CompanyOut,
    show=show,
    page=companies.page,
    get=companies.get,
    created=FORM,
    create=_create,
    changed=FORM,
    change=_change,
    remove=removal.remove_company,
)
operations = COMPANIES.operations
