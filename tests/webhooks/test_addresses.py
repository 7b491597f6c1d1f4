"""Where no webhook leads: 60 spellings of addresses that aren't public reach nothing."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from carnet.core import webhooks
from carnet.core.webhooks import WebhookDraft
from carnet.jobs import addresses
from carnet.jobs.addresses import RefusedError
from tests.hydra.things import made
from tests.webhooks.conftest import Receiver, attempts, opened, subscribed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person
    from tests.webhooks.conftest import Teller

SPELLINGS = [
    *("127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433"),
    *("0x7f000001", "017700000001", "0x7f.1", "0177.1", "127.0x0.0.1", "00177.0.0.1", "0", "0.0.0.0", "0x0"),  # noqa: S104
    *("localhost", "LOCALHOST", "LocalHost", "localhost."),
    *(
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[0000::0001]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::FFFF:7F00:0001]",
    ),
    *("[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:0001::1]", "[2001:0:7f00:1::]", "[::ffff:0:127.0.0.1]"),
    *("[fe80::1]", "[febf::1]", "[fec0::1]", "[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[ff02::1]", "[100::1]"),
    *("[2001:db8::1]", "[5f00::1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "0xc0a80001"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "100.64.0.1", "100.100.100.200", "168.63.129.16"),
    *("192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
    "255.255.255.255",
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450:4007::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


def test_there_are_enough_of_them() -> None:
    assert len(set(SPELLINGS)) >= 60


def test_no_spelling_reaches_anything(
    house: House, receiver: Receiver, new_teller: Callable[..., Teller], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    teller = new_teller(allowed=())
    port = urlsplit(receiver.url).port
    made_for: list[str] = []
    for spelling in SPELLINGS:
        url = f"http://{spelling}:{port}/"
        webhook = house.alice.does(webhooks.create, WebhookDraft(url=url, kinds=["contact.*"]))
        made_for.append(webhook.id)
    made(house.alice, "contacts")
    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", refuse)
    assert teller.all() == len(SPELLINGS)
    assert receiver.had == []
    for webhook_id in made_for:
        (attempt,) = attempts(house.alice, {"@id": f"/api/webhooks/{webhook_id}"})["items"]
        assert attempt["status"] is None
        assert "isn't a public one" in attempt["answer"] or "gaierror" in attempt["answer"], attempt


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reached(address: str) -> None:
    assert addresses.checked([address])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "::ffff:10.1.2.3"])
def test_a_network_that_is_allowed_is_reached(address: str) -> None:
    networks = [ip_network(each) for each in ("127.0.0.0/8", "10.0.0.0/8", "::1/128")]
    assert addresses.checked([address], networks)
    with pytest.raises(RefusedError):
        addresses.checked(["192.168.0.1"], networks)
    with pytest.raises(RefusedError):
        addresses.checked(["8.8.8.8", address])


def test_a_name_is_resolved_once_and_its_address_used(
    alice: Person, receiver: Receiver, new_teller: Callable[..., Teller]
) -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.168.0.1"]

    teller = new_teller(resolve=resolve)
    port = urlsplit(receiver.url).port
    webhook = subscribed(alice, f"http://hooks.example:{port}/hook", eventTypes=["contact.*"])
    made(alice, "contacts")
    teller.all()
    assert asked == ["hooks.example"]
    assert receiver.had[0].headers["host"] == f"hooks.example:{port}"
    made(alice, "contacts")
    teller.all()
    assert asked == ["hooks.example"] * 2
    assert len(receiver.had) == 1
    assert "isn't a public one" in attempts(alice, webhook)["items"][0]["answer"]


def test_a_redirect_is_not_followed(alice: Person, receiver: Receiver, teller: Teller) -> None:
    with opened(Receiver()) as other:
        receiver.answers, receiver.headers = [302, 307], {"location": other.url}
        webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
        made(alice, "contacts")
        teller.all()
        teller.later(minutes=1)
        assert other.had == []
    assert [each["status"] for each in attempts(alice, webhook)["items"]] == [307, 302]


def test_an_answer_is_not_read(alice: Person, receiver: Receiver, teller: Teller) -> None:
    receiver.body = b"secret" * 100
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    teller.all()
    assert [each["answer"] for each in attempts(alice, webhook)["items"]] == ["Answered 200."]


def test_who_does_not_answer_is_tried_again(
    alice: Person, receiver: Receiver, new_teller: Callable[..., Teller]
) -> None:
    async def never(_host: str, _port: int) -> list[str]:
        raise TimeoutError

    teller = new_teller(resolve=never)
    webhook = subscribed(alice, receiver.url, eventTypes=["contact.*"])
    made(alice, "contacts")
    assert teller.all() == 1
    assert attempts(alice, webhook)["items"][0]["answer"].startswith("No answer within")
    assert teller.later(minutes=1) == 1
