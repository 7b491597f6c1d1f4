"""What counts of all that a model may point at: whole values that something else in the text speaks for."""

from __future__ import annotations

import msgspec
import pytest

from carnet.assist.capturing import SUGGESTED, UNSURE, improved
from carnet.assist.extraction import Extraction
from carnet.assist.grounding import Ground

MAILED = Extraction(emails=["marit.solheim@fjordlys.example"], confidence={"emails": 1.0})
NAMED = msgspec.structs.replace(MAILED, name="Marit Solheim", confidence={"emails": 1.0, "name": 0.97})


def pointed(text: str, field: str, said_: str, rules: Extraction = NAMED) -> str | None:
    value: str | None = getattr(improved(rules, Ground(text), {field: said_}), field)
    return value


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("Marit Solheim", "Marit Solheim", "Marit Solheim"),
        ("Marit Solheim", "MARIT  SÓLHEIM", "Marit Solheim"),
        ("Dr. Marit Solheim, MBA", "Marit Solheim", "Marit Solheim"),
        ("Dr. Marit Solheim, MBA", "Dr. Marit Solheim", "Marit Solheim"),
        ("SOLHEIM Marit", "SOLHEIM Marit", "Marit Solheim"),
        ("so I met Marit Solheim there", "Marit Solheim", "Marit Solheim"),
        ("marit solheim | fjordlys", "marit solheim", "Marit Solheim"),
        ("so i met marit solheim there", "marit solheim", None),
        ("Marit Solheim Berg", "Marit Solheim", None),
        ("Anna Marit Solheim", "Marit Solheim", None),
        ("Marit Solheim de Haro", "Marit Solheim", None),
        ("Marit Solheim-Berg", "Marit Solheim", None),
        ("Judge Marit Solheim", "Judge Marit Solheim", None),
        ("Marit Solheim Purchasing", "Marit Solheim Purchasing", None),
        ("Marit\nSolheim", "Marit Solheim", None),
        ("Marit ~~~~~~ Solheim", "Marit Solheim", None),
        ("Marit - Solheim", "Marit Solheim", None),
        ("Solheim", "Solheim", None),
        ("Vera Crook", "Vera Crook", None),
        ("marit.solheim@fjordlys.example", "marit.solheim", None),
        ("Somebody", "Marit Solheim", None),
    ],
)
def test_a_name_counts_where_the_address_spells_it_and_it_is_whole(text: str, value: str, kept: str | None) -> None:
    assert pointed(text, "name", value, MAILED) == kept


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("Fjordlys", "fjordlys", "Fjordlys"),
        ("Buyer | Fjordlys AS | Oslo", "Fjordlys AS", "Fjordlys AS"),
        ("Fjordlys Nett AS\nOslo", "Fjordlys Nett AS", "Fjordlys Nett AS"),
        ("she works at Fjordlys now", "Fjordlys", "Fjordlys"),
        ("she works at fjordlys", "fjordlys", "fjordlys"),
        ("she likes fjordlys", "fjordlys", None),
        ("Fjordlys AS", "Fjordlys", None),
        ("Fjordlys, Inc.", "Fjordlys", None),
        ("Fjordlys Nett", "Fjordlys", None),
        ("Fjordlys and Sons", "Fjordlys", None),
        ("Fjordlys Oslo City Branch", "Fjordlys Oslo City Branch", None),
        ("Buyer, Fjordlys", "Buyer, Fjordlys", None),
        ("Fjordlysning", "Fjordlys", None),
        ("she is at @Fjordlys", "Fjordlys", None),
        ("Buyer | Fjordlys", "Buyer | Fjordlys", None),
        ("At Fjordlys", "At Fjordlys", None),
        ("Buyer (Fjord)", "Fjord", None),
        ("marit.solheim@fjordlys.example", "fjordlys", None),
        ("www.fjordlys.example", "www.fjordlys.example", None),
        ("marit.solheim@fjordlys.example", "marit.solheim@fjordlys.example", None),
        ("Solheim Fjordlys", "Solheim Fjordlys", None),
        ("Crook Holdings Ltd", "Crook Holdings Ltd", None),
    ],
)
def test_a_company_counts_where_the_domain_is_named_after_it(text: str, value: str, kept: str | None) -> None:
    assert pointed(text, "company", value) == kept


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("Marit Solheim\nSenior Buyer", "senior buyer", "Senior Buyer"),
        ("Marit Solheim, Senior Buyer", "Senior Buyer", "Senior Buyer"),
        ("Marit Solheim\nFjordlys AS\n\nHead of Purchasing", "Head of Purchasing", "Head of Purchasing"),
        ("Marit Solheim\nSenior Buyer, Fjordlys AS", "Senior Buyer", "Senior Buyer"),
        ("Marit Solheim | Senior Buyer @ Fjordlys AS", "Senior Buyer", "Senior Buyer"),
        ("Marit Solheim\nSenior Buyer", "Buyer", None),
        ("Marit Solheim Senior Buyer", "Senior Buyer", None),
        ("Marit Solheim\nSenior Buyer, Fjordlys AS", "Senior Buyer, Fjordlys AS", None),
        ("Marit Solheim\nSenior Buyer, Oslo", "Senior Buyer", None),
        ("Marit Solheim\nask my assistant", "assistant", None),
        ("Marit Solheim\nFjordlys Center", "Fjordlys Center", None),
        ("Marit Solheim\nFjordlys Manager", "Fjordlys Manager", None),
        ("Marit Solheim\nSpring sale", "Spring sale", None),
        ("Marit Solheim\nRiver swimming again!", "River swimming again", None),
        ("Carla Duarte\nExport Manager", "Export Manager", None),
        ("Marit Solheim\n> Export Manager\nof Porto", "Manager", None),
        ("Marit Solheim", "Marit Solheim", None),
        ("Marit Solheim\nOslo", "Senior Buyer", None),
    ],
)
def test_a_position_counts_beside_the_name(text: str, value: str, kept: str | None) -> None:
    rules = msgspec.structs.replace(NAMED, company="Fjordlys AS")
    assert pointed(text, "position", value, rules) == kept


def test_the_name_said_twice_is_no_position() -> None:
    rules = Extraction(name="Rosa Gardener", confidence={"name": 0.9})
    assert pointed("Rosa Gardener\nRosa Gardener", "position", "Rosa Gardener", rules) is None
    assert pointed("Rosa Gardener\nGardener-in-chief", "position", "Gardener-in-chief", rules) is None
    assert pointed("Rosa Gardener\nHead of Planting", "position", "Head of Planting", rules) == "Head of Planting"


ADDRESS = "Plot 14, Industrial Area\nMombasa Road\nNairobi, Kenya"


@pytest.mark.parametrize(
    ("text", "value", "kept"),
    [
        ("Marit Solheim\n{}", ADDRESS, "Plot 14, Industrial Area, Mombasa Road, Nairobi, Kenya"),
        (
            "Marit Solheim\n{}",
            "plot 14 industrial area mombasa road nairobi kenya",
            "Plot 14, Industrial Area, Mombasa Road, Nairobi, Kenya",
        ),
        ("Marit Solheim\nAddress: {}", ADDRESS, "Plot 14, Industrial Area, Mombasa Road, Nairobi, Kenya"),
        ("Marit Solheim\n{}", "Mombasa Road\nNairobi, Kenya", None),
        ("Marit Solheim\n{}", "Plot 14, Industrial Area\nMombasa Road", None),
        ("Marit Solheim\n{}", "Industrial Area\nMombasa Road\nNairobi, Kenya", None),
        ("Marit Solheim\n{}", "Plot 14, Industrial Area\nMombasa Road\nNairobi", None),
        ("Marit Solheim\n{}", "Marit Solheim\n" + ADDRESS, None),
        ("Marit Solheim, {}", "Marit Solheim, " + ADDRESS, None),
        ("Marit Solheim\n{}\nGreat View", ADDRESS + "\nGreat View", None),
        ("Marit Solheim\nPlot 14, Monday\nNairobi, Kenya", "Plot 14, Monday\nNairobi, Kenya", None),
        ("Marit Solheim\nOslo Fair\n{}", "Oslo Fair\n" + ADDRESS, None),
        ("Marit Solheim\nPlot 14, 0123456789012345\nNairobi, Kenya", "Plot 14, 0123456789012345\nNairobi, Kenya", None),
        ("Marit Solheim\n{}, " + 30 * "Kenya, " + "Kenya", ADDRESS + ", " + 30 * "Kenya, " + "Kenya", None),
        ("Marit Solheim\n> {}", ADDRESS, None),
        ("Marit Solheim wrote that the seat is {}", ADDRESS, None),
        ("Marit Solheim" + "\n" * 9 + "{}", ADDRESS, None),
        ("Marit Solheim\n12 May 2024, Nairobi", "12 May 2024, Nairobi", None),
        ("Marit Solheim\nPhone 0123 456 789 012 345, Kenya Road", "Phone 0123 456 789 012 345, Kenya Road", None),
        ("Marit Solheim\nNairobi, Kenya", "Nairobi, Kenya", None),
    ],
)
def test_an_address_counts_near_the_contact_and_whole(text: str, value: str, kept: str | None) -> None:
    assert pointed(text.format(ADDRESS), "address", value) == kept


@pytest.mark.parametrize("line", ["Assistant: {}", "Cc: {}", "{}, registered in England no. 01234567"])
def test_lines_of_others_and_small_print_are_not_heard(line: str) -> None:
    assert pointed(line.format("Marit Solheim"), "name", "Marit Solheim", MAILED) is None


def test_lines_that_follow_such_ones_are_not_heard_either() -> None:
    assert pointed("My assistant:\nMarit Solheim", "name", "Marit Solheim", MAILED) is None
    assert pointed("Sent from my phone\nMarit Solheim", "name", "Marit Solheim", MAILED) == "Marit Solheim"
    assert pointed("Marit Solheim\n\nRegistered office:\n" + ADDRESS, "address", ADDRESS) is None
    assert pointed("Marit Solheim\n\nOur office:\n" + ADDRESS, "address", ADDRESS) is not None


def test_what_the_rules_are_sure_of_stays() -> None:
    rules = msgspec.structs.replace(MAILED, name="M. Berg", confidence={"emails": 1.0, "name": UNSURE})
    assert pointed("Marit Solheim", "name", "Marit Solheim", rules) == "M. Berg"


def test_what_they_doubt_and_nothing_speaks_for_gives_way() -> None:
    rules = msgspec.structs.replace(
        MAILED, name="River Team", company="Oslo Fair", confidence={"emails": 1.0, "name": 0.5, "company": 0.6}
    )
    found = improved(rules, Ground("Marit Solheim\nFjordlys"), {"name": "Marit Solheim", "company": "Fjordlys"})
    assert (found.name, found.company, found.emails) == ("Marit Solheim", "Fjordlys", rules.emails)
    assert found.confidence == {"emails": 1.0, "name": SUGGESTED, "company": SUGGESTED}


def test_what_they_doubt_but_the_address_speaks_for_stays() -> None:
    rules = msgspec.structs.replace(
        MAILED, name="Marit", company="Fjordlys AS", confidence={"emails": 1.0, "name": 0.5, "company": 0.5}
    )
    found = improved(
        rules, Ground("Marit Solheim\nFjordlys Nett"), {"name": "Marit Solheim", "company": "Fjordlys Nett"}
    )
    assert (found.name, found.company) == ("Marit", "Fjordlys AS")


def test_a_profile_speaks_for_a_name_as_an_address_does() -> None:
    rules = Extraction(linkedin_url="https://www.linkedin.com/in/marit-solheim-7a1")
    assert pointed("Marit Solheim", "name", "Marit Solheim", rules) == "Marit Solheim"
    assert pointed("Vera Crook", "name", "Vera Crook", rules) is None


def test_a_domain_named_after_a_person_speaks_for_no_company() -> None:
    rules = Extraction(emails=["hello@ragnathorvalds.example"])
    assert pointed("Ragna Thorvalds", "company", "Ragna Thorvalds", rules) is None
    assert pointed("Ragnathorvalds", "company", "Ragnathorvalds", rules) == "Ragnathorvalds"


def test_an_address_with_a_provider_speaks_for_no_company() -> None:
    rules = Extraction(name="Noor Haddad", emails=["noor@outlook.com"])
    assert pointed("Noor Haddad\nOutlook", "company", "Outlook", rules) is None
