"""What a mail server answers, at every step, and what that says of the mail."""

from __future__ import annotations

import asyncio
import dataclasses
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from carnet.core.letters import Email
from carnet.core.outbox import Mail, Sender, State
from carnet.mail import server
from carnet.mail.messages import message_of
from carnet.mail.server import Outcome, Result, server_of
from tests.conftest import NOW

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

_USUAL = {"HELLO": b"220 Hello\r\n", "DATA": b"354 Go on\r\n", "QUIT": b"221 Bye\r\n"}
_GONE = b""
"""In place of an answer, or at its end: the connection ends."""


@dataclass
class Script:
    """A server that answers from a script: HELLO to the connection, TEXT to the text, and each verb."""

    answers: dict[str, bytes]
    commands: list[str] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    has_ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(ConnectionError):
            await self._serve(reader, writer)
            writer.close()
            await writer.wait_closed()
        self.has_ended.set()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        is_there = await self._say("HELLO", writer)
        while is_there and (line := await reader.readline()):
            self.commands.append(line.decode().strip())
            is_there = await self._say(line[:4].decode(), writer)
            if is_there and line == b"DATA\r\n" and self._answer("DATA").startswith(b"354"):
                self.texts.append(await reader.readuntil(b"\r\n.\r\n"))
                is_there = await self._say("TEXT", writer)

    async def _say(self, step: str, writer: StreamWriter) -> bool:
        writer.write(self._answer(step))
        await writer.drain()
        return self._answer(step).endswith(b"\n")

    def _answer(self, step: str) -> bytes:
        return self.answers.get(step, _USUAL.get(step, b"250 OK\r\n"))


def mail_of(email: Email | None = None, sender: Sender | None = None) -> Mail:
    return Mail(
        workspace_id=1,
        id="1",
        draft_id="2",
        contact_id="3",
        user_id="4",
        state=State.SENDING,
        email=email or Email(to=("ines@halden.example",), subject="Samples", body="Here they are."),
        sender=sender or Sender(name="Alice", address="alice@carnet.example"),
        message_id="<1@carnet.example>",
        follows=None,
        created_at=NOW,
        due_at=NOW,
        attempts=1,
        claimed_by="us",
        claimed_until=None,
        ended_at=None,
        answer=None,
    )


async def handed(script: Script, mail: Mail | None = None, *, password: str | None = None) -> Result:
    mail = mail or mail_of()

    async def begin() -> bool:
        return True

    listening = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    found = server_of(f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    if password is not None:
        found = dataclasses.replace(found, user="carnet", password=password)
    try:
        return await found.hand_over(mail, message_of(mail, {}), begin)
    finally:
        listening.close()
        await script.has_ended.wait()


@pytest.mark.parametrize(
    ("step", "answer", "outcome"),
    [
        ("HELLO", b"421 Busy\r\n", Outcome.PUT_OFF),
        ("HELLO", b"554 Not you\r\n", Outcome.PUT_OFF),
        ("HELLO", b"220 He", Outcome.PUT_OFF),
        ("HELLO", b"220-Hello\r\n" * 10_000, Outcome.PUT_OFF),
        ("HELLO", b"\xff\x00\r\n", Outcome.PUT_OFF),
        ("MAIL", b"251 What?\r\n", Outcome.PUT_OFF),
        ("MAIL", b"452 Full\r\n", Outcome.PUT_OFF),
        ("MAIL", b"552 Too large\r\n", Outcome.REFUSED),
        ("RCPT", b"252 Perhaps\r\n", Outcome.PUT_OFF),
        ("RCPT", b"200 What?\r\n", Outcome.PUT_OFF),
        ("RCPT", _GONE, Outcome.PUT_OFF),
        ("DATA", b"250 What?\r\n", Outcome.PUT_OFF),
        ("DATA", b"421 Bye\r\n", Outcome.PUT_OFF),
        ("DATA", b"554 Nobody to send to\r\n", Outcome.REFUSED),
        ("DATA", b"What?\r\n", Outcome.PUT_OFF),
        ("DATA", _GONE, Outcome.PUT_OFF),
    ],
)
def test_before_the_text_nothing_is_sent_whatever_the_server_says(step: str, answer: bytes, outcome: Outcome) -> None:
    script = Script({step: answer})
    assert asyncio.run(handed(script)).outcome is outcome
    assert script.texts == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"250 Taken\r\n", Outcome.ACCEPTED),
        (b"250-Taken\r\n250 and kept\r\n", Outcome.ACCEPTED),
        (b"421 Come again\r\n", Outcome.PUT_OFF),
        (b"552 Too large\r\n", Outcome.REFUSED),
        (b"Taken\r\n", Outcome.UNKNOWN),
        (b"\r\n", Outcome.UNKNOWN),
        (b"250 " + b"x" * 9_000 + b"\r\n", Outcome.UNKNOWN),
        (b"250-Taken\r\n" * 10_000, Outcome.UNKNOWN),
        (b"354 Go on\r\n", Outcome.UNKNOWN),
        (b"000\r\n", Outcome.UNKNOWN),
        (b"999 What?\r\n", Outcome.UNKNOWN),
        (b"250 Tak", Outcome.UNKNOWN),
        (_GONE, Outcome.UNKNOWN),
    ],
)
def test_after_the_text_only_an_answer_that_is_one_is_believed(answer: bytes, outcome: Outcome) -> None:
    """A mail of which nobody knows is never tried again by itself."""
    script = Script({"TEXT": answer})
    assert asyncio.run(handed(script)).outcome is outcome
    assert len(script.texts) == 1


def test_a_server_that_is_silent_after_the_text_leaves_all_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TEXT", 0.01)
    assert asyncio.run(handed(Script({"TEXT": b"250-Wait\r\n"}))).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("550 Boîte pleine\r\n".encode("latin-1"), "550 ines@halden.example: Boîte pleine"),
        ("550 Boîte pleine\r\n".encode(), "550 ines@halden.example: Boîte pleine"),
        (b"550 a\x00b\x1b[1mc\r\n", "550 ines@halden.example: a b [1mc"),
    ],
)
def test_answers_of_any_bytes_can_be_kept_and_read(answer: bytes, told: str) -> None:
    assert asyncio.run(handed(Script({"RCPT": answer}))).answer == told


def test_a_refusal_that_repeats_the_password_is_kept_without_it() -> None:
    spelled = "AGNhcm5ldABzM2NyZXQ= czNjcmV0 s3cret"  # as PLAIN says it, as LOGIN does, and bare
    offered = {"EHLO": b"250-Hello\r\n250 AUTH PLAIN\r\n", "AUTH": f"535 Bad: {spelled}\r\n".encode()}
    result = asyncio.run(handed(Script(offered), password="s3cret"))
    assert result == Result(Outcome.PUT_OFF, "535 Bad: …= … …")


def test_an_acceptance_is_told_before_the_goodbye_is_answered() -> None:
    assert asyncio.run(asyncio.wait_for(handed(Script({"QUIT": b"221-"})), 1)).outcome is Outcome.ACCEPTED


def test_one_mailbox_gets_one_mail() -> None:
    email = Email(
        to=("ines@halden.example",), cc=("ines@HALDEN.example",), bcc=("ines@halden.example",), subject="A", body="B"
    )
    script = Script({})
    asyncio.run(handed(script, mail_of(email)))
    assert [each for each in script.commands if each.startswith("RCPT")] == ["RCPT TO:<ines@halden.example>"]
