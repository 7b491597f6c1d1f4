"""Labelled values: what a form, a table or a card says of itself is taken at its word."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carnet.assist.extraction import links, postal
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import Label, field_of, heading_of, is_civility
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.values import value_of
from carnet.assist.extraction.words import RELATIONS
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row

_VALUED = frozenset({"name", "family", "given", "company", "position", "website", "linkedin", "note"})
_POSTAL = frozenset({"address", "street", "street2", "code", "city", "place", "region", "country"})
_CODE_LAST = frozenset(
    {
        "us",
        "usa",
        "united states",
        "ca",
        "canada",
        "au",
        "australia",
        "uk",
        "united kingdom",
        "england",
        "ireland",
        "etats-unis",
    }
)
_LONGEST_VALUE = 120
_LONGEST_LABEL, _LEAST_BARE = 30, 3
_LEAST_WHOLE, _PAIR = 4, 2
_OURS = re.compile(r"^(?:our|notre|unsere?r?|nuestr[oa]|(?:il |la )?nostr[oa]) (?:(?:new|neuer?|nuev[oa]) )?", re.IGNORECASE)
_ANCHORED = 0.45
"""From here on a domain tells a firm."""
_FAMILY_FIRST = re.compile(
    r"\W*(?:votre )?(?:nom|surname|last name|family name|nachname|familienname|cognome|apellidos?)\b.{0,5}\b(?:prenom|"
    r"first|given|name|vorname|nome|nombre)"
)


@dataclass(slots=True)
class Form:
    """The labelled values of a text."""

    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    labelled: int = 0
    address_row: int | None = None
    """The row of an address whose further lines may follow."""
    has_province: bool = False
    has_family_first: bool = False
    subject: str = ""
    """The word by which the form calls the person: "requester"."""
    told_rows: set[int] = field(default_factory=set)
    """The rows that have a label, or stand below one."""

    @property
    def is_whole(self) -> bool:
        """Whether the form says by itself whom it is about, so that what stands beside it is somebody else's."""
        return self.labelled >= _LEAST_WHOLE and not {"name", "family", "given"}.isdisjoint(self.values)

    @property
    def is_settled(self) -> bool:
        """Whether a whole form names the company too: then it would have named the position, had there been one."""
        return self.is_whole and "company" in self.values

    @property
    def name(self) -> str | None:
        given, family, whole = (self.values.get(key) for key in ("given", "family", "name"))
        if given and (family or whole):
            family = family or whole or ""
            return natural(family if given.casefold() in family.casefold() else f"{given} {family}")
        # "Nombre" and "Nom" name a whole person where no second label parts it.
        alone = whole or family or given
        return natural(alone) if alone else None

    @property
    def address(self) -> str | None:
        told = self.values
        city = told.get("place") or ""
        if not city and (told.get("city") or told.get("code")):
            is_code_last = fold(told.get("country", "")) in _CODE_LAST or bool(
                re.search("[A-Za-z]", told.get("code", ""))
            )
            is_code_last = is_code_last or (
                "region" in told
                and "country" not in told
                and not self.has_province
                and re.fullmatch(r"[A-Z]{2}", told["region"]) is not None
            )
            city = postal.place(
                told.get("city", ""), told.get("region", ""), told.get("code", ""), is_code_last=is_code_last
            )
        parts = [told.get("address"), told.get("street"), told.get("street2"), city, told.get("country")]
        if not (told.get("address") or told.get("street") or (told.get("code") and told.get("city")) or told.get("place")):
            return None
        return ", ".join(part for part in dict.fromkeys(parts) if part)


def read(rows: list[Row]) -> Form:
    """The labelled values of the rows. What gave one is masked, so that nobody chooses it again."""
    form = Form()
    _label_bare(rows)
    for row in rows:
        if row.label is not None and row.label.whose and row.label.field == "name":
            row.label = None  # "Speaker name", unless there is nothing better: see `_introduce`
    weak = sum(row.label is not None and row.label.is_weak for row in rows)
    for nth, row in enumerate(rows):
        if row.label is None or (row.label.is_weak and weak < 2) or row.role is Role.LEGAL:
            continue
        if row.role is Role.ANOTHER and row.label.field in _POSTAL:
            row.role = Role.PLAIN  # "Via: Via del Porto 9"
        if row.role is Role.ANOTHER:
            continue
        if row.role is Role.NOISE and row.label.field != "note":
            continue
        _read_row(form, rows, nth)
        form.told_rows |= {row.number} if row.text[row.label.start :].strip(" :") else {row.number, row.number + 1}
    if form.labelled >= _LEAST_BARE and form.name is None:
        _introduce(form, rows)
    if form.name is not None:
        _leave_others(form, rows)
    _turn(form, rows)
    return form


def _introduce(form: Form, rows: list[Row]) -> None:
    """Where no label is a name's, one that has a person beside it may be: "Requester: Aisling O'Dowd"."""
    best, best_points = None, 0.0
    for row in rows:
        told = _person_beside(row) if row.label is None else None
        if told is None:
            continue
        points = 1.0 * traits_of(told[0]).has_civility + (field_of(told[1].split()[-1]) == "name")
        others = [mail.address.split("@")[0] for other in rows if other is not row for mail in other.emails]
        points += max((local_match(told[0], local) for local in others), default=0.0)
        if points > best_points:
            best, best_points = (row, told), points
    if best is not None:
        row, (name, heading) = best
        form.values["name"], form.subject = name, heading.split()[0]
        title = _OURS.sub("", row.text[: row.text.index(":")].strip())
        if title != row.text[: row.text.index(":")].strip() and traits_of(title).is_ranked:
            form.values.setdefault("position", title)
        row.mask(0, row.text.index(name) + len(name) if name in row.text else len(row.text))


def _leave_answers(rows: list[Row]) -> None:
    """Beside a label that isn't known stands no position, nor a firm that doesn't look like one: "Profil : Particulier"."""
    domains = [mail.address.rsplit("@", 1)[-1].split(".")[0] for row in rows for mail in row.emails]
    for row in rows:
        heading = heading_of(row.text)
        if row.label is not None or row.role is not Role.PLAIN or not heading or row.phones or row.emails or row.links:
            continue
        value = row.text[len(heading) :].strip(" :.|\t=-–—")
        is_firm = traits_of(value).is_firm or any(domain_match(value, domain) >= _ANCHORED for domain in domains)
        if not is_firm and not any(map(str.isdigit, value)) and not field_of(heading.split()[0]):
            row.role = Role.ASIDE


def _person_beside(row: Row) -> tuple[str, str] | None:
    """The person whom a line names behind words that end in a colon, and these words."""
    heading = heading_of(row.text)
    if not heading or row.role not in {Role.PLAIN, Role.ANOTHER} or ":" not in row.text:
        return None
    value, _ = value_of(row.text.partition(":")[2].split(",")[0], "name", has_email=bool(row.emails))
    traits = traits_of(value)
    is_person = traits.person is not None and traits.person.is_surnamed
    is_else = traits.is_firm or traits.is_institution or traits.is_place or traits.is_doer or traits.is_ranked
    return (value, heading) if is_person and (traits.has_civility or not is_else) else None


def _leave_others(form: Form, rows: list[Row]) -> None:
    """Set aside what a form says of a second person: beside that one's name, or behind that one's word."""
    own = set(fold(form.name or "").split())
    others = set()
    for row in rows:
        told = _person_beside(row) if row.label is None else None
        if told and not own & set(fold(told[0]).split()):
            others.add(told[1].split()[0].removesuffix("'s"))
            if row.phones or row.emails:
                row.role = Role.ANOTHER
    for row in rows:
        words = set(re.findall(r"[^\W\d_]+", heading_of(row.text)))
        is_others = not words.isdisjoint(others - {form.subject}) or not words.isdisjoint(RELATIONS - {form.subject})
        if is_others and (row.phones or row.emails) and row.role is Role.PLAIN and not own & words:
            row.role = Role.ANOTHER
    if form.labelled >= _LEAST_BARE:
        _leave_answers(rows)
    reached = next((nth for nth, row in enumerate(rows) if row.phones or row.emails), len(rows))
    for nth, row in enumerate(rows):
        is_second = row.label is not None and row.label.field == "name" and nth > reached and MASK not in row.left
        if is_second and not own & set(fold(row.text[row.label.start :]).split()):  # type: ignore[union-attr]
            for below in rows[nth:]:
                if below.role is Role.BLANK:
                    break
                below.role = Role.ANOTHER
            return


def _turn(form: Form, rows: list[Row]) -> None:
    """A name whose label asks for the family name first is turned where an e-mail address has it the other way."""
    name = form.values.get("name", "").split()
    if not form.has_family_first or len(name) != _PAIR:
        return
    family, given = (fold(word) for word in name)
    for local in (fold(mail.address.split("@")[0]) for row in rows for mail in row.emails):
        first, *_, last = [*re.split(r"[._-]+", local), ""][:_PAIR]
        if last == family and first in {given, given[:1]}:
            form.values["name"] = f"{name[1]} {name[0]}"


def _label_bare(rows: list[Row]) -> None:
    """Labels on lines of their own count where at least three have a value below them."""
    bare = []
    for row, below in itertools.pairwise(rows):
        kind = (
            field_of(row.text)
            if row.label is None and row.role in {Role.PLAIN, Role.ASIDE} and 1 < len(row.text) <= _LONGEST_LABEL
            else None
        )
        is_valued = (
            kind not in {None, "ignored"}
            and below.text.strip()
            and field_of(below.text) is None
            and below.label is None
        )
        if kind is not None and is_valued:
            bare.append((row, kind))
    if len(bare) >= _LEAST_BARE:
        for row, kind in bare:
            row.label = Label(kind, len(row.text))
            if kind in {"phone", "email", "fax"}:
                row.mask(0, len(row.text))


def _read_row(form: Form, rows: list[Row], nth: int) -> None:
    row = rows[nth]
    assert row.label is not None  # noqa: S101  - `read` gives no other
    kind = row.label.field
    form.labelled += 1
    value_row, start = row, row.label.start
    if not row.text[start:].strip(" :") and kind in _VALUED | _POSTAL:
        below = rows[nth + 1] if nth + 1 < len(rows) else None
        if below is None or below.label is not None or below.role is Role.BLANK:
            return
        row.mask(0, len(row.text))
        value_row, start = below, 0
    if kind in _POSTAL:
        _read_postal(form, kind, value_row, start)
        if kind in {"address", "street"} and form.address_row == value_row.number:
            _read_city(form, kind, rows[value_row.number + 1 : value_row.number + 3])
    elif kind == "note":
        form.notes.append(value_row.text[start:].strip())
        value_row.role = Role.PROSE if value_row.role is Role.PLAIN else value_row.role
    elif kind in {"website", "linkedin"}:
        _read_web(form, kind, value_row, start)
    elif kind in _VALUED:
        _read_value(form, kind, value_row, start)
    elif kind == "ignored":
        value_row.mask(0, len(value_row.text))


def _read_value(form: Form, kind: str, row: Row, start: int) -> None:
    value, end = value_of(row.left[start:], kind, has_email=bool(row.emails))
    is_told = bool(value) and MASK not in value and len(value) <= _LONGEST_VALUE
    if not is_told or (kind in {"name", "given", "family"} and not _names(value)):
        return
    if kind == "position" and (value[:1].isdigit() or is_civility(value)):
        return
    kind = _meant(form, kind, value)
    if kind == "name" and row.label is not None and _FAMILY_FIRST.match(fold(row.text[: row.label.start])):
        form.has_family_first = True
    if kind == "company" and piece_of(re.split(r",|\s-\s", value)[0]) in {Piece.STREET, Piece.CODE}:
        kind = "address"  # a small house stands for either
    if kind not in form.values:
        form.values[kind] = value
        row.mask(0, start + end)
    if kind == "name":
        # "(SUD BOIS, resp. logistique)" after the name is for those who choose.
        row.role = Role.PLAIN


def _meant(form: Form, kind: str, value: str) -> str:
    """The field that a label means where it comes twice: of a customer and a business, one may be a person."""
    told = form.values
    traits = traits_of(value)
    if kind == "name" and "name" in told and (traits.is_firm or traits.is_institution):
        return "company"
    if kind == "company" and "company" in told and "name" not in told and value != told["company"]:
        before = traits_of(told["company"])
        if before.person is not None and before.person.is_surnamed and not (before.is_firm or before.is_institution):
            told["name"] = told.pop("company")
    return kind


def _names(value: str) -> bool:
    words = value.replace(",", " ").split()
    is_lower = value.islower() and len(words) <= 4
    return person(value) is not None or (is_lower and person(value.title()) is not None)


def _read_web(form: Form, kind: str, row: Row, start: int) -> None:
    address = next((link.url for link in row.links if link.start >= start - 1), None)
    value = row.text[start:].strip()
    if (
        kind == "linkedin"
        and address is None
        and re.fullmatch(r"@?/?(?:in/)?[\w-]{3,60}", value)
        and not value.isdigit()
    ):
        slug = value.rsplit("/", 1)[-1].lstrip("@")
        form.values.setdefault("linkedin", f"https://www.linkedin.com/in/{slug}")
        row.mask(0, len(row.text))
    elif kind == "website" and address and links.is_site(links.unwrapped(address)):
        form.values.setdefault("website", links.written(links.unwrapped(address)))


def _read_postal(form: Form, kind: str, row: Row, start: int) -> None:
    value = " ".join(row.left[start:].replace(MASK, " ").split()).strip(" ,;\"'|")
    if not value or len(value) > 2 * _LONGEST_VALUE or row.emails:
        return
    if kind == "address" and field_of(value) is not None:
        return
    if kind == "address" and len(value.split()) == 1 and not any(map(str.isdigit, value)):
        return
    if kind not in form.values:
        form.values[kind] = value
        form.has_province = form.has_province or (kind == "region" and fold(row.text).startswith("prov"))
        row.mask(0, len(row.text))
        if kind in {"address", "street"}:
            form.address_row = row.number


def _read_city(form: Form, kind: str, below: list[Row]) -> None:
    """The postcode and city on a line of their own below a labelled street."""
    for nth, row in enumerate(below):
        piece = piece_of(row.left) if row.label is None and row.role is Role.PLAIN else None
        if piece is None:
            return
        if piece in {Piece.CODE, Piece.FAINT_CODE}:
            form.values[kind] = ", ".join([form.values[kind], *(each.text.strip() for each in below[: nth + 1])])
            for each in below[: nth + 1]:
                each.mask(0, len(each.text))
            form.address_row = None
            return
