"""Pages, which every list has alike (specification, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import tasks
from carnet.core.tasks import TaskDraft
from tests.ysuite.client import answered, errors, only_data
from tests.ysuite.fields import KEYS, fill

if TYPE_CHECKING:
    from tests.ysuite.client import Client


def many(client: Client, number: int) -> None:
    """That many tasks, quickly."""
    for at in range(number):
        client.person.does(tasks.create, TaskDraft(title=f"task {at}"))


def test_the_published_loop_gets_each_of_210_tasks_once_in_3_calls(client: Client) -> None:
    many(client, 210)
    found: list[int] = []
    calls = index = 0
    total_pages = 1
    while index < total_pages:
        data = only_data(client.get(f"/tasks?pageSize=100&pageIndex={index}"))
        found += [row["activity_id"] for row in data["data"]]
        total_pages = data["total_pages"]
        assert (data["total_records"], data["current_page"]) == (210, index + 1)
        calls += 1
        index += 1
    assert calls == 3
    assert found == list(range(210, 0, -1))
    assert client.page("/tasks")["total_pages"] == 21
    assert client.page("/tasks", pageSize=25)["total_pages"] == 9


def test_the_published_totals_come_out(client: Client) -> None:
    published = {12: 2, 18: 2, 32: 4, 56: 6, 84: 9}
    made = 0
    for total, pages in published.items():
        many(client, total - made)
        made = total
        data = client.page("/tasks")
        assert (data["total_records"], data["total_pages"], len(data["data"])) == (total, pages, 10)
    assert client.page("/tasks", pageSize=25)["total_pages"] == 4


@pytest.mark.parametrize(("path", "key"), KEYS.items())
def test_the_pages_of_every_list_show_each_record_once(client: Client, path: str, key: str) -> None:
    fill(client, 5)
    everything = client.column(path, key)
    ascending = path in {"/pipelines", "/users", "/tags"}
    assert everything == sorted(everything, reverse=not ascending)
    assert len(everything) >= 3
    for size in (1, 2, 4):
        walked: list[int] = []
        pages = -(-len(everything) // size)
        for index in range(pages):
            data = client.page(path, pageSize=size, pageIndex=index)
            assert data["current_page"] == index + 1
            assert (data["total_records"], data["total_pages"]) == (len(everything), pages)
            walked += [row[key] for row in data["data"]]
        assert walked == everything


@pytest.mark.parametrize("path", KEYS)
def test_a_page_past_the_end_is_empty_with_true_totals(client: Client, path: str) -> None:
    fill(client, 2)
    total = client.page(path)["total_records"]
    for index in (5, 1_000_000, 2**31, 2**63 - 1, 2**63, 10**30):
        for more in ({}, {"search": ""}, {"sortBy": "title", "sortOrder": "desc"}):
            data = client.page(path, pageIndex=index, **more)
            assert data == {"data": [], "current_page": index + 1, "total_records": total, "total_pages": 1}
    searched = client.page(path, pageIndex=7, search="e")
    assert searched["data"] == []
    assert searched["total_records"] == client.page(path, search="e")["total_records"]
    assert client.get(path, params={"pageIndex": "9" * 3_000}).status_code == 200


@pytest.mark.parametrize("path", KEYS)
def test_an_empty_list_has_no_pages(client: Client, path: str) -> None:
    for query in ({"search": "nobody is called this"}, {"search": "nobody is called this", "pageIndex": 3}):
        index = int(query.get("pageIndex", 0))  # type: ignore[call-overload]
        empty = {"data": [], "current_page": index + 1, "total_records": 0, "total_pages": 0}
        assert client.page(path, **query) == empty


@pytest.mark.parametrize("path", KEYS)
def test_page_size_and_page_index_are_integers_in_their_bounds(anyone: Client, path: str) -> None:
    for value in ("0", "-1", "-100", "x", "1.5", "1e2", "true", "٣", "--1", "-", "1,2", "null", "0x5", "%00"):
        assert set(errors(anyone.get(path, params={"pageSize": value}))) == {"pageSize"}, value
        if value != "0":
            assert set(errors(anyone.get(path, params={"pageIndex": value}))) == {"pageIndex"}, value
    both = errors(anyone.get(path, params={"pageSize": "0", "pageIndex": "-1"}))
    assert list(both) == ["pageSize", "pageIndex"]
    for value in ("101", "100000", "9" * 30, "9" * 5_000):
        assert answered(anyone.get(path, params={"pageSize": value}))


def test_a_page_size_above_100_is_taken_as_100(client: Client) -> None:
    many(client, 101)
    for size in (100, 101, 10**30):
        data = client.page("/tasks", pageSize=size)
        assert (len(data["data"]), data["total_pages"]) == (100, 2)
