"""What this tongue knows of an operation beside how it runs: how errors are worded and how OpenAPI describes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from carnet.core.permissions import require
from carnet.dialects.ysuite.lists import is_search
from carnet.dialects.ysuite.values import as_integer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import msgspec

    from carnet.core.permissions import Actor, Right
    from carnet.dialects.ysuite.lists import Parameter
    from carnet.dialects.ysuite.values import Field
    from carnet.http.messages import Answer, Request
    from carnet.store.database import Database

    Work = Callable[[Database, Actor, Request], Answer]

LARGEST_BODY = 1024 * 1024


class Kind(Enum):
    """What kind of answer an operation gives."""

    LIST = "list"
    ITEM = "item"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """One operation, described."""

    noun: str
    """What the path names, as messages say it: `Task`."""
    kind: Kind
    answer: type[msgspec.Struct] | None = None
    """The record in the answer."""
    fields: Sequence[Field] = ()
    """What a body may say."""
    parameters: Sequence[Parameter] = ()
    """What a query may say."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The wire's names of the core's fields."""

    def like(self, kind: Kind, **changed: Any) -> About:  # noqa: ANN401 - any of the fields
        """Another operation on the same noun."""
        same = {"noun": self.noun, "answer": self.answer, "names": self.names}
        return About(**{**same, "kind": kind, **changed})


@dataclass(frozen=True, slots=True)
class Asks:
    """Makes the operations on one noun, which differ in little."""

    about: About
    path: str
    reads: Right
    writes: Right

    def list(self, work: Work, parameters: Sequence[Parameter]) -> Operation:
        """A page of a list."""
        about = self.about.like(Kind.LIST, parameters=parameters)
        return self._operation("GET", "list", f"List {self._many}.", work, about, item=False)

    def read(self, work: Work, answer: type[msgspec.Struct] | None = None) -> Operation:
        """One record."""
        about = self.about.like(Kind.ITEM, **({"answer": answer} if answer else {}))
        return self._operation("GET", "get", f"Read a {self._one}.", work, about)

    def create(self, work: Work, fields: Sequence[Field], answer: type[msgspec.Struct]) -> Operation:
        """Make a record."""
        about = self.about.like(Kind.CREATE, fields=fields, answer=answer)
        return self._operation("POST", "create", f"Make a {self._one}.", work, about, item=False)

    def change(self, work: Work, fields: Sequence[Field], answer: type[msgspec.Struct]) -> Operation:
        """Change a record."""
        about = self.about.like(Kind.CHANGE, fields=fields, answer=answer)
        return self._operation("PUT", "update", f"Change the fields named of a {self._one}.", work, about)

    def delete(self, work: Work) -> Operation:
        """Delete a record."""
        return self._operation("DELETE", "delete", f"Delete a {self._one}.", work, self.about.like(Kind.DELETE))

    @property
    def _one(self) -> str:
        return self.about.noun.lower()

    @property
    def _many(self) -> str:
        return self.path.removeprefix("/")

    def _operation(
        self, method: str, verb: str, summary: str, work: Work, about: About, *, item: bool = True
    ) -> Operation:
        noun = self.about.noun if verb != "list" else self._many.capitalize()
        if item and method != "GET":
            work = partial(_reading_first, self.reads, work)
        return Operation(
            method=method,
            path=self.path + ("/{id}" if item else ""),
            name=verb + noun,
            summary=summary,
            right=self.reads if method == "GET" else self.writes,
            work=work,
            largest_body=LARGEST_BODY,
            is_apart=is_search if about.kind is Kind.LIST else None,
            about=about,
        )


def _reading_first(reads: Right, work: Work, db: Database, actor: Actor, request: Request) -> Answer:
    """Change a record only for those who may read it: nobody else learns which numbers there are."""
    require(actor, reads)
    return work(db, actor, request)


def number_of(request: Request) -> int:
    """The id in the request's path; for what is no positive integer 0, which nobody has."""
    return as_integer(request.params["id"]) or 0
