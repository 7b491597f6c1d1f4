"""Days of a life that are known, known in part, or not (specification, section 7.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts
from carnet.dialects.monica import dates
from tests.monica.test_contact_input import AGAIN, LEAST
from tests.monica.things import call, invalid, made, put, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

UNKNOWN = {"is_age_based": None, "is_year_unknown": None, "date": None}
KNOWN = {"is_birthdate_known": True}
TODAY = date(2026, 2, 3)


def day_of(person: Person, name: str = "birthdate") -> Any:
    return shown(person, "/contacts/1")["information"]["dates"][name]


def exact(day: str) -> dict[str, Any]:
    return {"is_age_based": False, "is_year_unknown": False, "date": f"{day}T00:00:00Z"}


def birthdate(day: Any = None, month: Any = None, year: Any = None, **more: Any) -> dict[str, Any]:
    parts = {"birthdate_day": day, "birthdate_month": month, "birthdate_year": year}
    return {**KNOWN, **{name: value for name, value in parts.items() if value is not None}, **more}


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (birthdate(10, 10, 1980), "1980-10-10"),
        (birthdate("10", "10", "1980"), "1980-10-10"),
        (birthdate(29, 2, 2024), "2024-02-29"),
        (birthdate(1, 1, 1), "0001-01-01"),
        (birthdate(31, 12, 9999), "9999-12-31"),
        (birthdate(10, 10, 1980, birthdate_is_age_based=False, birthdate_age=7), "1980-10-10"),
        (birthdate(10, 10, 1980, birthdate_add_reminder=False), "1980-10-10"),
    ],
)
def test_a_known_birthdate(house: House, given: dict[str, Any], day: str) -> None:
    made(house.alice, "/contacts", **given)
    assert day_of(house.alice) == exact(day)
    put(house.alice, "/contacts/1", **AGAIN)
    assert day_of(house.alice) == UNKNOWN
    put(house.alice, "/contacts/1", **{**AGAIN, **given})
    assert day_of(house.alice) == exact(day)


@pytest.mark.parametrize("year", [0, None, "0", ""])
def test_without_its_year_this_one_is_shown(anyone: Person, year: Any) -> None:
    made(anyone, "/contacts", **birthdate(3, 2), birthdate_year=year)
    found = day_of(anyone)
    assert (found["is_age_based"], found["is_year_unknown"]) == (False, True)
    assert found["date"] == f"{datetime.now(UTC).year}-02-03T00:00:00Z"


@pytest.mark.parametrize("more", [{}, {"birthdate_day": 3, "birthdate_month": 2, "birthdate_year": 1980}])
def test_an_age_is_reckoned_back_to_a_first_of_january(anyone: Person, more: dict[str, Any]) -> None:
    made(anyone, "/contacts", **KNOWN, birthdate_is_age_based=True, birthdate_age=30, **more)
    year = datetime.now(UTC).year - 30
    assert day_of(anyone) == {"is_age_based": True, "is_year_unknown": False, "date": f"{year}-01-01T00:00:00Z"}


NOT_A_DATE = "The birthdate is not a valid date."
NO_DAY, NO_MONTH = "The birthdate day field is required.", "The birthdate month field is required."
WRONG: list[tuple[dict[str, Any], list[str]]] = [
    (birthdate(), [NO_DAY, NO_MONTH]),
    (birthdate(year=1980), [NO_DAY, NO_MONTH]),
    (birthdate(day=10, year=1980), [NO_MONTH]),
    (birthdate(month=10), [NO_DAY]),
    (birthdate(31, 2, 1980), [NOT_A_DATE]),
    (birthdate(29, 2, 2023), [NOT_A_DATE]),
    (birthdate(10, 13, 1980), [NOT_A_DATE]),
    (birthdate(0, 0), [NOT_A_DATE]),
    (birthdate(-1, 10, 1980), [NOT_A_DATE]),
    (birthdate(10, 10, -1), [NOT_A_DATE]),
    (birthdate(10, 10, 10_000), [NOT_A_DATE]),
    (birthdate(10, 10, 10**30), [NOT_A_DATE]),
    (birthdate(10**30, 10), [NOT_A_DATE]),
    (birthdate("x", 10), ["The birthdate day must be an integer."]),
    (birthdate(birthdate_is_age_based=True), ["The birthdate age field is required."]),
    (birthdate(10, 10, 1980, birthdate_is_age_based=True), ["The birthdate age field is required."]),
    (birthdate(birthdate_is_age_based=True, birthdate_age=-1), [NOT_A_DATE]),
    (birthdate(birthdate_is_age_based=True, birthdate_age=5_000), [NOT_A_DATE]),
    (birthdate(birthdate_is_age_based=True, birthdate_age=10**30), [NOT_A_DATE]),
    (birthdate(birthdate_is_age_based=True, birthdate_age="x"), ["The birthdate age must be an integer."]),
    (birthdate(first_name=" "), ["The first name field is required.", NO_DAY, NO_MONTH]),
    (
        birthdate(is_deceased_date_known="x"),
        [NO_DAY, NO_MONTH, "The is deceased date known field must be true or false."],
    ),
]


@pytest.mark.parametrize(("given", "sentences"), WRONG)
def test_what_is_no_day_is_refused(anyone: Person, given: dict[str, Any], sentences: list[str]) -> None:
    made(anyone, "/contacts", **birthdate(10, 10, 1980))
    assert invalid(call(anyone, "POST", "/contacts", {**LEAST, **given})) == sentences
    assert invalid(call(anyone, "PUT", "/contacts/1", {**AGAIN, **given})) == sentences
    assert day_of(anyone) == exact("1980-10-10")


DIED = {"deceased_date_day": 3, "deceased_date_month": 2, "deceased_date_year": 2020}


def test_a_death_with_its_day_and_without(house: House) -> None:
    alice = house.alice
    made(alice, "/contacts", is_deceased=True, is_deceased_date_known=True, **DIED)
    assert day_of(alice, "deceased_date") == exact("2020-02-03")
    assert shown(alice, "/contacts/1")["is_dead"] is True
    kept = {**AGAIN, "is_deceased_date_known": True, **DIED, "deceased_date_day": 4}
    assert put(alice, "/contacts/1", **kept)["is_dead"] is True  # absent is kept
    assert day_of(alice, "deceased_date") == exact("2020-02-04")
    without = put(alice, "/contacts/1", **AGAIN, is_deceased=True)
    assert (without["is_dead"], without["information"]["dates"]["deceased_date"]) == (True, UNKNOWN)
    without_year = {name: value for name, value in DIED.items() if not name.endswith("year")}
    put(alice, "/contacts/1", **{**AGAIN, "is_deceased": True, "is_deceased_date_known": True, **without_year})
    assert day_of(alice, "deceased_date")["is_year_unknown"] is True


@pytest.mark.parametrize("alive", [False, 0, "0", None])
def test_who_isnt_dead_has_no_such_day(house: House, alive: Any) -> None:
    made(house.alice, "/contacts", is_deceased=True, is_deceased_date_known=True, **DIED)
    for more in ({}, {"is_deceased_date_known": True, **DIED}, {"is_deceased_date_known": True}):
        after = put(house.alice, "/contacts/1", **{**AGAIN, "is_deceased": alive, **more})
        assert (after["is_dead"], after["information"]["dates"]["deceased_date"]) == (False, UNKNOWN)


def test_a_day_of_death_must_be_one(anyone: Person) -> None:
    body = {**LEAST, "is_deceased": True, "is_deceased_date_known": True}
    assert invalid(call(anyone, "POST", "/contacts", body)) == [
        "The deceased date day field is required.",
        "The deceased date month field is required.",
    ]
    wrong = {**body, **DIED, "deceased_date_month": 13}
    assert invalid(call(anyone, "POST", "/contacts", wrong)) == ["The deceased date is not a valid date."]


def test_both_wrong_days_are_said_in_order(anyone: Person) -> None:
    body = {
        **LEAST,
        **KNOWN,
        "is_deceased": True,
        "is_deceased_date_known": True,
        "birthdate_day": 31,
        "birthdate_month": 2,
    }
    assert invalid(call(anyone, "POST", "/contacts", body)) == [
        NOT_A_DATE,
        "The deceased date day field is required.",
        "The deceased date month field is required.",
    ]


def test_what_other_tongues_keep_stays(house: House) -> None:
    uuid = made(house.alice, "/contacts", **birthdate(10, 10, 1980))["uuid"]
    others = contacts.ContactChanges(extras={"ysuite": {"tax": "1"}})
    house.alice.does(contacts.change, uuid, others)
    assert day_of(house.alice) == exact("1980-10-10")
    put(house.alice, "/contacts/1", **AGAIN)
    assert house.alice.sees(contacts.get, uuid).extras == {"ysuite": {"tax": "1"}}


def test_the_29_february_without_a_year_is_in_the_last_leap_year() -> None:
    said = {"birthdate_day": 29, "birthdate_month": 2}
    for year, leap in ((2026, 2024), (2027, 2024), (2024, 2024), (2028, 2028), (2103, 2096), (2400, 2400)):
        kept, faults = dates.read(said, "birthdate", TODAY.replace(year=year))
        assert (kept, faults) == ({"date": f"{leap}-02-29", "is_age_based": False, "is_year_unknown": True}, {})
    for day, month in ((31, 2), (30, 2), (31, 4)):
        assert dates.read({"birthdate_day": day, "birthdate_month": month}, "birthdate", TODAY)[1]
