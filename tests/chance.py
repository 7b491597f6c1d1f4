"""How often tests by chance try: little in each run of the suite, and more when asked.

`CARNET_TEST_TIMES=10 make test` tries ten times as much.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import House

_MORE = int(os.environ.get("CARNET_TEST_TIMES", "1"))
_FEWER_ON_POSTGRES = 6
"""What is tried is above the store, which takes three times as long there."""


def times(count: int, house: House | None = None) -> int:
    """How many examples to try where `count` is what is worth its time on SQLite."""
    fewer = _FEWER_ON_POSTGRES if house is not None and house.settings.on_postgres else 1
    return max(1, count * _MORE // fewer)
