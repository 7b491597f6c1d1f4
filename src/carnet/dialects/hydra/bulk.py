"""Many of a class at once: up to 1,000 creates and merge patches, all of them or each for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import CarnetError, Fault, InvalidError, Violation
from carnet.dialects.hydra.classes import body_of
from carnet.dialects.hydra.errors import BulkError, Words, WrongTypeError
from carnet.dialects.hydra.fields import json_type
from carnet.dialects.hydra.items import About, encode
from carnet.dialects.hydra.links import id_in
from carnet.http.messages import JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.dialects.hydra.items import Item
    from carnet.http.messages import Request
    from carnet.store.database import Database

MOST = 1_000
_FIRST_ERROR = 400


class Bulk:
    """The bulk operation of a class."""

    def __init__(self, item: Item, *, prefix: bool) -> None:
        self._item = item
        self._words = Words(prefix=prefix)

    def operation(self) -> Operation:
        """As the table has it."""
        described = self._item.face.described
        return Operation(
            method="POST",
            path=described.collection.removeprefix("/api") + "/bulk",
            name=f"bulk{described.name}",
            summary=f"Make or change up to {MOST:,} at once; each has its own result.",
            right=self._item.face.writes,
            work=self.work,
            about=About(
                described=described,
                kind="action",
                names={},
                body=_BODY,
                answer=_ANSWER,
                refused=_ANSWER,
                has_etag=False,
            ),
        )

    def work(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Do each for itself, or, where `atomic` is said, all or nothing.

        An entry that names an item by `@id` or `id` is a merge patch of it, any other a new one.
        """
        entries, atomic = _asked(body_of(request))
        results = [self._result(db, actor, entry, request) for entry in entries]
        failed = sum(result["status"] >= _FIRST_ERROR for result in results)
        told = encode({"succeeded": len(results) - failed, "failed": failed, "results": results})
        if atomic and failed:
            raise BulkError(told)
        return Answer(200, told, media_type=JSON)

    def _result(self, db: Database, actor: Actor, entry: object, request: Request) -> dict[str, Any]:
        face = self._item.face
        try:
            with db.piece():
                status, record = self._record(db, actor, entry, request)
        except CarnetError as error:
            answer = self._words.say(error, face.described.names)
            return {"status": answer.status, "error": msgspec.Raw(answer.body)}
        return {"status": status, "item": face.show(db, actor, [record])[0]}

    def _record(self, db: Database, actor: Actor, entry: object, request: Request) -> tuple[int, Any]:
        face = self._item.face
        assert face.create is not None  # noqa: S101 - a class with this operation has both
        assert face.change is not None  # noqa: S101
        if not isinstance(entry, dict):
            raise WrongTypeError("items", "object", json_type(entry))
        named = entry.get("@id", entry.get("id"))
        if named is None:
            return 201, face.create(db, actor, entry, request)
        if not isinstance(named, str):
            raise WrongTypeError("@id", "string", json_type(named))
        record = face.get(db, actor, id_in(named, face.described.collection))
        return 200, face.change(db, actor, record, entry, request)


def _asked(body: dict[str, Any]) -> tuple[list[Any], bool]:
    """The entries and whether all or nothing is wanted. Raises InvalidError, or WrongTypeError."""
    entries, atomic = body.get("items"), body.get("atomic", False)
    if atomic is not None and not isinstance(atomic, bool):
        raise WrongTypeError("atomic", "boolean", json_type(atomic))
    if entries is None:
        raise InvalidError([Violation("items", Fault.BLANK)])
    if not isinstance(entries, list):
        raise WrongTypeError("items", "array", json_type(entries))
    if len(entries) > MOST:
        raise InvalidError([Violation("items", Fault.TOO_MANY, (MOST,))])
    return entries, bool(atomic)


_BODY: dict[str, Any] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "atomic": {"type": "boolean", "default": False, "description": "All or nothing."},
        "items": {
            "type": "array",
            "maxItems": MOST,
            "items": {"type": "object", "description": "A new item, or with `@id` a merge patch of one."},
        },
    },
}
_ANSWER: dict[str, Any] = {
    "type": "object",
    "required": ["succeeded", "failed", "results"],
    "properties": {
        "succeeded": {"type": "integer", "minimum": 0},
        "failed": {"type": "integer", "minimum": 0},
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["status"],
                "properties": {
                    "status": {"type": "integer"},
                    "item": {"type": "object"},
                    "error": {"type": "object"},
                },
            },
        },
    },
}
