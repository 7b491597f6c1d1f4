"""A contact's company: named, found or made, and linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import ContactChanges
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid
from tests.core.things import NOTHING, company, contact, ledger, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.contacts import Contact
    from tests.conftest import House, Person


def _change(person: Person, record: Contact, **said: Any) -> Contact:
    changed: Contact = person.does(contacts.change, record.id, ContactChanges(**said))
    return changed


def _names(person: Person) -> list[str]:
    return [each.name for each in listed(person, companies.page)]


def test_it_is_made_where_there_is_none_of_that_name(house: House) -> None:
    made = contact(house.alice, company="Halden Ateliers")
    (employer,) = listed(house.alice, companies.page)
    assert (made.company, made.company_id) == ("Halden Ateliers", employer.id)
    assert (employer.number, made.number, employer.contacts_count) == (1, 2, 1)
    assert [event.kind for event in ledger(house.alice)[-2:]] == ["company.created", "contact.created"]
    assert_sound(house)


@pytest.mark.parametrize(
    ("known", "named"),
    [("Halden", "HALDEN"), ("École Nord", "éCOLE nORD"), ("Straße", "STRASSE"), ("ΟΔΟΣ", "οδος"), ("\uff28", "\uff48")],
)
def test_it_is_found_by_its_name_in_any_case(house: House, known: str, named: str) -> None:
    employer = company(house.alice, known)
    made = contact(house.alice, company=named)
    assert (made.company_id, made.company) == (employer.id, known)
    assert _names(house.alice) == [known]


@pytest.mark.parametrize(
    ("known", "named"), [("Ecole", "École"), ("Halden", "Halden "), ("Halden", "Halde"), ("a%", "aa")]
)
def test_another_spelling_is_another_company(house: House, known: str, named: str) -> None:
    company(house.alice, known)
    assert contact(house.alice, company=named).company == named
    assert _names(house.alice) == [named, known]


def test_of_several_it_is_the_oldest(alice: Person) -> None:
    oldest, *_ = [company(alice, name) for name in ("Halden", "HALDEN", "halden")]
    assert contact(alice, company="hALDEN").company_id == oldest.id
    assert len(_names(alice)) == 3


def test_another_workspaces_company_is_not_found(alice: Person, mallory: Person) -> None:
    theirs = company(mallory, "Halden")
    made = contact(alice, company="Halden")
    assert made.company_id != theirs.id
    assert (_names(alice), _names(mallory)) == (["Halden"], ["Halden"])
    assert mallory.sees(companies.get, theirs.id).contacts_count == 0


def test_its_id_beats_its_name(alice: Person) -> None:
    employer = company(alice, "Halden")
    made = contact(alice, company="Another", company_id=employer.id)
    assert made.company == "Halden"
    other = company(alice, "Morel")
    assert _change(alice, made, company="Another", company_id=other.id).company == "Morel"
    assert _names(alice) == ["Morel", "Halden"]


def test_on_a_change_no_id_beats_a_name_too(alice: Person) -> None:
    made = contact(alice, company="Halden")
    assert _change(alice, made, company="Another", company_id=None).company_id is None
    assert _names(alice) == ["Halden"]


def test_another_name_links_another_company_and_renames_none(house: House) -> None:
    alice = house.alice
    made, colleague = contact(alice, company="Halden"), contact(alice, "Bruno", company="Halden")
    moved = _change(alice, made, company="Morel")
    assert (moved.company, alice.sees(contacts.get, colleague.id).company) == ("Morel", "Halden")
    assert {each.name: each.contacts_count for each in listed(alice, companies.page)} == {"Halden": 1, "Morel": 1}
    assert_sound(house)


def test_a_known_name_links_the_company_that_has_it(alice: Person) -> None:
    other = company(alice, "Morel")
    made = contact(alice, company="Halden")
    assert _change(alice, made, company="MOREL").company_id == other.id
    assert len(_names(alice)) == 2


def test_the_same_name_again_leaves_the_link_as_it_is(house: House) -> None:
    company(house.alice, "Halden")
    younger = company(house.alice, "Halden")
    made = contact(house.alice, company_id=younger.id)
    with untouched(house):
        assert _change(house.alice, made, company="Halden") == made


def test_null_takes_the_company_away(alice: Person) -> None:
    for said in ({"company": None}, {"company_id": None}):
        made = contact(alice, company="Halden")
        freed = _change(alice, made, **said)
        assert (freed.company, freed.company_id) == (None, None)
    (employer,) = listed(alice, companies.page)
    assert employer.contacts_count == 0


def test_a_renamed_company_is_renamed_on_its_people(alice: Person) -> None:
    made = contact(alice, company="Halden")
    alice.does(companies.change, made.company_id, CompanyChanges(name="Halden & Cie"))
    read = alice.sees(contacts.get, made.id)
    assert (read.company, read.version) == ("Halden & Cie", 1)
    assert contact(alice, company="Halden").company_id != made.company_id


def test_an_id_of_no_company_is_refused(house: House) -> None:
    alice = house.alice
    made, theirs = contact(alice), company(house.mallory)
    acts: list[Callable[[str], Any]] = [
        lambda to: contact(alice, company_id=to),
        lambda to: _change(alice, made, company_id=to),
    ]
    with untouched(house):
        for nowhere in (NOTHING, theirs.id, made.id):
            assert_invalid([Violation("company_id", Fault.UNKNOWN)], acts, nowhere)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_blank_company_is_not_made(any_house: House, name: str) -> None:
    alice = any_house.alice
    made = contact(alice)
    acts = [lambda: contact(alice, company=name), lambda: _change(alice, made, company=name)]
    with untouched(any_house):
        assert_invalid([Violation("company", Fault.BLANK)], acts)


def test_a_refused_contact_makes_no_company(house: House) -> None:
    made = contact(house.alice)
    with untouched(house):
        for said in ({"owner_id": NOTHING}, {"state_id": NOTHING}):
            with pytest.raises(NoSuchReferenceError):
                contact(house.alice, company="Unmade", **said)
            with pytest.raises(NoSuchReferenceError):
                _change(house.alice, made, company="Unmade", **said)
