"""Notes (specification, section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import deals, notes
from carnet.core.deals import DealDraft
from carnet.core.notes import NoteChanges, NoteDraft
from tests.hydra.dump import untouched
from tests.monica.test_tasks import is_now
from tests.monica.things import (
    API,
    HOST,
    NOT_FOUND,
    call,
    each,
    invalid,
    listed,
    made,
    put,
    refusal,
    shown,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person


def test_a_note(house: House) -> None:
    made(house.alice, "/contacts")
    note = made(house.alice, "/notes", contact_id=1, body="  They like tea.\nBlack. ")
    contact = made(house.alice, "/tasks", contact_id=1)["contact"]
    assert is_now(note["created_at"])
    for name in ("uuid", "created_at", "updated_at"):
        note.pop(name)
    assert note == {
        "id": 1,
        "object": "note",
        "body": "They like tea.\nBlack.",
        "is_favorited": False,
        "favorited_at": None,
        "url": f"{HOST}{API}/notes/1",
        "account": {"id": house.main.id},
        "contact": contact,
    }


def test_lists_and_single_records_show_the_same(house: House) -> None:
    for _ in range(2):
        made(house.alice, "/contacts")
    for number in (1, 2, 1):
        made(house.alice, "/notes", contact_id=number, is_favorited=number == 1)
    found = listed(house.alice, "/notes")["data"]
    assert found == [shown(house.alice, f"/notes/{number}") for number in (1, 2, 3)]
    assert listed(house.alice, "/contacts/1/notes")["data"] == [found[0], found[2]]
    assert each(house.alice, "/contacts/2/notes") == [2]
    assert refusal(call(house.alice, "GET", "/contacts/9/notes")) == NOT_FOUND


@pytest.mark.parametrize("value", [True, 1, "1"])
def test_a_favourite_knows_since_when(house: House, value: Any) -> None:
    note = made(house.alice, "/notes", is_favorited=value)
    assert note["is_favorited"] is True
    assert is_now(note["favorited_at"])


def test_it_becomes_one_and_ceases_to_be_one(house: House) -> None:
    made(house.alice, "/notes")
    uuid = shown(house.alice, "/notes/1")["uuid"]
    house.alice.does(notes.change, uuid, NoteChanges(is_favorite=True))
    since = "2026-02-03T09:15:00Z"
    said: dict[str, Any]
    for said in ({}, {"is_favorited": True}, {"is_favorited": 1}):  # absent is kept, and again changes nothing
        note = put(house.alice, "/notes/1", body="x", contact_id=1, **said)
        assert (note["is_favorited"], note["favorited_at"]) == (True, since)
    for said in ({"is_favorited": False}, {}, {"is_favorited": None}):
        note = put(house.alice, "/notes/1", body="x", contact_id=1, **said)
        assert (note["is_favorited"], note["favorited_at"]) == (False, None)
    assert is_now(put(house.alice, "/notes/1", body="x", contact_id=1, is_favorited="1")["favorited_at"])


def test_the_contact_of_an_update_must_be_the_notes_own(house: House) -> None:
    for _ in range(2):
        made(house.alice, "/contacts")
    made(house.alice, "/notes", contact_id=1)
    with untouched(house):
        for number in (2, 99, 0):
            body = {"body": "changed", "contact_id": number}
            assert refusal(call(house.alice, "PUT", "/notes/1", body)) == NOT_FOUND
    assert put(house.alice, "/notes/1", body="changed", contact_id="1")["body"] == "changed"


@pytest.mark.parametrize(
    ("method", "body", "sentences"),
    [
        ("POST", {}, ["The body field is required.", "The contact id field is required."]),
        ("PUT", {}, ["The body field is required.", "The contact id field is required."]),
        ("PUT", {"body": "x"}, ["The contact id field is required."]),
        ("POST", {"body": " ", "contact_id": 1}, ["The body field is required."]),
        ("POST", {"body": 5, "contact_id": "x"}, ["The body must be a string.", "The contact id must be an integer."]),
        (
            "POST",
            {"body": "x" * 100_001, "contact_id": 1},
            ["The body may not be greater than 100000 characters."],
        ),
        (
            "POST",
            {"body": "x", "contact_id": 1, "is_favorited": "x"},
            ["The is favorited field must be true or false."],
        ),
    ],
)
def test_what_is_no_note(house: House, method: str, body: Any, sentences: list[str]) -> None:
    made(house.alice, "/notes")
    answer = call(house.alice, method, "/notes" if method == "POST" else "/notes/1", body)
    assert invalid(answer) == sentences
    assert each(house.alice, "/notes", "body") == ["They like tea."]


def test_a_hundred_thousand_characters(house: House) -> None:
    long = "é" * 100_000
    made(house.alice, "/notes", body=long)
    assert shown(house.alice, "/notes/1")["body"] == long


@pytest.mark.parametrize("number", [2, 99, 0, -1])
def test_an_unknown_contact_is_not_found(house: House, number: int) -> None:
    made(house.alice, "/contacts")
    with untouched(house):
        assert refusal(call(house.alice, "POST", "/notes", {"body": "x", "contact_id": number})) == NOT_FOUND


def of_others(person: Person) -> list[str]:
    """Notes of a company (1), of a deal (2), of a contact with a title (3), and of a contact and a deal (4)."""
    company = person.post("/api/companies", {"name": "Halden"}).json()["id"]
    deal = person.does(deals.create, DealDraft(title="A table")).id
    contact = made(person, "/contacts")["uuid"]
    drafts = [
        NoteDraft(text="x", company_id=company),
        NoteDraft(text="x", deal_id=deal),
        NoteDraft(text="x", contact_id=contact, title="On tea", extras={"ysuite": {"a": 1}}),
        NoteDraft(text="x", contact_id=contact, deal_id=deal),
    ]
    return [person.does(notes.create, draft).id for draft in drafts]


def test_notes_of_a_company_or_a_deal_alone_are_not_here(house: House) -> None:
    of_others(house.alice)
    assert each(house.alice, "/notes") == each(house.alice, "/contacts/2/notes") == [3, 4]
    for number in (1, 2):
        for method, body in (("GET", None), ("PUT", {"body": "y", "contact_id": 2}), ("DELETE", None)):
            assert refusal(call(house.alice, method, f"/notes/{number}", body)) == NOT_FOUND


def test_a_title_and_the_other_links_are_kept(house: House) -> None:
    ids = of_others(house.alice)
    assert "title" not in shown(house.alice, "/notes/3")
    before = [house.alice.sees(notes.get, each_id) for each_id in ids]
    for number in (3, 4):
        put(house.alice, f"/notes/{number}", body="y", contact_id=2)
    for then, each_id in zip(before[2:], ids[2:], strict=True):
        now = house.alice.sees(notes.get, each_id)
        assert now.text == "y"
        for name in ("title", "contact_id", "company_id", "deal_id", "extras", "created_at", "number"):
            assert getattr(now, name) == getattr(then, name)


def test_a_delete(house: House) -> None:
    made(house.alice, "/notes")
    assert call(house.alice, "DELETE", "/notes/1").json() == {"deleted": True, "id": 1}
    assert refusal(call(house.alice, "DELETE", "/notes/1")) == NOT_FOUND
    assert each(house.alice, "/contacts") == [1]
