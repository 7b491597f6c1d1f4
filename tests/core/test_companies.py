"""Companies in the core."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import companies
from carnet.core.companies import CompanyChanges
from carnet.core.errors import Fault, NotFoundError, Violation
from carnet.core.paging import Asked
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid
from tests.core.things import NOTHING, company, contact, listed

if TYPE_CHECKING:
    from carnet.core.companies import Company
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)


def _change(person: Person, record: Company, **said: Any) -> Company:
    changed: Company = person.does(companies.change, record.id, CompanyChanges(**said), now=LATER)
    return changed


def test_it_keeps_what_was_said(alice: Person) -> None:
    said: dict[str, Any] = {
        "name": "Halden Ateliers",
        "emails": ["info@halden.example"],
        "phones": ["+41 79 123 45 67"],
        "website": "https://halden.example",
        "linkedin_url": "https://linkedin.example/company/halden",
        "industry": "Wood",
        "size": "11-50",
        "address": "1 rue du Port",
        "description": "Chairs",
        "extras": {"ysuite": {"vat": "CHE-1"}},
    }
    made = company(alice, **said)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.number, made.version, made.created_at, made.contacts_count) == (1, 1, NOW, 0)
    assert alice.sees(companies.get, made.id) == made


def test_it_shares_one_sequence_of_numbers_with_people(house: House) -> None:
    makers = (company, contact, contact, company)
    assert [make(house.alice).number for make in makers] == [1, 2, 3, 4]
    assert [each.number for each in listed(house.alice, companies.page)] == [4, 1]
    assert_sound(house)


def test_it_counts_its_people(alice: Person, mallory: Person) -> None:
    made = company(alice, "Halden")
    for _ in range(3):
        contact(alice, company_id=made.id)
        contact(mallory, company="Halden")
    assert alice.sees(companies.get, made.id).contacts_count == 3
    assert [each.contacts_count for each in listed(alice, companies.page)] == [3]


def test_a_change_touches_what_it_names(alice: Person) -> None:
    made = company(alice, website="https://a", phones=["1"])
    changed = _change(alice, made, name="Halden", website=None)
    assert changed == msgspec.structs.replace(made, name="Halden", website=None, version=2, updated_at=LATER)
    assert alice.sees(companies.get, made.id) == changed


def test_a_change_that_changes_nothing_writes_nothing(house: House) -> None:
    made = company(house.alice, website="https://a", emails=["a@b"])
    with untouched(house):
        assert _change(house.alice, made, name=made.name, website=made.website, emails=["a@b"]) == made


def test_a_blank_name_and_bad_addresses_are_refused_together(any_house: House) -> None:
    alice = any_house.alice
    made = company(alice)
    said: dict[str, Any] = {"name": " ", "emails": ["a@b", "nobody"]}
    with untouched(any_house):
        assert_invalid(
            [Violation("name", Fault.BLANK), Violation("emails[1]", Fault.NOT_AN_EMAIL)],
            [lambda: company(alice, **said), lambda: _change(alice, made, **said)],
        )


def test_a_person_or_a_strangers_company_is_no_company(house: House) -> None:
    others = (contact(house.alice).id, company(house.mallory).id, NOTHING)
    with untouched(house):
        for other in others:
            with pytest.raises(NotFoundError) as refusal:
                house.alice.sees(companies.get, other)
            assert (refusal.value.noun, refusal.value.record_id) == ("company", other)
            with pytest.raises(NotFoundError):
                house.alice.does(companies.change, other, CompanyChanges(name="x"))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"name": ["ateliers"]}, ["Halden Ateliers"]),
        ({"name": ["morel", "ÉCOLE"]}, ["École Nord", "Morel"]),
        ({"q": "halden.example"}, ["Halden Ateliers"]),
        ({"q": "+41 79"}, ["Morel"]),
        ({"q": "4179"}, ["Morel"]),
        ({"has_website": True}, ["Halden Ateliers"]),
        ({"has_website": False}, ["École Nord", "Morel"]),
        ({"created_at_after": NOW, "created_at_before": NOW}, ["École Nord", "Morel", "Halden Ateliers"]),
        ({"created_at_strictly_after": NOW}, []),
        ({"created_at_strictly_before": NOW}, []),
        ({"id": [NOTHING]}, []),
    ],
)
def test_they_are_narrowed(house: House, filters: dict[str, Any], found: list[str]) -> None:
    company(house.alice, "Halden Ateliers", website="https://halden.example")
    company(house.alice, "Morel", phones=["+41 79 123"])
    company(house.alice, "École Nord")
    contact(house.alice, "Halden", emails=["x@halden.example"])
    page = house.alice.sees(companies.page, Asked(filters=filters))
    assert ([each.name for each in page.items], page.total) == (found, len(found))
