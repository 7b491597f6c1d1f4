"""The kinds of field that lead to other records: how each is read from an IRI, a uuid or an embedded object."""

from __future__ import annotations

from typing import Any

from carnet.core.errors import Fault, Violation
from carnet.core.identity import as_id
from carnet.dialects.hydra.errors import InvalidIriError, WrongTypeError
from carnet.dialects.hydra.fields import ENTRIES, Field, Unreadable, json_type


class Relation(Field):
    """A link to another record: an IRI, a bare uuid, or an object with an `@id`; an empty text is null."""

    range = None

    def __init__(self, wire: str, core: str, collection: str, target: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self.collection = collection
        self.target = target
        self.json = {"type": "string", "format": "iri-reference"}

    def read(self, value: Any, before: Any) -> str | None:  # noqa: ANN401, ARG002
        if isinstance(value, dict):
            value = value.get("@id", value.get("id"))
        self._require(value, str, "string")
        if not value.strip():
            return None
        return id_in(value.strip(), self.collection)

    def iri(self, record_id: str) -> str:
        """The IRI of a record that the field may link to."""
        return f"{self.collection}/{record_id}"


class Embedded(Relation):
    """A link whose record's name stands in the answers, beside its IRI."""


def id_in(iri: str, collection: str) -> str:
    """The id that an IRI of a collection (or a bare uuid) names. Raises InvalidIriError."""
    path = iri
    if iri.startswith(("http://", "https://")):
        path = "/" + iri.partition("://")[2].partition("/")[2]
    record_id = as_id(path.removeprefix(collection + "/"))
    if record_id is None:
        raise InvalidIriError(iri)
    return record_id


class Links(Field):
    """Links to several records; as such only read."""

    range = None

    def __init__(self, wire: str, collection: str, target: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, **options)
        self.collection = collection
        self.target = target
        self.json = {"type": "array", "items": {"type": "string", "format": "iri-reference"}}


TAGS = "/api/tags"


class Tags(Links):
    """Links to tags, each an IRI, a bare uuid or an object with an `@id`."""

    def __init__(self) -> None:
        super().__init__("tags", TAGS, "Tag", core="tag_ids")

    @property
    def empty(self) -> list[str]:
        return []

    def read(self, value: Any, before: Any) -> list[str]:  # noqa: ANN401
        self._require(value, list, "array")
        found = []
        for at, tag in enumerate(value):
            iri = tag.get("@id", tag.get("id")) if isinstance(tag, dict) else tag
            if not isinstance(iri, str):
                raise WrongTypeError(f"{self.wire}[{at}]", "string", json_type(iri))
            found.append(id_in(iri.strip(), TAGS))
        found = list(dict.fromkeys(found))
        if len(found) > ENTRIES and found != before:
            raise Unreadable(Violation(self.core, Fault.TOO_MANY, (ENTRIES,)))
        return found


def tag_iris(tag_ids: list[str] | None) -> list[str]:
    """The IRIs of a record's tags."""
    return [f"{TAGS}/{tag_id}" for tag_id in tag_ids] if tag_ids else []


class Uuid(Field):
    """The id of another record as a bare uuid."""

    def __init__(self, wire: str, core: str, collection: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(wire, core, **options)
        self._collection = collection
        self.json = {"type": "string", "format": "uuid"}

    def read(self, value: Any, before: Any) -> str | None:  # noqa: ANN401, ARG002
        self._require(value, str, "string")
        text = value.strip()
        if not text:
            return None
        record_id = as_id(text.removeprefix(self._collection + "/"))
        if record_id is None:
            raise Unreadable(Violation(self.core, Fault.NOT_AN_ID))
        return record_id
