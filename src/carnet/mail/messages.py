"""A mail as the message that leaves (RFC 5322).

Its head is written here, line by line, and not by the library: that reads a text before it writes it, so a subject in
which somebody has spelled an encoded word with a line break (RFC 2047) would come out as a header of its own, and a
long name loses its quotes where it is folded.
"""

from __future__ import annotations

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from carnet.core.letters import is_address, on_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from carnet.core.letters import Email
    from carnet.core.outbox import Mail, Sender

_FOLD = "\r\n "
_LINE = 76
_SEVEN_BIT = SMTP.clone(cte_type="7bit")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
"""Names that need no quotes."""


def message_of(mail: Mail, names: Mapping[str, str]) -> bytes:
    """The message of a mail. `names` says what the people behind addresses are called."""
    head = [
        *_head(mail.email, mail.sender, names),
        ("Date", format_datetime(mail.created_at)),
        ("Message-ID", mail.message_id),
    ]
    if mail.follows:
        head += [("In-Reply-To", mail.follows[-1]), ("References", _FOLD.join(mail.follows))]
    return _written(head, mail.email.body)


def file_of(email: Email, sender: Sender, names: Mapping[str, str], at: datetime) -> bytes:
    """An e-mail that hasn't left as an `.eml` file, which mail programs open as a draft."""
    head = [*_head(email, sender, names), ("Date", format_datetime(at)), ("X-Unsent", "1")]
    if email.bcc:
        head.append(("Bcc", _mailboxes(email.bcc, names)))
    return _written(head, email.body)


def needs_utf8(email: Email, sender: Sender) -> bool:
    """Whether an address has letters before its `@` that only RFC 6531 can say."""
    return not all(on_the_wire(address).isascii() for address in (*email.recipients, sender.address))


def _head(email: Email, sender: Sender, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if is_address(sender.address):  # else it is a file of somebody who couldn't send it
        yield "From", _mailbox(sender.address, sender.name)
    if sender.reply_to is not None:
        yield "Reply-To", _mailbox(sender.reply_to, sender.name)
    for header, addresses in (("To", email.to), ("Cc", email.cc)):
        if addresses:
            yield header, _mailboxes(addresses, names)
    yield "Subject", _text(email.subject, "Subject")


def _written(head: Iterable[tuple[str, str]], body: str) -> bytes:
    """The head and the body, which is ASCII whatever letters it has: not every server takes others (RFC 6152)."""
    content = EmailMessage(_SEVEN_BIT)
    content.set_content(body if body.endswith("\n") else body + "\n")
    return "".join(f"{name}: {value}\r\n" for name, value in head).encode() + content.as_bytes()


def _mailboxes(addresses: Iterable[str], names: Mapping[str, str]) -> str:
    return f",{_FOLD}".join(_mailbox(address, names.get(address, "")) for address in dict.fromkeys(addresses))


def _mailbox(address: str, name: str) -> str:
    """An address with its name, which is never folded but between encoded words."""
    bare = on_the_wire(address)
    shown = "".join(each for each in name if each.isprintable()).strip()
    if not shown:
        return bare
    if not shown.isascii() or "=?" in shown:
        return f"{_encoded(shown)}{_FOLD}<{bare}>"
    if not _ATOMS.fullmatch(shown):
        shown = '"' + re.sub(r'(["\\])', r"\\\1", shown) + '"'
    return f"{shown} <{bare}>"


def _text(text: str, header: str) -> str:
    """A text without structure: as it is where it is plain and fits a line, and else in encoded words."""
    is_plain = text.isascii() and text.isprintable() and "=?" not in text and text == text.strip()
    return text if is_plain and len(header) + 2 + len(text) <= _LINE else _encoded(text)


def _encoded(text: str) -> str:
    longest = "Reply-To"  # of the headers that hold a text, so that the first line is short enough in each
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=longest).encode(linesep="\r\n")
