"""A mail server in a thread, which does as it is told, and a house that sends through it."""

from __future__ import annotations

import asyncio
import inspect
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import SMTP

from carnet.settings import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, Session

    from tests.conftest import House

DROPPED = "dropped"
"""In place of an answer: the connection ends."""


@dataclass
class Office:
    """A mail server. What it isn't told to answer otherwise it takes."""

    texts: list[str] = field(default_factory=list)
    """Its next answers after a text."""
    recipients: dict[str, str] = field(default_factory=dict)
    """Its answers to recipients."""
    senders: dict[str, str] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)
    """What it has taken."""
    had: list[Envelope] = field(default_factory=list)
    """What it was given, taken or not."""
    on_text: Callable[[], object] | None = None
    url: Secret = field(default_factory=Secret)

    async def handle_MAIL(  # noqa: N802 - so the library calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.senders:
            return self.senders[address]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - so the library calls it
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        del options
        answer = self.recipients.get(address, "250 OK")
        if answer == DROPPED:
            _hang_up(server)
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - so the library calls it
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.had.append(envelope)
        said = self.on_text() if self.on_text is not None else None
        if inspect.isawaitable(said):
            await said
        answer = self.texts.pop(0) if self.texts else "250 Taken"
        if answer.startswith("250") or answer == DROPPED:
            self.taken.append(envelope)
        if answer == DROPPED:
            _hang_up(server)
        return answer

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages that were taken, as a mail program reads them."""
        return [message_from_bytes(content_of(each), policy=policy.default) for each in self.taken]


def content_of(envelope: Envelope) -> bytes:
    """The message as it came."""
    assert isinstance(envelope.content, bytes)
    return envelope.content


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.close()


async def _everybody_gone() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def opened(office: Office, port: int = 0, **options: Any) -> Iterator[Office]:
    """The office behind a port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="office")
    thread.start()

    def answering() -> SMTP:
        return SMTP(office, enable_SMTPUTF8=True, hostname="office.example", loop=loop, **options)

    listening = asyncio.run_coroutine_threadsafe(loop.create_server(answering, "127.0.0.1", port), loop).result(10)
    office.url = Secret(f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}")
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(listening.close)
        asyncio.run_coroutine_threadsafe(_everybody_gone(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def office() -> Iterator[Office]:
    """A mail server."""
    with opened(Office()) as office:
        yield office


@pytest.fixture(params=["sqlite", "postgresql"])
def posting(request: pytest.FixtureRequest, new_house: Callable[..., House], office: Office) -> House:
    """A house on each of the two databases, which sends through the office."""
    return new_house(request.param, smtp_url=office.url, mail_from=("", "team@carnet.example"))
