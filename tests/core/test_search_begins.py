"""Contacts found by how an address or a phone begins, and by any word of what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts
from carnet.core.contacts import ContactChanges
from carnet.core.paging import Asked
from tests.core.dump import assert_sound
from tests.core.things import company, contact, listed

if TYPE_CHECKING:
    from tests.conftest import House, Person


def _found(person: Person, name: str, text: str) -> set[str]:
    return {each.name for each in listed(person, contacts.page, filters={name: text})}


@pytest.fixture
def people(house: House) -> Person:
    """Alice, who knows people of many addresses."""
    for name, emails in {
        "Inès": ["ines@halden.example", "aubry@mail.example"],
        "Zoé": ["Zoé.Ørn@halden.example"],
        "Percent": ["a%b@x", "%@x"],
        "Underscore": ["a_b@x"],
        "Plain": ["axb@x"],
        "Backslash": ["a\\b@x"],
        "Nobody": [],
    }.items():
        contact(house.alice, name, emails=emails)
    company(house.alice, "Ines", emails=["ines@halden.example"])
    contact(house.mallory, "Stranger", emails=["ines@halden.example"])
    return house.alice


@pytest.mark.parametrize(
    ("begin", "names"),
    [
        ("ines@halden.example", {"Inès"}),
        ("INÈS", {"Inès"}),
        ("aubry", {"Inès"}),
        ("halden", set()),
        ("@", set()),
        ("nes", set()),
        ("zoe.ørn", {"Zoé"}),
        ("ZOÉ.O", {"Zoé"}),
        ("a", {"Inès", "Percent", "Underscore", "Plain", "Backslash"}),
        ("a%", {"Percent"}),
        ("%", {"Percent"}),
        ("a%x", set()),
        ("a_b", {"Underscore"}),
        ("_", set()),
        ("a\\", {"Backslash"}),
        ("\\", set()),
        ("a\\%", set()),
        ("ines@halden.example ", set()),
        ("田", set()),
        ("a" * 5_000, set()),
    ],
)
def test_an_address_begins_with_just_these_signs(people: Person, begin: str, names: set[str]) -> None:
    assert _found(people, "email_begins", begin) == names


def test_every_address_begins_with_nothing(people: Person) -> None:
    assert people.sees(contacts.page, Asked(filters={"email_begins": ""})).total == 7


def test_each_of_several_addresses_counts_and_those_that_came_since(people: Person) -> None:
    someone = next(each for each in listed(people, contacts.page) if each.name == "Nobody")
    people.does(contacts.change, someone.id, ContactChanges(emails=["first@x", "second@x", "third@x"]))
    for begin in ("first", "second@", "third@x"):
        assert _found(people, "email_begins", begin) == {"Nobody"}
    people.does(contacts.change, someone.id, ContactChanges(emails=["third@x"]))
    assert _found(people, "email_begins", "second") == set()


@pytest.mark.parametrize(
    ("begin", "found"),
    [
        *(
            ("+33", True),
            ("+33 6.12", True),
            ("33612", True),
            ("33", True),
            ("0033", False),
            ("6", False),
            ("612", False),
        ),
        *(
            ("ext", True),
            ("EXT 7", True),
            ("7", True),
            ("%", False),
            ("+33 6 12", False),
            ("336123", True),
            ("3361234", False),
        ),
    ],
)
def test_a_phone_begins_as_it_was_written_or_with_its_digits(
    any_house: House,
    begin: str,
    found: bool,  # noqa: FBT001 - a row of the table
) -> None:
    contact(any_house.alice, "Inès", phones=["+33 6.12-3", "Ext 7"])
    contact(any_house.alice, "Nobody")
    assert _found(any_house.alice, "phone_begins", begin) == ({"Inès"} if found else set())


def test_any_word_of_what_is_known_finds_a_contact(house: House) -> None:
    alice = house.alice
    contact(
        alice,
        "Inès Aubry",
        nickname="Nénette",
        position="Buyer",
        description="Likes\nlinen",
        company="Halden",
        emails=["i@mail.example"],
        phones=["+33 6"],
        address="1 rue du Port",
    )
    contact(alice, "Bruno")
    contact(house.mallory, "Inès Aubry")
    queries: dict[str, set[str]] = {
        **{key: {"Inès Aubry"} for key in ["aubry", "NENETTE", "buyer", "linen", "halden", "mail.example", "+33"]},
        "nothing aubry": {"Inès Aubry"},
        "bruno linen": {"Inès Aubry", "Bruno"},
        "bruno\t\u3000\nlinen": {"Inès Aubry", "Bruno"},
        "nothing at all": set(),
        "port": set(),
        "n": {"Inès Aubry", "Bruno"},
        "%": set(),
        "": set(),
        " \n": set(),
    }
    for query, names in queries.items():
        assert _found(alice, "any_word", query) == names, query
    assert _found(alice, "q", "nothing aubry") == set()
    assert_sound(house)


def test_many_words_are_cut_to_the_first_twenty(any_house: House) -> None:
    contact(any_house.alice, "Inès")
    words = [f"word{number}" for number in range(20)]
    assert _found(any_house.alice, "any_word", " ".join([*words[:19], "ines"])) == {"Inès"}
    assert _found(any_house.alice, "any_word", " ".join([*words, "ines"])) == set()


def test_one_text_is_found_in_a_name_or_an_address(house: House) -> None:
    alice: Any = house.alice
    contact(alice, "Inès Aubry", emails=["i@mail.example"], position="Halden")
    contact(alice, "Halden Roy", emails=[])
    contact(alice, "Bruno", emails=["b@halden.example"])
    for texts, names in (
        (["HALDEN"], {"Halden Roy", "Bruno"}),
        (["ines a"], {"Inès Aubry"}),
        (["i@"], {"Inès Aubry"}),
        (["roy", "mail"], {"Halden Roy", "Inès Aubry"}),
        (["%"], set()),
        ([], set()),
    ):
        assert {each.name for each in listed(alice, contacts.page, filters={"name_or_email": texts})} == names, texts
