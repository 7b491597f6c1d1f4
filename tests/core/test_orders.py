"""Every order of every list: what comes first in Python comes first on both databases, whatever is alike or missing."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, deals, directory, notes, paging, pipelines, records, tags, tasks, users
from carnet.core.paging import Asked, Least
from carnet.core.search import fold
from tests.core.things import listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House

    Key = Callable[[Any], Any]
    """What a record is sorted by; None where it has nothing of the kind."""

SIZE = 9


class _Keys:
    """What the records of a full house are sorted by, in plain Python."""

    def __init__(self, house: House) -> None:
        alice = house.alice
        self.members = {member.id: member for member in alice.sees(users.members)}
        self.parties = {party.id: party for party in listed(alice, directory.page)}
        self.deals = {deal.id: deal for deal in listed(alice, deals.page)}
        self.states = alice.sees(records.numbers_of, pipelines.STATE, [deal.state_id for deal in self.deals.values()])
        self.pipelines = alice.sees(
            records.numbers_of, pipelines.PIPELINE, [deal.pipeline_id for deal in self.deals.values()]
        )

    def of(self, noun: Any) -> dict[str, Key]:
        """The keys of a noun's orders."""
        every: dict[str, Key] = {name: attrgetter(name) for name in ("created_at", "updated_at", "number")}
        own: dict[Any, dict[str, Key]] = {
            contacts: self._of_contacts(),
            companies: {"name": _folded("name")},
            directory: {
                "name": _folded("name"),
                "email": _lines("emails"),
                "phone": _phones,
                "kind": lambda each: each.is_company,
            },
            deals: self._of_deals(),
            notes: {"favorited_at_or_never": attrgetter("favorited_at")},
            tags: {"name": _folded("name")},
            tasks: self._of_tasks(),
        }
        return {
            name: key for name, key in (every | own[noun]).items() if name in noun.LISTING.orders or name in own[noun]
        }

    def _of_contacts(self) -> dict[str, Key]:
        return {
            "name": _folded("name"),
            "company": _folded("company"),
            "email": _lines("emails"),
            "status": lambda each: list(contacts.Status).index(each.status),
            "lead_status": lambda each: _LEADS[each.status],
            "lead_source": lambda each: _ascii_lower(_kept(each, "lead_source")),
            "lead_company_name": lambda each: _ascii_lower(_kept(each, "lead_company_name")),
            "owner": self._owner,
        }

    def _of_deals(self) -> dict[str, Key]:
        return {
            "title": _folded("title"),
            "amount": attrgetter("amount_cents"),
            "source": lambda each: _ascii_lower(each.source),
            "expected_close_on": attrgetter("expected_close_on"),
            "state": lambda each: self.states.get(each.state_id),
            "pipeline": lambda each: self.pipelines.get(each.pipeline_id),
            "party": lambda each: self._number(each.company_id or each.contact_id),
            "owner": self._owner,
        }

    def _of_tasks(self) -> dict[str, Key]:
        return {
            "due_at": attrgetter("due_at"),
            "starts_at": attrgetter("starts_at"),
            "completed_at": attrgetter("completed_at"),
            "completed_at_or_never": attrgetter("completed_at"),
            "priority": lambda each: list(tasks.Priority).index(each.priority),
            "status": lambda each: list(tasks.Status).index(each.status),
            "title": _folded("title"),
            "shown_start": lambda each: each.starts_at or each.due_at,
            "shown_end": lambda each: each.due_at if each.due_at != (each.starts_at or each.due_at) else None,
            "party": lambda each: self._number(each.contact_id or each.company_id),
            "deal": lambda each: self.deals[each.deal_id].number if each.deal_id else None,
            "assignee": lambda each: self.members[each.assignee_id].number if each.assignee_id else None,
        }

    def _owner(self, each: Any) -> bytes | None:
        return _ascii_lower(self.members[each.owner_id].name if each.owner_id else None)

    def _number(self, party_id: str | None) -> int | None:
        return self.parties[party_id].number if party_id else None


def _folded(name: str) -> Key:
    def key(each: Any) -> bytes | None:
        value = getattr(each, name)
        return None if value is None else fold(value).encode()

    return key


def _lines(name: str) -> Key:
    return lambda each: fold("\n".join(getattr(each, name))).encode() or None


def _phones(each: Any) -> bytes | None:
    digits = ["".join(filter(str.isdigit, phone)) for phone in each.phones]
    return fold("\n".join(line for line in (*each.phones, *digits) if line)).encode() or None


def _kept(each: Any, name: str) -> str | None:
    found: str | None = ((each.extras or {}).get("ysuite") or {}).get(name)
    return found


def _ascii_lower(text: str | None) -> bytes | None:
    return None if text is None else text.encode().lower()


_LEADS = {"pending": 0, "enriched": 0, "contacted": 1, "qualified": 2, "lost": 3, "converted": 4}
NOUNS = (contacts, companies, directory, deals, notes, tags, tasks)


def _sorted(everything: list[Any], key: Key, *, descending: bool, nulls_least: bool) -> list[Any]:
    """Those without a key last, or where they are the least, where the least are; ties by number."""
    by_number = sorted(everything, key=attrgetter("number"))
    keyed = [each for each in by_number if key(each) is not None]
    without = [each for each in by_number if key(each) is None]
    ordered = sorted(keyed, key=key, reverse=descending)
    return without + ordered if nulls_least and not descending else ordered + without


@pytest.mark.parametrize("little", [2_000, 0])
def test_each_order_is_that_of_a_plain_sort_on_every_page(
    filled: House, monkeypatch: pytest.MonkeyPatch, little: int
) -> None:
    """Filtered lists are gathered and sorted where little is found, and walked in order where much is."""
    monkeypatch.setattr(paging, "_LITTLE", little)
    keys = _Keys(filled)
    for noun in NOUNS:
        everything = listed(filled.alice, noun.page)
        of = keys.of(noun)
        assert of.keys() == noun.LISTING.orders.keys()
        filters = {"id": [each.id for each in everything]} if "id" in noun.LISTING.filters else {"kind": _BOTH}
        for name, key in of.items():
            least = isinstance(noun.LISTING.orders[name], Least)
            for descending in (False, True):
                expected = _sorted(everything, key, descending=descending, nulls_least=least)
                for narrowed in ({}, filters):
                    walked = _walked(filled, noun, len(expected), filters=narrowed, order=((name, descending),))
                    assert walked == [each.number for each in expected], (noun.__name__, name, descending, narrowed)


_BOTH = ["person", "company"]


def _walked(house: House, noun: Any, total: int, **asked: Any) -> list[int]:
    found: list[int] = []
    for offset in range(0, total, SIZE):
        page = house.alice.sees(noun.page, Asked(limit=SIZE, offset=offset, **asked))
        assert page.total == total
        found += [each.number for each in page.items]
    return found


def test_a_second_order_settles_what_the_first_leaves_open(filled: House) -> None:
    keys = _Keys(filled).of(deals)
    everything = listed(filled.alice, deals.page)
    for first, second in (("source", "amount"), ("owner", "expected_close_on"), ("state", "number")):
        for descending in (False, True):
            inner = _sorted(everything, keys[second], descending=descending, nulls_least=False)
            expected = [each for each in inner if keys[first](each) is not None]
            expected.sort(key=keys[first])
            expected += [each for each in inner if keys[first](each) is None]
            assert listed(filled.alice, deals.page, order=((first, False), (second, descending))) == expected
