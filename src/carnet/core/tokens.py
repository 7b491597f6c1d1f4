"""Tokens: one credential in two halves, an access key to find it by and a secret key of which only the hash is kept.

A 256-bit random secret needs no slow hash; that belongs to passwords.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, bindparam, insert, select, update

from carnet.core.errors import Fault, InvalidError, NotFoundError, UnauthenticatedError, Violation, WorkspaceDeniedError
from carnet.core.identity import new_id
from carnet.core.permissions import SCOPES, Actor, Role, rights_of
from carnet.store import tables
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Insert, Update

    from carnet.core.users import User
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database

_LONGEST_KEY = 200


class Token(msgspec.Struct, frozen=True, array_like=True):
    """A token, without its secret."""

    id: str
    user_id: str
    access_key: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class NewToken(msgspec.Struct, frozen=True):
    """A token at its making, the only moment at which its secret can be shown."""

    id: str
    access_key: str
    secret_key: str

    @property
    def bearer(self) -> str:
        """Both halves as `Authorization: Bearer` takes them."""
        return f"{self.access_key}.{self.secret_key}"


class _Claim(msgspec.Struct, frozen=True, array_like=True):
    """What a request's access key leads to."""

    token_id: str
    secret_hash: str
    scopes: tuple[str, ...]
    expires_at: datetime | None
    user_id: str
    workspace_id: int
    time_zone: str
    role: Role


@statement()
def _insert() -> Insert:
    names = (*Token.__struct_fields__, "secret_hash")
    return insert(tables.tokens).values({name: bindparam(name) for name in names})


@statement()
def _insert_workspace() -> Insert:
    names = ("token_id", "position", "workspace_id")
    return insert(tables.token_workspaces).values({name: bindparam(name) for name in names})


@statement(_Claim)
def _claim(*, by_slug: bool) -> Select[Any]:
    token, reach, workspace, member = (
        tables.tokens,
        tables.token_workspaces,
        tables.workspaces,
        tables.memberships,
    )
    chosen = workspace.c.slug == bindparam("slug") if by_slug else reach.c.position == 0
    return (
        select(
            token.c.id,
            token.c.secret_hash,
            token.c.scopes,
            token.c.expires_at,
            token.c.user_id,
            workspace.c.id,
            workspace.c.time_zone,
            member.c.role,
        )
        .join(reach, reach.c.token_id == token.c.id)
        .join(workspace, workspace.c.id == reach.c.workspace_id)
        .join(member, and_(member.c.workspace_id == workspace.c.id, member.c.user_id == token.c.user_id))
        .where(token.c.access_key == bindparam("access_key"), token.c.revoked_at.is_(None), chosen)
    )


@statement(Token)
def _all() -> Select[Any]:
    return select(*columns(tables.tokens, Token)).order_by(tables.tokens.c.created_at, tables.tokens.c.id)


@statement(str)
def _revoke() -> Update:
    table = tables.tokens
    return (
        update(table)
        .where(table.c.id == bindparam("token_id"), table.c.revoked_at.is_(None))
        .values(revoked_at=bindparam("now", type_=table.c.revoked_at.type))
        .returning(table.c.id)
    )


def create(
    db: Database,
    user: User,
    workspaces: list[Workspace],
    *,
    name: str,
    scopes: tuple[str, ...] = ("read", "write"),
    expires_at: datetime | None = None,
    now: datetime,
) -> NewToken:
    """Make a token that reaches these workspaces, the first where a request names none.

    Raises InvalidError for a blank name, or naming a scope that doesn't exist.
    """
    faults = [] if name.strip() else [Violation("name", Fault.BLANK)]
    faults += [Violation(f"scopes[{at}]", Fault.NOT_A_CHOICE) for at, scope in enumerate(scopes) if scope not in SCOPES]
    if faults:
        raise InvalidError(faults)
    token = NewToken(new_id(), "ck_" + secrets.token_hex(12), secrets.token_urlsafe(32))
    db.run(
        _insert(),
        id=token.id,
        user_id=user.id,
        access_key=token.access_key,
        secret_hash=_hashed(token.secret_key),
        name=name.strip(),
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
        revoked_at=None,
    )
    for position, workspace in enumerate(workspaces):
        db.run(_insert_workspace(), token_id=token.id, position=position, workspace_id=workspace.id)
    return token


def authenticate(db: Database, access_key: str, secret_key: str, *, slug: str | None, now: datetime) -> Actor:
    """Who a credential speaks for, in the workspace of a slug or the token's first.

    Raises UnauthenticatedError for a credential that isn't valid, WorkspaceDeniedError for a workspace that isn't its.
    """
    if len(access_key) > _LONGEST_KEY or len(secret_key) > _LONGEST_KEY:
        raise UnauthenticatedError(anything_sent=True)
    claim = db.find(_claim(by_slug=False), access_key=access_key)
    known = claim.secret_hash if claim is not None else _hashed("")
    if not hmac.compare_digest(known, _hashed(secret_key)) or claim is None:
        raise UnauthenticatedError(anything_sent=True)
    if claim.expires_at is not None and claim.expires_at <= now:
        raise UnauthenticatedError(anything_sent=True)
    if slug is not None:
        claim = db.find(_claim(by_slug=True), access_key=access_key, slug=slug)
        if claim is None:
            raise WorkspaceDeniedError
    return Actor(
        claim.workspace_id, claim.user_id, rights_of(claim.role, claim.scopes), claim.time_zone, claim.token_id
    )


def revoke(db: Database, token_id: str, *, now: datetime) -> None:
    """End a token at once. Raises NotFoundError where there is none that works."""
    if db.find(_revoke(), token_id=token_id, now=now) is None:
        raise NotFoundError("token", token_id)


def everyone(db: Database) -> list[Token]:
    """Every token ever made here, oldest first."""
    return db.all(_all())


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
