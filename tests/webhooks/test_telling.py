"""What is told to whom, in which order and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from carnet.core import deliveries
from tests.conftest import NOW
from tests.hydra.things import made
from tests.webhooks.conftest import attempts, ledger, subscribed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person
    from tests.webhooks.conftest import Receiver, Teller


def _begun(person: Person) -> int:
    return int(ledger(person)[-1]["sequence"])


def test_an_event_is_told_signed(
    alice: Person, receiver: Receiver, teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    contact = made(alice, "contacts")
    assert teller.all() == 1
    (told,) = receiver.had
    event = ledger(alice)[-1]
    assert (told.path, told.id) == ("/hook?a=1", event["id"])
    assert told.headers["content-type"] == "application/json"

    class Frozen:
        @staticmethod
        def now(tz: Any = None) -> Any:
            return NOW.astimezone(tz)

    monkeypatch.setattr("standardwebhooks.webhooks.datetime", Frozen)
    monkeypatch.setattr(Verifier, "_Webhook__verify_timestamp", lambda *_: NOW, raising=False)
    assert Verifier(webhook["secret"]).verify(told.body, told.headers) == told.told
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(webhook["secret"]).verify(told.body + b" ", told.headers)
    assert told.told["type"] == "contact.created"
    assert told.told["data"]["recordId"] == contact["id"]
    assert told.told["data"]["sequence"] == event["sequence"]
    assert told.told["data"]["after"] == event["after"]
    assert teller.all() == 0
    assert attempts(alice, webhook)["pending"] == 0
