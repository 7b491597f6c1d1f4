"""A plan as a mail: the same plan for the same people always gives the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from carnet.assist.drafting.marks import capitalised, spoken, written
from carnet.assist.drafting.wordings import FRAMES, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.assist.drafting.kinds import Email, Fact, Language, Length, Line, Paragraph, Plan, Recipient, Sender

LONGEST_SUBJECT: Final = 90
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_.'\u2019-]*(?:[ .'\u2019-]{1,2}[^\W\d_][^\W\d_.'\u2019-]*){0,4}\.?")
_LONGEST_NAME: Final = 50
_SAYABLE: Final = re.compile(r"[\w .,'\u2019&()°/+-]{1,60}")
_NO_NAME: Final = re.compile(
    r"\w\.\w\w|\d{5}|\b(?:ignore|instructions?|bcc|cc|http|www|system|prompt|send|email)\b", re.IGNORECASE
)
_CIVILITIES: Final[Mapping[Language, Mapping[str, str]]] = {
    "fr": {"woman": "Madame", "man": "Monsieur"},
    "en": {"woman": "Ms", "man": "Mr"},
}


def name_of(text: str | None) -> str:
    """A name that may be said; empty where a contact's field holds something else."""
    text = " ".join((text or "").split())
    if not text or len(text) > _LONGEST_NAME or not _NAME.fullmatch(text) or _NO_NAME.search(text):
        return ""
    return text


def sayable(text: str | None) -> str:
    """A short phrase of a contact's that may be said; empty where it isn't one."""
    text = " ".join((text or "").split())
    return text if _SAYABLE.fullmatch(text) and not _NO_NAME.search(text) else ""


def sentence(line: Line, plan: Plan, length: Length) -> str:
    """One line as a sentence; empty where it isn't said at that length, or not known in the plan's language."""
    if line.own is not None:
        own = _said(line.own, plan.language)
        return capitalised(spoken(own, plan.address)) if own else ""
    facts = {name: said for name, fact in line.facts.items() if (said := _said(fact, plan.language)) is not None}
    form = wording(line.wording, plan.language, length)
    return written(form, facts, plan.language, plan.tone, plan.address) if form else ""


def _said(fact: Fact, language: Language) -> str | None:
    return fact.fr if language == "fr" else fact.en


def paragraph(given: Paragraph, plan: Plan) -> str:
    """The sentences of a paragraph."""
    length = given.length or plan.length
    return " ".join(filter(None, (sentence(line, plan, length) for line in given.lines)))


def greeting(plan: Plan, recipient: Recipient) -> str:
    """How the mail begins: by a name where one is known, and by a title only where the gender is."""
    if plan.greeting is not None:
        return plan.greeting
    frame = FRAMES[plan.language]
    given, family, whole = map(name_of, (recipient.given_name, recipient.family_name, recipient.name))
    if recipient.name == recipient.company or (" " not in whole and not given):
        whole = ""
    title = _CIVILITIES[plan.language].get(recipient.gender or "", "")
    titled = f"{title} {family}" if title and family else ""
    if plan.tone == "formal" or not given:
        name, form = titled or whole, frame.greeting_formally if plan.tone == "formal" else frame.greeting
    else:
        name, form = given, frame.greeting
    return written(form if name else frame.greeting_nobody, {"name": name}, plan.language, plan.tone, plan.address)


def ending(plan: Plan, recipient: Recipient, sender: Sender) -> str:
    """The words before the signature, and the signature."""
    title = _CIVILITIES["fr"].get(recipient.gender or "", "")
    facts = {"civility": title} if title else {}
    words = plan.sign_off or written(FRAMES[plan.language].sign_off, facts, plan.language, plan.tone, plan.address)
    signature = plan.signature
    if signature is None:
        signature = "\n".join(filter(None, (" ".join(each.split()) for each in (sender.name, sender.company or ""))))
    return f"{words}\n{signature}".strip()


def subject(plan: Plan, sender: Sender) -> str:
    """What the mail is called; never blank."""
    if plan.subject is not None:
        return plan.subject
    found = _replaced(sentence(plan.topic, plan, "normal"), plan)
    found = re.sub(r"[.\s]+$", "", " ".join(found.split()))
    if not found or len(found) > LONGEST_SUBJECT:
        form = wording(plan.topic.wording, plan.language, "normal")
        found = written(form, {}, plan.language, plan.tone, plan.address) if form and "~" in form else ""
    if not found:
        name = " ".join(sender.name.split())
        found = written(
            wording("other.subject", plan.language, "normal"), {"name": name}, plan.language, plan.tone, "vous"
        )
    return found if any(map(str.isalnum, found)) else "Message"


def texts(plan: Plan) -> list[str]:
    """The paragraphs between greeting and ending, as they are said; those that say nothing are left out."""
    return [_replaced(text, plan) for given in plan.paragraphs if (text := paragraph(given, plan))]


def _replaced(text: str, plan: Plan) -> str:
    for old, new in plan.replaced:
        text = text.replace(old, new)
    return text


def render(plan: Plan, recipient: Recipient, sender: Sender, current: Email) -> Email:
    """The mail that a plan makes, with the recipients of the current one."""
    parts = [greeting(plan, recipient), *texts(plan), ending(plan, recipient, sender)]
    body = "\n\n".join(filter(None, parts))
    return msgspec.structs.replace(current, subject=subject(plan, sender), body=body)
