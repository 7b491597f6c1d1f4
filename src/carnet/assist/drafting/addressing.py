"""Recipients that an instruction names: only addresses that are ones, and only from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from carnet.assist.drafting.orders import ADDRESS
from carnet.assist.drafting.reading import flat

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Email

_INITIALS: Final = 2
MOST: Final = 50
"""Addresses in one field of a mail."""


def addresses_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses that a text names, and what looks like one but isn't."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - needed for few instructions

    good: list[str] = []
    bad: list[str] = []
    for match in ADDRESS.finditer(text):
        said = match[0].strip(".!?'[]")
        try:
            good.append(validate_email(said, check_deliverability=False).normalized)
        except EmailNotValidError:
            bad.append(said)
    return tuple(dict.fromkeys(good))[:MOST], tuple(dict.fromkeys(bad))


def with_recipients(email: Email, field: str, addresses: tuple[str, ...], *, instead: bool = False) -> Email:
    """The mail with addresses in `to`, `cc` or `bcc`, each in one field only."""
    kept = () if instead else getattr(email, field)
    known = {address.lower() for address in kept}
    merged = (*kept, *(address for address in addresses if address.lower() not in known))[:MOST]
    new = {address.lower() for address in addresses}
    others = {
        each: tuple(address for address in getattr(email, each) if address.lower() not in new)
        for each in ("to", "cc", "bcc")
        if each != field
    }
    return msgspec.structs.replace(email, **{**others, field: merged})


def without_recipients(email: Email, named: str) -> tuple[Email, tuple[str, ...]]:
    """The mail without the copies to the addresses, or to the names, that a text has; and those addresses."""
    good, _bad = addresses_in(named)
    wanted = {address.lower() for address in good}
    words = {word for word in flat(named).split() if len(word) > _INITIALS} if not good else set()
    gone = tuple(
        address
        for address in (*email.cc, *email.bcc, *(email.to if wanted else ()))
        if address.lower() in wanted
        or words & set(flat(address.partition("@")[0]).replace("-", ".").replace("_", ".").split("."))
    )
    fields = {
        each: tuple(address for address in getattr(email, each) if address not in gone) for each in ("to", "cc", "bcc")
    }
    return msgspec.structs.replace(email, **fields), gone
