"""The codes of this tongue and the core's words for them: a total table each, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core.contacts import Status as ContactStatus
from carnet.core.directory import PartyKind
from carnet.core.tasks import Priority, Status

if TYPE_CHECKING:
    from enum import StrEnum

STATUSES: dict[int, Status] = {
    0: Status.OPEN,
    1: Status.IN_PROGRESS,
    2: Status.COMPLETED,
    3: Status.CANCELLED,
    4: Status.NO_SHOW,
}
STATUS_CODES = {status: code for code, status in STATUSES.items()}
DEFAULT_STATUS = 0

PRIORITIES: dict[int, Priority] = {
    0: Priority.NONE,
    1: Priority.LOW,
    2: Priority.MEDIUM,
    3: Priority.HIGH,
    4: Priority.URGENT,
}
PRIORITY_CODES = {priority: code for code, priority in PRIORITIES.items()}
DEFAULT_PRIORITY = 2

CONTACT_TYPES: dict[int, PartyKind] = {1: PartyKind.PERSON, 2: PartyKind.COMPANY}
CONTACT_TYPE_CODES = {kind: code for code, kind in CONTACT_TYPES.items()}

LEAD_STATUSES: dict[str, tuple[ContactStatus, ...]] = {
    "New": (ContactStatus.PENDING, ContactStatus.ENRICHED),
    "Contacted": (ContactStatus.CONTACTED,),
    "Qualified": (ContactStatus.QUALIFIED,),
    "Lost": (ContactStatus.LOST,),
    "Converted": (ContactStatus.CONVERTED,),
}
"""The core's words for each of this tongue's; the first is the one that is written."""
LEAD_STATUS_WORDS = {status: word for word, statuses in LEAD_STATUSES.items() for status in statuses}


def lead_statuses(word: str) -> tuple[StrEnum, ...]:
    """The core's words for a lead status in any letter case; none where it is no word of this tongue."""
    return next((known for name, known in LEAD_STATUSES.items() if name.casefold() == word.casefold()), ())
