"""E-mails to a contact: prepared, refined and sent (specification, section 16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.assist import writing
from carnet.core import contacts, drafts, outbox, users
from carnet.core.drafts import Step
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.identity import as_id
from carnet.core.letters import Email
from carnet.core.letters import faults as faults_of
from carnet.core.outbox import State
from carnet.core.permissions import Right
from carnet.dialects.hydra.classes import body_of
from carnet.dialects.hydra.contacts import CLASS
from carnet.dialects.hydra.errors import InvalidPathError, MailRefusedError
from carnet.dialects.hydra.items import About, encode
from carnet.dialects.hydra.letters import EML, FILE, SCHEMAS, email_of, instruction_of, placed, sent, session_of, shown
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation
from carnet.mail.messages import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carnet.assist.models import Model
    from carnet.assist.writing import Desk, Suggestion
    from carnet.core.contacts import Contact
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.mail.postman import Postman
    from carnet.store.database import Database, Store


@dataclass(frozen=True, slots=True)
class _Written:
    """What an instruction gave, before anything is kept."""

    desk: Desk
    suggestion: Suggestion


class Emails:
    """What can be asked of e-mails. A model, where there is one, helps to write; only sending needs the postman."""

    def __init__(self, model: Model | None = None, postman: Postman | None = None) -> None:
        self._model = model
        self._postman = postman

    def prepare(self, store: Store, actor: Actor, request: Request) -> None:
        """Think of a new text; what comes of it is kept by `write`."""
        self._think(store, actor, request, "message", writing.begin)

    def refine(self, store: Store, actor: Actor, request: Request) -> None:
        """Think of the changes to a text."""
        self._think(store, actor, request, "instruction", writing.go_on)

    def _think(
        self,
        store: Store,
        actor: Actor,
        request: Request,
        field: str,
        suggest: Callable[[Desk, str, Mapping[str, Any], Model | None], Suggestion],
    ) -> None:
        body = body_of(request)
        faults: list[Violation] = []
        instruction = instruction_of(body, field, faults)
        draft_id = session_of(body, faults)
        said = email_of(body, "currentEmail", faults)
        desk = store.read_now(_desk, actor, request, None if faults else draft_id)
        if field == "instruction" and not faults:
            faults += _nothing_to_refine(desk, said)
        if faults:
            raise InvalidError(faults)
        request.prepared = _Written(desk, suggest(desk, instruction, said, self._model))

    def write(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Keep what was thought of."""
        written: _Written = request.prepared
        desk, suggestion, draft = written.desk, written.suggestion, written.desk.draft
        if draft is not None:
            now = writing.desk(db, actor, desk.contact.id, draft.id)
            if now.line[-1].number != draft.shown:
                suggestion = _afresh(now, request)
            draft = now.draft
        draft = drafts.write(
            db,
            actor,
            desk.contact.id,
            draft,
            edit=suggestion.edit,
            back_to=suggestion.back_to,
            step=suggestion.step,
            now=request.now,
        )
        told = {
            "sessionId": draft.id,
            "email": shown(drafts.line(db, actor, draft)[-1].email),
            "version": draft.shown,
            "applied": suggestion.applied,
            "notApplied": suggestion.not_applied,
        }
        return Answer(200, encode(told), media_type=JSON)

    def send(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Take the e-mail into the outbox; what becomes of it is said after the commit, by `deliver`."""
        assert self._postman is not None  # noqa: S101 - the application always has one
        contact = _contact(db, actor, request)
        body = body_of(request)
        faults: list[Violation] = []
        draft_id = session_of(body, faults)
        said = email_of(body, "emailData", faults)
        if not faults and draft_id is None and body.get("emailData") is None:
            faults.append(Violation("sessionId", Fault.BLANK))
        if faults:
            raise InvalidError(faults)
        desk = writing.desk(db, actor, contact.id, draft_id)
        held = desk.email or Email(to=desk.to, subject="", body="")
        email = msgspec.convert({**msgspec.to_builtins(held), **said}, Email)
        wrong = faults_of(email)
        if wrong:
            raise InvalidError([placed("emailData", violation) for violation in wrong])
        edit = Step(email=email, plan=desk.line[-1].plan if desk.line else None) if email != desk.email else None
        draft = drafts.write(db, actor, desk.contact.id, desk.draft, edit=edit, now=request.now)
        sender = self._postman.sender(users.get(db, actor.user_id))
        holder = self._postman.holder if self._postman.server is not None else None
        mail = outbox.accept(db, actor, draft, email, sender, now=request.now, claimed_by=holder)
        request.prepared = mail
        return sent(mail)

    async def deliver(self, request: Request) -> Answer:
        """Say what became of the mail that was taken in. Raises MailRefusedError."""
        assert self._postman is not None  # noqa: S101 - as above
        mail = await self._postman.send(request.prepared)
        if mail.state is State.FAILED:
            raise MailRefusedError(mail.answer or "")
        return sent(mail)

    def take_back(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Take a mail back that nobody has tried to send yet; its draft is open again."""
        contact = _contact(db, actor, request)
        faults: list[Violation] = []
        draft_id = session_of(body_of(request), faults)
        if draft_id is None:
            raise InvalidError(faults or [Violation("sessionId", Fault.BLANK)])
        draft = drafts.of_contact(db, actor, contact.id, draft_id)
        mail = outbox.take_back(db, actor, draft, now=request.now)
        return Answer(200, encode({"sessionId": draft.id, "email": shown(mail.email)}), media_type=JSON)

    def file(self, db: Database, actor: Actor, request: Request) -> Answer:
        """The e-mail as a file that mail programs open."""
        assert self._postman is not None  # noqa: S101 - as above
        contact = _contact(db, actor, request)
        draft_id = as_id(request.params["sessionId"])
        if draft_id is None:
            raise InvalidPathError
        draft = drafts.of_contact(db, actor, contact.id, draft_id)
        version = drafts.line(db, actor, draft)[-1]
        sender = self._postman.sender(users.get(db, actor.user_id))
        written = file_of(version.email, sender, dict.fromkeys(contact.emails, contact.name), version.made_at)
        answer = Answer(200, written, media_type=EML.encode())
        answer.add(b"content-disposition", f'attachment; filename="{draft.id}.eml"')
        return answer

    def operations(self) -> list[Operation]:
        """All of it."""
        return [
            _action("prepare", "Draft an e-mail to a contact after an instruction.", self.write, before=self.prepare),
            _action("refine", "Change a draft after an instruction.", self.write, before=self.refine),
            _action("send", "Send an e-mail to a contact.", self.send, after=self.deliver),
            _action("take-back", "Take back an e-mail that hasn't left yet.", self.take_back),
            Operation(
                method="GET",
                path="/contacts/{id}/emails/{sessionId}/eml",
                name="getEmailFile",
                summary="A draft as a file that mail programs open.",
                right=Right.READ_EMAILS,
                work=self.file,
                about=About(described=CLASS, kind="action", names={}, answer=FILE, has_etag=False, media=(EML,)),
            ),
        ]


def _action(
    verb: str,
    summary: str,
    work: Callable[[Database, Actor, Request], Answer],
    **more: Any,  # noqa: ANN401 - what the operation does before and after
) -> Operation:
    words = verb.split("-")
    body, answer = SCHEMAS[verb]
    return Operation(
        method="POST",
        path=f"/contacts/{{id}}/emails/{verb}",
        name=f"{words[0]}{''.join(map(str.capitalize, words[1:]))}Email",
        summary=summary,
        right=Right.WRITE_EMAILS,
        work=work,
        about=About(described=CLASS, kind="action", names={}, body=body, answer=answer, has_etag=False),
        **more,
    )


def _afresh(desk: Desk, request: Request) -> Suggestion:
    """The suggestion for a draft that somebody went on with meanwhile, by rules alone: a model would take too long."""
    body = body_of(request)
    said = email_of(body, "currentEmail", [])
    if "instruction" in body:
        return writing.go_on(desk, body["instruction"], said)
    return writing.begin(desk, body["message"], said)


def _contact(db: Database, actor: Actor, request: Request) -> Contact:
    """The contact in the path. Raises InvalidPathError, and NotFoundError where there is none."""
    contact_id = as_id(request.params["id"])
    if contact_id is None:
        raise InvalidPathError
    return contacts.get(db, actor, contact_id)


def _desk(db: Database, actor: Actor, request: Request, draft_id: str | None) -> Desk:
    return writing.desk(db, actor, _contact(db, actor, request).id, draft_id)


def _nothing_to_refine(desk: Desk, said: Mapping[str, Any]) -> list[Violation]:
    if desk.email is not None or desk.edited(said) is not None:
        return []
    if not said:
        return [Violation("sessionId", Fault.BLANK)]
    blank = [name for name in ("subject", "body") if not said.get(name, "").strip()]
    return [Violation(f"currentEmail.{name}", Fault.BLANK) for name in blank]
