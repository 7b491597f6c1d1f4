"""Reminders (specification, section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import reminders
from carnet.core.recurrence import Frequency
from carnet.core.reminders import ReminderChanges, ReminderDraft
from carnet.dialects.monica.reminders import FREQUENCIES, Unit
from carnet.store.statements import Statement
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.things import contact as core_contact
from tests.core.things import listed as core_listed
from tests.monica.things import MOMENT, NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from carnet.core.reminders import Reminder
    from tests.conftest import House, Person

SENT = {
    "title": "Wish a happy birthday",
    "description": "With cake",
    "initial_date": "2018-05-01",
    "frequency_type": "year",
    "frequency_number": 1,
}
KEYS = {
    *("id", "uuid", "object", "title", "description", "frequency_type", "frequency_number", "initial_date"),
    *("delible", "account", "contact", "created_at", "updated_at"),
}


def _in_core(person: Person) -> Reminder:
    (found,) = core_listed(person, reminders.page)
    assert isinstance(found, reminders.Reminder)
    return found


def _in_core_after(person: Person, **said: Any) -> Reminder:
    after: Reminder = person.does(reminders.change, _in_core(person).id, ReminderChanges(**said))
    return after


def test_one_is_made_and_shown(house: House) -> None:
    alice = house.alice
    contact = made(alice, "/contacts")
    reminder = data(call(alice, "POST", "/reminders", {**SENT, "contact_id": contact["id"]}), 201)
    assert reminder.keys() == KEYS
    assert {name: reminder[name] for name in SENT} == {**SENT, "initial_date": "2018-05-01T00:00:00Z"}
    assert (reminder["id"], reminder["object"], reminder["delible"]) == (1, "reminder", True)
    assert reminder["account"] == {"id": house.main.id}
    assert (reminder["contact"]["id"], reminder["contact"]["object"]) == (contact["id"], "contact")
    assert "hash_id" in reminder["contact"]
    assert MOMENT.fullmatch(reminder["created_at"])
    assert MOMENT.fullmatch(reminder["updated_at"])
    assert shown(alice, "/reminders/1") == shown(house.bob, "/reminders/1") == reminder
    assert listed(alice, "/reminders")["data"] == [reminder]
    assert _in_core(alice).rule == "FREQ=YEARLY"
    assert _in_core(alice).extras is None


def test_little_need_be_sent(anyone: Person) -> None:
    reminder = made(anyone, "/reminders")
    assert (reminder["description"], reminder["delible"]) == (None, True)


@pytest.mark.parametrize(
    ("unit", "number", "rule"),
    [
        ("one_time", 1, None),
        ("week", 1, "FREQ=WEEKLY"),
        ("week", "2", "FREQ=WEEKLY;INTERVAL=2"),
        ("month", 3, "FREQ=MONTHLY;INTERVAL=3"),
        ("year", 1000, "FREQ=YEARLY;INTERVAL=1000"),
    ],
)
def test_each_frequency_is_a_rule_and_back(house: House, unit: str, number: Any, rule: str | None) -> None:
    reminder = made(house.alice, "/reminders", frequency_type=unit, frequency_number=number)
    assert (reminder["frequency_type"], reminder["frequency_number"]) == (unit, int(number))
    assert _in_core(house.alice).rule == rule
    again = put(house.alice, "/reminders/1", **_as_sent(reminder))
    assert {**again, "updated_at": 0} == {**reminder, "updated_at": 0}
    assert _in_core(house.alice).version == 1


def _as_sent(reminder: dict[str, Any]) -> dict[str, Any]:
    """What a client that read a reminder sends back."""
    return {**{name: reminder[name] for name in SENT}, "contact_id": reminder["contact"]["id"]}


@pytest.mark.parametrize("number", [0, 7, 1000])
def test_the_number_of_what_comes_once_is_kept(house: House, number: int) -> None:
    reminder = made(house.alice, "/reminders", frequency_type="one_time", frequency_number=number)
    assert reminder["frequency_number"] == number
    assert shown(house.alice, "/reminders/1")["frequency_number"] == number
    after = put(house.alice, "/reminders/1", **{**_as_sent(reminder), "frequency_type": "week", "frequency_number": 2})
    assert (after["frequency_type"], after["frequency_number"]) == ("week", 2)
    assert _in_core(house.alice).extras is None


@pytest.mark.parametrize(
    ("initial_date", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T00:00:00Z", "2026-03-01"),
        ("2026-03-01T23:30:00-05:00", "2026-03-01"),
        ("2026-03-01 00:30:00+05:00", "2026-03-01"),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_the_day_is_the_one_that_is_written(house: House, initial_date: str, day: str) -> None:
    assert made(house.alice, "/reminders", initial_date=initial_date)["initial_date"] == f"{day}T00:00:00Z"


def test_one_that_may_not_be_deleted_says_so(house: House) -> None:
    reminder = made(house.alice, "/reminders", delible=False)
    assert reminder["delible"] is False
    assert put(house.alice, "/reminders/1", **_as_sent(reminder))["delible"] is False
    assert put(house.alice, "/reminders/1", **_as_sent(reminder), delible=None)["delible"] is False
    assert put(house.alice, "/reminders/1", **_as_sent(reminder), delible="1")["delible"] is True
    assert _in_core(house.alice).extras is None


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"title": None}, ["The title field is required."]),
    ({"title": " \t"}, ["The title field is required."]),
    ({"title": 5}, ["The title must be a string."]),
    ({"title": "x" * 256}, ["The title may not be greater than 255 characters."]),
    ({"contact_id": None}, ["The contact id field is required."]),
    ({"contact_id": "abc"}, ["The contact id must be an integer."]),
    ({"initial_date": None}, ["The initial date field is required."]),
    ({"initial_date": "soon"}, ["The initial date is not a valid date."]),
    ({"initial_date": "2026-02-30"}, ["The initial date is not a valid date."]),
    ({"initial_date": 20260301}, ["The initial date is not a valid date."]),
    ({"frequency_type": None}, ["The frequency type field is required."]),
    ({"frequency_type": "day"}, ["The selected frequency type is invalid."]),
    ({"frequency_type": "YEAR"}, ["The selected frequency type is invalid."]),
    ({"frequency_type": ["year"]}, ["The selected frequency type is invalid."]),
    ({"frequency_number": None}, ["The frequency number field is required."]),
    ({"frequency_number": "two"}, ["The frequency number must be an integer."]),
    ({"frequency_number": 0}, ["The frequency number must be between 1 and 1000."]),
    ({"frequency_number": 1001}, ["The frequency number must be between 1 and 1000."]),
    ({"frequency_number": "9" * 40}, ["The frequency number must be between 1 and 1000."]),
    ({"frequency_type": "one_time", "frequency_number": -1}, ["The frequency number must be between 0 and 1000."]),
    ({"frequency_type": "one_time", "frequency_number": 1e300}, ["The frequency number must be between 0 and 1000."]),
    ({"delible": "yes"}, ["The delible field must be true or false."]),
    ({"description": ["x"]}, ["The description must be a string."]),
    (
        {"title": "", "initial_date": "x", "frequency_number": 0},
        [
            "The title field is required.",
            "The initial date is not a valid date.",
            "The frequency number must be between 1 and 1000.",
        ],
    ),
]


@pytest.mark.parametrize(("fields", "sentences"), REFUSED)
def test_what_is_wrong_is_said_in_sentences(any_house: House, fields: dict[str, Any], sentences: list[str]) -> None:
    alice = any_house.alice
    reminder = made(alice, "/reminders")
    sent = {**_as_sent(reminder), **fields}
    with untouched(any_house):
        assert invalid(call(alice, "POST", "/reminders", sent)) == sentences
        for method in ("PUT", "PATCH"):
            assert invalid(call(alice, method, "/reminders/1", sent)) == sentences


def test_what_is_required_is_required_of_changes_too(anyone: Person) -> None:
    made(anyone, "/reminders")
    for method, path in (("POST", "/reminders"), ("PUT", "/reminders/1")):
        assert invalid(call(anyone, method, path, {})) == [
            "The contact id field is required.",
            "The title field is required.",
            "The initial date field is required.",
            "The frequency type field is required.",
            "The frequency number field is required.",
        ]


def test_a_contact_that_is_not_there_is_not_found(house: House) -> None:
    alice = house.alice
    reminder, theirs = made(alice, "/reminders"), [made(house.mallory, "/contacts")["id"] for _ in range(3)][-1]
    company = alice.post("/api/companies", {"name": "Halden"}).json()["@id"]
    assert company
    with untouched(house):
        for number in (0, -1, 2, theirs, 9, 10**30, "9" * 30):
            sent = {**_as_sent(reminder), "contact_id": number}
            assert refusal(call(alice, "POST", "/reminders", sent)) == NOT_FOUND
            assert refusal(call(alice, "PUT", "/reminders/1", sent)) == NOT_FOUND


def test_it_does_not_move_to_another_contact(house: House) -> None:
    reminder, other = made(house.alice, "/reminders"), made(house.alice, "/contacts")
    with untouched(house):
        sent = {**_as_sent(reminder), "contact_id": other["id"], "title": "Moved"}
        assert refusal(call(house.alice, "PUT", "/reminders/1", sent)) == NOT_FOUND


def test_what_is_not_sent_is_kept_and_null_clears(house: House) -> None:
    reminder = made(house.alice, "/reminders", description="Cake")
    sent = {name: value for name, value in _as_sent(reminder).items() if name != "description"}
    assert put(house.alice, "/reminders/1", **{**sent, "title": "Other"})["description"] == "Cake"
    assert put(house.alice, "/reminders/1", **sent, description=None)["description"] is None
    assert put(house.alice, "/reminders/1", **sent, description=" ")["description"] is None


def test_a_change_is_seen_everywhere(house: House) -> None:
    reminder = made(house.alice, "/reminders")
    wanted = {"title": "Wedding", "description": "Rings", "frequency_type": "month", "frequency_number": 6}
    after = put(house.bob, "/reminders/1", **{**_as_sent(reminder), **wanted})
    assert shown(house.alice, "/reminders/1") == after
    assert (after["title"], after["description"]) == ("Wedding", "Rings")
    assert (after["created_at"], after["id"], after["uuid"]) == tuple(
        reminder[name] for name in ("created_at", "id", "uuid")
    )
    assert _in_core(house.alice).rule == "FREQ=MONTHLY;INTERVAL=6"
    assert_sound(house)


@pytest.mark.parametrize(
    ("rule", "shown_as"),
    [
        ("FREQ=DAILY;INTERVAL=3", ("day", 3)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20300101", ("week", 2)),
        ("FREQ=MONTHLY;BYDAY=2TU", ("month", 1)),
    ],
)
def test_what_this_tongue_cannot_say_survives_its_edits(house: House, rule: str, shown_as: tuple[str, int]) -> None:
    alice = house.alice
    draft = ReminderDraft(contact_id=core_contact(alice).id, title="x", begins_on=NOW.date(), rule=rule)
    alice.does(reminders.create, draft)
    reminder = shown(alice, "/reminders/1")
    assert (reminder["frequency_type"], reminder["frequency_number"]) == shown_as
    put(alice, "/reminders/1", **{**_as_sent(reminder), "title": "Other"})
    assert (_in_core(alice).title, _in_core(alice).rule) == ("Other", rule)


def test_another_frequency_leaves_the_last_day(house: House) -> None:
    alice = house.alice
    reminder = made(alice, "/reminders", frequency_type="week")
    _in_core_after(alice, rule="FREQ=WEEKLY;BYDAY=MO;UNTIL=20300101")
    put(alice, "/reminders/1", **{**_as_sent(reminder), "frequency_type": "month", "frequency_number": 2})
    assert _in_core(alice).rule == "FREQ=MONTHLY;INTERVAL=2;UNTIL=20300101"
    sent = {**_as_sent(reminder), "initial_date": "2030-01-02"}
    assert invalid(call(alice, "PUT", "/reminders/1", sent)) == ["The frequency type format is invalid."]
    put(alice, "/reminders/1", **{**_as_sent(reminder), "frequency_type": "one_time"})
    assert _in_core(alice).rule is None


def test_what_other_tongues_keep_stays(house: House) -> None:
    alice = house.alice
    reminder = made(alice, "/reminders", delible=False)
    _in_core_after(alice, extras={"elsewhere": {"colour": "red"}})
    put(alice, "/reminders/1", **_as_sent(reminder), delible=True)
    assert _in_core(alice).extras == {"elsewhere": {"colour": "red"}}


def test_a_contact_has_a_list_of_its_own(house: House) -> None:
    alice = house.alice
    one, two = made(alice, "/contacts")["id"], made(alice, "/contacts")["id"]
    for of in (one, two, one):
        made(alice, "/reminders", contact_id=of)
    assert each(alice, "/reminders") == [1, 2, 3]
    assert each(alice, f"/contacts/{one}/reminders") == [1, 3]
    assert each(alice, f"/contacts/{one}/reminders?sort=-created_at&limit=100") == [3, 1]
    assert each(alice, f"/contacts/{two}/reminders/") == [2]
    for number in (9, "abc", 0):
        assert refusal(call(alice, "GET", f"/contacts/{number}/reminders")) == NOT_FOUND
    assert shown(alice, f"/contacts/{one}")["statistics"]["number_of_reminders"] == 2


def test_they_go_with_their_contact(house: House) -> None:
    alice = house.alice
    one, two = made(alice, "/contacts")["id"], made(alice, "/contacts")["id"]
    for of in (one, two):
        made(alice, "/reminders", contact_id=of)
    assert call(alice, "DELETE", f"/contacts/{one}").status_code == 200
    assert each(alice, "/reminders") == [2]
    assert refusal(call(alice, "GET", "/reminders/1")) == NOT_FOUND
    assert_sound(house)


def test_a_stranger_neither_sees_nor_touches_them(house: House) -> None:
    reminder = made(house.alice, "/reminders")
    mallory = house.mallory
    with untouched(house):
        for method, path in (("GET", "/reminders/1"), ("DELETE", "/reminders/1"), ("GET", "/contacts/1/reminders")):
            assert refusal(call(mallory, method, path)) == NOT_FOUND
        for method in ("PUT", "PATCH"):
            assert refusal(call(mallory, method, "/reminders/1", _as_sent(reminder))) == NOT_FOUND
        assert each(mallory, "/reminders") == []


def test_a_reader_only_reads(house: House) -> None:
    reminder = made(house.alice, "/reminders")
    rita = house.rita
    assert shown(rita, "/reminders/1") == reminder
    with untouched(house):
        for method, path in (("POST", "/reminders"), ("PUT", "/reminders/1"), ("DELETE", "/reminders/1")):
            assert refusal(call(rita, method, path, _as_sent(reminder))) == (403, "Not authorized", 42)


def test_a_page_costs_no_more_statements_than_one_of_them(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    bound = Statement.bound

    def counted(asking: Any, dialect: str) -> Any:
        asked.append(dialect)
        return bound(asking, dialect)

    made(house.alice, "/reminders")
    monkeypatch.setattr(Statement, "bound", counted)
    each(house.alice, "/reminders?limit=100")
    for_one = len(asked)
    for _ in range(19):
        made(house.alice, "/reminders")
    asked.clear()
    assert len(each(house.alice, "/reminders?limit=100")) == 20
    assert len(asked) == for_one > 0


def test_the_frequencies_are_a_total_table() -> None:
    assert set(FREQUENCIES.values()) == set(Frequency)
    assert FREQUENCIES.keys() == set(Unit) - {Unit.ONE_TIME}
