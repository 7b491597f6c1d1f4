"""Whom a form names: the person it is about, where no label says so, and others beside whom it must not be mistaken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import field_of, heading_of, is_qualifier
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.names import person
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.values import value_of
from carnet.assist.extraction.words import RELATIONS
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.forms import Form
    from carnet.assist.extraction.rows import Row

_OURS = re.compile(
    r"^(?:our|notre|unsere?r?|nuestr[oa]|(?:il |la )?nostr[oa]) (?:(?:new|neuer?|nuev[oa]|nouveau|nouvelle) )?",
    re.IGNORECASE,
)
_MOST_ADDRESSES = 6
"""More than that are no one's form, and each costs a comparison with every line."""
_ANCHORED = 0.45
"""From here on a domain tells a firm."""


def introduce(form: Form, rows: list[Row]) -> None:
    """Where no label is a name's, one that has a person beside it may be: "Requester: Aisling O'Dowd"."""
    named = [(row, told) for row in rows if row.label is None and (told := _person_beside(row))]
    # Where nobody else is named, it is that one, whatever the label: "Gérant : Luc Roy".
    locals_ = list(dict.fromkeys(mail.address.split("@")[0] for row in rows for mail in row.emails))[:_MOST_ADDRESSES]
    is_alone = len(named) == 1 and not any(_looks_like_a_name(row) for row in rows)
    best, best_points = (named[0], 0.0) if is_alone else (None, 0.0)
    for row, told in named:
        if row.role not in {Role.PLAIN, Role.ANOTHER}:
            continue
        words = told[1].split()
        is_called_name = not {field_of(words[0]), field_of(words[-1])}.isdisjoint({"name", "family"})
        points = 1.0 * traits_of(told[0]).has_civility + is_called_name
        own = {mail.address.split("@")[0] for mail in row.emails}
        others = [local for local in locals_ if local not in own]
        points -= 2.0 * (not is_called_name and not RELATIONS.isdisjoint(words))
        points += 2.0 * max((local_match(told[0], local) for local in others), default=0.0)
        if points > best_points:
            best, best_points = (row, told), points
    if best is not None:
        row, (name, heading) = best
        form.values["name"], form.subject = name, heading.split()[0]
        title = _OURS.sub("", row.text[: row.text.index(":")].strip())
        if title != row.text[: row.text.index(":")].strip() and (
            traits_of(title).is_ranked or traits_of(title).is_doer
        ):
            form.values.setdefault("position", title)
        row.mask(0, row.text.index(name) + len(name) if name in row.text else len(row.text))


def _looks_like_a_name(row: Row) -> bool:
    known = person(row.text) if row.role is Role.PLAIN and not heading_of(row.text) else None
    return known is not None and known.is_surnamed


def leave(form: Form, rows: list[Row]) -> None:
    """Set aside what a form says of a second person: beside that one's name, or behind that one's word."""
    own = set(fold(form.name or "").split())
    others = set()
    for row in rows:
        told = _person_beside(row) if row.label is None else None
        if told and not own & set(fold(told[0]).split()):
            others |= {word for word in [told[1].split()[0].removesuffix("'s")] if not is_qualifier(word)}
            if row.phones or row.emails:
                row.role = Role.ANOTHER
    for row in rows:
        words = set(re.findall(r"[^\W\d_]+", heading_of(row.text)))
        is_others = not words.isdisjoint(others - {form.subject}) or not words.isdisjoint(RELATIONS - {form.subject})
        if is_others and (row.phones or row.emails) and row.role is Role.PLAIN and not own & words:
            row.role = Role.ANOTHER
    if form.is_answered:
        _leave_answers(rows)
    _leave_second(own, rows)


def _leave_second(own: set[str], rows: list[Row]) -> None:
    """Set aside what follows a second name: once a first one could be reached, "Secondary contact:" begins another's."""
    reached = next((nth for nth, row in enumerate(rows) if row.phones or row.emails), len(rows))
    for nth, row in enumerate(rows):
        is_second = row.label is not None and row.label.field == "name" and nth > reached and MASK not in row.left
        if is_second and not own & set(fold(row.text[row.label.start :]).split()):  # type: ignore[union-attr]
            for below in rows[nth:]:
                if below.role is Role.BLANK:
                    break
                below.role = Role.ANOTHER
            return


def names_nobody(rows: list[Row]) -> bool:
    """Whether no line has a person beside words that are no known label."""
    return not any(row.label is None and _person_beside(row) for row in rows)


def _leave_answers(rows: list[Row]) -> None:
    """Beside a label that isn't known stands no position, nor a firm that doesn't look like one: "Profil : Particulier"."""
    hosts = (mail.address.rsplit("@", 1)[-1] for row in rows for mail in row.emails)
    domains = list(dict.fromkeys(host.split(".")[0] for host in hosts))[:_MOST_ADDRESSES]
    for row in rows:
        heading = heading_of(row.text)
        if row.label is not None or row.role is not Role.PLAIN or not heading or row.phones or row.emails or row.links:
            continue
        value = row.text[len(heading) :].strip(" :.|\t=-–—")
        is_firm = traits_of(value).is_firm or any(domain_match(value, domain) >= _ANCHORED for domain in domains)
        if is_firm:
            row.mask(0, row.text.index(value))
        elif not any(map(str.isdigit, value)) and not field_of(heading.split()[0]):
            row.role = Role.ASIDE


def _person_beside(row: Row) -> tuple[str, str] | None:
    """The person whom a line names behind words that end in a colon, and these words."""
    heading = heading_of(row.text)
    if not heading or row.role is Role.PROSE or ":" not in row.text:
        return None
    family, comma, given = row.text.partition(":")[2].partition(",")
    beside = f"{family}{comma}{given}" if family.isupper() else family
    value, _ = value_of(beside, "name", has_email=bool(row.emails))
    traits = traits_of(value)
    is_person = traits.person is not None and traits.person.is_surnamed
    is_else = traits.is_firm or traits.is_institution or traits.is_place or traits.is_doer or traits.is_ranked
    return (value, heading) if is_person and (traits.has_civility or not is_else) else None
