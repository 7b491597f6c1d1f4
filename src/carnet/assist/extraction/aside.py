"""Lines that are set aside before anybody is chosen: they speak of somebody else, or of where somebody lives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import segments
from carnet.assist.extraction.clues import last_closing
from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.matching import local_match
from carnet.assist.extraction.names import person
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.choosing import Choice
    from carnet.assist.extraction.rows import Row
    from carnet.assist.extraction.segments import Segment

_FITS = 0.7
_HEARD: Final = frozenset({Role.PROSE, Role.PLAIN, Role.ANOTHER, Role.ASIDE, Role.GREETING})
_PROFILE = re.compile(
    r"connections?$|relations$|contact info|coordonnees$|followers|abonnes|kontaktinfo|follower:innen|linkedin|"
    r"^(?:about|infos?|experience|a propos|acerca de|informazioni)$|she/her|he/him|they/them|sie/ihr|elle/lui|"
    r"informacion de contacto|contactos$|informazioni di contatto|collegamenti$|kontakte$|^(?:experiencia|esperienza|"
    r"berufserfahrung|aktuell:.*|education|formation)$|mutual connections"
)
"""Marks of a profile that was copied from a network."""
_LIVES = re.compile(
    r"(?:(?:Greater|Région de|Métropole de|Area metropolitana de|Großraum) )?[^\W\d_][\w'’ -]{1,30}(?:, "
    r"[^\W\d_][\w'’ -]{1,30}){1,2}|Greater [\w' -]{2,30}(?: Area)?|[\w' -]{2,30} (?:Metropolitan |Bay )?Area|(?:Région "
    r"de|Ville de|Métropole de) [\w' -]{2,30}"
)
_AWAY = re.compile(
    r"out of (?:the )?office|limited (?:access|connectivity|email)|(?:when|until|upon|after) (?:i return|my return)|"
    r"(?:a|apres) mon retour|wieder (?:da|erreichbar|im buro)|a mi (?:vuelta|regreso)|al mio (?:rientro|ritorno)|"
    r"currently (?:away|out|travel|attending)|automatic reply|auto-?reply|on (?:annual |parental |maternity |sick |"
    r"holiday )?leave\b|on (?:vacation|holiday|sabbatical)|\baway (?:from|until|on)|i(?:'m| am| will be) (?:away|off|"
    r"out|travel)|back (?:in the office|on (?:mon|tue|wed|thu|fri))|reponse automatique|message d'absence|"
    r"\babsente?(?:\(e\))?\b|en conges?|je serai de retour|pas (?:present|au bureau)|en deplacement|conge (?:maternite|"
    r"parental)|abwesen|nicht im (?:buro|haus)|im urlaub|auf dienstreise|automatische antwort|elternzeit|fuera de la "
    r"oficina|\bausente\b|de vacaciones|respuesta automatica|de baja|\bassente\b|in ferie|fuori (?:ufficio|sede)|"
    r"risposta automatica"
)
_AWAY_NAME = re.compile(
    r"((?:[A-ZÀ-Þ][\w'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+) (?:is|will be|est|sera|ist|wird|está|estará|è|sarà) "
)
_OWN_NUMBER = re.compile(
    r"\b(?:my (?:cell|mobile|number|phone)|mon (?:portable|mobile|numero)|meine? (?:handy|mobil\w*|nummer)|mi (?:movil|"
    r"telefono)|mio (?:cellulare|numero))\b"
)


def places(rows: list[Row]) -> str | None:
    """On a pasted profile, "City, Region" is where somebody lives, and no company; the employer, beside a school."""
    if not any(_PROFILE.search(fold(row.text)) for row in rows):
        return None
    employer = None
    first = next((row.number for row in rows if row.role is Role.PLAIN), 0)
    for row in rows:
        work, dot, school = row.text.partition(" · ")
        if dot and work and traits_of(school).is_school and not traits_of(work).is_ranked:
            employer = work
            row.mask(0, len(row.text))
        if row.number == first or row.role is not Role.PLAIN or not _LIVES.fullmatch(row.text):
            continue
        traits = traits_of(row.text)
        if traits.is_place or not (traits.is_firm or traits.is_institution or traits.is_doer or traits.is_ranked):
            row.role = Role.ASIDE
    return employer


def stand_ins(rows: list[Row]) -> bool:
    """Whether the letter says that its writer is away: whom it names before its closing is then somebody else."""
    is_away = any(row.role in _HEARD and _AWAY.search(fold(row.text)) for row in rows)
    filled = [row for row in rows if row.role is not Role.BLANK]
    closing = last_closing(filled) if is_away else None
    for row in filled[: closing if closing is not None else 0]:
        is_reach = row.emails or row.phones or (row.role is Role.PLAIN and row.label is None)
        if is_reach and row.number and not _OWN_NUMBER.search(fold(row.text)):
            row.role = Role.ANOTHER
    return is_away


def absent(rows: list[Row]) -> str | None:
    """Who is away, where a line says it of them by name: "Maria Lopez is out of the office"."""
    for row in rows:
        match = _AWAY_NAME.match(row.text)
        if match and _AWAY.search(fold(row.text)) and person(match[1]):
            row.role = Role.PROSE
            return match[1]
    return None


def others(rows: list[Row], choice: Choice) -> bool:
    """Set lines aside that name another person beside an address or a number; whether there were any."""
    changed = False
    if choice.name is None:
        return changed
    for segment in segments.of_rows(rows):
        row = rows[segment.row]
        if (
            row.number != choice.name.row
            and (row.phones or row.emails)
            and _is_another(segment, row, choice, choice.name)
        ):
            row.role, changed = Role.ANOTHER, True
    return changed


def _is_another(segment: Segment, row: Row, choice: Choice, name: Segment) -> bool:
    traits = traits_of(segment.text)
    known = traits.person
    is_chosen = choice.company is not None and segment.overlaps(choice.company)
    if (
        known is None
        or traits.is_firm
        or is_chosen
        or set(segments.key_of(name.text).split()) & set(segments.key_of(segment.text).split())
    ):
        return False
    before = row.text[: row.text.find(segment.text)]
    heading = re.search(r"([^|:]{2,30}):\s*$", before)
    if not known.is_surnamed and (heading is None or field_of(heading[1]) or field_of(segment.text)):
        return False
    fits = any(local_match(known.name, mail.address.split("@")[0]) >= _FITS for mail in row.emails)
    is_announced = re.search(r"[:(]\s*(?:[^\W\d_]{1,4}\.? )?$", before) is not None
    return fits or is_announced or traits.has_civility
