"""The parts of a plan that are said, as the user counts them, and what becomes of an order on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from carnet.assist.drafting import rendering

if TYPE_CHECKING:
    from carnet.assist.drafting.kinds import Paragraph, Plan
    from carnet.assist.drafting.orders import Place

changed: Final = msgspec.structs.replace


class Outcome(NamedTuple):
    """The plan that became of an order, or None; what was done, and what wasn't."""

    plan: Plan | None = None
    done: str = ""
    note: str = ""


def visible(plan: Plan) -> list[int]:
    """The paragraphs that say something, by their place in the plan."""
    return [nth for nth, each in enumerate(plan.paragraphs) if rendering.paragraph(each, plan)]


def nth_of(places: list[int], nth: int) -> int | None:
    """The place of the n-th, counted from the end where it is negative; None where there is none."""
    at = nth - 1 if nth > 0 else len(places) + nth
    return places[at] if 0 <= at < len(places) else None


def sentences_of(plan: Plan) -> list[tuple[int, int]]:
    """The sentences that are said, as paragraph and line of the plan."""
    return [
        (nth, at)
        for nth, each in enumerate(plan.paragraphs)
        for at, line in enumerate(each.lines)
        if rendering.sentence(line, plan, each.length or plan.length)
    ]


def paragraph_at(plan: Plan, place: Place) -> int | None:
    """The paragraph of the plan that is named, or that holds the sentence that is."""
    if place.paragraph is not None:
        return nth_of(visible(plan), place.paragraph)
    said = sentences_of(plan)
    nth = place.sentence or 1
    at = nth - 1 if nth > 0 else len(said) + nth
    return said[at][0] if 0 <= at < len(said) else None


def with_paragraphs(plan: Plan, nth: int, *paragraphs: Paragraph) -> Plan:
    """The plan with other paragraphs in the place of one."""
    return changed(plan, paragraphs=(*plan.paragraphs[:nth], *paragraphs, *plan.paragraphs[nth + 1 :]))
