"""Everything that `/monica/api` can be asked, in one table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from carnet.dialects.monica import (
    activities,
    activitytypecategories,
    activitytypes,
    calls,
    companies,
    contactfieldtypes,
    contacts,
    genders,
    journal,
    me,
    notes,
    openapi,
    reminders,
    tagging,
    tags,
    tasks,
    upcoming,
)
from carnet.dialects.monica.resources import encode
from carnet.dialects.monica.verbs import About, reading
from carnet.http import openapi as pages
from carnet.http.messages import HTML, Answer

if TYPE_CHECKING:
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.http.operations import Operation
    from carnet.store.database import Database


@cache
def _document() -> dict[str, Any]:
    return openapi.document(OPERATIONS)


def _openapi(_db: Database, _actor: Actor, _request: Request) -> Answer:
    return Answer(200, encode(_document()))


def _page(_db: Database, _actor: Actor, _request: Request) -> Answer:
    return Answer(200, pages.page(_document()), list(pages.SECURITY), HTML)


def _documents() -> list[Operation]:
    described = About(kind="document", key="Documents", answer={"type": "object"})
    shown = About(kind="document", key="Documents", answer={"type": "string"}, media="text/html")
    return [
        reading("/openapi.json", "openapi", "This document.", None, _openapi, described),
        reading("/openapi", "openapiPage", "This document as a page.", None, _page, shown),
    ]


_NOUNS = (
    *(tasks, contacts, tags, tagging, notes, genders, me, activitytypes, contactfieldtypes),
    *(reminders, upcoming, calls, activities, activitytypecategories, journal, companies),
)
OPERATIONS: tuple[Operation, ...] = (
    *(operation for noun in _NOUNS for operation in noun.operations()),
    *_documents(),
)
