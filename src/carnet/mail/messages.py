"""A mail as the message that leaves (RFC 5322), its addresses built as objects and never out of texts."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING

from carnet.core.letters import on_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from carnet.core.letters import Email
    from carnet.core.outbox import Mail, Sender


def message_of(mail: Mail, names: Mapping[str, str]) -> EmailMessage:
    """The message of a mail. `names` says what the people behind addresses are called."""
    message = _written(mail.email, mail.sender, names)
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    if mail.follows:
        message["In-Reply-To"] = mail.follows[-1]
        message["References"] = " ".join(mail.follows)
    return message


def file_of(email: Email, sender: Sender, names: Mapping[str, str], at: datetime) -> bytes:
    """An e-mail that hasn't left as an `.eml` file, which mail programs open as a draft."""
    message = _written(email, sender, names)
    message["Date"] = at
    message["X-Unsent"] = "1"
    if email.bcc:
        message["Bcc"] = _addresses(email.bcc, names)
    return message.as_bytes(policy=message.policy)


def needs_utf8(email: Email, sender: Sender) -> bool:
    """Whether an address has letters before its `@` that only RFC 6531 can say."""
    return not all(on_the_wire(address).isascii() for address in (*email.recipients, sender.address))


def _written(email: Email, sender: Sender, names: Mapping[str, str]) -> EmailMessage:
    policy = SMTPUTF8 if needs_utf8(email, sender) else SMTP
    message = EmailMessage(policy)
    message["From"] = _address(sender.address, sender.name)
    if sender.reply_to is not None:
        message["Reply-To"] = _address(sender.reply_to, sender.name)
    for header, addresses in (("To", email.to), ("Cc", email.cc)):
        if addresses:
            message[header] = _addresses(addresses, names)
    message["Subject"] = email.subject
    message.set_content(email.body if email.body.endswith("\n") else email.body + "\n")
    return message


def _addresses(addresses: Iterable[str], names: Mapping[str, str]) -> list[Address]:
    return [_address(address, names.get(address, "")) for address in dict.fromkeys(addresses)]


def _address(address: str, name: str) -> Address:
    local, _, domain = on_the_wire(address).rpartition("@")
    return Address("".join(each for each in name if each.isprintable()), local, domain)
