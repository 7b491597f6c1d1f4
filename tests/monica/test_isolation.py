"""Numbers of another workspace are numbers of nothing, in every operation there is (specification, sections 1 and 2).

The tests walk the operation table and the forms, so that a new one fails here until `tests.monica.things` knows what it
needs and `TARGETS` what it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.dialects.monica.fields import Link, Many, Whole
from carnet.dialects.monica.operations import OPERATIONS
from tests.hydra.dump import untouched
from tests.monica.things import API, NEEDED, NOT_FOUND, call, furnished, listed, made, path_of, refusal, sound

if TYPE_CHECKING:
    import httpx
    import pytest

    from carnet.http.operations import Operation
    from tests.conftest import House, Person

NOTHING = 987_654
"""A number that nobody has."""
TARGETS = {
    "contact_id": "/contacts",
    "contacts": "/contacts",
    "gender_id": "/genders",
    "tags": "/tags",
    "activity_type_id": "/activitytypes",
    "activity_type_category_id": "/activitytypecategories",
}
"""Where the records are whose numbers each field takes."""
FIXED = {"emotions"}
"""Fields that take numbers of what is the same in every workspace."""
ON_ITEMS = [operation for operation in OPERATIONS if "{id}" in operation.path]
WITHOUT_RECORDS = {"/contactfieldtypes"}
"""What is the same in every workspace."""


def strangers(house: House) -> dict[str, int]:
    """A number of each kind that Mallory has and Alice hasn't."""
    furnished(house.alice)
    found: dict[str, int] = {}
    for number in range(3):
        furnished(house.mallory)
        made(house.mallory, "/tags", name=f"of theirs {number}")
    for _ in range(40):  # more than Alice will have of her own
        made(house.mallory, "/contacts")
    for path in NEEDED:
        found[path] = max(record["id"] for record in listed(house.mallory, f"{path}?limit=100")["data"])
        assert call(house.mallory, "GET", f"{path}/{found[path]}").status_code == 200
    return found


def shown(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer but what every request changes."""
    passing = {"x-request-id", "x-ratelimit-remaining"}
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k not in passing}


def test_in_a_path(house: House, subtests: pytest.Subtests) -> None:
    theirs = strangers(house)
    for operation in ON_ITEMS:
        path = operation.path.partition("/{id}")[0]
        if path not in WITHOUT_RECORDS:
            with subtests.test(operation.name):
                _in_a_path(house, operation, theirs[path])


def _in_a_path(house: House, operation: Operation, number: int) -> None:
    body = sound(house.alice, operation)
    with untouched(house):
        answers = [
            call(house.alice, operation.method, path_of(operation, str(each)) + query, body)
            for each in (number, NOTHING)
            for query in ("", "?limit=5&sort=-created_at", "?with=contactfields")
        ]
    for answer in answers:
        assert refusal(answer) == NOT_FOUND
        assert shown(answer) == shown(answers[0])


def linking() -> list[tuple[Operation, str, bool]]:
    """Every operation with a field that takes numbers of records, the field, and whether it takes many."""
    return [
        (operation, field.wire, isinstance(field, Many))
        for operation in OPERATIONS
        if operation.about.form is not None
        for field in operation.about.form.fields
        if isinstance(field, Link) or (isinstance(field, Many) and isinstance(field._member, Whole))
        if field.wire not in FIXED
    ]


def test_every_field_that_takes_numbers_is_known() -> None:
    assert {field for _, field, _ in linking()} <= TARGETS.keys()
    assert len(linking()) >= 9


def test_in_a_body(house: House, subtests: pytest.Subtests) -> None:
    theirs = strangers(house)
    for operation, field, many in linking():
        with subtests.test(f"{operation.name} {field}"):
            _in_a_body(house, operation, field, [theirs[TARGETS[field]], NOTHING], many=many)


def _in_a_body(house: House, operation: Operation, field: str, numbers: list[int], *, many: bool) -> None:
    for alone in (True, False) if many else (True,):
        own = [] if alone else [1]
        bodies = [sound(house.alice, operation, **{field: [*own, each] if many else each}) for each in numbers]
        with untouched(house):
            answers = [call(house.alice, operation.method, path_of(operation), body) for body in bodies]
        assert refusal(call(house.alice, "GET", f"{TARGETS[field]}/{numbers[0]}")) == NOT_FOUND
        assert shown(answers[0]) == shown(answers[1])
        assert answers[0].status_code == (404 if TARGETS[field] == "/contacts" else 422)


def test_in_a_list(house: House) -> None:
    strangers(house)
    theirs = _uuids(house.mallory)
    assert len(theirs) > 20
    for operation in OPERATIONS:
        if operation.method == "GET" and operation.right is not None:
            for query in ("", "?limit=100&page=1", "?query=Jim", "?with=contactfields", "?sort=-updated_at"):
                text = call(house.alice, "GET", path_of(operation) + query).text
                assert not [uuid for uuid in theirs if uuid in text], operation.name


def _uuids(person: Person) -> set[str]:
    return {
        record["uuid"]
        for path in (*NEEDED, "/contactfieldtypes")
        for record in listed(person, f"{path}?limit=100")["data"]
    }


def test_a_record_made_elsewhere_lands_there(house: House) -> None:
    furnished(house.alice)
    before = {path: listed(house.alice, path)["meta"]["total"] for path in NEEDED}
    furnished(house.mallory)
    assert {path: listed(house.alice, path)["meta"]["total"] for path in NEEDED} == before


def test_a_name_of_another_workspace_is_another_record(house: House) -> None:
    for person in (house.mallory, house.alice):
        made(person, "/contacts")
        call(person, "POST", "/contacts/1/setTags", {"tags": ["friend"]})
        call(person, "PUT", "/contacts/1/work", {"company": "Halden"})
    tags = {person.user.id: listed(person, "/tags")["data"][0]["uuid"] for person in (house.alice, house.mallory)}
    assert len(set(tags.values())) == 2
    assert listed(house.mallory, "/tags/1/contacts")["meta"]["total"] == 1


def test_everything_asks_for_the_same_base() -> None:
    assert all(not operation.path.startswith(API) for operation in OPERATIONS)
    names: list[Any] = [operation.name for operation in OPERATIONS]
    assert len(names) == len(set(names))
