"""What is known of a letter before anybody is chosen: its addresses, its sender, and where it is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import links, owners, segments
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.names import Person, person
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.words import MAILBOXES
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row

_MOST_ADDRESSES = 6
"""More people than that are no one's letter, and each costs a comparison with every line."""
_FROM_A_TELEPHONE = re.compile(
    r"^(?:sent (?:from|via)|envoye (?:de|depuis|via)|gesendet von|von meinem|enviado desde|inviato da|get outlook)\b"
)
_SENTENCES: Final = frozenset({Role.PROSE, Role.GREETING, Role.CLOSING})
_LONGEST_MENTION = 2
_WITHIN = 5


@dataclass(slots=True)
class Clues:
    """What is known of a letter before anybody is chosen."""

    locals: list[str] = field(default_factory=list)
    """Local parts of the addresses that may be the contact's."""
    domains: list[str] = field(default_factory=list)
    """Names of the domains of addresses and sites, those of mail providers left out."""
    sender: Person | None = None
    signed_rows: dict[int, int] = field(default_factory=dict)
    """Rows after the closing, each with how far below it is."""
    lines: dict[int, int] = field(default_factory=dict)
    """The numbers of the rows as if empty ones were not there."""
    mentions: dict[str, int] = field(default_factory=dict)
    """Words that stand nearly alone on a line, as a given name under a note does, and how often."""
    address_rows: set[int] = field(default_factory=set)
    contact_rows: set[int] = field(default_factory=set)
    first_row: int = 0
    is_card: bool = False
    """No greeting, closing or sentence: a card, a badge, a signature alone."""
    _local: dict[str, float] = field(default_factory=dict)
    _domain: dict[str, float] = field(default_factory=dict)

    def local(self, name: str) -> float:
        """How well an address fits a name, from 0 to 1."""
        if name not in self._local:
            self._local[name] = max((local_match(name, local) for local in self.locals), default=0.0)
        return self._local[name]

    def domain(self, text: str) -> float:
        """How well a domain fits a firm, from 0 to 1."""
        if text not in self._domain:
            self._domain[text] = max((domain_match(text, domain) for domain in self.domains), default=0.0)
        return self._domain[text]


def gathered(rows: list[Row], sender: str) -> Clues:
    """The clues of the rows of a letter, whose header names the sender."""
    clues = Clues(lines=segments.lined(rows))
    filled = [row for row in rows if row.role is not Role.BLANK]
    _gather_addresses(clues, rows)
    if sender:
        clues.sender = person(sender.split(" | ", maxsplit=1)[0])
    closing = last_closing(filled)
    for depth, row in enumerate(filled[closing + 1 :] if closing is not None else []):
        clues.signed_rows[row.number] = depth
    clues.is_card = not sender and not any(row.role in _SENTENCES for row in filled)
    clues.first_row = next((row.number for row in filled if row.role is Role.PLAIN and not row.is_contact_only), 0)
    for row in filled:
        if len(row.text.split()) <= _LONGEST_MENTION:
            for word in set(re.findall(r"[^\W\d_]{2,}", fold(row.left))):
                clues.mentions[word] = clues.mentions.get(word, 0) + 1
        if row.phones or row.emails:
            clues.contact_rows.add(row.number)
        elif MASK in row.left and not row.links:
            clues.address_rows.add(row.number)
    return clues


def _gather_addresses(clues: Clues, rows: list[Row]) -> None:
    read = list(owners.readable(rows))
    mails = [email.address for row in read for email in row.emails]
    locals_ = dict.fromkeys(mail.split("@")[0] for mail in mails)
    clues.locals = [local for local in locals_ if fold(local) not in MAILBOXES][:_MOST_ADDRESSES]
    hosts = [mail.rsplit("@", 1)[-1] for mail in mails if not owners.provider_of(mail)]
    urls = [links.unwrapped(link.url) for row in read if row.role is not Role.PROSE for link in row.links]
    hosts += [links.host_of(url) for url in urls if links.is_site(url)]
    domains = dict.fromkeys(parts.registered for host in hosts if (parts := links.address(host)))
    clues.domains = list(domains)[:_MOST_ADDRESSES]


def last_closing(filled: list[Row]) -> int | None:
    """The last of the filled rows that closes a letter and has a signature below it."""
    for nth in range(len(filled) - 1, -1, -1):
        row = filled[nth]
        is_closing = (
            row.role is Role.CLOSING or row.text == "--" or _FROM_A_TELEPHONE.search(fold(row.text)) is not None
        )
        if is_closing and any(
            below.role is Role.PLAIN and below.text != "--" for below in filled[nth + 1 : nth + _WITHIN]
        ):
            return nth
        if row.role is Role.CLOSING and segments.name_in_closing(row.text):
            return nth - 1 if nth else None
    return None
