"""Workspaces: each a notebook of its own, with its members, its pipeline and its counters."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, insert, or_, select

from carnet.core import activity_types, counters, genders, pipelines, users
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.store import tables
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Insert

    from carnet.core.users import User
    from carnet.store.database import Database

ALL = 0
"""The workspace to lock for a change of what stands above workspaces: users, tokens, workspaces themselves."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Workspace(msgspec.Struct, frozen=True, array_like=True):
    """A workspace."""

    id: int
    slug: str
    name: str
    time_zone: str
    currency: str
    language: str
    created_at: datetime


@statement(int)
def _insert() -> Insert:
    names = ("slug", "name", "time_zone", "currency", "language", "created_at")
    return insert(tables.workspaces).values({name: bindparam(name) for name in names}).returning(tables.workspaces.c.id)


@statement()
def _insert_counters() -> Insert:
    return insert(tables.counters).values(workspace_id=bindparam("workspace_id"))


@statement(Workspace)
def _all() -> Select[Any]:
    return select(*columns(tables.workspaces, Workspace)).order_by(tables.workspaces.c.id)


@statement(Workspace)
def _by_slug() -> Select[Any]:
    return select(*columns(tables.workspaces, Workspace)).where(tables.workspaces.c.slug == bindparam("slug"))


@statement(Workspace)
def _by_id() -> Select[Any]:
    return select(*columns(tables.workspaces, Workspace)).where(tables.workspaces.c.id == bindparam("id"))


@statement(Workspace)
def _of_user() -> Select[Any]:
    member = tables.memberships
    return (
        select(*columns(tables.workspaces, Workspace))
        .join(member, member.c.workspace_id == tables.workspaces.c.id)
        .where(member.c.user_id == bindparam("user_id"))
        .order_by(tables.workspaces.c.id)
    )


def create(
    db: Database,
    slug: str,
    owner: User,
    *,
    now: datetime,
    time_zone: str = "UTC",
    currency: str = "EUR",
    language: str = "en",
) -> Workspace:
    """Make a workspace with its owner, its counters and a default pipeline.

    Raises InvalidError for a slug that isn't 1 to 63 of `a-z`, `0-9` and inner `-`, or that is taken.
    """
    if not _SLUG.fullmatch(slug):
        raise InvalidError([Violation("slug", Fault.NOT_VALID)])
    if find(db, slug) is not None:
        raise InvalidError([Violation("slug", Fault.TAKEN)])
    workspace_id = db.one(
        _insert(),
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        time_zone=time_zone,
        currency=currency,
        language=language,
        created_at=now,
    )
    db.run(_insert_counters(), workspace_id=workspace_id)
    users.join(db, workspace_id, owner, Role.OWNER)
    actor = Actor(workspace_id, owner.id, ROLE_RIGHTS[Role.OWNER], time_zone)
    pipelines.create_default(db, actor, language, now=now)
    seed(db, actor, now=now)
    workspace = find(db, slug)
    assert workspace is not None  # noqa: S101 - it was written three lines above
    return workspace


def seed(db: Database, actor: Actor, *, now: datetime) -> None:
    """Give a workspace the words that records choose from, where it never had any: a Carnet before it kept none."""
    if counters.value(db, actor.workspace_id, genders.NOUN.made) == 0:
        genders.seed(db, actor, now=now)
    if counters.value(db, actor.workspace_id, activity_types.CATEGORY.made) == 0:
        activity_types.seed(db, actor, now=now)


@statement(tuple)
def _unseeded() -> Select[Any]:
    counted = tables.counters.c
    lacks = or_(*(counted[noun.made] == 0 for noun in (genders.NOUN, activity_types.CATEGORY)))
    return select(counted.workspace_id).where(lacks)


def unseeded(db: Database) -> list[int]:
    """The workspaces that still lack the words that `seed` gives."""
    return [workspace_id for (workspace_id,) in db.all(_unseeded())]


def get(db: Database, actor: Actor) -> Workspace:
    """The workspace that an actor acts in."""
    return db.one(_by_id(), id=actor.workspace_id)


def find(db: Database, slug: str) -> Workspace | None:
    """The workspace of a slug."""
    return db.find(_by_slug(), slug=slug)


def everyone(db: Database) -> list[Workspace]:
    """Every workspace of this installation, oldest first."""
    return db.all(_all())


def of_user(db: Database, user: User) -> list[Workspace]:
    """The workspaces that a user belongs to, oldest first."""
    return db.all(_of_user(), user_id=user.id)
