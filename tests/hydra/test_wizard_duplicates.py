"""Whom a prepared contact may be already: same e-mail, phone or folded name (specification, section 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core import contacts
from carnet.core.contacts import ContactDraft
from tests.hydra.pasting import prepared

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_duplicates_are_ranked_by_what_they_share(alice: Person) -> None:
    for body in (
        {"name": "INES AUBRY"},
        {"name": "Somebody else", "phones": ["0639980001"]},
        {"name": "Inès Aubry", "emails": ["INES@halden.example"]},
        {"name": "Nobody", "emails": ["xines@halden.example"]},
    ):
        alice.post("/api/contacts", body)
    found = prepared(alice)
    assert [each["name"] for each in found["duplicates"]] == ["Inès Aubry", "Somebody else", "INES AUBRY"]
    assert found["duplicates"][0]["@id"] == f"/api/contacts/{found['duplicates'][0]['id']}"


def test_the_folded_name_is_found_among_many_that_hold_it(alice: Person) -> None:
    alice.post("/api/contacts", {"name": "ANÁ"})
    for nth in range(60):
        alice.does(contacts.create, ContactDraft(name=f"Mariana {nth}"))
    assert [each["name"] for each in prepared(alice, overrides={"name": "Ana"})["duplicates"]] == ["ANÁ"]


@pytest.mark.parametrize(
    ("held", "pasted"),
    [
        ("06.39.98.00.01", "+33 6 39 98 00 01"),
        ("020 7946 0123", "+44 (0)20 7946 0123"),
        ("tel:+33-1-42-68-53-00", "01 42 68 53 00"),
        ("+1 415 555 2671 ext. 12", "(415) 555-2671"),
        ("(415) 555-2671", "+1 415 555 2671 x12"),
        ("01 42 68 53 00 poste 4", "01 42 68 53 00;ext=55"),
    ],
)
def test_a_phone_is_known_in_another_notation(alice: Person, held: str, pasted: str) -> None:
    alice.post("/api/contacts", {"name": "Somebody", "phones": [held]})
    assert [each["name"] for each in prepared(alice, overrides={"phones": [pasted]})["duplicates"]] == ["Somebody"]


def test_no_more_than_ten_duplicates_are_named(alice: Person) -> None:
    for nth in range(12):
        alice.post("/api/contacts", {"name": "Inès Aubry" if nth else "ines aubry", "emails": ["a@x.example"][nth:]})
    named = prepared(alice, overrides={"emails": ["a@x.example"]})["duplicates"]
    assert [each["name"] for each in named] == ["ines aubry"] + ["Inès Aubry"] * 9


def test_the_removed_are_no_duplicates(alice: Person) -> None:
    alice.delete(alice.post("/api/contacts", {"name": "Inès Aubry"}).headers["location"])
    assert prepared(alice)["duplicates"] == []


def test_strangers_are_no_duplicates(house: House) -> None:
    house.mallory.post("/api/contacts", {"name": "Inès Aubry"})
    assert prepared(house.alice)["duplicates"] == []
