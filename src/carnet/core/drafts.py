"""Drafts: e-mails in the making, each to a contact, with every version that there was.

A version is never written over. One is shown; each knows the one that it was made of, so that undo finds its way back
however often it was used, and what was undone can still be read.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, func, insert, select

from carnet.core import contacts, records
from carnet.core.errors import NotFoundError
from carnet.core.filters import OneOf
from carnet.core.identity import new_id
from carnet.core.letters import Email
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Insert

    from carnet.store.database import Database


class Draft(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A draft: the session in which an e-mail comes about."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    contact_id: str
    user_id: str
    shown: int
    """The number of the version that is the e-mail now."""


class Version(msgspec.Struct, frozen=True, array_like=True):
    """A version of a draft."""

    workspace_id: int
    draft_id: str
    number: int
    parent: int | None
    """The version that it was made of."""
    made_at: datetime
    instruction: str | None
    """What was asked for; None for the writer's own edit."""
    email: Email
    plan: dict[str, Any] | None
    """By what the e-mail can be written again; None for the writer's own words."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A version to be."""

    email: Email
    plan: dict[str, Any] | None = None
    instruction: str | None = None


NOUN: Noun[Draft] = Noun(
    "draft",
    tables.drafts,
    Draft,
    made="drafts_made",
    kept="drafts_kept",
    links={"contact_id": contacts.NOUN.name, "user_id": "user"},
    needs=(frozenset({"contact_id"}), frozenset({"user_id"})),
)

_d, _v = tables.drafts.c, tables.draft_versions.c


def drafts_of() -> Select[Any]:
    """The drafts of a workspace."""
    return select(*columns(tables.drafts, Draft)).where(within(tables.drafts))


LISTING: Listing[Draft] = Listing(
    tables.drafts,
    Draft,
    drafts_of,
    filters={"id": OneOf(_d.id), "contact_id": OneOf(_d.contact_id), "user_id": OneOf(_d.user_id)},
    orders={"created_at": _d.created_at, "updated_at": _d.updated_at},
    natural=(("number", True),),
    kept="drafts_kept",
)


@statement(Draft)
def _draft() -> Select[Any]:
    return drafts_of().where(_d.id == bindparam("id"))


@statement(Draft)
def _linked() -> Select[Any]:
    return drafts_of().where(_d.contact_id == bindparam("contact_id")).order_by(_d.number)


@statement(Version)
def _versions() -> Select[Any]:
    chosen = select(*columns(tables.draft_versions, Version)).where(within(tables.draft_versions))
    return chosen.where(_v.draft_id == bindparam("draft_id")).order_by(_v.number)


@statement(int)
def _last() -> Select[Any]:
    chosen = select(func.coalesce(func.max(_v.number), 0)).where(within(tables.draft_versions))
    return chosen.where(_v.draft_id == bindparam("draft_id"))


@statement()
def _insert_version() -> Insert:
    names = Version.__struct_fields__
    return insert(tables.draft_versions).values({name: bindparam(name) for name in names})


def get(db: Database, actor: Actor, draft_id: str) -> Draft:
    """A draft; NotFoundError where there is none."""
    require(actor, Right.READ_EMAILS)
    draft = db.find(_draft(), workspace_id=actor.workspace_id, id=draft_id)
    if draft is None:
        raise NotFoundError("draft", draft_id)
    return draft


def page(db: Database, actor: Actor, asked: Asked) -> Page[Draft]:
    """A page of drafts, newest first."""
    require(actor, Right.READ_EMAILS)
    return LISTING.page(db, actor, asked)


def of_contact(db: Database, actor: Actor, contact_id: str, draft_id: str) -> Draft:
    """A draft of a contact; NotFoundError where the contact has no such one."""
    draft = get(db, actor, draft_id)
    if draft.contact_id != contact_id:
        raise NotFoundError("draft", draft_id)
    return draft


def linked_to(db: Database, actor: Actor, contact_id: str) -> list[Draft]:
    """The drafts of a contact, oldest first."""
    return db.all(_linked(), workspace_id=actor.workspace_id, contact_id=contact_id)


def versions(db: Database, actor: Actor, draft: Draft) -> list[Version]:
    """Every version that a draft ever had, oldest first."""
    require(actor, Right.READ_EMAILS)
    return db.all(_versions(), workspace_id=actor.workspace_id, draft_id=draft.id)


def line(db: Database, actor: Actor, draft: Draft) -> list[Version]:
    """The version that is shown with those it was made of, oldest first."""
    known = {version.number: version for version in versions(db, actor, draft)}
    found: list[Version] = []
    number: int | None = draft.shown
    while number is not None:
        found.append(known[number])
        number = known[number].parent
    return found[::-1]


def write(  # noqa: PLR0913
    db: Database,
    actor: Actor,
    contact_id: str,
    draft: Draft | None,
    *,
    edit: Step | None = None,
    back_to: int | None = None,
    step: Step | None = None,
    now: datetime,
) -> Draft:
    """Go on with a draft, or begin one to a contact, with up to two versions; the last one written is shown.

    `edit` is the writer's own, made of the version that is shown. `step` is made of that, or of the version `back_to`,
    which is shown where there is no step. Raises NotFoundError where the contact isn't there.
    """
    require(actor, Right.WRITE_EMAILS)
    if draft is None:
        return _start(db, actor, contact_id, [each for each in (edit, step) if each is not None], now)
    number: int = db.one(_last(), workspace_id=actor.workspace_id, draft_id=draft.id)
    shown = draft.shown
    for each, parent in ((edit, None), (step, back_to)):
        shown = parent or shown
        if each is not None:
            number += 1
            _keep(db, draft, each, number, shown, now)
            shown = number
    return records.change(db, actor, NOUN, draft, {"shown": shown}, now=now)


def _start(db: Database, actor: Actor, contact_id: str, steps: Sequence[Step], now: datetime) -> Draft:
    if not records.exists(db, actor, contacts.NOUN, contact_id):
        raise NotFoundError("contact", contact_id)
    draft = Draft(
        workspace_id=actor.workspace_id,
        id=new_id(),
        number=records.next_number(db, actor, NOUN),
        version=1,
        created_at=now,
        updated_at=now,
        contact_id=contact_id,
        user_id=actor.user_id,
        shown=len(steps),
    )
    for number, step in enumerate(steps, 1):
        _keep(db, draft, step, number, number - 1 or None, now)
    records.add(db, actor, NOUN, draft, now=now)
    return draft


def _keep(db: Database, draft: Draft, step: Step, number: int, parent: int | None, now: datetime) -> None:
    db.run(
        _insert_version(),
        workspace_id=draft.workspace_id,
        draft_id=draft.id,
        number=number,
        parent=parent,
        made_at=now,
        instruction=step.instruction,
        email=msgspec.to_builtins(step.email),
        plan=step.plan,
    )
