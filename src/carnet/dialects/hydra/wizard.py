"""The wizard that makes a contact of a pasted text in two steps, prepare and confirm (specification, section 14)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import captures, contacts
from carnet.core.contacts import ContactDraft
from carnet.core.errors import Fault, InvalidError, Violation
from carnet.core.permissions import Right
from carnet.dialects.hydra.classes import body_of, gather
from carnet.dialects.hydra.contacts import CLASS, FACE
from carnet.dialects.hydra.errors import WrongTypeError
from carnet.dialects.hydra.fields import Unreadable, json_type
from carnet.dialects.hydra.items import About, Item, encode, moment
from carnet.dialects.hydra.links import Relation, Tags, Uuid
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from carnet.assist.extraction import Extraction
    from carnet.assist.models import Model
    from carnet.core.permissions import Actor
    from carnet.dialects.hydra.fields import Field
    from carnet.http.messages import Request
    from carnet.store.database import Database, Store

_FIELDS: dict[str, Field] = {field.core: field for field in CLASS.fields if field.writable}
_OVERRIDES = "overrides"
_NOT_LOOKED_UP = "Who it may be already was not looked up: this token may not read contacts."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a body asks, read: `removed` are the fields that an override of null, or a blank one, takes away."""

    said: dict[str, Any]
    removed: frozenset[str]

    def over(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What was found with the overrides in its place; of a company and its id, the one that was said last."""
        dropped = set(self.removed)
        if self.names("company") and "company_id" not in self.said:
            dropped.add("company_id")
        if "company_id" in self.said and "company" not in self.said:
            dropped.add("company")
        merged = {**found, **self.said}
        return {name: value for name, value in merged.items() if name not in dropped}

    def names(self, core: str) -> bool:
        """Whether an override is of this field."""
        return core in self.said or core in self.removed


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a text gave, before anything is kept."""

    asked: _Asked
    read: Extraction


def _extract(text: str, model: Model | None) -> Extraction:
    from carnet.assist.capturing import capture  # noqa: PLC0415 - most starts of Carnet never read a text

    return capture(text, model)


def operations(*, prefix: bool, model: Model | None = None) -> list[Operation]:
    """Prepare and confirm. A model, where there is one, helps to read."""
    item = Item(FACE, prefix=prefix)

    def read(_store: Store, _actor: Actor, request: Request) -> None:
        body = body_of(request)
        faults: list[Violation] = []
        text = _text(body, "text", faults, limit=captures.LONGEST_TEXT)
        asked = _asked(body, faults)
        if faults:
            raise InvalidError(faults)
        request.prepared = _Prepared(asked, _extract(text, model))

    def prepare(db: Database, actor: Actor, request: Request) -> Answer:
        """Keep what a text gives for half an hour."""
        prepared: _Prepared = request.prepared
        asked, read = prepared.asked, prepared.read
        found, warnings = _sound(read)
        contact = asked.over(found)
        kept = msgspec.to_builtins(contact)
        with _placed(asked):
            secret, expires_at = captures.prepare(db, actor, kept, now=request.now)
        may_look = Right.READ_CONTACTS in actor.rights
        alike = captures.duplicates(db, actor, contact) if may_look else []
        body = {
            "summary": captures.summary(contact),
            "confirmationToken": secret,
            "contact": {field.wire: _shown(field, kept[core]) for core, field in _FIELDS.items() if core in kept},
            "duplicates": [
                {"@id": f"{CLASS.collection}/{each.id}", "id": each.id, "name": each.name} for each in alike
            ],
            "expiresAt": moment(expires_at),
            "confidence": {
                field.wire: read.confidence[core]
                for core, field in _FIELDS.items()
                if core in read.confidence and core in contact and not asked.names(core)
            },
            "extractor": read.extractor,
            "warnings": [*read.warnings, *warnings, *([] if may_look else [_NOT_LOOKED_UP])],
        }
        return Answer(200, encode(body), media_type=JSON)

    def confirm(db: Database, actor: Actor, request: Request) -> Answer:
        """Make the contact that was prepared; a refusal leaves the token as it was."""
        body = body_of(request)
        faults: list[Violation] = []
        secret = _text(body, "confirmationToken", faults).strip()
        asked = _asked(body, faults)
        if faults:
            raise InvalidError(faults)
        contact = asked.over(captures.redeem(db, actor, secret, now=request.now))
        if "name" not in contact:
            raise InvalidError([Violation("name", Fault.BLANK)])
        with _placed(asked):
            made = contacts.create(db, actor, msgspec.convert(contact, ContactDraft, strict=False), now=request.now)
        answer = item.shown(db, actor, made, status=201)
        answer.add(b"location", f"{CLASS.collection}/{made.id}")
        return answer

    return [
        Operation(
            method="POST",
            path="/contacts/prepare",
            name="prepareContact",
            summary="Read a pasted text and prepare the contact that it is about; nothing is stored yet.",
            right=Right.WRITE_CONTACTS,
            work=prepare,
            before=read,
            about=About(described=CLASS, kind="action", names=CLASS.names, body=_PREPARE, answer=_PREPARED),
        ),
        Operation(
            method="POST",
            path="/contacts/confirm",
            name="confirmContact",
            summary="Make the contact that was prepared.",
            right=Right.WRITE_CONTACTS,
            work=confirm,
            status=201,
            about=About(
                described=CLASS,
                kind="action",
                names={**CLASS.names, "confirmation_token": "confirmationToken"},
                body=_CONFIRM,
            ),
        ),
    ]


def _text(body: Mapping[str, Any], name: str, faults: list[Violation], limit: int | None = None) -> str:
    """A required text, as it is. Raises WrongTypeError; else says in `faults` what is wrong with it."""
    text = body.get(name)
    if text is not None and not isinstance(text, str):
        raise WrongTypeError(name, "string", json_type(text))
    if text is None or not text.strip():
        faults.append(Violation(name, Fault.BLANK))
    elif limit is not None and len(text) > limit:
        faults.append(Violation(name, Fault.TOO_LONG, (limit,)))
    return text or ""


def _asked(body: Mapping[str, Any], faults: list[Violation]) -> _Asked:
    """The overrides of a body. What is wrong with them is said in `faults`, under `overrides.`."""
    overrides = body.get(_OVERRIDES)
    if overrides is None:
        overrides = {}
    if not isinstance(overrides, dict):
        raise WrongTypeError(_OVERRIDES, "object", json_type(overrides))
    said, wrong = gather(CLASS, {name: value for name, value in overrides.items() if value is not None})
    faults += [_under_overrides(violation) for violation in wrong]
    nulls = {core for core, field in _FIELDS.items() if field.wire in overrides and overrides[field.wire] is None}
    blanks = {core for core, value in said.items() if value is None}
    kept = {core: value for core, value in said.items() if core not in blanks}
    return _Asked(kept, frozenset(nulls | blanks))


@contextmanager
def _placed(asked: _Asked) -> Iterator[None]:
    """Tell what the core finds wrong under `overrides.` where it was said there."""
    try:
        yield
    except InvalidError as error:
        said = asked.said
        told = [_under_overrides(each) if each.field.partition("[")[0] in said else each for each in error.violations]
        raise InvalidError(told) from None


def _under_overrides(violation: Violation) -> Violation:
    core, bracket, rest = violation.field.partition("[")
    wire = _FIELDS[core].wire if core in _FIELDS else core
    return Violation(f"{_OVERRIDES}.{wire}{bracket}{rest}", violation.fault, violation.limits)


def _sound(read: Extraction) -> tuple[dict[str, Any], list[str]]:
    """What a text gave, as the fields of a contact take it, and a sentence for each that they can't."""
    found: dict[str, Any] = {}
    warnings = []
    for core, field in _FIELDS.items():
        value = getattr(read, core, None)
        if not value:
            continue
        try:
            kept = field.read(value, None)
        except Unreadable:
            warnings.append(f"{field.wire} was left out: it is too long or not valid.")
            continue
        if kept:
            found[core] = kept
    return found, warnings


def _shown(field: Field, value: Any) -> Any:  # noqa: ANN401 - the value of any field
    """A core's value as the wire has it: ids of links as IRIs."""
    if isinstance(field, Tags):
        return [f"/api/tags/{tag_id}" for tag_id in value]
    return field.iri(value) if isinstance(field, Relation) and not isinstance(field, Uuid) else value


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field that may be null as well."""
    words = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, **words, "type": [schema["type"], "null"]}


_OVERRIDES_SCHEMA = {
    "type": ["object", "null"],
    "description": "Fields of a contact that take the place of what was found; null takes one away.",
    "properties": {field.wire: _nullable(field.schema()) for field in _FIELDS.values()},
}
_PREPARE = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {
            "type": "string",
            "minLength": 1,
            "maxLength": captures.LONGEST_TEXT,
            "description": "A signature or a vCard.",
        },
        _OVERRIDES: _OVERRIDES_SCHEMA,
    },
}
_CONFIRM = {
    "type": "object",
    "required": ["confirmationToken"],
    "properties": {"confirmationToken": {"type": "string", "minLength": 1}, _OVERRIDES: _OVERRIDES_SCHEMA},
}
_PREPARED = {
    "type": "object",
    "required": [
        "summary",
        "confirmationToken",
        "contact",
        "duplicates",
        "expiresAt",
        "confidence",
        "extractor",
        "warnings",
    ],
    "properties": {
        "summary": {"type": "string", "minLength": 1},
        "confirmationToken": {"type": "string"},
        "contact": {"type": "object", "properties": {field.wire: field.schema() for field in _FIELDS.values()}},
        "duplicates": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@id", "id", "name"],
                "properties": {
                    "@id": {"type": "string", "format": "iri-reference"},
                    "id": {"type": "string", "format": "uuid"},
                    "name": {"type": "string"},
                },
            },
        },
        "expiresAt": {"type": "string", "format": "date-time"},
        "confidence": {"type": "object", "description": "How sure each field is, from 0 to 1."},
        "extractor": {"type": "string", "enum": ["rules", "rules+llm"]},
        "warnings": {"type": "array", "items": {"type": "string"}},
    },
}
