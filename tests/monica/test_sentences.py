"""The sentence of each rule, and of each field the first that it breaks (specification, sections 4.1 and 6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.monica.things import NEEDED, NOT_FOUND, call, data, each, invalid, made, refusal

if TYPE_CHECKING:
    from tests.conftest import House, Person

X = "x"
EXAMPLES: list[tuple[str, Any, list[str]]] = [
    ("POST", {"contact_id": 1}, ["The title field is required."]),
    ("POST", {"title": "   "}, ["The title field is required."]),
    ("POST", {"title": 5}, ["The title must be a string."]),
    ("POST", {"title": X * 256}, ["The title may not be greater than 255 characters."]),
    (
        "POST",
        {"title": X, "description": X * 1_000_001},
        ["The description may not be greater than 1000000 characters."],
    ),
    ("POST", {"title": X, "contact_id": "abc"}, ["The contact id must be an integer."]),
    ("POST", {"title": X, "completed": "yes"}, ["The completed field must be true or false."]),
    ("POST", {"title": X, "completed": 1, "completed_at": "soon"}, ["The completed at is not a valid date."]),
    ("PUT", {"contact_id": 1}, ["The title field is required.", "The completed field is required."]),
    ("PUT", {"title": X}, ["The completed field is required."]),
]


@pytest.mark.parametrize(("method", "body", "sentences"), EXAMPLES)
def test_each_example_of_the_page(house: House, method: str, body: Any, sentences: list[str]) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks")
    path = "/tasks" if method == "POST" else "/tasks/1"
    assert invalid(call(house.alice, method, path, body)) == sentences
    assert each(house.alice, "/tasks", "title") == ["Bring back the table"]


def test_the_sentences_stand_in_the_order_of_the_table(anyone: Person) -> None:
    wrong = {"completed_at": 1, "completed": "x", "description": [], "title": {}, "contact_id": "x"}
    assert invalid(call(anyone, "POST", "/tasks", wrong)) == [
        "The contact id must be an integer.",
        "The title must be a string.",
        "The description must be a string.",
        "The completed field must be true or false.",
        "The completed at is not a valid date.",
    ]


@pytest.mark.parametrize("value", [5, 0, 1.5, True, False, [], ["x"], {}, {"a": 1}])
def test_what_is_no_text(anyone: Person, value: Any) -> None:
    assert invalid(call(anyone, "POST", "/tasks", {"title": value})) == ["The title must be a string."]
    sentences = invalid(call(anyone, "POST", "/tasks", {"title": X, "description": value}))
    assert sentences == ["The description must be a string."]


@pytest.mark.parametrize(
    "value", ["abc", "1x", "1.5", 1.5, "", True, False, [], [1], {}, "\u0661", "\u00b2", "0x1", "1 2", "--1", "1e3"]
)
def test_what_is_no_integer(anyone: Person, value: Any) -> None:
    answer = call(anyone, "POST", "/tasks", {"title": X, "contact_id": value})
    if value == "":
        data(answer)
    else:
        assert invalid(answer) == ["The contact id must be an integer."]


@pytest.mark.parametrize("value", [1, "1", " 1 ", 1.0, "01", "+1"])
def test_an_integer_is_a_number_or_its_digits(anyone: Person, value: Any) -> None:
    made(anyone, "/contacts")
    assert made(anyone, "/tasks", contact_id=value)["contact"]["id"] == 1


@pytest.mark.parametrize(
    "value", [-1, "-1", 99, 10**18, 2**63 - 1, 2**63, 2**64, 10**40, "9" * 60, "9" * 5_000, 1e300, -(10**30)]
)
def test_an_integer_that_is_nobodys_names_no_contact(house: House, value: Any) -> None:
    made(house.alice, "/contacts")
    made(house.alice, "/tasks")
    body = {"title": X, "completed": 0, "contact_id": value}
    assert refusal(call(house.alice, "POST", "/tasks", body)) == NOT_FOUND
    assert refusal(call(house.alice, "PUT", "/tasks/1", body)) == NOT_FOUND
    assert refusal(call(house.alice, "POST", "/notes", {"body": X, "contact_id": value})) == NOT_FOUND
    sentences = invalid(call(house.alice, "POST", "/contacts", {**NEEDED["/contacts"], "gender_id": value}))
    assert sentences == ["The selected gender id is invalid."]


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), (False, False), (1, True), (0, False), ("1", True), ("0", False)]
)
def test_a_boolean_is_one_of_six(anyone: Person, value: Any, *, flag: bool) -> None:
    assert made(anyone, "/tasks", completed=value)["completed"] is flag


@pytest.mark.parametrize(
    "value", ["yes", "true", "false", "on", "TRUE", 2, -1, 1.0, 0.0, [], [1], {}, "01", "1.0", 10**40]
)
def test_and_nothing_else_is(anyone: Person, value: Any) -> None:
    answer = call(anyone, "POST", "/tasks", {"title": X, "completed": value})
    assert invalid(answer) == ["The completed field must be true or false."]


DATES = [
    ("1970-03-03", "1970-03-03T00:00:00Z"),
    ("2999-12-31", "2999-12-31T00:00:00Z"),
    ("0001-01-01", "0001-01-01T00:00:00Z"),
    ("9999-12-31", "9999-12-31T00:00:00Z"),
    ("2024-02-29", "2024-02-29T00:00:00Z"),
    ("2026-02-03T10:20:30Z", "2026-02-03T10:20:30Z"),
    ("2026-02-03t10:20:30z", "2026-02-03T10:20:30Z"),
    ("2026-02-03T10:20:30", "2026-02-03T10:20:30Z"),
    ("2026-02-03 10:20:30", "2026-02-03T10:20:30Z"),
    ("2026-02-03T10:20", "2026-02-03T10:20:00Z"),
    ("2026-02-03T10:20:30.987654Z", "2026-02-03T10:20:30Z"),
    ("2026-02-03T10:20:30.123456789123Z", "2026-02-03T10:20:30Z"),
    ("2026-02-03T00:20:30+02:00", "2026-02-02T22:20:30Z"),
    ("2026-02-03T23:20:30-0230", "2026-02-04T01:50:30Z"),
    (" 2026-02-03 ", "2026-02-03T00:00:00Z"),
]


@pytest.mark.parametrize(("given", "shown"), DATES)
def test_a_date_is_a_day_or_a_moment(house: House, given: str, shown: str) -> None:
    assert made(house.alice, "/tasks", completed=1, completed_at=given)["completed_at"] == shown
    assert call(house.alice, "GET", "/tasks/1").json()["data"]["completed_at"] == shown


NO_DATES = [
    "soon",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "0000-01-01",
    "10000-01-01",
    "2026-2-3",
    "26-02-03",
    "03/02/2026",
    "2026-02-03T25:00:00Z",
    "2026-02-03T10:60:00Z",
    "2026-02-03T10:20:30+25:00",
    "2026-02-03T10:20:30+02:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-W05-1",
    "20260203",
    "٢٠٢٦-٠٢-٠٣",
    "2026-02-03\x00",
    1_770_000_000,
    0,
    True,
    [],
    {},
    1.5,
]


@pytest.mark.parametrize("value", NO_DATES)
def test_and_nothing_else_is_a_date(anyone: Person, value: Any) -> None:
    for completed in (1, 0):
        answer = call(anyone, "POST", "/tasks", {"title": X, "completed": completed, "completed_at": value})
        assert invalid(answer) == ["The completed at is not a valid date."]


def test_lengths_are_counted_in_code_points(house: House) -> None:
    for letter in ("x", "é", "🙂", "\u0301"):
        assert made(house.alice, "/tasks", title="a" + letter * 254)["title"] == "a" + letter * 254
        sentences = invalid(call(house.alice, "POST", "/tasks", {"title": "a" + letter * 255}))
        assert sentences == ["The title may not be greater than 255 characters."]


def test_a_nul_is_refused(house: House) -> None:
    made(house.alice, "/contacts")
    found = [
        ("POST", "/tasks", {"title": "a\0b"}, "title"),
        ("POST", "/tasks", {"title": X, "description": "\0x"}, "description"),
        ("POST", "/tags", {"name": "a\0"}, "name"),
        ("POST", "/genders", {"name": "a\0", "type": "M"}, "name"),
        ("POST", "/notes", {"body": "a\0b", "contact_id": 1}, "body"),
        ("POST", "/contacts", {**NEEDED["/contacts"], "nickname": "a\0b"}, "nickname"),
        ("PUT", "/contacts/1/work", {"job": "a\0b"}, "job"),
        ("POST", "/contacts/1/setTags", {"tags": ["a\0b"]}, "tags"),
    ]
    for method, path, body, field in found:
        assert invalid(call(house.alice, method, path, body)) == [f"The {field} format is invalid."]


REQUIRED = {
    "/contacts": ["first name", "is birthdate known", "is deceased", "is deceased date known"],
    "/notes": ["body", "contact id"],
    "/tags": ["name"],
    "/genders": ["name", "type"],
}


@pytest.mark.parametrize("path", sorted(REQUIRED))
def test_what_is_required_is_named_in_order(anyone: Person, path: str) -> None:
    sentences = [f"The {field} field is required." for field in REQUIRED[path]]
    assert invalid(call(anyone, "POST", path, {})) == sentences
    assert invalid(call(anyone, "POST", path, dict.fromkeys(NEEDED[path]))) == sentences
