"""The postal address of a form: labelled whole, or by street, postcode and city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import postal
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.forms import Form
    from carnet.assist.extraction.rows import Row

PARTS: Final = frozenset({"address", "street", "street2", "code", "city", "place", "region", "country"})
"""The fields of which an address is made."""
_CODE_LAST: Final = frozenset(
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
_LONGEST = 240


def written(form: Form) -> str | None:
    """The address on one line, in the order of its country; None where a city alone is told."""
    told = form.values
    city = told.get("place") or ""
    if not city and (told.get("city") or told.get("code")):
        city = postal.place(
            told.get("city", ""), told.get("region", ""), told.get("code", ""), is_code_last=_is_code_last(form)
        )
    is_placed = bool(told.get("place") or (told.get("code") and told.get("city")))
    if not (told.get("address") or told.get("street") or is_placed):
        return None
    parts = [told.get("address"), told.get("street"), told.get("street2"), city, told.get("country")]
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def _is_code_last(form: Form) -> bool:
    told = form.values
    if fold(told.get("country", "")) in _CODE_LAST or re.search("[A-Za-z]", told.get("code", "")):
        return True
    is_state = re.fullmatch(r"[A-Z]{2}", told.get("region", "")) is not None and not form.has_province
    return is_state and "country" not in told


def read(form: Form, kind: str, row: Row, start: int) -> None:
    """Keep a part of the postal address that stands beside its label."""
    value = " ".join(row.left[start:].replace(MASK, " ").split()).strip(" ,;\"'|")
    if not value or len(value) > _LONGEST or row.emails:
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


def read_city(form: Form, kind: str, below: list[Row]) -> None:
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
