"""Contacts at `/contacts` (specification, section 7)."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from carnet.core import contacts, genders, records, removal
from carnet.core.contacts import Contact, ContactChanges, ContactDraft
from carnet.core.errors import Fault
from carnet.core.identity import as_id
from carnet.core.permissions import Right
from carnet.dialects.monica import anniversaries, dates, full, short
from carnet.dialects.monica.contactfieldtypes import EMAIL, PHONE, TYPES
from carnet.dialects.monica.errors import FAULTS, RefusedError
from carnet.dialects.monica.fields import Field, Flag, Form, Hint, Link, Text, Whole
from carnet.dialects.monica.resources import Resource
from carnet.dialects.monica.verbs import writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from carnet.core.permissions import Actor
    from carnet.http.messages import Answer, Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


def _fields(*, creating: bool) -> list[Field]:
    """The fields of both forms, in the order of their sentences."""
    return [
        Text("first_name", required=True),
        Text("middle_name"),
        Text("last_name"),
        Text("nickname"),
        Link("gender_id"),
        Hint("gender", about="A gender's name, where `gender_id` isn't said."),
        Text("description"),
        Flag("is_partial"),
        Flag("is_birthdate_known", required=True),
        Whole("birthdate_day"),
        Whole("birthdate_month"),
        Whole("birthdate_year"),
        Flag("birthdate_is_age_based"),
        Whole("birthdate_age"),
        Flag("birthdate_add_reminder"),
        Flag("is_deceased", required=creating),
        Flag("is_deceased_date_known", required=True),
        Whole("deceased_date_day"),
        Whole("deceased_date_month"),
        Whole("deceased_date_year"),
        Flag("deceased_date_add_reminder"),
    ]


CREATED = Form(*_fields(creating=True), Text("email", "emails"), Hint("uuid", about="Used where nobody has it."))
CHANGED = Form(*_fields(creating=False))
WORK = Form(Text("job", "position"), Text("company"))


def _create(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Contact:
    said, life = _read(CREATED, given, None, _today(actor, request))
    names: dict[str, Any] = {part: said.get(wire) for part, wire in _NAMES.items()}
    draft = ContactDraft(
        name=_joined(*names.values()),
        **names,
        nickname=said.get("nickname"),
        gender_id=_gender(db, actor, said, None),
        description=said.get("description"),
        is_partial=bool(said.get("is_partial")),
        emails=(said["email"],) if said.get("email") else (),
        extras={"monica": life} if life else None,
    )
    contact = contacts.create(db, actor, draft, now=request.now, contact_id=as_id(said.get("uuid") or ""))
    anniversaries.settle(db, actor, contact, said, now=request.now)
    return contact


def _change(db: Database, actor: Actor, request: Request, contact: Contact, given: dict[str, Any]) -> Contact:
    said, life = _read(CHANGED, given, contact, _today(actor, request))
    changes: dict[str, Any] = {name: said[name] for name in ("nickname", "description") if name in said}
    shown = dict(zip(_NAMES.values(), short.names(contact), strict=True))
    wanted = {wire: said.get(wire, held) for wire, held in shown.items()}
    if wanted != shown:
        changes |= {part: wanted[wire] for part, wire in _NAMES.items()} | {"name": _joined(*wanted.values())}
    if "is_partial" in said:
        changes["is_partial"] = bool(said["is_partial"])
    changes["gender_id"] = _gender(db, actor, said, contact)
    if life != short.life_of(contact):
        changes["extras"] = {"monica": life or None}
    after = contacts.change(db, actor, contact.id, ContactChanges(**changes), now=request.now)
    anniversaries.settle(db, actor, after, said, now=request.now)
    return after


_NAMES = {"given_name": "first_name", "middle_name": "middle_name", "family_name": "last_name"}
"""The core's parts of a name and the wire's, in their order."""


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _today(actor: Actor, request: Request) -> date:
    """The day it is where the workspace is."""
    return request.now.astimezone(ZoneInfo(actor.time_zone) if actor.time_zone else UTC).date()


def _read(
    form: Form, given: Mapping[str, Any], contact: Contact | None, today: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was said, and what only this tongue knows of the contact then (section 7.4). Raises RefusedError."""
    said, faults = form.gather(given, held(contact) if contact is not None else None)
    life = dict(short.life_of(contact)) if contact is not None else {}
    is_dead = bool(said.get("is_deceased", life.get("is_dead", False)))
    life |= {"is_dead": is_dead}
    known = {"birthdate": said.get("is_birthdate_known"), "deceased_date": said.get("is_deceased_date_known")}
    for name, is_known in known.items():
        if is_known and (name == "birthdate" or is_dead):
            life[name], wrong = dates.read(said, name, today)
            faults = {**wrong, **faults}
        else:
            life.pop(name, None)
    form.refuse(faults)
    return said, {name: value for name, value in life.items() if value}


def held(contact: Contact) -> dict[str, Any]:
    """What a contact holds by the names of its fields."""
    first_name, middle_name, last_name = short.names(contact)
    return {
        "first_name": first_name,
        "middle_name": middle_name,
        "last_name": last_name,
        "nickname": contact.nickname,
        "description": contact.description,
    }


def _gender(db: Database, actor: Actor, said: Mapping[str, Any], contact: Contact | None) -> str | None:
    """The id of the gender that is said, by its number or else by its name; the contact's own where none is."""
    if said.get("gender_id") is not None:
        found = records.ids_of(db, actor, genders.NOUN, [said["gender_id"]])
        if not found:
            raise RefusedError([FAULTS[Fault.UNKNOWN].format(field="gender id")])
        return found[said["gender_id"]]
    named = genders.find(db, actor, said["gender"]) if said.get("gender") else None
    if named is not None:
        return named.id
    return None if "gender_id" in said or contact is None else contact.gender_id


def _of_search(text: str) -> dict[str, Any]:
    """The filters of a search: `word:text` where the word is a contact field type's name, else any of the words."""
    name, colon, begin = text.partition(":")
    kind = _TYPES.get(name.strip().casefold()) if colon and begin.strip() else None
    if kind is None:
        return {"any_word": text}
    begin = begin.strip()
    if kind == EMAIL:
        return {"email_begins": begin}
    if kind == PHONE:
        digits = "".join(filter(str.isdigit, begin))
        return {"phone_begins": digits if digits and not any(map(str.isalpha, begin)) else begin}
    return {"id": []}


_TYPES = {found.name.casefold(): number for number, found in enumerate(TYPES, 1)}


def _searched(request: Request) -> str:
    """The text that is searched for."""
    return dict(request.query).get("query", "").replace("\0", " ").strip() if request.query_string else ""


def _filters(request: Request) -> dict[str, Any]:
    text = _searched(request)
    return _of_search(text) if text else {}


def _work(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Answer:
    contact = CONTACTS.found(db, actor, request)
    said = WORK.read(given, {"job": contact.position, "company": contact.company})
    changes = {name: said[wire] for wire, name in (("job", "position"), ("company", "company")) if wire in said}
    after = contacts.change(db, actor, contact.id, ContactChanges(**changes), now=request.now)
    return CONTACTS.answer(db, actor, request, after)


CONTACTS = Resource(
    path="/contacts",
    key="Contact",
    about="the people that the workspace knows",
    noun=contacts.NOUN,
    reads=Right.READ_CONTACTS,
    writes=Right.WRITE_CONTACTS,
    shown=full.FullContact,
    show=full.show,
    page=contacts.page_of_entries,
    get=contacts.get,
    created=CREATED,
    create=_create,
    changed=CHANGED,
    change=_change,
    remove=removal.remove_contact,
    filters=_filters,
    searched=_searched,
    query={
        "query": "Any of these words, or `email:` or `phone:` and how one begins.",
        "with": "`contactfields` adds the contact's fields and last notes.",
    },
)


def operations() -> list[Operation]:
    """What can be asked of contacts."""
    about = CONTACTS.describe("change", form=WORK)
    path, right, summary = "/contacts/{id}/work", Right.WRITE_CONTACTS, "Set what somebody does, and where."
    return [
        *CONTACTS.operations(),
        writing("PUT", path, "setWorkOfContact", summary, right, _work, about),
        writing("PATCH", path, "patchWorkOfContact", "The same as PUT.", right, _work, about),
    ]
