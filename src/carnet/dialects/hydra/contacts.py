"""Contacts at `/api/contacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from carnet.core import contacts, removal
from carnet.core.contacts import Appended, Contact, ContactChanges, ContactDraft, Status
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.permissions import Right
from carnet.dialects.hydra import filters
from carnet.dialects.hydra.classes import Class, body_of, read
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import LINK, LONG, Choice, Emails, Flag, Text, Texts, Unreadable, json_type
from carnet.dialects.hydra.items import About, Face, Item, encode, moment
from carnet.dialects.hydra.links import TAGS, Embedded, Relation, Tags, Uuid, tag_iris
from carnet.dialects.hydra.quantities import Instant
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database

_COLLECTION = "/api/contacts"

CLASS = Class(
    name="Contact",
    collection=_COLLECTION,
    about="the people that the workspace knows, newest first",
    fields=(
        Text("name", required=True),
        Emails("emails", about="In order; the first is the primary one."),
        Text("company", about="A company's name; it is found, or made."),
        Uuid("companyId", "company_id", "/api/companies", about="Beats `company` where both are sent."),
        Text("position"),
        Texts("phones"),
        Text("address", limit=LINK),
        Text("website", limit=LINK),
        Text("linkedinUrl", "linkedin_url", limit=LINK),
        Text("additionalInfo", "description", limit=LONG),
        Text("meetingContext", "meeting_context", limit=LONG),
        Choice("status", "status", Status, Status.PENDING),
        Embedded("pipelineState", "state_id", "/api/pipeline_states", "PipelineState"),
        Tags(),
        Relation("owner", "owner_id", "/api/users", "User"),
        Flag("isLead", "is_lead"),
        Flag("doNotEmail", "do_not_email"),
        Instant("createdAt", "created_at", writable=False),
        Instant("updatedAt", "updated_at", writable=False),
    ),
    parameters=(
        filters.Partial("name"),
        filters.Partial("emails"),
        filters.Partial("phones"),
        filters.Partial("company"),
        filters.Partial("position"),
        filters.Query("q", field="name"),
        filters.Link("id", "id", _COLLECTION),
        filters.Exact("status", "status", Status),
        filters.Link("companyId", "company_id", "/api/companies"),
        filters.Link("pipelineState", "state_id", "/api/pipeline_states"),
        filters.Link("tags", "tag_ids", TAGS),
        filters.Link("owner", "owner_id", "/api/users"),
        filters.Flag("isLead", "is_lead"),
        filters.Flag("doNotEmail", "do_not_email"),
        filters.Date("createdAt", "created_at"),
        filters.Date("updatedAt", "updated_at"),
        filters.Exists({"company": "has_company", "pipelineState": "has_state", "emails": "has_emails"}),
        filters.Order({"name": "name", "company": "company", "createdAt": "created_at", "updatedAt": "updated_at"}),
    ),
)


class StateOut(msgspec.Struct):
    """The pipeline state inside a contact."""

    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str | None


class ContactOut(msgspec.Struct, rename="camel", gc=False):
    """A contact on the wire. What is UNSET is left out."""

    context: str | UnsetType = msgspec.field(name="@context")
    iri: str = msgspec.field(name="@id")
    kind: str = msgspec.field(name="@type")
    id: str
    name: str
    emails: list[str]
    company: str | UnsetType
    company_id: str | UnsetType
    position: str | UnsetType
    phones: list[str]
    address: str | UnsetType
    website: str | UnsetType
    linkedin_url: str | UnsetType
    additional_info: str | UnsetType
    meeting_context: str | UnsetType
    status: Status
    pipeline_state: StateOut | UnsetType
    tags: list[str]
    owner: str | UnsetType
    is_lead: bool
    do_not_email: bool | UnsetType
    created_at: str
    updated_at: str


def contact_out(contact: Contact) -> ContactOut:
    """A contact as an item, its fields in order (see `task_out`)."""
    return ContactOut(
        UNSET,
        f"{_COLLECTION}/{contact.id}",
        "Contact",
        contact.id,
        contact.name,
        contact.emails,
        contact.company if contact.company is not None else UNSET,
        contact.company_id if contact.company_id is not None else UNSET,
        contact.position if contact.position is not None else UNSET,
        contact.phones,
        contact.address if contact.address is not None else UNSET,
        contact.website if contact.website is not None else UNSET,
        contact.linkedin_url if contact.linkedin_url is not None else UNSET,
        contact.description if contact.description is not None else UNSET,
        contact.meeting_context if contact.meeting_context is not None else UNSET,
        contact.status,
        _state_out(contact) if contact.state_id is not None else UNSET,
        tag_iris(contact.tag_ids),
        f"/api/users/{contact.owner_id}" if contact.owner_id is not None else UNSET,
        contact.is_lead,
        contact.do_not_email or UNSET,
        moment(contact.created_at),
        moment(contact.updated_at),
    )


def _state_out(contact: Contact) -> StateOut:
    state_id = contact.state_id or ""
    return StateOut(f"/api/pipeline_states/{state_id}", "PipelineState", state_id, contact.state)


def _show(_db: Database, _actor: Actor, found: Sequence[Contact]) -> list[ContactOut]:
    return [contact_out(contact) for contact in found]


def _create(db: Database, actor: Actor, body: dict[str, Any], request: Request) -> Contact:
    said = read(CLASS, body, creating=True)
    return contacts.create(db, actor, ContactDraft(**said), now=request.now)


def _change(db: Database, actor: Actor, contact: Contact, body: dict[str, Any], request: Request) -> Contact:
    said = read(CLASS, body, before=contact)
    return contacts.change(db, actor, contact.id, ContactChanges(**said), now=request.now)


FACE = Face(
    described=CLASS,
    reads=Right.READ_CONTACTS,
    writes=Right.WRITE_CONTACTS,
    show=_show,
    page=contacts.page,
    get=contacts.get,
    create=_create,
    change=_change,
    remove=removal.remove_contact,
)

_APPENDED = {"additionalInfo": Appended.DESCRIPTION, "meetingContext": Appended.MEETING_CONTEXT}


def operations(*, prefix: bool) -> list[Operation]:
    """What can be asked of contacts."""
    item = Item(FACE, prefix=prefix)

    def extend(db: Database, actor: Actor, request: Request) -> Answer:
        """Append a text to one of the contact's (specification, section 15)."""
        contact = item.current(db, actor, request)
        field, text = _extension(body_of(request), contact)
        after = contacts.append(db, actor, contact.id, field, text, now=request.now)
        return item.shown(db, actor, after)

    def move(db: Database, actor: Actor, request: Request) -> Answer:
        """Put the contact into a pipeline state, or out of its pipeline (section 15)."""
        contact = item.current(db, actor, request)
        state_id = _state_id(body_of(request).get("stateId"))
        after = contacts.move(db, actor, contact.id, state_id, now=request.now)
        return Answer(200, encode(_moved(after)), media_type=JSON)

    return [
        *item.operations(),
        Operation(
            method="POST",
            path="/contacts/{id}/extend",
            name="extendContact",
            summary="Append a text to a contact, on a line of its own.",
            right=Right.WRITE_CONTACTS,
            work=extend,
            about=About(described=CLASS, kind="action", names=_NAMES, body=_EXTENSION),
        ),
        Operation(
            method="PATCH",
            path="/contacts/{id}/pipeline-state",
            name="moveContact",
            summary="Put a contact into a pipeline state; without one, out of its pipeline.",
            right=Right.WRITE_CONTACTS,
            work=move,
            about=About(described=CLASS, kind="action", names=_NAMES, body=_MOVE, answer=_MOVED),
        ),
    ]


_NAMES = {"state_id": "stateId"}
_EXTENSION = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "field": {"type": "string", "enum": list(_APPENDED), "default": "additionalInfo"},
    },
}
_MOVE = {"type": "object", "properties": {"stateId": {"type": ["string", "null"], "format": "uuid"}}}
_MOVED = {
    "type": "object",
    "required": ["id", "name", "company", "status", "pipelineState"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "company": {"type": ["string", "null"]},
        "status": {"type": "string", "enum": [str(status) for status in Status]},
        "pipelineState": {
            "type": ["object", "null"],
            "properties": {"id": {"type": "string", "format": "uuid"}, "name": {"type": "string"}},
        },
    },
}


def _extension(body: dict[str, Any], contact: Contact) -> tuple[Appended, str]:
    """Which text to append, and to what. Raises InvalidError with every violation at once."""
    faults: list[Violation] = []
    given = ""
    text, field = body.get("text"), body.get("field", UNSET)
    if text is not None and not isinstance(text, str):
        raise WrongTypeError("text", "string", json_type(text))
    if field is not UNSET and field is not None and not isinstance(field, str):
        raise WrongTypeError("field", "string", json_type(field))
    appended = Appended.DESCRIPTION if field is UNSET or field is None else _APPENDED.get(field)
    if appended is None:
        faults.append(Violation("field", Fault.NOT_A_CHOICE))
    try:
        held = getattr(contact, appended or Appended.DESCRIPTION) or ""
        given = Text("text", required=True, limit=max(0, LONG - len(held) - 1)).read(text or "", None) or ""
    except Unreadable as problem:
        faults[:0] = problem.violations
    if faults or appended is None:
        raise InvalidError(faults)
    return appended, given


def _state_id(value: object) -> str | None:
    if value is None:
        return None
    try:
        return Uuid("stateId", "state_id", "/api/pipeline_states").read(value, None)
    except Unreadable as problem:
        raise InvalidError(list(problem.violations)) from None


def _moved(contact: Contact) -> dict[str, Any]:
    state = {"id": contact.state_id, "name": contact.state} if contact.state_id is not None else None
    return {
        "id": contact.id,
        "name": contact.name,
        "company": contact.company,
        "status": contact.status,
        "pipelineState": state,
    }
