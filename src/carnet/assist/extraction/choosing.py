"""The joint choice of name, position and company: the three that fit each other best, none of them taken twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carnet.assist.extraction import scoring, segments
from carnet.assist.extraction.segments import Segment, key_of
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.extraction.clues import Clues
    from carnet.assist.extraction.rows import Row

_MOST_NAMES, _MOST_OTHERS = 8, 16
_LEAST_NAME, _LEAST_RIVAL = -1.0, 3.0
_LABELLED = 5.0
_MOST_BETWEEN = 1.4
"""The most that standing beside a position can add to a company."""
_KIN = 1.4
"""A firm often bears the family name of its owner; a title never does."""
_SURELY = 0.85
"""From here on an address tells that a text is its person or its firm."""

_Scored = list[tuple[Segment, float]]


@dataclass(slots=True)
class Choice:
    """Who was chosen, with the points of each."""

    name: Segment | None = None
    position: Segment | None = None
    company: Segment | None = None
    name_points: float = 0.0
    position_points: float = 0.0
    company_points: float = 0.0
    rival: Segment | None = None
    """Another person of whom the text speaks nearly as much."""

    @property
    def taken(self) -> list[Segment]:
        """The segments that were chosen for anything."""
        return [one for one in (self.name, self.position, self.company) if one is not None]

    @property
    def total(self) -> float:
        return self.name_points + self.position_points + self.company_points


@dataclass(slots=True)
class Known:
    """What was labelled or said outright, and so is not to be chosen."""

    name: str | None = None
    has_position: bool = False
    has_company: bool = False


def choose(rows: list[Row], clues: Clues, known: Known) -> Choice:
    """The best choice of the segments of the rows."""
    narrow = segments.of_rows(
        rows,
        is_firm=lambda text: clues.domain(text) >= _SURELY,
        is_name=lambda text: clues.local(text) >= _SURELY,
    )
    pool = segments.joined(narrow, rows)
    names = _names(pool, clues, known)
    positions = [] if known.has_position else _best(pool, lambda one: scoring.of_position(one, clues))
    companies = [] if known.has_company else _best(pool, lambda one: scoring.of_company(one, clues))
    choices = [_with_name(name, points, positions, companies, clues) for name, points in names]
    # Nobody at all is a choice only where nothing looks like a name: most texts are about somebody.
    if not names or (known.name is None and names[0][1] <= 0):
        choices.append(_with_name(None, 0.0, positions, companies, clues))
    best = max(choices, key=lambda choice: choice.total)
    best.rival = _rival(best, names)
    return best


def _best(pool: list[Segment], score: Callable[[Segment], float]) -> _Scored:
    return sorted(((one, score(one)) for one in pool), key=lambda pair: -pair[1])[:_MOST_OTHERS]


def _names(pool: list[Segment], clues: Clues, known: Known) -> _Scored:
    if known.name is not None:
        own = [segment for segment in pool if key_of(segment.text) == key_of(known.name)]
        return [(segment, _LABELLED) for segment in own[:2]]
    firms = {key_of(segment.text) for segment in pool if segment.before == segments.AT}
    scored = [(one, scoring.of_name(one, clues)) for one in pool if key_of(one.text) not in firms]
    named = [(one, points) for one, points in scored if points is not None and points > _LEAST_NAME]
    return sorted(named, key=lambda pair: -pair[1])[:_MOST_NAMES]


def _with_name(name: Segment | None, points: float, positions: _Scored, companies: _Scored, clues: Clues) -> Choice:
    """The best position and company for a name."""
    best = Choice(name, name_points=points)
    near_positions = [pair for pair in _near(name, positions, clues, _by_name) if pair[1] >= 0]
    near_companies = [pair for pair in _near(name, companies, clues, _for_name) if pair[1] >= -_MOST_BETWEEN]
    for position, position_points in [*near_positions, (None, 0.0)]:
        for company, company_points in [*near_companies, (None, 0.0)]:
            if points + position_points + company_points + _MOST_BETWEEN <= best.total:
                continue
            fit = company_points
            if position is not None and company is not None:
                if position.overlaps(company):
                    continue
                steps, places = _steps(position, company, clues)
                fit += scoring.of_position_and_company(steps, places, company.before)
            if fit >= 0 and points + position_points + fit > best.total:
                best = Choice(name, position, company, points, position_points, fit)
    return best


def _near(
    name: Segment | None, others: _Scored, clues: Clues, score: Callable[[Segment, Segment, Clues], float]
) -> _Scored:
    """Those that don't overlap the name, with the points for where they stand from it."""
    if name is None:
        return others
    return [(one, points + score(name, one, clues)) for one, points in others if not one.overlaps(name)]


def _steps(first: Segment, second: Segment, clues: Clues) -> tuple[int, int]:
    """How many lines below, or places further on a line, the second stands."""
    steps = clues.lines.get(second.row, second.row) - clues.lines.get(first.row, first.row)
    places = second.place - first.place
    return steps, places - first.width + 1 if places > 0 else places


def _by_name(name: Segment, position: Segment, clues: Clues) -> float:
    points = scoring.of_name_and_position(*_steps(name, position, clues), position.before)
    person = traits_of(name.text).person
    return points - 2 * _KIN if person is not None and _shares(person.words, position) else points


def _for_name(name: Segment, company: Segment, clues: Clues) -> float:
    points = scoring.of_name_and_company(*_steps(name, company, clues))
    person = traits_of(name.text).person
    return points + _KIN if person is not None and _shares(person.words[1:], company) else points


def _shares(words: list[str], other: Segment) -> bool:
    """Whether a text has one of a person's words, small ones left aside."""
    return bool(set(words) & set(traits_of(other.text).words) - PARTICLES)


def _rival(best: Choice, names: _Scored) -> Segment | None:
    """The first other person of a whole name."""
    if best.name is None:
        return None
    chosen = set(key_of(best.name.text).split())
    taken = [one for one in best.taken if one is not best.name]
    for segment, points in names:
        is_other = not set(key_of(segment.text).split()) & chosen and not any(map(segment.overlaps, taken))
        if is_other and points > _LEAST_RIVAL and " " in segment.text:
            return segment
    return None
