"""Lists that say, beside their pages, how many there were in each year (section 12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from carnet.dialects.monica import lists
from carnet.dialects.monica.resources import Resource
from carnet.http.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carnet.core.permissions import Actor
    from carnet.http.messages import Request
    from carnet.store.database import Database


class PerYear(Protocol):
    """A verb that counts by the year, the workspace's or one contact's."""

    def __call__(self, db: Database, actor: Actor, /, *, contact_id: str | None) -> dict[int, int]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class YearlyResource(Resource):
    """A kind of record that happened at some time."""

    per_year: PerYear

    def listed(
        self, db: Database, actor: Actor, request: Request, wanted: lists.Wanted, filters: Mapping[str, Any]
    ) -> Answer:
        """A page of the list, with the count of each year of the whole list."""
        assert self.page is not None  # noqa: S101 - only then is there a list
        page = self.page(db, actor, wanted.asked(filters))
        (contact_id,) = filters.get("contact_id", (None,))
        counted = self.per_year(db, actor, contact_id=contact_id)
        members = self.show(db, actor, request, page.items)
        return Answer(200, lists.body(request, wanted, page, members, per_year=counted))
