"""Webhooks: where a workspace's events are told, signed, as the Standard Webhooks specification has it."""

from __future__ import annotations

import base64
import re
import secrets
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, insert, select, update

from carnet.core import counters, records
from carnet.core.errors import Fault, InvalidError, NotFoundError, Violation
from carnet.core.filters import OneOf
from carnet.core.identity import new_id
from carnet.core.paging import Asked, Listing, Page
from carnet.core.permissions import Actor, Right, require
from carnet.core.records import Noun
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.sql.expression import Insert, Update

    from carnet.store.database import Database

LONGEST_URL = 2_048
MOST_KINDS = 50
PREFIX = "whsec_"
_SECRET_BYTES = 32  # the specification asks for 24 to 64
_KIND = re.compile(r"[a-z_]{1,60}\.(?:[a-z_]{1,60}|\*)")
_HOST = re.compile(r"[0-9A-Za-z.\-]+|\[[0-9A-Fa-f:.]+\]")


class Webhook(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An endpoint that is told of what happens."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: datetime
    updated_at: datetime
    user_id: str
    """Who made it."""
    url: str
    kinds: list[str] | None
    """The kinds of event that it is told, `task.completed` or `task.*`; None for all."""
    enabled: bool
    disabled_reason: str | None
    """Why Carnet has disabled it; None where a person did."""
    rights: list[str]
    """What who made it was allowed to read then: it is told of nothing else."""

    def hears(self, kind: str) -> bool:
        """Whether it is told events of a kind."""
        return self.kinds is None or not {kind, kind.partition(".")[0] + ".*"}.isdisjoint(self.kinds)

    @property
    def reader(self) -> Actor:
        """In whose name the ledger is read for it."""
        return Actor(self.workspace_id, self.user_id, frozenset(map(Right, self.rights)), "UTC")


class WebhookDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a webhook at its birth."""

    url: str
    kinds: list[str] | None = None
    enabled: bool = True


class WebhookChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a webhook that exists."""

    url: str | UnsetType = UNSET
    kinds: list[str] | None | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What Carnet alone knows of a webhook."""

    secret: str
    told: int
    """The number of the last event that was looked at for it."""
    attempts_made: int
    failing_since: datetime | None
    """When the first attempt failed since one succeeded."""

    def __repr__(self) -> str:
        return f"Place(told={self.told})"  # no secret in a traceback


NOUN: Noun[Webhook] = Noun("webhook", tables.webhooks, Webhook, made="webhooks_made", kept="webhooks_kept")

_w = tables.webhooks.c
_s = tables.webhook_states


def webhooks_of() -> Select[Any]:
    """The webhooks of a workspace."""
    return select(*columns(tables.webhooks, Webhook)).where(within(tables.webhooks))


LISTING: Listing[Webhook] = Listing(
    tables.webhooks,
    Webhook,
    webhooks_of,
    filters={"id": OneOf(_w.id)},
    orders={"created_at": _w.created_at},
    natural=(("number", False),),
    kept="webhooks_kept",
)


@statement(Webhook)
def _webhook() -> Select[Any]:
    return webhooks_of().where(_w.id == bindparam("id"))


@statement(Place)
def _place() -> Select[Any]:
    return select(*columns(_s, Place)).where(within(_s), _s.c.webhook_id == bindparam("webhook_id"))


@statement()
def _settle() -> Insert:
    return insert(_s).values(
        {name: bindparam(name) for name in ("workspace_id", "webhook_id", *Place.__struct_fields__)}
    )


@statement()
def _update(names: tuple[str, ...]) -> Update:
    changed = {name: bindparam(f"new_{name}", type_=_s.c[name].type) for name in names}
    return update(_s).where(within(_s), _s.c.webhook_id == bindparam("webhook_is")).values(changed)


def get(db: Database, actor: Actor, webhook_id: str) -> Webhook:
    """A webhook; NotFoundError where there is none."""
    require(actor, Right.READ_WEBHOOKS)
    webhook = db.find(_webhook(), workspace_id=actor.workspace_id, id=webhook_id)
    if webhook is None:
        raise NotFoundError("webhook", webhook_id)
    return webhook


def page(db: Database, actor: Actor, asked: Asked) -> Page[Webhook]:
    """A page of webhooks, the oldest first."""
    require(actor, Right.READ_WEBHOOKS)
    return LISTING.page(db, actor, asked)


def create(db: Database, actor: Actor, draft: WebhookDraft, *, now: datetime) -> Webhook:
    """Make a webhook, which is told of what the actor may read and what happens from now on.

    Raises InvalidError for what isn't an address of http or https, or no kind of event.
    """
    require(actor, Right.WRITE_WEBHOOKS)
    said = records.said(draft)
    _check(said)
    number = records.next_number(db, actor, NOUN)
    webhook = Webhook(
        workspace_id=actor.workspace_id,
        id=new_id(),
        number=number,
        version=1,
        created_at=now,
        updated_at=now,
        user_id=actor.user_id,
        disabled_reason=None,
        rights=_readable(actor),
        **said,
    )
    records.add(db, actor, NOUN, webhook, now=now)
    told = counters.value(db, actor.workspace_id, "events_made")
    place = Place(secret=_new_secret(), told=told, attempts_made=0, failing_since=None)
    row = {name: getattr(place, name) for name in Place.__struct_fields__}
    db.run(_settle(), workspace_id=actor.workspace_id, webhook_id=webhook.id, **row)
    return webhook


def change(db: Database, actor: Actor, webhook_id: str, changes: WebhookChanges, *, now: datetime) -> Webhook:
    """Change what is named of a webhook. One that is enabled again goes on where it was. Raises as `create` does.

    Who sends it elsewhere can't have it told more than they may read themselves.
    """
    require(actor, Right.WRITE_WEBHOOKS)
    webhook = get(db, actor, webhook_id)
    said = records.said(changes)
    _check(said)
    if "enabled" in said and said["enabled"] != webhook.enabled:
        said["disabled_reason"] = None
        place_at(db, webhook, failing_since=None)
    if said.get("url", webhook.url) != webhook.url:
        said["rights"] = sorted(set(webhook.rights).intersection(_readable(actor)))
    return records.change(db, actor, NOUN, webhook, said, now=now)


def disable(db: Database, webhook: Webhook, reason: str, *, now: datetime) -> Webhook:
    """Stop telling a webhook, in the name of who made it."""
    changes = {"enabled": False, "disabled_reason": reason}
    return records.change(db, webhook.reader, NOUN, webhook, changes, now=now)


def place_of(db: Database, webhook: Webhook) -> Place:
    """What Carnet alone knows of a webhook."""
    return db.one(_place(), workspace_id=webhook.workspace_id, webhook_id=webhook.id)


def place_at(db: Database, webhook: Webhook, **changes: Any) -> None:  # noqa: ANN401 - the values of any field
    """Write down what Carnet alone knows of a webhook."""
    new = {f"new_{name}": value for name, value in changes.items()}
    db.run(_update(tuple(sorted(changes))), workspace_id=webhook.workspace_id, webhook_is=webhook.id, **new)


def secret_of(db: Database, actor: Actor, webhook: Webhook) -> str:
    """The secret that deliveries are signed with, to be shown to who has just made the webhook."""
    require(actor, Right.WRITE_WEBHOOKS)
    return place_of(db, webhook).secret


def _readable(actor: Actor) -> list[str]:
    return sorted(right.value for right in actor.rights if right.verb == "read")


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _check(said: dict[str, Any]) -> None:
    """Bring what is said into its form. Raises InvalidError."""
    faults = []
    if "url" in said and not _is_url(said["url"]):
        faults.append(Violation("url", Fault.NOT_VALID))
    if said.get("kinds") is not None:
        kinds = said["kinds"] = list(dict.fromkeys(said["kinds"])) or None
        faults += [
            Violation(f"kinds[{at}]", Fault.NOT_A_CHOICE)
            for at, kind in enumerate(kinds or ())
            if not _KIND.fullmatch(kind)
        ]
        if len(kinds or ()) > MOST_KINDS:
            faults.append(Violation("kinds", Fault.TOO_MANY, (MOST_KINDS,)))
    if faults:
        raise InvalidError(faults)


def _is_url(text: str) -> bool:
    """Whether a text is an address that can be told: http or https, a host in ASCII, no credentials, no fragment."""
    if len(text) > LONGEST_URL or not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return False
    with suppress(ValueError):
        parts = urlsplit(text)
        host = parts.netloc.removesuffix(f":{parts.port}") if parts.port is not None else parts.netloc
        is_plain = _HOST.fullmatch(host) and not parts.fragment and parts.port != 0
        return bool(is_plain) and parts.scheme in {"http", "https"}
    return False
