"""Many requests at one moment: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.hydra.things import DUE, NOTHING, listed, made, names

if TYPE_CHECKING:
    import httpx

    from tests.conftest import House, Person


def at_once(house: House, *calls: tuple[Person, str, str, Any, dict[str, str]]) -> list[httpx.Response]:
    """Send requests together, each with headers of its own."""

    async def all_of_them() -> list[httpx.Response]:
        return await asyncio.gather(
            *(
                house._send(method, path, json=body, headers={"authorization": f"Bearer {who.token.bearer}", **headers})
                for who, method, path, body, headers in calls
            )
        )

    return house.runner.run(all_of_them())


def test_fifty_extensions_lose_nothing(house: House) -> None:
    path = made(house.alice, "contacts", additionalInfo="begin")["@id"]
    people = (house.alice, house.bob)
    calls = [(people[n % 2], "POST", path + "/extend", {"text": f"line {n}"}) for n in range(50)]
    assert {answer.status_code for answer in house.together(*calls)} == {200}
    first, *lines = house.alice.get(path).json()["additionalInfo"].split("\n")
    assert first == "begin"
    assert sorted(lines) == sorted(f"line {n}" for n in range(50))


def test_twenty_contacts_of_a_new_company_make_one(house: House) -> None:
    calls = [
        (house.alice, "POST", "/api/contacts", {"name": f"n{n}", "company": ("Halden", "HALDEN")[n % 2]})
        for n in range(20)
    ]
    answers = house.together(*calls)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["companyId"] for answer in answers}) == 1
    assert len(names(house.alice, "/api/companies")) == 1
    assert listed(house.alice, "/api/companies")["hydra:member"][0]["contactsCount"] == 20


def test_of_many_changes_to_one_version_exactly_one_wins(house: House) -> None:
    path = made(house.alice, "contacts")["@id"]
    condition = {"if-match": house.alice.get(path).headers["etag"]}
    answers = at_once(house, *((house.alice, "PATCH", path, {"name": f"n{number}"}, condition) for number in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 11
    (winner,) = [answer for answer in answers if answer.status_code == 200]
    assert house.alice.get(path).json() == winner.json()


def test_twins_under_one_key_have_one_effect(house: House) -> None:
    twin = (house.alice, "POST", "/api/contacts", {"name": "Inès"}, {"idempotency-key": "k"})
    answers = at_once(house, *[twin] * 10)
    assert {answer.status_code for answer in answers} <= {201, 409}
    made_now = [answer for answer in answers if "idempotency-replayed" not in answer.headers]
    assert [answer.status_code for answer in made_now if answer.status_code != 409] == [201]
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert names(house.alice, "/api/contacts") == ["Inès"]


def test_of_many_deletes_exactly_one_succeeds(house: House) -> None:
    path = made(house.alice, "contacts")["@id"]
    answers = house.together(*[(house.alice, "DELETE", path, None)] * 8)
    assert sorted(answer.status_code for answer in answers) == [204] + [404] * 7
    assert listed(house.alice, "/api/contacts")["hydra:totalItems"] == 0


def test_totals_stay_exact_among_makers_and_removers(house: House) -> None:
    paths = [made(house.alice, "contacts")["@id"] for _ in range(10)]
    calls: list[tuple[Person, str, str, Any]] = []
    for number, path in enumerate(paths):
        calls.append((house.alice, "DELETE", path, None))
        calls += [(house.bob, "POST", "/api/contacts", {"name": f"n{number}", "company": "c"}) for _ in range(2)]
        calls.append((house.rita, "GET", "/api/contacts", None))
        calls.append((house.mallory, "POST", "/api/contacts", {"name": "Elsewhere"}))
    assert {answer.status_code for answer in house.together(*calls)} == {200, 201, 204}
    for person, total in ((house.alice, 20), (house.mallory, 10)):
        for path in ("/api/contacts?itemsPerPage=100", "/api/contacts?itemsPerPage=100&order[name]=asc"):
            collection = listed(person, path)
            assert collection["hydra:totalItems"] == len(collection["hydra:member"]) == total


def test_tasks_completed_by_many_were_completed_once(house: House) -> None:
    path = made(house.alice, "contact_tasks")["@id"]
    calls = [(person, "PATCH", path, {"completed": True}) for person in (house.alice, house.bob) * 5]
    answers = house.together(*calls)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_positions_of_new_states_are_all_different(house: House) -> None:
    pipeline = made(house.alice, "pipelines")["@id"]
    calls = [(house.alice, "POST", "/api/pipeline_states", {"name": "x", "pipeline": pipeline})] * 10
    assert sorted(answer.json()["position"] for answer in house.together(*calls)) == list(range(10))


def test_of_twenty_tags_of_one_name_one_is_made(house: House) -> None:
    calls = [(house.alice, "POST", "/api/tags", {"name": ("supplier", "SUPPLIER")[n % 2]}) for n in range(20)]
    answers = house.together(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 19
    assert listed(house.alice, "/api/tags")["hydra:totalItems"] == 1


def test_refusals_among_writers_leave_no_trace(house: House) -> None:
    """Writes that are committed together stay apart: what one refuses is undone without touching the others."""
    calls: list[tuple[Person, str, str, Any, dict[str, str]]] = []
    for number in range(12):
        key = {"idempotency-key": f"k{number}"}
        good, ghost = {"name": f"n{number}", "company": f"c{number}"}, {"name": "x", "company": f"ghost {number}"}
        calls += [
            (house.alice, "POST", "/api/contacts", good, {}),
            (house.alice, "POST", "/api/contacts", {**ghost, "owner": NOTHING}, key),
            (house.bob, "POST", "/api/contacts", {**ghost, "pipelineState": NOTHING}, key),
            (house.bob, "POST", "/api/contact_tasks", {"title": "x", "dueDate": DUE, "contact": NOTHING}, {}),
        ]
    answers = at_once(house, *calls)
    assert [answer.status_code for answer in answers] == [201, 400, 400, 400] * 12
    total = {path: listed(house.alice, f"/api/{path}")["hydra:totalItems"] for path in ("contacts", "companies")}
    assert total == {"contacts": 12, "companies": 12}
    assert names(house.alice, "/api/companies?name=ghost") == []
    again = [(who, method, path, {"name": "now"}, key) for who, method, path, _, key in calls if key]
    corrected = at_once(house, *again)
    assert {answer.status_code for answer in corrected} == {201}
    assert not any("idempotency-replayed" in answer.headers for answer in corrected)
