"""What in a text speaks for a name, a company, a position or an address that somebody points at there.

The contact's own e-mail address is the one part of a text that is surely read, so it is the witness of names and
companies. Each check wants the whole of a value and nothing beside it, since half a name is worse than none. They give
the value as it is to be kept, or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import links, owners
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role, role_of
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import DAYS_AND_MONTHS, GREETINGS, LEGAL_FORMS, PARTICLES, SENTENCE_WORDS
from carnet.assist.grounding import Ground, words_of
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction import Extraction
    from carnet.assist.grounding import Place

_MOST_NAME_WORDS, _MOST_POSITION_WORDS = 7, 8
_NAMED, _FULLY_NAMED = 0.5, 0.85
"""From the first on an address may be a person's; from the second on it is."""
_OWNED, _SURELY_OWNED = 0.45, 0.8
"""The same of a domain and a company."""
_SHORTEST_DOMAIN = 5
_LONGEST_COMPANY = 100
_MOST_ADDRESS_LINES, _MOST_FIGURES, _FARTHEST = 5, 14, 6
_AT: Final = frozenset({"at", "chez", "bei", "beim", "presso", "from", "over", "of", "for", "on"})
_SMALL: Final = SENTENCE_WORDS | GREETINGS | DAYS_AND_MONTHS
_ELIDED: Final = re.compile(r"(?:c|j|s|m|n|qu)['\u2019]")
_SEPARATED: Final = re.compile(r"[,;:|•·()<>\[\]\n\t]|\s[-\u2013—/]\s|\s{3,}")
_UNFIRM: Final = re.compile(r"[@|•·;:\n\t]|\s[-\u2013—/]\s")
_GOES_ON: Final = re.compile(r",| (?:&|\+|and|et|und|y|e) ")
_LEAD: Final = re.compile(r"(?:\b(?:at|chez|bei|presso|of)|@)\s*$", re.IGNORECASE)
_SIGNED: Final = frozenset({Piece.STREET, Piece.CODE, Piece.FAINT_CODE, Piece.WAY, Piece.ROOM, Piece.COUNTRY})
_WAYS: Final = re.compile(r"\b(?:road|street|avenue|route|rue|boulevard|highway|immeuble|building|tower|estate)\b")
_PIECES: Final = re.compile(r"[,;|•·\n]|\s[-\u2013—]\s")
_LABEL: Final = re.compile(r"\s*[^\W\d_]{2,12}\s?:\s*")
_EDGES: Final = " \t,;:|•·-\u2013—/()"


def may_speak(place: Place) -> bool:
    """Whether none of its lines, nor one that leads to it, is small print, noise, or about somebody else."""
    lines = place.ground.text.split("\n")
    leads = role_of(lines[place.first_line - 1]) if place.first_line else Role.BLANK
    own = {role_of(line) for line in lines[place.first_line : place.last_line + 1]}
    return leads not in {Role.LEGAL, Role.ANOTHER} and own.isdisjoint({Role.LEGAL, Role.NOISE, Role.ANOTHER})


def name(place: Place, found: Extraction) -> str | None:
    """A name that the contact's own address or profile spells. One of the rules' that has a witness stays."""
    text = place.text
    shown = text.title() if text.islower() else text
    known = person(shown)
    if known is None or not known.is_surnamed or _SEPARATED.search(place.raw) or not _is_only_name(text):
        return None
    if not _is_spelt(known.name, found) or (found.name is not None and _spelt(found.name, found) >= _NAMED):
        return None
    if text.islower():
        return natural(shown) if place.is_parted else None
    # What goes on about it in capitals is either a title, which names are kept without, or a part of the name.
    return natural(text) if natural(place.run) == natural(text) else None


def _is_only_name(text: str) -> bool:
    words = fold(text).split()
    is_whole = words[0] not in PARTICLES and words[-1] not in PARTICLES and not _ELIDED.match(words[0])
    return is_whole and len(words) <= _MOST_NAME_WORDS and _SMALL.isdisjoint(words)


def _is_spelt(written: str, found: Extraction) -> bool:
    """Whether an address spells a name, and not as well without its first or last word: a rank or a trade, perhaps."""
    content = [word for word in written.split() if fold(word) not in PARTICLES]
    shorter = [content[1:], content[:-1]] if len(content) > 2 else []  # noqa: PLR2004 - a given and a family name
    spelt = _spelt(written, found)
    return spelt >= _FULLY_NAMED and all(_spelt(" ".join(rest), found) < spelt for rest in shorter)


def _spelt(written: str, found: Extraction) -> float:
    """How well an address or the profile of the contact spells a name, from 0 to 1."""
    spellings = [mail.split("@")[0] for mail in found.emails]
    if found.linkedin_url:
        spellings.append(re.sub(r"-[0-9a-f]*\d[0-9a-f]*$", "", found.linkedin_url.rstrip("/").rsplit("/", 1)[-1]))
    return max((local_match(written, spelling) for spelling in spellings), default=0.0)


def company(place: Place, found: Extraction) -> str | None:
    """A company after which the contact's domain is named. One of the rules' that has a witness stays."""
    text = place.text
    owned = _owned(text, found)
    if owned < _SURELY_OWNED or _owned(found.company, found) >= _OWNED:
        return None
    if not _is_only_company(place, found) or _is_cut(place, found):
        return None
    if owned < 1.0:
        return text if place.is_apart else None
    if text.islower() and not place.is_parted:
        is_last = not place.word_after or fold(place.word_after) in SENTENCE_WORDS
        return text if fold(place.word_before) in _AT and is_last else None
    return text if place.is_parted or not _GOES_ON.match(place.after) else None


def _is_only_company(place: Place, found: Extraction) -> bool:
    words = place.text.split()
    head, comma, tail = place.text.rpartition(",")
    is_clean = not _UNFIRM.search(place.raw) and not links.find(place.text) and len(place.text) <= _LONGEST_COMPANY
    has_form = not comma or "&" in head + tail or "".join(words_of(tail)) in LEGAL_FORMS
    is_led = fold(words[0]) in _AT or words[0] in _SMALL | PARTICLES or words[-1] in _SMALL | PARTICLES
    return is_clean and has_form and not is_led and not _is_of_person(place.text, found)


def _is_of_person(text: str, found: Extraction) -> bool:
    """Whether it bears the person's name, or may be one where none is known: people have domains as well."""
    if found.name is not None:
        return not (set(words_of(found.name)) - PARTICLES).isdisjoint(words_of(text))
    traits = traits_of(text)
    return traits.person is not None and traits.person.is_surnamed and not traits.is_institution


def _is_cut(place: Place, found: Extraction) -> bool:
    """Whether a part of it was left out, or more was taken than one word beside what the domain says."""
    if any(each.run != each.text for each in place.ground.places(place.text)):
        return True
    if traits_of(place.text).is_firm:
        return False
    words, after = place.text.split(), place.after.split()
    has_rest = any(_owned(" ".join(words[:count]), found) == 1.0 for count in range(1, len(words) - 1))
    return has_rest or any(traits_of(" ".join([*words, *after[:count]])).is_firm for count in range(1, 5))


def _owned(written: str | None, found: Extraction) -> float:
    """How well the contact's domains spell a company, from 0 to 1."""
    return max((domain_match(written, domain) for domain in _domains(found)), default=0.0) if written else 0.0


def _domains(found: Extraction) -> list[str]:
    """The names that addresses and the site are registered under: no providers, none so short that much fits it."""
    hosts = [mail.rsplit("@", 1)[-1] for mail in found.emails if not owners.provider_of(mail)]
    hosts += [links.host_of(found.website)] if found.website else []
    names = [parts.registered for host in hosts if (parts := links.address(host))]
    return [each for each in names if len(each) >= _SHORTEST_DOMAIN]


def position(place: Place, found: Extraction) -> str | None:
    """A title that stands beside the name or below it, with nothing but the company between and after."""
    if found.position is not None or found.name is None or not place.is_parted or "\n" in place.raw:
        return None
    after = _without(place.after, found.company)
    if not _is_only_title(place.text, found) or any(map(str.isalnum, after)) or after[:1] in {"!", "?"}:
        return None
    above = [_without(line, found.company) for line in place.ground.text.split("\n")[: place.first_line]]
    lines = [line for line in [*above, _without(place.before, found.company)] if any(map(str.isalnum, line))]
    return place.text if lines and natural(lines[-1]) == natural(found.name) else None


def _is_only_title(text: str, found: Extraction) -> bool:
    traits = traits_of(text)
    is_title = (traits.is_doer or traits.is_ranked) and len(traits.words) <= _MOST_POSITION_WORDS
    is_other = traits.is_firm or traits.is_place or traits.is_called or traits.has_article or traits.has_figures
    of_person = found.name is not None and _is_of_person(text, found)
    of_company = any(_owned(piece, found) >= _OWNED for piece in [text, *_PIECES.split(text)])
    of_company = of_company or bool(found.company and Ground(text).places(found.company))
    return is_title and not is_other and not of_person and not of_company and _SMALL.isdisjoint(traits.words)


def _without(line: str, company: str | None) -> str:
    """A line without the company, and the small word that leads to it."""
    for place in Ground(line).places(company) if company else ():
        return f"{_LEAD.sub('', line[: place.start]).rstrip(_EDGES)} {line[place.end :]}".strip(_EDGES)
    return line.strip(_EDGES)


def address(place: Place, found: Extraction) -> str | None:
    """Whole lines near the contact's that begin and end with pieces of an address, with none left out."""
    is_labelled = _LABEL.fullmatch(place.before) is not None and not any(map(str.isalnum, place.after))
    if found.address is not None or not (place.is_of_lines or is_labelled) or ">" in place.before:
        return None
    lines = [" ".join(line.strip(_EDGES.replace("(", "").replace(")", "")).split()) for line in place.raw.split("\n")]
    if len(lines) > _MOST_ADDRESS_LINES or not all(lines) or not _is_only_address("\n".join(lines)):
        return None
    around = place.ground.text.split("\n")
    first, last = place.first_line, place.last_line
    # Such a line above or below is a part of it, unless it is the contact's e-mail address, which may look like one.
    beside = [line for line in [*around[max(0, first - 1) : first], *around[last + 1 : last + 2]] if "@" not in line]
    if not _is_signed(lines[0]) or not _is_signed(lines[-1]) or any(map(_is_signed, beside)):
        return None
    others = [value for value in (found.name, found.company, found.position, *found.emails) if value]
    near = Ground("\n".join(around[max(0, first - _FARTHEST) : last + _FARTHEST]))
    is_near = any(near.places(value) for value in others)
    holds_other = any(Ground(place.raw).places(value) for value in others)
    return ", ".join(lines) if is_near and not holds_other else None


def _is_only_address(text: str) -> bool:
    """At least two pieces show what it is, for one may be chance; and it tells of no day and no long number."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    is_told = not (SENTENCE_WORDS - PARTICLES | DAYS_AND_MONTHS).isdisjoint(words)
    is_short = sum(map(str.isdigit, text)) <= _MOST_FIGURES
    return is_short and not is_told and sum(map(_is_signed, _PIECES.split(text))) > 1


def _is_signed(line: str) -> bool:
    """Whether one of its pieces shows that a line is of a postal address."""
    pieces = [piece.strip() for piece in _PIECES.split(line)]
    return any(
        piece_of(piece) in _SIGNED or (_WAYS.search(fold(piece)) and len(piece.split()) <= _MOST_NAME_WORDS)
        for piece in pieces
    )
