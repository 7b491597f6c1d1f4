"""Times without a zone, gaps and folds, all-day tasks, the day a task is due (specification, sections 6.2 and 6.5)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.ysuite.client import Client, errors, fields
from tests.ysuite.things import core_contact, core_task, in_zone, kept_task, person, task

if TYPE_CHECKING:
    from carnet.core.tasks import Task
    from tests.conftest import House


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moments(kept: Task) -> tuple[datetime | None, datetime | None, bool]:
    return kept.starts_at, kept.due_at, kept.all_day


def shown(client: Client, activity_id: int) -> tuple[Any, Any]:
    """The start and the end of a task, the same in the list as alone."""
    alone = client.read(f"/tasks/{activity_id}")
    row = next(row for row in client.rows("/tasks") if row["activity_id"] == activity_id)
    assert row == alone
    return alone["start_datetime"], alone["end_datetime"]


def test_a_zoneless_time_is_in_the_workspaces_zone_and_kept_in_utc(house: House) -> None:
    for zone, kept in (
        ("Europe/Paris", "2026-07-15T08:00:00"),
        ("Asia/Dubai", "2026-07-15T06:00:00"),
        ("America/St_Johns", "2026-07-15T12:30:00"),
        ("Pacific/Kiritimati", "2026-07-14T20:00:00"),
    ):
        client = in_zone(house, zone)
        activity_id = task(client, start_datetime="2026-07-15T10:00:00", end_datetime="2026-07-15T11:30:00")
        assert kept_task(client, activity_id).starts_at == utc(kept)
        assert shown(client, activity_id) == ("2026-07-15T10:00:00", "2026-07-15T11:30:00")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-07-15T10:00:00", "2026-07-15T10:00:00"),
        ("2026-07-15 10:00:00", "2026-07-15T10:00:00"),
        ("2026-07-15T10:00", "2026-07-15T10:00:00"),
        ("2026-07-15 10:00", "2026-07-15T10:00:00"),
        ("2026-07-15T10:00:00.999", "2026-07-15T10:00:00"),
        ("2026-07-15T10:00:00.123456789012", "2026-07-15T10:00:00"),
        ("2026-07-15T08:00:00Z", "2026-07-15T10:00:00"),
        ("2026-07-15T08:00Z", "2026-07-15T10:00:00"),
        ("2026-07-15 08:00:00.5Z", "2026-07-15T10:00:00"),
        ("2026-07-15T12:00:00+04:00", "2026-07-15T10:00:00"),
        ("2026-07-14T22:30:00-0930", "2026-07-15T10:00:00"),
        ("0500-01-01T00:00:00", "0500-01-01T00:00:00"),
        ("9999-12-31T23:59:59", "9999-12-31T23:59:59"),
    ],
)
def test_what_else_is_read_as_a_time(house: House, sent: str, read: str) -> None:
    client = in_zone(house, "Europe/Paris")
    activity_id = task(client, start_datetime=sent)
    assert shown(client, activity_id) == (read, None)


def test_a_time_that_utc_cannot_say_is_refused(house: House) -> None:
    east, west = in_zone(house, "Asia/Dubai"), in_zone(house, "America/New_York")
    for client, time in ((east, "0001-01-01T00:00:00"), (west, "9999-12-31T23:00:00")):
        body = {"title": "x", "start_datetime": time, "cstid": person(client)}
        assert fields(client.post("/tasks", body)) == {"start_datetime"}
    for time in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"):
        body = {"title": "x", "start_datetime": "2026-07-15T10:00:00", "end_datetime": time, "cstid": 1}
        assert "end_datetime" in fields(east.post("/tasks", body))


def test_a_moment_at_the_end_of_the_calendar_is_shown_somehow(house: House) -> None:
    client = in_zone(house, "Asia/Dubai")
    activity_id = core_task(client, due_at=datetime.max.replace(tzinfo=UTC, microsecond=0)).number
    assert shown(client, activity_id) == ("9999-12-31T23:59:59", None)
    client.changed(f"/tasks/{activity_id}", {"title": "x"})
    for query in ({"due_date_from": "9999-12-31"}, {"due_date_to": "9999-12-31"}, {"due_date_to": "0001-01-01"}):
        assert client.get("/tasks", params=query).status_code == 200


def test_a_skipped_time_moves_forward_by_the_gap(house: House) -> None:
    paris, lord_howe = in_zone(house, "Europe/Paris"), in_zone(house, "Australia/Lord_Howe")
    activity_id = task(paris, start_datetime="2026-03-29T02:30:00")
    assert kept_task(paris, activity_id).starts_at == utc("2026-03-29T01:30:00")
    assert shown(paris, activity_id) == ("2026-03-29T03:30:00", None)
    activity_id = task(lord_howe, start_datetime="2026-10-04T02:15:00")
    assert shown(lord_howe, activity_id) == ("2026-10-04T02:45:00", None)


def test_of_a_time_that_occurs_twice_the_first_is_meant(house: House) -> None:
    client = in_zone(house, "Europe/Paris")
    activity_id = task(client, start_datetime="2026-10-25T02:30:00", end_datetime="2026-10-25T03:00:00")
    assert kept_task(client, activity_id).starts_at == utc("2026-10-25T00:30:00")
    assert shown(client, activity_id) == ("2026-10-25T02:30:00", "2026-10-25T03:00:00")
    second = core_task(client, starts_at=utc("2026-10-25T01:30:00"), due_at=utc("2026-10-25T04:00:00"))
    assert shown(client, second.number) == ("2026-10-25T02:30:00", "2026-10-25T05:00:00")
    client.changed(f"/tasks/{second.number}", client.read(f"/tasks/{second.number}"))
    assert kept_task(client, second.number).starts_at == utc("2026-10-25T01:30:00")


def test_without_an_end_a_task_is_due_at_its_start(client: Client) -> None:
    activity_id = task(client, start_datetime="2026-07-15T10:00:00")
    start = utc("2026-07-15T10:00:00")
    assert moments(kept_task(client, activity_id)) == (start, start, False)
    assert shown(client, activity_id) == ("2026-07-15T10:00:00", None)
    same = task(client, start_datetime="2026-07-15T10:00:00", end_datetime="2026-07-15T10:00:00")
    assert shown(client, same) == ("2026-07-15T10:00:00", None)


@pytest.mark.parametrize(
    ("starts", "due", "read"),
    [
        (None, None, (None, None)),
        ("2026-07-15T10:00:00", None, ("2026-07-15T10:00:00", None)),
        (None, "2026-07-15T10:00:00", ("2026-07-15T10:00:00", None)),
        ("2026-07-15T10:00:00", "2026-07-15T10:00:00", ("2026-07-15T10:00:00", None)),
        ("2026-07-15T10:00:00", "2026-07-15T11:00:00", ("2026-07-15T10:00:00", "2026-07-15T11:00:00")),
    ],
)
def test_how_the_cores_times_are_shown(client: Client, starts: str | None, due: str | None, read: Any) -> None:
    said: dict[str, Any] = {"starts_at": utc(starts) if starts else None, "due_at": utc(due) if due else None}
    assert shown(client, core_task(client, **said).number) == read


def test_an_end_before_the_start_is_refused_under_the_end(client: Client) -> None:
    body = {"title": "x", "cstid": person(client), "start_datetime": "2026-07-15T10:00:00"}
    text = "The end_datetime field must not be earlier than start_datetime."
    assert errors(client.post("/tasks", {**body, "end_datetime": "2026-07-15T09:59:59"})) == {"end_datetime": text}
    path = f"/tasks/{task(client, start_datetime='2026-07-15T10:00:00', end_datetime='2026-07-15T12:00:00')}"
    assert errors(client.put(path, {"start_datetime": "2026-07-15T12:00:01"})) == {"end_datetime": text}
    assert errors(client.put(path, {"end_datetime": "2026-07-15T09:00:00"})) == {"end_datetime": text}
    both = {"start_datetime": "2026-07-16T10:00:00", "end_datetime": "2026-07-16T09:00:00"}
    assert errors(client.put(path, both)) == {"end_datetime": text}
    later = client.changed(path, {"start_datetime": "2026-07-16T10:00:00", "end_datetime": "2026-07-16T11:00:00"})
    assert (later["start_datetime"], later["end_datetime"]) == ("2026-07-16T10:00:00", "2026-07-16T11:00:00")


def test_a_core_task_that_ends_before_it_starts_only_matters_where_a_time_is_sent(client: Client) -> None:
    path = f"/tasks/{task(client)}"
    assert client.changed(path, {"title": "x", "start_datetime": client.read(path)["start_datetime"]})


def test_a_new_start_takes_the_due_moment_along_where_there_is_no_end(client: Client) -> None:
    activity_id = task(client, start_datetime="2026-07-15T10:00:00")
    client.changed(f"/tasks/{activity_id}", {"start_datetime": "2026-07-20T08:00:00"})
    assert shown(client, activity_id) == ("2026-07-20T08:00:00", None)
    assert kept_task(client, activity_id).due_at == utc("2026-07-20T08:00:00")
    due = core_task(client, due_at=utc("2026-07-15T10:00:00")).number
    client.changed(f"/tasks/{due}", {"start_datetime": "2026-07-20T08:00:00"})
    start = utc("2026-07-20T08:00:00")
    assert moments(kept_task(client, due)) == (start, start, False)
    client.changed(f"/tasks/{due}", {"start_datetime": "2026-07-21T08:00:00", "end_datetime": None})
    assert shown(client, due) == ("2026-07-21T08:00:00", None)


def test_a_new_start_leaves_an_end_where_it_is(client: Client) -> None:
    activity_id = task(client, start_datetime="2026-07-15T10:00:00", end_datetime="2026-07-15T12:00:00")
    client.changed(f"/tasks/{activity_id}", {"start_datetime": "2026-07-15T11:00:00"})
    assert shown(client, activity_id) == ("2026-07-15T11:00:00", "2026-07-15T12:00:00")


def test_a_new_end_leaves_the_start_that_is_shown(client: Client) -> None:
    activity_id = core_task(client, due_at=utc("2026-07-15T10:00:00")).number
    client.changed(f"/tasks/{activity_id}", {"end_datetime": "2026-07-15T12:00:00"})
    assert shown(client, activity_id) == ("2026-07-15T10:00:00", "2026-07-15T12:00:00")
    client.changed(f"/tasks/{activity_id}", {"end_datetime": None})
    assert shown(client, activity_id) == ("2026-07-15T10:00:00", None)
    assert kept_task(client, activity_id).due_at == utc("2026-07-15T10:00:00")


def test_a_task_without_times_may_gain_them(client: Client) -> None:
    one, two = core_task(client).number, core_task(client).number
    client.changed(f"/tasks/{one}", {"start_datetime": "2026-07-15T10:00:00"})
    assert shown(client, one) == ("2026-07-15T10:00:00", None)
    client.changed(f"/tasks/{two}", {"end_datetime": "2026-07-15T10:00:00"})
    assert kept_task(client, two).due_at == utc("2026-07-15T10:00:00")
    assert fields(client.put(f"/tasks/{one}", {"start_datetime": None})) == {"start_datetime"}


def test_a_time_that_is_not_sent_keeps_its_fraction(client: Client) -> None:
    exact = datetime(2026, 7, 15, 10, 0, 0, 250_000, tzinfo=UTC)
    activity_id = core_task(client, starts_at=exact, due_at=exact).number
    client.changed(f"/tasks/{activity_id}", client.read(f"/tasks/{activity_id}"))
    assert moments(kept_task(client, activity_id)) == (exact, exact, False)


def test_an_all_day_task_is_shown_at_midnight_of_its_day_unconverted(house: House) -> None:
    for zone in ("UTC", "Pacific/Kiritimati", "America/New_York"):
        client = in_zone(house, zone)
        activity_id = core_task(client, due_at=utc("2026-07-15T00:00:00"), all_day=True).number
        assert shown(client, activity_id) == ("2026-07-15T00:00:00", None)
        whole = client.read(f"/tasks/{activity_id}")
        client.changed(f"/tasks/{activity_id}", {**whole, "title": "renamed"})
        assert moments(kept_task(client, activity_id)) == (None, utc("2026-07-15T00:00:00"), True)


def test_writing_a_time_makes_an_all_day_task_timed(house: House) -> None:
    client = in_zone(house, "America/New_York")
    one = core_task(client, due_at=utc("2026-07-15T00:00:00"), all_day=True).number
    client.changed(f"/tasks/{one}", {"start_datetime": "2026-07-15T09:00:00"})
    start = utc("2026-07-15T13:00:00")
    assert moments(kept_task(client, one)) == (start, start, False)
    assert shown(client, one) == ("2026-07-15T09:00:00", None)
    two = core_task(client, due_at=utc("2026-07-15T00:00:00"), all_day=True).number
    client.changed(f"/tasks/{two}", {"end_datetime": "2026-07-15T18:00:00"})
    assert shown(client, two) == ("2026-07-15T00:00:00", "2026-07-15T18:00:00")
    assert moments(kept_task(client, two)) == (utc("2026-07-15T04:00:00"), utc("2026-07-15T22:00:00"), False)


def test_an_all_day_task_over_several_days_shows_both(client: Client) -> None:
    several = core_task(client, starts_at=utc("2026-07-13T09:00:00"), due_at=utc("2026-07-15T00:00:00"), all_day=True)
    assert shown(client, several.number) == ("2026-07-13T00:00:00", "2026-07-15T00:00:00")
    one = core_task(client, starts_at=utc("2026-07-15T09:00:00"), due_at=utc("2026-07-15T00:00:00"), all_day=True)
    assert shown(client, one.number) == ("2026-07-15T00:00:00", None)


def test_the_day_due_is_the_workspaces(house: House) -> None:
    client = in_zone(house, "America/New_York")
    contact = core_contact(client)
    times = {
        "late on the 14th": "2026-07-15T03:59:59",
        "the first second": "2026-07-15T04:00:00",
        "the last second": "2026-07-16T03:59:59",
        "the 16th": "2026-07-16T04:00:00",
    }
    for title, due in times.items():
        core_task(client, title, due_at=utc(due), contact_id=contact.id)
    core_task(client, "all day", due_at=utc("2026-07-15T00:00:00"), all_day=True)
    core_task(client, "all day before", due_at=utc("2026-07-14T00:00:00"), all_day=True)
    core_task(client, "never")
    core_task(client, "begins only", starts_at=utc("2026-07-15T12:00:00"))

    def titles(**query: str) -> set[str]:
        return set(client.column("/tasks", "title", **query))

    the_day = {"the first second", "the last second", "all day"}
    assert titles(due_date_from="2026-07-15", due_date_to="2026-07-15") == the_day
    assert titles(due_date_from="2026-07-15") == the_day | {"the 16th"}
    assert titles(due_date_to="2026-07-15") == the_day | {"late on the 14th", "all day before"}
    assert titles(due_date_to="2026-07-14") == {"late on the 14th", "all day before"}
    assert titles(due_date_from="2026-07-16", due_date_to="2026-07-15") == set()
    assert titles(due_date_from="9999-12-31") == set()
    assert titles(due_date_to="0001-01-01") == set()


def test_the_end_is_what_is_due_not_the_start(client: Client) -> None:
    activity_id = task(client, start_datetime="2026-07-14T10:00:00", end_datetime="2026-07-16T10:00:00")
    assert client.column("/tasks", "activity_id", due_date_from="2026-07-16", due_date_to="2026-07-16") == [activity_id]
    assert client.rows("/tasks", due_date_to="2026-07-15") == []


@pytest.mark.parametrize("name", ["due_date_from", "due_date_to"])
def test_a_malformed_day_is_refused_under_its_parameter(anyone: Client, name: str) -> None:
    for day in ("2026-02-30", "2026-7-15", "15/07/2026", "x", "2026-07-15T10:00:00", "0", "20260715", "0000-01-01"):
        assert fields(anyone.get("/tasks", params={name: day})) == {name}


def test_sorting_by_time_follows_what_is_shown(client: Client) -> None:
    core_task(client, "all day", due_at=utc("2026-07-15T00:00:00"), all_day=True)
    core_task(client, "an hour later", due_at=utc("2026-07-15T01:00:00"))
    core_task(client, "begins before", starts_at=utc("2026-07-14T19:00:00"), due_at=utc("2026-07-16T19:00:00"))
    by_start = client.column("/tasks", "title", sortBy="start_datetime")
    assert by_start == ["begins before", "all day", "an hour later"]
    assert client.column("/tasks", "title", sortBy="end_datetime", sortOrder="desc")[0] == "begins before"
