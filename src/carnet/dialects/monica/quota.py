"""How many requests a minute a token may send, and the headers that say so (section 2).

The minutes are those of the clock, and are counted in this process. Without a limit the headers count all the same,
since clients read them, and nobody is refused.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from carnet.http.errors import TooManyRequestsError

if TYPE_CHECKING:
    from carnet.core.permissions import Actor

UNLIMITED = 60_000
"""What is shown as the limit where there is none."""
_MINUTE = 60


class Quota:
    """Counts the requests of each token within the minute."""

    clock = staticmethod(time.time)

    def __init__(self, per_minute: int) -> None:
        """Refuse above so many a minute; 0 refuses nobody."""
        self._per_minute = per_minute
        self._minute = 0
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()
        self._limit = (b"x-ratelimit-limit", b"%d" % (per_minute or UNLIMITED))

    def count(self, actor: Actor) -> None:
        """Count one request. Raises TooManyRequestsError where it is one too many."""
        now = int(self.clock())
        token_id = actor.token_id or ""
        with self._lock:
            if now // _MINUTE != self._minute:
                self._minute = now // _MINUTE
                self._used.clear()
            used = self._used[token_id] = self._used.get(token_id, 0) + 1
        if self._per_minute and used > self._per_minute:
            raise TooManyRequestsError(_MINUTE - now % _MINUTE)

    def headers(self, actor: Actor) -> list[tuple[bytes, bytes]]:
        """The limit, and what is left of it."""
        left = (self._per_minute or UNLIMITED) - self._used.get(actor.token_id or "", 1)
        return [self._limit, (b"x-ratelimit-remaining", b"%d" % max(left, 0 if self._per_minute else 1))]

    def reset(self, retry_after: int) -> int:
        """When the next minute begins, in seconds since 1970."""
        return int(self.clock()) + retry_after
