"""Activities (specification, section 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import activities
from carnet.core.activities import ActivityChanges
from carnet.store.statements import Statement
from tests.core.dump import assert_sound, untouched
from tests.core.things import listed as core_listed
from tests.monica.things import MOMENT, NOT_FOUND, call, data, each, invalid, listed, made, put, refusal, shown

if TYPE_CHECKING:
    from carnet.core.activities import Activity
    from tests.conftest import House, Person

URL = "http://carnet.example/monica/api/activities/"
KEYS = {
    *("id", "uuid", "object", "summary", "description", "happened_at", "activity_type", "attendees", "emotions"),
    *("url", "account", "created_at", "updated_at"),
}


def _in_core(person: Person) -> Activity:
    (found,) = core_listed(person, activities.page)
    assert isinstance(found, activities.Activity)
    return found


def people(person: Person, count: int) -> list[int]:
    return [made(person, "/contacts", first_name=f"Person {at}")["id"] for at in range(count)]


def attending(activity: dict[str, Any]) -> list[int]:
    assert activity["attendees"].keys() == {"total", "contacts"}
    found = [contact["id"] for contact in activity["attendees"]["contacts"]]
    assert activity["attendees"]["total"] == len(found)
    return found


def test_one_is_made_and_shown(house: House) -> None:
    alice = house.alice
    one, two = people(alice, 2)
    kind = made(alice, "/activitytypes")
    sent = {
        "summary": "Sailed to Łeba",
        "description": "Rain",
        "happened_at": "2018-05-01",
        "contacts": [two, str(one)],
        "activity_type_id": kind["id"],
    }
    found = data(call(alice, "POST", "/activities", sent), 201)
    assert found.keys() == KEYS
    assert (found["id"], found["object"], found["url"]) == (1, "activity", URL + "1")
    assert (found["summary"], found["description"], found["happened_at"]) == ("Sailed to Łeba", "Rain", "2018-05-01")
    assert attending(found) == [two, one]
    assert found["attendees"]["contacts"][0]["object"] == "contact"
    assert found["activity_type"] == kind
    assert found["emotions"] == []
    assert MOMENT.fullmatch(found["created_at"])
    assert shown(alice, "/activities/1") == shown(house.bob, "/activities/1") == found
    assert listed(alice, "/activities")["data"] == [found]
    assert _in_core(alice).extras is None


def test_little_need_be_sent(anyone: Person) -> None:
    found = made(anyone, "/activities")
    assert (found["description"], found["activity_type"], found["emotions"]) == (None, None, [])


@pytest.mark.parametrize("sent", [[1], ["1"], "1", [1, 1, "1"], [" 1 ", None, ""], [1.0]])
def test_attendees_may_be_sent_in_many_ways(anyone: Person, sent: Any) -> None:
    people(anyone, 1)
    assert attending(made(anyone, "/activities", contacts=sent)) == [1]


def test_a_form_lists_attendees_with_brackets(anyone: Person) -> None:
    people(anyone, 2)
    form = "summary=Walk&happened_at=2026-02-03&contacts[]=2&contacts[]=1"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert attending(data(call(anyone, "POST", "/activities", content=form.encode(), headers=headers), 201)) == [2, 1]


@pytest.mark.parametrize(
    "happened_at", ["2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01T23:30:00-05:00", "2026-03-01 00:30:00+09:00"]
)
def test_the_day_is_the_one_that_is_written(anyone: Person, happened_at: str) -> None:
    assert made(anyone, "/activities", happened_at=happened_at)["happened_at"] == "2026-03-01"


REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"summary": None}, ["The summary field is required."]),
    ({"summary": 5}, ["The summary must be a string."]),
    ({"summary": "x" * 256}, ["The summary may not be greater than 255 characters."]),
    ({"happened_at": None}, ["The happened at field is required."]),
    ({"happened_at": "2026-13-01"}, ["The happened at is not a valid date."]),
    ({"contacts": None}, ["The contacts field is required."]),
    ({"contacts": []}, ["The contacts field is required."]),
    ({"contacts": [None]}, ["The contacts field is required."]),
    ({"contacts": 1}, ["The contacts must be an array."]),
    ({"contacts": {"1": 1}}, ["The contacts must be an array."]),
    ({"contacts": ["Jim"]}, ["The contacts must be an integer."]),
    ({"contacts": [[1]]}, ["The contacts must be an integer."]),
    ({"contacts": [1] * 1001}, ["The contacts may not have more than 1000 items."]),
    ({"activity_type_id": "x"}, ["The activity type id must be an integer."]),
    ({"activity_type_id": 999}, ["The selected activity type id is invalid."]),
    ({"activity_type_id": -1}, ["The selected activity type id is invalid."]),
    ({"activity_type_id": 10**30}, ["The selected activity type id is invalid."]),
    ({"description": 5}, ["The description must be a string."]),
    ({"emotions": ["sad"]}, ["The emotions must be an integer."]),
    (
        {"summary": "", "activity_type_id": 999},
        ["The summary field is required.", "The selected activity type id is invalid."],
    ),
]


@pytest.mark.parametrize(("fields", "sentences"), REFUSED, ids=lambda each: str(each)[:40])
def test_what_is_wrong_is_said_in_sentences(any_house: House, fields: dict[str, Any], sentences: list[str]) -> None:
    alice = any_house.alice
    made(alice, "/activities")
    sent = {"summary": "Walk", "happened_at": "2026-02-03", "contacts": [1], **fields}
    with untouched(any_house):
        assert invalid(call(alice, "POST", "/activities", sent)) == sentences
        for method in ("PUT", "PATCH"):
            assert invalid(call(alice, method, "/activities/1", sent)) == sentences


def test_what_is_required_is_required_of_changes_too(anyone: Person) -> None:
    made(anyone, "/activities")
    for method, path in (("POST", "/activities"), ("PUT", "/activities/1")):
        assert invalid(call(anyone, method, path, {})) == [
            "The summary field is required.",
            "The happened at field is required.",
            "The contacts field is required.",
        ]


def test_a_type_of_another_workspace_is_no_type(house: House) -> None:
    theirs = made(house.mallory, "/activitytypes")["id"]
    sent = {"summary": "Walk", "happened_at": "2026-02-03", "contacts": people(house.alice, 1)}
    with untouched(house):
        answer = call(house.alice, "POST", "/activities", {**sent, "activity_type_id": theirs})
        assert invalid(answer) == ["The selected activity type id is invalid."]


def test_an_attendee_that_is_not_there_is_not_found(house: House) -> None:
    alice = house.alice
    made(alice, "/activities")
    theirs = people(house.mallory, 2)[-1]
    alice.post("/api/companies", {"name": "Halden"})
    with untouched(house):
        for number in (0, -1, 2, theirs, 9, 10**30):
            sent = {"summary": "Walk", "happened_at": "2026-02-03", "contacts": [1, number]}
            assert refusal(call(alice, "POST", "/activities", sent)) == NOT_FOUND
            assert refusal(call(alice, "PUT", "/activities/1", sent)) == NOT_FOUND


def test_a_change_replaces_the_attendees(house: House) -> None:
    alice = house.alice
    one, two, three = people(alice, 3)
    made(alice, "/activities", contacts=[one, two])
    sent = {"summary": "Sail", "happened_at": "2026-02-04", "contacts": [three, one]}
    after = put(house.bob, "/activities/1", **sent)
    assert attending(after) == [three, one]
    assert (after["summary"], after["happened_at"]) == ("Sail", "2026-02-04")
    assert shown(alice, "/activities/1") == after
    assert each(alice, f"/contacts/{two}/activities") == []
    assert_sound(house)


def test_what_is_not_sent_is_kept_and_null_clears(house: House) -> None:
    alice = house.alice
    kind = made(alice, "/activitytypes")["id"]
    made(alice, "/activities", description="Rain", activity_type_id=kind, emotions=[4])
    sent = {"summary": "Walk", "happened_at": "2026-02-03", "contacts": [1]}
    for kept in ({}, {"activity_type_id": 0}):
        after = put(alice, "/activities/1", **sent, **kept)
        assert (after["description"], after["activity_type"]["id"]) == ("Rain", kind)
        assert after["emotions"] == [{"id": 4, "object": "emotion"}]
    after = put(alice, "/activities/1", **sent, description=None, activity_type_id=None, emotions=None)
    assert (after["description"], after["activity_type"], after["emotions"]) == (None, None, [])
    assert _in_core(alice).extras is None


def test_what_other_tongues_keep_stays(house: House) -> None:
    alice = house.alice
    made(alice, "/activities", emotions=[4])
    alice.does(activities.change, _in_core(alice).id, ActivityChanges(extras={"elsewhere": {"x": 1}}))
    put(alice, "/activities/1", summary="Walk", happened_at="2026-02-03", contacts=[1], emotions=[])
    assert _in_core(alice).extras == {"elsewhere": {"x": 1}}


def test_a_contact_has_a_list_of_its_own_that_counts_each_year(house: House) -> None:
    alice = house.alice
    one, two = people(alice, 2)
    for contacts, day in (([one, two], "2024-05-01"), ([two], "2026-01-01"), ([one], "2026-12-31")):
        made(alice, "/activities", contacts=contacts, happened_at=day)
    assert each(alice, "/activities") == [1, 2, 3]
    assert each(alice, f"/contacts/{one}/activities?sort=-created_at") == [3, 1]
    assert each(alice, f"/contacts/{two}/activities") == [1, 2]
    assert listed(alice, "/activities?limit=1")["meta"]["statistics"] == {"2024": 1, "2026": 2}
    assert listed(alice, f"/contacts/{two}/activities")["meta"]["statistics"] == {"2024": 1, "2026": 1}
    assert listed(house.mallory, "/activities")["meta"]["statistics"] == {}
    assert refusal(call(alice, "GET", "/contacts/9/activities")) == NOT_FOUND
    contact = shown(alice, f"/contacts/{one}")
    assert contact["statistics"]["number_of_activities"] == 2
    assert contact["last_activity_together"] == "2026-12-31T00:00:00Z"


def test_a_contact_that_goes_leaves_its_activities(house: House) -> None:
    alice = house.alice
    one, two = people(alice, 2)
    for contacts in ([one], [one, two], [two]):
        made(alice, "/activities", contacts=contacts)
    call(alice, "DELETE", f"/contacts/{one}")
    assert each(alice, "/activities") == [2, 3]
    assert attending(shown(alice, "/activities/2")) == [two]
    assert refusal(call(alice, "GET", "/activities/1")) == NOT_FOUND
    assert_sound(house)


def test_a_stranger_neither_sees_nor_touches_them(house: House) -> None:
    made(house.alice, "/activities")
    sent = {"summary": "Walk", "happened_at": "2026-02-03", "contacts": people(house.mallory, 1)}
    with untouched(house):
        for method, path in (("GET", "/activities/1"), ("DELETE", "/activities/1")):
            assert refusal(call(house.mallory, method, path)) == NOT_FOUND
        for method in ("PUT", "PATCH"):
            assert refusal(call(house.mallory, method, "/activities/1", sent)) == NOT_FOUND
        assert each(house.mallory, "/activities") == each(house.mallory, "/contacts/1/activities") == []


def test_a_reader_only_reads(house: House) -> None:
    found = made(house.alice, "/activities")
    assert shown(house.rita, "/activities/1") == found
    with untouched(house):
        for method, path in (("POST", "/activities"), ("PUT", "/activities/1"), ("DELETE", "/activities/1")):
            assert refusal(call(house.rita, method, path, {"summary": "x"})) == (403, "Not authorized", 42)


def test_a_page_costs_no_more_statements_than_one_of_them(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    bound = Statement.bound

    def counted(asking: Any, dialect: str) -> Any:
        asked.append(dialect)
        return bound(asking, dialect)

    kind = made(house.alice, "/activitytypes")["id"]
    made(house.alice, "/activities", activity_type_id=kind)
    monkeypatch.setattr(Statement, "bound", counted)
    each(house.alice, "/activities?limit=100")
    for_one = len(asked)
    for _ in range(19):
        made(house.alice, "/activities", activity_type_id=kind)
    asked.clear()
    assert len(each(house.alice, "/activities?limit=100")) == 20
    assert len(asked) == for_one > 0
