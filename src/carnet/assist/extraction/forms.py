"""Labelled values: what a form, a table or a card says of itself is taken at its word."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carnet.assist.extraction import links, postal
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import Label, field_of, is_civility
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row

_SPLIT = re.compile(rf"[{MASK}|;\t]|\s{{3,}}|\s[-–—•·]\s|(?<=[^\W\d_]{{3}})\.\s|\s?[(<]")
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


@dataclass(slots=True)
class Form:
    """The labelled values of a text."""

    values: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    labelled: int = 0
    address_row: int | None = None
    """The row of an address whose further lines may follow."""

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
                "region" in told and "country" not in told and re.fullmatch(r"[A-Z]{2}", told["region"]) is not None
            )
            city = postal.place(
                told.get("city", ""), told.get("region", ""), told.get("code", ""), is_code_last=is_code_last
            )
        parts = [told.get("address"), told.get("street"), told.get("street2"), city, told.get("country")]
        if not (told.get("address") or told.get("street") or told.get("code") or told.get("place")):
            return None
        return ", ".join(part for part in dict.fromkeys(parts) if part)


def read(rows: list[Row]) -> Form:
    """The labelled values of the rows. What gave one is masked, so that nobody chooses it again."""
    form = Form()
    _label_bare(rows)
    weak = sum(row.label is not None and row.label.is_weak for row in rows)
    for nth, row in enumerate(rows):
        if row.label is None or (row.label.is_weak and weak < 2) or row.role in {Role.ANOTHER, Role.LEGAL}:
            continue
        if row.role is Role.NOISE and row.label.field != "note":
            continue
        _read_row(form, rows, nth)
    return form


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
    rest = row.left[start:]
    lead = len(rest) - len(rest.lstrip(" \"'"))
    first = _SPLIT.search(rest, lead + 1)
    end = first.start() if first else len(rest)
    value = " ".join(rest[lead:end].split()).strip(" ,;\"'*")
    if kind == "position" and first and (first[0].strip(" ") in {"-", "–", "—", "("}):
        value, end = " ".join(rest[lead:].split()).strip(" ,;\"'"), len(rest)
    if kind == "company" and first and (first[0].strip(" ") in {"-", "–"}) and not row.emails:
        value, end = " ".join(rest[lead:].split()).strip(" ,;\"'"), len(rest)
    is_told = bool(value) and MASK not in value and len(value) <= _LONGEST_VALUE
    if not is_told or (kind in {"name", "given", "family"} and not _names(value)):
        return
    if kind == "position" and (value.isdigit() or is_civility(value)):
        return
    if kind == "company" and piece_of(re.split(r",|\s-\s", value)[0]) in {Piece.STREET, Piece.CODE}:
        kind = "address"  # a small house stands for either
    if kind not in form.values:
        form.values[kind] = value
        row.mask(0, start + end)
    if kind == "name":
        # "(SUD BOIS, resp. logistique)" after the name is for those who choose.
        row.role = Role.PLAIN


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
        row.mask(0, len(row.text))
        if kind in {"address", "street"}:
            form.address_row = row.number
