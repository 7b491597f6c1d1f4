"""How real programs walk through a list: each of them meets each of 210 tasks once (sections 3 and 10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.monica.test_envelope import fill
from tests.monica.things import API, HOST, call, listed, made

if TYPE_CHECKING:
    from tests.conftest import House, Person

TOTAL = 210
EVERY = list(range(1, TOTAL + 1))


@pytest.fixture
def person(house: House) -> Person:
    """Alice, with 210 tasks."""
    fill(house.alice, TOTAL)
    return house.alice


def ids(pages: list[dict[str, Any]]) -> list[int]:
    return [task["id"] for page in pages for task in page["data"]]


def until_the_total(person: Person, query: str, path: str = "/tasks") -> list[dict[str, Any]]:
    """n8n: `page=N&limit=100` until `meta.total` rows are in hand."""
    pages: list[dict[str, Any]] = []
    while not pages or len(ids(pages)) < pages[-1]["meta"]["total"]:
        assert len(pages) <= TOTAL, "an endless loop"
        pages.append(listed(person, f"{path}?page={len(pages) + 1}&{query}"))
    return pages


def until_the_last_page(person: Person, query: str) -> list[dict[str, Any]]:
    """The command-line client: to `meta.last_page`; `monicacrm`: until `current_page` is `last_page`."""
    pages = [listed(person, f"/tasks?page=1&{query}")]
    while pages[-1]["meta"]["current_page"] != pages[-1]["meta"]["last_page"]:
        pages.append(listed(person, f"/tasks?page={pages[-1]['meta']['current_page'] + 1}&{query}"))
    return pages


def until_no_next(person: Person, query: str) -> list[dict[str, Any]]:
    """Whoever follows the links."""
    pages = [listed(person, f"/tasks?{query}")]
    while pages[-1]["links"]["next"]:
        pages.append(listed(person, pages[-1]["links"]["next"].removeprefix(HOST + API)))
    return pages


def until_an_empty_page(person: Person, query: str) -> list[dict[str, Any]]:
    """Whoever goes on until nothing comes."""
    pages = [listed(person, f"/tasks?page=1&{query}")]
    while pages[-1]["data"]:
        pages.append(listed(person, f"/tasks?page={len(pages) + 1}&{query}"))
    return pages


WALKS = [until_the_total, until_the_last_page, until_no_next, until_an_empty_page]


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize(("query", "size"), [("limit=100", 100), ("limit=7", 7), ("", 10), ("limit=70", 70)])
def test_a_walk_meets_each_task_once(anyone: Person, walk: Any, query: str, size: int) -> None:
    fill(anyone, TOTAL)
    pages = walk(anyone, query)
    assert ids(pages) == EVERY
    full = [page for page in pages if page["data"]]
    assert len(full) == -(-TOTAL // size)
    assert {page["meta"]["total"] for page in pages} == {TOTAL}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("sort", ["-created_at", "updated_at", "-updated_at", "completed_at", "-completed_at"])
def test_a_walk_in_another_order_does_too(person: Person, walk: Any, sort: str) -> None:
    for number in (3, 77, 200):
        call(person, "PUT", f"/tasks/{number}", {"title": "x", "completed": 1})
    found = ids(walk(person, f"limit=100&sort={sort}"))
    assert sorted(found) == EVERY
    if sort.endswith("created_at"):
        assert found == EVERY[::-1]
    if sort == "completed_at":
        assert found[-3:] == [3, 77, 200]
    if sort == "-completed_at":
        assert found[:3] == [200, 77, 3]


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_through_what_is_filtered_does_too(person: Person, walk: Any) -> None:
    for number in range(1, TOTAL + 1, 2):
        call(person, "PUT", f"/tasks/{number}", {"title": "x", "completed": 1})
    assert ids(walk(person, "completed=0&limit=20")) == EVERY[1::2]
    assert ids(walk(person, "completed=1&limit=20")) == EVERY[::2]


def test_a_walk_through_the_tasks_of_a_contact(person: Person) -> None:
    contact = made(person, "/contacts")["id"]
    mine = [made(person, "/tasks", contact_id=contact)["id"] for _ in range(23)]
    assert ids(until_the_total(person, "limit=10", f"/contacts/{contact}/tasks")) == mine


def test_a_list_that_shrinks_while_it_is_walked_ends_all_the_same(person: Person) -> None:
    pages = [listed(person, "/tasks?limit=100")]
    for number in range(101, TOTAL + 1):
        call(person, "DELETE", f"/tasks/{number}")
    pages.append(listed(person, "/tasks?limit=100&page=2"))
    assert (pages[1]["data"], pages[1]["meta"]["total"], pages[1]["meta"]["last_page"]) == ([], 100, 1)
    assert pages[1]["links"]["next"] is None
