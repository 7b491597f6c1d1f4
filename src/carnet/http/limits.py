"""Requests a minute for each token, counted in this process. Nothing is refused until a limit is set."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from carnet.http.errors import TooManyRequestsError

if TYPE_CHECKING:
    from carnet.core.permissions import Actor


class RateLimit:
    """A limit that several tongues may share."""

    def __init__(self, per_minute: int) -> None:
        self._limiter = None
        if per_minute:
            from limits import RateLimitItemPerMinute  # noqa: PLC0415 - most installations set no limit
            from limits.storage import MemoryStorage  # noqa: PLC0415
            from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415

            self._limiter = MovingWindowRateLimiter(MemoryStorage())
            self._item = RateLimitItemPerMinute(per_minute)

    def count(self, actor: Actor) -> None:
        """Count one request. Raises TooManyRequestsError when the token has had its share of the last minute."""
        if self._limiter is None or self._limiter.hit(self._item, actor.token_id or ""):
            return
        reset = self._limiter.get_window_stats(self._item, actor.token_id or "").reset_time
        raise TooManyRequestsError(max(1, round(reset - time.time())))
