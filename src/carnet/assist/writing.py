"""E-mails written together: what the writer has said and edited, and what drafting makes of it.

It suggests versions; the caller has the core keep them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from carnet.assist.drafting import Plan, Recipient, Sender, Version, prepare, refine
from carnet.core import contacts, drafts, genders, outbox, users, workspaces
from carnet.core.drafts import Step
from carnet.core.genders import Type
from carnet.core.letters import Email

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.assist.drafting import Drafted
    from carnet.assist.models import Model
    from carnet.core.contacts import Contact
    from carnet.core.drafts import Draft
    from carnet.core.permissions import Actor
    from carnet.store.database import Database

Gender = Literal["woman", "man"]
_GENDERS: dict[Type, Gender] = {Type.FEMALE: "woman", Type.MALE: "man"}
_TITLES: dict[str, Gender | None] = {
    **dict.fromkeys(("mme", "mme.", "madame", "mlle", "mrs", "mrs.", "ms", "ms.", "miss"), "woman"),
    **dict.fromkeys(("m", "m.", "monsieur", "mr", "mr."), "man"),
    **dict.fromkeys(("dr", "dr.", "me", "pr", "pr.", "prof", "prof."), None),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before the writer: the contact, and the draft with the versions that led to the one shown."""

    contact: Contact
    recipient: Recipient
    sender: Sender
    draft: Draft | None
    line: list[drafts.Version]

    @property
    def to(self) -> tuple[str, ...]:
        """Whom an e-mail to the contact goes to."""
        return tuple(self.contact.emails[:1])

    @property
    def email(self) -> Email | None:
        """The e-mail as it is now."""
        return self.line[-1].email if self.line else None

    def edited(self, said: Mapping[str, Any]) -> Step | None:
        """The version that the writer's own edit makes; None where it changes nothing or isn't an e-mail yet.

        Of a body that is as it was, the plan still holds.
        """
        held = msgspec.to_builtins(self.email) if self.email is not None else {"to": self.to, "subject": "", "body": ""}
        email = msgspec.convert({**held, **said}, Email)
        if email == self.email or not email.subject.strip() or not email.body.strip():
            return None
        plan = self.line[-1].plan if self.line else None
        if self.email is None or plan is None or email.body != self.email.body:
            return Step(email=email)
        return Step(email=email, plan={**plan, "subject": email.subject} if "subject" in said else plan)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The versions to keep (see `drafts.write`), and what was and wasn't understood, in words."""

    edit: Step | None
    back_to: int | None
    step: Step | None
    applied: tuple[str, ...]
    not_applied: tuple[str, ...]


def desk(db: Database, actor: Actor, contact_id: str, draft_id: str | None) -> Desk:
    """Lay out what is needed to write to a contact.

    Raises NotFoundError for a contact that isn't there and a draft that isn't one of theirs, and ConflictError where
    the draft has become a mail.
    """
    contact = contacts.get(db, actor, contact_id)
    draft = None
    line: list[drafts.Version] = []
    if draft_id is not None:
        draft = drafts.of_contact(db, actor, contact_id, draft_id)
        outbox.require_open(db, actor, draft.id)
        line = drafts.line(db, actor, draft)
    known = genders.by_ids(db, actor, [contact.gender_id]).get(contact.gender_id or "")
    user = users.get(db, actor.user_id)
    title, given, family = _named(contact)
    recipient = Recipient(
        name=contact.name,
        given_name=given,
        family_name=family,
        gender=_GENDERS.get(known.type, title) if known is not None else title,
        company=contact.company,
        position=contact.position,
        met=contact.meeting_context,
    )
    language = "fr" if workspaces.get(db, actor).language == "fr" else "en"
    return Desk(contact, recipient, Sender(name=user.name, email=user.email, language=language), draft, line)  # type: ignore[arg-type]


def _named(contact: Contact) -> tuple[Gender | None, str | None, str | None]:
    """The gender that a title tells, the given and the family name; of a contact with one name only, as it reads."""
    if contact.given_name or contact.family_name:
        return None, contact.given_name, contact.family_name
    first, _, rest = contact.name.partition(" ")
    if first.lower() in _TITLES:
        return _TITLES[first.lower()], None, rest.strip() or None
    if not rest or len(first.strip(".")) < 2 or (first.isupper() and not rest.isupper()):  # noqa: PLR2004 - an initial
        return None, None, None
    return None, first, rest.strip()


def begin(desk: Desk, message: str, said: Mapping[str, Any], model: Model | None = None) -> Suggestion:
    """A new text after an instruction, with what the writer has `said` of the e-mail before that."""
    edit = desk.edited(said)
    to = tuple(said["to"]) if "to" in said else desk.to
    drafted = prepare(message, desk.recipient, desk.sender, to=to, versions=_versions(desk, edit), model=model)
    if edit is None and said:  # recipients alone: no version yet, but the writer has named them
        named = {name: tuple(said[name]) for name in ("to", "cc", "bcc") if name in said}
        drafted = msgspec.structs.replace(drafted, email=msgspec.structs.replace(drafted.email, **named))
    return _suggested(desk, edit, drafted, message)


def go_on(desk: Desk, instruction: str, said: Mapping[str, Any], model: Model | None = None) -> Suggestion:
    """The e-mail, as the writer has edited it, changed after an instruction."""
    edit = desk.edited(said)
    drafted = refine(instruction, desk.recipient, desk.sender, versions=_versions(desk, edit), model=model)
    return _suggested(desk, edit, drafted, instruction)


def _versions(desk: Desk, edit: Step | None) -> list[Version]:
    found = [Version(email=each.email, plan=_plan(each.plan)) for each in desk.line]
    return [*found, Version(email=edit.email, plan=_plan(edit.plan))] if edit is not None else found


def _plan(held: dict[str, Any] | None) -> Plan | None:
    """The plan of a version; None for one of a Carnet that planned otherwise."""
    try:
        return msgspec.convert(held, Plan) if held is not None else None
    except msgspec.ValidationError:
        return None


def _suggested(desk: Desk, edit: Step | None, drafted: Drafted, instruction: str) -> Suggestion:
    numbered: list[tuple[int | None, Email]] = [(each.number, each.email) for each in desk.line]
    if edit is not None:
        numbered.append((None, edit.email))
    back_to, email = numbered[-1 - drafted.steps_back] if numbered else (None, None)
    plan = msgspec.to_builtins(drafted.plan) if drafted.plan is not None else None
    is_new = email is None or bool(drafted.applied and drafted.email != email)
    step = Step(email=drafted.email, plan=plan, instruction=instruction) if is_new else None
    return Suggestion(edit, back_to if drafted.steps_back else None, step, drafted.applied, drafted.not_applied)
