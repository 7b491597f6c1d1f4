"""Lists: what a query asks of one, and the envelope that a page of it comes in (section 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from carnet.core.identity import LARGEST_NUMBER
from carnet.core.paging import Asked
from carnet.dialects.monica.errors import LimitError, SortError
from carnet.http.messages import read_query

if TYPE_CHECKING:
    from carnet.core.paging import Page
    from carnet.http.messages import Request

LARGEST_PAGE = 100
PAGE_SIZE = 15
SORTS = {"created_at": "number", "updated_at": "updated_at"}
"""What every list can be sorted by: the wire's words and the core's. Numbers are given in the order of creation."""

_WHOLE = re.compile(r"[+-]?[0-9]+")
_LONGEST = 19
_encode = msgspec.json.Encoder().encode


class Wanted(msgspec.Struct, frozen=True):
    """The page that a query asks for."""

    page: int
    size: int
    order: tuple[tuple[str, bool], ...]

    def asked(self, filters: Mapping[str, Any]) -> Asked:
        """The same of the core, narrowed."""
        return Asked(filters=filters, order=self.order, limit=self.size, offset=(self.page - 1) * self.size)


_BY_NUMBER = (("number", False),)


def wanted(request: Request, sorts: Mapping[str, str], size: int = PAGE_SIZE) -> Wanted:
    """What the query asks. Raises SortError or LimitError, in that order."""
    if not request.query_string:
        return Wanted(1, size, _BY_NUMBER)
    query = dict(request.query)
    order = _order(query["sort"].strip(), sorts) if "sort" in query else _BY_NUMBER
    return Wanted(_page(query.get("page", "").strip()), _size(query.get("limit", "").strip(), size), order)


def _order(word: str, sorts: Mapping[str, str]) -> tuple[tuple[str, bool], ...]:
    descending = word.startswith("-")
    name = sorts.get(word.removeprefix("-"))
    if name is None:
        raise SortError
    by_number = ("number", descending)
    return (by_number,) if name == "number" else ((name, descending), by_number)


def _size(text: str, default: int) -> int:
    if not text:
        return default
    if not _WHOLE.fullmatch(text):
        raise LimitError
    if text.startswith("-"):
        return default
    digits = text.lstrip("+0")
    if len(digits) > len(str(LARGEST_PAGE)) or int(digits or 0) > LARGEST_PAGE:
        raise LimitError
    return int(digits or 0) or default


def _page(text: str) -> int:
    number = int(text) if len(text) <= _LONGEST and _WHOLE.fullmatch(text) else 1
    return number if 1 <= number <= LARGEST_NUMBER else 1


class PageLink(msgspec.Struct, gc=False):
    """One of the links between pages."""

    url: str | None
    label: str
    active: bool


class Ends(msgspec.Struct, gc=False):
    """The links to the ends and to the neighbours."""

    first: str
    last: str
    prev: str | None
    next: str | None


@lru_cache(256)
def _linked(path: str, others: str, current: int, last: int) -> tuple[msgspec.Raw, msgspec.Raw]:
    """The links of `meta` and those to the ends and the neighbours: the same as long as there are as many pages."""
    head = f"{path}?page="
    previous = f"{head}{current - 1}{others}" if current > 1 else None
    following = f"{head}{current + 1}{others}" if current < last else None
    links = [
        PageLink(previous, "&laquo; Previous", active=False),
        *(
            PageLink(f"{head}{number}{others}", str(number), number == current) if number else _GAP
            for number in _numbers(current, last)
        ),
        PageLink(following, "Next &raquo;", active=False),
    ]
    ends = Ends(f"{head}1{others}", f"{head}{last}{others}", previous, following)
    return msgspec.Raw(_encode(links)), msgspec.Raw(_encode(ends))


class Meta(msgspec.Struct, gc=False, rename={"first_row": "from", "last_row": "to"}):
    """Which page it is, and of how many."""

    current_page: int
    first_row: int | None
    last_page: int
    links: msgspec.Raw
    path: str
    per_page: int
    last_row: int | None
    total: int
    query: str | msgspec.UnsetType = msgspec.UNSET
    statistics: Mapping[int, int] | msgspec.UnsetType = msgspec.UNSET


class Envelope(msgspec.Struct, gc=False):
    """A page of a list."""

    data: Sequence[Any]
    links: msgspec.Raw
    meta: Meta


def body(
    request: Request,
    wanted: Wanted,
    page: Page[Any],
    members: Sequence[Any],
    searched: str = "",
    *,
    per_year: Mapping[int, int] | msgspec.UnsetType = msgspec.UNSET,
) -> bytes:
    """The page's JSON; `searched` is the text of a search, `per_year` how many there are of each year."""
    path = request.base_url + request.path
    current, before = wanted.page, (wanted.page - 1) * wanted.size
    last = max(1, -(-page.total // wanted.size))
    is_short = len(request.query_string) < _REMEMBERED
    others = (_others if is_short else _others.__wrapped__)(request.query_string)
    links, ends = (_linked if is_short else _linked.__wrapped__)(path, others, current, last)
    first_row, last_row = (before + 1, before + len(members)) if members else (None, None)
    meta = Meta(
        current, first_row, last, links, path, wanted.size, last_row, page.total, searched or msgspec.UNSET, per_year
    )
    return _encode(Envelope(members, ends, meta))


_REMEMBERED = 200
"""How long a query may be whose links are remembered."""
_GAP = PageLink(None, "...", False)  # noqa: FBT003
_ALL = 13
_NEAR = 7
_RUN = 10
_SIDE = 3


def _numbers(current: int, last: int) -> list[int]:
    """The pages that are linked to, 0 for a gap."""
    if last <= _ALL:
        return list(range(1, last + 1))
    if current <= _NEAR:
        return [*range(1, _RUN + 1), 0, last - 1, last]
    if current > last - _NEAR:
        return [1, 2, 0, *range(last - _RUN + 1, last + 1)]
    return [1, 2, 0, *range(current - _SIDE, current + _SIDE + 1), 0, last - 1, last]


@lru_cache(256)
def _others(query_string: bytes) -> str:
    """The query's other parameters, to follow the page's number."""
    return "".join(
        f"&{quote(name, safe='')}={quote(value, safe='')}" for name, value in read_query(query_string) if name != "page"
    )
