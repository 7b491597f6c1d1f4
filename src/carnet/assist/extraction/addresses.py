"""The postal address of a text: pieces that stand together, around a street or a postcode."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.postal import Piece, piece_of
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.rows import Row
    from carnet.assist.extraction.segments import Segment

_SEPARATORS = re.compile(rf"[|;•·\t{MASK}]+|,|:\s|\s[-–—]\s|\s{{3,}}|\s/\s")
_MOST_BETWEEN = 3
_LONGEST_LINE = 50
_LOOSE = frozenset({Piece.PLACE, Piece.NUMBER, Piece.ROOM, Piece.COUNTRY, Piece.NUMBERED, Piece.FAINT_CODE, Piece.WAY})
_HOUSE = re.compile(
    r"\b(?:house|building|hall|mill|barn|cottage|lodge|farm|court|park|tower|centre|center|chambers|studios?|works|"
    r"wharf|campus|site|manor|abbey|castle|chateau|tour|immeuble|residence|espace|domaine|palais)\b"
)
_EDGES = " ,;|•·\t–—-:"


@dataclass(slots=True)
class Atom:
    """A part of a line between separators, seen as a piece of an address."""

    row: int
    start: int
    end: int
    text: str
    piece: Piece | None
    is_after_bar: bool
    """Parted from what stands before it by more than a comma or a dash."""


@dataclass(slots=True)
class Found:
    """The atoms of an address, in their order."""

    atoms: list[Atom] = field(default_factory=list)

    def has(self, *pieces: Piece) -> bool:
        return any(atom.piece in pieces for atom in self.atoms)

    def mask(self, rows: list[Row]) -> None:
        for atom in self.atoms:
            rows[atom.row].mask(atom.start, atom.end)

    def written(self, rows: list[Row]) -> str:
        lines: dict[int, tuple[int, int]] = {}
        for atom in self.atoms:
            start, end = lines.get(atom.row, (atom.start, atom.end))
            lines[atom.row] = (min(start, atom.start), max(end, atom.end))
        parts = (rows[row].text[start:end].strip(_EDGES) for row, (start, end) in sorted(lines.items()))
        return ", ".join(" ".join(part.split()) for part in parts if part)


def atoms_of(row: Row) -> list[Atom]:
    """The parts of a line, each as a piece of an address."""
    atoms: list[Atom] = []
    at, is_after_bar = row.label.start if row.label and row.label.field in {"address", "street"} else 0, True
    for separator in [*_SEPARATORS.finditer(row.left, at), None]:
        end = separator.start() if separator else len(row.left)
        if text := row.left[at:end].strip(_EDGES + "."):
            start = at + row.left[at:end].index(text)
            atoms.append(Atom(row.number, start, start + len(text), text, piece_of(text), is_after_bar))
            is_after_bar = False
        if separator:
            at = separator.end()
            is_after_bar = is_after_bar or separator[0].strip() not in {",", "-", "–", "—", "/"}
    return atoms


def find(rows: list[Row]) -> list[Found]:
    """The addresses of the lines, the fullest first."""
    atoms: list[Atom] = []
    for row in rows:
        if row.role is Role.PLAIN and row.text.strip():
            atoms.extend(atoms_of(row))
    cores = _cores(atoms)
    groups: list[list[int]] = []
    for core in cores:
        if groups and _joins(atoms, groups[-1][-1], core):
            groups[-1].append(core)
        else:
            groups.append([core])
    found = [Found(atoms[first : last + 1]) for first, last in (_widened(atoms, group) for group in groups)]
    return sorted(
        found,
        key=lambda one: -(2 * one.has(Piece.CODE, Piece.FAINT_CODE) + one.has(Piece.STREET, Piece.NUMBERED, Piece.WAY)),
    )


def _cores(atoms: list[Atom]) -> list[int]:
    """The atoms that an address can be built around."""
    cores = []
    for nth, atom in enumerate(atoms):
        before = atoms[nth - 1] if nth and atom.row - atoms[nth - 1].row <= 1 else None
        after = atoms[nth + 1 : nth + 5]
        follower = after[0].piece if after and after[0].row - atom.row <= 1 else None
        if atom.piece in {Piece.CODE, Piece.STREET}:
            cores.append(nth)
        elif atom.piece is Piece.WAY:
            if (
                (before and before.piece is Piece.NUMBER and before.row == atom.row)
                or follower is Piece.NUMBER
                or _code_follows(atom, after)
            ):
                cores.append(nth)
        elif atom.piece is Piece.NUMBERED:
            is_led = before is not None and before.piece is Piece.STREET
            if (
                follower in {Piece.CODE, Piece.FAINT_CODE} or (is_led and before is not None and before.row == atom.row)
            ) and len(atom.text.split()) > 1:
                cores.append(nth)
        elif (atom.piece is Piece.FAINT_CODE and _stands_by_street(atoms, nth)) or _leads_to_country(atoms, nth):
            cores.append(nth)
    return cores


def _leads_to_country(atoms: list[Atom], nth: int) -> bool:
    """As in "Block C, Dundrum Business Park, Dublin 14, Ireland" no postcode, but rooms and a country on a line."""
    if atoms[nth].piece not in {Piece.ROOM, Piece.NUMBERED}:
        return False
    line = [atom for atom in atoms[nth : nth + _MOST_BETWEEN + 3] if atom.row == atoms[nth].row]
    reach = next((place for place, atom in enumerate(line) if atom.piece is Piece.COUNTRY), 0)
    return reach > 1 and all(atom.piece is not None and not atom.is_after_bar for atom in line[1:reach])


def _code_follows(atom: Atom, after: list[Atom]) -> bool:
    row = atom.row
    for other in after:
        if other.row - row > 1 or other.piece is None:
            return False
        if other.piece in {Piece.CODE, Piece.FAINT_CODE}:
            return True
        row = other.row
    return False


def _stands_by_street(atoms: list[Atom], nth: int) -> bool:
    atom, row = atoms[nth], atoms[nth].row
    for other in reversed(atoms[max(0, nth - _MOST_BETWEEN) : nth]):
        if row - other.row > 1 or other.piece is None:
            return False
        if other.piece in {Piece.STREET, Piece.ROOM, Piece.NUMBERED, Piece.WAY}:
            return other.row == atom.row or other.piece is not Piece.ROOM or atom.row - other.row == 1
        row = other.row
    return False


def _joins(atoms: list[Atom], first: int, second: int) -> bool:
    """Whether two cores belong to one address: near, with nothing between them that is none."""
    if second - first - 1 > _MOST_BETWEEN:
        return False
    row = atoms[first].row
    for nth, atom in enumerate(atoms[first + 1 : second + 1], first + 1):
        # Behind a bar a mere place is something else, unless it is the city of the postcode that follows.
        is_loose = atom.is_after_bar and atom.row == row and atom.piece is Piece.PLACE and nth + 1 != second
        if atom.row - row > 1 or atom.piece is None or is_loose:
            return False
        row = atom.row
    return not (atoms[first].piece is Piece.CODE and atoms[second].piece is Piece.STREET and second - first > 1)


def _widened(atoms: list[Atom], group: list[int]) -> tuple[int, int]:
    """The first and the last atom of an address, once rooms, numbers, cities and countries around it are taken in."""
    first, last = group[0], group[-1]
    pieces = {atoms[nth].piece for nth in group}
    has_code = bool(pieces & {Piece.CODE, Piece.FAINT_CODE})
    first = _first(atoms, first)
    while last + 1 < len(atoms):
        atom, core = atoms[last + 1], atoms[last]
        is_same = atom.row == core.row
        if atom.row - core.row > 1 or (is_same and atom.is_after_bar and atom.piece is not Piece.COUNTRY):
            break
        is_taken = atom.piece in {Piece.COUNTRY, Piece.ROOM} or (
            is_same and atom.piece in {Piece.PLACE, Piece.FAINT_CODE, Piece.NUMBER, Piece.NUMBERED}
        )
        if not is_taken or (atom.piece is Piece.ROOM and not is_same and has_code):
            break
        last += 1
    return first, last


def _first(atoms: list[Atom], first: int) -> int:
    """The first atom of an address whose first core is known."""
    while first > 0:
        atom, core = atoms[first - 1], atoms[first]
        if core.is_after_bar and (start := _start_of_parted_line(atoms, first)) is not None:
            return start
        is_same = atom.row == core.row
        if core.row - atom.row > 1:
            break
        if not is_same and (start := _start_of_roomy_line(atoms, first)) is not None:
            first = start
            continue
        if atom.piece is Piece.ROOM or (
            is_same and not core.is_after_bar and atom.piece in {Piece.NUMBER, Piece.NUMBERED}
        ):
            first -= 1
            continue
        # "ALBANY, NY 12207" lacks its city without the piece before it.
        lacks_city = (
            core.piece in {Piece.CODE, Piece.FAINT_CODE}
            and is_same
            and not core.is_after_bar
            and re.match(r"[A-Z]{2}\b|[A-Z]\d|\d+$", core.text) is not None
        )
        reached = _reached(atoms, first)
        if reached is not None:
            first = reached
        elif lacks_city and atom.piece is Piece.PLACE:
            first -= 1
        else:
            break
    return first


def _start_of_parted_line(atoms: list[Atom], first: int) -> int | None:
    """Where the line begins, if all before a bar and a postcode is rooms and numbers: "Pol. Ind. Urtegi, 7 · 20750 …"."""
    start = first
    while start > 0 and atoms[start - 1].row == atoms[first].row:
        start -= 1
    before = {atom.piece for atom in atoms[start:first]}
    is_parted = Piece.ROOM in before and before <= {Piece.ROOM, Piece.NUMBER, Piece.NUMBERED, Piece.WAY}
    return start if is_parted and atoms[first].piece in {Piece.CODE, Piece.FAINT_CODE} else None


def _start_of_roomy_line(atoms: list[Atom], first: int) -> int | None:
    """Where the line above begins, if it is a room and the places around it: "Unit 9, Quay West"."""
    row = atoms[first].row - 1
    start = first
    while start > 0 and atoms[start - 1].row == row:
        start -= 1
    line = atoms[start:first]
    is_roomy = bool(line) and line[0].piece in {Piece.ROOM, Piece.NUMBERED} and len(line) > 1
    return start if is_roomy and all(atom.piece in _LOOSE and not atom.is_after_bar for atom in line[1:]) else None


def _reached(atoms: list[Atom], first: int) -> int | None:
    """A room or a number on the same line that only places part from the address."""
    for nth in range(first - 1, max(-1, first - 1 - _MOST_BETWEEN), -1):
        if atoms[nth].row != atoms[first].row or atoms[nth + 1].is_after_bar:
            return None
        if atoms[nth].piece in {Piece.ROOM, Piece.NUMBERED, Piece.STREET} and nth < first - 1:
            return nth
        if atoms[nth].piece is not Piece.PLACE:
            return None
    return None


def widen(address: Found, rows: list[Row], taken: list[Segment]) -> None:
    """Take in what stands before the address on its line, or above it, and was not chosen for anything."""
    while True:
        first = address.atoms[0]
        before = [atom for atom in atoms_of(rows[first.row]) if atom.end <= first.start]
        if not before:
            break
        atom = before[-1]
        is_taken = any(one.row == atom.row and (atom.text in one.text or one.text in atom.text) for one in taken)
        is_taken = is_taken or traits_of(atom.text).is_firm
        if is_taken or first.is_after_bar or atom.piece not in {Piece.PLACE, Piece.NUMBERED}:
            return
        address.atoms.insert(0, atom)
    lowest = min((one.row for one in taken), default=address.atoms[0].row)
    for number in range(address.atoms[0].row - 1, lowest, -1):
        above = rows[number]
        if any(one.row == number for one in taken) or not _is_upper_line(above, address):
            return
        address.atoms[:0] = atoms_of(above)


def _is_upper_line(row: Row, address: Found) -> bool:
    """Whether a line above an address is its house or, where it has no street yet, its village."""
    atoms = atoms_of(row)
    if row.role is not Role.PLAIN or row.label or not atoms or MASK in row.left:
        return False
    traits = traits_of(row.text)
    lacks_street = not address.has(Piece.STREET, Piece.WAY, Piece.NUMBERED, Piece.ROOM)
    if any(map(str.isdigit, row.text)) and len(row.text) <= _LONGEST_LINE and not traits.is_firm:
        pieces = {atom.piece for atom in atoms}
        return lacks_street or (Piece.ROOM in pieces and pieces <= _LOOSE)  # "N6789 County Road K", "Werk II, Halle 4"
    if len(atoms) != 1 or atoms[0].piece is not Piece.PLACE:
        return False
    is_village = lacks_street and len(address.atoms) <= _MOST_BETWEEN + 1
    return not (traits.does or traits.is_ranked) and (is_village or _HOUSE.search(fold(atoms[0].text)) is not None)
