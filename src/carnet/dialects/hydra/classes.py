"""A class of this tongue: its fields, its collection, what narrows and orders it, and how its bodies are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carnet.core.errors import InvalidError
from carnet.dialects.hydra.fields import Unreadable
from carnet.http.decoding import decoded
from carnet.http.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.core.errors import Violation
    from carnet.dialects.hydra.fields import Field
    from carnet.dialects.hydra.filters import Parameter
    from carnet.http.messages import Request


@dataclass(frozen=True, kw_only=True, slots=True)
class Class:
    """One class: `name` as `@type` says it, `collection` as its IRI."""

    name: str
    collection: str
    about: str
    fields: tuple[Field, ...]
    parameters: tuple[Parameter, ...]
    methods: tuple[str, ...] = ("GET", "POST", "PATCH", "DELETE")

    @property
    def key(self) -> str:
        """The class's name in the entrypoint and in titles: `contactTask`."""
        return self.name[0].lower() + self.name[1:]

    @property
    def names(self) -> dict[str, str]:
        """The wire's names of the core's fields."""
        return {field.core: field.wire for field in self.fields}


def body_of(request: Request) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty one. Raises MalformedError."""
    if not request.body.strip():
        return {}
    body = decoded(request.body)
    if not isinstance(body, dict):
        message = "The body must be a JSON object."
        raise MalformedError(message)
    return body


def read(described: Class, body: Mapping[str, Any], *, before: Any = None, creating: bool = False) -> dict[str, Any]:  # noqa: ANN401
    """What `gather` gives. Raises InvalidError with every violation at once."""
    said, faults = gather(described, body, before=before, creating=creating)
    if faults:
        raise InvalidError(faults)
    return said


def gather(
    described: Class,
    body: Mapping[str, Any],
    *,
    before: Any = None,  # noqa: ANN401 - a record
    creating: bool = False,
) -> tuple[dict[str, Any], list[Violation]]:
    """The core's values of what a body says of the class's writable fields, and what is wrong with the others.

    On POST null is as good as nothing; on PATCH it clears. Raises WrongTypeError at the first value of another JSON
    type, and what an IRI that leads nowhere raises.
    """
    said: dict[str, Any] = {}
    faults: list[Violation] = []
    for field in described.fields:
        if not field.writable or (field.once and not creating):
            continue
        value = body.get(field.wire)
        try:
            if value is not None:
                found = field.read(value, getattr(before, field.core, None))
                if found is None and field.required and _had(before, field):
                    raise Unreadable(field.blank)  # noqa: TRY301
                said[field.core] = found
            elif creating or (field.wire in body and _had(before, field)):
                if field.required:
                    faults.append(field.blank)
                elif not creating:
                    said[field.core] = field.empty
        except Unreadable as problem:
            faults += problem.violations
    return said, faults


def _had(before: Any, field: Field) -> bool:  # noqa: ANN401
    """Whether there is something to clear: what a record of another tongue lacks may be sent back as null."""
    return before is None or getattr(before, field.core, ...) is not None
