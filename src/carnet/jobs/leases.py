"""Leases: of several processes one does the work, until it ends or falls silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from carnet.store import tables
from carnet.store.statements import statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Delete, Insert

    from carnet.store.database import Database

LIFE = timedelta(seconds=20)
_l = tables.leases.c


class Lease(msgspec.Struct, frozen=True, array_like=True):
    """Who does some work, and until when nobody else does."""

    holder: str
    until: datetime


@statement(Lease)
def _lease() -> Select[Any]:
    return select(_l.holder, _l.until).where(_l.name == bindparam("name"))


@statement()
def _end() -> Delete:
    return delete(tables.leases).where(_l.name == bindparam("ended"))


@statement()
def _begin() -> Insert:
    return insert(tables.leases).values({name: bindparam(name) for name in ("name", "holder", "until")})


def hold(db: Database, name: str, holder: str, *, now: datetime) -> bool:
    """Take a lease that is free, or hold on to one's own; False where it is another's.

    One that would last far longer than any is from before the clock was set back, and free.
    """
    found = db.find(_lease(), name=name)
    if found is not None and found.holder != holder and now < found.until <= now + 2 * LIFE:
        return False
    db.run(_end(), ended=name)
    db.run(_begin(), name=name, holder=holder, until=now + LIFE)
    return True


def let_go(db: Database, name: str, holder: str) -> None:
    """End a lease, where it is one's own."""
    found = db.find(_lease(), name=name)
    if found is not None and found.holder == holder:
        db.run(_end(), ended=name)
