"""Sorting, by the fields that each section names (specification, section 4)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.tasks import TaskDraft
from carnet.dialects.ysuite import contacts as ysuite_contacts
from carnet.dialects.ysuite import deals as ysuite_deals
from carnet.dialects.ysuite import leads as ysuite_leads
from carnet.dialects.ysuite import tasks as ysuite_tasks
from tests.ysuite.fields import KEYS, fill
from tests.ysuite.things import company, deal, lead, person, pipeline, task

if TYPE_CHECKING:
    from tests.ysuite.client import Client

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


def test_the_whitelists_of_sort_fields_are_the_published_ones() -> None:
    assert {path: tuple(sorts) for path, sorts in SORTS.items()} == {
        path: tuple(sorts) for path, sorts in _in_table_order(PUBLISHED_SORTS).items()
    }


def _in_table_order(published: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    for path, names in published.items():
        assert set(names) == set(SORTS[path])
    return {path: [name for name in SORTS[path] if name in names] for path, names in published.items()}


def test_a_field_that_cannot_be_sorted_by_leaves_the_default_order(client: Client) -> None:
    fill(client, 3)
    bad = ("nonsense", "number", "TITLE", "title;drop", "description", "tags", "'", "%00", "created_at", "title desc")
    for path, key in KEYS.items():
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
    key = KEYS[path]
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


def test_texts_are_sorted_alike_on_both_databases(client: Client) -> None:
    names = ("a b", "ab", "A-c", "a_d", "Z", "zz", "é")
    for name in names:
        deal(client, deal_source=name)
        lead(client, lead_source=name)
    for path, field in (("/deals", "deal_source"), ("/leads", "lead_source")):
        assert client.column(path, field, sortBy=field) == ["a b", "A-c", "a_d", "ab", "Z", "zz", "é"]


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
    work: tuple[tuple[str, dict[str, Any]], ...] = (
        ("call", {"cstid": one, "status": 4, "priority": 0}),
        ("Call", {"cstid": three, "status": 1, "priority": 4, "assigned_user_id": 2}),
        ("Ask", {"deal_id": wide, "status": 1, "priority": 1, "assigned_user_id": 1}),
        ("ask", {"cstid": one, "deal_id": wide, "status": 2, "end_datetime": "2026-08-01T10:00:00"}),
        ("write", {"cstid": two, "status": 3, "end_datetime": "2026-07-31T10:00:00", "assigned_user_id": 1}),
    )
    for at, (title, more) in enumerate(work):
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
