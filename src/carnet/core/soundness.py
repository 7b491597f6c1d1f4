"""Is everything as it should be? What counters, buckets, index and ledger say, held against the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from carnet.core import workspaces
from carnet.core.nouns import NOUNS, Known
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.soundness import damage, dangling, misindexed
from carnet.store.statements import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Select

    from carnet.core.records import Many, Noun
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database
    from carnet.store.statements import Statement


def _reader(kept: Known) -> Callable[[], Statement[Any]]:
    return statement(kept.noun.kind)(kept.everything)


_READERS = {name: _reader(kept) for name, kept in NOUNS.items()}


@statement(int)
def _counter(column: str) -> Select[Any]:
    return select(tables.counters.c[column]).where(within(tables.counters))


@statement(tuple)
def _buckets() -> Select[Any]:
    bucket = tables.buckets.c
    return select(bucket.list, bucket.bucket, bucket.size).where(within(tables.buckets), bucket.size != 0)


@statement(tuple)
def _births() -> Select[Any]:
    event = tables.events.c
    return select(event.noun, event.record_id).where(within(tables.events), event.before.is_(None)).distinct()


@statement(tuple)
def _listings(many: Many) -> Select[Any]:
    return select(*(many.table.c[name] for name in _told(many))).where(within(many.table))


@statement(int)
def _last_member() -> Select[Any]:
    return select(func.coalesce(func.max(tables.memberships.c.number), 0)).where(within(tables.memberships))


@statement(tuple)
def _ledger() -> Select[Any]:
    number = tables.events.c.number
    return select(func.count(), func.coalesce(func.max(number), 0)).where(within(tables.events))


def complaints(db: Database) -> list[str]:
    """A sentence for each thing that isn't sound; none where all is."""
    with db.moment():
        found = damage(db)
        if found:
            return found
        found += dangling(db)
        for workspace in workspaces.everyone(db):
            found += [f"{workspace.slug}: {sentence}" for sentence in _of_workspace(db, workspace)]
    return found


def _of_workspace(db: Database, workspace: Workspace) -> list[str]:
    told: list[str] = []
    places: Counter[tuple[str, int]] = Counter()
    highest = Counter(users_made=db.one(_last_member(), workspace_id=workspace.id))
    rows: Counter[str] = Counter()
    listed: defaultdict[Many, set[tuple[str, ...]]] = defaultdict(set)
    born = {tuple(each) for each in db.all(_births(), workspace_id=workspace.id)}
    for name, kept in NOUNS.items():
        noun = kept.noun
        records = db.all(_READERS[name](), workspace_id=workspace.id)
        told += _counted(db, workspace, noun, len(records))
        unborn = sum((name, record.id) not in born for record in records)
        told += [f"{unborn} of {noun.kept} have no event that made them"] if unborn else []
        highest[noun.made] = max(highest[noun.made], *(record.number for record in records), 0)
        rows[noun.table.name] += len(records)
        if noun.place is not None:
            places.update(map(noun.place, records))
        for field, many in noun.lists.items():
            listed[many].update(_lists(noun, field, many, records))
    told += [
        f"{column} has given {value} numbers, but there is a number {highest[column]}"
        for column in highest
        if (value := db.one(_counter(column), workspace_id=workspace.id)) < highest[column]
    ]
    for table, kept_rows in rows.items():
        wrong = misindexed(db, workspace.id, table, kept_rows)
        told += [f"the search index is wrong about {wrong} of {table}"] if wrong else []
    for many, expected in listed.items():
        told += _listed(db, workspace, many, expected)
    return told + _bucketed(db, workspace, places) + _numbered(db, workspace)


def _counted(db: Database, workspace: Workspace, noun: Noun[Any], there: int) -> list[str]:
    kept = db.one(_counter(noun.kept), workspace_id=workspace.id)
    return [] if kept == there else [f"{noun.kept} says {kept}, but there are {there}"]


def _told(many: Many) -> tuple[str, ...]:
    """The columns of the table that says lists the other way round; where nouns share it, it names them."""
    return (many.to, many.by, "noun") if "noun" in many.table.c else (many.to, many.by)


def _lists(noun: Noun[Any], field: str, many: Many, records: list[Any]) -> Iterator[tuple[str, ...]]:
    """The rows that the table must have for these records."""
    for record in records:
        for each in getattr(record, field) or ():
            yield (each, record.id, noun.name)[: len(_told(many))]


def _listed(db: Database, workspace: Workspace, many: Many, expected: set[tuple[str, ...]]) -> list[str]:
    wrong = expected.symmetric_difference(map(tuple, db.all(_listings(many), workspace_id=workspace.id)))
    return [f"{many.table.name} is wrong about {len(wrong)} of what the records list"] if wrong else []


def _bucketed(db: Database, workspace: Workspace, places: Counter[tuple[str, int]]) -> list[str]:
    kept = {(listed, bucket): size for listed, bucket, size in db.all(_buckets(), workspace_id=workspace.id)}
    wrong = [place for place in places.keys() | kept.keys() if kept.get(place, 0) != places[place]]
    return [f"{len(wrong)} buckets of the lists have a wrong size"] if wrong else []


def _numbered(db: Database, workspace: Workspace) -> list[str]:
    count, last = db.one(_ledger(), workspace_id=workspace.id)
    made = db.one(_counter("events_made"), workspace_id=workspace.id)
    if count == last == made:
        return []
    return [f"the ledger has {count} events, the last is number {last}, and {made} numbers were given"]
