"""E-mails out of instructions, offline, in French and English. Nothing here reads or writes a record.

A draft is written from wordings of sentences in several tones and lengths, so that refining it writes it again. The
user's own words are edited as text. A model, where one is set, is asked where the rules don't understand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

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
    """A draft out of an instruction, with the recipients of the last version, or else `to`. Raises nothing.

    A model is asked where the rules didn't understand all of it; it may take its ten seconds, and then this must not
    be called from an event loop.
    """
    from carnet.assist.drafting import modelled, preparing  # noqa: PLC0415 - most starts write nothing: 100 ms, 10 MB
    from carnet.assist.drafting.reading import LONGEST, language_of  # noqa: PLC0415
    from carnet.assist.drafting.told import told  # noqa: PLC0415

    drafted, is_clear = preparing.prepared(message, recipient, sender, to=to, versions=versions)
    if model is None or is_clear or not message.strip():
        return drafted
    language = drafted.plan.language if drafted.plan is not None else sender.language
    written = modelled.rewritten(message[:LONGEST], drafted.email, recipient, sender, language, model)
    if written is None:
        return drafted
    said = told("modelled", language_of(message, sender.language), message)
    return msgspec.structs.replace(drafted, email=written, plan=None, applied=(said,), not_applied=())


def refine(
    instruction: str,
    recipient: Recipient,
    sender: Sender,
    *,
    versions: Sequence[Version],
    model: Model | None = None,
) -> Drafted:
    """The last of the versions, changed as the instruction says. Raises nothing.

    `versions` go from the first to the current one, and there is at least one. A model is asked for what the rules
    can't do, as in `prepare`.
    """
    from carnet.assist.drafting import modelled, refining  # noqa: PLC0415 - as above
    from carnet.assist.drafting.reading import language_of  # noqa: PLC0415

    draft = refining.refined(instruction, recipient, sender, versions=versions)
    if model is None or not draft.beyond:
        return refining.drafted(draft)
    wish = "\n".join(clause for clause, _note in draft.beyond)
    written_in = draft.plan.language if draft.plan is not None else language_of(draft.email.body, sender.language)
    written = modelled.rewritten(wish, draft.email, recipient, sender, written_in, model)
    if written is not None and written != draft.email:
        notes = {note for _clause, note in draft.beyond}
        draft.email, draft.plan = written, None
        draft.applied.append(draft.tell("modelled", wish))
        draft.not_applied = [note for note in draft.not_applied if note not in notes]
    return refining.drafted(draft)
