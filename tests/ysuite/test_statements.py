"""How many statements an answer costs: a long list makes as many as a short one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, deals, tags, tasks
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskDraft
from carnet.store.database import Database
from tests.ysuite.things import core_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carnet.core.pipelines import State
    from tests.ysuite.client import Client

LISTS = {"/tasks": 7, "/contacts": 4, "/deals": 7, "/leads": 4, "/pipelines": 4, "/users": 2, "/tags": 3}
"""How many statements a page of each list may cost, the credential's among them."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are made inside."""
    made: list[str] = []
    for name in ("all", "counted"):
        real = getattr(Database, name)

        def spy(self: Database, statement: Any, _real: Any = real, **values: Any) -> Any:
            made.append(statement.bound(self.dialect).text)
            return _real(self, statement, **values)

        monkeypatch.setattr(Database, name, spy)
    yield made
    monkeypatch.undo()


def _cost(client: Client, path: str, query: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> int:
    with counted(monkeypatch) as made:
        client.page(path, **query)
    return len(made)


@pytest.fixture
def full(client: Client) -> Client:
    """A workspace of 120 records of everything, each linked to others of its own."""
    person, bob = client.person, client.house.bob.user.id
    states: list[State] = [core_state(client, f"stage {at}") for at in range(5)]
    for at in range(120):
        bearing = [person.does(tags.create, TagDraft(name=f"tag {at}")).id]
        place = person.does(companies.create, CompanyDraft(name=f"company {at}"))
        somebody = person.does(
            contacts.create, ContactDraft(name=f"person {at}", is_lead=True, owner_id=bob, company_id=place.id)
        )
        bargain = person.does(
            deals.create,
            DealDraft(
                title=f"deal {at}",
                company_id=place.id,
                contact_id=somebody.id,
                owner_id=bob,
                state_id=states[at % 5].id,
                tag_ids=bearing,
            ),
        )
        person.does(
            tasks.create,
            TaskDraft(title=f"task {at}", contact_id=somebody.id, deal_id=bargain.id, assignee_id=bob, tag_ids=bearing),
        )
    return client


def test_a_list_of_a_hundred_costs_as_many_statements_as_one_of_ten(
    full: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries: tuple[dict[str, Any], ...] = (
        {},
        {"search": "a"},
        {"sortBy": "cstid", "sortOrder": "desc"},
        {"pageIndex": 1},
    )
    for path, most in LISTS.items():
        for query in queries:
            few, many = (_cost(full, path, {"pageSize": size, **query}, monkeypatch) for size in (10, 100))
            assert few == many, (path, query)
            assert query or few <= most, path


def test_a_list_without_links_looks_none_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(3):
        client.person.does(tasks.create, TaskDraft(title=f"task {at}"))
    with counted(monkeypatch) as made:
        client.page("/tasks")
    assert len(made) == 2
    with counted(monkeypatch) as made:
        client.page("/tasks", status=9)
    assert len(made) == 1
