"""Everything that `/v1` can be asked, in one table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from carnet.dialects.ysuite import contacts, deals, leads, lookups, openapi, tasks
from carnet.dialects.ysuite.about import About, Kind
from carnet.http import openapi as pages
from carnet.http.messages import HTML, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


@cache
def _described() -> dict[str, Any]:
    return openapi.document(OPERATIONS)


def _document(_db: Database, _actor: Actor, _request: Request) -> Answer:
    return Answer(200, msgspec.json.encode(_described()))


def _page(_db: Database, _actor: Actor, _request: Request) -> Answer:
    return Answer(200, pages.page(_described()), list(pages.SECURITY), HTML)


def _open(path: str, name: str, summary: str, work: Callable[[Database, Actor, Request], Answer]) -> Operation:
    about = About(noun="Document", kind=Kind.DOCUMENT)
    return Operation(method="GET", path=path, name=name, summary=summary, right=None, work=work, about=about)


OPERATIONS: tuple[Operation, ...] = (
    *tasks.operations(),
    *contacts.operations(),
    *deals.operations(),
    *leads.operations(),
    *lookups.operations(),
    _open("/openapi.json", "openapi", "This document.", _document),
    _open("/openapi", "openapiPage", "This document as a page.", _page),
)
