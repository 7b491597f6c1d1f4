"""A message has the headers that it should have and no other, whatever the texts in it are."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from carnet.core.letters import Email, faults, on_the_wire
from carnet.core.outbox import Sender
from carnet.mail.messages import file_of, message_of
from tests.conftest import NOW
from tests.mail.test_answers import mail_of

if TYPE_CHECKING:
    from email.message import EmailMessage

TO = ("ines@halden.example", "paul@halden.example")
LINE_IN_A_WORD = "=?utf-8?b?DQpCY2M6IGV2ZUB4LmV4YW1wbGUK?="
"""A line break and a `Bcc`, as an encoded word."""
_PIECES = [LINE_IN_A_WORD, "=?utf-8?q?=0D=0ABcc:_a@b.example?=", "<eve@x.example>", '"', "\\", "(", ",", ";", ":", "  "]
_TEXTS = some.lists(
    some.sampled_from([*_PIECES, "é", "日本", "😀", "\u202e", "word " * 15, "x" * 90, "=?", "?=", "\t", "."])
    | some.characters(codec="utf-8"),
    min_size=1,
    max_size=12,
).map(lambda pieces: "".join(pieces)[:255])


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(subject=_TEXTS, name=_TEXTS, own=_TEXTS)
@example(subject=LINE_IN_A_WORD, name="Inès", own="Alice")
@example(subject="Samples", name=LINE_IN_A_WORD, own=LINE_IN_A_WORD)
@example(subject="Samples", name="<" + "word " * 15 + "=", own="Halden, " * 20)
def test_texts_add_no_header_and_no_address(subject: str, name: str, own: str) -> None:
    email = Email(to=TO, cc=("carl@x.example",), bcc=("eve@x.example",), subject=subject, body="Here.")
    if faults(email):
        return
    sender = Sender(name=own, address="team@carnet.example", reply_to="alice@carnet.example")
    mail = msgspec.structs.replace(mail_of(email, sender), follows=["<0@carnet.example>"])
    raw = message_of(mail, dict.fromkeys(TO, name))
    message = read(raw)
    expected = "From Reply-To To Cc Subject Date Message-ID In-Reply-To References Content-Type MIME-Version"
    assert sorted(message.keys()) == sorted([*expected.split(), "Content-Transfer-Encoding"])
    assert message["Subject"] == subject
    assert [each.addr_spec for each in message["To"].addresses] == list(TO)
    assert [each.addr_spec for each in message["From"].addresses] == ["team@carnet.example"]
    assert [each.addr_spec for each in message["Reply-To"].addresses] == ["alice@carnet.example"]
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998


@pytest.mark.parametrize("name", ["Inès Aubry", "O'Neil, Ann", 'Ann "Bee" C.', "Li", "日本 太郎", "a" * 200])
def test_a_name_arrives_as_it_is(name: str) -> None:
    message = read(message_of(mail_of(), {"ines@halden.example": name}))
    assert [each.display_name for each in message["To"].addresses] == [name]


@pytest.mark.parametrize("body", ["Hé\n.\n..\nbye", "é" * 2_000, "x " * 5_000, "a\rb\r\nc"])
def test_a_body_arrives_as_it_is_and_is_plain_ascii_on_its_way(body: str) -> None:
    email = Email(to=TO, subject="A", body=body)
    raw = message_of(mail_of(email), {})
    assert raw.isascii()
    assert re.sub(rb"\r\n", b"", raw).find(b"\n") == -1
    assert read(raw).get_content().splitlines() == re.split("\r\n?|\n", body)


def test_a_thread_of_long_ids_stays_one() -> None:
    ids = [f"<{number}@{'a-long-name.' * 12}example>" for number in range(20)]
    raw = message_of(msgspec.structs.replace(mail_of(), message_id=ids[0], follows=ids), {})
    message: Any = read(raw)
    assert message["References"].split() == ids
    assert message["Message-ID"] == ids[0]
    assert message["In-Reply-To"] == ids[-1]


def test_the_file_of_a_draft_says_who_gets_a_blind_copy_and_a_mail_does_not() -> None:
    email = Email(to=TO, bcc=("eve@x.example",), subject="A", body="B")
    sender = Sender(name="Alice", address="alice@carnet.example")
    assert b"Bcc: Eve <eve@x.example>\r\n" in file_of(email, sender, {"eve@x.example": "Eve"}, NOW)
    assert b"eve" not in message_of(mail_of(email), {"eve@x.example": "eve"})


def test_the_file_of_a_draft_can_be_had_whatever_the_writers_own_address() -> None:
    message = read(file_of(mail_of().email, Sender(name="Al", address="a..b@x.example"), {}, NOW))
    assert message["From"] is None


@pytest.mark.parametrize("address", ["a" * 250 + "@x.example", "a" * 250 + "@x.test", "a@" + "é." * 130 + "example"])
def test_a_long_address_is_refused_before_it_is_looked_at(address: str) -> None:
    with pytest.raises(ValueError, match="an address that is too long"):
        on_the_wire(address)
