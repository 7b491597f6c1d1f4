"""Captures: contacts found in a text, prepared and waiting to be confirmed. Nothing of them is a record yet."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, delete, insert, select

from carnet.core import companies, contacts
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.paging import Asked
from carnet.core.permissions import Actor, Right, require
from carnet.core.search import fold
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Delete, Insert

    from carnet.core.contacts import Contact
    from carnet.store.database import Database

LONGEST_TEXT = 1_000_000
"""Characters of a text that is pasted; of these only some are read (see `assist.extraction`)."""
LIFE = timedelta(minutes=30)
_MARK = "cw_"
_MOST_DUPLICATES = 10
_LOOKED_AT = 50
_TELLING_DIGITS = 8
"""The last digits of a phone number that tell it from others, however its beginning is written."""
_EXTENSION = re.compile(r"[\s,;]*(?:ext(?:ension)?|poste|x|#)[\s.:=]*\d{1,6}\s*$", re.IGNORECASE)
"""What stands behind a phone number to reach one desk."""
_BY_EMAIL, _BY_PHONE, _BY_NAME = 4, 2, 1
_LONGEST_NOTE = 100


class Capture(msgspec.Struct, frozen=True, array_like=True):
    """A prepared contact: what was found, by the core's names of a contact's fields."""

    workspace_id: int
    secret_hash: str
    user_id: str
    created_at: datetime
    expires_at: datetime
    found: dict[str, Any]


_c = tables.captures.c


@statement()
def _insert() -> Insert:
    return insert(tables.captures).values({name: bindparam(name) for name in Capture.__struct_fields__})


@statement(Capture)
def _by_secret() -> Select[Any]:
    return select(*columns(tables.captures, Capture)).where(
        within(tables.captures), _c.secret_hash == bindparam("secret_hash")
    )


@statement()
def _forget() -> Delete:
    return delete(tables.captures).where(within(tables.captures), _c.secret_hash == bindparam("used"))


@statement()
def _forget_expired() -> Delete:
    return delete(tables.captures).where(
        within(tables.captures), _c.expires_at <= bindparam("now", type_=_c.expires_at.type)
    )


def prepare(db: Database, actor: Actor, found: Mapping[str, Any], *, now: datetime) -> tuple[str, datetime]:
    """Keep what was found for half an hour; give the secret that confirms it, and when it expires.

    Only a hash of the secret is kept. No contact is made. Raises for links that lead nowhere as `contacts.create` does.
    """
    require(actor, Right.WRITE_CONTACTS)
    kept = dict(found)
    contacts.settle_links(db, actor, kept)
    db.run(_forget_expired(), workspace_id=actor.workspace_id, now=now)
    secret = _MARK + secrets.token_urlsafe(32)
    expires_at = now + LIFE
    db.run(
        _insert(),
        workspace_id=actor.workspace_id,
        secret_hash=_hashed(secret),
        user_id=actor.user_id,
        created_at=now,
        expires_at=expires_at,
        found=kept,
    )
    return secret, expires_at


def redeem(db: Database, actor: Actor, secret: str, *, now: datetime) -> dict[str, Any]:
    """What was prepared under a secret, which is used up unless the transaction fails.

    Raises InvalidError on `confirmation_token` where the secret is unknown, used, expired, another user's or another
    workspace's: all look alike.
    """
    require(actor, Right.WRITE_CONTACTS)
    capture = db.find(_by_secret(), workspace_id=actor.workspace_id, secret_hash=_hashed(secret))
    if capture is None or capture.user_id != actor.user_id or capture.expires_at <= now:
        raise InvalidError([Violation("confirmation_token", Fault.DEAD)])
    db.run(_forget(), workspace_id=actor.workspace_id, used=capture.secret_hash)
    db.run(_forget_expired(), workspace_id=actor.workspace_id, now=now)
    return capture.found


def duplicates(db: Database, actor: Actor, found: Mapping[str, Any]) -> list[Contact]:
    """The contacts that may be the one found: by e-mail, by phone, by folded name; the likeliest first."""
    require(actor, Right.READ_CONTACTS)
    emails = {fold(email) for email in found.get("emails") or ()}
    phones = {digits for phone in found.get("phones") or () if (digits := _telling(phone))}
    name = fold(found.get("name") or "")
    marks: dict[str, int] = {}
    known: dict[str, Contact] = {}
    for filters, likely, mark in (
        ({"emails": list(emails)}, lambda each: emails & set(map(fold, each.emails)), _BY_EMAIL),
        ({"phones": list(phones)}, lambda each: phones & set(map(_telling, each.phones)), _BY_PHONE),
        ({"name_is": [name[: companies.LONGEST_NAME]]}, lambda each: fold(each.name) == name, _BY_NAME),
    ):
        if not all(any(values) for values in filters.values()):
            continue
        for contact in contacts.page(db, actor, Asked(filters=filters, limit=_LOOKED_AT)).items:
            if likely(contact):
                known[contact.id] = contact
                marks[contact.id] = marks.get(contact.id, 0) + mark
    return sorted(known.values(), key=lambda contact: (-marks[contact.id], contact.number))[:_MOST_DUPLICATES]


def summary(found: Mapping[str, Any]) -> str:
    """What was found, in a line; never empty."""
    work = _joined(" at ", [found.get("position"), found.get("company")])
    reached = [*_first(found.get("emails")), *_first(found.get("phones"))]
    told = _joined(", ", [found.get("name"), work, *reached, found.get("address")])
    told = told or _joined(", ", [found.get("website"), found.get("linkedin_url")])
    return " ".join((told or (found.get("description") or "")[:_LONGEST_NOTE]).split()) or "Nothing was found."


def _joined(mark: str, parts: Sequence[str | None]) -> str:
    return mark.join(part for part in parts if part)


def _first(texts: Sequence[str] | None) -> Sequence[str]:
    return (texts or ())[:1]


def _telling(phone: str) -> str:
    """The digits by which a phone number is known again; empty for one that is too short to tell."""
    digits = "".join(filter(str.isdigit, _EXTENSION.sub("", phone)))
    return digits[-_TELLING_DIGITS:] if len(digits) >= _TELLING_DIGITS else ""


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
