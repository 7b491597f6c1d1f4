"""The outbox: mails that were accepted for sending, and leave once or say that nobody can know.

A mail is committed before any attempt, with the id and the date that it keeps for ever. Whoever tries to send it
claims it first, and says so once more before the server gets the text (`handing`). A claim whose holder has died is
therefore either one of a mail that surely hasn't left, which is queued again, or of one that nobody can know about,
which is `uncertain` and waits for a person.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, insert, or_, select, text, update

from carnet.core import contacts, events, records
from carnet.core.contacts import ContactChanges, Status
from carnet.core.errors import ConflictError, NotFoundError
from carnet.core.events import Cause
from carnet.core.identity import new_id
from carnet.core.letters import Email, is_address, on_the_wire, require_sendable
from carnet.core.permissions import Actor, Right, require
from carnet.store import tables
from carnet.store.conditions import within
from carnet.store.statements import columns, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.expression import Insert, Update

    from carnet.core.contacts import Contact
    from carnet.core.drafts import Draft
    from carnet.store.database import Database

CLAIM = timedelta(seconds=30)
"""How long a claim holds until the server gets the text; an attempt must have come so far by then."""
HANDING = timedelta(minutes=6)
"""How long it holds from then on."""
STALE = timedelta(days=1)
"""A mail that was due so long ago and still wasn't tried waits for a person."""
GIVEN_UP = timedelta(days=5)
_FEWEST_ATTEMPTS = 6
"""So often at least it is tried first: one that waited for a person for long gets past a server that greets later."""
_FIRST_PAUSE, _LONGEST_PAUSE = 4.0, 3_600.0
_MOST_FOLLOWED = 20
_LONGEST_ANSWER = 500


class State(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Somebody has claimed it, and the server has nothing of its text yet."""
    HANDING = "handing"
    """The server is being given the text."""
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"


_UNDER_WAY = (State.SENDING, State.HANDING)
_UNFINISHED = (State.QUEUED, *_UNDER_WAY, State.UNCERTAIN, State.FAILED)


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a mail is from."""

    name: str
    address: str
    reply_to: str | None = None


class Mail(msgspec.Struct, frozen=True, array_like=True):
    """A mail."""

    workspace_id: int
    id: str
    draft_id: str
    contact_id: str
    user_id: str
    state: State
    email: Email
    sender: Sender
    message_id: str
    follows: list[str] | None
    """The ids of the mails before it in its thread, oldest first."""
    created_at: datetime
    """Its Date, too."""
    due_at: datetime
    """When it may be tried next."""
    attempts: int
    claimed_by: str | None
    claimed_until: datetime | None
    ended_at: datetime | None
    """When it was accepted, or whatever else ended it."""
    answer: str | None
    """The last words of the mail server."""

    def is_stale(self, now: datetime) -> bool:
        """Whether it waits for a person, since nobody tried it for a day after it was due."""
        return self.state is State.QUEUED and now - self.due_at > STALE


_m = tables.mails.c


def _mails() -> Select[Any]:
    return select(*columns(tables.mails, Mail))


@statement()
def _insert() -> Insert:
    return insert(tables.mails).values({name: bindparam(name) for name in Mail.__struct_fields__})


@statement(Mail)
def _by_id() -> Select[Any]:
    return _mails().where(within(tables.mails), _m.id == bindparam("id"))


@statement(Mail)
def _of_draft() -> Select[Any]:
    same = (within(tables.mails), _m.draft_id == bindparam("draft_id"))
    return _mails().where(*same, text("state NOT IN ('failed', 'dropped')"))  # word for word as the index has it


def to_contact() -> ColumnElement[bool]:
    """The mail went to the contact bound as `contact_id`, or to one who was merged with it, whose drafts it has."""
    drafts, mails = tables.drafts, tables.mails.alias()
    own = select(drafts.c.id).where(within(drafts), drafts.c.contact_id == bindparam("contact_id"))
    theirs = select(mails.c.id).where(within(mails), mails.c.contact_id == bindparam("contact_id"))
    of_drafts = select(mails.c.id).where(within(mails), mails.c.draft_id.in_(own))
    return _m.id.in_(theirs.union(of_drafts))  # with an OR, SQLite walks through every mail of the workspace


@statement(Mail)
def _last_sent() -> Select[Any]:
    sent = (within(tables.mails), to_contact(), _m.state == State.SENT.value)
    return _mails().where(*sent).order_by(_m.created_at.desc(), _m.id.desc()).limit(1)


@statement(tuple)
def _due() -> Select[Any]:
    due = _m.due_at.between(bindparam("since", type_=_m.due_at.type), bindparam("now", type_=_m.due_at.type))
    ready = (_m.state == State.QUEUED.value, due)
    return select(_m.workspace_id, _m.id).where(*ready).order_by(_m.due_at, _m.id).limit(bindparam("most"))


@statement(tuple)
def _under_way() -> Select[Any]:
    return select(_m.workspace_id, _m.id).where(_is_one_of(_UNDER_WAY))


@statement(Mail)
def _everything() -> Select[Any]:
    return _mails().where(_is_one_of(_UNFINISHED)).order_by(_m.created_at, _m.id)


def _is_one_of(states: Sequence[State]) -> ColumnElement[bool]:
    return or_(*(_m.state == state.value for state in states))


@statement(Mail)
def _anywhere() -> Select[Any]:
    return _mails().where(_m.id == bindparam("id"))


@statement()
def _update(names: tuple[str, ...]) -> Update:
    changed = {name: bindparam(f"new_{name}", type_=_m[name].type) for name in names}
    return update(tables.mails).where(within(tables.mails), _m.id == bindparam("mail_id")).values(changed)


def get(db: Database, actor: Actor, mail_id: str) -> Mail:
    """A mail; NotFoundError where there is none."""
    require(actor, Right.READ_EMAILS)
    return _get(db, actor.workspace_id, mail_id)


def of_draft(db: Database, actor: Actor, draft_id: str) -> Mail | None:
    """The mail that a draft has become; None while it can be written on."""
    return db.find(_of_draft(), workspace_id=actor.workspace_id, draft_id=draft_id)


def require_open(db: Database, actor: Actor, draft_id: str) -> None:
    """Raise ConflictError where the draft has become a mail."""
    mail = of_draft(db, actor, draft_id)
    if mail is not None:
        message = f"This e-mail is {_told(mail)} already; begin another one."
        raise ConflictError(message)


def accept(  # noqa: PLR0913
    db: Database,
    actor: Actor,
    draft: Draft,
    email: Email,
    sender: Sender,
    *,
    now: datetime,
    not_before: datetime | None = None,
    claimed_by: str | None = None,
) -> Mail:
    """Take an e-mail for sending. Once this is committed it leaves, or somebody is told that it doesn't.

    It is claimed at once for `claimed_by`, and else tried from `not_before` on. Raises InvalidError where it can't be
    sent as it is, and ConflictError where its draft has become a mail already, its contact asked for no mail, or the
    sender's address isn't one.
    """
    require(actor, Right.WRITE_EMAILS)
    require_open(db, actor, draft.id)
    if not is_address(sender.address):
        message = f"No e-mail can be from {sender.address!r}; CARNET_MAIL_FROM says whom mails are from."
        raise ConflictError(message)
    contact = _contact(db, actor, draft.contact_id)
    if contact.do_not_email:
        raise ConflictError(_asked_for_none(contact))
    require_sendable(email)
    mail_id = new_id()
    before = db.find(_last_sent(), workspace_id=actor.workspace_id, contact_id=contact.id)
    mail = Mail(
        workspace_id=actor.workspace_id,
        id=mail_id,
        draft_id=draft.id,
        contact_id=contact.id,
        user_id=actor.user_id,
        state=State.QUEUED,
        email=email,
        sender=sender,
        message_id=f"<{mail_id}@{on_the_wire(sender.address).rpartition('@')[2]}>",
        follows=[*(before.follows or []), before.message_id][-_MOST_FOLLOWED:] if before is not None else None,
        created_at=now,
        due_at=max(now, not_before) if not_before is not None else now,
        attempts=0,
        claimed_by=None,
        claimed_until=None,
        ended_at=None,
        answer=None,
    )
    row = {name: getattr(mail, name) for name in Mail.__struct_fields__}
    db.run(_insert(), **{**row, "email": msgspec.to_builtins(email), "sender": msgspec.to_builtins(sender)})
    return _claim(db, mail, claimed_by, now) if claimed_by is not None else mail


def due(db: Database, now: datetime, *, most: int) -> list[tuple[int, str]]:
    """Workspace and id of the mails that may be tried now, in all workspaces, the longest due first."""
    return db.all(_due(), now=now, since=now - STALE, most=most)


def under_way(db: Database) -> list[tuple[int, str]]:
    """Workspace and id of the mails that somebody has claimed."""
    return db.all(_under_way())


def claim(db: Database, workspace_id: int, mail_id: str, holder: str, *, now: datetime) -> Mail | None:
    """Claim a mail that is due, or None where there is nothing to claim (any more).

    One whose contact asked for no mail since it was accepted has failed.
    """
    mail = db.find(_by_id(), workspace_id=workspace_id, id=mail_id)
    if mail is None or mail.state is not State.QUEUED or mail.due_at > now or mail.is_stale(now):
        return None
    contact = _contact_of(db, mail)
    if contact is not None and contact.do_not_email:
        _end(db, mail, State.FAILED, _asked_for_none(contact), now)
        return None
    return _claim(db, mail, holder, now)


def begin_handing(db: Database, mail: Mail, *, now: datetime) -> bool:
    """Say that the server gets the text now. False where the claim is lost: then it must not."""
    held = _get(db, mail.workspace_id, mail.id)
    if held.state is not State.SENDING or not _is_same_claim(held, mail):
        return False
    _change(db, held, state=State.HANDING, claimed_until=now + HANDING)
    return True


def sent(db: Database, mail: Mail, answer: str, *, now: datetime) -> Mail:
    """Say that the server has taken the mail, whoever has thought otherwise meanwhile."""
    held = _get(db, mail.workspace_id, mail.id)
    if held.state is State.SENT:
        return held
    after = _end(db, held, State.SENT, answer, now)
    actor = _writer(mail)
    told: dict[str, Any] = {"contact_id": mail.contact_id, "draft_id": mail.draft_id, "message_id": mail.message_id}
    told |= {"subject": mail.email.subject, "to": list(mail.email.to)}
    number = events.record(db, actor, "mail", "sent", mail.id, before=None, after=told, now=now)
    contact = _contact_of(db, mail)
    if contact is not None and contact.status in {Status.PENDING, Status.ENRICHED}:
        changes = records.said(ContactChanges(status=Status.CONTACTED))
        records.change(db, actor, contacts.NOUN, contact, changes, now=now, cause=Cause(part_of=number))
    return after


def put_off(db: Database, mail: Mail, answer: str, *, now: datetime) -> Mail:
    """Queue a claimed mail again, for a later attempt; after five days it has failed."""
    held = _held(db, mail)
    if held is None:
        return _get(db, mail.workspace_id, mail.id)
    if now - held.created_at > GIVEN_UP and held.attempts >= _FEWEST_ATTEMPTS:
        return _end(db, held, State.FAILED, answer, now)
    return _change(
        db,
        held,
        state=State.QUEUED,
        due_at=now + pause(held.attempts),
        claimed_by=None,
        claimed_until=None,
        answer=answer[:_LONGEST_ANSWER],
    )


def refused(db: Database, mail: Mail, answer: str, *, now: datetime) -> Mail:
    """Say that the server won't ever take a claimed mail; its draft can be written on again."""
    held = _held(db, mail)
    return _end(db, held, State.FAILED, answer, now) if held else _get(db, mail.workspace_id, mail.id)


def lost(db: Database, mail: Mail, answer: str, *, now: datetime) -> Mail:
    """Say that nobody can know whether the server has taken a claimed mail."""
    held = _held(db, mail)
    return _end(db, held, State.UNCERTAIN, answer, now) if held else _get(db, mail.workspace_id, mail.id)


def recover(db: Database, workspace_id: int, mail_id: str, *, holder: str | None = None, now: datetime) -> Mail | None:
    """Settle a mail whose holder has gone, as everybody but `holder` has where that is said; None where it holds."""
    mail = _get(db, workspace_id, mail_id)
    if mail.state not in _UNDER_WAY or not (_has_run_out(mail, now) or (holder and mail.claimed_by != holder)):
        return None
    return _settled(db, mail, now)


def unfinished(db: Database) -> list[Mail]:
    """Every mail of all workspaces that isn't sent and that nobody has dropped, oldest first."""
    return db.all(_everything())


def find(db: Database, mail_id: str) -> Mail | None:
    """A mail of any workspace."""
    return db.find(_anywhere(), id=mail_id)


def retry(db: Database, mail: Mail, *, now: datetime) -> Mail:
    """Have a mail tried again at once, since a person says so.

    Raises ConflictError where it is sent or on its way, or where its draft has become another mail.
    """
    held = _decidable(db, mail, now)
    other = db.find(_of_draft(), workspace_id=held.workspace_id, draft_id=held.draft_id)
    if other is not None and other.id != held.id:
        message = "Its draft was sent again since."
        raise ConflictError(message)
    return _change(
        db, held, state=State.QUEUED, due_at=now, attempts=0, claimed_by=None, claimed_until=None, ended_at=None
    )


def drop(db: Database, mail: Mail, *, now: datetime) -> Mail:
    """Give a mail up; its draft can be written on again.

    Raises ConflictError where it is sent or on its way.
    """
    held = _decidable(db, mail, now)
    return _end(db, held, State.DROPPED, held.answer or "", now)


def take_back(db: Database, actor: Actor, draft: Draft, *, now: datetime) -> Mail:
    """Take back the mail that a draft has become, while nobody has tried to send it.

    Raises NotFoundError where there is none, and ConflictError where it is too late.
    """
    require(actor, Right.WRITE_EMAILS)
    mail = of_draft(db, actor, draft.id)
    if mail is None:
        raise NotFoundError("mail", draft.id)
    if mail.state is not State.QUEUED or mail.attempts or mail.answer is not None:  # not one that a person had retried
        message = f"It is too late: the e-mail is {_told(mail)}."
        raise ConflictError(message)
    return _end(db, mail, State.DROPPED, "", now)


def pause(attempts: int, chance: random.Random | None = None) -> timedelta:
    """How long to wait after so many attempts: longer each time, up to an hour, and never as long as another mail."""
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 3.0 ** max(0, attempts - 1))
    return timedelta(seconds=longest * (chance or random).uniform(0.75, 1.25))


def _contact(db: Database, actor: Actor, contact_id: str) -> Contact:
    """The contact that is written to, whether or not the actor may read all of it."""
    return contacts.get(db, msgspec.structs.replace(actor, rights=frozenset(Right)), contact_id)


def _contact_of(db: Database, mail: Mail) -> Contact | None:
    """The contact that a mail is to; None where it is gone."""
    actor = _writer(mail)
    is_there = records.exists(db, actor, contacts.NOUN, mail.contact_id)
    return contacts.get(db, actor, mail.contact_id) if is_there else None


def _writer(mail: Mail) -> Actor:
    """Who wrote a mail, whatever they may do by now: it was theirs to send."""
    return Actor(mail.workspace_id, mail.user_id, frozenset(Right), "UTC")


def _asked_for_none(contact: Contact) -> str:
    return f"{contact.name} has asked for no e-mail."


def _told(mail: Mail) -> str:
    words = {State.SENDING: "being sent", State.HANDING: "being sent", State.UNCERTAIN: "sent, perhaps,"}
    return words.get(mail.state, mail.state.value)


def _claim(db: Database, mail: Mail, holder: str, now: datetime) -> Mail:
    return _change(
        db, mail, state=State.SENDING, attempts=mail.attempts + 1, claimed_by=holder, claimed_until=now + CLAIM
    )


def _held(db: Database, mail: Mail) -> Mail | None:
    """The mail as it is kept, where it is still the claimant's."""
    held = _get(db, mail.workspace_id, mail.id)
    return held if held.state in _UNDER_WAY and _is_same_claim(held, mail) else None


def _is_same_claim(held: Mail, mail: Mail) -> bool:
    """Whether nobody has claimed it since, nor the same process once more, as it may when its first claim ran out."""
    return (held.claimed_by, held.attempts) == (mail.claimed_by, mail.attempts)


def _has_run_out(mail: Mail, now: datetime) -> bool:
    """Whether a claim holds no more. One that would hold far longer than any is from before the clock was set back."""
    until = mail.claimed_until or now
    return not now <= until <= now + 2 * HANDING


def _settled(db: Database, mail: Mail, now: datetime) -> Mail:
    """A mail whose holder has gone, as what is known of it."""
    if mail.state is State.SENDING:
        return _change(db, mail, state=State.QUEUED, due_at=now, claimed_by=None, claimed_until=None)
    return _end(db, mail, State.UNCERTAIN, "Carnet ended while the mail server was given the mail.", now)


def _decidable(db: Database, mail: Mail, now: datetime) -> Mail:
    """The mail as it is kept, where a person can decide about it. Raises ConflictError."""
    held = _get(db, mail.workspace_id, mail.id)
    if held.state in _UNDER_WAY and _has_run_out(held, now):
        return _settled(db, held, now)
    if held.state in {State.SENT, *_UNDER_WAY}:
        message = f"It is {_told(held)}."
        raise ConflictError(message)
    return held


def _get(db: Database, workspace_id: int, mail_id: str) -> Mail:
    mail = db.find(_by_id(), workspace_id=workspace_id, id=mail_id)
    if mail is None:
        raise NotFoundError("mail", mail_id)
    return mail


def _end(db: Database, mail: Mail, state: State, answer: str, now: datetime) -> Mail:
    return _change(
        db,
        mail,
        state=state,
        answer=answer[:_LONGEST_ANSWER],
        ended_at=now,
        claimed_by=None,
        claimed_until=None,
    )


def _change(db: Database, mail: Mail, **changes: Any) -> Mail:  # noqa: ANN401 - the values of any field
    db.run(
        _update(tuple(sorted(changes))),
        workspace_id=mail.workspace_id,
        mail_id=mail.id,
        **{f"new_{name}": value for name, value in changes.items()},
    )
    return msgspec.structs.replace(mail, **changes)
