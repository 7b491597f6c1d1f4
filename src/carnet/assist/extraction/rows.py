"""A line with all that the readers of single lines found in it, and what of it is left for those who choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carnet.assist.extraction import emails, links, phones
from carnet.assist.extraction.figures import MASK, is_refusal
from carnet.assist.extraction.labels import Label, label_of
from carnet.assist.extraction.roles import Role, role_of

if TYPE_CHECKING:
    from carnet.assist.extraction.regions import Regions


@dataclass(slots=True)
class Row:
    """A line of a letter. What was recognised is masked in `left`, character by character."""

    number: int
    text: str
    role: Role = Role.PLAIN
    label: Label | None = None
    left: str = ""
    emails: list[emails.Found] = field(default_factory=list)
    links: list[links.Found] = field(default_factory=list)
    phones: list[phones.Found] = field(default_factory=list)

    def mask(self, start: int, end: int) -> None:
        self.left = self.left[:start] + MASK * (end - start) + self.left[end:]

    @property
    def is_contact_only(self) -> bool:
        """Whether nothing is left but signs, though something stood there."""
        return bool(self.text.strip()) and not any(map(str.isalnum, self.left))


def rows_of(lines: list[str]) -> list[Row]:
    """The lines with their roles, labels, e-mail and web addresses. Numbers come with `read_phones`."""
    rows = [Row(number, line, role_of(line), label_of(line), left=line) for number, line in enumerate(lines)]
    for row in rows:
        row.emails = emails.find(row.text) if "@" in row.text else []
        for email in row.emails:
            row.mask(email.start, email.end)
        row.links = links.find(row.left) if "." in row.left or "/" in row.left else []
        for link in row.links:
            row.mask(link.start, link.end)
    _spread(rows)
    return rows


def _spread(rows: list[Row]) -> None:
    """A bare "Assistant:" speaks of the lines below it, until an empty one."""
    is_anothers = False
    for row in rows:
        if row.role is Role.BLANK:
            is_anothers = False
        elif is_anothers:
            row.role = Role.ANOTHER
        elif row.role is Role.ANOTHER and row.text.rstrip().endswith(":"):
            is_anothers = True


def read_phones(rows: list[Row], regions: Regions) -> None:
    """Find the numbers of each line, once it is known from which country they speak."""
    above: str | None = None
    for row in rows:
        if any(map(str.isdigit, row.left)):
            row.phones = phones.find(row.left, regions, above, is_prose=row.role in {Role.PROSE, Role.GREETING})
            for phone in row.phones:
                row.mask(phone.start, phone.end)
        label = label_of(f"{row.text}:" if not row.text.rstrip().endswith(":") else row.text)
        is_bare = label is not None and not row.text[label.start :].strip(" :")
        above = label.field if is_bare and label is not None and len(row.text) < 30 else None
        if len(row.text) < 30 and is_refusal(row.text):
            above = "refused"
