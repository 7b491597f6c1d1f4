"""What every kind of record can be asked: list, show, create, update, delete, and those of one contact."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.core import contacts, records
from carnet.core.errors import NotFoundError
from carnet.core.permissions import require
from carnet.dialects.monica import lists
from carnet.dialects.monica.verbs import About, reading, writing
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from carnet.core.paging import Asked, Page
    from carnet.core.permissions import Actor, Right
    from carnet.core.records import Noun
    from carnet.dialects.monica.fields import Form
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database

MOUNT = "/monica/api"
encode = msgspec.json.Encoder().encode
_NUMBER = re.compile(r"[1-9][0-9]{0,18}")


def nothing_more(_request: Request) -> dict[str, Any]:
    """The filters of a list that a query doesn't narrow."""
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One kind of record: the core's verbs, with this tongue's fields in and its objects out.

    What a kind can't be asked, it has no function for.
    """

    path: str
    """Of its list: `/tasks`."""
    key: str
    """Its name in those of operations and schemas: `Task`."""
    about: str
    noun: Noun[Any]
    reads: Right
    writes: Right
    shown: type[msgspec.Struct]
    show: Callable[[Database, Actor, Request, Sequence[Any]], Sequence[Any]]
    """The core's records as objects, each an instance of `shown`."""
    get: Callable[[Database, Actor, str], Any]
    page: Callable[[Database, Actor, Asked], Page[Any]] | None = None
    created: Form | None = None
    create: Callable[[Database, Actor, Request, dict[str, Any]], Any] | None = None
    """Reads the fields by the form `created`, makes one, and gives it."""
    changed: Form | None = None
    change: Callable[[Database, Actor, Request, Any, dict[str, Any]], Any] | None = None
    """Reads the fields by the form `changed`, changes the one given, and gives it as it is then."""
    remove: Callable[..., int] | None = None
    status: int = 201
    """Of what was created."""
    size: int = lists.PAGE_SIZE
    sorts: Mapping[str, str] = field(default_factory=lambda: lists.SORTS)
    filters: Callable[[Request], dict[str, Any]] = nothing_more
    """What the query narrows the list by, in the core's words."""
    searched: Callable[[Request], str] = lambda _request: ""
    """The text that the query searches for, which may take long."""
    query: Mapping[str, str] = field(default_factory=dict)
    """The parameters of the query that `filters` reads, and what they do."""

    def operations(self) -> list[Operation]:
        """Those that the kind has."""
        return [*self._of_list(), *self._of_item()]

    def _of_list(self) -> list[Operation]:
        found = []
        if self.page is not None:
            about = self.describe("list", query=self.query)
            name, summary = f"list{self.key}s", f"List {self.about}."
            is_apart = lambda request: bool(self.searched(request))  # noqa: E731
            found.append(reading(self.path, name, summary, self.reads, self.list, about, is_apart=is_apart))
        if self.create is not None:
            found.append(self.creating(self.path, f"create{self.key}"))
        return found

    def _of_item(self) -> list[Operation]:
        path, key = self.path + "/{id}", self.key
        about = self.describe("item")
        found = [reading(path, f"get{key}", "Show one of them.", self.reads, self.read, about)]
        if self.change is not None:
            changes = self.describe("change", form=self.changed)
            found += [
                writing("PUT", path, f"update{key}", "Change it.", self.writes, self.update, changes),
                writing("PATCH", path, f"patch{key}", "The same as PUT.", self.writes, self.update, changes),
            ]
        if self.remove is not None:
            gone = self.describe("delete", answer=DELETED)
            found.append(writing("DELETE", path, f"delete{key}", "Delete it.", self.writes, self.delete, gone))
        return found

    def creating(self, path: str, name: str) -> Operation:
        """A POST to a path: its own, or an alias."""
        about = self.describe("create", form=self.created)
        return writing("POST", path, name, "Make a new one.", self.writes, self.make, about, status=self.status)

    def of_contact(self, path: str) -> Operation:
        """The list of those that hang on one contact."""

        def work(db: Database, actor: Actor, request: Request) -> Answer:
            wanted = lists.wanted(request, self.sorts, self.size)
            contact_id = records.id_of(db, actor, contacts.NOUN, number_of(request))
            return self.listed(db, actor, request, wanted, {**self.filters(request), "contact_id": [contact_id]})

        about, summary = self.describe("list", query=self.query), f"List {self.about}, of one contact."
        return reading(path, f"list{self.key}sOfContact", summary, self.reads, work, about)

    def describe(self, kind: str, **more: Any) -> About:  # noqa: ANN401 - the fields of About
        """What an operation of this kind of record is about."""
        shown = None if "answer" in more else self.shown
        return About(kind=kind, key=self.key, sorts=self.sorts, shown=shown, **more)

    def list(self, db: Database, actor: Actor, request: Request) -> Answer:
        """A page of the list."""
        wanted = lists.wanted(request, self.sorts, self.size)
        return self.listed(db, actor, request, wanted, self.filters(request))

    def listed(
        self, db: Database, actor: Actor, request: Request, wanted: lists.Wanted, filters: Mapping[str, Any]
    ) -> Answer:
        """A page of the list, narrowed."""
        assert self.page is not None  # noqa: S101 - only then is there a list
        page = self.page(db, actor, wanted.asked(filters))
        members = self.show(db, actor, request, page.items)
        return Answer(200, lists.body(request, wanted, page, members, self.searched(request)))

    def read(self, db: Database, actor: Actor, request: Request) -> Answer:
        """One of them."""
        return self.answer(db, actor, request, self.found(db, actor, request))

    def make(self, db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Answer:
        """Make one."""
        assert self.create is not None  # noqa: S101 - only then is this an operation
        return self.answer(db, actor, request, self.create(db, actor, request, given), status=self.status)

    def update(self, db: Database, actor: Actor, request: Request, given: dict[str, Any]) -> Answer:
        """Change one."""
        assert self.change is not None  # noqa: S101
        record = self.found(db, actor, request)
        return self.answer(db, actor, request, self.change(db, actor, request, record, given))

    def delete(self, db: Database, actor: Actor, request: Request, _given: dict[str, Any]) -> Answer:
        """Delete one."""
        assert self.remove is not None  # noqa: S101
        record = self.found(db, actor, request)
        self.remove(db, actor, record.id, now=request.now)
        return Answer(200, encode({"deleted": True, "id": record.number}))

    def found(self, db: Database, actor: Actor, request: Request) -> Any:  # noqa: ANN401 - the kind's record
        """The record that the path names. Raises NotFoundError."""
        require(actor, self.reads)  # before the number is looked up: nobody else learns which there are
        return self.get(db, actor, records.id_of(db, actor, self.noun, number_of(request)))

    def answer(self, db: Database, actor: Actor, request: Request, record: Any, *, status: int = 200) -> Answer:  # noqa: ANN401
        """The answer that shows one record."""
        return Answer(status, encode({"data": self.show(db, actor, request, [record])[0]}))


DELETED = {
    "type": "object",
    "required": ["deleted", "id"],
    "properties": {"deleted": {"const": True}, "id": {"type": "integer"}},
}


def number_of(request: Request) -> int:
    """The number in the request's path. Raises NotFoundError for what is no positive integer."""
    text = request.params["id"]
    if not _NUMBER.fullmatch(text):
        raise NotFoundError("record", text)
    return int(text)


class Account(msgspec.Struct, frozen=True, gc=False):
    """The workspace that a record belongs to."""

    id: int
