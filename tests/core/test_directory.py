"""The directory: people and companies together, as they share their numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, directory, records, removal, undo
from carnet.core.contacts import ContactDraft
from carnet.core.errors import NotFoundError
from carnet.core.paging import Asked
from tests.conftest import NOW
from tests.core.dump import untouched
from tests.core.refusals import refused
from tests.core.things import NOTHING, company, contact, listed

if TYPE_CHECKING:
    from tests.conftest import House, Person

ABSURD = [0, -1, 2**31, 2**63 - 1, 2**63, 2**64, -(2**63), -(2**64), 10**40]
"""Numbers that nobody has, some of which no database holds."""


def _some(person: Person) -> list[Any]:
    """Two people and two companies, in the order of their numbers."""
    return [
        contact(person, "Inès Aubry", emails=["ines@halden.example"], phones=["+33 6.12"]),
        company(person, "Halden Ateliers", emails=["info@halden.example"], extras={"ysuite": {"vat": "1"}}),
        contact(person, "Bruno", is_lead=True),
        company(person, "Ateliers Morel"),
    ]


def _names(person: Person, **asked: Any) -> list[str]:
    return [each.name for each in listed(person, directory.page, **asked)]


def test_a_party_is_what_both_have(house: House) -> None:
    someone, employer, *_ = _some(house.alice)
    for made, kind in ((someone, "person"), (employer, "company")):
        party = house.alice.sees(directory.find, made.number)
        assert (party.kind, party.is_company) == (kind, kind == "company")
        same = ("workspace_id", "id", "number", "version", "created_at", "name", "emails", "phones", "extras")
        assert [getattr(party, name) for name in same] == [getattr(made, name) for name in same]


def test_people_and_companies_come_together_newest_first(house: House) -> None:
    made = _some(house.alice)
    _some(house.mallory)
    newest = listed(house.alice, directory.page)
    assert [each.id for each in newest] == [each.id for each in reversed(made)]
    assert _names(house.alice, filters={"kind": ["person"]}) == ["Bruno", "Inès Aubry"]
    assert _names(house.alice, filters={"kind": ["company"]}) == ["Ateliers Morel", "Halden Ateliers"]
    assert _names(house.alice, filters={"kind": ["company", "person"]}) == [each.name for each in newest]
    assert _names(house.alice, filters={"kind": []}) == []


def test_the_total_counts_both_and_every_page_holds_its_part(house: House) -> None:
    alice = house.alice
    _some(alice)
    gone = contact(alice)
    number = alice.does(removal.remove_contact, gone.id)
    whole = listed(alice, directory.page)
    for asked in ({}, {"order": (("number", True),)}, {"filters": {"kind": ["person", "company"]}}):
        for offset in range(6):
            for limit in (0, 1, 3):
                page = alice.sees(directory.page, Asked(limit=limit, offset=offset, **asked))
                assert (page.items, page.total) == (whole[offset : offset + limit], 4)
    alice.does(undo.undo, number)
    assert alice.sees(directory.page, Asked(limit=1)).total == 5
    assert house.mallory.sees(directory.page, Asked()).total == 0


def test_they_are_found_by_part_of_their_name_or_of_an_email(house: House) -> None:
    _some(house.alice)
    _some(house.mallory)
    for text, names in {
        "ATELIERS": {"Halden Ateliers", "Ateliers Morel"},
        "aubry": {"Inès Aubry"},
        "ines": {"Inès Aubry"},
        "halden": {"Inès Aubry", "Halden Ateliers"},
        "info@": {"Halden Ateliers"},
        "b": {"Inès Aubry", "Bruno"},
        "@": {"Inès Aubry", "Halden Ateliers"},
        "33": set(),
        "%": set(),
        "_": set(),
        "ines aubry": {"Inès Aubry"},
        "aubry ines": set(),
    }.items():
        assert set(_names(house.alice, filters={"search": [text]})) == names, text
    assert _names(house.alice, filters={"search": ["bruno"], "kind": ["company"]}) == []
    assert _names(house.alice, filters={"search": [""], "kind": ["company"]}) == ["Ateliers Morel", "Halden Ateliers"]


def test_they_are_sorted_by_what_both_have_and_those_without_come_last(house: House) -> None:
    _some(house.alice)
    expected = {
        ("name", False): ["Ateliers Morel", "Bruno", "Halden Ateliers", "Inès Aubry"],
        ("name", True): ["Inès Aubry", "Halden Ateliers", "Bruno", "Ateliers Morel"],
        ("email", False): ["Inès Aubry", "Halden Ateliers", "Bruno", "Ateliers Morel"],
        ("email", True): ["Halden Ateliers", "Inès Aubry", "Bruno", "Ateliers Morel"],
        ("phone", True): ["Inès Aubry", "Halden Ateliers", "Bruno", "Ateliers Morel"],
        ("kind", False): ["Inès Aubry", "Bruno", "Halden Ateliers", "Ateliers Morel"],
        ("kind", True): ["Halden Ateliers", "Ateliers Morel", "Inès Aubry", "Bruno"],
        ("number", False): ["Inès Aubry", "Halden Ateliers", "Bruno", "Ateliers Morel"],
    }
    for order, names in expected.items():
        assert _names(house.alice, order=(order,)) == names, order


@pytest.mark.parametrize("number", ABSURD)
def test_a_number_that_nobody_has_is_nobodys(house: House, number: int) -> None:
    made = contact(house.alice)
    with untouched(house):
        refused(
            NotFoundError,
            [
                lambda: house.alice.sees(directory.find, number),
                lambda: house.alice.sees(records.id_of, contacts.NOUN, number),
            ],
        )
        assert house.alice.sees(directory.by_numbers, [number, made.number]).keys() == {made.number}
        assert house.alice.sees(records.ids_of, contacts.NOUN, [number, made.number]) == {made.number: made.id}


def test_another_workspaces_number_is_nobodys(house: House) -> None:
    made = _some(house.alice)
    contact(house.mallory)
    with pytest.raises(NotFoundError):
        house.mallory.sees(directory.find, made[1].number)
    assert house.mallory.sees(directory.find, 1).id != made[0].id
    assert house.mallory.sees(directory.numbers_of, [each.id for each in made]) == {}


def test_what_a_noun_finds_by_number_is_of_that_noun_alone(house: House) -> None:
    someone, employer, *_ = _some(house.alice)
    alice, numbers = house.alice, [someone.number, employer.number]
    assert alice.sees(records.ids_of, contacts.NOUN, numbers) == {someone.number: someone.id}
    assert {number: each.id for number, each in alice.sees(directory.by_numbers, numbers).items()} == {
        someone.number: someone.id,
        employer.number: employer.id,
    }
    with pytest.raises(NotFoundError) as refusal:
        alice.sees(records.id_of, contacts.NOUN, employer.number)
    assert refusal.value.noun == "contact"
    assert alice.sees(records.numbers_of, contacts.NOUN, [someone.id, employer.id, None]) == {
        someone.id: someone.number
    }
    named = alice.sees(directory.numbers_of, [employer.id, None, someone.id, NOTHING, someone.id])
    assert named == {someone.id: someone.number, employer.id: employer.number}


def test_nothing_asked_is_nothing_found(alice: Person) -> None:
    contact(alice)
    for nothing in ([], [None], [None, None]):
        assert alice.sees(directory.numbers_of, nothing) == alice.sees(records.numbers_of, contacts.NOUN, nothing) == {}
    assert alice.sees(directory.by_numbers, []) == alice.sees(records.ids_of, contacts.NOUN, []) == {}


def test_its_latest_comes_first_whatever_their_moments(alice: Person) -> None:
    for days in (3, 1, 2):
        alice.does(contacts.create, ContactDraft(name=str(days)), now=NOW + timedelta(days=days))
    assert _names(alice) == ["2", "1", "3"]
    assert _names(alice, order=(("created_at", False),)) == ["1", "2", "3"]
    assert _names(alice, order=(("created_at", True),)) == ["3", "2", "1"]
