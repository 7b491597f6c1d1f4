"""The journal (specification, section 12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import journal
from carnet.core.journal import EntryDraft
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.monica.things import MOMENT, NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House

KEYS = {"id", "uuid", "object", "title", "post", "date", "url", "account", "created_at", "updated_at"}


def test_one_is_written_and_shown(house: House) -> None:
    alice = house.alice
    entry = data(call(alice, "POST", "/journal", {"title": "A <b>day</b>", "post": "Rain.\n\nSun."}), 201)
    assert entry.keys() == KEYS
    assert (entry["id"], entry["object"]) == (1, "entry")
    assert entry["url"] == "http://carnet.example/monica/api/journal/1"
    assert (entry["title"], entry["post"]) == ("A <b>day</b>", "Rain.\n\nSun.")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"])
    assert entry["created_at"].startswith(entry["date"])
    assert MOMENT.fullmatch(entry["updated_at"])
    assert shown(alice, "/journal/1") == shown(house.bob, "/journal/1") == entry
    assert listed(alice, "/journal")["data"] == [entry]


def test_a_day_that_was_said_elsewhere_is_shown_and_kept(house: House) -> None:
    draft = EntryDraft(title="x", text="y", written_on=NOW.date().replace(year=1999))
    house.alice.does(journal.create, draft)
    assert put(house.alice, "/journal/1", title="z", post="y")["date"] == "1999-02-03"


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["The title field is required.", "The post field is required."]),
    ({"title": "x"}, ["The post field is required."]),
    ({"title": " ", "post": "y"}, ["The title field is required."]),
    ({"title": 1, "post": 2}, ["The title must be a string.", "The post must be a string."]),
    ({"title": "x" * 256, "post": "y"}, ["The title may not be greater than 255 characters."]),
    ({"title": "x", "post": "y" * 1_000_001}, ["The post may not be greater than 1000000 characters."]),
]


@pytest.mark.parametrize(("fields", "sentences"), REFUSED, ids=lambda each: str(each)[:40])
def test_what_is_wrong_is_said_in_sentences(any_house: House, fields: dict[str, Any], sentences: list[str]) -> None:
    alice = any_house.alice
    made(alice, "/journal")
    with untouched(any_house):
        assert invalid(call(alice, "POST", "/journal", fields)) == sentences
        for method in ("PUT", "PATCH"):
            assert invalid(call(alice, method, "/journal/1", fields)) == sentences


def test_a_change_is_seen_by_all_and_a_deletion_too(house: House) -> None:
    alice = house.alice
    made(alice, "/journal")
    after = put(house.bob, "/journal/1", title="Another", post="Sun.")
    assert shown(alice, "/journal/1") == after
    assert call(house.bob, "DELETE", "/journal/1").json() == {"deleted": True, "id": 1}
    assert refusal(call(alice, "GET", "/journal/1")) == NOT_FOUND
    assert each(alice, "/journal") == []
    assert_sound(house)


def test_a_stranger_neither_sees_nor_touches_it(house: House) -> None:
    made(house.alice, "/journal")
    with untouched(house):
        for method in ("GET", "DELETE"):
            assert refusal(call(house.mallory, method, "/journal/1")) == NOT_FOUND
        assert refusal(call(house.mallory, "PUT", "/journal/1", {"title": "x", "post": "y"})) == NOT_FOUND
        assert each(house.mallory, "/journal") == []


def test_a_reader_only_reads(house: House) -> None:
    entry = made(house.alice, "/journal")
    assert shown(house.rita, "/journal/1") == entry
    with untouched(house):
        for method, path in (("POST", "/journal"), ("PUT", "/journal/1"), ("DELETE", "/journal/1")):
            assert refusal(call(house.rita, method, path, {"title": "x", "post": "y"})) == (403, "Not authorized", 42)
