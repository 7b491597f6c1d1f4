"""Search: what people type finds what is stored, whatever its accents and case."""

# ruff: noqa: RUF001 - letters that look like others are its subject

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, tasks
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import ContactChanges
from carnet.core.search import SEARCHED_CHARACTERS, fold, pattern, terms_of
from carnet.core.tasks import TaskChanges
from tests.core.dump import assert_sound
from tests.core.things import company, contact, listed, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

TEXTS = [
    "Łódź Straße",
    "Søren Ørsted",
    "Œuvre d'ÆRØ",
    "Inès Aubry",
    "Ægir Þór Đặng",
    "ΟΔΥΣΣΕΥΣ",
    "İstanbul ılık",
    "100% sûr_de\\soi",
    "a \"quoted\" 'one'",
    "田中さん",
    "🧵 thread 👩‍👩‍👧",
    "Ｆｕｌｌ ﬁn №5",
    "Привет Ёлка",
    "--; DROP TABLE tasks",
    "NOT AND OR NEAR(a b)",
    "x*y^2 a:b {c} (d) + -e",
    "ab",
    "null",
]


def _found(person: Person, query: str) -> list[str]:
    return sorted(each.title for each in listed(person, tasks.page, filters={"q": query}))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź Straße", "lodz strasse"),
        ("Øre ŒUVRE Æsir", "ore oeuvre aesir"),
        ("ĐẶNG Þór Ħal ŋ Ŧ", "dang thor hal n t"),
        ("ﬁn Ｆｕｌｌ ½ Ⅻ", "fin full 1\u20442 xii"),
        ("ΟΔΥΣΣΕΥΣ ς", "οδυσσευσ σ"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ё й", "е и"),
        ("e\u0301 é", "e e"),
        ("ǿ Ǿ ǽ ǣ", "o o ae ae"),
        ("田中 🧵", "田中 🧵"),
        ("ASCII_%\\'\"", "ascii_%\\'\""),
        ("", ""),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_no_letter_folds_otherwise_in_another_case_or_twice() -> None:
    for letter in map(chr, range(0x3000)):
        folded = fold(letter)
        assert {fold(letter.upper()), fold(letter.lower()), fold(folded)} == {folded}, letter


def test_a_query_is_its_folded_words_each_once() -> None:
    assert terms_of("  Inès\tÉCOLE ines\u00a0école\u3000x ") == ["ines", "ecole", "x"]
    assert terms_of(" \u0301 ") == []
    assert len(terms_of(" ".join(str(n) for n in range(100)))) == 20


def test_signs_mean_themselves_in_a_pattern() -> None:
    assert pattern("50%_\\") == "%50\\%\\_\\\\%"


def test_every_text_is_found_by_its_words_and_their_parts(house: House) -> None:
    for text in TEXTS:
        task(house.alice, text)
    for text in TEXTS:
        for word in text.split():
            for part in {word, word[:3], word[-3:], word[:2], word[:1], word.upper(), word.lower(), fold(word)}:
                assert text in _found(house.alice, part), (text, part)
        assert text in _found(house.alice, text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lodz", ["Łódź Straße"]),
        ("LODZ strasse", ["Łódź Straße"]),
        ("strasse LÓDZ", ["Łódź Straße"]),
        ("strase", []),
        ("soren", ["Søren Ørsted"]),
        ("sören", ["Søren Ørsted"]),
        ("oeuvre aero", ["Œuvre d'ÆRØ"]),
        ("thor dang", ["Ægir Þór Đặng"]),
        ("οδυσσεύς", ["ΟΔΥΣΣΕΥΣ"]),
        ("ISTANBUL ILIK", ["İstanbul ılık"]),
        ("елка", ["Привет Ёлка"]),
        ("%", ["100% sûr_de\\soi"]),
        ("_", ["100% sûr_de\\soi"]),
        ("\\", ["100% sûr_de\\soi"]),
        ("0%s", []),
        ("r_d", ["100% sûr_de\\soi"]),
        ("1__", []),
        ("%%%", []),
        ("e\\s", ["100% sûr_de\\soi"]),
        ('"', ["a \"quoted\" 'one'"]),
        ('"quoted"', ["a \"quoted\" 'one'"]),
        ("'one'", ["a \"quoted\" 'one'"]),
        ('"quoted" OR "x"', []),
        ("田", ["田中さん"]),
        ("中さん", ["田中さん"]),
        ("🧵", ["🧵 thread 👩‍👩‍👧"]),
        ("👧", ["🧵 thread 👩‍👩‍👧"]),
        ("👩‍👩‍👧", ["🧵 thread 👩‍👩‍👧"]),
        ("full no5", ["Ｆｕｌｌ ﬁn №5"]),
        ("AND", ["NOT AND OR NEAR(a b)"]),
        ("NEAR(a b)", ["NOT AND OR NEAR(a b)"]),
        ("x*", ["x*y^2 a:b {c} (d) + -e"]),
        ("folded:ab", []),
        ("null", ["null"]),
        ("thread lodz", []),
        ("nothing", []),
        ("x" * 60_000, []),
        ("é" * 30_000, []),
    ],
)
def test_nothing_else_is_found(any_house: House, query: str, found: list[str]) -> None:
    for text in (*TEXTS, "x" * 60_000):
        task(any_house.alice, text)
    assert [text for text in _found(any_house.alice, query) if len(text) < 100] == found


def test_a_query_of_blanks_finds_everything(alice: Person) -> None:
    for text in TEXTS:
        task(alice, text)
    for query in ("", " ", "\u3000", "\u0301"):
        assert len(_found(alice, query)) == len(TEXTS)


def test_no_alternatives_find_nothing(alice: Person) -> None:
    task(alice)
    assert listed(alice, tasks.page, filters={"title": []}) == []


def test_a_field_is_searched_as_one_text_and_several_are_alternatives(alice: Person) -> None:
    for title in ("Call the baker", "Call the butcher", "Bake a cake"):
        task(alice, title, description="candles")
    for texts, count in ((["call the"], 2), (["the call"], 0), (["bake", "BUTCHER"], 3), (["cand"], 0), (["  "], 0)):
        assert len(listed(alice, tasks.page, filters={"title": texts})) == count, texts
    assert len(_found(alice, "candles bake")) == 2


def test_a_contact_is_found_by_what_is_known_of_it(house: House) -> None:
    alice = house.alice
    made = contact(
        alice,
        "Inès Aubry",
        emails=["Ines.Aubry@Halden.example"],
        phones=["+33 (0)6.12-34"],
        position="Acheteuse",
        company="École Nord",
    )
    contact(alice, "Bruno", emails=["b@x"], phones=["555"], position="Chef", company="Morel")
    by = {
        "name": ["nes au"],
        "emails": ["@halden"],
        "phones": ["3306"],
        "position": ["ACHET"],
        "company": ["ecole"],
        "q": "aubry 330612 ecole achet halden",
    }
    for name, value in by.items():
        assert listed(alice, contacts.page, filters={name: value}) == [made], name
    for name, value in {"q": "aubry morel", "company": ["nordx"], "phones": ["+330612"], "name": ["achet"]}.items():
        assert listed(alice, contacts.page, filters={name: value}) == [], name


@pytest.mark.parametrize("query", ["+33 (0)6.12-34", "(0)6.12", "330612", "3061234", "33", "34"])
def test_a_phone_is_found_as_written_and_by_its_digits(alice: Person, query: str) -> None:
    made = contact(alice, phones=["+33 (0)6.12-34"])
    contact(alice, phones=["+41 79 000"])
    assert listed(alice, contacts.page, filters={"q": query}) == [made]


def test_what_changes_is_found_as_it_is_now(house: House) -> None:
    alice = house.alice
    someone, made = contact(alice, "Inès", company="Halden"), task(alice, "Call")
    alice.does(contacts.change, someone.id, ContactChanges(name="Zoé"))
    alice.does(tasks.change, made.id, TaskChanges(title="Write", description="Straße"))
    alice.does(companies.change, someone.company_id, CompanyChanges(name="Morel"))
    for query, count in (("ines", 0), ("zoe", 1), ("halden", 0), ("morel", 1), ("zoe morel", 1)):
        assert len(listed(alice, contacts.page, filters={"q": query})) == count, query
    for query, found in (("call", []), ("strasse", ["Write"])):
        assert _found(alice, query) == found
    assert_sound(house)


def test_people_companies_and_tasks_are_searched_apart_and_each_workspace_too(alice: Person, mallory: Person) -> None:
    for person in (alice, mallory):
        contact(person, "Halden")
        company(person, "Halden")
        task(person, "Halden")
    for query in ("halden", "ha"):
        for page in (contacts.page, companies.page, tasks.page):
            (found,) = listed(alice, page, filters={"q": query})
            assert found.workspace_id == alice.actor.workspace_id


def test_of_a_very_long_text_the_beginning_is_searched(alice: Person) -> None:
    task(alice, "Long", description="start " + "é" * SEARCHED_CHARACTERS + " end")
    for query, found in (("start", ["Long"]), ("e" * 500, ["Long"]), ("end", [])):
        assert _found(alice, query) == found


def test_filters_narrow_together(alice: Person) -> None:
    said: list[dict[str, Any]] = [{"priority": tasks.Priority.HIGH}, {"priority": tasks.Priority.LOW}, {}]
    for each in said:
        task(alice, "Straße", **each)
    found = listed(alice, tasks.page, filters={"q": "strasse", "priority": ["high", "low"], "title": ["s"]})
    assert [each.priority for each in found] == ["high", "low"]
