"""The job that tells webhooks what has happened. Of several processes one does it at a time."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from carnet.core import deliveries, workspaces
from carnet.jobs import leases
from carnet.jobs.couriers import Courier, Resolver
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from carnet.core.deliveries import Delivery, Parcel, Result
    from carnet.settings import Settings
    from carnet.store.database import Store

_PAUSE = 2.0
"""Seconds between two looks into the ledger, which the command line and other processes write to as well."""
_AT_ONCE = 20
_AT_ONCE_EACH = 4
"""How many attempts are made beside each other: in all, and for one webhook."""
_LEASE = "webhooks"
log = structlog.get_logger("carnet.webhooks")


def _now() -> datetime:
    return datetime.now(UTC)


class Webhooks:
    """Tells webhooks. Nothing is claimed: an attempt ends before the lease could be another's."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = _now,
        pause: float = _PAUSE,
        courier: Courier | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._store = store
        self._shared = settings.on_postgres
        self._clock = clock
        self._pause = pause
        self._resolver = Resolver()
        self._courier = courier or Courier(settings.webhook_allow, resolve=self._resolver)
        self._chance = chance
        self.holder = secrets.token_hex(8)
        self._task: asyncio.Task[None] | None = None
        self._renewed_at: float | None = None
        self._under_way: dict[asyncio.Task[None], Delivery] = {}

    def start(self) -> None:
        """Begin, in the running event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End. Attempts are broken off: they are made again, under the ids that they had."""
        self._resolver.close()
        if self._task is None:
            return
        for task in (self._task, *self._under_way):
            task.cancel()
        await asyncio.gather(self._task, *self._under_way, return_exceptions=True)
        self._task = None
        if self._renewed_at is not None and self._shared:
            with contextlib.suppress(StoreUnavailableError, StoreFullError):
                await self._store.write(workspaces.ALL, leases.let_go, _LEASE, self.holder)

    async def _run(self) -> None:
        while True:
            try:
                begun = await self.begin_due()
                if begun and self._under_way:
                    await asyncio.wait(self._under_way, timeout=self._pause, return_when=asyncio.FIRST_COMPLETED)
                    continue
            except (StoreUnavailableError, StoreFullError) as error:
                log.warning("webhooks wait for the database", why=str(error))
            except Exception:  # the next look may find all well
                log.exception("a look into the ledger failed")
            await asyncio.sleep(self._pause)

    async def begin_due(self) -> int:
        """Look what has happened, and begin to tell what is due; give how many attempts began."""
        behind = await self._store.read(deliveries.behind)
        waiting = await self._store.read(deliveries.due, self._clock(), most=1)
        if not (behind or waiting) or not await self._may_work():
            return 0
        for workspace_id, webhook_id in behind:
            await self._store.write(workspace_id, deliveries.look, workspace_id, webhook_id, now=self._clock())
        found = await self._store.read(deliveries.due, self._clock(), most=_AT_ONCE * deliveries.MOST_PENDING)
        begun = 0
        for delivery in found:
            if self._has_room(delivery):
                task = asyncio.create_task(self._attempt(delivery))
                self._under_way[task] = delivery
                task.add_done_callback(self._ended)
                begun += 1
        return begun

    async def rest(self) -> None:
        """Let what is under way end."""
        await asyncio.gather(*self._under_way)

    def _has_room(self, delivery: Delivery) -> bool:
        """Whether it can be tried now: not beside another one of its record, nor beside too many others."""
        if len(self._under_way) >= _AT_ONCE:
            return False
        same = [each for each in self._under_way.values() if each.webhook_id == delivery.webhook_id]
        return len(same) < _AT_ONCE_EACH and all(each.record_id != delivery.record_id for each in same)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        if not task.cancelled() and task.exception() is not None:
            log.error("an attempt to tell a webhook failed", exc_info=task.exception())

    async def _attempt(self, delivery: Delivery) -> None:
        parcel = await self._store.read(deliveries.parcel, delivery, now=self._clock())
        if parcel is None:
            return
        result = await self._courier.take(parcel, self._clock())
        log.info("told a webhook", webhook=delivery.webhook_id, status=result.status, attempt=parcel.delivery.attempts)
        await self._write_down(parcel, result)

    async def _write_down(self, parcel: Parcel, result: Result) -> None:
        await self._store.write(
            parcel.delivery.workspace_id,
            deliveries.settle,
            parcel,
            result,
            now=self._clock(),
            chance=self._chance,
        )

    async def _may_work(self) -> bool:
        """Whether the work is ours: always on a database that is ours alone."""
        if not self._shared:
            return True
        now = asyncio.get_running_loop().time()
        if self._renewed_at is not None and now - self._renewed_at < leases.LIFE.total_seconds() / 3:
            return True
        held = await self._store.write(workspaces.ALL, leases.hold, _LEASE, self.holder, now=self._clock())
        self._renewed_at = now if held else None
        return held
