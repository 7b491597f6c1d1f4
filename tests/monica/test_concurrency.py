"""Many requests at one moment (specification, section 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.monica.things import API, NEEDED, each, listed, made, shown

if TYPE_CHECKING:
    from tests.conftest import House, Person

Call = tuple["Person", str, str, Any]


def test_of_two_updates_the_later_wins_whole(house: House) -> None:
    for _ in range(2):
        made(house.alice, "/contacts")
    made(house.alice, "/tasks")
    bodies = [
        {"title": f"t{n}", "description": f"d{n}", "completed": 1, "completed_at": f"2000-01-{n:02}T00:00:00Z"}
        for n in range(1, 21)
    ]
    calls: list[Call] = [(house.alice, "PUT", f"{API}/tasks/1", body) for body in bodies]
    answers = house.together(*calls)
    assert {answer.status_code for answer in answers} == {200}
    task = shown(house.alice, "/tasks/1")
    assert {name: task[name] for name in ("title", "description", "completed_at")} in [
        {name: body[name] for name in ("title", "description", "completed_at")} for body in bodies
    ]


def test_of_many_deletes_exactly_one_succeeds(house: House) -> None:
    made(house.alice, "/tasks")
    calls: list[Call] = [(house.alice, "DELETE", f"{API}/tasks/1", None)] * 8
    assert sorted(answer.status_code for answer in house.together(*calls)) == [200] + [404] * 7


def test_the_same_new_tag_from_many_is_one(house: House) -> None:
    made(house.alice, "/contacts")
    calls: list[Call] = [
        (house.alice, "POST", f"{API}/contacts/1/setTags", {"tags": [("Friend", "FRIEND")[n % 2]]}) for n in range(8)
    ]
    assert {answer.status_code for answer in house.together(*calls)} == {200}
    assert len(each(house.alice, "/tags")) == 1
    assert len(shown(house.alice, "/contacts/1")["tags"]) == 1


def test_numbers_are_given_once(house: House) -> None:
    people = (house.alice, house.bob)
    calls: list[Call] = [(people[n % 2], "POST", f"{API}/contacts", NEEDED["/contacts"]) for n in range(24)]
    answers = house.together(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(answer.json()["data"]["id"] for answer in answers) == list(range(1, 25))


def test_a_page_agrees_with_its_total_among_makers_and_removers(house: House) -> None:
    for _ in range(8):
        made(house.alice, "/tasks")
    calls: list[Call] = []
    for number in range(1, 9):
        calls += [
            (house.alice, "POST", f"{API}/tasks", {"title": "new"}),
            (house.bob, "GET", f"{API}/tasks?limit=100", None),
            (house.alice, "DELETE", f"{API}/tasks/{number}", None),
            (house.bob, "GET", f"{API}/tasks?limit=100&completed=0", None),
        ]
    for answer in house.together(*calls):
        assert answer.status_code == 200
        page = answer.json()
        if "meta" in page:
            assert page["meta"]["total"] == len(page["data"])
            assert page["meta"]["to"] == (len(page["data"]) or None)
    assert listed(house.alice, "/tasks?limit=100")["meta"]["total"] == 8
