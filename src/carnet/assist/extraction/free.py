"""Free text, from a signature to a whole correspondence: read line by line, then chosen jointly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.assist.extraction import addresses, choosing, forms, letters, links, owners, prose, rows, segments, senders, spoken
from carnet.assist.extraction.choosing import Choice, Known
from carnet.assist.extraction.findings import Findings
from carnet.assist.extraction.labels import field_of
from carnet.assist.extraction.matching import local_match
from carnet.assist.extraction.names import natural, person
from carnet.assist.extraction.owners import Owner
from carnet.assist.extraction.regions import Regions
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.scoring import Clues, sure
from carnet.assist.extraction.tidying import tidied
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import MAILBOXES, SENTENCE_WORDS
from carnet.core.search import fold

if TYPE_CHECKING:
    from carnet.assist.extraction.addresses import Found as Address
    from carnet.assist.extraction.forms import Form
    from carnet.assist.extraction.prose import Told
    from carnet.assist.extraction.rows import Row

_PROFILE = re.compile(r"connections?$|relations$|contact info|coordonnees$|followers|abonnes|kontaktinfo|follower:innen|linkedin|^(?:about|infos?|experience|a propos|acerca de|informazioni)$|she/her|he/him|they/them|sie/ihr|elle/lui|informacion de contacto|contactos$|informazioni di contatto|collegamenti$|kontakte$|^(?:experiencia|esperienza|berufserfahrung|aktuell:.*|education|formation)$|mutual connections")
_LIVES = re.compile(r"(?:(?:Greater|Région de|Métropole de|Area metropolitana de|Großraum) )?[^\W\d_][\w'’ -]{1,30}(?:, [^\W\d_][\w'’ -]{1,30}){1,2}|Greater [\w' -]{2,30}(?: Area)?|[\w' -]{2,30} (?:Metropolitan |Bay )?Area|(?:Région de|Ville de|Métropole de) [\w' -]{2,30}", re.UNICODE)
_FROM_A_TELEPHONE = re.compile(r"^(?:sent (?:from|via)|envoye (?:de|depuis|via)|gesendet von|von meinem|enviado desde|inviato da|get outlook)\b")
_OF_FIRM = re.compile(r"\s(?:(?:de la|de l['’]|du|de|of the|of|at the|at|von der|von|bei der|bei|della|dell['’]|del|di|de los|en|à la|à l['’]|au) ?)(?=[A-ZÀ-Þ])")
_AWAY = re.compile(
    r"out of (?:the )?office|limited (?:access|connectivity|email)|(?:when|until|upon|after) (?:i return|my return)|(?:a|apres) mon retour|wieder (?:da|erreichbar|im buro)|a mi (?:vuelta|regreso)|al mio (?:rientro|ritorno)|currently (?:away|out|travel|attending)|"
    r"automatic reply|auto-?reply|on (?:annual |parental |maternity |sick |holiday )?leave\b|on (?:vacation|holiday|sabbatical)|\baway (?:from|until|on)|i(?:'m| am| will be) (?:away|off|out|travel)|"
    r"back (?:in the office|on (?:mon|tue|wed|thu|fri))|reponse automatique|message d'absence|\babsente?(?:\(e\))?\b|en conges?|je serai de retour|pas (?:present|au bureau)|en deplacement|conge (?:maternite|parental)|"
    r"abwesen|nicht im (?:buro|haus)|im urlaub|auf dienstreise|automatische antwort|elternzeit|fuera de la oficina|\bausente\b|de vacaciones|respuesta automatica|de baja|\bassente\b|in ferie|fuori (?:ufficio|sede)|risposta automatica"
)
_AWAY_NAME = re.compile(r"((?:[A-ZÀ-Þ][\w'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+) (?:is|will be|est|sera|ist|wird|está|estará|è|sarà) ")
_OWN_NUMBER = re.compile(r"\b(?:my (?:cell|mobile|number|phone)|mon (?:portable|mobile|numero)|meine? (?:handy|mobil\w*|nummer)|mi (?:movil|telefono)|mio (?:cellulare|numero))\b")
_LABELLED, _INTRODUCED = 0.97, 0.85
_LEAST_TOLD = 1.0
_MOST_ADDRESSES = 6
_MOST_NOTES, _LONGEST_NOTES = 8, 600


def read(text: str, hidden: list[tuple[str, str]], marked: dict[str, str]) -> Findings:
    """What a text of lines says; `hidden` are the links behind its words, `marked` what a page's classes named."""
    tidy = tidied(spoken.typed(text) if spoken.is_dictated(text) else text)
    hidden = [*hidden, *tidy.links]
    part = senders.part_to_read(letters.parts_of(tidy.lines))
    sender = senders.line_of_sender(part.sender) if part.sender else ""
    lines = rows.rows_of([sender, *part.lines])
    if sender:
        lines[0].role = Role.PLAIN
    regions = _regions(lines)
    rows.read_phones(lines, regions)
    form = forms.read(lines)
    found = Findings()
    for name, value in marked.items():
        found.say(name, natural(value) if name == "name" else value, _LABELLED)
    places = addresses.find(lines)
    _read_form(found, form, places, lines)
    address = _mask_address(places, lines, found, form)
    choice, owner, clues = _choose(lines, found, sender)
    _say_choice(found, choice)
    if address is not None and "address" not in found.fields:
        _widen_address(address, choice, lines)
        found.say("address", address.written(lines), 0.9 if address.has(addresses.Piece.CODE) else 0.7)
    owner.company = found.fields.get("company")
    for mail in owners.emails_of(lines, owner):
        found.add("emails", mail, 0.99)
    for number, sureness in owners.phones_of(lines, owner):
        found.add("phones", number, sureness)
    found.say("website", form.values.get("website"), _LABELLED)
    found.say("website", owners.site_of(lines, hidden, found.emails, owner), 0.9)
    found.say("linkedin_url", form.values.get("linkedin") or owners.profile_of(lines, hidden, owner), 0.97)
    found.say("description", _notes(lines, choice, form, clues), 0.5)
    if choice.rival is not None and owner.rival is not None:
        found.warn(f"There are two people in this text: {found.fields.get('name')} was read, {natural(choice.rival.text)} was not.")
    return found


def _regions(lines: list[Row]) -> Regions:
    hosts = [email.address.rsplit("@", 1)[-1] for row in owners.readable(lines) for email in row.emails]
    hosts += [links.host_of(link.url) for row in owners.readable(lines) for link in row.links if links.is_site(link.url)]
    return Regions("\n".join(row.text for row in lines), hosts)


def _read_form(found: Findings, form: Form, places: list[Address], lines: list[Row]) -> None:
    found.say("name", form.name, _LABELLED)
    found.say("company", form.values.get("company"), _LABELLED)
    found.say("position", form.values.get("position"), _LABELLED)
    told = form.address
    if told and form.address_row is not None and not form.values.get("code"):
        # The lines below a labelled address that are pieces of one belong to it.
        below = [place for place in places if form.address_row < place.atoms[0].row <= form.address_row + 2]
        rest = below[0].written(lines) if below else ""
        told = f"{told}, {rest}" if rest and rest not in told else told
    found.say("address", told, _LABELLED)


def _mask_address(places: list[Address], lines: list[Row], found: Findings, form: Form) -> Address | None:
    best = places[0] if places else None
    for place in places:
        for atom in place.atoms:
            lines[atom.row].mask(atom.start, atom.end)
    del found, form
    return best


def _clues(lines: list[Row], sender: str) -> Clues:
    clues = Clues(lines=segments.lined(lines))
    mails = [email.address for row in owners.readable(lines) for email in row.emails]
    mails = [mail for mail in mails if mail]
    clues.locals = [local for local in dict.fromkeys(mail.split("@")[0] for mail in mails) if fold(local) not in MAILBOXES][:_MOST_ADDRESSES]
    hosts = [mail.rsplit("@", 1)[-1] for mail in mails if not owners.provider_of(mail)]
    hosts += [links.host_of(links.unwrapped(link.url)) for row in owners.readable(lines) if row.role is not Role.PROSE for link in row.links if links.is_site(links.unwrapped(link.url))]
    clues.domains = list(dict.fromkeys(parts.registered for host in hosts if (parts := links.address(host))))[:6]
    clues.is_mail_free = bool(mails) and not clues.domains
    if sender:
        clues.sender = person(sender.split(" | ")[0])
    filled = [row for row in lines if row.role is not Role.BLANK]
    closing = _last_closing(filled)
    for depth, row in enumerate(filled[closing + 1 :] if closing is not None else []):
        clues.signed_rows[row.number] = depth
    clues.first_row = next((row.number for row in filled if row.role is Role.PLAIN and not row.is_contact_only), 0)
    for row in filled:
        for word in set(re.findall(r"[^\W\d_]{2,}", fold(row.left))) if len(row.text.split()) <= 2 else ():  # noqa: PLR2004
            clues.mentions[word] = clues.mentions.get(word, 0) + 1
        if row.phones or row.emails:
            clues.contact_rows.add(row.number)
    return clues


def _last_closing(filled: list[Row]) -> int | None:
    """The last closing that something follows."""
    for nth in range(len(filled) - 1, -1, -1):
        is_closing = filled[nth].role is Role.CLOSING or filled[nth].text == "--" or _FROM_A_TELEPHONE.search(fold(filled[nth].text)) is not None
        if is_closing and any(row.role is Role.PLAIN and row.text != "--" for row in filled[nth + 1 : nth + 5]):
            return nth
        if filled[nth].role is Role.CLOSING and segments._name_in_closing(filled[nth].text):
            return nth - 1 if nth else None
    return None


def _choose(lines: list[Row], found: Findings, sender: str) -> tuple[Choice, Owner, Clues]:
    is_away = _set_stand_ins_aside(lines)
    for row in lines if is_away else ():
        if (match := _AWAY_NAME.match(row.text)) and _AWAY.search(fold(row.text)) and person(match[1]):
            found.say("name", natural(match[1]), _INTRODUCED)
            row.role = Role.PROSE
    clues = _clues(lines, sender)
    clues.address_rows = {row.number for row in lines if "\ufffc" in row.left and not row.phones and not row.emails and not row.links}
    _set_places_aside(lines)
    choice = choosing.choose(lines, clues, _known(found))
    if _set_others_aside(lines, choice, clues):
        clues = _clues(lines, sender)
        choice = choosing.choose(lines, clues, _known(found))
    form_name = found.fields.get("name")
    if not is_away:
        told = prose.tell([row.left for row in lines if _is_running(row, clues)], clues, form_name)
        choice = _with_told(told, choice, lines, found, clues)
    name = found.fields.get("name") or (natural(choice.name.text) if choice.name else None)
    owner = Owner(name, name_row=choice.name.row if choice.name else None, is_told=choice.name is None and not is_away)
    if choice.rival is not None and clues.local(natural(choice.rival.text)) >= 0.7:  # noqa: PLR2004
        owner.rival, owner.rival_row = natural(choice.rival.text), choice.rival.row
    return choice, owner, clues


def _set_places_aside(lines: list[Row]) -> None:
    """On a pasted profile, "City, Region" is where somebody lives, and no company."""
    if any(_PROFILE.search(fold(row.text)) for row in lines):
        first = next((row.number for row in lines if row.role is Role.PLAIN), 0)
        for row in lines:
            if row.number == first or row.role is not Role.PLAIN or not _LIVES.fullmatch(row.text):
                continue
            traits = traits_of(row.text)
            if traits.is_place or not (traits.is_firm or traits.is_doer or traits.is_ranked):
                row.role = Role.ASIDE


def _set_stand_ins_aside(lines: list[Row]) -> bool:
    """Whether the letter says that its writer is away: whom it names before its closing is then somebody else."""
    is_away = any(row.role in {Role.PROSE, Role.PLAIN, Role.ANOTHER, Role.ASIDE, Role.GREETING} and _AWAY.search(fold(row.text)) for row in lines)
    filled = [row for row in lines if row.role is not Role.BLANK]
    closing = _last_closing(filled) if is_away else None
    for row in filled[: closing if closing is not None else 0]:
        is_reach = row.emails or row.phones or (row.role is Role.PLAIN and row.label is None)
        if is_reach and row.number and not _OWN_NUMBER.search(fold(row.text)):
            row.role = Role.ANOTHER
    return is_away


def _set_others_aside(lines: list[Row], choice: Choice, clues: Clues) -> bool:
    """Lines that name another person beside an address or a number are how to reach that one; whether there are any."""
    if choice.name is None:
        return False
    own = set(segments.key_of(choice.name.text).split())
    taken = [choice.company] if choice.company is not None else []
    changed = False
    for segment in segments.of_rows(lines):
        row = lines[segment.row]
        known = traits_of(segment.text).person
        if row.number == choice.name.row or not (row.phones or row.emails) or known is None:
            continue
        if own & set(segments.key_of(segment.text).split()) or any(segment.overlaps(one) for one in taken) or traits_of(segment.text).is_firm:
            continue
        heading = re.search(r"([^|:]{2,30}):\s*$", row.text[: row.text.find(segment.text)])
        if not known.is_surnamed and (heading is None or field_of(heading[1]) is not None or field_of(segment.text) is not None):
            continue
        fits = any(local_match(known.name, mail.address.split("@")[0]) >= 0.7 for mail in row.emails)  # noqa: PLR2004
        is_announced = re.search(r"[:(]\s*(?:[^\W\d_]{1,4}\.? )?$", row.text[: row.text.find(segment.text)]) is not None
        if fits or is_announced or traits_of(segment.text).has_civility:
            row.role, changed = Role.ANOTHER, True
    del clues
    return changed


def _known(found: Findings) -> Known:
    return Known(found.fields.get("name"), None, has_position="position" in found.fields, has_company="company" in found.fields)


def _is_running(row: Row, clues: Clues) -> bool:
    """Whether a line is part of running text."""
    if row.role in {Role.PROSE, Role.GREETING}:
        return True
    words = re.findall(r"[^\W\d_]+", fold(row.left))
    is_wordy = len(words) > 3 and any(word in SENTENCE_WORDS or word in {"met", "at", "with", "avec", "mit", "chez", "bei", "call", "appel", "anruf", "w", "von", "from"} for word in words)  # noqa: PLR2004
    return row.role is Role.PLAIN and row.number not in clues.signed_rows and is_wordy


def _with_told(told: Told, choice: Choice, lines: list[Row], found: Findings, clues: Clues) -> Choice:
    """The choice, once running text is heard: it may know the person better, or what the lines leave out."""
    if told.name is None or told.points < _LEAST_TOLD:
        return choice
    named = found.fields.get("name") or (choice.name.text if choice.name is not None else "")
    own = set(segments.key_of(named).split())
    other = set(segments.key_of(told.name).split())
    is_same = bool(own) and own <= other
    is_weak = len(own) < 2 and told.points > 3.0 or (choice.name_points < 2.0 and told.points > choice.name_points)  # noqa: PLR2004
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
    for row in lines:
        if row.role is Role.PLAIN and _is_running(row, clues):
            row.role = Role.PROSE
    return choosing.choose(lines, clues, _known(found))


def _parted(position: str) -> tuple[str, str] | None:
    """A title and its firm, where nothing else is one: "Présidente de l'ADMR de Vaubécourt"."""
    for match in _OF_FIRM.finditer(position):
        title, firm = traits_of(position[: match.start()]), traits_of(position[match.end() :])
        is_firm = firm.is_institution or firm.is_firm or re.match(r"[A-Z]{3,}\b", position[match.end() :])
        if is_firm and (title.is_doer or title.is_ranked or title.does) and not firm.is_doer:
            return position[: match.start()], position[match.end() :]
    return None


def _say_choice(found: Findings, choice: Choice) -> None:
    is_named = choice.name is not None or "name" in found.fields
    if choice.name is not None:
        shown = choice.name.text.title() if choice.name.text.islower() else choice.name.text
        found.say("name", natural(shown), sure([choice.name_points]))
    if choice.position is not None and (is_named or traits_of(choice.position.text).is_doer):
        parted = _parted(choice.position.text) if choice.company is None and "company" not in found.fields else None
        found.say("position", parted[0] if parted else choice.position.text, sure([choice.position_points]))
        found.say("company", parted[1] if parted else None, 0.6)
    if choice.company is not None:
        found.say("company", choice.company.text, sure([choice.company_points]))


def _widen_address(address: Address, choice: Choice, lines: list[Row]) -> None:
    """Take in what stands before the address on its line, or above it, and was not chosen for anything."""
    taken = {(one.row, one.text) for one in (choice.name, choice.position, choice.company) if one is not None}
    taken_rows = {row for row, _ in taken}
    while True:
        first = address.atoms[0]
        before = [atom for atom in addresses.atoms_of(lines[first.row]) if atom.end <= first.start]
        if before and before[-1].piece in {addresses.Piece.PLACE, addresses.Piece.NUMBERED} and not first.is_after_bar:
            if any(row == first.row and (before[-1].text in text or text in before[-1].text) for row, text in taken):
                return
            address.atoms.insert(0, before[-1])
            continue
        above = lines[first.row - 1] if first.row > 0 else None
        if before or above is None or above.role is not Role.PLAIN or above.number in taken_rows or above.label or above.is_contact_only:
            return
        atoms = addresses.atoms_of(above)
        is_house = len(atoms) == 1 and atoms[0].piece is addresses.Piece.PLACE and re.search(
            r"\b(?:house|building|hall|mill|barn|cottage|lodge|farm|court|park|tower|centre|center|chambers|studios?|works|wharf|campus|site|manor|abbey|castle|chateau|tour|immeuble|residence|espace|domaine|palais)\b",
            fold(atoms[0].text),
        )
        is_somebody = traits_of(above.text).does or traits_of(above.text).is_ranked
        lacks_street = not address.has(addresses.Piece.STREET, addresses.Piece.WAY, addresses.Piece.NUMBERED, addresses.Piece.ROOM)
        is_below = any(row < above.number for row in taken_rows)
        is_place = len(atoms) == 1 and atoms[0].piece is addresses.Piece.PLACE and lacks_street and is_below and len(address.atoms) < 5
        if is_somebody or not (is_house or is_place) or not is_below:
            return
        address.atoms[:0] = atoms


def _notes(lines: list[Row], choice: Choice, form: Form, clues: Clues) -> str:
    """What else the signature says and nobody took: a motto, a department, hours."""
    taken = {one.row for one in (choice.name, choice.position, choice.company) if one is not None}
    kept = [note for note in form.notes if note]
    has_body = any(row.role is Role.PROSE for row in lines)
    for row in lines[1:]:
        is_signed = row.number in clues.signed_rows or not has_body
        if is_signed and row.role in {Role.ASIDE, Role.PLAIN} and row.number not in taken and not row.is_contact_only and row.text != "--":
            rest = " ".join(row.left.replace("\ufffc", " ").split()).strip(" |,;:-–·•")
            if sum(map(str.isalpha, rest)) > 3 and rest not in kept:  # noqa: PLR2004
                kept.append(rest)
    return "\n".join(kept[:_MOST_NOTES])[:_LONGEST_NOTES]
