"""The short contact, which tasks, notes and others carry: what both generations of Monica show (section 6.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import contacts, genders
from carnet.core.genders import Type
from carnet.core.permissions import Right
from carnet.dialects.monica import dates
from carnet.dialects.monica.dates import KnownDate
from carnet.dialects.monica.resources import MOUNT, Account, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from carnet.core.contacts import Brief, Contact
    from carnet.core.genders import Gender
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

LETTERS = {Type.MALE: "M", Type.FEMALE: "F", Type.OTHER: "O", Type.UNKNOWN: "U", Type.NONE: "N"}
"""The letters by which Monica tells the types of gender."""


class Avatar(msgspec.Struct, frozen=True, gc=False):
    """A picture: there is none yet."""

    url: str = ""
    source: str = "default"
    default_avatar_color: str = "#b3d5fe"


AVATAR = Avatar()


class ShortBirthdate(msgspec.Struct, gc=False):
    """A birthdate as the published page shows it."""

    name: str
    is_birthdate_approximate: str
    birthdate: str | None


class ShortInformation(msgspec.Struct, gc=False):
    """What the short contact says of somebody's life, in the words of both generations."""

    dates: list[ShortBirthdate]
    birthdate: KnownDate
    deceased_date: KnownDate
    avatar: Avatar


class ShortContact(msgspec.Struct, gc=False):
    """A contact in short."""

    id: int
    uuid: str
    object: str
    hash_id: str
    first_name: str
    last_name: str | None
    nickname: str | None
    complete_name: str
    initials: str
    gender: str | None
    gender_type: str | None
    is_starred: bool
    is_partial: bool
    is_active: bool
    is_dead: bool
    is_me: bool
    information: ShortInformation | msgspec.Raw
    account: Account
    url: str | UnsetType = UNSET


Short = ShortContact | msgspec.Raw
"""A contact in short, or one that is written already."""
_MOST_KEPT = 8_192
_kept: dict[tuple[Any, ...], msgspec.Raw] = {}


def by_ids(db: Database, actor: Actor, request: Request, ids: Iterable[str | None]) -> Mapping[str | None, Short]:
    """The short contacts of these ids, made once each. None for an actor who may not read contacts."""
    if Right.READ_CONTACTS not in actor.rights:
        return {}
    found = contacts.by_ids(db, actor, ids)
    known = genders.by_ids(db, actor, (contact.gender_id for contact in found.values()))
    head, account = f"{request.base_url}{MOUNT}/contacts/", Account(actor.workspace_id)
    if request.method != "GET":  # what isn't committed yet may never be
        return {contact.id: short(contact, known, head, account) for contact in found.values()}
    return {contact.id: _written_short(contact, known, head, account) for contact in found.values()}


def _written_short(contact: Brief, known: Mapping[str, Gender], head: str, account: Account) -> msgspec.Raw:
    """A contact in short as it is written, kept for as long as the contact is as it is."""
    gender = known.get(contact.gender_id) if contact.gender_id is not None else None
    key = (account.id, contact.id, contact.version, gender and gender.version, head)
    piece = _kept.get(key)
    if piece is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        piece = _kept[key] = msgspec.Raw(encode(short(contact, known, head, account)))
    return piece


def short(contact: Contact | Brief, known: Mapping[str, Gender], head: str, account: Account) -> ShortContact:
    """A contact in short, its fields in order; `head` begins the address of every contact."""
    first_name, _, last_name = names(contact)
    gender, letter = gender_of(contact, known)
    life = life_of(contact)
    return ShortContact(
        contact.number,
        contact.id,
        "contact",
        hash_id(contact),
        first_name,
        last_name,
        contact.nickname,
        contact.name,
        initials(contact.name),
        gender,
        letter,
        bool(life.get("is_starred")),
        contact.is_partial,
        True,  # noqa: FBT003 - thirty of them a page: by position
        bool(life.get("is_dead")),
        False,  # noqa: FBT003
        _information(life) if life else _written(None, None),
        account,
        UNSET if contact.is_partial else f"{head}{contact.number}",
    )


def gender_of(contact: Contact | Brief, known: Mapping[str, Gender]) -> tuple[str | None, str | None]:
    """The name of a contact's gender and the letter of its type."""
    gender = known.get(contact.gender_id) if contact.gender_id is not None else None
    return (gender.name, LETTERS[gender.type]) if gender is not None else (None, None)


def names(contact: Contact | Brief) -> tuple[str, str | None, str | None]:
    """First, middle and last name; of a contact with one name only, what stands before and after its first blank."""
    given, middle, family = contact.given_name, contact.middle_name, contact.family_name
    if given:
        return given, middle, family
    if family:  # whoever reads this one back must find a first name in it
        return family, middle, None
    first, _, last = contact.name.partition(" ")
    return first, None, last.strip() or None


@lru_cache(4096)
def initials(name: str) -> str:
    """The first letters of the name's parts."""
    return "".join([part[0] for part in name.split()]).upper()


def hash_id(contact: Contact | Brief) -> str:
    """A text that stands for the contact and says nothing."""
    return "h:" + contact.id[24:]


def life_of(contact: Contact | Brief) -> Mapping[str, Any]:
    """What only this tongue knows of a contact."""
    return (contact.extras or {}).get("monica") or {}


def _information(life: Mapping[str, Any]) -> msgspec.Raw:
    return _written(dates.as_key(life.get("birthdate")), dates.as_key(life.get("deceased_date")))


@lru_cache(4_096)
def _written(birthdate: dates.Key | None, deceased: dates.Key | None) -> msgspec.Raw:
    """What is said of a life with these dates, which is more than half of a short contact."""
    born, died = dates.shown(birthdate), dates.shown(deceased)
    vague = "approximate" if born.is_age_based or born.is_year_unknown else "exact"
    told = ShortBirthdate("birthdate", "unknown" if born.date is None else vague, born.date)
    return msgspec.Raw(encode(ShortInformation([told], born, died, AVATAR)))
