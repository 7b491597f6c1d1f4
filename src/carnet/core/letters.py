"""An e-mail as people write it, and whether it can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from carnet.core.errors import Fault, InvalidError, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_SUBJECT = 255
LONGEST_BODY = 100_000
MOST_RECIPIENTS = 100
LONGEST_ADDRESS = 254
RECIPIENTS = ("to", "cc", "bcc")
_LOCAL = frozenset({"home", "internal", "invalid", "lan", "local", "localhost", "test"})
"""Domains of a house's own network and of tests, which the library refuses and a house's own server may know."""
_LINE_BREAKS = frozenset("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\0")


class Email(msgspec.Struct, frozen=True, kw_only=True):
    """An e-mail: whom it goes to, what it is about, and its plain text."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    subject: str
    body: str

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who gets it, each once."""
        return tuple(dict.fromkeys((*self.to, *self.cc, *self.bcc)))


def require_sendable(email: Email) -> None:
    """Raise InvalidError unless the e-mail can be sent as it is: every fault of it is named.

    An address is a bare one that RFC 5321 and RFC 6531 allow; whether anybody reads there isn't asked. A line break in
    a subject or an address would end its header, and is refused.
    """
    found = faults(email)
    if found:
        raise InvalidError(found)


def faults(email: Email) -> list[Violation]:
    """What keeps an e-mail from being sent as it is."""
    return list(_faults(email))


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address to which a server could be asked to send."""
    try:
        on_the_wire(text)
    except ValueError:
        return False
    return True


def on_the_wire(address: str) -> str:
    """An address as a header and an envelope take it: its domain in ASCII (RFC 5891).

    Raises ValueError for what isn't an address.
    """
    if len(address) > LONGEST_ADDRESS:  # said first, for the library takes its time to find out
        message = "an address that is too long"
        raise ValueError(message)
    import email_validator  # noqa: PLC0415 - most starts of Carnet write to nobody, and it takes 20 ms

    local, _, domain = address.rpartition("@")
    stem, _, top = domain.rpartition(".")
    if top.lower() not in _LOCAL:
        found = email_validator.validate_email(address, check_deliverability=False, globally_deliverable=False)
        return f"{found.local_part}@{found.ascii_domain}"
    if domain.startswith("."):
        message = "a domain that begins with a dot"
        raise ValueError(message)
    stand_in = on_the_wire(f"{local}@{stem or 'a'}.example").rpartition("@")
    return f"{stand_in[0]}@{stand_in[2].removesuffix('.example') + '.' if stem else ''}{top.lower()}"


def _faults(email: Email) -> Iterator[Violation]:
    yield from _faults_of_recipients(email)
    for name, longest in (("subject", LONGEST_SUBJECT), ("body", LONGEST_BODY)):
        text: str = getattr(email, name)
        if not text.strip():
            yield Violation(name, Fault.BLANK)
        elif len(text) > longest:
            yield Violation(name, Fault.TOO_LONG, (longest,))
    if email.subject.strip() and not _LINE_BREAKS.isdisjoint(email.subject):
        yield Violation("subject", Fault.NOT_VALID)
    if "\0" in email.body:
        yield Violation("body", Fault.NOT_VALID)


def _faults_of_recipients(email: Email) -> Iterator[Violation]:
    for name in RECIPIENTS:
        addresses: Sequence[str] = getattr(email, name)
        if len(addresses) > MOST_RECIPIENTS:
            yield Violation(name, Fault.TOO_MANY, (MOST_RECIPIENTS,))
            continue
        for place, address in enumerate(addresses):
            if not is_address(address):
                yield Violation(f"{name}[{place}]", Fault.NOT_AN_EMAIL)
    if not email.to:
        yield Violation("to", Fault.BLANK)
