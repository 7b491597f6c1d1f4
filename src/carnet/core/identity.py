"""New identities: UUIDv7 (RFC 9562), whose order is the order of their making."""

from __future__ import annotations

import os
import re
import threading
import time

_lock = threading.Lock()
_last = 0


LARGEST_NUMBER = 2**63 - 1
"""The largest integer that a database holds; a larger one is nobody's number."""


def new_id() -> str:
    """A UUIDv7 as 36 lower-case characters; later ones of this process sort after earlier ones."""
    global _last  # noqa: PLW0603 - the last one given is what makes the next one larger
    random = int.from_bytes(os.urandom(8), "big")
    with _lock:
        # 48 bits of milliseconds and 12 bits of their fractions: 244 ns a step, raised by one where the clock stands.
        nanoseconds = time.time_ns()
        moment = (nanoseconds // 1_000_000) << 12 | (nanoseconds % 1_000_000) * 4096 // 1_000_000
        _last = moment = max(moment, _last + 1)
    value = (moment >> 12) << 80 | 7 << 76 | (moment & 0xFFF) << 64 | 0b10 << 62 | random >> 2
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def as_id(text: str) -> str | None:
    """The identity that a text spells, in lower case; None where it spells none."""
    return text.lower() if _SPELLED.fullmatch(text) else None


_SPELLED = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
