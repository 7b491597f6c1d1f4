"""Contact fields: the e-mail addresses and phones of a contact, as objects of their own (specification, section 12)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import msgspec

from carnet.dialects.monica.contactfieldtypes import EMAIL, PHONE, FieldTypeOut, type_out
from carnet.dialects.monica.dates import seconds
from carnet.dialects.monica.resources import Account
from carnet.dialects.monica.short import Short

if TYPE_CHECKING:
    from carnet.core.contacts import Contact
    from carnet.core.workspaces import Workspace

_MOST = 1_000
"""More than one contact can have, so that numbers made of the contact's and the field's never meet."""


class ContactFieldOut(msgspec.Struct, gc=False):
    """A contact field."""

    id: int
    uuid: str
    object: str
    content: str
    contact_field_type: FieldTypeOut
    labels: list[Any]
    account: Account
    contact: Short | None
    created_at: datetime
    updated_at: datetime


def fields_out(contact: Contact, workspace: Workspace, shown: Short | None) -> list[ContactFieldOut]:
    """The fields of a contact, which is given in short as well."""
    account = Account(workspace.id)
    created_at, updated_at = seconds(contact.created_at), seconds(contact.updated_at)
    found = [(EMAIL, email) for email in contact.emails] + [(PHONE, phone) for phone in contact.phones]
    return [
        ContactFieldOut(
            contact.number * _MOST + place,
            str(uuid5(UUID(contact.id), f"{number} {text}")),
            "contactfield",
            text,
            type_out(number, workspace),
            [],
            account,
            shown,
            created_at,
            updated_at,
        )
        for place, (number, text) in enumerate(found, 1)
    ]
