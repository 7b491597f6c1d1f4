"""A page of a collection as Hydra shows it: total, members, view and search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from carnet.dialects.hydra.filters import limit_of, page_of

if TYPE_CHECKING:
    from carnet.core.paging import Page
    from carnet.dialects.hydra.classes import Class
    from carnet.http.messages import Request

_encode = msgspec.json.Encoder().encode


class Collection:
    """How one class's collection is written, with or without Hydra's prefix."""

    def __init__(self, described: Class, *, prefix: bool) -> None:
        hydra = "hydra:" if prefix else ""
        self._hydra = hydra
        self._path = described.collection
        self._head = {
            "@context": f"/api/contexts/{described.name}",
            "@id": described.collection,
            "@type": f"{hydra}Collection",
        }
        self._search = msgspec.Raw(_encode(_search(described, hydra)))

    def body(self, request: Request, page: Page[Any], members: list[Any]) -> bytes:
        """The page's JSON."""
        hydra = self._hydra
        document = {**self._head, f"{hydra}totalItems": page.total, f"{hydra}member": members}
        view = self._view(request, page.total)
        if view is not None:
            document[f"{hydra}view"] = view
        document[f"{hydra}search"] = self._search
        return _encode(document)

    def _view(self, request: Request, total: int) -> dict[str, str] | None:
        """The links between pages; none where all fits on one and nothing but the page was asked."""
        limit, page = limit_of(request), page_of(request)
        others = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.query if name != "page"]
        last = max(1, -(-total // limit)) if limit else 1
        kind = f"{self._hydra}PartialCollectionView"
        if last == 1:
            return {"@id": self._link(others, None), "@type": kind} if others else None
        view = {
            "@id": self._link(others, page),
            "@type": kind,
            f"{self._hydra}first": self._link(others, 1),
            f"{self._hydra}last": self._link(others, last),
        }
        if page > 1:
            view[f"{self._hydra}previous"] = self._link(others, min(page - 1, last))
        if page < last:
            view[f"{self._hydra}next"] = self._link(others, page + 1)
        return view

    def _link(self, others: list[str], page: int | None) -> str:
        parameters = others if page is None else [*others, f"page={page}"]
        return f"{self._path}?{'&'.join(parameters)}"


def _search(described: Class, hydra: str) -> dict[str, Any]:
    mapping = [
        {
            "@type": "IriTemplateMapping",
            "variable": variable,
            "property": parameter.field_of(variable),
            "required": False,
        }
        for parameter in described.parameters
        for variable in parameter.variables()
    ]
    template = ",".join(str(entry["variable"]) for entry in mapping)
    return {
        "@type": f"{hydra}IriTemplate",
        f"{hydra}template": f"{described.collection}{{?{template}}}",
        f"{hydra}variableRepresentation": "BasicRepresentation",
        f"{hydra}mapping": mapping,
    }
