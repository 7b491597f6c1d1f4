"""Users: people who sign in, and the workspaces that they belong to."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from carnet.core import counters
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.filters import OneOf
from carnet.core.identity import LARGEST_NUMBER, new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, Role, require
from carnet.store import tables
from carnet.store.conditions import is_one_of, within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Delete, Insert

    from carnet.store.database import Database

LINK_LIFE = timedelta(days=7)
_LONGEST_EMAIL = 254


class User(msgspec.Struct, frozen=True, array_like=True):
    """A person who may sign in."""

    id: str
    email: str
    name: str
    created_at: datetime


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A user as a workspace knows them, with the number and the role that they have there."""

    workspace_id: int
    id: str
    number: int
    created_at: datetime
    name: str
    email: str
    role: Role


def _users() -> Select[Any]:
    return select(*columns(tables.users, User))


@statement(User)
def _all() -> Select[Any]:
    return _users().order_by(tables.users.c.created_at, tables.users.c.id)


@statement(User)
def _by_email() -> Select[Any]:
    return _users().where(tables.users.c.email == bindparam("email"))


@statement(User)
def _by_id() -> Select[Any]:
    return _users().where(tables.users.c.id == bindparam("id"))


@statement()
def _insert() -> Insert:
    return insert(tables.users).values({name: bindparam(name) for name in User.__struct_fields__})


@statement()
def _join() -> Insert:
    names = ("workspace_id", "user_id", "number", "role")
    return insert(tables.memberships).values({name: bindparam(name) for name in names})


@statement(int)
def _member() -> Select[Any]:
    members = tables.memberships
    return select(members.c.number).where(within(members), members.c.user_id == bindparam("user_id"))


def members_of() -> Select[Any]:
    """The members of a workspace."""
    member, user = tables.memberships, tables.users
    return (
        select(
            member.c.workspace_id,
            user.c.id,
            member.c.number,
            user.c.created_at,
            user.c.name,
            user.c.email,
            member.c.role,
        )
        .join(user, user.c.id == member.c.user_id)
        .where(within(member))
    )


MEMBERS: Listing[Member] = Listing(
    tables.memberships,
    Member,
    members_of,
    filters={"id": OneOf(tables.memberships.c.user_id)},
    orders={},
    natural=(("number", False),),
    kept=None,
)


@statement(Member)
def _member_of() -> Select[Any]:
    return members_of().where(tables.memberships.c.user_id == bindparam("user_id"))


@statement(tuple)
def _numbers() -> Select[Any]:
    members = tables.memberships
    chosen = select(members.c.user_id, members.c.number).where(within(members))
    return chosen.where(is_one_of(members.c.user_id, "ids"))


@statement(Member)
def _members_by_ids() -> Select[Any]:
    return members_of().where(is_one_of(tables.memberships.c.user_id, "ids"))


@statement(Member)
def _member_by_number() -> Select[Any]:
    return members_of().where(tables.memberships.c.number == bindparam("number"))


@statement(Member)
def _all_members() -> Select[Any]:
    return members_of().order_by(tables.memberships.c.number)


@statement(User)
def _owner() -> Select[Any]:
    member = tables.memberships
    return (
        _users()
        .join(member, member.c.user_id == tables.users.c.id)
        .where(within(member), member.c.role == Role.OWNER.value)
        .order_by(member.c.number)
    )


@statement()
def _invite() -> Insert:
    names = ("secret_hash", "user_id", "created_at", "expires_at")
    return insert(tables.invitations).values({name: bindparam(name) for name in names})


@statement()
def _forget_links() -> Delete:
    return delete(tables.invitations).where(tables.invitations.c.user_id == bindparam("user_id"))


@statement(str)
def _link() -> Select[Any]:
    links = tables.invitations
    return select(links.c.user_id).where(
        links.c.secret_hash == bindparam("secret_hash"),
        links.c.expires_at > bindparam("now", type_=links.c.expires_at.type),
    )


def is_email(text: str) -> bool:
    """Whether the text is one `@` with text on both sides, without blanks, of at most 254 characters."""
    before, _, after = text.partition("@")
    return bool(before and after) and "@" not in after and len(text) <= _LONGEST_EMAIL and len(text.split()) == 1


def create(db: Database, email: str, *, now: datetime, name: str = "") -> User:
    """Make a user. Raises InvalidError for an address that isn't one or that is taken."""
    email = email.strip().lower()
    if not is_email(email):
        raise InvalidError([Violation("email", Fault.NOT_AN_EMAIL)])
    if find(db, email) is not None:
        raise InvalidError([Violation("email", Fault.TAKEN)])
    user = User(new_id(), email, name or email.partition("@")[0], now)
    db.run(_insert(), id=user.id, email=user.email, name=user.name, created_at=now)
    return user


def find(db: Database, email: str) -> User | None:
    """The user of an e-mail address."""
    return db.find(_by_email(), email=email.strip().lower())


def get(db: Database, user_id: str) -> User:
    """The user of an id; NotFoundError where there is none."""
    user = db.find(_by_id(), id=user_id)
    if user is None:
        raise NotFoundError("user", user_id)
    return user


def everyone(db: Database) -> list[User]:
    """Every user of this installation, oldest first."""
    return db.all(_all())


def owner(db: Database, workspace_id: int) -> User:
    """The workspace's owner, the first where there are several."""
    return db.one(_owner(), workspace_id=workspace_id)


def join(db: Database, workspace_id: int, user: User, role: Role) -> None:
    """Make the user a member of the workspace."""
    number = counters.add(db, workspace_id, "users_made")
    db.run(_join(), workspace_id=workspace_id, user_id=user.id, number=number, role=role)


def is_member(db: Database, actor: Actor, user_id: str) -> bool:
    """Whether the user belongs to the actor's workspace."""
    return db.find(_member(), workspace_id=actor.workspace_id, user_id=user_id) is not None


def page_of_members(db: Database, actor: Actor, asked: Asked) -> Page[Member]:
    """A page of the workspace's members. Who may read contacts may read who owns them."""
    require(actor, Right.READ_CONTACTS)
    return MEMBERS.page(db, actor, asked)


def get_member(db: Database, actor: Actor, user_id: str) -> Member:
    """A member of the workspace; NotFoundError where there is none."""
    require(actor, Right.READ_CONTACTS)
    member = db.find(_member_of(), workspace_id=actor.workspace_id, user_id=user_id)
    if member is None:
        raise NotFoundError("user", user_id)
    return member


def member_by_number(db: Database, actor: Actor, number: int) -> Member | None:
    """The member who has a number in the workspace; None where nobody has."""
    if not 0 < number <= LARGEST_NUMBER:
        return None
    return db.find(_member_by_number(), workspace_id=actor.workspace_id, number=number)


def members_by_ids(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, Member]:
    """The members that these ids name, in one statement; None is passed over."""
    sought = sorted({user_id for user_id in ids if user_id is not None})
    found = db.all(_members_by_ids(), workspace_id=actor.workspace_id, ids=sought) if sought else []
    return {member.id: member for member in found}


def numbers_of(db: Database, actor: Actor, ids: Iterable[str | None]) -> dict[str, int]:
    """The numbers of the members that these ids name; None is passed over."""
    sought = sorted({user_id for user_id in ids if user_id is not None})
    return dict(db.all(_numbers(), workspace_id=actor.workspace_id, ids=sought)) if sought else {}


def members(db: Database, actor: Actor) -> list[Member]:
    """Every member of the workspace, by number."""
    require(actor, Right.READ_CONTACTS)
    return db.all(_all_members(), workspace_id=actor.workspace_id)


def new_link(db: Database, user: User, *, now: datetime) -> str:
    """A one-time secret with which the user may enter for a week; earlier ones stop working."""
    secret = secrets.token_urlsafe(32)
    db.run(_forget_links(), user_id=user.id)
    db.run(_invite(), secret_hash=_hashed(secret), user_id=user.id, created_at=now, expires_at=now + LINK_LIFE)
    return secret


def find_by_link(db: Database, secret: str, *, now: datetime) -> User | None:
    """Whose one-time secret it is, where it still works."""
    user_id = db.find(_link(), secret_hash=_hashed(secret), now=now)
    return get(db, user_id) if user_id is not None else None


def use_link(db: Database, secret: str, *, now: datetime) -> User | None:
    """Whose one-time secret it is, where it still works; it doesn't afterwards."""
    user = find_by_link(db, secret, now=now)
    if user is not None:
        db.run(_forget_links(), user_id=user.id)
    return user


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
