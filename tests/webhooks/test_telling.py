"""What is told to whom, in which order and how often."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from carnet.core import deliveries, webhooks, workspaces
from carnet.core.permissions import Right
from carnet.core.webhooks import WebhookChanges, WebhookDraft
from carnet.jobs import leases
from tests.hydra.things import made
from tests.webhooks.conftest import attempts, ledger, subscribed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person
    from tests.webhooks.conftest import Receiver, Teller


def _begun(person: Person) -> int:
    return int(ledger(person)[-1]["sequence"])


def test_an_event_is_told_signed(alice: Person, receiver: Receiver, teller: Teller) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    contact = made(alice, "contacts")
    assert teller.all() == 1
    (told,) = receiver.had
    event = ledger(alice)[-1]
    assert (told.path, told.id) == ("/hook?a=1", event["id"])
    assert told.headers["content-type"] == "application/json"

    assert Verifier(webhook["secret"]).verify(told.body, told.headers) == told.told
    with pytest.raises(Exception, match="No matching signature"):
        Verifier(webhook["secret"]).verify(told.body + b" ", told.headers)
    assert told.told["type"] == "contact.created"
    assert told.told["data"]["recordId"] == contact["id"]
    assert told.told["data"]["sequence"] == event["sequence"]
    assert told.told["data"]["after"] == event["after"]
    assert teller.all() == 0
    assert attempts(alice, webhook)["pending"] == 0


def test_a_receiver_that_fails_five_times_gets_everything_in_order(
    alice: Person, receiver: Receiver, teller: Teller
) -> None:
    webhook = subscribed(alice, receiver.url)
    begun = _begun(alice)
    contacts = [made(alice, "contacts", name=f"N{at}") for at in range(4)]
    for at in range(3):
        for contact in contacts:
            assert alice.patch(contact["@id"], {"name": f"M{at}"}).status_code == 200
    failures = dict.fromkeys([contact["id"] for contact in contacts], 5)

    def decide(told: dict[str, Any]) -> int:
        record = told["data"]["recordId"]
        failures[record] = failures.get(record, 0) - 1
        return 500 if failures[record] >= 0 else 204

    receiver.decide = decide
    teller.all()
    for _ in range(8):
        teller.later(hours=12)
    events = ledger(alice, begun)
    assert {each.id for each in receiver.accepted} == {event["id"] for event in events}
    assert len(receiver.accepted) == len(events) == 16
    by_record: dict[str, list[int]] = {}
    for each in receiver.had:
        by_record.setdefault(each.told["data"]["recordId"], []).append(each.told["data"]["sequence"])
    for sequences in by_record.values():
        assert sequences == sorted(sequences)
    tries = [each for each in receiver.had if each.id == receiver.had[0].id]
    assert len(tries) == 6
    assert len({each.body for each in tries}) == 1
    assert len({each.headers["webhook-timestamp"] for each in tries}) == 6
    assert attempts(alice, webhook)["pending"] == 0


def test_a_record_that_is_refused_holds_up_no_other(alice: Person, receiver: Receiver, teller: Teller) -> None:
    subscribed(alice, receiver.url, eventTypes=["contact.*"])
    first, second = made(alice, "contacts"), made(alice, "contacts")
    receiver.decide = lambda told: 400 if told["data"]["recordId"] == first["id"] else 200
    teller.all()
    alice.patch(first["@id"], {"name": "x"})
    alice.patch(second["@id"], {"name": "x"})
    teller.all()
    assert [each.told["data"]["recordId"] for each in receiver.accepted] == [second["id"]] * 2
    assert len([each for each in receiver.had if not each.accepted]) == 1


def test_what_was_rolled_back_is_told_to_nobody(alice: Person, receiver: Receiver, teller: Teller) -> None:
    subscribed(alice, receiver.url)
    begun = _begun(alice)
    contact = made(alice, "contacts")
    bulk = {"atomic": True, "items": [{"body": {"name": "Kept?"}}, {"body": {"name": ""}}]}
    assert alice.post("/api/contacts/bulk", bulk).status_code in {400, 422}
    assert alice.patch(contact["@id"], {"name": ""}).status_code == 422
    teller.all()
    assert [each.id for each in receiver.had] == [event["id"] for event in ledger(alice, begun)]


def test_only_what_was_chosen_is_told(alice: Person, receiver: Receiver, teller: Teller) -> None:
    subscribed(alice, receiver.url, eventTypes=["contact.deleted", "tag.*"])
    contact = made(alice, "contacts")
    tag = made(alice, "tags")
    alice.patch(tag["@id"], {"color": "#123456"})
    alice.delete(contact["@id"])
    teller.all()
    assert sorted(receiver.kinds) == ["contact.deleted", "tag.created", "tag.updated"]


def test_who_may_read_less_has_less_told(house: House, receiver: Receiver, teller: Teller) -> None:
    alice, all_rights = house.alice, house.alice.actor.rights
    alice.actor = msgspec.structs.replace(
        alice.actor, rights=frozenset({Right.READ_CONTACTS, Right.READ_WEBHOOKS, Right.WRITE_WEBHOOKS})
    )
    webhook = alice.does(webhooks.create, WebhookDraft(url=receiver.url))
    alice.actor = msgspec.structs.replace(alice.actor, rights=all_rights)
    made(alice, "tags")
    made(alice, "companies")
    made(alice, "contacts")
    teller.all()
    assert receiver.kinds == ["contact.created"]
    tag = next(event for event in ledger(alice) if event["kind"] == "tag.created")
    assert alice.post(f"/api/webhooks/{webhook.id}/replay", {"event": tag["@id"]}).status_code == 404


def test_who_sends_it_elsewhere_has_no_more_told_than_they_may_read(house: House, receiver: Receiver) -> None:
    alice = house.alice
    webhook = subscribed(alice, "https://hooks.example/")
    alice.actor = msgspec.structs.replace(
        alice.actor, rights=frozenset({Right.READ_TAGS, Right.READ_WEBHOOKS, Right.WRITE_WEBHOOKS})
    )
    changed = alice.does(webhooks.change, webhook["id"], WebhookChanges(url=receiver.url))
    assert changed.rights == ["tags:read", "webhooks:read"]


def test_another_workspace_is_told_nothing(house: House, receiver: Receiver, teller: Teller) -> None:
    subscribed(house.mallory, receiver.url)
    made(house.alice, "contacts")
    teller.all()
    assert receiver.kinds == []


def test_gone_disables_and_enabling_goes_on(alice: Person, receiver: Receiver, teller: Teller) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    contact = made(alice, "contacts")
    receiver.answers = [410]
    assert teller.all() == 1
    shown = alice.get(webhook["@id"]).json()
    assert (shown["enabled"], shown["disabledReason"]) == (False, "The receiver answered 410 Gone.")
    alice.patch(contact["@id"], {"name": "x"})
    assert teller.later(days=3) == 0
    assert alice.post(webhook["@id"] + "/replay", {}).status_code == 409
    shown = alice.patch(webhook["@id"], {"enabled": True}).json()
    assert "disabledReason" not in shown
    teller.all()
    assert receiver.kinds == ["contact.created", "contact.updated"]


def test_what_is_refused_for_days_is_given_up_and_can_be_replayed(
    alice: Person, receiver: Receiver, teller: Teller
) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*", "tag.*"])
    contact = made(alice, "contacts")
    receiver.decide = lambda told: 500 if told["type"] == "contact.created" else 200
    teller.all()
    for _ in range(len(deliveries.PAUSES) + 2):
        made(alice, "tags")
        teller.later(hours=30)
    assert len([each for each in receiver.had if not each.accepted]) == len(deliveries.PAUSES) + 1
    log = attempts(alice, webhook)
    assert (log["pending"], log["failed"]) == (0, 1)
    alice.patch(contact["@id"], {"name": "x"})
    teller.all()
    assert receiver.kinds[-1] == "contact.updated"
    receiver.decide = None
    assert alice.post(webhook["@id"] + "/replay", {}).json() == {"queued": 1}
    assert teller.later(seconds=0) == 1
    assert receiver.kinds[-1] == "contact.created"
    assert attempts(alice, webhook)["failed"] == 0


def test_a_receiver_that_takes_nothing_for_days_is_told_no_more(
    alice: Person, receiver: Receiver, teller: Teller
) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    receiver.decide = lambda _: 503
    teller.all()
    for _ in range(len(deliveries.PAUSES)):
        teller.later(hours=30)
    shown = alice.get(webhook["@id"]).json()
    assert (shown["enabled"], shown["disabledReason"]) == (
        False,
        "Nothing was accepted for days; at last: Answered 503.",
    )
    receiver.decide = None
    alice.patch(webhook["@id"], {"enabled": True})
    assert teller.all() == 1
    assert receiver.kinds == ["contact.created"]


def test_an_event_is_replayed_under_its_id(alice: Person, receiver: Receiver, teller: Teller) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    teller.all()
    event = ledger(alice)[-1]
    for spelled in (event["id"], event["@id"]):
        assert alice.post(webhook["@id"] + "/replay", {"event": spelled}).json() == {"queued": 1}
        assert teller.later(seconds=0) == 1
    assert [each.id for each in receiver.had] == [event["id"]] * 3
    assert len({each.body for each in receiver.had}) == 1
    assert alice.post(webhook["@id"] + "/replay", {"event": "x"}).status_code == 422
    assert alice.post(webhook["@id"] + "/replay", {"event": 5}).status_code == 400
    assert alice.post(webhook["@id"] + "/replay", {"event": webhook["id"]}).status_code == 404


def test_who_asks_to_be_left_alone_is(alice: Person, receiver: Receiver, teller: Teller) -> None:
    subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    receiver.answers, receiver.headers = [429], {"retry-after": "7200"}
    assert teller.all() == 1
    assert teller.later(minutes=119) == 0
    assert teller.later(minutes=2) == 1


def test_the_last_attempts_are_kept(
    alice: Person, receiver: Receiver, teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_ATTEMPTS_KEPT", 3)
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    for at in range(5):
        made(alice, "contacts", name=f"N{at}")
    receiver.answers = [500]
    teller.all()
    teller.later(minutes=1)
    items = attempts(alice, webhook)["items"]
    assert [(each["status"], each["attempt"]) for each in items] == [(200, 2), (200, 1), (200, 1)]
    assert items[0]["event"] == f"/api/events/{receiver.had[0].id}"
    assert items[0]["type"] == "contact.created"


def test_many_events_are_told_in_pieces(
    alice: Person, receiver: Receiver, teller: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MOST_PENDING", 3)
    subscribed(alice, receiver.url)
    begun = _begun(alice)
    for at in range(10):
        made(alice, "contacts", name=f"N{at}")
    teller.all()
    assert sorted(each.id for each in receiver.had) == sorted(event["id"] for event in ledger(alice, begun))


def test_a_job_that_dies_leaves_nothing_untold(
    alice: Person, receiver: Receiver, new_teller: Callable[..., Teller], monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(alice, receiver.url, eventTypes=["contact.*"])
    contact = made(alice, "contacts")
    alice.patch(contact["@id"], {"name": "x"})
    first = new_teller()

    async def killed(*_: Any) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(first.job, "_write_down", killed)  # it dies once the receiver has accepted
    with pytest.raises(asyncio.CancelledError):
        first.round()
    if first.house.settings.on_postgres:
        alice.house.store.write_now(workspaces.ALL, leases.let_go, "webhooks", first.job.holder)
    assert new_teller().all() == 2
    assert receiver.kinds == ["contact.created", "contact.created", "contact.updated"]
    assert receiver.had[0].id == receiver.had[1].id


def test_one_process_tells(house: House, receiver: Receiver, new_teller: Callable[..., Teller]) -> None:
    first, second = new_teller(), new_teller()
    subscribed(house.alice, receiver.url, eventTypes=["contact.*"])
    made(house.alice, "contacts")
    assert first.round() == 1
    made(house.alice, "contacts")
    if house.settings.on_postgres:
        assert second.round() == 0
        second.now += leases.LIFE + timedelta(seconds=1)
    assert second.round() == 1
    assert len(receiver.had) == 2


def test_one_that_was_removed_is_told_nothing_until_it_is_back(
    alice: Person, receiver: Receiver, teller: Teller
) -> None:
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    assert alice.delete(webhook["@id"]).status_code == 204
    end = ledger(alice)[-1]
    assert teller.all() == 0
    assert alice.post(f"{end['@id']}/undo").status_code == 200
    assert teller.all() == 1
    shown = alice.get(webhook["@id"]).json()
    assert shown["url"] == receiver.url


def test_the_secret_is_shown_once(alice: Person, receiver: Receiver) -> None:
    webhook = subscribed(alice, receiver.url)
    secret = webhook["secret"]
    assert secret.startswith("whsec_")
    answers = [
        alice.get("/api/webhooks"),
        alice.get(webhook["@id"]),
        alice.patch(webhook["@id"], {"enabled": False}),
        alice.get("/api/events?limit=1000"),
        alice.get(webhook["@id"] + "/attempts"),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert secret not in answer.text
        assert "secret" not in answer.text


def test_only_owners_see_webhooks(house: House) -> None:
    webhook = subscribed(house.alice, "https://hooks.example/")
    for person in (house.bob, house.rita):
        assert person.get("/api/webhooks").status_code == 403
        assert person.get(webhook["@id"]).status_code == 403
        assert person.post("/api/webhooks", {"url": "https://hooks.example/"}).status_code == 403
        assert all(event["kind"] != "webhook.created" for event in ledger(person))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://hooks.example/", "hooks.example", "https://", "https://user:secret@hooks.example/", "//hooks.example"),
        *(
            "https://hooks.example/#part",
            "https://hooks.example:0/",
            "https://hooks.example:99999/",
            "file:///etc/passwd",
        ),
        *("https://hooks .example/", "https://hooks.example\\@other.example/", "https://höks.example/", "http:///x"),
        "https://hooks.example/" + "x" * 2_048,
    ],
)
def test_what_is_no_address_is_refused(alice: Person, url: str) -> None:
    answer = alice.post("/api/webhooks", {"url": url})
    assert answer.status_code == 422
    assert answer.json()["violations"][0]["propertyPath"] == "url"


@pytest.mark.parametrize("kind", ["contact", "contacts.created", "contact.", ".created", "*", "tag.cre ated", "*.*"])
def test_what_is_no_kind_of_event_is_refused(alice: Person, kind: str) -> None:
    answer = alice.post("/api/webhooks", {"url": "https://hooks.example/", "eventTypes": ["tag.*", kind]})
    assert answer.status_code == 422
    assert answer.json()["violations"][0]["propertyPath"] == "eventTypes[1]"
