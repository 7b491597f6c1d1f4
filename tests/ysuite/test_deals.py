"""Deals at `/v1/deals` (specification, section 8.1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import pipelines
from carnet.core.deals import Status
from carnet.core.paging import Asked
from carnet.core.pipelines import StateChanges, StateKind
from tests.hydra.dump import untouched
from tests.ysuite.client import answered, errors, fields
from tests.ysuite.things import (
    company,
    core_company,
    core_contact,
    core_deal,
    core_state,
    deal,
    kept_deal,
    lead,
    person,
    pipeline,
    stages,
    tag,
    task,
)

if TYPE_CHECKING:
    from tests.ysuite.client import Client

ROW = [
    *(
        "deal_id",
        "deal_name",
        "deal_amount",
        "deal_source",
        "deal_expected_close_date",
        "pipeline_id",
        "cstid",
        "owner",
    ),
    "deal_current_stage",
]
ITEM = {
    *ROW,
    *("deal_amount_currency", "deal_owner_id", "deal_assignedto", "deal_contact_id", "deal_description", "tag_ids"),
}


def test_a_deal_with_every_field(client: Client) -> None:
    place, buyer, vip = company(client), person(client), tag(client)
    answer = client.post(
        "/deals",
        {
            "deal_name": "Forty chairs",
            "pipeline_id": 1,
            "cstid": place,
            "deal_amount": 15000.00,
            "deal_amount_currency": 3,
            "deal_owner_id": 1,
            "deal_assignedto": 2,
            "deal_contact_id": buyer,
            "deal_expected_close_date": "2026-09-30",
            "deal_source": "fair",
            "deal_description": "oak",
            "tag_ids": [vip],
        },
    )
    assert answered(answer) == {
        "success": True,
        "message": "Deal created successfully!",
        "data": {"deal_id": 1, "deal_name": "Forty chairs"},
    }
    row = client.rows("/deals")[0]
    assert row == {
        "deal_id": 1,
        "deal_name": "Forty chairs",
        "deal_amount": 15000.00,
        "deal_source": "fair",
        "deal_expected_close_date": "2026-09-30",
        "pipeline_id": 1,
        "cstid": place,
        "owner": "Alice",
        "deal_current_stage": stages(client, 1)[0],
    }
    assert list(row) == ROW
    assert client.read("/deals/1") == {
        **row,
        "deal_amount_currency": 3,
        "deal_owner_id": 1,
        "deal_assignedto": 2,
        "deal_contact_id": buyer,
        "deal_description": "oak",
        "tag_ids": [vip],
    }
    core = kept_deal(client, 1)
    assert (core.amount_cents, core.currency, core.status) == (1_500_000, "EUR", Status.OPEN)
    assert core.expected_close_on == date(2026, 9, 30)
    assert core.extras == {"ysuite": {"deal_amount_currency": 3, "deal_assignedto": 2}}


def test_what_is_not_set_is_null(client: Client) -> None:
    for deal_id in (deal(client), core_deal(client).number):
        shown = client.read(f"/deals/{deal_id}")
        assert set(shown) == ITEM
        given = {"deal_id", "deal_name", "tag_ids", "pipeline_id", "cstid", "deal_current_stage"}
        assert {shown[name] for name in ITEM - given} == {None}
        assert shown["tag_ids"] == []
    bare = client.read(f"/deals/{core_deal(client).number}")
    assert [bare[name] for name in ("pipeline_id", "cstid", "deal_current_stage")] == [None] * 3


def test_a_deal_begins_in_the_first_stage_of_its_pipeline(client: Client) -> None:
    line = pipeline(client, "Partners", "Begin", "Middle")
    begin, middle = stages(client, line)
    assert client.read(f"/deals/{deal(client, pipeline_id=line)}")["deal_current_stage"] == begin
    states = client.person.sees(pipelines.page_of_states, Asked(limit=100)).items
    first = next(state for state in states if state.number == begin)
    client.person.does(pipelines.change_state, first.id, StateChanges(position=9))
    assert client.read(f"/deals/{deal(client, pipeline_id=line)}")["deal_current_stage"] == middle


def test_a_pipeline_without_stages_is_refused(client: Client) -> None:
    bare, deal_id = pipeline(client, "Bare"), deal(client)
    text = {"pipeline_id": "The selected pipeline_id has no stages."}
    with untouched(client.house):
        assert errors(client.post("/deals", {"deal_name": "x", "cstid": 1, "pipeline_id": bare})) == text
        assert errors(client.put(f"/deals/{deal_id}", {"pipeline_id": bare})) == text


def test_a_person_is_taken_for_a_company_and_is_the_contact(client: Client) -> None:
    for buyer in (person(client), lead(client)):
        for more in ({}, {"deal_contact_id": buyer}, {"deal_contact_id": None}):
            shown = client.read(f"/deals/{deal(client, cstid=buyer, **more)}")
            assert (shown["cstid"], shown["deal_contact_id"]) == (buyer, buyer)
            core = kept_deal(client, shown["deal_id"])
            assert core.company_id is None
            assert core.contact_id is not None
        other = person(client, "Other")
        body = {"deal_name": "x", "pipeline_id": 1, "cstid": buyer, "deal_contact_id": other}
        told = errors(client.post("/deals", body))
        assert told == {"deal_contact_id": "The deal_contact_id field must be the same as cstid, which is a person."}


def test_the_contact_is_a_person_of_any_company(client: Client) -> None:
    place, elsewhere = company(client), company(client, "Elsewhere")
    buyer = person(client, contact_parent=elsewhere)
    shown = client.read(f"/deals/{deal(client, cstid=place, deal_contact_id=buyer)}")
    assert (shown["cstid"], shown["deal_contact_id"]) == (place, buyer)
    body = {"deal_name": "x", "pipeline_id": 1, "cstid": place, "deal_contact_id": elsewhere}
    assert fields(client.post("/deals", body)) == {"deal_contact_id"}
    assert fields(client.put("/deals/1", {"deal_contact_id": elsewhere})) == {"deal_contact_id"}


def test_who_a_deal_is_assigned_to_owns_it_where_no_owner_is_said(client: Client) -> None:
    for sent, owner in (
        ({"deal_assignedto": 2}, "Bob"),
        ({"deal_assignedto": 2, "deal_owner_id": None}, "Bob"),
        ({"deal_assignedto": 2, "deal_owner_id": 1}, "Alice"),
        ({"deal_owner_id": 1}, "Alice"),
        ({}, None),
    ):
        shown = client.read(f"/deals/{deal(client, **sent)}")
        assert (shown["owner"], shown["deal_assignedto"]) == (owner, sent.get("deal_assignedto"))


def test_a_put_of_the_assignee_leaves_an_owner(client: Client) -> None:
    owned, free = deal(client, deal_owner_id=1), deal(client)
    assert client.changed(f"/deals/{owned}", {"deal_assignedto": 2})["owner"] == "Alice"
    assert client.changed(f"/deals/{free}", {"deal_assignedto": 2})["owner"] == "Bob"
    shown = client.changed(f"/deals/{owned}", {"deal_owner_id": None, "deal_assignedto": 3})
    assert (shown["owner"], shown["deal_assignedto"]) == (None, 3)


def test_a_put_changes_what_it_names_and_nothing_else(client: Client) -> None:
    deal_id = deal(client, deal_amount=5, deal_source="x", deal_owner_id=1, tag_ids=[tag(client)])
    before = client.read(f"/deals/{deal_id}")
    big, buyer, place = tag(client, "big"), person(client), company(client)
    for name, value in (
        ("deal_name", "new"),
        ("deal_amount", 7.5),
        ("deal_amount_currency", 9),
        ("deal_contact_id", buyer),
        ("deal_assignedto", 2),
        ("deal_expected_close_date", "2027-01-31"),
        ("deal_source", "new"),
        ("deal_description", "new"),
        ("deal_current_stage", stages(client, 1)[2]),
        ("tag_ids", [big]),
        ("cstid", place),
    ):
        answer = answered(client.put(f"/deals/{deal_id}", {name: value}))
        assert answer["message"] == "Deal updated successfully!"
        assert answer["data"] == {**before, name: value} == client.read(f"/deals/{deal_id}"), name
        before = answer["data"]


def test_a_stage_is_one_of_the_deals_pipeline(client: Client) -> None:
    line = pipeline(client, "Partners", "Begin", "Middle")
    path = f"/deals/{deal(client)}"
    begin, middle = stages(client, line)
    last = stages(client, 1)[-1]
    assert client.changed(path, {"deal_current_stage": last})["deal_current_stage"] == last
    for body in ({"deal_current_stage": middle}, {"deal_current_stage": last, "pipeline_id": line}):
        told = errors(client.put(path, body))
        assert told == {"deal_current_stage": "The selected deal_current_stage is not a stage of the deal's pipeline."}
    assert fields(client.put(path, {"deal_current_stage": 999})) == {"deal_current_stage"}
    assert client.changed(path, {"pipeline_id": 1, "deal_name": "x"})["deal_current_stage"] == last
    shown = client.changed(path, {"pipeline_id": line})
    assert (shown["pipeline_id"], shown["deal_current_stage"]) == (line, begin)
    shown = client.changed(path, {"pipeline_id": 1, "deal_current_stage": last})
    assert (shown["pipeline_id"], shown["deal_current_stage"]) == (1, last)
    assert client.changed(path, {"deal_current_stage": None})["deal_current_stage"] == stages(client, 1)[0]


def test_a_deal_without_a_stage_gains_one_with_a_pipeline(client: Client) -> None:
    path = f"/deals/{core_deal(client).number}"
    first = stages(client, 1)[0]
    assert fields(client.put(path, {"deal_current_stage": first})) == {"deal_current_stage"}
    assert client.changed(path, {"pipeline_id": 1})["deal_current_stage"] == first


def test_a_stage_sent_on_create_is_ignored(client: Client) -> None:
    deal_id = deal(client, deal_current_stage=stages(client, 1)[2])
    assert client.read(f"/deals/{deal_id}")["deal_current_stage"] == stages(client, 1)[0]


def test_a_lost_or_won_deal_is_listed_like_any_other(client: Client) -> None:
    won, lost = stages(client, 1)[3:]
    for stage, status in ((won, Status.WON), (lost, Status.LOST)):
        deal_id = deal(client)
        client.changed(f"/deals/{deal_id}", {"deal_current_stage": stage})
        assert kept_deal(client, deal_id).status is status
    assert client.column("/deals", "deal_id") == [2, 1]
    assert core_state(client, "x").kind is StateKind.OPEN


def test_another_company_or_person_on_put(client: Client) -> None:
    place, buyer, other = company(client), person(client), person(client, "Other")
    path = f"/deals/{deal(client, cstid=place, deal_contact_id=buyer)}"
    assert fields(client.put(path, {"cstid": None})) == {"cstid"}
    shown = client.changed(path, {"cstid": other})
    assert (shown["cstid"], shown["deal_contact_id"]) == (other, other)
    assert fields(client.put(path, {"deal_contact_id": buyer})) == {"deal_contact_id"}
    assert fields(client.put(path, {"deal_contact_id": None})) == {"deal_contact_id"}
    assert fields(client.put(path, {"cstid": 999})) == {"cstid"}
    shown = client.changed(path, {"cstid": place})
    assert (shown["cstid"], shown["deal_contact_id"]) == (place, other)
    shown = client.changed(path, {"cstid": buyer, "deal_contact_id": buyer})
    assert (shown["cstid"], shown["deal_contact_id"]) == (buyer, buyer)
    assert fields(client.put(path, {"cstid": other, "deal_contact_id": buyer})) == {"deal_contact_id"}
    shown = client.changed(path, {"cstid": place, "deal_contact_id": None})
    assert (shown["cstid"], shown["deal_contact_id"]) == (place, None)
    assert fields(client.put(path, {"cstid": buyer, "deal_contact_id": other})) == {"deal_contact_id"}


def test_a_deal_that_lost_everybody_may_gain_somebody(client: Client) -> None:
    path = f"/deals/{core_deal(client).number}"
    assert client.changed(path, {"deal_name": "renamed"})["cstid"] is None
    whole = client.read(path)
    assert client.changed(path, whole) == whole
    buyer = person(client)
    shown = client.changed(path, {"deal_contact_id": buyer})
    assert (shown["cstid"], shown["deal_contact_id"]) == (buyer, buyer)


def test_what_another_tongue_set_survives_a_put(client: Client) -> None:
    core = core_deal(
        client,
        "t" * 300,
        contact_id=core_contact(client).id,
        company_id=core_company(client).id,
        currency="CHF",
        probability=40,
        amount_cents=1_999,
        status=Status.LOST,
        extras={"monica": {"a": 1}},
    )
    path = f"/deals/{core.number}"
    whole = client.read(path)
    assert whole["deal_name"] == "t" * 300
    assert client.changed(path, whole) == whole
    assert kept_deal(client, core.number) == core
    client.changed(path, {"deal_amount": 5, "deal_amount_currency": 1, "deal_description": "x"})
    after = kept_deal(client, core.number)
    assert after.extras == {"monica": {"a": 1}, "ysuite": {"deal_amount_currency": 1}}
    same = ("title", "contact_id", "company_id", "currency", "probability", "status", "closed_at")
    assert [getattr(after, name) for name in same] == [getattr(core, name) for name in same]
    assert fields(client.put(path, {"deal_name": "t" * 301})) == {"deal_name"}


def test_filters(client: Client) -> None:
    line = pipeline(client, "Partners", "Begin", "Middle")
    place, buyer = company(client), person(client)
    one = deal(client, cstid=place, deal_owner_id=2)
    two = deal(client, cstid=buyer, pipeline_id=line)
    three = deal(client, cstid=place, deal_contact_id=buyer, pipeline_id=line)
    client.changed(f"/deals/{three}", {"deal_current_stage": stages(client, line)[1]})
    core_deal(client)

    def found(**query: Any) -> list[Any]:
        return client.column("/deals", "deal_id", **query)

    assert found(pipeline_id=line) == [three, two]
    assert found(pipeline_id=1) == [one]
    assert found(deal_current_stage=stages(client, line)[1]) == [three]
    assert found(deal_current_stage=stages(client, line)[0]) == [two]
    assert found(cstid=place) == [three, one]
    assert found(cstid=buyer) == [two]
    assert found(deal_owner_id=2) == [one]
    assert found(deal_owner_id=1) == []
    assert found(cstid=place, pipeline_id=line, search="CHAIRS") == [three]


def test_a_task_that_also_has_a_contact_outlives_its_deal(client: Client) -> None:
    cstid, deal_id = person(client), deal(client)
    alone, shared = task(client, deal_id=deal_id), task(client, deal_id=deal_id, cstid=cstid)
    assert answered(client.delete(f"/deals/{deal_id}")) == {"success": True, "message": "Deal deleted successfully!"}
    assert client.get(f"/tasks/{alone}").status_code == 400
    shown = client.read(f"/tasks/{shared}")
    assert (shown["deal_id"], shown["cstid"]) == (None, cstid)


@pytest.mark.parametrize("value", ["2026-09-30", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_day_is_given_back_as_it_was_sent(client: Client, value: str) -> None:
    deal_id = deal(client, deal_expected_close_date=value)
    assert client.read(f"/deals/{deal_id}")["deal_expected_close_date"] == value
    assert client.rows("/deals")[0]["deal_expected_close_date"] == value
