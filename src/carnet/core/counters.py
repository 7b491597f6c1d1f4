"""Counter rows: how many records a workspace has, and which number comes next, without counting anything.

Buckets divide one order of a list into runs and keep the size of each, so that a deep page is found by adding up
a few hundred sizes and never by walking the rows before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, bindparam, select, update

from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import statement, upsert

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Update

    from carnet.store.database import Database
    from carnet.store.statements import Clause


@statement(int)
def _add(column: str, also: str | None) -> Update:
    counter = tables.counters.c[column]
    changes: dict[str, Any] = {column: counter + bindparam("amount", type_=BigInteger)}
    if also:
        changes[also] = tables.counters.c[also] + bindparam("also_amount", type_=BigInteger)
    return update(tables.counters).where(within(tables.counters)).values(changes).returning(counter)


@statement(int)
def _value(column: str) -> Select[Any]:
    return select(tables.counters.c[column]).where(within(tables.counters))


@statement()
def _fill() -> Clause:
    values: dict[str, Any] = {name: bindparam(name) for name in ("workspace_id", "list", "bucket")} | {
        "size": bindparam("amount")
    }
    size = tables.buckets.c.size
    return upsert(
        tables.buckets, values, ("workspace_id", "list", "bucket"), lambda refused: {"size": size + refused.size}
    )


@statement(tuple)
def _sizes(*, descending: bool) -> Select[Any]:
    bucket = tables.buckets.c.bucket
    return (
        select(bucket, tables.buckets.c.size)
        .where(within(tables.buckets), tables.buckets.c.list == bindparam("list"))
        .order_by(bucket.desc() if descending else bucket)
    )


def next_number(db: Database, workspace_id: int, made: str, kept: str) -> int:
    """The next number of a sequence, counting one more record that is kept."""
    return db.one(_add(made, kept), workspace_id=workspace_id, amount=1, also_amount=1)


def add(db: Database, workspace_id: int, column: str, amount: int = 1) -> int:
    """Add to a counter and give its new value."""
    return db.one(_add(column, None), workspace_id=workspace_id, amount=amount)


def value(db: Database, workspace_id: int, column: str) -> int:
    """A counter's value."""
    return db.one(_value(column), workspace_id=workspace_id)


def fill(db: Database, workspace_id: int, place: tuple[str, int], amount: int) -> None:
    """Put records into a bucket of a list, or take them out."""
    db.run(_fill(), workspace_id=workspace_id, list=place[0], bucket=place[1], amount=amount)


def locate(db: Database, workspace_id: int, listed: str, offset: int, *, descending: bool) -> tuple[int, int] | None:
    """The bucket that holds the record at an offset, and how many to skip in it; None past the end."""
    for bucket, size in db.all(_sizes(descending=descending), workspace_id=workspace_id, list=listed):
        if offset < size:
            return bucket, offset
        offset -= size
    return None
