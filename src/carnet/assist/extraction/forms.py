"""Labelled values: what a form, a table or a card says of itself is taken at its word."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carnet.assist.extraction import bystanders, homes, links, surnames
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import Label, field_of, is_civility
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.values import NOTHING, value_of
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row

_VALUED = frozenset({"name", "family", "given", "company", "position", "website", "linkedin", "note"})
_LONGEST_VALUE = 120
_LONGEST_LABEL, _LEAST_BARE = 30, 3
_LEAST_WEAK, _LEAST_WHOLE, _SPOKEN = 2, 4, 0.15
_CUSTOMER = re.compile(
    r"\W*(?:client|customer|kunde|account|proveedor|supplier|vendor|fournisseur|fornitore|lieferant)"
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
    is_of_customer: bool = False
    """Whether the company is called a customer or the like, which may be a person."""
    family_first: str = ""
    """The word for a family name with which the label of the whole name begins: "cognome" in "Cognome e nome"."""
    subject: str = ""
    """The word by which the form calls the person: "requester"."""
    messages: set[int] = field(default_factory=set)
    told_rows: set[int] = field(default_factory=set)
    """The rows that have a label, or stand below one."""

    @property
    def is_answered(self) -> bool:
        """Whether there are enough labels, a name's among them, for a form and no signature."""
        return self.labelled >= _LEAST_BARE and self.name is not None

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
        return natural(alone.title() if alone.islower() else alone) if alone else None


def read(rows: list[Row]) -> Form:
    """The labelled values of the rows. What gave one is masked, so that nobody chooses it again."""
    form = Form()
    _label_bare(rows)
    for row in rows:
        if row.label is not None and row.label.whose and row.label.field == "name":
            row.label = None  # "Speaker name", unless there is nothing better: see `bystanders.introduce`
    weak = sum(row.label is not None and row.label.is_weak for row in rows)
    for nth, row in enumerate(rows):
        if row.label is None or (row.label.is_weak and weak < _LEAST_WEAK):
            continue
        if row.role is Role.ANOTHER and row.label.field in homes.PARTS:
            row.role = Role.PLAIN  # "Via: Via del Porto 9"
        is_left = row.role in {Role.LEGAL, Role.ANOTHER} or (row.role is Role.NOISE and row.label.field != "note")
        if not is_left:
            _read_row(form, rows, nth)
            is_beside = bool(row.text[row.label.start :].strip(" :"))
            form.told_rows |= {row.number} if is_beside else {row.number, row.number + 1}
    _judge(form, rows)
    return form


def _judge(form: Form, rows: list[Row]) -> None:
    """Tell whom the form is about from whomever else it names."""
    if form.labelled >= _LEAST_BARE and form.name is None:
        bystanders.introduce(form, rows)
    if form.name is not None:
        bystanders.leave(form, rows)
    if form.is_answered:
        _leave_messages(form, rows)
    is_customer = form.name is None and form.is_of_customer and _is_person(form.values["company"])
    if is_customer and bystanders.names_nobody(rows):
        form.values["name"] = form.values.pop("company")
    if "name" in form.values:
        form.values["name"] = surnames.turned(form.values["name"], form.family_first, rows)


def _leave_messages(form: Form, rows: list[Row]) -> None:
    """The lines below "Message:" are what the person writes, not who the person is."""
    is_message = False
    for row in rows:
        if row.label is not None:
            is_message = row.label.field == "note"
        elif is_message and row.role is Role.PLAIN and not (row.phones or row.emails):
            row.role = Role.PROSE
        if is_message:
            form.messages.add(row.number)


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
    if not row.text[start:].strip(" :") and kind in _VALUED | homes.PARTS:
        below = rows[nth + 1] if nth + 1 < len(rows) else None
        if below is None or below.label is not None or below.role is Role.BLANK:
            return
        row.mask(0, len(row.text))
        value_row, start = below, 0
    if kind in homes.PARTS:
        homes.read(form, kind, value_row, start)
        if kind in {"address", "street"} and form.address_row == value_row.number:
            homes.read_city(form, kind, rows[value_row.number + 1 : value_row.number + 3])
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
    if fold(value).strip(".") in NOTHING:
        row.mask(0, len(row.text))
        return
    is_told = bool(value) and MASK not in value and len(value) <= _LONGEST_VALUE
    if not is_told or (kind in {"name", "given", "family"} and not _names(value)):
        return
    if kind in {"company", "position"} and traits_of(value).sentence_share >= _SPOKEN:
        return  # "Client : Bonjour, je suis …" is a line of a talk
    if kind == "position" and (value[:1].isdigit() or is_civility(value)):
        return
    kind = _meant(form, kind, value)
    if kind == "name" and len(form.values.get("family", "").split()) > 1 and "given" not in form.values:
        return  # "Nom : Inès Aubry" named the person already
    if kind == "name" and row.label:
        form.family_first = form.family_first or surnames.asked_first(row.text[: row.label.start])
    if kind == "company" and piece_of(re.split(r",|\s-\s", value)[0]) in {Piece.STREET, Piece.CODE}:
        kind = "address"  # a small house stands for either
    if kind not in form.values:
        form.values[kind] = value
        row.mask(0, start + end)
        form.is_of_customer = form.is_of_customer or (kind == "company" and _CUSTOMER.match(fold(row.text)) is not None)
    if kind == "name":
        # "(SUD BOIS, resp. logistique)" after the name is for those who choose.
        row.role = Role.PLAIN


def _meant(form: Form, kind: str, value: str) -> str:
    """The field that a label means where it comes twice: of a customer and a business, one may be a person."""
    told = form.values
    traits = traits_of(value)
    if kind == "name" and "name" in told and (traits.is_firm or traits.is_institution):
        return "company"
    is_again = kind == "company" and "company" in told and value != told["company"]
    if is_again and {"name", "family", "given"}.isdisjoint(told) and _is_person(told["company"]):
        told["name"] = told.pop("company")
    return kind


def _is_person(value: str) -> bool:
    traits = traits_of(value)
    is_firm = traits.is_firm or traits.is_institution or traits.is_ranked
    return traits.person is not None and traits.person.is_surnamed and not is_firm


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
