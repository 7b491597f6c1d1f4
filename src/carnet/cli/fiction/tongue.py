"""What the invention needs of a language; each has a module of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carnet.core.tasks import Type


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that can be owed to a contact. The title may say `{name}`, of the contact, and `{matter}`."""

    type: Type
    title: str
    note: str
    matters: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a person of one language may be called, do, and be owed."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    """Made up after the manner of the country, so that no common first name makes a known person of them."""
    positions: tuple[tuple[str, str], ...]
    """As a woman and as a man holds them."""
    companies: tuple[str, ...]
    """Each with a `{}` for one of the `roots`."""
    roots: tuple[str, ...]
    meetings: tuple[str, ...]
    remarks: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[str, ...]
    phones: tuple[str, ...]
    """Ranges reserved for fiction, with a `{}` for each of up to four digits."""
    mail_host: str
    errands: tuple[Errand, ...]
    deals: tuple[str, ...]
    """What may be sold."""
    notes: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())
