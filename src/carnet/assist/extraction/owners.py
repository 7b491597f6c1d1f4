"""What of all that was found belongs to the contact: not to an assistant, a quoted sender or a second person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carnet.assist.extraction import emails, links
from carnet.assist.extraction.labels import heading_of
from carnet.assist.extraction.matching import domain_match, local_match
from carnet.assist.extraction.roles import Role
from carnet.assist.extraction.traits import traits_of
from carnet.assist.extraction.words import FREE_MAIL, GREETINGS, SENTENCE_WORDS
from carnet.core.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carnet.assist.extraction.rows import Row

_UNREAD = frozenset({Role.NOISE, Role.LEGAL, Role.ANOTHER})
_OWN_WORDS = re.compile(
    r"\b(?:me|moi|m'\w+|mich|mir|conmigo|my (?:cell|mobile|number|direct|phone|line|office|desk|email|e-mail|new)|mon "
    r"(?:numero|portable|mobile|tel\w*|bureau|adresse|mail|direct)|ma ligne|meine[rn]? (?:nummer|handy\w*|mobil\w*|"
    r"durchwahl|telefon\w*|mail\w*|neue)|mein (?:handy|telefon)|mi (?:movil|numero|telefono|correo|directo)|mio "
    r"(?:numero|cellulare)|mia (?:mail|linea)|joignable)\b"
)
_NAMES = re.compile(
    r"(?<![\w@.])[A-ZÀ-Þ][\w'’-]+(?: (?:de|du|la|le|van|von|der|di|del|da|bin|el) ?[A-ZÀ-Þ][\w'’-]+| "
    r"[A-ZÀ-Þ][\w'’-]+){1,3}"
)
_OTHERS_CALL = re.compile(
    r"(?i:\b(?:call|contact|phone|ring|ask for|speak to|reach|email|write to|appele[rz]|contacte[rz]|demande[rz]|"
    r"joindre|voir avec|kontaktieren sie|wenden sie sich an|an|llame a|contacte con|contatt\w+|chiam\w+)) (?:(?:M|Mme|"
    r"Mr|Mrs|Ms|Dr|Herrn?|Frau|Sr|Sra|Sig)\.?(?:ra)? )?([A-ZÀ-Þ][\w'’-]+)"
)
_OF_ANOTHER = re.compile(
    r"\b(?:son|sa|his|her|their|leur|ihre?|seine?|su|sua|suo) (?:assist|secret|coll|adjoint|boss|kolleg|sekret|segret|pa\b)"
)
_SAYS_SITE = re.compile(r"site|web|www|home|visit|online|accueil")


@dataclass(slots=True)
class Owner:
    """The chosen person, by whom all else is judged."""

    name: str | None
    company: str | None = None
    rival: str | None = None
    rival_row: int | None = None
    name_row: int | None = None
    told_rows: set[int] | None = None
    """The rows of the form that names the person, where there is one."""
    is_told: bool = False
    """Whether running text told of the person, so that there is no signature whose numbers would be surer."""

    def is_rivals(self, row: int) -> bool:
        """Whether a line stands below another person's name and so speaks of that one."""
        if self.rival_row is None or self.name_row is None:
            return False
        return self.rival_row <= row and not (self.rival_row < self.name_row <= row)

    def is_beside(self, row: Row) -> bool:
        """Whether a line stands outside the form that names the person."""
        return self.told_rows is not None and row.number not in self.told_rows

    def fits(self, address: str) -> float:
        return local_match(self.name, address.split("@", maxsplit=1)[0]) if self.name else 0.0


def provider_of(address: str) -> bool:
    """Whether an address is with a mail provider, whose domain tells nothing of an employer."""
    parts = links.address(address.rsplit("@", 1)[-1])
    return parts is not None and parts.registered in FREE_MAIL


def readable(rows: list[Row]) -> Iterator[Row]:
    """The rows that may tell of the contact: not noise, not the law, not another's."""
    return (row for row in rows if row.role not in _UNREAD)


def emails_of(rows: list[Row], owner: Owner) -> list[str]:
    """The e-mail addresses of the contact, the personal ones first."""
    plain: list[str] = []
    spoken: list[tuple[str, Row]] = []
    is_labelled = any(row.emails and not owner.is_beside(row) for row in readable(rows))
    for row in readable(rows):
        for found in row.emails:
            if is_labelled and owner.is_beside(row) and owner.fits(found.address) < 0.5:
                continue
            if emails.is_of_a_function(found.address):
                continue
            if _is_anothers_row(row, owner):
                continue
            if row.role in {Role.PROSE, Role.GREETING}:
                spoken.append((found.address, row))
            elif not (owner.is_rivals(row.number) and owner.fits(found.address) < 0.5):
                plain.append(found.address)
    kept = [address for address in _unique(plain) if not _is_anothers(address, plain, owner)]
    kept.extend(address for address, _ in spoken if owner.fits(address) >= 0.5)
    if not kept:
        is_only = owner.is_told and len(spoken) == 1
        kept.extend(address for address, row in spoken if is_only or not _calls_another(row.left, owner))
    return sorted(_unique(kept), key=lambda address: owner.fits(address) < 0.5)


def _is_anothers_row(row: Row, owner: Owner) -> bool:
    """Whether a line names somebody else whom an address on it fits."""
    if not owner.name or not row.emails:
        return False
    own = set(re.findall(r"[^\W\d_]+", fold(f"{owner.name} {owner.company or ''}")))
    if fold(owner.name.split()[-1]) in fold(row.left) or any(owner.fits(email.address) >= 0.5 for email in row.emails):
        return False
    names = [
        name
        for name in _NAMES.findall(row.left)
        if traits_of(name).person is not None and not own & set(traits_of(name).words)
    ]
    return any(local_match(name, email.address.split("@")[0]) >= 0.7 for name in names for email in row.emails)


def _unique(addresses: list[str]) -> list[str]:
    return list({address.casefold(): address for address in reversed(addresses)}.values())[::-1]


def _is_anothers(address: str, all_of_them: list[str], owner: Owner) -> bool:
    """Another person's: it fits the rival's name, or is built as a name is while another address fits the contact."""
    fit = owner.fits(address)
    if fit >= 0.5:
        return False
    if owner.rival and local_match(owner.rival, address.split("@", maxsplit=1)[0]) >= 0.7:
        return True
    is_named = re.fullmatch(r"[a-zà-ÿ]{2,}[._][a-zà-ÿ-]{3,}", address.split("@", maxsplit=1)[0].casefold()) is not None
    return is_named and any(owner.fits(other) >= 0.85 for other in all_of_them)


def _calls_another(text: str, owner: Owner) -> bool:
    own = set(re.findall(r"[^\W\d_]+", fold(f"{owner.name or ''} {owner.company or ''}")))
    if any(fold(match[1]) not in own and len(match[1]) > 2 for match in _OTHERS_CALL.finditer(text)):
        return True
    if not owner.name or fold(owner.name.split()[-1]) in fold(text):
        return False
    return any(_is_anothers_name(match[0], own) for match in _NAMES.finditer(text))


def _is_anothers_name(name: str, own: set[str]) -> bool:
    traits = traits_of(name)
    is_name = traits.person is not None and not (
        traits.is_firm or traits.is_institution or traits.is_ranked or traits.is_place or traits.is_doer
    )
    return is_name and not own & set(traits.words) and fold(name.split(maxsplit=1)[0]) not in SENTENCE_WORDS | GREETINGS


def phones_of(rows: list[Row], owner: Owner) -> list[tuple[str, float]]:
    """The numbers of the contact, each with how sure it is."""
    plain: list[tuple[str, float]] = []
    spoken: list[tuple[str, float, Row, int]] = []
    is_labelled = any(row.phones and not owner.is_beside(row) for row in readable(rows))
    for row in readable(rows):
        if is_labelled and owner.is_beside(row) and not heading_of(row.text):
            continue
        for found in row.phones:
            if found.written is None or _is_anothers_row(row, owner):
                continue
            if row.role in {Role.PROSE, Role.GREETING}:
                spoken.append((found.written, found.sureness, row, found.start))
            elif not owner.is_rivals(row.number):
                plain.append((found.written, found.sureness))
    has_plain = bool(plain)
    for written, sureness, row, start in spoken:
        if _OF_ANOTHER.search(fold(re.split(r"[.!?;] ", row.text[:start])[-1])):
            continue  # "Son assistante s'appelle Odile (03 53 …)"
        is_own = _OWN_WORDS.search(fold(row.text)) is not None
        is_only = owner.is_told and len(spoken) == 1
        if (is_only or not _calls_another(row.left, owner)) and (is_own or not has_plain):
            plain.append((written, sureness - 0.1))
    return list({re.sub(r"[^\d+]", "", written): (written, sureness) for written, sureness in plain[::-1]}.values())[
        ::-1
    ]


def site_of(rows: list[Row], hidden: list[tuple[str, str]], addresses: list[str], owner: Owner) -> str | None:
    """The site that fits best: the domain of an e-mail address, else the name of the company or of the person."""
    mail = {parts.domain for address in addresses if (parts := links.address(address.rsplit("@", 1)[-1]))}
    best, best_points = None, 0.9
    for row in readable(rows):
        for link in row.links:
            url = links.unwrapped(link.url)
            if not links.is_site(url) or owner.is_rivals(row.number):
                continue
            if (url != link.url or owner.is_beside(row)) and _points_of(url, mail, owner) < 1.0:
                continue  # what a tracker led to is a site of the contact's only where something else says so
            points = _points_of(url, mail, owner) + (2.0 if row.role is not Role.PROSE else 0.0)
            if (
                row.role is Role.PROSE and points < 3.0
            ):  # a sentence names many sites, its writer's is one by its domain
                continue
            if points > best_points:
                best, best_points = links.written(url), points
    for href, words in hidden:
        url = links.unwrapped(href)
        if not links.is_site(url):
            continue
        points = (
            _points_of(url, mail, owner)
            + 0.6 * bool(_SAYS_SITE.search(fold(words)))
            + 0.4 * (links.find(words) != [])
            + 0.5
        )
        if points > best_points:
            best, best_points = links.written(url), points
    return best


def _points_of(url: str, mail: set[str], owner: Owner) -> float:
    parts = links.address(links.host_of(url).casefold())
    if parts is None:
        return 0.0
    points = 3.0 * (parts.domain in mail and parts.registered not in FREE_MAIL)
    if owner.company and domain_match(owner.company, parts.registered) >= 0.45:
        points += 2.0
    if owner.name and local_match(owner.name, parts.registered) >= 0.7:
        points += 2.0
    depth = len([step for step in links.written(url).split("/")[3 if "://" in url else 1 :] if step])
    return points - 0.8 * max(0, depth - 1) - 0.4 * (depth > 0)


def profile_of(rows: list[Row], hidden: list[tuple[str, str]], owner: Owner) -> str | None:
    """The personal profile on LinkedIn that fits the name best; the first one where none does."""
    found: list[str] = []
    for row in readable(rows):
        if not owner.is_rivals(row.number):
            found.extend(profile for link in row.links if (profile := links.profile(links.unwrapped(link.url))))
    found.extend(profile for href, _ in hidden if (profile := links.profile(links.unwrapped(href))))
    return max(found, key=lambda profile: owner.fits(profile.rsplit("/", 1)[-1]) >= 0.5, default=None)
