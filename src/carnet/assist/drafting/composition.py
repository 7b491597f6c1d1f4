"""A mail that grows act by act, until it is a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from carnet.assist.drafting.kinds import Line, Paragraph

if TYPE_CHECKING:
    from carnet.assist.drafting.acts import Act
    from carnet.assist.drafting.kinds import Fact, Recipient, Sender

_ALWAYS_ASKS: Final = frozenset({"invoice_reminder", "meeting_request", "meeting_confirm", "quote_follow_up"})


@dataclass
class Composition:
    """The sentences of a mail, by what they do in it."""

    recipient: Recipient
    sender: Sender
    is_firm: bool = False
    intent: str = ""
    topic: Line = field(default_factory=Line)
    opener: list[Line] = field(default_factory=list)
    middle: list[Line] = field(default_factory=list)
    asks: list[Line] = field(default_factory=list)
    """What is asked, unless other acts say more than enough."""
    close: list[Line] = field(default_factory=list)

    def begin(self, intent: str, topic: Line, *opener: Line) -> None:
        """Say what the mail is about."""
        self.intent, self.topic = intent, topic
        self.opener.extend(opener)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """What was composed, in the order in which it is read."""
        asks = [] if self.middle and self.intent not in _ALWAYS_ASKS else self.asks
        parts = (self.opener, self.middle, asks, self.close)
        return tuple(Paragraph(lines=tuple(part)) for part in parts if part)


def line(name: str, /, **facts: Fact | None) -> Line:
    """A sentence of the wordings with the facts that are known."""
    return Line(wording=name, facts={key: value for key, value in facts.items() if value is not None})


def take(acts: list[Act], *kinds: str) -> Act | None:
    """The first act if it is of one of the kinds, taken out of the list."""
    return acts.pop(0) if acts and acts[0].kind in kinds else None
