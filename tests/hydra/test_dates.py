"""Dates in and out (specification, section 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.hydra.dump import untouched
from tests.hydra.things import WRITABLE, made
from tests.hydra.wording import DATETIME, NULL, violations

if TYPE_CHECKING:
    from tests.conftest import House

READ = {
    "2025-03-20T10:00:00+00:00": "2025-03-20T10:00:00+00:00",
    "2025-03-20T10:00:00Z": "2025-03-20T10:00:00+00:00",
    "2025-03-20t10:00:00z": "2025-03-20T10:00:00+00:00",
    "2026-02-10T14:30:00+01:00": "2026-02-10T13:30:00+00:00",
    "2026-02-10T23:30:00-08:00": "2026-02-11T07:30:00+00:00",
    "2026-02-10T00:15:00+05:45": "2026-02-09T18:30:00+00:00",
    "2026-02-10T00:00:00+14:00": "2026-02-09T10:00:00+00:00",
    "2026-02-10T00:00:00-00:00": "2026-02-10T00:00:00+00:00",
    "2026-02-10T00:00:00+23:59": "2026-02-09T00:01:00+00:00",
    "2026-02-10T12:00:00.999Z": "2026-02-10T12:00:00+00:00",
    "2026-02-10T12:00:00.123456789+01:00": "2026-02-10T11:00:00+00:00",
    "2026-02-10T12:00:00": "2026-02-10T12:00:00+00:00",
    "2026-02-10T12:00:00.5": "2026-02-10T12:00:00+00:00",
    "2026-02-10": "2026-02-10T00:00:00+00:00",
    " 2026-02-10T12:00:00Z\n": "2026-02-10T12:00:00+00:00",
    "2024-02-29": "2024-02-29T00:00:00+00:00",
    "0001-01-01T00:00:00Z": "0001-01-01T00:00:00+00:00",
    "0999-12-31T23:59:59Z": "0999-12-31T23:59:59+00:00",
    "1883-11-18T12:00:00Z": "1883-11-18T12:00:00+00:00",
    "9999-12-31T23:59:59Z": "9999-12-31T23:59:59+00:00",
}
REFUSED = (
    "zz",
    "tomorrow",
    "2026-02-30",
    "2025-02-29",
    "2026-00-10",
    "2026-13-01",
    "2026-02-10T24:00:00Z",
    "2026-02-10T12:60:00Z",
    "2026-02-10T23:59:61Z",
    "2026-06-30T23:59:60Z",
    "2026-02-10T12:00:00+24:00",
    "2026-02-10T12:00:00+01:60",
    "2026-02-10T12:00:00+",
    "2026-02-10T12:00:00 Z",
    "2026-02-10T",
    "2026-2-10",
    "26-02-10",
    "10/02/2026",
    "20260210",
    "2026-W07-2",
    "1770681600",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "-2026-01-01",
    "+2026-01-01",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "\u0662\u0660\u0662\u0666-\u0660\u0662-\u0661\u0660",
    "2026-02-10T12:00:00Z; DROP TABLE tasks",
    "2026-02-10\0",
    "9" * 5_000,
)


def test_moments_are_read_in_any_offset_and_shown_in_utc(house: House) -> None:
    task = made(house.alice, "contact_tasks")
    for sent, shown in READ.items():
        body = {"contact": task["contact"], "title": "x", "dueDate": sent, "startDate": "0001-01-01"}
        answer = house.alice.post("/api/contact_tasks", body)
        assert (sent, answer.status_code, answer.json().get("dueDate")) == (sent, 201, shown)
        assert house.alice.get(answer.headers["location"]).json()["dueDate"] == shown
        assert house.alice.patch(task["@id"], {"dueDate": sent}).json()["dueDate"] == shown


@pytest.mark.parametrize("field", ["dueDate", "startDate"])
def test_what_is_no_moment_is_refused(house: House, field: str) -> None:
    task = made(house.alice, "contact_tasks")
    body = {"contact": task["contact"], "title": "x", "dueDate": "2026-02-10"}
    with untouched(house):
        for sent in REFUSED:
            assert violations(house.alice.post("/api/contact_tasks", {**body, field: sent})) == {field: DATETIME}, sent
            assert violations(house.alice.patch(task["@id"], {field: sent})) == {field: DATETIME}, sent


def test_a_blank_moment_is_none(house: House) -> None:
    task = made(house.alice, "contact_tasks")
    for blank in ("", " \t"):
        house.alice.patch(task["@id"], {"startDate": "2026-01-01"})
        assert "startDate" not in house.alice.patch(task["@id"], {"startDate": blank}).json()
        with untouched(house):
            assert violations(house.alice.patch(task["@id"], {"dueDate": blank})) == {"dueDate": NULL}


def test_a_due_date_must_be_given(house: House) -> None:
    task = made(house.alice, "contact_tasks")
    with untouched(house):
        for nothing in ({}, {"dueDate": None}):
            answer = house.alice.post("/api/contact_tasks", {"contact": task["contact"], "title": "x", **nothing})
            assert violations(answer) == {"dueDate": NULL}
        assert violations(house.alice.patch(task["@id"], {"dueDate": None})) == {"dueDate": NULL}


def test_every_date_shown_is_in_utc_and_whole_seconds(house: House) -> None:
    form = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
    for collection in WRITABLE:
        record = made(house.alice, collection, **({"status": "won"} if collection == "deals" else {}))
        shown = {name: value for name, value in record.items() if name.endswith(("At", "Date"))}
        assert {"createdAt", "updatedAt"} <= shown.keys()
        assert ("closedAt" in shown) == (collection == "deals")
        assert all(form.fullmatch(value) for value in shown.values())


def test_the_ends_of_time_break_nothing(house: House) -> None:
    alice = house.alice
    for due in ("9999-12-31T23:59:59Z", "0001-01-01"):
        for starts in ("9999-12-31T23:59:59Z", "0001-01-01", None):
            for all_day in (True, False):
                body = {"title": "x", "dueDate": due, "startDate": starts, "allDay": all_day}
                answer = alice.post("/api/contact_tasks", {**body, "contact": made(alice, "contacts")["@id"]})
                assert answer.status_code in {201, 422}
    for bound in ("before", "strictly_before", "after", "strictly_after"):
        for moment in ("9999-12-31T23:59:59Z", "0001-01-01", "0001-01-01T00:00:00+01:00"):
            assert alice.get("/api/contact_tasks", params={f"dueDate[{bound}]": moment}).status_code == 200
