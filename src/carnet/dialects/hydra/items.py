"""The five operations that every class has: list, read, create, change, delete; with their headers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core.errors import StaleError
from carnet.core.identity import as_id
from carnet.dialects.hydra.classes import Class, body_of
from carnet.dialects.hydra.collections import Collection
from carnet.dialects.hydra.errors import InvalidPathError
from carnet.dialects.hydra.filters import asked_of, is_search
from carnet.http.messages import Answer, Request
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from carnet.core.paging import Asked, Page
    from carnet.core.permissions import Actor, Right
    from carnet.store.database import Database

encode = msgspec.json.Encoder().encode


def moment(value: datetime) -> str:
    """A moment in UTC as this tongue writes it: whole seconds, and `+00:00` rather than `Z`.

    msgspec writes one in 48 ns where `isoformat` takes 830, and a page of tasks has a hundred.
    """
    return encode(value)[1:20].decode() + "+00:00"


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """What a class's operations call: the core's verbs, with this tongue's bodies in and its items out."""

    described: Class
    reads: Right
    writes: Right
    show: Callable[[Database, Actor, Sequence[Any]], list[Any]]
    """The core's records as items, whose `context` is set for one that stands alone."""
    page: Callable[[Database, Actor, Asked], Page[Any]]
    get: Callable[[Database, Actor, str], Any]
    create: Callable[[Database, Actor, dict[str, Any], Request], Any] | None = None
    change: Callable[[Database, Actor, Any, dict[str, Any], Request], Any] | None = None
    remove: Callable[..., int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What this tongue knows of an operation beside how it runs."""

    described: Class | None
    """The class that it is about; None for the documents."""
    kind: str
    """`list`, `item`, `create`, `change`, `delete`, `action` or `document`."""
    names: dict[str, str]
    """The wire's names of the fields that the operation takes."""
    body: dict[str, Any] | None = None
    """The JSON Schema of a body that isn't the class itself."""
    answer: dict[str, Any] | None = None
    """The JSON Schema of an answer that isn't the class itself."""
    refused: dict[str, Any] | None = None
    """The JSON Schema of a 422 that says more than what is wrong."""
    has_etag: bool = True
    """Whether If-Match of the item in the path is heard."""
    query: dict[str, int | None] = field(default_factory=dict)
    """The whole numbers that its query may hold, with what stands for one that isn't there."""
    media: tuple[str, ...] = ("application/json",)
    """The media types of such an answer."""

    @property
    def title(self) -> str:
        """The name of what it is about."""
        return self.described.name if self.described is not None else "Documents"


class Item:
    """One class's operations."""

    def __init__(self, face: Face, *, prefix: bool) -> None:
        self.face = face
        self._collection = Collection(face.described, prefix=prefix)

    def operations(self) -> list[Operation]:
        """Those that the class has."""
        face, described = self.face, self.face.described
        path = described.collection.removeprefix("/api")
        key = described.name
        names = described.names

        def about(kind: str) -> About:
            return About(described=described, kind=kind, names=names)

        found = [
            Operation(
                method="GET",
                path=path,
                name=f"get{key}Collection",
                summary=f"List {described.about}.",
                right=face.reads,
                work=self.list,
                is_apart=is_search,
                about=about("list"),
            ),
            Operation(
                method="GET",
                path=path + "/{id}",
                name=f"get{key}",
                summary="Read one of them.",
                right=face.reads,
                work=self.read,
                about=about("item"),
            ),
        ]
        if face.create is not None:
            found += [
                Operation(
                    method="POST",
                    path=path,
                    name=f"post{key}Collection",
                    summary="Make a new one.",
                    right=face.writes,
                    work=self.create,
                    status=201,
                    about=about("create"),
                ),
                Operation(
                    method="PATCH",
                    path=path + "/{id}",
                    name=f"patch{key}",
                    summary="Change the fields named, by a merge patch (RFC 7396).",
                    right=face.writes,
                    work=self.change,
                    about=about("change"),
                ),
                Operation(
                    method="DELETE",
                    path=path + "/{id}",
                    name=f"delete{key}",
                    summary="Delete one of them.",
                    right=face.writes,
                    work=self.delete,
                    status=204,
                    about=about("delete"),
                ),
            ]
        return found

    def list(self, db: Database, actor: Actor, request: Request) -> Answer:
        """A page of the collection."""
        page = self.face.page(db, actor, asked_of(request, self.face.described.parameters))
        members = self.face.show(db, actor, page.items)
        return Answer(200, self._collection.body(request, page, members))

    def read(self, db: Database, actor: Actor, request: Request) -> Answer:
        """One item, or 304 where the caller has it already."""
        answer = self.shown(db, actor, self.face.get(db, actor, id_of(request)))
        known = request.headers.get(b"if-none-match")
        if known is not None and _names(known, _etag(answer.body), weak=True):
            return Answer(304, headers=answer.headers)
        return answer

    def create(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Make an item."""
        assert self.face.create is not None  # noqa: S101 - only then is this an operation
        record = self.face.create(db, actor, body_of(request), request)
        answer = self.shown(db, actor, record, status=201)
        answer.add(b"location", f"{self.face.described.collection}/{record.id}")
        return answer

    def change(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Change an item."""
        assert self.face.change is not None  # noqa: S101
        record = self.current(db, actor, request)
        return self.shown(db, actor, self.face.change(db, actor, record, body_of(request), request))

    def delete(self, db: Database, actor: Actor, request: Request) -> Answer:
        """Delete an item."""
        assert self.face.remove is not None  # noqa: S101
        record = self.current(db, actor, request)
        self.face.remove(db, actor, record.id, now=request.now)
        return Answer(204)

    def current(self, db: Database, actor: Actor, request: Request) -> Any:  # noqa: ANN401 - the class's record
        """The record that a change is about. Raises StaleError where If-Match names another version of it."""
        record = self.face.get(db, actor, id_of(request))
        expected = request.headers.get(b"if-match")
        if expected is not None and not _names(expected, _etag(self.shown(db, actor, record).body)):
            raise StaleError
        return record

    def shown(self, db: Database, actor: Actor, record: Any, *, status: int = 200) -> Answer:  # noqa: ANN401
        """The answer that shows one record."""
        item = self.face.show(db, actor, [record])[0]
        item.context = f"/api/contexts/{self.face.described.name}"
        body = encode(item)
        return Answer(status, body, [(b"etag", _etag(body)), (b"accept-patch", b"application/merge-patch+json")])


def id_of(request: Request) -> str:
    """The id in the request's path. Raises InvalidPathError for what isn't a uuid."""
    record_id = as_id(request.params["id"])
    if record_id is None:
        raise InvalidPathError
    return record_id


def _etag(body: bytes) -> bytes:
    """A strong entity tag: it changes with every change of the representation, whatever it embeds."""
    return b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'


def _names(header: bytes, etag: bytes, *, weak: bool = False) -> bool:
    """Whether a list of entity tags names this one (RFC 9110, sections 8.8.3.2 and 13.1)."""
    tags = [tag.strip() for tag in header.split(b",")]
    if weak:
        tags = [tag.removeprefix(b"W/") for tag in tags]
    return b"*" in tags or etag in tags
