"""Free text, from a signature to a whole correspondence: read line by line, then chosen jointly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from carnet.assist.extraction import addresses, deciding, forms, homes, letters, links, owners, rows, senders, spoken
from carnet.assist.extraction.figures import MASK
from carnet.assist.extraction.findings import Findings
from carnet.assist.extraction.matching import domain_match
from carnet.assist.extraction.names import natural
from carnet.assist.extraction.postal import Piece
from carnet.assist.extraction.regions import Regions
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.tidying import tidied

if TYPE_CHECKING:
    from carnet.assist.extraction.addresses import Found as Address
    from carnet.assist.extraction.choosing import Choice
    from carnet.assist.extraction.clues import Clues
    from carnet.assist.extraction.forms import Form
    from carnet.assist.extraction.rows import Row

_LABELLED: Final = 0.97
_SURELY: Final = 0.85
"""From here on a domain tells a firm without anything else."""
_MOST_NOTES, _LONGEST_NOTES, _SHORTEST_NOTE = 8, 600, 4


def read(text: str, hidden: list[tuple[str, str]], marked: dict[str, str]) -> Findings:
    """What a text of lines says; `hidden` are the links behind its words, `marked` what a page's classes named."""
    tidy = tidied(spoken.typed(text) if spoken.is_dictated(text) else text)
    part = senders.part_to_read(letters.parts_of(tidy.lines))
    sender = senders.line_of_sender(part.sender) if part.sender else ""
    lines = rows.rows_of([sender, *part.lines])
    if sender:
        lines[0].role = Role.PLAIN
    rows.read_phones(lines, _regions(lines))
    form = forms.read(lines)
    found = Findings()
    for name, value in marked.items():
        found.say(name, natural(value) if name == "name" else value, _LABELLED)
    places = addresses.find(lines)
    _read_form(found, form, places, lines)
    for place in places:
        place.mask(lines)
    choice, owner, clues = deciding.decide(
        lines, found, sender, is_settled=form.is_settled, unheard=frozenset(form.messages)
    )
    owner.told_rows = form.told_rows if form.is_whole else None
    owner.company = found.fields.get("company")
    if places and "address" not in found.fields:
        addresses.widen(places[0], lines, choice.taken)
        found.say("address", places[0].written(lines), 0.9 if places[0].has(Piece.CODE) else 0.7)
    for mail in owners.emails_of(lines, owner):
        found.add("emails", mail, 0.99)
    for number, sureness in owners.phones_of(lines, owner):
        found.add("phones", number, sureness)
    hidden = [*hidden, *tidy.links]
    found.say("website", form.values.get("website"), _LABELLED)
    found.say("website", owners.site_of(lines, hidden, found.emails, owner), 0.9)
    found.say("linkedin_url", form.values.get("linkedin") or owners.profile_of(lines, hidden, owner), _LABELLED)
    found.say("description", _notes(lines, choice, form, clues), 0.5)
    if owner.rival is not None:
        found.warn(f"There are two people in this text: {owner.name} was read, {owner.rival} was not.")
    return found


def firm_of_logos(logos: list[str], found: Findings) -> str | None:
    """The first picture's words that a domain of the contact names: a logo says whose it is."""
    hosts = [mail.rsplit("@", 1)[-1] for mail in found.emails if not owners.provider_of(mail)]
    hosts += [links.host_of(found.fields["website"])] if "website" in found.fields else []
    domains = [parts.registered for host in hosts if (parts := links.address(host))]
    return next((logo for logo in logos if any(domain_match(logo, domain) >= _SURELY for domain in domains)), None)


def _regions(lines: list[Row]) -> Regions:
    hosts = [email.address.rsplit("@", 1)[-1] for row in owners.readable(lines) for email in row.emails]
    hosts += [
        links.host_of(link.url) for row in owners.readable(lines) for link in row.links if links.is_site(link.url)
    ]
    return Regions("\n".join(row.text for row in lines), hosts)


def _read_form(found: Findings, form: Form, places: list[Address], lines: list[Row]) -> None:
    found.say("name", form.name, _LABELLED)
    found.say("company", form.values.get("company"), _LABELLED)
    found.say("position", form.values.get("position"), _LABELLED)
    told = homes.written(form)
    if told and form.address_row is not None and not form.values.get("code"):
        # The lines below a labelled address that are pieces of one belong to it.
        below = [place for place in places if form.address_row < place.atoms[0].row <= form.address_row + 2]
        rest = below[0].written(lines) if below else ""
        told = f"{told}, {rest}" if rest and rest not in told else told
    found.say("address", told, _LABELLED)


def _notes(lines: list[Row], choice: Choice, form: Form, clues: Clues) -> str:
    """What else the signature says and nobody took: a motto, a department, hours."""
    taken = {segment.row for segment in choice.taken}
    kept = [note for note in form.notes if note]
    has_body = any(row.role is Role.PROSE for row in lines)
    for row in lines[1:]:
        is_signed = row.number in clues.signed_rows or not has_body
        is_left = row.role in {Role.ASIDE, Role.PLAIN} and row.number not in taken and row.text != "--"
        rest = " ".join(row.left.replace(MASK, " ").split()).strip(" |,;:-–·•")
        if is_signed and is_left and sum(map(str.isalpha, rest)) >= _SHORTEST_NOTE and rest not in kept:
            kept.append(rest)
    return "\n".join(kept[:_MOST_NOTES])[:_LONGEST_NOTES]
