"""Operations of this tongue: the query is checked and the body is read before the work (the order of section 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from carnet.dialects.monica import input as sent
from carnet.dialects.monica import lists
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carnet.core.permissions import Actor, Right
    from carnet.dialects.monica.fields import Form
    from carnet.http.messages import Answer, Request
    from carnet.store.database import Database

    Reading = Callable[[Database, Actor, Request], Answer]


class Writing(Protocol):
    """Work that takes the fields that were sent."""

    def __call__(self, db: Database, actor: Actor, request: Request, given: dict[str, Any], /) -> Answer: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What this tongue knows of an operation beside how it runs."""

    kind: str
    """`list`, `item`, `create`, `change`, `delete`, `action` or `document`."""
    key: str
    """The kind of record that it is about: `Task`."""
    sorts: Mapping[str, str] = field(default_factory=lambda: lists.SORTS)
    """What the query may sort by; one that can't is refused even where nothing is sorted, as in Monica."""
    form: Form | None = None
    """The fields that it takes."""
    shown: Any = None
    """The Struct of what it answers, the member's where it is a list."""
    answer: Mapping[str, Any] | None = None
    """The JSON Schema of an answer that no Struct describes."""
    query: Mapping[str, str] = field(default_factory=dict)
    """The parameters of the query beside those of every list, and what they do."""
    media: str = "application/json"

    @property
    def names(self) -> Mapping[str, str]:
        """The wire's names of the core's fields."""
        return self.form.names if self.form is not None else {}


def reading(
    path: str,
    name: str,
    summary: str,
    right: Right | None,
    work: Reading,
    about: About,
    *,
    is_apart: Callable[[Request], bool] | None = None,
) -> Operation:
    """A GET."""

    def run(db: Database, actor: Actor, request: Request) -> Answer:
        if request.query_string:
            lists.wanted(request, about.sorts)
        return work(db, actor, request)

    return Operation(
        method="GET",
        path=path,
        name=name,
        summary=summary,
        right=right,
        work=run if about.kind not in {"list", "document"} else work,
        is_apart=is_apart,
        about=about,
    )


def writing(  # noqa: PLR0913
    method: str,
    path: str,
    name: str,
    summary: str,
    right: Right,
    work: Writing,
    about: About,
    *,
    status: int = 200,
) -> Operation:
    """A change, whose query was checked and whose body was read before the transaction began."""

    def run(db: Database, actor: Actor, request: Request) -> Answer:
        return work(db, actor, request, request.said)

    return Operation(
        method=method,
        path=path,
        name=name,
        summary=summary,
        right=right,
        work=run,
        status=status,
        largest_body=sent.LARGEST_BODY,
        about=about,
    )
