"""The envelope of a page, its numbers and its links (specification, section 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from carnet.core import tasks
from carnet.core.tasks import TaskDraft
from tests.monica.things import API, HOST, call, listed, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.permissions import Actor
    from carnet.store.database import Database
    from tests.conftest import House, Person

TASKS = HOST + API + "/tasks"
PREVIOUS, NEXT, GAP = "&laquo; Previous", "Next &raquo;", "..."


def _fill(db: Database, actor: Actor, count: int, *, now: Any) -> None:
    for number in range(count):
        tasks.create(db, actor, TaskDraft(title=str(number)), now=now)


def fill(person: Person, count: int) -> None:
    """Make many tasks at once."""
    person.does(_fill, count)


def labels(page: dict[str, Any]) -> list[str]:
    return [link["label"] for link in page["meta"]["links"]]


def test_the_published_example_of_two_tasks(house: House) -> None:
    fill(house.alice, 2)
    page = listed(house.alice, "/tasks/")
    meta = {key: value for key, value in page["meta"].items() if key != "links"}
    assert meta == {
        "current_page": 1,
        "from": 1,
        "last_page": 1,
        "path": TASKS,
        "per_page": 10,
        "to": 2,
        "total": 2,
    }
    assert page["links"] == {"first": f"{TASKS}?page=1", "last": f"{TASKS}?page=1", "prev": None, "next": None}


def test_the_published_envelope_of_three_pages(house: House) -> None:
    fill(house.alice, 25)
    page = listed(house.alice, "/tasks")
    assert len(page.pop("data")) == 10
    assert page == {
        "links": {"first": f"{TASKS}?page=1", "last": f"{TASKS}?page=3", "prev": None, "next": f"{TASKS}?page=2"},
        "meta": {
            "current_page": 1,
            "from": 1,
            "last_page": 3,
            "links": [
                {"url": None, "label": PREVIOUS, "active": False},
                {"url": f"{TASKS}?page=1", "label": "1", "active": True},
                {"url": f"{TASKS}?page=2", "label": "2", "active": False},
                {"url": f"{TASKS}?page=3", "label": "3", "active": False},
                {"url": f"{TASKS}?page=2", "label": NEXT, "active": False},
            ],
            "path": TASKS,
            "per_page": 10,
            "to": 10,
            "total": 25,
        },
    }


def test_an_empty_list_has_one_page_of_nothing(house: House) -> None:
    page = listed(house.alice, "/tasks")
    assert page["data"] == []
    assert page["links"] == {"first": f"{TASKS}?page=1", "last": f"{TASKS}?page=1", "prev": None, "next": None}
    meta = page["meta"]
    assert (meta["current_page"], meta["last_page"], meta["from"], meta["to"], meta["total"]) == (1, 1, None, None, 0)
    assert labels(page) == [PREVIOUS, "1", NEXT]


@pytest.mark.parametrize("total", [1, 9, 10, 11, 19, 20, 21])
def test_rows_are_numbered_through_the_pages(anyone: Person, total: int) -> None:
    fill(anyone, total)
    last = -(-total // 10)
    for number in range(1, last + 1):
        page = listed(anyone, f"/tasks?page={number}")
        meta = page["meta"]
        first, final = number * 10 - 9, min(total, number * 10)
        assert (meta["from"], meta["to"], meta["last_page"], meta["total"]) == (first, final, last, total)
        assert [task["id"] for task in page["data"]] == list(range(first, final + 1))
        assert page["links"]["prev"] == (f"{TASKS}?page={number - 1}" if number > 1 else None)
        assert page["links"]["next"] == (f"{TASKS}?page={number + 1}" if number < last else None)


def test_past_the_end_the_page_before_is_the_one_asked_less_one(anyone: Person) -> None:
    fill(anyone, 25)
    page = listed(anyone, "/tasks?page=9")
    assert page["links"]["prev"] == f"{TASKS}?page=8"
    assert page["links"]["next"] is None
    assert page["meta"]["links"][0] == {"url": f"{TASKS}?page=8", "label": PREVIOUS, "active": False}
    assert not any(link["active"] for link in page["meta"]["links"])
    assert labels(page) == [PREVIOUS, "1", "2", "3", NEXT]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/tasks/", "/tasks"),
        ("/api/tasks", "/tasks"),
        ("/api/tasks/?limit=5", "/tasks"),
        ("/contacts/1/tasks", "/contacts/1/tasks"),
        ("/contacts/1/tasks/", "/contacts/1/tasks"),
        ("/contacts/1/notes?page=2", "/contacts/1/notes"),
        ("/genders", "/genders"),
    ],
)
def test_the_path_is_the_real_one_alone(anyone: Person, path: str, shown: str) -> None:
    made(anyone, "/contacts")
    assert listed(anyone, path)["meta"]["path"] == HOST + API + shown


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("?limit=5", "&limit=5"),
        ("?page=2&limit=5", "&limit=5"),
        ("?limit=5&page=2&sort=-created_at", "&limit=5&sort=-created_at"),
        ("?sort=created_at&page=1&lang=fr&page=2", "&sort=created_at&lang=fr"),
        ("?a[]=1&a[]=2&b=", "&a%5B%5D=1&a%5B%5D=2&b="),
        ("?x=a%20b%26c%2Bd+e", "&x=a%20b%26c%2Bd%20e"),
        ("?x=%C3%A9%22%3C", "&x=%C3%A9%22%3C"),
        ("?completed=0", "&completed=0"),
    ],
)
def test_links_keep_the_other_parameters_behind_the_page(anyone: Person, query: str, others: str) -> None:
    fill(anyone, 12)
    page = listed(anyone, "/tasks" + query)
    urls = [page["links"]["first"], page["links"]["last"], page["links"]["prev"], page["links"]["next"]]
    urls += [link["url"] for link in page["meta"]["links"]]
    for url in filter(None, urls):
        number, _, rest = url.removeprefix(f"{TASKS}?page=").partition("&")
        assert number.isdigit()
        assert "&" + rest == others
        assert call(anyone, "GET", url.removeprefix(HOST + API)).status_code == 200


def test_a_very_long_query_is_kept_too(anyone: Person) -> None:
    fill(anyone, 30)
    page = listed(anyone, f"/tasks?x={'é' * 3_000}")
    assert page["links"]["next"] == f"{TASKS}?page=2&x={'%C3%A9' * 3_000}"


PAGES = [
    (1, 13, [*range(1, 14)]),
    (13, 13, [*range(1, 14)]),
    (1, 14, [*range(1, 11), 0, 13, 14]),
    (7, 14, [*range(1, 11), 0, 13, 14]),
    (8, 14, [1, 2, 0, *range(5, 15)]),
    (14, 14, [1, 2, 0, *range(5, 15)]),
    (99, 14, [1, 2, 0, *range(5, 15)]),
    (7, 15, [*range(1, 11), 0, 14, 15]),
    (8, 15, [1, 2, 0, *range(5, 12), 0, 14, 15]),
    (9, 15, [1, 2, 0, *range(6, 16)]),
    (8, 30, [1, 2, 0, *range(5, 12), 0, 29, 30]),
    (15, 30, [1, 2, 0, *range(12, 19), 0, 29, 30]),
    (23, 30, [1, 2, 0, *range(20, 27), 0, 29, 30]),
    (24, 30, [1, 2, 0, *range(21, 31)]),
    (30, 30, [1, 2, 0, *range(21, 31)]),
]


@pytest.mark.parametrize(("current", "last", "numbers"), PAGES)
def test_of_more_than_thirteen_pages_some_are_left_out(
    anyone: Person, current: int, last: int, numbers: list[int]
) -> None:
    fill(anyone, last)
    links = listed(anyone, f"/tasks?limit=1&page={current}")["meta"]["links"][1:-1]
    assert [link["label"] for link in links] == [str(number) if number else GAP for number in numbers]
    for link, number in zip(links, numbers, strict=True):
        assert link["url"] == (f"{TASKS}?page={number}&limit=1" if number else None)
        assert link["active"] is (number == current)


@pytest.mark.parametrize(
    ("settings", "headers", "base"),
    [
        ({}, {"host": "crm.example:8080"}, "http://crm.example:8080"),
        ({"public_url": "https://public.example/crm"}, {"host": "x"}, "https://public.example/crm"),
        ({}, {"host": "a.example", "x-forwarded-host": "b.example"}, "http://a.example"),
        ({}, {"host": 'bad"host'}, "http://localhost"),
    ],
)
def test_addresses_begin_as_the_request_came_in(
    new_house: Callable[..., House], settings: dict[str, Any], headers: dict[str, str], base: str
) -> None:
    alice = new_house(**settings).alice
    made(alice, "/contacts")
    made(alice, "/tasks", contact_id=1)
    page = call(alice, "GET", "/tasks", headers=headers).json()
    assert page["meta"]["path"] == f"{base}{API}/tasks"
    assert page["links"]["first"] == f"{base}{API}/tasks?page=1"
    assert page["data"][0]["contact"]["url"] == f"{base}{API}/contacts/1"
    root = call(alice, "GET", "", headers=headers).json()["links"]
    assert {urlsplit(url).netloc for url in root.values()} == {urlsplit(base).netloc}


def test_only_a_search_has_its_query_in_the_envelope(anyone: Person) -> None:
    assert "query" not in listed(anyone, "/contacts")["meta"]
    assert "query" not in listed(anyone, "/contacts?query=")["meta"]
    assert "query" not in listed(anyone, "/contacts?query=%20")["meta"]
    assert "query" not in listed(anyone, "/tasks?query=x")["meta"]
    assert listed(anyone, "/contacts?query=Jim+%22x")["meta"]["query"] == 'Jim "x'
