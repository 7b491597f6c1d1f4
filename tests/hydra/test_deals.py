"""Deals (specification, section 13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import deals
from carnet.core.deals import DealChanges, DealDraft
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.hydra.things import DUE, listed, made, names, needed
from tests.hydra.wording import problem, violations

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_the_example_of_the_specification(alice: Person) -> None:
    contact = made(alice, "contacts")["@id"]
    body = {
        "title": "Autumn fabrics",
        "amount": 12500.5,
        "currency": "EUR",
        "contact": contact,
        "expectedCloseDate": "2026-09-30",
    }
    answer = alice.post("/api/deals", body)
    deal = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, deal["@id"])
    assert deal == {
        "@context": "/api/contexts/Deal",
        "@id": f"/api/deals/{deal['id']}",
        "@type": "Deal",
        "id": deal["id"],
        "title": "Autumn fabrics",
        "amount": 12500.5,
        "currency": "EUR",
        "status": "open",
        "contact": contact,
        "expectedCloseDate": "2026-09-30",
        "tags": [],
        "createdAt": deal["createdAt"],
        "updatedAt": deal["createdAt"],
    }
    assert alice.get(deal["@id"]).json() == deal
    assert '"amount":12500.5,' in alice.get(deal["@id"]).text


def whole(person: Person) -> dict[str, Any]:
    """A value of every field that can be written."""
    return {
        "title": "Autumn fabrics",
        "amount": 12500.5,
        "currency": "SEK",
        "status": "won",
        "probability": 40,
        "contact": made(person, "contacts")["@id"],
        "company": made(person, "companies")["@id"],
        "pipelineState": made(person, "pipeline_states")["@id"],
        "owner": f"/api/users/{person.user.id}",
        "expectedCloseDate": "2026-09-30",
        "description": "Linen.\nAnd wool.",
        "source": "Lyon fair",
        "tags": [made(person, "tags")["@id"], made(person, "tags")["@id"]],
    }


def test_every_field_is_kept_changed_and_cleared(alice: Person) -> None:
    sent = whole(alice)
    deal = made(alice, "deals", **sent)
    assert {field: deal[field] for field in sent} == sent
    assert alice.get(deal["@id"]).json() == deal
    assert listed(alice, "/api/deals")["hydra:member"] == [
        {name: value for name, value in deal.items() if name != "@context"}
    ]
    other = whole(alice) | {
        "title": "Spring fabrics",
        "amount": 7,
        "currency": "USD",
        "status": "lost",
        "probability": 0,
        "expectedCloseDate": "2027-01-01",
        "description": "Silk",
        "source": "A friend",
    }
    after = alice.patch(deal["@id"], other).json()
    assert {field: after[field] for field in other} == other
    assert alice.get(deal["@id"]).json() == after
    cleared = alice.patch(deal["@id"], dict.fromkeys(field for field in sent if field != "title")).json()
    always = {"@context", "@id", "@type", "id", "title", "currency", "status", "tags", "createdAt", "updatedAt"}
    assert cleared.keys() == always
    assert (cleared["currency"], cleared["status"], cleared["tags"]) == ("EUR", "open", [])


def test_closing_sets_the_moment_and_reopening_clears_it(alice: Person) -> None:
    for status in ("won", "lost"):
        deal = made(alice, "deals")
        assert "closedAt" not in deal
        closed = alice.patch(deal["@id"], {"status": status}).json()
        assert (closed["status"], closed["closedAt"]) == (status, closed["updatedAt"])
        assert alice.patch(deal["@id"], {"status": status, "closedAt": "2020-01-01"}).json() == closed
        assert alice.patch(deal["@id"], {"title": "Another"}).json()["closedAt"] == closed["closedAt"]
        reopened = alice.patch(deal["@id"], {"status": "open"}).json()
        assert (reopened["status"], "closedAt" in reopened) == ("open", False)
        born = made(alice, "deals", status=status)
        assert (born["status"], born["closedAt"]) == (status, born["createdAt"])
        assert alice.patch(born["@id"], {"status": None}).json()["status"] == "open"


def test_the_moment_of_closing_is_that_of_leaving_open(alice: Person) -> None:
    deal = alice.does(deals.create, DealDraft(title="x"))
    won = DealChanges(status=deals.Status.WON)
    alice.does(deals.change, deal.id, won, now=NOW + timedelta(days=1))
    alice.does(deals.change, deal.id, won, now=NOW + timedelta(days=2))
    assert alice.get(f"/api/deals/{deal.id}").json()["closedAt"] == "2026-02-04T09:15:00+00:00"


@pytest.fixture
def states(alice: Person) -> dict[str, str]:
    """A state of each kind, and another one that is open."""
    kinds = {"open": "open", "won": "won", "lost": "lost", "further": "open"}
    return {name: made(alice, "pipeline_states", name=name, kind=kind)["@id"] for name, kind in kinds.items()}


def test_a_state_sets_the_status_and_the_status_moves_nothing(alice: Person, states: dict[str, str]) -> None:
    path = made(alice, "deals", pipelineState=states["open"])["@id"]
    steps: tuple[tuple[dict[str, Any], str, str | None], ...] = (
        ({"pipelineState": states["won"]}, "won", "won"),
        ({"pipelineState": states["lost"]}, "lost", "lost"),
        ({"pipelineState": states["further"]}, "open", "further"),
        ({"status": "won"}, "won", "further"),
        ({"pipelineState": states["further"]}, "won", "further"),
        ({"pipelineState": states["open"]}, "open", "open"),
        ({"status": "lost"}, "lost", "open"),
        ({"status": "open"}, "open", "open"),
        ({"pipelineState": states["won"], "status": "lost"}, "lost", "won"),
        ({"pipelineState": states["won"]}, "lost", "won"),
        ({"pipelineState": None}, "lost", None),
        ({"pipelineState": states["open"]}, "open", "open"),
    )
    for sent, status, state in steps:
        after = alice.patch(path, sent).json()
        assert (after["status"], after.get("pipelineState")) == (status, states.get(state or "")), sent
        assert ("closedAt" in after) == (status != "open")
        assert alice.get(path).json() == after


def test_a_deal_may_be_born_in_a_state(alice: Person, states: dict[str, str]) -> None:
    for state, status in (("open", "open"), ("won", "won"), ("lost", "lost")):
        deal = made(alice, "deals", pipelineState=states[state])
        assert (deal["status"], deal["pipelineState"], "closedAt" in deal) == (status, states[state], status != "open")
    said = made(alice, "deals", pipelineState=states["won"], status="open")
    assert (said["status"], said["pipelineState"], "closedAt" in said) == ("open", states["won"], False)


def test_a_whole_record_sent_back_with_another_state_moves_it(alice: Person, states: dict[str, str]) -> None:
    """A form sends every field, so the status that the record has says nothing."""
    deal = made(alice, "deals", pipelineState=states["open"])
    won = alice.patch(deal["@id"], {**deal, "pipelineState": states["won"]}).json()
    assert (won["status"], won["pipelineState"]) == ("won", states["won"])
    reopened = alice.patch(deal["@id"], {**won, "pipelineState": states["further"]}).json()
    assert (reopened["status"], "closedAt" in reopened) == ("open", False)


def test_a_deleted_state_leaves_its_deals(alice: Person, states: dict[str, str]) -> None:
    deal = made(alice, "deals", pipelineState=states["won"])
    assert alice.delete(states["won"]).status_code == 204
    after = alice.get(deal["@id"]).json()
    assert (after["status"], "pipelineState" in after) == ("won", False)


def test_a_deleted_pipeline_leaves_its_deals(alice: Person) -> None:
    pipeline = made(alice, "pipelines")["@id"]
    deal = made(alice, "deals", pipelineState=made(alice, "pipeline_states", pipeline=pipeline)["@id"])
    assert alice.delete(pipeline).status_code == 204
    assert "pipelineState" not in alice.get(deal["@id"]).json()


def test_deals_outlive_whom_they_are_with(alice: Person) -> None:
    contact, company = made(alice, "contacts")["@id"], made(alice, "companies")["@id"]
    deal = made(alice, "deals", contact=contact, company=company)["@id"]
    alice.delete(contact)
    after = alice.get(deal).json()
    assert ("contact" in after, after["company"]) == (False, company)
    alice.delete(company)
    assert not {"contact", "company"} & alice.get(deal).json().keys()


@pytest.mark.parametrize(("collection", "field"), [("contact_tasks", "title"), ("notes", "text")])
def test_a_deleted_deal_takes_what_hangs_on_nothing_else(alice: Person, collection: str, field: str) -> None:
    contact, company = made(alice, "contacts")["@id"], made(alice, "companies")["@id"]
    deal = made(alice, "deals", contact=contact, company=company)["@id"]
    alone = made(alice, collection, deal=deal, **{field: "alone"})["@id"]
    if collection == "contact_tasks":
        alice.patch(alone, {"contact": None})
    kept = {
        made(alice, collection, deal=deal, contact=contact, **{field: "with a contact"})["@id"],
        made(alice, collection, deal=deal, company=company, **{field: "with a company"})["@id"],
        made(alice, collection, contact=contact, **{field: "of the contact"})["@id"],
    }
    assert alice.delete(deal).status_code == 204
    assert problem(alice.get(deal)) == (404, "Not Found")
    left = listed(alice, f"/api/{collection}")["hydra:member"]
    assert {item["@id"] for item in left} == kept
    assert not any("deal" in item for item in left)
    assert {alice.get(path).status_code for path in (contact, company)} == {200}


def test_a_task_made_for_a_deal_alone_gets_its_contact(alice: Person) -> None:
    contact, other, company = (made(alice, name)["@id"] for name in ("contacts", "contacts", "companies"))
    deal = made(alice, "deals", contact=contact)["@id"]
    assert made(alice, "contact_tasks", deal=deal)["contact"] == contact
    assert made(alice, "contact_tasks", deal=deal, contact=None, company="")["contact"] == contact
    assert made(alice, "contact_tasks", deal=deal, contact=other)["contact"] == other
    on_a_company = made(alice, "contact_tasks", deal=deal, company=company)
    assert (on_a_company["company"], "contact" in on_a_company) == (company, False)
    nobodys = made(alice, "deals", company=company)["@id"]
    task = made(alice, "contact_tasks", deal=nobodys)
    assert (task["deal"], "contact" in task, "company" in task) == (nobodys, False, False)


def test_a_task_keeps_the_contact_that_it_got_from_its_deal(alice: Person) -> None:
    contact, other = made(alice, "contacts")["@id"], made(alice, "contacts")["@id"]
    deal = made(alice, "deals", contact=contact)["@id"]
    task = made(alice, "contact_tasks", deal=deal)["@id"]
    alice.patch(deal, {"contact": other})
    assert alice.get(task).json()["contact"] == contact
    assert "contact" not in alice.patch(task, {"contact": None}).json()
    assert alice.patch(task, {"title": "Another"}).json()["deal"] == deal


def test_a_task_for_a_deal_that_is_not_there_is_refused(house: House) -> None:
    theirs = made(house.mallory, "deals", contact=made(house.mallory, "contacts")["@id"])["@id"]
    with untouched(house):
        answer = house.alice.post("/api/contact_tasks", {"title": "x", "dueDate": DUE, "deal": theirs})
        assert problem(answer) == (400, f'Item not found for "{theirs}".')


def test_a_task_may_hang_on_a_deal_and_then_on_nothing_less(house: House) -> None:
    alice = house.alice
    deal, contact = made(alice, "deals")["@id"], made(alice, "contacts")["@id"]
    task = made(alice, "contact_tasks", deal=deal)["@id"]
    with untouched(house):
        assert violations(alice.patch(task, {"deal": None})).keys() == {"contact"}
    after = alice.patch(task, {"deal": None, "contact": contact}).json()
    assert (after["contact"], "deal" in after) == (contact, False)


def test_a_reader_may_link_to_nothing(house: House) -> None:
    body = needed(house.alice, "deals")
    assert problem(house.rita.post("/api/deals", body)) == (403, "Access Denied.")
    assert names(house.rita, "/api/deals", "title") == []
