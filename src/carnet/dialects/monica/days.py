"""Calendar days in forms: a day, or the day that a moment names as it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

from carnet.dialects.monica.fields import Field, as_moment


class Day(Field):
    """A calendar day; of a whole moment, such as this tongue shows itself, the day."""

    json = {"type": "string", "format": "date"}  # noqa: RUF012 - never written to

    def read(self, value: Any, before: Any) -> date:  # noqa: ANN401, ARG002 - what was sent, and what is there
        if not isinstance(value, str) or as_moment(value) is None:
            raise self.unfit("The {field} is not a valid date.")
        return date.fromisoformat(value[:10])


def midnight(day: date) -> str:
    """A day as a moment: its beginning in UTC."""
    return f"{day.isoformat()}T00:00:00Z"
