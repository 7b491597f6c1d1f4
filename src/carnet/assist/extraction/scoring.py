"""What speaks for a segment being the name, the position or the company, in points: one table of reasons each.

The points are rough log-odds: three settle a question that nothing else touches, half a point tips one that is open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.assist.extraction.names import person as named
from carnet.assist.extraction.names import without_titles
from carnet.assist.extraction.segments import AT, BAR, BRACKET, DASH, LINE, Segment, key_of
from carnet.assist.extraction.traits import Traits, traits_of
from carnet.assist.extraction.words import DAYS_AND_MONTHS, PARTICLES

if TYPE_CHECKING:
    from carnet.assist.extraction.clues import Clues
    from carnet.assist.extraction.names import Person

_SURELY = 0.85
_ANCHORED = 0.45
"""From here on a domain tells the company."""


def of_name(segment: Segment, clues: Clues) -> float | None:
    """The points of a segment as the person's name; None where it can't be one."""
    traits = traits_of(segment.text)
    person = traits.person
    if person is None and segment.text.islower() and len(traits.words) == 2 and clues.local(segment.text) >= _SURELY:
        person = named(segment.text.title())  # typed without capitals, but an address knows it
    if person is None:
        return None
    words = [word for word in person.words if word not in PARTICLES]
    local = clues.local(person.name)
    # A lone word that is the local part is as often a function ("bursar@") as a given name.
    points = (3.2 if len(words) > 1 else 1.2) * local
    points += _by_shape(segment, traits, person, words)
    points += _by_stand(segment, clues, traits)
    if (
        clues.sender is not None
        and words
        and set(key_of(person.name).split()) <= set(key_of(clues.sender.name).split())
    ):
        points += 3.0 if len(words) > 1 else 1.5
    elif clues.sender is not None and not set(words) & set(clues.sender.words):
        points -= 1.5
    if local < 0.5 and clues.domain(segment.text) > 0.75:
        points -= 1.8
    points -= (
        2.0 * segment.is_heading
        + 3.0 * traits.is_firm
        + 2.0 * traits.is_institution
        + 1.8 * traits.is_ranked
        + 1.5 * traits.is_department
    )
    points -= 3.0 * traits.is_place + (0.3 if traits.is_doer and local < 0.5 and not traits.has_civility else 0.0)
    if any(word in DAYS_AND_MONTHS for word in words) and local < 0.5:
        points -= 0.5 if len(words) > 1 else 3.0
    return points


def _by_shape(segment: Segment, traits: Traits, person: Person, words: list[str]) -> float:
    points = 0.0
    if len(words) == 1:
        points -= 1.6
    elif len(words) <= 3:
        points += 0.9
    points += 1.6 * traits.has_civility + 1.1 * (traits.is_mixed and len(words) > 1) + 0.8 * bool(person.nicknames)
    # Degrees after a name, pronouns beside it and a middle initial belong to people only.
    points += 0.9 * (len(without_titles(segment.text)) < len(segment.text) - 1 and not traits.has_civility)
    points += 0.6 * any(len(word) == 1 for word in words[1:])
    points += 0.3 * any(word in PARTICLES and len(word) > 1 for word in person.words[1:-1]) * (not traits.has_of)
    points -= (
        0.6 * traits.has_of
        + 0.8 * traits.has_article
        + 0.6 * traits.is_called
        + 2.0 * (segment.text.isupper() and len(segment.text) <= 4)
    )
    # "Northern Alpine Guides": three words that end in a plural are seldom a person.
    points -= 0.5 * (len(words) == 3 and words[-1].endswith("s") and not traits.is_mixed)
    points -= 1.2 * (segment.before == BRACKET) + 1.5 * (segment.before == AT) + 0.3 * (segment.before == DASH)
    if segment.width > 1:
        # Over a comma lie a family name and a given one, or a name and its degrees, never two things.
        points -= 0.4 if "," in segment.text else 2.0
    return points


def _by_stand(segment: Segment, clues: Clues, traits: Traits) -> float:
    points = 0.0
    depth = clues.signed_rows.get(segment.row)
    if depth is not None:
        points += {0: 2.6, 1: 2.0, 2: 1.3, 3: 0.9}.get(depth, 0.6)
    elif clues.signed_rows:
        points -= 0.8
    if segment.row == clues.first_row:
        points += 0.7
    points += 0.4 if segment.before == LINE else -0.2
    if traits.person is not None:
        points += min(1.0, 0.5 * (clues.mentions.get(traits.person.words[0], 1) - 1))
    points -= 0.6 * (segment.row in clues.address_rows)
    return points


def of_position(segment: Segment, clues: Clues) -> float:
    """The points of a segment as what the person does."""
    traits = traits_of(segment.text)
    domain = clues.domain(segment.text)
    points = -4.0 * domain if domain >= _ANCHORED else 0.0
    points += (
        (1.1 if traits.is_doer else 0.5 * traits.does)
        + 1.1 * traits.is_ranked
        + 0.8 * traits.is_lowering
        + 0.3 * traits.has_of
    )
    points -= (
        2.5 * traits.is_firm
        + 1.5 * traits.is_place
        + 0.9 * traits.is_department * (not traits.is_doer and not traits.begins_small)
    )
    if traits.is_institution and not (traits.is_doer or traits.is_ranked):
        points -= 1.2
    points -= 0.9 * traits.has_article + 1.8 * traits.is_called + 0.4 * traits.has_figures + 2.0 * segment.is_heading
    points -= 1.5 * (re.search(r"\d{4}", segment.text) is not None)
    points -= 2.0 * (not DAYS_AND_MONTHS.isdisjoint(traits.words))
    if traits.person is not None:
        points -= (
            0.3
            + (3.5 if traits.person.is_surnamed else 1.0) * clues.local(traits.person.name)
            + 1.5 * traits.has_civility
            + 1.0 * traits.is_mixed
        )
    points -= 0.3 * max(0, len(traits.words) - 6) + 3.0 * (traits.sentence_share >= 0.3)
    points -= 2.5 * (traits.words[:1] in {("ex",), ("former",), ("ancien",)} or segment.text.lower().startswith("ex-"))
    points -= 1.5 * (segment.before == AT)
    # What goes on with a capital after small letters is another thing: "shop foreman - Tri-County Trailer".
    points -= 1.2 * (
        segment.width > 1 and traits.begins_small and re.search(r"[,–—-] [A-ZÀ-Þ]", segment.text) is not None
    )
    return points + 0.5 * (segment.width - 1)


def of_company(segment: Segment, clues: Clues) -> float:
    """The points of a segment as whom the person works for."""
    traits = traits_of(segment.text)
    domain = clues.domain(segment.text)
    points = 4.2 * domain if domain >= _ANCHORED else 0.0
    points += (
        3.0 * traits.is_firm
        + 1.6 * traits.is_institution * (1.0 if not traits.is_doer else 0.5)
        + 2.4 * (segment.before == AT)
    )
    points += 0.6 * traits.has_ampersand + 0.4 * traits.is_loud
    if not domain >= _ANCHORED and not traits.is_firm and segment.before != AT:
        # Nothing but its place tells a company here: a line may also be a motto, a department or a degree.
        points -= 0.6 if segment.before == BAR else 1.0
        # Names of firms hold a comma only before their legal form.
        points -= 1.0 * (segment.width > 1 and "," in segment.text and not traits.is_institution)
        points -= (
            (0.9 * traits.is_doer or 0.3 * traits.does) * (not traits.has_ampersand)
            + 0.9 * traits.is_ranked
            + 0.9 * traits.is_lowering * (not traits.is_institution)
        )
        points -= 1.5 * traits.is_department + 1.2 * traits.is_called + 0.7 * (segment.before == BRACKET)
        # A card begins with its firm; a letter with anything.
        points += (0.9 if clues.contact_rows else -0.5) * (
            clues.is_card and segment.row == clues.first_row and not traits.is_doer and segment.before == LINE
        )
    points -= 1.3 * (traits.begins_small and segment.before != AT and domain < _ANCHORED)
    if traits.person is not None:
        points -= (
            (0.4 if len(traits.words) < 3 else 0.1)
            + (4.0 * clues.local(traits.person.name) * (not traits.is_institution) if domain < 0.9 else 1.0)
            + 2.0 * traits.has_civility
            + 0.8 * traits.is_mixed
        )
    points -= 0.6 * max(0, len(traits.words) - 7)
    points -= 2.0 * segment.is_heading + 2.0 * traits.is_place + 2.0 * (traits.sentence_share >= 0.3)
    points -= 3.0 * (segment.text.lower().startswith(("ex-", "ex ", "former")))
    points += 0.4 * (segment.row + 1 in clues.address_rows)
    return (
        points
        + (0.35 if "(" not in segment.text else -0.3) * (segment.width - 1)
        - 2.5 * (_goes_on(segment) or _is_overgrown(segment, clues, domain))
        + 0.3 * (segment.rows - 1)
    )


def _goes_on(segment: Segment) -> bool:
    """Whether something follows a legal form, which ends the name of a firm: "Brent Works Ltd – Rowan House"."""
    if segment.width < 2:
        return False
    parts = [part for part in re.split(r",\s|\s[-–—]\s|\s?[()]\s?", segment.text) if part]
    if segment.before == BRACKET and "," in segment.text and not traits_of(parts[-1]).is_firm:
        return True  # "(Keane Architects, Derry)"
    return any(traits_of(part).is_firm for part in parts[:-1]) and not traits_of(parts[-1]).is_firm


def _is_overgrown(segment: Segment, clues: Clues, domain: float) -> bool:
    """Whether one part of a wide segment is the firm by itself, and the rest no legal form of it."""
    if segment.width < 2 or domain < _ANCHORED:
        return False
    parts = [part for part in re.split(r",\s|\s[-–—]\s|\s?[()]\s?", segment.text) if part]
    known = [part for part in parts if clues.domain(part) >= domain - 0.05]
    rest = [part for part in parts if part not in known]
    return bool(known) and any(len(part.replace(".", "")) > 5 or " " in part for part in rest)


def of_name_and_position(steps: int, places: int, before: str) -> float:
    """Points for where a position stands from its name: `steps` lines below, or `places` further on the line."""
    if steps == 0:
        return (1.9 if places <= 1 else 1.1) if places > 0 else (-0.8 if before == LINE else -0.4)
    return {1: 1.8, 2: 0.9, 3: 0.2, -1: 0.1, -2: -1.2}.get(steps, -1.2 if steps > 0 else -2.2)


def of_name_and_company(steps: int, places: int) -> float:
    """Points for where a company stands from the name."""
    if steps == 0:
        return 0.6 if places > 0 else -0.1
    return {1: 0.7, 2: 1.0, 3: 0.8, 4: 0.4, -1: 0.7, -2: 0.5, -3: 0.4}.get(steps, -0.4 if steps > 0 else 0.0)


def of_position_and_company(steps: int, places: int, before: str) -> float:
    """Points for where a company stands from the position; `before` is what parts it from what precedes it."""
    if steps == 0:
        if places <= 0:
            return 0.1
        return 1.4 if before == AT else 1.0 if before not in {DASH, BRACKET, "comma"} else 0.4
    return {1: 0.8, 2: 0.3, -1: 0.2}.get(steps, 0.0)


def sure(points: float) -> float:
    """A confidence from 0 to 1 for points."""
    return max(0.3, min(0.98, 0.5 + 0.1 * points))
