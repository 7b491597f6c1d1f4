"""Search and filters (specification, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ysuite.client import Client, errors
from tests.ysuite.fields import INTEGER_FILTERS, KEYS
from tests.ysuite.things import company, deal, lead, person, pipeline, tag, task

if TYPE_CHECKING:
    from tests.conftest import House

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
    key, mail = KEYS[path], field == "cstemail"
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
    for path in KEYS:
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
