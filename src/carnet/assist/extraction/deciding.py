"""Who the contact is: what labels say, what the lines choose, and what running text tells, weighed in this order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import aside, choosing, clues, prose, segments
from carnet.assist.extraction.choosing import Known
from carnet.assist.extraction.cues import ARTICLES, OF, SPEAKING
from carnet.assist.extraction.names import natural
from carnet.assist.extraction.owners import Owner
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.scoring import sure
from carnet.assist.extraction.spans import said
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import SENTENCE_WORDS
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.choosing import Choice
    from carnet.assist.extraction.clues import Clues
    from carnet.assist.extraction.findings import Findings
    from carnet.assist.extraction.prose import Told
    from carnet.assist.extraction.rows import Row

_INTRODUCED: Final = 0.85
_LEAST_TOLD, _SURELY_TOLD, _WEAKLY_CHOSEN = 1.0, 3.0, 2.0
_FITS = 0.7
_FEW_WORDS = 3
_RUNNING = SENTENCE_WORDS | (SPEAKING - OF - ARTICLES) | frozenset("avec mit appel anruf von from with".split())
_ARTICLE = re.compile(
    r"^(?:the|an?|une?|l[ae]|der|die|das|el|il|lo|our|their|leur|notre|unsere?|ihre?|nuestr[oa]|nostr[oa]) (?=\w)|^l['’](?=\w)"
)
_OF_FIRM = re.compile(
    r"\s(?:(?:de la|de l['’]|du|de|of the|of|at the|at|von der|von|bei der|bei|della|dell['’]|del|di|de los|en|à la|à "
    r"l['’]|au) ?)(?=[A-ZÀ-Þ])"
)


def decide(
    rows: list[Row], found: Findings, sender: str, *, is_settled: bool = False, unheard: frozenset[int] = frozenset()
) -> tuple[Choice, Owner, Clues]:
    """Say name, position and company, where no label did; returns the choice, whose contact it is, and the clues.

    `is_settled` of a form that says all there is to say, so that nothing beside it is the contact's position, and
    `unheard` are the rows of messages, which aren't asked for what the person is.
    """
    said_by = said([row.text for row in rows])
    for number, end in said_by.items():
        rows[number].mask(0, end)
    is_away = aside.stand_ins(rows)
    if is_away and (absent := aside.absent(rows)):
        found.say("name", natural(absent), _INTRODUCED)
    known = clues.gathered(rows, sender)
    found.say("company", aside.places(rows), _INTRODUCED)
    labelled = _said(found)
    labelled.has_position = labelled.has_position or is_settled
    choice = choosing.choose(rows, known, labelled)
    if aside.others(rows, choice):
        known = clues.gathered(rows, sender)
        choice = choosing.choose(rows, known, labelled)
    if not (is_away or is_settled):  # what is told by someone who is away is told of a colleague
        told = prose.tell(
            [
                row.left
                for row in rows
                if (_is_running(row, known) or row.number in said_by) and row.number not in unheard
            ],
            known,
            found.fields.get("name"),
        )
        choice = _with_told(told, choice, rows, found, known)
        if choice.name is not None and said_by:
            _hear_more(rows, found, choice, known)
    _say(found, choice)
    name_row = choice.name.row if choice.name else None
    owner = Owner(found.fields.get("name"), name_row=name_row, is_told=choice.name is None and not is_away)
    if choice.rival is not None and known.local(natural(choice.rival.text)) >= _FITS:
        owner.rival, owner.rival_row = natural(choice.rival.text), choice.rival.row
    return choice, owner, known


def _hear_more(rows: list[Row], found: Findings, choice: Choice, known: Clues) -> None:
    """In a chat, what the one who is named does may have been said in another line."""
    assert choice.name is not None  # noqa: S101  - asked only where one was chosen
    told = prose.tell([row.left for row in rows], known, choice.name.text)
    if choice.position is None:
        found.say("position", told.position, _INTRODUCED)
    if choice.company is None:
        found.say("company", told.company, _INTRODUCED)


def _said(found: Findings) -> Known:
    fields = found.fields
    return Known(fields.get("name"), has_position="position" in fields, has_company="company" in fields)


def _is_running(row: Row, known: Clues) -> bool:
    """Whether a line is part of running text."""
    if row.role in {Role.PROSE, Role.GREETING}:
        return True
    words = re.findall(r"[^\W\d_]+", fold(row.left))
    is_wordy = len(words) > _FEW_WORDS and not _RUNNING.isdisjoint(words)
    return row.role is Role.PLAIN and row.number not in known.signed_rows and is_wordy


def _with_told(told: Told, choice: Choice, rows: list[Row], found: Findings, known: Clues) -> Choice:
    """The choice, once running text is heard: it may know the person better, or what the lines leave out."""
    if told.name is None or told.points < _LEAST_TOLD:
        return choice
    named = found.fields.get("name") or (choice.name.text if choice.name is not None else "")
    own, other = set(segments.key_of(named).split()), set(segments.key_of(told.name).split())
    is_same = bool(own) and own <= other
    is_weak = (len(own) < 2 and told.points > _SURELY_TOLD) or (  # a given name alone
        choice.name_points < _WEAKLY_CHOSEN and told.name_points > choice.name_points
    )
    if not (is_same or not own or (is_weak and "name" not in found.fields)):
        return choice
    if not is_same or len(own) < len(other):
        found.say("name", natural(told.name), _INTRODUCED)
    if not is_same or choice.position is None:
        found.say("position", told.position, _INTRODUCED)
    if not is_same or choice.company is None:
        found.say("company", told.company, _INTRODUCED)
    if is_same:
        return choice
    for row in rows:
        if row.role is Role.PLAIN and _is_running(row, known):
            row.role = Role.PROSE
    return choosing.choose(rows, known, _said(found))


def _say(found: Findings, choice: Choice) -> None:
    if choice.name is not None:
        shown = choice.name.text.title() if choice.name.text.islower() else choice.name.text
        found.say("name", natural(shown), sure(choice.name_points))
    if choice.position is not None and ("name" in found.fields or traits_of(choice.position.text).is_doer):
        position = _ARTICLE.sub("", choice.position.text)
        lacks_firm = choice.company is None and "company" not in found.fields
        title, firm = (_parted(position) if lacks_firm else None) or (position, None)
        found.say("position", title, sure(choice.position_points))
        found.say("company", firm, sure(0))
    if choice.company is not None:
        found.say("company", choice.company.text, sure(choice.company_points))


def _parted(position: str) -> tuple[str, str] | None:
    """A title and its firm, where nothing else is one: "Présidente de l'ADMR de Vaubécourt"."""
    for match in _OF_FIRM.finditer(position):
        title, firm = position[: match.start()], position[match.end() :]
        traits, does = traits_of(firm), traits_of(title)
        is_firm = traits.is_institution or traits.is_firm or re.match(r"[A-Z]{3,}\b", firm) is not None
        if is_firm and not traits.is_doer and (does.does or does.is_ranked):
            return title, firm
    return None
