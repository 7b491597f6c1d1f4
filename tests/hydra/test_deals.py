"""Deals (specification, section 13)."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from carnet.core import deals
from carnet.core.deals import LARGEST_AMOUNT, DealChanges, DealDraft
from carnet.dialects.hydra.quantities import Amount, shown
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.hydra.things import DUE, listed, made, names, needed
from tests.hydra.wording import DATETIME, NOT_VALID, RANGE, problem, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person

LARGEST = LARGEST_AMOUNT // 100


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


AMOUNTS: dict[str, str] = {
    # What is sent, and what is shown, both to the letter.
    "0": "0",
    "-0": "0",
    "-0.0": "0",
    "7": "7",
    "12500.5": "12500.5",
    "12500.50": "12500.5",
    "0.01": "0.01",
    "0.10": "0.1",
    "0.29": "0.29",
    "1.005e3": "1005",
    "1E2": "100",
    "4.35": "4.35",
    "8.2e0": "8.2",
    "1000000.10": "1000000.1",
    "9007199254740.99": "9007199254740.99",
    "9999999999999.99": "9999999999999.99",
    str(LARGEST): str(LARGEST),
    f"{LARGEST}.00": str(LARGEST),
    '"12500.5"': "12500.5",
    '"12500.50"': "12500.5",
    '" 12500,50 "'.replace(",", "."): "12500.5",
    '"7"': "7",
    '"+7"': "7",
    '"007"': "7",
    '"7."': "7",
    '".5"': "0.5",
    '"1.25e1"': "12.5",
    '"9999999999999.99"': "9999999999999.99",
    '"0.290000000000000000000000000000"': "0.29",
    '"1' + "0" * 13 + '"': str(LARGEST),
}


def test_an_amount_is_exact(house: House) -> None:
    path = made(house.alice, "deals")["@id"]
    for sent, expected in AMOUNTS.items():
        for answer in (
            house.alice.patch(path, content=b'{"amount":' + sent.encode() + b"}"),
            house.alice.post("/api/deals", content=b'{"title":"x","amount":' + sent.encode() + b"}"),
        ):
            assert answer.status_code in {200, 201}, sent
            assert f'"amount":{expected},' in answer.text, sent
        assert f'"amount":{expected},' in house.alice.get(path).text, sent


@given(some.integers(min_value=0, max_value=LARGEST_AMOUNT))
def test_every_amount_survives_json(cents: int) -> None:
    text = msgspec.json.encode(shown(cents))
    assert json.loads(text, parse_float=Decimal) * 100 == cents
    assert Amount("amount").read(msgspec.json.decode(text), None) == cents
    assert Amount("amount").read(f"{cents // 100}.{cents % 100:02}", None) == cents


OUT_OF_RANGE = (
    "-1",
    "-0.01",
    "-0.001",
    '"-0.01"',
    f"{LARGEST}.01",
    str(LARGEST + 1),
    "1e300",
    '"1e300"',
    "1" + "0" * 400,
)
NO_AMOUNTS = (
    *("0.001", "12500.505", "1e-3", "5e-324", "0.30000000000000004", '"0.001"', '"0.' + "0" * 5_000 + '1"'),
    *('"x"', '"12,50"', '"1 000"', '"1_000"', '"0x10"', '"NaN"', '"Infinity"', '"-"', '"."', '"1e"', '"1..2"'),
    *('"€5"', '"5 EUR"', '"\\u0661"', '"1\\u00a0000"', '"1e9999"', '"null"'),
)


def test_what_is_no_amount_is_refused(house: House) -> None:
    path = made(house.alice, "deals", amount=1)["@id"]
    with untouched(house):
        for refused, wording in ((OUT_OF_RANGE, RANGE.format(0, LARGEST)), (NO_AMOUNTS, NOT_VALID)):
            for sent in refused:
                for answer in (
                    house.alice.patch(path, content=b'{"amount":' + sent.encode() + b"}"),
                    house.alice.post("/api/deals", content=b'{"title":"x","amount":' + sent.encode() + b"}"),
                ):
                    assert violations(answer) == {"amount": wording}, sent


def test_a_blank_amount_is_none(alice: Person) -> None:
    for blank in ("", " ", None):
        deal = made(alice, "deals", amount=5)
        assert "amount" not in alice.patch(deal["@id"], {"amount": blank}).json()
        assert "amount" not in made(alice, "deals", amount=blank)


def test_no_amount_differs_from_nothing(alice: Person) -> None:
    assert "amount" not in made(alice, "deals")
    assert made(alice, "deals", amount=0)["amount"] == 0


def test_an_amount_of_another_tongue_is_shown(alice: Person) -> None:
    deal = alice.does(deals.create, DealDraft(title="x", amount_cents=1_234_567))
    assert alice.get(f"/api/deals/{deal.id}").json()["amount"] == 12345.67
    assert alice.sees(deals.get, made(alice, "deals", amount=12345.67)["id"]).amount_cents == 1_234_567


def test_a_currency_has_three_letters(house: House) -> None:
    alice = house.alice
    assert made(alice, "deals")["currency"] == "EUR"
    for sent, kept in (("USD", "USD"), ("sek", "SEK"), (" jpy ", "JPY"), ("", "EUR"), (None, "EUR")):
        deal = made(alice, "deals", currency=sent)
        assert deal["currency"] == kept
        other = made(alice, "deals", currency="CHF")["@id"]
        assert alice.patch(other, {"currency": sent}).json()["currency"] == kept
    path = made(alice, "deals", currency="CHF")["@id"]
    with untouched(house):
        for wrong in ("€", "EU", "EURO", "E R", "EU1", "ÉUR", "eur\n,", "\u212aRW", "x" * 255):
            assert violations(alice.patch(path, {"currency": wrong})) == {"currency": NOT_VALID}
            assert violations(alice.post("/api/deals", {"title": "x", "currency": wrong})) == {"currency": NOT_VALID}


def test_a_probability_is_a_percentage(house: House) -> None:
    alice = house.alice
    path = made(alice, "deals")["@id"]
    for sent in (0, 1, 50, 100):
        assert alice.patch(path, {"probability": sent}).json()["probability"] == sent
        assert made(alice, "deals", probability=sent)["probability"] == sent
    with untouched(house):
        for wrong in (-1, 101, 2**31, 2**63, 10**400, -(10**400)):
            body = b'{"title":"x","probability":' + str(wrong).encode() + b"}"
            for answer in (alice.patch(path, content=body), alice.post("/api/deals", content=body)):
                assert violations(answer) == {"probability": RANGE.format(0, 100)}
        assert problem(alice.patch(path, {"probability": 50.0})) == wrong_type("probability", "integer", "float")
        assert problem(alice.patch(path, {"probability": "50"})) == wrong_type("probability", "integer", "string")


def test_a_day_is_a_day_of_the_calendar(house: House) -> None:
    alice = house.alice
    path = made(alice, "deals")["@id"]
    for sent in ("2026-09-30", "2024-02-29", "0001-01-01", "1582-10-10", "9999-12-31", " 2026-09-30\n"):
        for item in (
            alice.patch(path, {"expectedCloseDate": sent}).json(),
            made(alice, "deals", expectedCloseDate=sent),
        ):
            assert item["expectedCloseDate"] == sent.strip()
            assert alice.get(item["@id"]).json()["expectedCloseDate"] == sent.strip()
    for blank in ("", " "):
        assert "expectedCloseDate" not in alice.patch(path, {"expectedCloseDate": blank}).json()
        assert "expectedCloseDate" not in made(alice, "deals", expectedCloseDate=blank)
    with untouched(house):
        for wrong in (
            *("soon", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "10000-01-01", "20260930"),
            *(
                "2026-9-30",
                "30/09/2026",
                "2026-W40-3",
                "2026-273",
                "-2026-09-30",
                "2026-09-30T10:00:00Z",
                "2026-09-30 x",
            ),
            *("2026-09-30T00:00:00", "\u0662\u0660\u0662\u0666-\u0660\u0662-\u0661\u0660", "2026-09-30\0"),
        ):
            for answer in (
                alice.patch(path, {"expectedCloseDate": wrong}),
                alice.post("/api/deals", {"title": "x", "expectedCloseDate": wrong}),
            ):
                assert violations(answer) == {"expectedCloseDate": DATETIME}, wrong


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
