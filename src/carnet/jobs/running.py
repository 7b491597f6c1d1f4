"""The jobs of a server: they begin with it, and end with it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from carnet.core import workspaces
from carnet.jobs import leases
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from carnet.mail.postman import Postman
    from carnet.store.database import Store

_PAUSE = 2.0
"""Seconds between two looks into the outbox, which the command line and other processes write to as well."""
_DRAIN = 10.0
_OUTBOX = "outbox"
log = structlog.get_logger("carnet.jobs")


class Jobs:
    """Sends what is due. Where several processes share the database, one of them does."""

    def __init__(self, store: Store, postman: Postman, *, shared: bool, pause: float = _PAUSE) -> None:
        self._store = store
        self._postman = postman
        self._shared = shared
        self._pause = pause
        self._task: asyncio.Task[None] | None = None
        self._renewed_at: float | None = None

    def start(self) -> None:
        """Begin, in the running event loop."""
        if self._postman.server is not None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let what is under way end, and end."""
        if self._task is None:
            await self._postman.rest(_DRAIN)
            return
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self._postman.rest(_DRAIN)
        if self._renewed_at is not None:
            with contextlib.suppress(StoreUnavailableError, StoreFullError):
                await self._store.write(workspaces.ALL, leases.let_go, _OUTBOX, self._postman.holder)

    async def _run(self) -> None:
        while True:
            try:
                if await self._may_work():
                    await self._postman.recover(alone=not self._shared)
                    await self._postman.begin_due()
                    await self._postman.wait(self._pause)
                    continue
            except (StoreUnavailableError, StoreFullError) as error:
                log.warning("the outbox waits for the database", why=str(error))
            except Exception:  # the next look may find all well
                log.exception("a look into the outbox failed")
            await asyncio.sleep(self._pause)

    async def _may_work(self) -> bool:
        """Whether the work is ours: always on a database that is ours alone."""
        if not self._shared:
            return True
        now = asyncio.get_running_loop().time()
        if self._renewed_at is not None and now - self._renewed_at < leases.LIFE.total_seconds() / 3:
            return True
        held = await self._store.write(
            workspaces.ALL, leases.hold, _OUTBOX, self._postman.holder, now=self._postman.clock()
        )
        self._renewed_at = now if held else None
        return held
