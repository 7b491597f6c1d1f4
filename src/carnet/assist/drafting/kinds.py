"""What drafting takes and gives: a recipient, a sender, an e-mail, and the plan by which it can be written again."""

from __future__ import annotations

from typing import Literal

import msgspec

from carnet.core.letters import Email

__all__ = [
    "Address",
    "Drafted",
    "Email",
    "Fact",
    "Language",
    "Length",
    "Line",
    "Paragraph",
    "Plan",
    "Recipient",
    "Sender",
    "Tone",
    "Version",
]

Language = Literal["en", "fr"]
Tone = Literal["formal", "plain", "casual"]
Length = Literal["short", "normal", "long"]
Address = Literal["vous", "tu"]
"""How a French mail speaks to its reader."""


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the contact who is written to. All of it is data, whatever it says."""

    name: str
    given_name: str | None = None
    family_name: str | None = None
    gender: Literal["woman", "man"] | None = None
    company: str | None = None
    position: str | None = None
    language: Language | None = None
    met: str | None = None
    """Where they met: "Lyon fair"."""


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes, and in which language an instruction of that person is most likely."""

    name: str
    email: str | None = None
    company: str | None = None
    language: Language = "en"


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase of the user's in the language it came in, and in the other once it was translated.

    French phrases are marked (see `marks`) where they differ between tu and vous.
    """

    fr: str | None = None
    en: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence: one of the wordings with its facts, or the user's own words."""

    wording: str = ""
    facts: dict[str, Fact] = {}
    own: Fact | None = None


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences that stand together; a length of its own takes the place of the mail's."""

    lines: tuple[Line, ...] = ()
    length: Length | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All that is needed to write a draft again in another tone, length or language."""

    intent: str = "other"
    language: Language = "en"
    tone: Tone = "plain"
    address: Address = "vous"
    length: Length = "normal"
    topic: Line = Line()
    """What the subject is made of."""
    paragraphs: tuple[Paragraph, ...] = ()
    subject: str | None = None
    """The user's own, as are the greeting, the words before the signature, and the signature."""
    greeting: str | None = None
    sign_off: str | None = None
    signature: str | None = None
    replaced: tuple[tuple[str, str], ...] = ()
    """What is replaced by what in words that aren't facts."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it stood; without a plan its words are the user's own."""

    email: Email
    plan: Plan | None = None


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an instruction; `applied` and `not_applied` are sentences in the instruction's language."""

    email: Email
    plan: Plan | None
    applied: tuple[str, ...]
    not_applied: tuple[str, ...]
    steps_back: int = 0
    """How many versions the instruction's undoing went back before the rest of it was done."""
