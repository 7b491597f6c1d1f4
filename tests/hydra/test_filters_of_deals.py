"""What narrows and orders deals: amounts and days above all (specification, section 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from carnet.core import deals
from carnet.core.deals import LARGEST_AMOUNT, DealDraft
from tests.conftest import NOW
from tests.hydra.things import NOTHING, made, names

if TYPE_CHECKING:
    from tests.conftest import House, Person

LARGEST = LARGEST_AMOUNT // 100
LINEN, WOOL, SILK, CHAIRS = "Étoffes d'automne", "Wool", "Silk", "Chairs"
ALL = [CHAIRS, SILK, WOOL, LINEN]


@pytest.fixture
def desk(house: House) -> dict[str, str]:
    """Four deals, newest first: chairs, silk, wool, linen; and the ids of what they are about."""
    alice = house.alice
    contact, company = made(alice, "contacts")["id"], made(alice, "companies")["id"]
    state = made(alice, "pipeline_states")["id"]
    made(alice, "deals", title=LINEN, amount=12500.5, contact=contact, expectedCloseDate="2026-09-30")
    made(alice, "deals", title=WOOL, amount=0, company=company, status="won", description="For winter, not linen")
    made(alice, "deals", title=SILK, amount=LARGEST, contact=contact, company=company, expectedCloseDate="2026-10-01")
    made(alice, "deals", title=CHAIRS, status="lost", pipelineState=state, expectedCloseDate="0001-01-01")
    return {"contact": contact, "company": company, "state": state}


CASES: dict[str, list[str]] = {
    "title=etoffes": [LINEN],
    "title[]=WOOL&title[]=silk": [SILK, WOOL],
    "title=linen": [],
    "q=linen": [WOOL],
    "q=winter%20wool": [WOOL],
    "q=winter%20silk": [],
    "status=won": [WOOL],
    "status[]=won&status[]=lost": [CHAIRS, WOOL],
    "status=nonsense": ALL,
    "contact={contact}": [SILK, LINEN],
    "contact=/api/contacts/{contact}&company={company}": [SILK],
    "company[]={company}&company[]=" + NOTHING: [SILK, WOOL],
    "contact={company}": [],
    f"contact={NOTHING}": [],
    "pipelineState={state}": [CHAIRS],
    "pipelineState=/api/pipeline_states/{state}": [CHAIRS],
    "exists[contact]=true": [SILK, LINEN],
    "exists[contact]=false": [CHAIRS, WOOL],
    "exists[company]=1": [SILK, WOOL],
    "exists[company]=0": [CHAIRS, LINEN],
    "exists[contact]=false&exists[company]=false": [CHAIRS],
    # Numbers: what has none is on neither side.
    "amount[lt]=12500.5": [WOOL],
    "amount[lte]=12500.5": [WOOL, LINEN],
    "amount[gt]=12500.5": [SILK],
    "amount[gte]=12500.5": [SILK, LINEN],
    "amount[gte]=12500.50&amount[lte]=12500.5": [LINEN],
    "amount[gt]=12500.49&amount[lt]=12500.51": [LINEN],
    "amount[between]=12500.5..12500.5": [LINEN],
    "amount[between]=0..12500.5": [WOOL, LINEN],
    "amount[between]=.01..12500.49": [],
    "amount[between]=12500.5..0": [],
    "amount[between]=-5..5": [WOOL],
    "amount[between]=1e2..1e300": [SILK, LINEN],
    "amount[between]=0..20000&amount[gt]=0": [LINEN],
    "amount[gt]=0&amount[between]=0..20000": [LINEN],
    "amount[gte]=5&amount[between]=0..20000": [LINEN],
    "amount[gt]=-1": [SILK, WOOL, LINEN],
    "amount[lt]=0": [],
    "amount[lte]=0": [WOOL],
    "amount[lt]=1&amount[lt]=20000": [WOOL, LINEN],
    # Between two hundredths: none lies there, so what is below is below.
    "amount[lt]=12500.501": [WOOL, LINEN],
    "amount[lte]=12500.501": [WOOL, LINEN],
    "amount[gt]=12500.501": [SILK],
    "amount[gte]=12500.501": [SILK],
    "amount[gte]=12500.499": [SILK, LINEN],
    "amount[gt]=12500.499&amount[lt]=12500.501": [LINEN],
    "amount[lt]=-0.001": [],
    "amount[gte]=-0.001": [SILK, WOOL, LINEN],
    "amount[lt]=1e-300": [WOOL],
    # Beyond all amounts.
    f"amount[lt]={LARGEST}": [WOOL, LINEN],
    f"amount[gte]={LARGEST}": [SILK],
    f"amount[gt]={LARGEST}": [],
    "amount[lt]=1e300": [SILK, WOOL, LINEN],
    "amount[gt]=1e300": [],
    "amount[gt]=-1e300": [SILK, WOOL, LINEN],
    "amount[lt]=-1e300": [],
    "amount[lte]=" + "9" * 1_000: [SILK, WOOL, LINEN],
    # Days: the midnight of each is compared.
    "expectedCloseDate[before]=2026-09-30": [CHAIRS, LINEN],
    "expectedCloseDate[strictly_before]=2026-09-30": [CHAIRS],
    "expectedCloseDate[after]=2026-09-30": [SILK, LINEN],
    "expectedCloseDate[strictly_after]=2026-09-30": [SILK],
    "expectedCloseDate[after]=2026-09-30&expectedCloseDate[before]=2026-09-30": [LINEN],
    "expectedCloseDate[after]=2026-09-30T00:00:00Z": [SILK, LINEN],
    "expectedCloseDate[after]=2026-09-30T00:00:01Z": [SILK],
    "expectedCloseDate[strictly_after]=2026-09-29T23:59:59Z": [SILK, LINEN],
    "expectedCloseDate[before]=2026-09-29T23:59:59Z": [CHAIRS],
    "expectedCloseDate[strictly_before]=2026-09-30T00:00:01Z": [CHAIRS, LINEN],
    "expectedCloseDate[strictly_before]=2026-09-30T02:00:00%2B02:00": [CHAIRS],
    "expectedCloseDate[after]=2026-09-01T12:00:00Z&expectedCloseDate[strictly_after]=2026-09-30": [SILK],
    "expectedCloseDate[strictly_after]=9999-12-31T23:59:59Z": [],
    "expectedCloseDate[after]=9999-12-31T23:59:59Z": [],
    "expectedCloseDate[strictly_before]=9999-12-31T23:59:59Z": [CHAIRS, SILK, LINEN],
    "expectedCloseDate[before]=0001-01-01": [CHAIRS],
    "expectedCloseDate[strictly_before]=0001-01-01": [],
    "createdAt[after]=2000-01-01": ALL,
    "createdAt[before]=2000-01-01": [],
    # Orders: what has no value comes last, either way.
    "order[title]=asc": [CHAIRS, LINEN, SILK, WOOL],
    "order[title]=desc": [WOOL, SILK, LINEN, CHAIRS],
    "order[amount]=asc": [WOOL, LINEN, SILK, CHAIRS],
    "order[amount]=desc": [SILK, LINEN, WOOL, CHAIRS],
    "order[expectedCloseDate]=asc": [CHAIRS, LINEN, SILK, WOOL],
    "order[expectedCloseDate]=desc": [SILK, LINEN, CHAIRS, WOOL],
    "order[amount]=desc&amount[lt]=1e9": [LINEN, WOOL],
    # What cannot be is ignored.
    "amount=12500.5": ALL,
    "amount[lt]=": ALL,
    "amount[lt]=much": ALL,
    "amount[lt]=NaN": ALL,
    "amount[lt]=Infinity": ALL,
    "amount[lt]=1,5": ALL,
    "amount[near]=5": ALL,
    "amount[lt]=5..": ALL,
    "amount[lt]=1..5": ALL,
    "amount[between]=1..5..9": ALL,
    "amount[lt]=1&amount[lt]=much": [WOOL],
    "amount[between]=0..1&amount[between]=0..much": [WOOL],
    "amount[between]=5": ALL,
    "amount[between]=5..": ALL,
    "amount[between]=..5": ALL,
    "amount[between]=..": ALL,
    "amount[between]=a..b": ALL,
    "expectedCloseDate=2026-09-30": ALL,
    "expectedCloseDate[before]=soon": ALL,
    "expectedCloseDate[before]=2026-02-30": ALL,
    "probability=5&source=x&owner=x&tags=x&currency=USD": ALL,
    "order[status]=asc": ALL,
}


def test_deals_are_narrowed_and_ordered(house: House, desk: dict[str, str]) -> None:
    found = {query: names(house.rita, f"/api/deals?{query.format(**desk)}", "title") for query in CASES}
    assert found == CASES


def test_deals_are_ordered_by_their_making(alice: Person) -> None:
    for at in (2, 0, 1):
        alice.does(deals.create, DealDraft(title=f"day {at}"), now=NOW + timedelta(days=at))
    for way, expected in (("asc", ["day 0", "day 1", "day 2"]), ("desc", ["day 2", "day 1", "day 0"])):
        assert names(alice, f"/api/deals?order[createdAt]={way}", "title") == expected
    noon = "2026-02-04T12:00:00Z"
    assert names(alice, f"/api/deals?createdAt[before]={noon}", "title") == ["day 1", "day 0"]
    assert names(alice, f"/api/deals?createdAt[strictly_after]={noon}", "title") == ["day 2"]


def test_several_orders_of_deals_count_in_turn(alice: Person) -> None:
    for title, amount in (("b", 1), ("a", 2), ("c", 2), ("a", 1)):
        made(alice, "deals", title=title, amount=amount, source=f"{title} {amount}")
    query = "order[amount]=desc&order[title]=asc"
    assert names(alice, f"/api/deals?{query}", "source") == ["a 2", "c 2", "a 1", "b 1"]
