"""A plan, or a paragraph of it, made shorter or longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from carnet.assist.drafting import parts, rendering
from carnet.assist.drafting.parts import Outcome, changed

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Length, Plan
    from carnet.assist.drafting.orders import Order
    from carnet.assist.drafting.refining import Draft

_LENGTHS: Final[tuple[Length, ...]] = ("short", "normal", "long")


def resized(plan: Plan, order: Order, draft: Draft) -> Outcome:
    """A plan after an order to shorten or lengthen it."""
    step = -1 if order.kind == "shorten" else 1
    end = "shortest" if step < 0 else "longest"
    if order.place is not None:
        return _resize_paragraph(plan, order, draft, step, end)
    before = rendering.texts(plan)
    at = _LENGTHS.index(plan.length) + step
    while 0 <= at < len(_LENGTHS):
        paragraphs = tuple(changed(each, length=None) for each in plan.paragraphs)
        other = changed(plan, length=_LENGTHS[at], paragraphs=paragraphs)
        after = rendering.texts(other)
        if after != before and after and (len(" ".join(after)) - len(" ".join(before))) * step > 0:
            return Outcome(other, draft.tell(order.kind))
        at += step
    return Outcome(note=draft.tell(end))


def _resize_paragraph(plan: Plan, order: Order, draft: Draft, step: int, end: str) -> Outcome:
    nth = parts.paragraph_at(plan, order.place) if order.place is not None else None
    if nth is None:
        return Outcome(note=draft.tell("no_paragraph", order.source))
    given = plan.paragraphs[nth]
    before = rendering.paragraph(given, plan)
    at = _LENGTHS.index(given.length or plan.length) + step
    while 0 <= at < len(_LENGTHS):
        other = parts.with_paragraphs(plan, nth, changed(given, length=_LENGTHS[at]))
        after = rendering.paragraph(other.paragraphs[nth], other)
        if after and (len(after) - len(before)) * step > 0:
            return Outcome(other, draft.tell(order.kind + "_paragraph"))
        at += step
    said = [each for each in given.lines if rendering.sentence(each, plan, given.length or plan.length)]
    if step < 0 and len(said) > 1:
        kept = changed(given, lines=tuple(each for each in given.lines if each is not said[-1]))
        return Outcome(parts.with_paragraphs(plan, nth, kept), draft.tell("shorten_paragraph"))
    return Outcome(note=draft.tell(end))
