"""Deliveries: what each webhook is still to be told, in order for each record, until it is accepted or given up.

Events are read from the ledger, so only what was committed is told, and nothing that was is passed over: a webhook's
place in the ledger moves in the same transaction in which its deliveries are written down. A delivery goes with its
acceptance; who dies before that is written down leaves it to be told again.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, bindparam, delete, exists, func, select, update

from carnet.core import counters, events, history, webhooks
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.events import Event
from carnet.core.permissions import Actor, Right, require
from carnet.core.webhooks import Webhook
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement, upsert

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.expression import Delete, Insert, Update

    from carnet.store.database import Database
    from carnet.store.statements import Clause

PENDING, FAILED = "pending", "failed"
MOST_PENDING = 100
"""How many deliveries of one webhook are written down ahead; the others wait in the ledger."""
MOST_ATTEMPTS_KEPT = 100
LONGEST_ANSWER = 500
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)  # three days in all
)
"""How long to wait after the first attempt, the second and so on; after the last one it is given up."""
_JITTER = 0.2
_LONGEST_ASKED = timedelta(days=1)
_GONE = 410


class Delivery(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An event that a webhook is still to be told."""

    workspace_id: int
    webhook_id: str
    number: int
    """The event's number."""
    record_id: str
    state: str
    attempts: int
    due_at: datetime


class Attempt(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One attempt to tell a webhook of an event."""

    workspace_id: int
    webhook_id: str
    number: int
    event_number: int
    event_id: str
    kind: str
    at: datetime
    attempt: int
    status: int | None
    """What the receiver answered; None where it didn't."""
    answer: str
    milliseconds: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How an attempt went."""

    status: int | None
    answer: str
    milliseconds: int
    retry_after: timedelta | None = None
    """How long the receiver asked to be left alone."""

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - as HTTP has it


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """All that an attempt needs."""

    delivery: Delivery
    webhook: Webhook
    secret: str
    event: Event

    def __repr__(self) -> str:
        return f"Parcel({self.delivery!r})"  # no secret in a traceback


_d = tables.webhook_deliveries
_a = tables.webhook_attempts
_w = tables.webhooks
_s = tables.webhook_states


def _joined(other: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a table
    """The webhook is that of another table's row, and enabled."""
    return and_(_w.c.workspace_id == other.c.workspace_id, _w.c.id == other.c.webhook_id, _w.c.enabled)


@statement(tuple)
def _behind() -> Select[Any]:
    """Webhooks with events after their place, and room for more deliveries."""
    waiting = select(func.count()).where(
        _d.c.workspace_id == _s.c.workspace_id, _d.c.webhook_id == _s.c.webhook_id, _d.c.state == PENDING
    )
    counted = tables.counters
    return (
        select(_s.c.workspace_id, _s.c.webhook_id)
        .join(_w, _joined(_s))
        .join(counted, counted.c.workspace_id == _s.c.workspace_id)
        .where(_s.c.told < counted.c.events_made, waiting.scalar_subquery() < MOST_PENDING)
    )


@statement(Delivery)
def _due() -> Select[Any]:
    earlier = _d.alias()
    same = (
        earlier.c.workspace_id == _d.c.workspace_id,
        earlier.c.webhook_id == _d.c.webhook_id,
        earlier.c.record_id == _d.c.record_id,
        earlier.c.state == PENDING,
        earlier.c.number < _d.c.number,
    )
    ready = (_d.c.state == PENDING, _d.c.due_at <= bindparam("now", type_=_d.c.due_at.type))
    return (
        select(*columns(_d, Delivery))
        .join(_w, _joined(_d))
        .where(*ready, ~exists().where(*same))
        .order_by(_d.c.due_at, _d.c.number)
        .limit(bindparam("most"))
    )


def _this() -> tuple[ColumnElement[bool], ...]:
    return (
        within(_d),
        _d.c.webhook_id == bindparam("webhook_is"),
        _d.c.number == bindparam("event_number"),
    )


@statement(Delivery)
def _one() -> Select[Any]:
    return select(*columns(_d, Delivery)).where(*_this())


@statement()
def _queue() -> Clause:
    values: dict[str, Any] = {name: bindparam(name) for name in Delivery.__struct_fields__}
    key = ("workspace_id", "webhook_id", "number")
    return upsert(_d, values, key, lambda new: {"state": new.state, "attempts": new.attempts, "due_at": new.due_at})


@statement()
def _end() -> Delete:
    return delete(_d).where(*_this())


@statement()
def _put_off() -> Update:
    new = {name: bindparam(f"new_{name}", type_=_d.c[name].type) for name in ("state", "attempts", "due_at")}
    return update(_d).where(*_this()).values(new)


def _of_webhook() -> tuple[ColumnElement[bool], ...]:
    return (within(_d), _d.c.webhook_id == bindparam("webhook_is"), _d.c.state == bindparam("state_is"))


@statement(int)
def _count() -> Select[Any]:
    return select(func.count()).select_from(_d).where(*_of_webhook())


@statement()
def _requeue() -> Update:
    new = {name: bindparam(f"new_{name}", type_=_d.c[name].type) for name in ("state", "attempts", "due_at")}
    return update(_d).where(*_of_webhook()).values(new)


@statement()
def _note() -> Insert:
    return _a.insert().values({name: bindparam(name) for name in Attempt.__struct_fields__})


@statement()
def _forget() -> Delete:
    old = (_a.c.webhook_id == bindparam("webhook_is"), _a.c.number <= bindparam("oldest"))
    return delete(_a).where(within(_a), *old)


@statement(Attempt)
def _attempts() -> Select[Any]:
    these = (within(_a), _a.c.webhook_id == bindparam("webhook_id"))
    return select(*columns(_a, Attempt)).where(*these).order_by(_a.c.number.desc())


@statement(Webhook)
def _known() -> Select[Any]:
    return webhooks.webhooks_of().where(_w.c.id == bindparam("id"))


def behind(db: Database) -> list[tuple[int, str]]:
    """Workspace and id of the webhooks that something has happened for, in all workspaces."""
    return db.all(_behind())


def due(db: Database, now: datetime, *, most: int) -> list[Delivery]:
    """The deliveries that may be tried now, in all workspaces: of each record the earliest only."""
    return db.all(_due(), now=now, most=most)


def look(db: Database, workspace_id: int, webhook_id: str, *, now: datetime) -> int:
    """Write down the next deliveries of a webhook; give how many there were."""
    webhook = _find(db, workspace_id, webhook_id)
    if webhook is None or not webhook.enabled:
        return 0
    room = MOST_PENDING - _how_many(db, webhook, PENDING)
    if room <= 0:
        return 0
    place = webhooks.place_of(db, webhook)
    found = history.since(db, webhook.reader, place.told, most=room)
    told = found[-1].number if len(found) == room else counters.value(db, workspace_id, "events_made")
    heard = [event for event in found if webhook.hears(event.kind)]
    for event in heard:
        _enqueue(db, webhook, event, now)
    webhooks.place_at(db, webhook, told=told)
    return len(heard)


def parcel(db: Database, delivery: Delivery, *, now: datetime) -> Parcel | None:
    """All that an attempt needs; None where there is nothing to tell (any more, or yet)."""
    webhook = _find(db, delivery.workspace_id, delivery.webhook_id)
    held = _held(db, delivery)
    if webhook is None or not webhook.enabled or held is None or held.state != PENDING or held.due_at > now:
        return None
    event = events.get(db, webhook.reader, delivery.number)
    return Parcel(delivery=held, webhook=webhook, secret=webhooks.place_of(db, webhook).secret, event=event)


def settle(db: Database, parcel: Parcel, result: Result, *, now: datetime, chance: random.Random | None = None) -> None:
    """Write down how an attempt went, and what follows from it."""
    webhook = _find(db, parcel.webhook.workspace_id, parcel.webhook.id)
    held = _held(db, parcel.delivery)
    if webhook is None:
        return
    place = webhooks.place_of(db, webhook)
    number = place.attempts_made + 1
    attempt = Attempt(
        workspace_id=webhook.workspace_id,
        webhook_id=webhook.id,
        number=number,
        event_number=parcel.event.number,
        event_id=parcel.event.id,
        kind=parcel.event.kind,
        at=now,
        attempt=parcel.delivery.attempts + 1,
        status=result.status,
        answer=result.answer[:LONGEST_ANSWER],
        milliseconds=result.milliseconds,
    )
    db.run(_note(), **msgspec.structs.asdict(attempt))
    db.run(_forget(), workspace_id=webhook.workspace_id, webhook_is=webhook.id, oldest=number - MOST_ATTEMPTS_KEPT)
    failing_since = None if result.is_accepted else place.failing_since or now
    webhooks.place_at(db, webhook, attempts_made=number, failing_since=failing_since)
    if held is None or held.state != PENDING:
        return
    if result.is_accepted:
        db.run(_end(), **_key(held))
    else:
        _failed(db, webhook, held, result, failing_since or now, now, chance)


def pause(attempts: int, chance: random.Random | None = None) -> timedelta | None:
    """How long to wait after so many attempts, never as long as another delivery; None where it is given up."""
    if attempts > len(PAUSES):
        return None
    return PAUSES[attempts - 1] * (chance or random).uniform(1 - _JITTER, 1 + _JITTER)


def attempts(db: Database, actor: Actor, webhook: Webhook) -> list[Attempt]:
    """The last attempts to tell a webhook, the newest first."""
    require(actor, Right.READ_WEBHOOKS)
    return db.all(_attempts(), workspace_id=webhook.workspace_id, webhook_id=webhook.id)


def counts(db: Database, actor: Actor, webhook: Webhook) -> tuple[int, int]:
    """How many deliveries of a webhook are pending, and how many were given up."""
    require(actor, Right.READ_WEBHOOKS)
    return _how_many(db, webhook, PENDING), _how_many(db, webhook, FAILED)


def replay(db: Database, actor: Actor, webhook: Webhook, event_id: str, *, now: datetime) -> int:
    """Tell a webhook of an event (once more), with the id that the event always has; give how many are queued.

    Raises NotFoundError where there is no such event that the webhook and the actor may be told of, and ConflictError
    where the webhook is disabled.
    """
    require(actor, Right.WRITE_WEBHOOKS)
    _require_enabled(webhook)
    event = history.find(db, actor, event_id)
    if event.noun not in history.readable(webhook.reader):
        raise NotFoundError("event", event_id)
    _enqueue(db, webhook, event, now)
    return 1


def replay_failed(db: Database, actor: Actor, webhook: Webhook, *, now: datetime) -> int:
    """Tell a webhook of all that was given up; give how many are queued. Raises ConflictError as `replay` does."""
    require(actor, Right.WRITE_WEBHOOKS)
    _require_enabled(webhook)
    count = _how_many(db, webhook, FAILED)
    of = {"workspace_id": webhook.workspace_id, "webhook_is": webhook.id}
    db.run(_requeue(), **of, state_is=FAILED, new_state=PENDING, new_attempts=0, new_due_at=now)
    return count


def _failed(
    db: Database,
    webhook: Webhook,
    held: Delivery,
    result: Result,
    failing_since: datetime,
    now: datetime,
    chance: random.Random | None,
) -> None:
    """Have a delivery tried later, or never; a receiver that is gone or takes nothing for days is told no more.

    What it wasn't told then stays pending, for the day when somebody enables it again.
    """
    wait = pause(held.attempts + 1, chance)
    state, tried = PENDING, held.attempts + 1
    if result.status == _GONE:
        tried, wait = 0, timedelta(0)
        webhooks.disable(db, webhook, "The receiver answered 410 Gone.", now=now)
    elif wait is None and now - failing_since >= sum(PAUSES, timedelta(0)) * (1 - _JITTER):
        tried, wait = 0, timedelta(0)
        webhooks.disable(db, webhook, f"Nothing was accepted for days; at last: {result.answer}"[:255], now=now)
    elif wait is None:
        state, wait = FAILED, timedelta(0)
    elif result.retry_after is not None:
        wait = max(wait, min(result.retry_after, _LONGEST_ASKED))
    db.run(_put_off(), **_key(held), new_state=state, new_attempts=tried, new_due_at=now + wait)


def _enqueue(db: Database, webhook: Webhook, event: Event, now: datetime) -> None:
    delivery = Delivery(
        workspace_id=webhook.workspace_id,
        webhook_id=webhook.id,
        number=event.number,
        record_id=event.record_id,
        state=PENDING,
        attempts=0,
        due_at=now,
    )
    db.run(_queue(), **msgspec.structs.asdict(delivery))


def _require_enabled(webhook: Webhook) -> None:
    if not webhook.enabled:
        message = "The webhook is disabled; enable it first."
        raise ConflictError(message)


def _find(db: Database, workspace_id: int, webhook_id: str) -> Webhook | None:
    return db.find(_known(), workspace_id=workspace_id, id=webhook_id)


def _held(db: Database, delivery: Delivery) -> Delivery | None:
    return db.find(_one(), **_key(delivery))


def _key(delivery: Delivery) -> dict[str, Any]:
    return {
        "workspace_id": delivery.workspace_id,
        "webhook_is": delivery.webhook_id,
        "event_number": delivery.number,
    }


def _how_many(db: Database, webhook: Webhook, state: str) -> int:
    return db.one(_count(), workspace_id=webhook.workspace_id, webhook_is=webhook.id, state_is=state)
