"""The tags of contacts: putting them on and off, and finding who bears one (specification, sections 7.1 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import contacts, records, tags
from carnet.core.contacts import ContactChanges
from carnet.core.errors import Fault
from carnet.core.permissions import Right
from carnet.dialects.monica import full, lists
from carnet.dialects.monica.contacts import CONTACTS
from carnet.dialects.monica.errors import FAULTS, RefusedError
from carnet.dialects.monica.fields import Form, Many, Text, Whole
from carnet.dialects.monica.resources import number_of
from carnet.dialects.monica.verbs import reading, writing
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from carnet.core.contacts import Contact
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

SET = Form(Many(Text("tags"), required=True, about="Names; those that are missing are made."))
UNSET = Form(Many(Whole("tags"), required=True, about="Numbers."))


def _set_tags(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Answer:
    contact = CONTACTS.found(db, actor, request)
    names = SET.read(given)["tags"]
    found = [tags.find_or_create(db, actor, name, now=request.now).id for name in names]
    return _tagged(db, actor, request, contact, [*(contact.tag_ids or ()), *found])


def _unset_tag(db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Answer:
    contact = CONTACTS.found(db, actor, request)
    numbers = UNSET.read(given)["tags"]
    found = records.ids_of(db, actor, tags.NOUN, numbers)
    if any(number not in found for number in numbers):
        raise RefusedError([FAULTS[Fault.UNKNOWN].format(field="tags")])
    gone = set(found.values())
    return _tagged(db, actor, request, contact, [each for each in contact.tag_ids or () if each not in gone])


def _unset_tags(db: Database, actor: Actor, request: Request, _given: dict[str, Any]) -> Answer:
    return _tagged(db, actor, request, CONTACTS.found(db, actor, request), [])


def _tagged(db: Database, actor: Actor, request: Request, contact: Contact, tag_ids: list[str]) -> Answer:
    changes = ContactChanges(tag_ids=tag_ids or None)
    after = contacts.change(db, actor, contact.id, changes, now=request.now)
    return CONTACTS.answer(db, actor, request, after)


def _bearers(db: Database, actor: Actor, request: Request) -> Answer:
    wanted = lists.wanted(request, CONTACTS.sorts, CONTACTS.size)
    tag_id = records.id_of(db, actor, tags.NOUN, number_of(request))
    page = contacts.page(db, actor, wanted.asked({"is_partial": False, "tag_ids": [tag_id]}))
    return Answer(200, lists.body(request, wanted, page, full.show_with_fields(db, actor, request, page.items)))


def operations() -> list[Operation]:
    """What can be asked of the tags of contacts."""
    one, right = "/contacts/{id}", Right.WRITE_CONTACTS
    named, numbered, none = (CONTACTS.describe("change", form=form) for form in (SET, UNSET, Form()))
    return [
        writing("POST", one + "/setTags", "setTagsOfContact", "Add tags, by their names.", right, _set_tags, named),
        writing("POST", one + "/unsetTag", "unsetTagOfContact", "Take tags off.", right, _unset_tag, numbered),
        writing("POST", one + "/unsetTags", "unsetTagsOfContact", "Take all tags off.", right, _unset_tags, none),
        reading(
            "/tags/{id}/contacts",
            "listContactsOfTag",
            "List who bears a tag, with their fields.",
            Right.READ_CONTACTS,
            _bearers,
            CONTACTS.describe("list"),
        ),
    ]
