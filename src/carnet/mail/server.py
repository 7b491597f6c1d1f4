"""A mail server: one attempt to hand a mail over, and how it ended (RFC 5321).

What becomes of a mail is decided by the answer after its text alone. Before that nothing can have left; from the
moment the text begins until that answer nobody can know.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from carnet.core.letters import on_the_wire
from carnet.mail.messages import needs_utf8
from carnet.settings import smtp_parts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiosmtplib import SMTP

    from carnet.core.outbox import Mail

GREETING = 25.0
"""Seconds until a server is ready for the text; less than a claim holds."""
TEXT = 300.0
"""Seconds that it may then take to answer: a server that scans mails takes its time."""
_GO_AHEAD = 354
_REFUSAL = 5
_AT_LINE_START = re.compile(rb"(?m)^\.")
_PORTS = {"smtp": 587, "smtps": 465}
_PORT_IN_HOUSE = 25
_IN_HOUSE = frozenset({"localhost", "127.0.0.1", "::1"})


class Outcome(Enum):
    """How an attempt ended."""

    ACCEPTED = "accepted"
    PUT_OFF = "put off"
    """Not now: the server can't be reached, or asks to come again."""
    REFUSED = "refused"
    """Not ever."""
    UNKNOWN = "unknown"
    """The server has the text, or may have, and its answer was lost."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt ended, and in which words of the server."""

    outcome: Outcome
    answer: str


_SIGN_IN = frozenset({530, 534, 535, 538})
"""By these a server refuses not the mail, but us (RFC 4954, 6; RFC 3207, 4)."""
_ENDS = {2: Outcome.ACCEPTED, 4: Outcome.PUT_OFF, _REFUSAL: Outcome.REFUSED}
"""What an answer to the text means, by its first digit (RFC 5321, 4.2.1). Any other leaves open what happened."""


class ClaimLostError(Exception):
    """The mail isn't ours to send any more."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed over: `smtp://user:password@host:587` or `smtps://…`.

    With `smtp` the connection becomes a TLS one where the server offers that, and must where there is a password.
    `?tls=none` at the end asks for none, and so does a server on this machine.
    """

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    from_start: bool = False
    """Whether TLS begins with the first byte."""
    is_required: bool = False
    """Whether nothing is said without TLS."""
    is_plain: bool = False
    """Whether TLS isn't even tried."""

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"

    async def hand_over(
        self, mail: Mail, message: bytes, begin: Callable[[], Awaitable[bool]], *, greeting: float = GREETING
    ) -> Result:
        """Try once. `begin` is awaited before the text leaves, which it doesn't where that gives False.

        Raises ClaimLostError then.
        """
        result = await self._attempt(mail, message, begin, greeting)
        return replace(result, answer=self._without_password(_readable(result.answer)))

    async def _attempt(
        self, mail: Mail, message: bytes, begin: Callable[[], Awaitable[bool]], greeting: float
    ) -> Result:
        client = self._client(greeting)
        try:
            async with asyncio.timeout(greeting):
                await client.connect()
                early = await self._announce(client, mail)
            if early is not None:
                return early
            if not await begin():
                raise ClaimLostError
            return await _give(client, message)
        except _mishaps() as error:
            return Result(Outcome.PUT_OFF, _words(error))
        finally:
            _leave(client)

    def _client(self, timeout: float) -> SMTP:
        import aiosmtplib  # noqa: PLC0415 - most processes never send

        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            local_hostname="[127.0.0.1]",  # as mail programs do; a name would have to be looked up
            use_tls=self.from_start,
            start_tls=False if self.from_start or self.is_plain else True if self.is_required else None,
            username=self.user,
            password=self.password,
            timeout=timeout,
            tls_context=None if self.is_plain else _trusted(),
        )

    async def _announce(self, client: SMTP, mail: Mail) -> Result | None:
        """Say whom the mail is from and for; a result where the server has no use for the text.

        One recipient who is refused, and nobody gets it: a mail that half left could never be sent again.
        """
        from aiosmtplib import SMTPRecipientRefused, SMTPSenderRefused  # noqa: PLC0415

        options = ["SMTPUTF8", "BODY=8BITMIME"] if needs_utf8(mail.email, mail.sender) else []
        if options and client.is_ehlo_or_helo_needed:
            await client.ehlo()
        if options and not client.supports_extension("smtputf8"):
            return Result(Outcome.REFUSED, "The mail server can't send to or from addresses with such letters.")
        encoding = "utf-8" if options else "ascii"
        try:
            await client.mail(on_the_wire(mail.sender.address), options=options, encoding=encoding)
            for address in dict.fromkeys(map(on_the_wire, mail.email.recipients)):
                await client.rcpt(address, encoding=encoding)
        except SMTPSenderRefused as error:
            return _not_begun(error.code, error.message)
        except SMTPRecipientRefused as error:
            return _not_begun(error.code, f"{error.recipient}: {error.message}")
        return None

    def _without_password(self, answer: str) -> str:
        """An answer that doesn't repeat how we signed in, as some servers do when they refuse it."""
        if self.password:
            for told in (f"\0{self.user}\0{self.password}", self.password):
                answer = answer.replace(b64encode(told.encode()).decode().rstrip("="), "…")
            answer = answer.replace(self.password, "…")
        return answer


def server_of(url: str) -> Server:
    """The server of an address. Raises ValueError, without the password, for one that isn't such an address."""
    parts = smtp_parts(url)
    host = parts.hostname or ""
    tls = parse_qs(parts.query).get("tls", ["auto"])[-1]
    in_house = host in _IN_HOUSE
    port = parts.port or (_PORT_IN_HOUSE if in_house and parts.scheme == "smtp" else _PORTS[parts.scheme])
    return Server(
        host=host,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        from_start=parts.scheme == "smtps",
        is_required=parts.password is not None and not in_house and tls == "auto",
        is_plain=parts.scheme == "smtp" and (in_house or tls == "none"),
    )


async def _give(client: SMTP, message: bytes) -> Result:
    """Give the server the text. Until it has asked for that nothing has left, whatever goes wrong."""
    asked = await client.execute_command(b"DATA")
    if asked.code != _GO_AHEAD:
        return _not_begun(asked.code, asked.message)
    protocol = client.protocol
    assert protocol is not None  # noqa: S101 - it has just answered
    try:
        protocol.write(_AT_LINE_START.sub(b"..", message) + b".\r\n")
        answer = await protocol.read_response(timeout=TEXT)
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows what the server has
        return Result(Outcome.UNKNOWN, _words(error))
    return Result(_ENDS.get(answer.code // 100, Outcome.UNKNOWN), f"{answer.code} {answer.message}")


def _not_begun(code: int, message: str) -> Result:
    """What an answer means that isn't the one that the next step needs: whatever it says, nothing was sent."""
    is_refusal = code // 100 == _REFUSAL and code not in _SIGN_IN
    return Result(Outcome.REFUSED if is_refusal else Outcome.PUT_OFF, f"{code} {message}")


@lru_cache(1)
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _mishaps() -> tuple[type[Exception], ...]:
    from aiosmtplib import SMTPException  # noqa: PLC0415

    return SMTPException, OSError, TimeoutError, ValueError


def _words(error: BaseException) -> str:
    """An error in words."""
    from aiosmtplib import SMTPResponseException  # noqa: PLC0415

    if isinstance(error, SMTPResponseException):
        return f"{error.code} {error.message}" if error.code > 0 else error.message
    return str(error) or type(error).__name__


def _readable(answer: str) -> str:
    """An answer as it can be kept and shown, of whatever bytes it was made."""
    raw = answer.encode("utf-8", "surrogateescape")
    try:
        told = raw.decode()
    except UnicodeDecodeError:
        told = raw.decode("latin-1")
    return " ".join("".join(each if each.isprintable() else " " for each in told).split())


def _leave(client: SMTP) -> None:
    """Say goodbye and don't wait for an answer: what became of the mail is to be written down at once."""
    with suppress(*_mishaps(), RuntimeError):
        if client.protocol is not None:
            client.protocol.write(b"QUIT\r\n")
    client.close()
