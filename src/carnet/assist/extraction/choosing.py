"""The joint choice of name, position and company: the three that fit each other best, none of them taken twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carnet.assist.extraction import scoring, segments
from carnet.assist.extraction.segments import Segment, key_of
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import PARTICLES

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row
    from carnet.assist.extraction.scoring import Clues

_MOST_NAMES, _MOST_OTHERS = 8, 16
_NO_NAME = -0.2
_LEAST_POSITION, _LEAST_COMPANY = 0.0, 0.0
_KIN = 1.4
_SURELY_A_FIRM = 0.85


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
    def total(self) -> float:
        return self.name_points + self.position_points + self.company_points


@dataclass(slots=True)
class Known:
    """What was labelled or said outright, and so is not to be chosen."""

    name: str | None = None
    name_row: int | None = None
    has_position: bool = False
    has_company: bool = False


def choose(rows: list[Row], clues: Clues, known: Known) -> Choice:
    """The best choice of the segments of the rows."""
    narrow = segments.of_rows(rows, lambda text: clues.domain(text) >= _SURELY_A_FIRM, lambda text: clues.local(text) >= _SURELY_A_FIRM)
    pool = segments.joined(narrow, rows)
    names = _names(pool, clues, known)
    positions = [] if known.has_position else _best((segment, scoring.of_position(segment, clues)) for segment in pool)
    companies = [] if known.has_company else _best((segment, scoring.of_company(segment, clues)) for segment in pool)
    best = Choice(name_points=_NO_NAME)
    best_total = -1e9
    for name, name_points in [*names, (None, _NO_NAME)]:
        if name is None and known.name is None and names and names[0][1] > 0:
            continue
        choice = _with_name(name, name_points, positions, companies, clues, known)
        if choice.total > best_total:
            best, best_total = choice, choice.total
    best.rival = _rival(best, names)
    return best


def _best(scored: object) -> list[tuple[Segment, float]]:
    return sorted(scored, key=lambda pair: -pair[1])[:_MOST_OTHERS]  # type: ignore[call-overload, no-any-return]


def _names(pool: list[Segment], clues: Clues, known: Known) -> list[tuple[Segment, float]]:
    if known.name is not None:
        own = [segment for segment in pool if key_of(segment.text) == key_of(known.name)]
        return [(segment, 5.0) for segment in own[:2]]
    firms = {key_of(segment.text) for segment in pool if segment.before == segments.AT}
    scored = [(segment, points) for segment in pool if (points := scoring.of_name(segment, clues)) is not None and points > -1.0 and key_of(segment.text) not in firms]
    return sorted(scored, key=lambda pair: -pair[1])[:_MOST_NAMES]


def _with_name(
    name: Segment | None,
    name_points: float,
    positions: list[tuple[Segment, float]],
    companies: list[tuple[Segment, float]],
    clues: Clues,
    known: Known,
) -> Choice:
    """The best position and company for a name."""
    row = name.row if name is not None else known.name_row
    near_positions = [(one, points + _position_by_name(name, row, one, clues)) for one, points in positions if name is None or not one.overlaps(name)]
    near_companies = [(one, points + _company_by_name(name, row, one, clues)) for one, points in companies if name is None or not one.overlaps(name)]
    best = Choice(name, name_points=name_points)
    for company, company_points in [*near_companies, (None, 0.0)]:
        if company is not None and company_points < _LEAST_COMPANY - 1.4:
            continue
        for position, position_points in [*near_positions, (None, 0.0)]:
            if position is not None and (position_points < _LEAST_POSITION or (company is not None and position.overlaps(company))):
                continue
            between = 0.0
            if position is not None and company is not None:
                steps, places = _steps(position, company, clues)
                between = scoring.of_position_and_company(steps, places, company.before)
            if company is not None and company_points + between < _LEAST_COMPANY:
                continue
            total = name_points + position_points + company_points + between
            if total > best.total:
                best = Choice(name, position, company, name_points, position_points, company_points + between)
    return best


def _steps(first: Segment, second: Segment, clues: Clues) -> tuple[int, float]:
    steps = clues.lines.get(second.row, second.row) - clues.lines.get(first.row, first.row)
    return steps, second.place - first.place - first.width + 1 if second.place > first.place else second.place - first.place


def _position_by_name(name: Segment | None, row: int | None, position: Segment, clues: Clues) -> float:
    if name is not None:
        steps, places = _steps(name, position, clues)
    elif row is not None:
        steps, places = clues.lines.get(position.row, 0) - clues.lines.get(row, 0), 1
    else:
        return 0.0
    points = scoring.of_name_and_position(steps, places, position.before)
    return points - 1.3 * _KIN if name is not None and _names_person(name, position) else points


def _company_by_name(name: Segment | None, row: int | None, company: Segment, clues: Clues) -> float:
    if name is not None:
        steps, places = _steps(name, company, clues)
    elif row is not None:
        steps, places = clues.lines.get(company.row, 0) - clues.lines.get(row, 0), 1
    else:
        return 0.0
    points = scoring.of_name_and_company(steps, places)
    return points + _KIN if name is not None and _is_kin(name, company) else points


def _is_kin(name: Segment, other: Segment) -> bool:
    """Whether a text bears the family name of the person, as firms do and titles don't."""
    person = traits_of(name.text).person
    return person is not None and len(person.words) > 1 and bool(set(person.words[1:]) & set(traits_of(other.text).words) - PARTICLES)


def _names_person(name: Segment, other: Segment) -> bool:
    person = traits_of(name.text).person
    return person is not None and bool(set(person.words) & set(traits_of(other.text).words) - PARTICLES)


def _rival(best: Choice, names: list[tuple[Segment, float]]) -> Segment | None:
    if best.name is None:
        return None
    chosen = set(key_of(best.name.text).split())
    taken = [one for one in (best.position, best.company) if one is not None]
    for segment, points in names:
        is_other = not set(key_of(segment.text).split()) & chosen and not any(segment.overlaps(one) for one in taken)
        if is_other and points > 3.0 and len(segment.text.split()) > 1:  # noqa: PLR2004
            return segment
    return None
