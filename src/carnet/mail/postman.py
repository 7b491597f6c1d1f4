"""The postman: takes mails out of the outbox, hands them to the mail server, and says there what became of them."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from carnet.core import contacts, outbox
from carnet.core.errors import NotFoundError
from carnet.core.letters import is_address
from carnet.core.outbox import Mail, Sender
from carnet.core.permissions import Actor, Right
from carnet.mail.messages import message_of
from carnet.mail.server import ClaimLostError, Outcome, Result, server_of
from carnet.store.database import StoreFullError, StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.users import User
    from carnet.mail.server import Server
    from carnet.settings import Settings
    from carnet.store.database import Database, Store

AT_ONCE = 5.0
"""Seconds that a sender waits for what becomes of a mail; the attempt goes on behind."""
_MOST = 20
"""How many attempts the outbox begins beside each other."""
_OUTCOMES = {
    Outcome.ACCEPTED: outbox.sent,
    Outcome.PUT_OFF: outbox.put_off,
    Outcome.REFUSED: outbox.refused,
    Outcome.UNKNOWN: outbox.lost,
}
log = structlog.get_logger("carnet.mail")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Postman:
    """Sends mails, several at once. Without a server it leaves them where they are."""

    def __init__(
        self, store: Store, settings: Settings, *, clock: Callable[[], datetime] = _now, patience: float = AT_ONCE
    ) -> None:
        self.server: Server | None = server_of(settings.smtp_url) if settings.smtp_url else None
        self.holder = secrets.token_hex(8)
        """By which this process's claims are known."""
        self.clock = clock
        self._store = store
        self._settings = settings
        self.patience = patience
        self.pause = 1.0
        """Seconds until an outcome that the database didn't take is written down again."""
        self._under_way: dict[asyncio.Task[Mail], str] = {}
        self._is_behind = False

    def sender(self, user: User) -> Sender:
        """Whom a user's mails are from: the address that is set, with answers to the user's own."""
        name, address = self._settings.mail_from
        if not address:
            return Sender(name=user.name, address=user.email)
        answers_go_to = user.email if user.email != address and is_address(user.email) else None
        return Sender(name=name or user.name, address=address, reply_to=answers_go_to)

    async def send(self, mail: Mail) -> Mail:
        """Try a mail that was claimed for us, and give it as it is then; after five seconds, as it was.

        Whatever happens to the caller, the attempt goes on.
        """
        if self.server is None or mail.claimed_by != self.holder:
            return mail
        attempt = self._begin(mail)
        done, _ = await asyncio.wait((attempt,), timeout=self.patience)
        return attempt.result() if done and not attempt.cancelled() and attempt.exception() is None else mail

    async def send_due(self) -> int:
        """Try mails that are due, and give how many there were once each has its outcome."""
        begun = await self.begin_due()
        if begun:
            await asyncio.wait(begun)
        return len(begun)

    async def begin_due(self) -> list[asyncio.Task[Mail]]:
        """Begin to try the mails that are due, as many as there is room for."""
        room = _MOST - len(self._under_way)
        self._is_behind = room <= 0
        if self.server is None or self._is_behind:
            return []
        found = await self._store.read_apart(outbox.due, self.clock(), most=room)
        self._is_behind = len(found) == room
        begun = []
        for workspace_id, mail_id in found:
            mail = await self._store.write(
                workspace_id, outbox.claim, workspace_id, mail_id, self.holder, now=self.clock()
            )
            if mail is not None:
                begun.append(self._begin(mail))
        return begun

    async def wait(self, seconds: float) -> None:
        """Wait so long; where more mails are due than there was room for, only until there is room again."""
        if not self._is_behind:
            await asyncio.sleep(seconds)
        elif self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def recover(self, *, alone: bool = False) -> int:
        """Settle the mails whose holder has gone, and give how many there were.

        Where a process is `alone`, every other one has; else one that lets its claim run out has.
        """
        settled = 0
        for workspace_id, mail_id in await self._store.read_apart(outbox.under_way):
            if mail_id in self._under_way.values():
                continue
            mail = await self._store.write(
                workspace_id,
                outbox.recover,
                workspace_id,
                mail_id,
                holder=self.holder if alone else None,
                now=self.clock(),
            )
            settled += mail is not None
        return settled

    async def rest(self, seconds: float) -> None:
        """Let the attempts that are under way end, for so long; one that is broken off leaves its claim behind."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        for attempt in list(self._under_way):
            attempt.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _begin(self, mail: Mail) -> asyncio.Task[Mail]:
        attempt = asyncio.create_task(self._attempt(mail))
        self._under_way[attempt] = mail.id
        attempt.add_done_callback(self._ended)
        return attempt

    def _ended(self, attempt: asyncio.Task[Mail]) -> None:
        del self._under_way[attempt]
        if not attempt.cancelled() and attempt.exception() is not None:
            log.error("an attempt to send failed", exc_info=attempt.exception())

    async def _attempt(self, mail: Mail) -> Mail:
        assert self.server is not None  # noqa: S101 - the callers have seen to it
        store = self._store
        try:
            message = message_of(mail, await store.read(_names, mail))

            async def begin() -> bool:
                return await store.write(mail.workspace_id, outbox.begin_handing, mail, now=self.clock())

            result = await self.server.hand_over(mail, message, begin)
        except ClaimLostError:
            return mail
        except Exception as error:
            log.exception("a mail can't be written", mail=mail.id)
            result = Result(Outcome.PUT_OFF, f"{type(error).__name__}: {error}")
        log.info("tried a mail", mail=mail.id, outcome=result.outcome.value, attempt=mail.attempts)
        return await self._write_down(mail, result)

    async def _write_down(self, mail: Mail, result: Result) -> Mail:
        """Have the outbox know the outcome, however long the database is away or full meanwhile."""
        end = _OUTCOMES[result.outcome]
        while True:
            try:
                return await self._store.write(mail.workspace_id, end, mail, result.answer, now=self.clock())
            except (StoreUnavailableError, StoreFullError) as error:
                log.warning("an outcome waits for the database", mail=mail.id, why=str(error))
            await asyncio.sleep(self.pause)


def _names(db: Database, mail: Mail) -> dict[str, str]:
    """What the contact is called, by each of its addresses."""
    actor = Actor(mail.workspace_id, mail.user_id, frozenset(Right), "UTC")
    try:
        contact = contacts.get(db, actor, mail.contact_id)
    except NotFoundError:
        return {}
    return dict.fromkeys(contact.emails, contact.name)
