"""What falls in a month, at `/reminders/upcoming/{month}` (specification, section 12)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core.permissions import Actor, Right
from carnet.dialects.monica import upcoming
from carnet.http.messages import Request
from tests.conftest import NOW
from tests.monica.things import HOST, NOT_FOUND, call, made, refusal, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

PLANNED = {
    *("id", "reminder_id", "uuid", "object", "planned_date", "title", "description", "frequency_type"),
    *("frequency_number", "initial_date", "delible", "account", "contact", "created_at", "updated_at"),
}


def remind(person: Person, title: str, day: str, unit: str = "one_time", number: int = 1) -> dict[str, Any]:
    return made(person, "/reminders", title=title, initial_date=day, frequency_type=unit, frequency_number=number)


def plan(person: Person, month: object, *, now: datetime = NOW) -> list[dict[str, Any]]:
    """What falls in a month, asked at a moment that the test sets."""
    (operation,) = upcoming.operations()
    path = f"/reminders/upcoming/{month}"
    scope = {"method": "GET", "path": path, "path_params": {"month": str(month)}, "headers": [], "query_string": b""}
    request = Request(scope, HOST)
    request.now = now
    answer = person.house.store.read_now(operation.work, person.actor, request)
    found = msgspec.json.decode(answer.body)
    assert found.keys() == {"data"}
    planned: list[dict[str, Any]] = found["data"]
    return planned


def days(person: Person, month: int, *, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(each["planned_date"][:10], each["title"]) for each in plan(person, month, now=now)]


def test_a_month_holds_what_falls_in_it(house: House) -> None:
    alice = house.alice
    remind(alice, "yearly", "1984-03-09", "year")
    remind(alice, "last day", "2025-01-31", "month")
    remind(alice, "fortnightly", "2026-03-03", "week", 2)
    remind(alice, "once", "2026-03-09")
    remind(alice, "other month", "1984-05-09", "year")
    remind(house.mallory, "theirs", "2026-03-09", "week")
    assert (
        days(alice, 1)
        == days(house.rita, 1)
        == [
            ("2026-03-03", "fortnightly"),
            ("2026-03-09", "yearly"),
            ("2026-03-09", "once"),
            ("2026-03-17", "fortnightly"),
            ("2026-03-31", "last day"),
            ("2026-03-31", "fortnightly"),
        ]
    )
    assert [title for _, title in days(alice, 3)] == ["other month", "fortnightly", "fortnightly", "last day"]


def test_this_month_begins_today(house: House) -> None:
    alice = house.alice
    remind(alice, "daily in effect", "2026-01-01", "week")
    for day in ("2026-02-02", "2026-02-03", "2026-02-28"):
        remind(alice, "once", day)
    assert days(alice, 0) == [
        ("2026-02-03", "once"),
        ("2026-02-05", "daily in effect"),
        ("2026-02-12", "daily in effect"),
        ("2026-02-19", "daily in effect"),
        ("2026-02-26", "daily in effect"),
        ("2026-02-28", "once"),
    ]


def test_the_month_is_the_one_where_the_workspace_is(house: House) -> None:
    alice = house.alice
    remind(alice, "February", "2026-02-28")
    remind(alice, "March", "2026-03-01")
    late = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
    assert days(alice, 0, now=late) == [("2026-02-28", "February")]
    for zone, found in (("Pacific/Auckland", "March"), ("America/Los_Angeles", "February")):
        alice.actor = msgspec.structs.replace(alice.actor, time_zone=zone)
        assert [title for _, title in days(alice, 0, now=late)] == [found]


def test_each_carries_its_reminder(house: House) -> None:
    reminder = remind(house.alice, "Cake", "2026-03-01", "year")
    (found,) = plan(house.alice, 1)
    assert found.keys() == PLANNED
    assert {name: found[name] for name in reminder if name != "contact"} == {
        name: value for name, value in reminder.items() if name != "contact"
    }
    assert found["contact"] == reminder["contact"]
    assert (found["reminder_id"], found["planned_date"]) == (reminder["id"], "2026-03-01T00:00:00Z")


def test_it_is_answered_without_pages(house: House) -> None:
    far = date.today().replace(day=1)  # noqa: DTZ011 - the server's own clock
    month = f"{far.year + 1}-{far.month:02}-15"
    for number in range(40):
        remind(house.alice, f"{number}", month)
    answer = call(house.alice, "GET", "/reminders/upcoming/12")
    assert answer.status_code == 200
    assert answer.json().keys() == {"data"}
    assert [each["title"] for each in answer.json()["data"]] == [str(number) for number in range(40)]
    assert call(house.alice, "GET", "/reminders/upcoming/12/").json() == answer.json()
    assert call(house.mallory, "GET", "/reminders/upcoming/12").json() == {"data": []}


@pytest.mark.parametrize("month", ["0", "1", "11", "00", "95688", "95699", "95700", "9" * 18])
def test_any_number_of_months_is_answered(anyone: Person, month: str) -> None:
    remind(anyone, "yearly", "2026-02-03", "year")
    assert call(anyone, "GET", f"/reminders/upcoming/{month}").status_code == 200
    assert isinstance(plan(anyone, month), list)


def test_the_last_month_of_the_calendar_has_days(anyone: Person) -> None:
    remind(anyone, "yearly", "2026-12-31", "year")
    months = (9999 - 2026) * 12 + 10
    assert days(anyone, months) == [("9999-12-31", "yearly")]
    assert days(anyone, months + 1) == []


@pytest.mark.parametrize("month", ["-1", "abc", "1.5", "9" * 19, "٣", "+1", "1e1", "%00", "null"])
def test_what_is_no_number_of_months_is_not_found(anyone: Person, month: str) -> None:
    assert refusal(call(anyone, "GET", f"/reminders/upcoming/{month}")) == NOT_FOUND


def test_the_query_is_checked_as_everywhere(anyone: Person) -> None:
    assert refusal(call(anyone, "GET", "/reminders/upcoming/0?limit=101"))[2] == 30
    assert refusal(call(anyone, "GET", "/reminders/upcoming/0?sort=title"))[2] == 39


def test_it_needs_the_right_to_read_reminders(house: House) -> None:
    remind(house.alice, "x", "2026-03-01")
    rights = house.alice.actor.rights - {Right.READ_CONTACTS}
    actor = house.alice.actor
    house.alice.actor = Actor(actor.workspace_id, actor.user_id, rights, actor.time_zone)
    (found,) = plan(house.alice, 1)
    assert found["contact"] is None
    assert shown(house.rita, "/reminders/1")["title"] == "x"
    (operation,) = upcoming.operations()
    assert operation.right is Right.READ_REMINDERS
