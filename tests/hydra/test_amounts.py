"""Amounts, currencies, percentages and days of the calendar, as deals have them (specification, section 13)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as some

from carnet.core import deals
from carnet.core.deals import LARGEST_AMOUNT, DealDraft
from carnet.dialects.hydra.quantities import Amount, shown
from tests.hydra.dump import untouched
from tests.hydra.things import made
from tests.hydra.wording import DATETIME, NOT_VALID, RANGE, problem, violations, wrong_type

if TYPE_CHECKING:
    from tests.conftest import House, Person

LARGEST = LARGEST_AMOUNT // 100
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


@settings(derandomize=True, database=None, deadline=None)
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
