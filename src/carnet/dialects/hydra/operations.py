"""Everything that `/api` can be asked, in one table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from carnet.core.errors import NotFoundError
from carnet.dialects.hydra import (
    companies,
    contacts,
    deals,
    emails,
    ledger,
    merging,
    notes,
    openapi,
    pipelines,
    tags,
    tasks,
    users,
    webhooks,
    wizard,
)
from carnet.dialects.hydra.bulk import Bulk
from carnet.dialects.hydra.documents import Documents
from carnet.dialects.hydra.items import About, Item, encode
from carnet.http import openapi as pages
from carnet.http.messages import HTML, JSON, Answer
from carnet.http.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.assist.models import Model
    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.mail.postman import Postman
    from carnet.store.database import Database

CLASSES = (
    companies.CLASS,
    contacts.CLASS,
    tasks.CLASS,
    deals.CLASS,
    notes.CLASS,
    pipelines.PIPELINE,
    pipelines.STATE,
    tags.CLASS,
    users.CLASS,
    webhooks.CLASS,
)
_IN_BULK = (
    *(contacts.FACE, companies.FACE, tasks.FACE, deals.FACE, notes.FACE),
    *(*pipelines.FACES, tags.FACE),
)
LD = b"application/ld+json; charset=utf-8"


def operations_of(*, prefix: bool, model: Model | None = None, postman: Postman | None = None) -> tuple[Operation, ...]:
    """The operations, with or without Hydra's prefix. The most asked stand first: routes are tried in this order."""
    nouns = (tasks, contacts, companies, deals, notes, pipelines, tags, users, webhooks)
    records = [operation for noun in nouns for operation in noun.operations(prefix=prefix)]
    records += wizard.operations(prefix=prefix, model=model)
    records += merging.operations(Item(contacts.FACE, prefix=prefix))
    records += [Bulk(Item(face, prefix=prefix), prefix=prefix).operation() for face in _IN_BULK]
    records += ledger.operations()
    records += emails.Emails(model, postman).operations()
    documents = Documents(CLASSES, prefix=prefix)
    found: list[Operation] = [*records]
    described: dict[str, Any] = {}

    def openapi_document() -> dict[str, Any]:
        if not described:
            described.update(openapi.document(found, CLASSES, prefix=prefix))
        return described

    page = partial(_page, openapi_document)
    found += [
        _document("", "entrypoint", "The collections.", partial(_entrypoint, documents, page)),
        _document("/", "entrypointWithSlash", "The collections.", partial(_entrypoint, documents, page)),
        _document("/index.jsonld", "index", "The collections.", partial(_entrypoint, documents, page)),
        _document("/docs.jsonld", "documentation", "The Hydra documentation.", partial(_docs, documents, page)),
        _document("/docs", "documentationPage", "The Hydra documentation.", partial(_docs, documents, page)),
        _document("/contexts/{name}", "context", "A JSON-LD context.", partial(_context, documents)),
        _document("/openapi.json", "openapi", "This document.", lambda _request: _json(openapi_document()), _JSON),
        _document("/openapi", "openapiPage", "This document as a page.", page, ("text/html",)),
    ]
    return tuple(found)


_JSON = ("application/json",)
_LD_OR_PAGE = ("application/ld+json", "text/html")


def _document(
    path: str, name: str, summary: str, write: Callable[[Request], Answer], media: tuple[str, ...] = _LD_OR_PAGE
) -> Operation:
    def work(_db: Database, _actor: Actor, request: Request) -> Answer:
        return write(request)

    about = About(described=None, kind="document", names={}, answer={}, media=media)
    return Operation(method="GET", path=path, name=name, summary=summary, right=None, work=work, about=about)


def _entrypoint(documents: Documents, page: Callable[[Request], Answer], request: Request) -> Answer:
    return page(request) if request.format == HTML else _ld(documents.entrypoint())


def _docs(documents: Documents, page: Callable[[Request], Answer], request: Request) -> Answer:
    return page(request) if request.format == HTML else _ld(documents.documentation(request.base_url))


def _context(documents: Documents, request: Request) -> Answer:
    name = request.params["name"].removesuffix(".jsonld")
    context = documents.context(name, request.base_url)
    if context is None:
        raise NotFoundError("context", name)
    return _ld(context)


def _page(described: Callable[[], dict[str, Any]], _request: Request) -> Answer:
    return Answer(200, pages.page(described()), list(pages.SECURITY), HTML)


def _ld(document: dict[str, Any]) -> Answer:
    return Answer(200, encode(document), media_type=LD)


def _json(document: dict[str, Any]) -> Answer:
    return Answer(200, encode(document), media_type=JSON)
