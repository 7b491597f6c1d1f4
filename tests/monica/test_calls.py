"""Calls (specification, section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import calls
from carnet.core.calls import CallChanges
from tests.core.dump import assert_sound, untouched
from tests.core.things import listed as core_listed
from tests.monica.things import MOMENT, NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from carnet.core.calls import Call
    from tests.conftest import House, Person

KEYS = {
    *("id", "uuid", "object", "called_at", "content", "contact_called", "emotions"),
    *("account", "contact", "created_at", "updated_at"),
}


def _in_core(person: Person) -> Call:
    (found,) = core_listed(person, calls.page)
    assert isinstance(found, calls.Call)
    return found


def test_one_is_made_and_shown(house: House) -> None:
    alice = house.alice
    contact = made(alice, "/contacts")
    sent = {"contact_id": contact["id"], "called_at": "2018-05-01", "content": "About **wool**", "contact_called": 1}
    found = data(call(alice, "POST", "/calls", sent), 201)
    assert found.keys() == KEYS
    assert (found["id"], found["object"], found["contact"]["id"]) == (1, "call", contact["id"])
    assert (found["called_at"], found["content"], found["contact_called"]) == (
        "2018-05-01T00:00:00Z",
        "About **wool**",
        True,
    )
    assert found["emotions"] == []
    assert MOMENT.fullmatch(found["created_at"])
    assert shown(alice, "/calls/1") == shown(house.bob, "/calls/1") == found
    assert listed(alice, "/calls")["data"] == [found]
    assert _in_core(alice).extras is None


def test_little_need_be_sent(anyone: Person) -> None:
    found = made(anyone, "/calls")
    assert (found["content"], found["contact_called"], found["emotions"]) == (None, False, [])


@pytest.mark.parametrize(
    ("called_at", "moment"),
    [
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2026-03-01T23:30:00-05:00", "2026-03-02T04:30:00Z"),
        ("2026-03-01 10:00:00.9", "2026-03-01T10:00:00Z"),
        ("2099-12-31T23:59:59Z", "2099-12-31T23:59:59Z"),
    ],
)
def test_the_moment_is_shown_in_utc(anyone: Person, called_at: str, moment: str) -> None:
    assert made(anyone, "/calls", called_at=called_at)["called_at"] == moment


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"called_at": None}, ["The called at field is required."]),
    ({"called_at": "soon"}, ["The called at is not a valid date."]),
    ({"called_at": 20260301}, ["The called at is not a valid date."]),
    ({"contact_id": "abc"}, ["The contact id must be an integer."]),
    ({"content": 5}, ["The content must be a string."]),
    ({"content": "x" * 1_000_001}, ["The content may not be greater than 1000000 characters."]),
    ({"contact_called": "yes"}, ["The contact called field must be true or false."]),
    ({"emotions": {"a": 1}}, ["The emotions must be an array."]),
    ({"emotions": 7}, ["The emotions must be an array."]),
    ({"emotions": ["sad"]}, ["The emotions must be an integer."]),
    ({"emotions": [0]}, ["The selected emotions is invalid."]),
    ({"emotions": [10**40]}, ["The selected emotions is invalid."]),
    ({"emotions": [1] * 201}, ["The emotions may not have more than 200 items."]),
    ({"called_at": "", "emotions": [1.5]}, ["The called at field is required.", "The emotions must be an integer."]),
]


@pytest.mark.parametrize(("fields", "sentences"), REFUSED, ids=lambda each: str(each)[:40])
def test_what_is_wrong_is_said_in_sentences(any_house: House, fields: dict[str, Any], sentences: list[str]) -> None:
    alice = any_house.alice
    found = made(alice, "/calls")
    sent = {"called_at": "2026-02-03", "contact_id": found["contact"]["id"], **fields}
    with untouched(any_house):
        assert invalid(call(alice, "POST", "/calls", sent)) == sentences
        for method in ("PUT", "PATCH"):
            assert invalid(call(alice, method, "/calls/1", sent)) == sentences


def test_a_new_one_needs_its_contact_and_a_change_does_not(anyone: Person) -> None:
    assert invalid(call(anyone, "POST", "/calls", {})) == [
        "The contact id field is required.",
        "The called at field is required.",
    ]
    found = made(anyone, "/calls")
    assert invalid(call(anyone, "PUT", "/calls/1", {})) == ["The called at field is required."]
    after = put(anyone, "/calls/1", called_at="2026-02-04")
    assert (after["called_at"], after["contact"]["id"]) == ("2026-02-04T00:00:00Z", found["contact"]["id"])


def test_a_contact_that_is_not_there_is_not_found(house: House) -> None:
    alice = house.alice
    made(alice, "/calls")
    theirs = [made(house.mallory, "/contacts")["id"] for _ in range(2)][-1]
    with untouched(house):
        for number in (-1, 9, theirs, 10**30):
            sent = {"called_at": "2026-02-03", "contact_id": number}
            assert refusal(call(alice, "POST", "/calls", sent)) == NOT_FOUND
            assert refusal(call(alice, "PUT", "/calls/1", sent)) == NOT_FOUND


def test_it_does_not_move_to_another_contact(house: House) -> None:
    found, other = made(house.alice, "/calls"), made(house.alice, "/contacts")
    sent = {"called_at": "2026-02-04", "contact_id": other["id"]}
    with untouched(house):
        assert refusal(call(house.alice, "PUT", "/calls/1", sent)) == NOT_FOUND
    for same in (found["contact"]["id"], str(found["contact"]["id"]), 0, None):
        assert put(house.alice, "/calls/1", **{**sent, "contact_id": same})["called_at"] == "2026-02-04T00:00:00Z"


def test_what_is_not_sent_is_kept_and_null_clears(house: House) -> None:
    made(house.alice, "/calls", content="Wool", contact_called=True, emotions=[3, "5"])
    after = put(house.alice, "/calls/1", called_at="2026-02-04")
    assert (after["content"], after["contact_called"]) == ("Wool", True)
    assert [emotion["id"] for emotion in after["emotions"]] == [3, 5]
    after = put(house.alice, "/calls/1", called_at="2026-02-04", content=None, contact_called=None, emotions=None)
    assert (after["content"], after["contact_called"], after["emotions"]) == (None, True, [])
    assert put(house.alice, "/calls/1", called_at="2026-02-04", contact_called="0")["contact_called"] is False


def test_emotions_are_kept_as_they_were_sent(house: House) -> None:
    alice = house.alice
    found = made(alice, "/calls", emotions=[12, 3])
    assert found["emotions"] == [{"id": 12, "object": "emotion"}, {"id": 3, "object": "emotion"}]
    alice.does(calls.change, _in_core(alice).id, CallChanges(extras={"elsewhere": {"x": 1}}))
    assert put(alice, "/calls/1", called_at="2026-02-04", emotions=[])["emotions"] == []
    assert _in_core(alice).extras == {"elsewhere": {"x": 1}}


def test_they_sort_by_when_they_were(alice: Person) -> None:
    contact = made(alice, "/contacts")["id"]
    for called_at in ("2026-01-02", "2026-01-01", "2026-01-03", "2026-01-01"):
        made(alice, "/calls", contact_id=contact, called_at=called_at)
    for path in ("/calls", f"/contacts/{contact}/calls"):
        assert each(alice, path) == [1, 2, 3, 4]
        assert each(alice, path + "?sort=called_at") == [2, 4, 1, 3]
        assert each(alice, path + "?sort=-called_at") == [3, 1, 4, 2]


def test_a_list_counts_each_year(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "/contacts")["id"] for _ in range(2))
    for of, called_at in ((one, "2024-05-01"), (one, "2026-01-01"), (two, "2026-12-31")):
        made(alice, "/calls", contact_id=of, called_at=called_at)
    assert listed(alice, "/calls?limit=1")["meta"]["statistics"] == {"2024": 1, "2026": 2}
    assert listed(alice, f"/contacts/{one}/calls")["meta"]["statistics"] == {"2024": 1, "2026": 1}
    assert listed(house.mallory, "/calls")["meta"]["statistics"] == {}
    assert "statistics" not in listed(alice, "/tasks")["meta"]


def test_a_contact_has_a_list_of_its_own(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "/contacts")["id"] for _ in range(2))
    for of, day in ((one, "2026-01-01"), (two, "2026-01-02"), (one, "2025-01-01")):
        made(alice, "/calls", contact_id=of, called_at=day)
    assert each(alice, f"/contacts/{one}/calls") == [1, 3]
    assert refusal(call(alice, "GET", "/contacts/9/calls")) == NOT_FOUND
    contact = shown(alice, f"/contacts/{one}")
    assert (contact["statistics"]["number_of_calls"], contact["last_called"]) == (2, "2026-01-01T00:00:00Z")


def test_they_go_with_their_contact(house: House) -> None:
    alice = house.alice
    one, two = (made(alice, "/contacts")["id"] for _ in range(2))
    for of in (one, two):
        made(alice, "/calls", contact_id=of)
    call(alice, "DELETE", f"/contacts/{one}")
    assert each(alice, "/calls") == [2]
    assert listed(alice, "/calls")["meta"]["statistics"] == {"2026": 1}
    assert_sound(house)


def test_a_stranger_neither_sees_nor_touches_them(house: House) -> None:
    made(house.alice, "/calls")
    with untouched(house):
        for method, path in (("GET", "/calls/1"), ("DELETE", "/calls/1"), ("GET", "/contacts/1/calls")):
            assert refusal(call(house.mallory, method, path)) == NOT_FOUND
        assert refusal(call(house.mallory, "PUT", "/calls/1", {"called_at": "2026-02-04"})) == NOT_FOUND
        assert each(house.mallory, "/calls") == []


def test_a_reader_only_reads(house: House) -> None:
    found = made(house.alice, "/calls")
    assert shown(house.rita, "/calls/1") == found
    with untouched(house):
        for method, path in (("POST", "/calls"), ("PUT", "/calls/1"), ("DELETE", "/calls/1")):
            assert refusal(call(house.rita, method, path, {"called_at": "2026-02-04"})) == (403, "Not authorized", 42)
