"""People in running text: "I met Tobias Merriweather, who is Operations Director at Calder Vale Breweries".

A sentence is cut at its small words (pronouns, articles, prepositions, verbs that introduce people). What lies between
them are candidates, and the small words before a candidate speak for what it is, whatever its own words are. So it
works on dictated text too, where no capitals help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import spans
from carnet.assist.extraction.cues import ARTICLES, FAIR, OF, STRONG, cued
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.names import person
from carnet.assist.extraction.spans import Span
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import CIVILITIES, DAYS_AND_MONTHS, INSTITUTIONS, PARTICLES, SCHOOLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.extraction.clues import Clues

_NEVER = -1.0
_FAINT = -0.6
"""Where two others speak for it, a candidate may be as faint as this."""
_FITS, _SURELY, _ANCHORED = 0.5, 0.9, 0.45
_HOUSES: Final = SCHOOLS | {
    "mairie",
    "clinique",
    "hopital",
    "lycee",
    "garage",
    "hotel",
    "restaurant",
    "pharmacie",
    "rathaus",
}
_MOST_NAMES, _MOST_OTHERS = 8, 14
_NEAR, _FAR, _FARTHEST = 3, 4, 20
_LISTED: Final = frozenset({",", "-", "–"})
_PLACING: Final = frozenset({"a", "in", "en", "au", "aux", "im", "zu", "for", "pour", "fur", "para"})
_AT: Final = frozenset({"at", "chez", "bei", "presso", "over"})
_OF_FIRM: Final = _AT | {
    "from",
    "for",
    "of",
    "de",
    "du",
    "di",
    "del",
    "della",
    "en",
    "von",
    "der",
    "des",
    "who",
    "qui",
    "and",
    "et",
}
_WHENCE: Final = frozenset({"from", "de", "von", "da", "di", "chez", "at"})
_ANDS: Final = frozenset({"&", "e", "y", "et", "und", "and"})
_EVENTS: Final = frozenset({"fair", "expo", "conference", "meetup", "summit", "messe"})
_SAYS_I: Final = frozenset({"je suis", "i'm", "i am", "ich bin", "soy", "sono", "im"})


@dataclass(slots=True)
class Told:
    """Whom running text is about."""

    name: str | None = None
    position: str | None = None
    company: str | None = None
    points: float = 0.0
    name_points: float = 0.0


def tell(lines: list[str], clues: Clues, known: str | None = None) -> Told:
    """The person of whom sentences tell, with position and company; empty where nobody is introduced.

    Where the name is `known` already, only what is told beside it.
    """
    words = spans.words_of(lines)
    has_capitals = sum(word.is_capital for word in words) > 1
    found = spans.of_words(words)
    names = _best(found, lambda span: _of_name(span, clues, has_capitals=has_capitals), _MOST_NAMES)
    if known is not None:
        names = [(Span(0, 0, known, "", (), None, ()), 1.0)]
    if not names:
        return Told()
    positions = _best(found, lambda span: _of_position(span, clues), _MOST_OTHERS, _FAINT)
    companies = _best(found, lambda span: _of_company(span, clues, has_capitals=has_capitals), _MOST_OTHERS, _FAINT)
    told = Told()
    for name, name_points in names:
        for position, position_points in [*positions, (None, 0.0)]:
            for company, company_points in [*companies, (None, 0.0)]:
                chosen = [span for span in (name, position, company) if span is not None]
                if any(one.overlaps(other) for one, other in combinations(chosen, 2)):
                    continue
                points = name_points + position_points + company_points + _of_places(name, position, company)
                if points > told.points:
                    shown = name.text if name.text[:1].isupper() else name.text.title()
                    told = Told(shown, _text(position), _firm(company, words), points=points, name_points=name_points)
    return told


def _firm(span: Span | None, words: list[spans.Word]) -> str | None:
    """The name of a firm, with the sort of house that it is named by: "école Jules Ferry", "mairie de Vannes"."""
    if span is None or not span.start:
        return _text(span)
    before = words[span.start - 2 : span.start] if words[span.start - 1].is_of else words[span.start - 1 : span.start]
    is_named_so = bool(before) and before[0].folded in _HOUSES and not before[0].is_capital
    if not is_named_so:
        return span.text
    return re.sub(r"^[dl]['’]", "", " ".join([*(word.text for word in before), span.text]))


def _text(span: Span | None) -> str | None:
    return span.text if span is not None else None


def _best(found: list[Span], score: Callable[[Span], float], most: int, least: float = 0.0) -> list[tuple[Span, float]]:
    scored = [(span, points) for span in found if (points := score(span)) > least]
    return sorted(scored, key=lambda pair: -pair[1])[:most]


def _of_places(name: Span, position: Span | None, company: Span | None) -> float:
    """Points for how the three stand to each other: near, and the company behind the position."""
    points = 0.0
    if position is not None:
        points -= 0.09 * min(_FARTHEST, abs(position.start - name.end))
        points -= 1.0 * (position.start - name.end > _FAR and cued(position.cue, "position") < FAIR)
    if company is not None:
        points -= 0.05 * min(_FARTHEST, abs(company.start - name.end))
        points += 1.0 * bool(set(name.text.casefold().split()[1:]) & set(company.text.casefold().split()))
        if position is not None and 0 < company.start - position.end <= _NEAR:
            points += 0.8 + 0.6 * (company.cue in _LISTED)
    return points


def _of_name(span: Span, clues: Clues, *, has_capitals: bool) -> float:
    is_typed = span.text[:1].isupper() or not span.text.islower()
    known = person(span.text if is_typed else span.text.title())
    if known is None or any(field_of(word.text) and len(word.text) > 1 and not word.is_capital for word in span.words):
        return _NEVER
    content = [word for word in known.words if word not in PARTICLES]
    local, cue = clues.local(known.name), cued(span.cue, "name")
    is_small = not all(word.is_capital or word.folded in PARTICLES for word in span.words)
    if has_capitals and is_small and (is_typed or local < _SURELY):
        return _NEVER
    if not has_capitals and cue == 0 and local < _FITS:
        return _NEVER
    traits = traits_of(known.written)
    points = 3.2 * local + 1.1 * cue + 0.8 * (span.cue.split(" ")[-1] in CIVILITIES) - 1.0
    points += {1: -1.6, 2: 1.0, 3: 0.4}.get(len(content), -0.6)
    points += (3.4 if len(content) == 1 else 1.5) * _says_whence(span) + 1.5 * _says_i(span)
    if has_capitals and len(content) > 1:
        is_first = span.cue in {"", "\n", "."}
        points += 0.8 * (is_first and span.follows == ",") + 0.5 * (not is_first and not _is_led(span))
    points -= 1.5 * (not has_capitals and len(content) > 2 and local < _SURELY)  # two words are a name
    if has_capitals:
        points -= 1.2 * (bool(span.after) and span.after[0].is_proper)
        points -= 1.2 * _is_led(span)
    points -= 2.5 * traits.is_firm + 1.8 * traits.is_institution + 1.5 * traits.is_ranked + 2.0 * traits.is_place
    points -= (0.4 if len(content) > 1 else 1.5) * any(word in DAYS_AND_MONTHS for word in content[:1])
    if local < _FITS:
        points -= 0.4 * traits.is_doer + 1.5 * (clues.domain(span.text) > 0.7)  # a firm's own name
    points -= 1.8 * (cued(span.cue, "company") == STRONG and cue < FAIR)
    return points + 0.3 * (span.follows in {",", "(", MASK}) - 0.02 * min(span.start, 50)


def _is_led(span: Span) -> bool:
    """Whether a proper word stands before, so that this is not the beginning of the name."""
    return span.before is not None and span.before.is_proper and span.before.folded not in CIVILITIES


def _says_whence(span: Span) -> bool:
    """As in "Dave from Lumen Tile called": a given name alone, where a sentence begins with it and says whence."""
    is_first = span.cue in {"", "\n", "."} or (span.cue == "," and span.start <= _NEAR)  # "Bonjour, Hugo Boucher de …"
    if not is_first or len(span.after) < 2 or span.after[0].folded not in _WHENCE:
        return False
    return span.after[1].is_capital or span.after[1].folded in ARTICLES


def _says_i(span: Span) -> bool:
    """As in "Pascale Hénin, je suis gestionnaire": who is named says "I" next."""
    if span.follows != "," or len(span.after) < 2:
        return False
    return any(said.split()[0] == span.after[1].folded for said in _SAYS_I)


def _of_position(span: Span, clues: Clues) -> float:
    traits = traits_of(span.text)
    is_own = traits.person is not None and clues.local(traits.person.name) > _FITS
    if is_own or field_of(span.text) or traits.is_firm or any(word.folded in DAYS_AND_MONTHS for word in span.words):
        return _NEVER
    cue = cued(span.cue, "position")
    points = 1.2 * traits.is_doer + 1.2 * traits.is_ranked + 0.9 * cue + 0.9 * (span.cue[-1:] in {",", "("}) - 1.6
    ends = span.follows in {",", ")", "\n", ".", ";"} or span.follows.startswith(MASK)
    points += (1.0 if cue >= FAIR else 0.5) * ends + 0.5 * (not ends and _precedes_firm(span))
    points -= 2.0 * (len(span.words) > 1 and span.words[-1].folded in INSTITUTIONS and not span.words[-1].is_capital)
    points += 0.3 * (len(span.words) - 1) + 0.7 * (traits.does and not traits.is_doer)
    points -= 0.8 * (bool(span.after) and span.after[0].is_proper) + 1.5 * (span.follows == ":")
    points -= 3.0 * (clues.domain(span.text) > 0.6) + 0.8 * traits.is_institution * (
        not (traits.is_ranked or traits.is_doer)
    )
    points -= 1.3 * (not (traits.is_doer or traits.is_ranked)) + 1.2 * traits.has_figures
    points -= 1.0 * (cued(span.cue, "company") == STRONG)
    # "Anders Holm, purchasing at Fjordline": its place alone tells a title.
    points += 1.3 * ((span.cue == "," or cue >= FAIR) and bool(span.after) and span.after[0].folded in _AT)
    # "Anneliese Koch (Einkauf)", "Koch, Einkauf der Lumex AG": so does a bracket, and a comma before a firm.
    points += 1.2 * (span.cue == "(" and span.follows == ")")
    points += 0.9 * (span.cue == "," and _precedes_firm(span) and span.after[0].folded in OF)
    # "directrice de Tessuti Brianza": the capital begins the company.
    is_mixed = not span.words[0].is_capital and any(word.is_capital and not word.text.isupper() for word in span.words)
    return points - 1.4 * is_mixed


def _precedes_firm(span: Span) -> bool:
    if not span.after or span.after[0].folded not in _OF_FIRM:
        return False
    return not (span.after[0].is_of and len(span.after) > 1 and not span.after[1].is_capital)


def _of_company(span: Span, clues: Clues, *, has_capitals: bool) -> float:
    traits = traits_of(span.text)
    is_named = all(
        word.is_capital or (word.is_of and word.folded not in _PLACING) or word.text == "&" or word.text[0].isdigit()
        for word in span.words
    )
    is_labelled = any(len(word.text) > 1 and field_of(word.text) and not word.is_capital for word in span.words)
    if (has_capitals and not is_named) or is_labelled or span.words[0].folded in DAYS_AND_MONTHS:
        return _NEVER
    cue, domain = cued(span.cue, "company"), clues.domain(span.text)
    is_anchored = domain >= _ANCHORED
    if cue == 0 and not is_anchored and not traits.is_firm and span.cue not in _LISTED | {"("}:
        return _NEVER
    points = 1.3 * cue + 2.0 * traits.is_firm + 0.9 * traits.is_institution - 1.2 - 0.9 * traits.is_ranked
    points += 3.6 * domain if is_anchored else -0.9 * traits.is_doer
    points += (1.2 * (span.cue == "(") + 0.4 * (span.cue in _LISTED)) * has_capitals
    points += (0.1 if is_anchored else 0.3) * (len(span.words) - 1) - 2.0 * traits.is_place
    if traits.person is not None and domain < _SURELY:
        points -= 3.0 * clues.local(traits.person.name)
    if span.after:
        after = span.after[0]
        points -= 1.2 * (after.is_weighty and not after.is_of and (after.is_capital or not has_capitals))
        points -= 0.9 * (len(span.after) > 1 and after.folded in _ANDS and span.after[1].is_capital)
        points -= 1.6 * (after.folded in _EVENTS)
    return points - 1.0 * (span.before is not None and span.before.is_proper)
