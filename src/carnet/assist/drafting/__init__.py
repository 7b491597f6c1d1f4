"""E-mails out of instructions, offline, in French and English. Nothing here reads or writes a record.

A draft is written from wordings of sentences in several tones and lengths, so that refining it writes it again. The
user's own words are edited as text. A model, where one is set, is asked where the rules don't understand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.assist.drafting import preparing, refining
from carnet.assist.drafting.kinds import Drafted, Email, Plan, Recipient, Sender, Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.assist.models import Model

__all__ = ["Drafted", "Email", "Plan", "Recipient", "Sender", "Version", "prepare", "refine"]


def prepare(
    message: str,
    recipient: Recipient,
    sender: Sender,
    *,
    to: Sequence[str],
    versions: Sequence[Version] = (),
    model: Model | None = None,
) -> Drafted:
    """A draft out of an instruction. Raises nothing."""
    drafted, is_clear = preparing.prepared(message, recipient, sender, to=to, versions=versions)
    return drafted


def refine(
    instruction: str,
    recipient: Recipient,
    sender: Sender,
    *,
    versions: Sequence[Version],
    model: Model | None = None,
) -> Drafted:
    """The last of the versions, changed as the instruction says. Raises nothing."""
    return refining.drafted(refining.refined(instruction, recipient, sender, versions=versions))
