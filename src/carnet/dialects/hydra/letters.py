"""E-mails in the bodies of requests and answers, and their schemas (specification, section 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import Fault, Violation
from carnet.core.identity import as_id
from carnet.core.letters import LONGEST_BODY, LONGEST_SUBJECT, MOST_RECIPIENTS, RECIPIENTS, Email
from carnet.core.letters import faults as faults_of
from carnet.core.outbox import State
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import json_type
from carnet.dialects.hydra.items import encode, moment
from carnet.http.messages import JSON, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.core.outbox import Mail

LONGEST_INSTRUCTION = 20_000
EML = "message/rfc822"
_STAND_IN = "a@b.example"
FILE = {"type": "string", "format": "binary"}


def instruction_of(body: Mapping[str, Any], name: str, faults: list[Violation]) -> str:
    """The instruction of a body, as it is. Raises WrongTypeError; else says in `faults` what is wrong with it."""
    text = body.get(name)
    if text is not None and not isinstance(text, str):
        raise WrongTypeError(name, "string", json_type(text))
    if text is None or not text.strip():
        faults.append(Violation(name, Fault.BLANK))
    elif len(text) > LONGEST_INSTRUCTION:
        faults.append(Violation(name, Fault.TOO_LONG, (LONGEST_INSTRUCTION,)))
    elif "\0" in text:
        faults.append(Violation(name, Fault.NOT_VALID))
    return text or ""


def session_of(body: Mapping[str, Any], faults: list[Violation]) -> str | None:
    """The id of the draft that a body goes on with, if any. Raises WrongTypeError, or adds to `faults`."""
    sent = body.get("sessionId")
    if sent is None:
        return None
    if not isinstance(sent, str):
        raise WrongTypeError("sessionId", "string", json_type(sent))
    found = as_id(sent)
    if found is None:
        faults.append(Violation("sessionId", Fault.NOT_AN_ID))
    return found


def email_of(body: Mapping[str, Any], name: str, faults: list[Violation]) -> dict[str, Any]:
    """What a body says of an e-mail: only the keys that it names. Null and blanks say nothing."""
    sent = body.get(name)
    if sent is None:
        return {}
    if not isinstance(sent, dict):
        raise WrongTypeError(name, "object", json_type(sent))
    said: dict[str, Any] = {}
    for key in RECIPIENTS:
        if sent.get(key) is not None:
            said[key] = _addresses(sent[key], f"{name}.{key}")
    for key in ("subject", "body"):
        text = sent.get(key)
        if text is not None and not isinstance(text, str):
            raise WrongTypeError(f"{name}.{key}", "string", json_type(text))
        if text is not None and text.strip():
            said[key] = text.strip(" \t") if key == "subject" else text
    # Blanks stay until now, so that a fault has the place that its address has in the body; a stand-in has no fault.
    placing = {key: [each or _STAND_IN for each in said[key]] for key in RECIPIENTS if key in said}
    whole = {"subject": "-", "body": "-", **said, **placing, "to": placing.get("to") or [_STAND_IN]}
    faults += [placed(name, violation) for violation in faults_of(msgspec.convert(whole, Email))]
    return said | {key: tuple(dict.fromkeys(filter(None, said[key]))) for key in placing}


def _addresses(sent: object, name: str) -> list[str]:
    """A list of addresses, trimmed; a bare text is taken as one."""
    if isinstance(sent, str):
        sent = [sent]
    if not isinstance(sent, list):
        raise WrongTypeError(name, "array", json_type(sent))
    for place, each in enumerate(sent):
        if not isinstance(each, str):
            raise WrongTypeError(f"{name}[{place}]", "string", json_type(each))
    return [each.strip() for each in sent]


def placed(name: str, violation: Violation) -> Violation:
    """A fault of an e-mail, under the key that the e-mail has in the body."""
    return Violation(f"{name}.{violation.field}", violation.fault, violation.limits)


def shown(email: Email) -> dict[str, Any]:
    """An e-mail as the wire has it, `cc` and `bcc` where there are any."""
    told: dict[str, Any] = {"to": email.to, "subject": email.subject, "body": email.body}
    return told | {name: getattr(email, name) for name in ("cc", "bcc") if getattr(email, name)}


_STATUSES = {State.SENT: "sent", State.UNCERTAIN: "uncertain"}


def sent(mail: Mail) -> Answer:
    """What is said of a mail after it was sent: of one that waits, when it was taken in."""
    sent_at = mail.ended_at if mail.state is State.SENT and mail.ended_at is not None else mail.created_at
    told = {
        "status": _STATUSES.get(mail.state, "queued"),
        "sessionId": mail.draft_id,
        "email": shown(mail.email),
        "sentAt": moment(sent_at),
    }
    return Answer(200, encode(told), media_type=JSON)


_ADDRESSES = {"type": "array", "maxItems": MOST_RECIPIENTS, "items": {"type": "string", "format": "email"}}
_EMAIL = {
    "type": "object",
    "properties": {
        "to": _ADDRESSES,
        "cc": _ADDRESSES,
        "bcc": _ADDRESSES,
        "subject": {"type": "string", "maxLength": LONGEST_SUBJECT},
        "body": {"type": "string", "maxLength": LONGEST_BODY, "description": "Plain text."},
    },
}
_SESSION = {"type": ["string", "null"], "format": "uuid", "description": "The draft to go on with."}
_SAID = {
    **_EMAIL,
    "type": ["object", "null"],
    "description": "The e-mail as the writer has it; what is missing is kept.",
}


def _asking(field: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [field],
        "properties": {
            field: {"type": "string", "minLength": 1, "maxLength": LONGEST_INSTRUCTION},
            "sessionId": _SESSION,
            "currentEmail": _SAID,
        },
    }


_SEND = {"type": "object", "properties": {"sessionId": _SESSION, "emailData": _SAID}}
_TAKE_BACK = {
    "type": "object",
    "required": ["sessionId"],
    "properties": {"sessionId": {"type": "string", "format": "uuid"}},
}
_DRAFTED = {
    "type": "object",
    "required": ["sessionId", "email", "version", "applied", "notApplied"],
    "properties": {
        "sessionId": {"type": "string", "format": "uuid"},
        "email": {**_EMAIL, "required": ["to", "subject", "body"]},
        "version": {"type": "integer", "minimum": 1},
        "applied": {"type": "array", "items": {"type": "string"}},
        "notApplied": {"type": "array", "items": {"type": "string"}},
    },
}
_SENT = {
    "type": "object",
    "required": ["status", "sessionId", "email", "sentAt"],
    "properties": {
        "status": {"type": "string", "enum": ["sent", "queued", "uncertain"]},
        "sessionId": {"type": "string", "format": "uuid"},
        "email": {**_EMAIL, "required": ["to", "subject", "body"]},
        "sentAt": {"type": "string", "format": "date-time"},
    },
}
SCHEMAS = {
    "prepare": (_asking("message"), _DRAFTED),
    "refine": (_asking("instruction"), _DRAFTED),
    "send": (_SEND, _SENT),
    "take-back": (_TAKE_BACK, {**_DRAFTED, "required": ["sessionId", "email"]}),
}
