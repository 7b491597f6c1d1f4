"""Paging, sorting and search, which every list has alike (specification, section 4)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, deals, tags, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.deals import DealDraft
from carnet.core.tags import TagDraft
from carnet.core.tasks import TaskDraft
from carnet.dialects.ysuite import contacts as ysuite_contacts
from carnet.dialects.ysuite import deals as ysuite_deals
from carnet.dialects.ysuite import leads as ysuite_leads
from carnet.dialects.ysuite import tasks as ysuite_tasks
from tests.ysuite.client import Client, answered, errors, only_data
from tests.ysuite.things import company, deal, lead, person, pipeline, tag, task

if TYPE_CHECKING:
    from tests.conftest import House

LISTS = {
    "/tasks": "activity_id",
    "/contacts": "cstid",
    "/deals": "deal_id",
    "/leads": "cstid",
    "/pipelines": "pipeline_id",
    "/users": "user_id",
    "/tags": "tag_id",
}
SORTS = {
    "/tasks": ysuite_tasks.SORTS,
    "/contacts": ysuite_contacts.SORTS,
    "/deals": ysuite_deals.SORTS,
    "/leads": ysuite_leads.SORTS,
}
PUBLISHED_SORTS = {
    "/tasks": (
        *("activity_id", "title", "status", "priority", "start_datetime", "end_datetime", "cstid", "deal_id"),
        "assigned_user_id",
    ),
    "/contacts": ("cstid", "cstname", "cstemail", "cstmobile", "contact_type", "cstcreated_on"),
    "/deals": (
        *("deal_id", "deal_name", "deal_amount", "deal_source", "deal_expected_close_date", "pipeline_id"),
        *("deal_current_stage", "cstid", "owner"),
    ),
    "/leads": (
        *("cstid", "ct_number", "cstname", "cstemail", "lead_status", "lead_source", "lead_company_name", "owner"),
        "cstcreated_on",
    ),
}


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


@pytest.mark.parametrize(("path", "key"), LISTS.items())
def test_the_pages_of_every_list_show_each_record_once(client: Client, path: str, key: str) -> None:
    _fill(client, 5)
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


@pytest.mark.parametrize("path", LISTS)
def test_a_page_past_the_end_is_empty_with_true_totals(client: Client, path: str) -> None:
    _fill(client, 2)
    total = client.page(path)["total_records"]
    for index in (5, 1_000_000, 2**31, 2**63 - 1, 2**63, 10**30):
        for more in ({}, {"search": ""}, {"sortBy": "title", "sortOrder": "desc"}):
            data = client.page(path, pageIndex=index, **more)
            assert data == {"data": [], "current_page": index + 1, "total_records": total, "total_pages": 1}
    searched = client.page(path, pageIndex=7, search="e")
    assert searched["data"] == []
    assert searched["total_records"] == client.page(path, search="e")["total_records"]
    assert client.get(path, params={"pageIndex": "9" * 3_000}).status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_has_no_pages(client: Client, path: str) -> None:
    for query in ({"search": "nobody is called this"}, {"search": "nobody is called this", "pageIndex": 3}):
        index = int(query.get("pageIndex", 0))  # type: ignore[call-overload]
        empty = {"data": [], "current_page": index + 1, "total_records": 0, "total_pages": 0}
        assert client.page(path, **query) == empty


@pytest.mark.parametrize("path", LISTS)
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


def test_the_whitelists_of_sort_fields_are_the_published_ones() -> None:
    assert {path: tuple(sorts) for path, sorts in SORTS.items()} == {
        path: tuple(sorts) for path, sorts in _in_table_order(PUBLISHED_SORTS).items()
    }


def _in_table_order(published: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    for path, names in published.items():
        assert set(names) == set(SORTS[path])
    return {path: [name for name in SORTS[path] if name in names] for path, names in published.items()}


def test_a_field_that_cannot_be_sorted_by_leaves_the_default_order(client: Client) -> None:
    _fill(client, 3)
    bad = ("nonsense", "number", "TITLE", "title;drop", "description", "tags", "'", "%00", "created_at", "title desc")
    for path, key in LISTS.items():
        default = client.column(path, key)
        for name in (*bad, *(["pipeline_name", "name", "tag_name"] if path not in SORTS else [])):
            for order in ("", "asc", "desc", "x"):
                if name in SORTS.get(path, {}):
                    continue
                assert client.column(path, key, sortBy=name, sortOrder=order) == default
        assert client.column(path, key, sortOrder="asc") == default
        assert client.column(path, key, sortOrder="desc") == default


@pytest.mark.parametrize("path", SORTS)
def test_every_sort_is_in_order_with_nulls_last_and_ties_newest_first(client: Client, path: str) -> None:
    _varied(client)
    key = LISTS[path]
    for name in SORTS[path]:
        ascending = client.rows(path, sortBy=name)
        descending = client.rows(path, sortBy=name, sortOrder="desc")
        for spelled in ("asc", "ASC", "Asc", "nonsense", ""):
            assert client.rows(path, sortBy=name, sortOrder=spelled) == ascending
        for spelled in ("DESC", "Desc"):
            assert client.rows(path, sortBy=name, sortOrder=spelled) == descending
        _hold_order(ascending, name, key, descending=False)
        _hold_order(descending, name, key, descending=True)
        assert {row[key] for row in ascending} == {row[key] for row in descending}
        walked = [
            row[key]
            for index in range(len(ascending))
            for row in client.page(path, sortBy=name, pageSize=2, pageIndex=index)["data"]
        ]
        assert walked == [row[key] for row in ascending], name
        if name != "deal_current_stage":
            assert len({repr(row[name]) for row in ascending}) > 1, name


_STATUSES = ("New", "Contacted", "Qualified", "Lost", "Converted")


def _hold_order(rows: list[dict[str, Any]], name: str, key: str, *, descending: bool) -> None:
    for one, other in pairwise(rows):
        left, right = one[name], other[name]
        if left is None or right is None:
            assert right is None, (name, rows)
            if left is None:
                assert one[key] > other[key]
            continue
        left, right = _ranked(name, left), _ranked(name, right)
        if left == right:
            assert one[key] > other[key], (name, one, other)
        else:
            assert (left > right) is descending, (name, one, other)


def _ranked(name: str, value: Any) -> Any:
    if name == "lead_status":
        return _STATUSES.index(value)
    return value.lower() if isinstance(value, str) else value


def _varied(client: Client) -> None:
    """Records of which every sorted field has several values, ties and nulls among them."""
    one, two = person(client, "berta", cstemail="Z@example.com", cstmobile="2"), person(client, "Anna", cstmobile="10")
    three = company(client, "anna", cstemail="a@example.com", cstmobile="2")
    company(client, "BERTA", cstemail="z@example.com")
    big = pipeline(client, "Big", "Begin", "End")
    wide = deal(client, "wide", cstid=three, deal_amount=5, deal_owner_id=2, deal_source="web", pipeline_id=big)
    deal(client, "Wide", cstid=one, deal_amount=40, deal_owner_id=1, deal_expected_close_date="2026-07-15")
    deal(client, "narrow", cstid=two, deal_amount=5, deal_source="Trade", deal_expected_close_date="2026-07-14")
    deal(client, "Narrow", cstid=three, deal_source="trade", deal_owner_id=1)
    for at, (title, more) in enumerate(
        (
            ("call", {"cstid": one, "status": 4, "priority": 0}),
            ("Call", {"cstid": three, "status": 1, "priority": 4, "assigned_user_id": 2}),
            ("Ask", {"deal_id": wide, "status": 1, "priority": 1, "assigned_user_id": 1}),
            ("ask", {"cstid": one, "deal_id": wide, "status": 2, "end_datetime": "2026-08-01T10:00:00"}),
            ("write", {"cstid": two, "status": 3, "end_datetime": "2026-07-31T10:00:00", "assigned_user_id": 1}),
        )
    ):
        task(client, title, **{"start_datetime": f"2026-07-{15 - at % 3}T10:00:00", **more})
    client.person.does(tasks.create, TaskDraft(title="no times"))
    for at, (name, status) in enumerate(
        (("Lena", "pending"), ("lena", "enriched"), ("Karl", "contacted"), ("Ida", "qualified"), ("Ole", "converted"))
    ):
        client.person.does(
            contacts.create,
            ContactDraft(
                name=name,
                status=contacts.Status(status),
                is_lead=True,
                owner_id=client.house.bob.user.id if at % 2 else None,
                emails=[f"{name[0]}@example.com"] if at % 3 else [],
            ),
        )
    client.person.does(contacts.create, ContactDraft(name="Una", status=contacts.Status.LOST, is_lead=True))
    lead(client, "Zoe", lead_source="web", lead_company_name="acme", lead_assignedto=1)
    lead(client, "Yan", lead_source="Web", lead_company_name="Zeta", cstemail="y@example.com")
    lead(client, "Xia", lead_source="fair", lead_company_name="Acme")


def _fill(client: Client, number: int) -> None:
    """A few records of every list."""
    for at in range(number):
        client.person.does(contacts.create, ContactDraft(name=f"lead {at}", is_lead=True))
        client.person.does(deals.create, DealDraft(title=f"deal {at}"))
        client.person.does(tags.create, TagDraft(name=f"tag {at}"))
        client.person.does(tasks.create, TaskDraft(title=f"title {at}"))
        pipeline(client, f"line {at}")


SEARCHED = {
    "/tasks": ("title",),
    "/contacts": ("cstname", "cstemail"),
    "/deals": ("deal_name", "deal_description"),
    "/leads": ("cstname", "cstemail"),
    "/pipelines": ("name",),
    "/tags": ("name",),
}


def _made_with(client: Client, path: str, field: str, text: str) -> int:
    """A record with a text in a field."""
    if path == "/tasks":
        return task(client, **{field: text})
    if path == "/contacts":
        return person(client, **{"name" if field == "cstname" else field: text})
    if path == "/leads":
        return lead(client, **{"name" if field == "cstname" else field: text})
    if path == "/deals":
        return deal(client, **{"name" if field == "deal_name" else field: text})
    return pipeline(client, text) if path == "/pipelines" else tag(client, text)


@pytest.mark.parametrize(("path", "field"), [(path, field) for path, names in SEARCHED.items() for field in names])
def test_search_finds_a_part_of_the_fields_named_in_any_case(client: Client, path: str, field: str) -> None:
    key, mail = LISTS[path], field == "cstemail"
    sought = _made_with(
        client, path, field, "Ab%c_d'e\"f\\ÉCLAIR@example.com" if mail else "Ab%c_d'e\"f\\g ÉCLAIR Straße"
    )
    _made_with(client, path, field, "abxcyd@example.com" if mail else "Abxcyd e f g")
    for part in ("ab%c_d", "AB%C_D", "%", "_", "'e\"", "\\", "éclair", "ÉCLAIR", "écl", "%c_d'E\"F\\"):
        assert client.column(path, key, search=part) == [sought], part
    assert len(client.rows(path, search="ple" if mail else "e f")) == (2 if mail else 1)
    for part in ("ab%d", "a_c", "nothing", "\0", "%\0%"):
        assert client.rows(path, search=part) == [], part


def test_search_looks_at_no_other_field(client: Client) -> None:
    task(client, "plain", description="hidden", cstid=person(client, "hidden"))
    person(client, "plain", cstmobile="hidden", cstaddress="hidden", cstnotes="hidden", ct_taxnumber="hidden")
    deal(client, "plain", deal_source="hidden", cstid=company(client, "hidden as well"))
    lead(client, "plain", lead_source="hidden", lead_company_name="hidden", cstnotes="hidden", cstaddress="hidden")
    for path in ("/tasks", "/deals", "/leads"):
        assert client.rows(path, search="hidden") == []
    assert set(client.column("/contacts", "cstname", search="hidden")) == {"hidden", "hidden as well"}


def test_users_are_found_by_their_names_alone(client: Client) -> None:
    assert client.column("/users", "name", search="LI") == ["Alice"]
    assert client.column("/users", "name", search="b") == ["Bob"]
    assert client.rows("/users", search="carnet.example") == []
    assert client.rows("/users", search="\0") == []
    assert client.page("/users", pageSize=2, pageIndex=1)["data"] == client.rows("/users")[2:]


def test_a_very_long_search_is_answered(anyone: Client) -> None:
    for path in LISTS:
        for text in ("x" * 30_000, "é" * 10_000, "%" * 5_000, "a b " * 5_000):
            assert anyone.rows(path, search=text) == []


def test_filters_combine_with_and(client: Client) -> None:
    cstid, deal_id = person(client), deal(client)
    sought = task(client, "Call", cstid=cstid, deal_id=deal_id, status=1, priority=4, assigned_user_id=2)
    for name, value in (("cstid", None), ("deal_id", None), ("status", 0), ("priority", 0), ("assigned_user_id", 1)):
        same = {"cstid": cstid, "deal_id": deal_id, "status": 1, "priority": 4, "assigned_user_id": 2}
        task(client, "Call", **{**same, name: value})
    task(client, "Other", cstid=cstid, deal_id=deal_id, status=1, priority=4, assigned_user_id=2)
    query = {
        "cstid": cstid,
        "deal_id": deal_id,
        "status": 1,
        "priority": 4,
        "assigned_user_id": 2,
        "search": "call",
        "due_date_from": "2026-07-15",
        "due_date_to": "2026-07-15",
    }
    assert client.column("/tasks", "activity_id", **query) == [sought]
    for name in ("cstid", "deal_id", "status", "priority", "assigned_user_id", "search"):
        fewer = {key: value for key, value in query.items() if key != name}
        assert len(client.rows("/tasks", **fewer)) == 2, name


INTEGER_FILTERS = {
    "/tasks": ("status", "priority", "assigned_user_id", "cstid", "deal_id"),
    "/contacts": ("type",),
    "/deals": ("pipeline_id", "deal_current_stage", "cstid", "deal_owner_id"),
}


def test_a_filter_by_an_unknown_number_finds_nothing_and_by_no_number_is_refused(house: House) -> None:
    client = Client(house.alice)
    task(client), deal(client)
    empty = {"data": [], "current_page": 1, "total_records": 0, "total_pages": 0}
    for path, names in INTEGER_FILTERS.items():
        for name in names:
            for number in (-1, 5, 99, 2**31, 2**63 - 1, 2**63, 10**30, "9" * 3_000):
                if (name, number) == ("deal_current_stage", 5):
                    continue
                assert client.page(path, **{name: number}) == empty, (name, number)
            for number in ("x", "1.0", "1e1", "true", "1,2", "٣", "null", "--1", "\0"):
                assert set(errors(client.get(path, params={name: number}))) == {name}, number
    told = errors(client.get("/tasks", params={"status": "x", "pageSize": "0", "due_date_to": "x"}))
    assert list(told) == ["pageSize", "status", "due_date_to"]
