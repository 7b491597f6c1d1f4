"""Finding contacts (specification, section 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from carnet.core import contacts
from carnet.core.contacts import ContactChanges, ContactDraft
from tests.monica.test_contact_input import AGAIN
from tests.monica.things import call, each, listed, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person


@pytest.fixture
def person(house: House) -> Person:
    """Alice, who knows Ada (1), Bert (2) with his company (3), Chloé (4) and a relative of hers (5)."""
    alice = house.alice
    made(alice, "/contacts", first_name="Ada", middle_name="Byron", last_name="Lovelace", email="ada@engine.example")
    made(alice, "/contacts", first_name="Bert", last_name="Kowalski", nickname="Bertie", description="Plays 100% chess")
    put(alice, "/contacts/2/work", job="Head_gardener", company="Halden & Sons")
    draft = ContactDraft(
        name="Chloé Łódź",
        emails=["x@first.example", "chloe_l@second.example"],
        phones=["+44 700 900 123", "(079) 000-11-22"],
        company="Halden & Sons",
    )
    alice.does(contacts.create, draft)
    made(alice, "/contacts", first_name="Ada", last_name="Partial", is_partial=True)
    return alice


def found(person: Person, query: str, more: str = "") -> list[int]:
    ids: list[int] = each(person, f"/contacts?query={quote(query)}{more}")
    return ids


FOUND: list[tuple[str, list[int]]] = [
    ("Ada", [1]),
    ("ADA", [1]),
    ("da", [1]),
    ("byron", [1]),
    ("Lovelace", [1]),
    ("Ada Lovelace", [1]),
    ("  Ada   zzz ", [1]),
    ("ada kowalski", [1, 2]),
    ("zzz yyy", []),
    ("bertie", [2]),
    ("chess", [2]),
    ("gardener", [2]),
    ("Halden", [2, 4]),
    ("halden & sons", [2, 4]),
    ("engine.example", [1]),
    ("second", [4]),
    ("chloe", [4]),
    ("lodz", [4]),
    ("ŁÓDŹ", [4]),
    ("Partial", []),
    ("%", [2]),
    ("100%", [2]),
    ("a%a", []),
    ("_", [2, 4]),
    ("d_g", [2]),
    ("a_a", []),
    ("'", []),
    ('"', []),
    ("\\", []),
    ("Ada' OR '1'='1", []),
    ("Ada\\", []),
    ("&", [2, 4]),
    ("zzz\0Ada", [1]),
    ("\0", [1, 2, 4]),
    ("*", []),
    ("Ada*", []),
    ("NOT", []),
]


@pytest.mark.parametrize(("query", "ids"), FOUND)
def test_any_word_in_any_case(person: Person, query: str, ids: list[int]) -> None:
    assert found(person, query) == ids


BEGINNINGS: list[tuple[str, list[int]]] = [
    ("email:ada@en", [1]),
    ("Email:ADA@engine.example", [1]),
    ("EMAIL: ada", [1]),
    ("email:chloe_l@", [4]),
    ("email:chloe%", []),
    ("email:engine", []),
    ("email:x", [4]),
    ("email:zzz", []),
    ("Phone:+44700", [4]),
    ("phone:+44 700 900", [4]),
    ("phone:44700900123", [4]),
    ("phone:079", [4]),
    ("phone:(079) 000", [4]),
    ("phone:900", []),
    ("phone:x", []),
    ("Facebook:ada", []),
    ("linkedin:ada", []),
    ("job:gardener", []),
    ("foo:Ada", []),
    (":Ada", []),
    ("email:", []),
    ("email: ", []),
]


@pytest.mark.parametrize(("query", "ids"), BEGINNINGS)
def test_a_word_and_how_a_field_begins(person: Person, query: str, ids: list[int]) -> None:
    assert found(person, query) == ids


def test_what_is_no_field_is_searched_as_it_stands(person: Person) -> None:
    put(person, "/contacts/1", **AGAIN, description="job:gardener at email:")
    assert found(person, "job:gardener") == [1]
    assert found(person, "email:") == [1]


@pytest.mark.parametrize("query", ["", " ", "%20%09", "+"])
def test_an_empty_query_is_the_plain_list(person: Person, query: str) -> None:
    page = listed(person, f"/contacts?query={query}")
    assert [contact["id"] for contact in page["data"]] == [1, 2, 4]
    assert "query" not in page["meta"]
    assert listed(person, "/contacts")["data"] == page["data"]


def test_what_was_searched_is_told(person: Person) -> None:
    page = listed(person, "/contacts?query=%20ada%22%20b%20")
    assert page["meta"]["query"] == 'ada" b'


def test_results_are_full_contacts_and_true(person: Person) -> None:
    made(person, "/tasks", contact_id=1)
    (contact,) = listed(person, "/contacts?query=ada")["data"]
    assert contact == shown(person, "/contacts/1")
    assert contact["statistics"]["number_of_tasks"] == 1
    assert "contactFields" in listed(person, "/contacts?query=ada&with=contactfields")["data"][0]


def test_pages_and_order_work_as_elsewhere(person: Person) -> None:
    for number in range(7):
        made(person, "/contacts", first_name=f"Zed{number}")
    first = listed(person, "/contacts?query=zed&limit=3")
    assert (first["meta"]["total"], first["meta"]["last_page"]) == (7, 3)
    assert first["links"]["next"].endswith("?page=2&query=zed&limit=3")
    third = listed(person, "/contacts?limit=3&query=zed&page=3")
    assert [contact["first_name"] for contact in third["data"]] == ["Zed6"]
    assert found(person, "zed", "&sort=-created_at") == found(person, "zed")[::-1]
    uuid = shown(person, f"/contacts/{found(person, 'zed3')[0]}")["uuid"]
    person.does(contacts.change, uuid, ContactChanges(description="later"))
    assert len(found(person, "zed", "&sort=updated_at")) == 7


@pytest.mark.parametrize("query", ["x" * 5_000, "a " * 3_000, "é" * 2_000, "email:" + "x" * 5_000, "%ff%fe"])
def test_an_absurd_query_finds_nothing_that_it_shouldnt(person: Person, query: str) -> None:
    answer = call(person, "GET", f"/contacts?query={query if query.startswith('%') else quote(query)}")
    assert answer.status_code == 200


def test_nobody_finds_the_contacts_of_another_workspace(person: Person) -> None:
    mallory = person.house.mallory
    for query in ("Ada", "email:ada", "a", "%", "phone:44"):
        assert found(mallory, query) == []


def test_many_results_are_counted_to_the_last(house: House) -> None:
    house.alice.does(_crowd, 2_100)
    page: dict[str, Any] = listed(house.alice, "/contacts?query=member&limit=100&page=21")
    assert (page["meta"]["total"], page["meta"]["last_page"], len(page["data"])) == (2_100, 21, 100)


def _crowd(db: Any, actor: Any, count: int, *, now: Any) -> None:
    for number in range(count):
        contacts.create(db, actor, ContactDraft(name=f"Member {number}"), now=now)
