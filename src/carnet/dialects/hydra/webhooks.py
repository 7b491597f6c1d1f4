"""Webhooks at `/api/webhooks`: who is told of what happens, how it went, and telling it once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import deliveries, history, removal, webhooks
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.identity import as_id
from carnet.core.permissions import Right
from carnet.core.webhooks import LONGEST_URL, Webhook, WebhookChanges, WebhookDraft
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, body_of, read
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import Flag, Text, Texts, json_type
from carnet.dialects.hydra.items import About, Face, Item, encode, moment
from carnet.dialects.hydra.quantities import Instant
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.deliveries import Attempt
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

_COLLECTION = "/api/webhooks"
_EVENTS = "/api/events/"


class _Kinds(Texts):
    """Kinds of event: a noun and what happened to it, or `*` for whatever does."""

    def faults(self, text: str, field: str) -> list[Violation]:
        """What is wrong with one of them."""
        noun, point, happened = text.partition(".")
        is_told = noun in history.TOLD and point and (happened == "*" or happened.isidentifier())
        return [] if is_told else [Violation(field, Fault.NOT_A_CHOICE)]


class _Enabled(Flag):
    """On, unless said otherwise."""

    json = {"type": "boolean", "default": True}  # noqa: RUF012 - never written to
    empty = True


CLASS = Class(
    name="Webhook",
    collection=_COLLECTION,
    about="the addresses that are told of what happens",
    fields=(
        Text("url", required=True, limit=LONGEST_URL, about="Of http or https, with a public address."),
        _Kinds("eventTypes", "kinds", about="Such as task.completed, or task.*; where there is none, all."),
        _Enabled("enabled", about="One that is enabled again goes on where it was."),
        Text("disabledReason", "disabled_reason", writable=False, about="Why Carnet has disabled it."),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(filters.Link("id", "id", _COLLECTION), filters.Order({"createdAt": "created_at"})),
)


class WebhookOut(msgspec.Struct, kw_only=True, omit_defaults=True, rename="camel"):
    """A webhook on the wire."""

    context: str | None = msgspec.field(name="@context", default=None)
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    url: str
    event_types: list[str]
    enabled: bool
    disabled_reason: str | None = None
    created_at: str
    updated_at: str


def _show(_db: Database, _actor: Actor, found: Sequence[Webhook]) -> list[WebhookOut]:
    return [
        WebhookOut(
            iri=f"{_COLLECTION}/{webhook.id}",
            kind="Webhook",
            id=webhook.id,
            url=webhook.url,
            event_types=webhook.kinds or [],
            enabled=webhook.enabled,
            disabled_reason=webhook.disabled_reason,
            created_at=moment(webhook.created_at),
            updated_at=moment(webhook.updated_at),
        )
        for webhook in found
    ]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Webhook:
    return webhooks.create(db, actor, WebhookDraft(**read(CLASS, body, creating=True)), now=request.now)


def _change(db: Database, actor: Actor, webhook: Webhook, body: dict[str, Any], request: Request) -> Webhook:
    said = read(CLASS, body, before=webhook)
    return webhooks.change(db, actor, webhook.id, WebhookChanges(**said), now=request.now)


FACE = Face(
    described=CLASS,
    reads=Right.READ_WEBHOOKS,
    writes=Right.WRITE_WEBHOOKS,
    show=_show,
    page=webhooks.page,
    get=webhooks.get,
    create=_create,
    change=_change,
    remove=removal.remove_webhook,
)


class _Webhooks(Item):
    """What can be asked of webhooks."""

    def operations(self) -> list[Operation]:
        """Those that every class has, and its own."""
        return [
            *super().operations(),
            Operation(
                method="GET",
                path="/webhooks/{id}/attempts",
                name="getWebhookAttempts",
                summary="The last attempts to tell a webhook, the newest first, and how much it is still to be told.",
                right=Right.READ_WEBHOOKS,
                work=self.attempts,
                about=About(described=CLASS, kind="action", names={}, answer=_ATTEMPTS, has_etag=False),
            ),
            Operation(
                method="POST",
                path="/webhooks/{id}/replay",
                name="replayWebhook",
                summary="Tell a webhook of an event once more, or of all that was given up.",
                right=Right.WRITE_WEBHOOKS,
                work=self.replay,
                about=About(described=CLASS, kind="action", names={"event": "event"}, body=_REPLAY, answer=_REPLAYED),
            ),
        ]

    def create(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Make a webhook, whose secret stands in this answer and in no other."""
        answer = super().create(db, actor, request)
        item = msgspec.json.decode(answer.body)
        webhook = webhooks.get(db, actor, item["id"])
        answer.body = encode({**item, "secret": webhooks.secret_of(db, actor, webhook)})
        return answer

    def attempts(self, db: Database, actor: Actor, request: Request) -> Answer:
        """How it went lately."""
        webhook = self.current(db, actor, request)
        pending, failed = deliveries.counts(db, actor, webhook)
        items = [_attempt(each) for each in deliveries.attempts(db, actor, webhook)]
        return Answer(200, encode({"items": items, "pending": pending, "failed": failed}), media_type=JSON)

    def replay(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Queue it."""
        webhook = self.current(db, actor, request)
        event = body_of(request).get("event")
        if event is None:
            queued = deliveries.replay_failed(db, actor, webhook, now=request.now)
        elif not isinstance(event, str):
            raise WrongTypeError("event", "string", json_type(event))
        else:
            event_id = as_id(event.strip().removeprefix(_EVENTS))
            if event_id is None:
                raise InvalidError([Violation("event", Fault.NOT_AN_ID)])
            queued = deliveries.replay(db, actor, webhook, event_id, now=request.now)
        return Answer(200, encode({"queued": queued}), media_type=JSON)


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "event": _EVENTS + attempt.event_id,
        "sequence": attempt.event_number,
        "type": attempt.kind,
        "at": moment(attempt.at),
        "attempt": attempt.attempt,
        "status": attempt.status,
        "answer": attempt.answer,
        "milliseconds": attempt.milliseconds,
    }


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of webhooks."""
    return _Webhooks(FACE, prefix=prefix).operations()


_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_ATTEMPTS: dict[str, Any] = {
    "type": "object",
    "required": ["items", "pending", "failed"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["event", "sequence", "type", "at", "attempt", "status", "answer", "milliseconds"],
                "properties": {
                    "event": {"type": "string", "format": "iri-reference"},
                    "sequence": _COUNT,
                    "type": _TEXT,
                    "at": {"type": "string", "format": "date-time"},
                    "attempt": {**_COUNT, "description": "How many there were of this event, this one included."},
                    "status": {"type": ["integer", "null"], "description": "Of the answer, where there was one."},
                    "answer": _TEXT,
                    "milliseconds": _COUNT,
                },
            },
        },
        "pending": {**_COUNT, "description": "How many events wait to be told, of those that stand next."},
        "failed": {**_COUNT, "description": "How many were given up."},
    },
}
_REPLAY: dict[str, Any] = {
    "type": "object",
    "properties": {
        "event": {
            "type": ["string", "null"],
            "description": "Its IRI or its id; where there is none, all that was given up is told once more.",
        }
    },
}
_REPLAYED: dict[str, Any] = {"type": "object", "required": ["queued"], "properties": {"queued": _COUNT}}
