"""What a query asks of a list, and in what order the rows come (specification, section 3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from sqlalchemy import bindparam, update

from carnet.core import notes, tasks
from carnet.core.notes import NoteChanges, NoteDraft
from carnet.core.tasks import TaskChanges
from carnet.dialects.monica.operations import OPERATIONS
from carnet.store import tables
from carnet.store.conditions import is_one_of
from carnet.store.statements import statement
from tests.conftest import NOW
from tests.monica.things import call, each, listed, made, refusal

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.sql.expression import Update

    from carnet.store.database import Database
    from tests.conftest import Person

TOO_BIG = (400, "The limit parameter is too big", 30)
NO_SORT = (400, "The sorting criteria is invalid", 39)
LISTS = sorted({operation.path for operation in OPERATIONS if operation.about.kind == "list"})
SORTS = {operation.path: set(operation.about.sorts) for operation in OPERATIONS if operation.about.kind == "list"}
OF_TASKS = ("/tasks", "/contacts/1/tasks")


def size(person: Person, query: str, path: str = "/tasks") -> int:
    found: int = listed(person, path + query)["meta"]["per_page"]
    return found


@pytest.mark.parametrize("limit", ["", "0", "-1", "-100", "-99999999999999999999", "00", "-0", "+0", " ", "%20%09"])
def test_without_a_usable_limit_the_default_counts(anyone: Person, limit: str) -> None:
    assert size(anyone, f"?limit={limit}") == 10
    assert size(anyone, f"?limit={limit}", "/tags") == 15


@pytest.mark.parametrize(("limit", "used"), [("1", 1), ("99", 99), ("100", 100), ("007", 7), ("%2B5", 5), (" 5 ", 5)])
def test_from_one_to_a_hundred_it_is_used(anyone: Person, limit: str, used: int) -> None:
    assert size(anyone, f"?limit={limit}") == used


@pytest.mark.parametrize(
    "limit",
    ["101", "1000", "9" * 30, "9" * 5_000, "abc", "1.5", "1e2", "10x", "٣", "²", "0x10", "--1", "1 0", "null", "\x00"],
)
def test_above_it_or_no_integer_is_refused(anyone: Person, limit: str) -> None:
    for path in ("/tasks", "/tasks/1", "/contacts", "/me", "/genders"):
        assert refusal(call(anyone, "GET", f"{path}?limit={quote(limit)}")) == TOO_BIG
    assert refusal(call(anyone, "POST", f"/tasks?limit={quote(limit)}", {"title": "x"})) == TOO_BIG
    assert each(anyone, "/tasks") == []


def test_task_lists_show_ten_and_others_fifteen(anyone: Person) -> None:
    made(anyone, "/contacts")
    call(anyone, "POST", "/contacts/1/setTags", {"tags": ["friend"]})
    sizes = {path: size(anyone, "", path.replace("{id}", "1")) for path in LISTS}
    assert {path for path in LISTS if sizes[path] == 10} == {"/tasks", "/contacts/{id}/tasks"}
    assert set(sizes.values()) == {10, 15}


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "1.5", "9" * 40, "9223372036854775808", "٣", " "])
def test_what_is_no_page_counts_as_the_first(anyone: Person, page: str) -> None:
    made(anyone, "/tasks")
    meta = listed(anyone, f"/tasks?page={page}")["meta"]
    assert (meta["current_page"], meta["from"], meta["to"]) == (1, 1, 1)


@pytest.mark.parametrize("page", [2, 3, 1_000, 2**31, 2**53, 2**62, 2**63 - 1])
@pytest.mark.parametrize("query", ["", "&limit=100", "&sort=-updated_at", "&completed=0"])
def test_a_page_beyond_the_last_is_empty_and_says_which_it_is(anyone: Person, page: int, query: str) -> None:
    made(anyone, "/tasks")
    found = listed(anyone, f"/tasks?page={page}{query}")
    meta = found["meta"]
    assert (found["data"], meta["from"], meta["to"]) == ([], None, None)
    assert (meta["current_page"], meta["last_page"], meta["total"]) == (page, 1, 1)


def test_a_far_page_is_no_trouble_on_either_database(alice: Person) -> None:
    made(alice, "/contacts")
    for path in LISTS:
        if path != "/tags/{id}/contacts":
            for query in ("", "&limit=100", "&sort=-updated_at"):
                found = listed(alice, f"{path.replace('{id}', '1')}?page={2**63 - 1}{query}")
                assert found["data"] == []


@pytest.mark.parametrize("path", LISTS)
def test_each_list_knows_its_own_words_of_sorting(anyone: Person, path: str) -> None:
    made(anyone, "/contacts")
    call(anyone, "POST", "/contacts/1/setTags", {"tags": ["friend"]})
    own = {"tasks": {"completed_at"}, "notes": {"favorited_at"}, "calls": {"called_at"}}
    words = {"created_at", "updated_at", *own.get(path.rpartition("/")[2], ())}
    assert SORTS[path] == words
    for word in ("created_at", "updated_at", "completed_at", "called_at", "favorited_at"):
        for sign in ("", "-"):
            answer = call(anyone, "GET", f"{path.replace('{id}', '1')}?sort={sign}{word}")
            if word in words:
                assert answer.status_code == 200
            else:
                assert refusal(answer) == NO_SORT


@pytest.mark.parametrize(
    "word", ["", "-", "title", "--created_at", "CREATED_AT", "created_at,id", "created_at desc", "number", "id", "\x00"]
)
def test_anything_else_is_no_sort(anyone: Person, word: str) -> None:
    made(anyone, "/tasks")
    for method, path in (("GET", "/tasks"), ("GET", "/tasks/1"), ("GET", "/me"), ("DELETE", "/tasks/1")):
        assert refusal(call(anyone, method, f"{path}?sort={quote(word)}")) == NO_SORT
    assert each(anyone, "/tasks") == [1]


@statement()
def _set(column: str) -> Update:
    table = tables.tasks
    new = bindparam("moment", type_=table.c[column].type)
    return update(table).where(is_one_of(table.c.number, "numbers")).values({column: new})


def _at_one_moment(db: Database, moment: datetime) -> None:
    for column in ("created_at", "updated_at"):
        db.run(_set(column), moment=moment, numbers=[1, 2, 4])


def test_the_order_is_that_of_making_and_ties_follow_it(alice: Person) -> None:
    for number in range(5):
        made(alice, "/tasks", title=str(number))
    alice.house.store.write_now(alice.house.main.id, _at_one_moment, NOW)
    for query in ("", "?sort=created_at"):
        assert each(alice, "/tasks" + query) == [1, 2, 3, 4, 5]
    assert each(alice, "/tasks?sort=-created_at") == [5, 4, 3, 2, 1]
    assert each(alice, "/tasks?sort=updated_at") == [1, 2, 4, 3, 5]
    assert each(alice, "/tasks?sort=-updated_at") == [5, 3, 4, 2, 1]


def test_nulls_come_before_every_date_and_after_when_turned(alice: Person) -> None:
    contact = made(alice, "/contacts")["id"]
    for day in (None, "2026-01-02", None, "1970-03-03", "2026-01-02"):
        made(alice, "/tasks", contact_id=contact, completed=day is not None, completed_at=day)
    for path in OF_TASKS:
        assert each(alice, path + "?sort=completed_at") == [1, 3, 4, 2, 5]
        assert each(alice, path + "?sort=-completed_at") == [5, 2, 4, 3, 1]


def test_notes_sort_by_when_they_became_favourites(alice: Person) -> None:
    made(alice, "/contacts")
    uuid = alice.get("/api/contacts").json()["hydra:member"][0]["id"]
    for hour in (3, None, 1, 2, None):
        note = alice.does(notes.create, NoteDraft(text="x", contact_id=uuid))
        if hour:
            alice.does(notes.change, note.id, NoteChanges(is_favorite=True), now=NOW.replace(hour=hour))
    for path in ("/notes", "/contacts/1/notes"):
        assert each(alice, path + "?sort=favorited_at") == [2, 5, 3, 4, 1]
        assert each(alice, path + "?sort=-favorited_at") == [1, 4, 3, 5, 2]
        assert each(alice, path) == [1, 2, 3, 4, 5]


def test_a_change_moves_a_record_to_the_end_of_its_updates(alice: Person) -> None:
    for _ in range(3):
        made(alice, "/tasks")
    uuid = alice.get("/api/contact_tasks").json()["hydra:member"][0]["id"]
    alice.does(tasks.change, uuid, TaskChanges(title="Changed"), now=NOW.replace(year=2099))
    assert each(alice, "/tasks?sort=updated_at") == [2, 3, 1]
    assert listed(alice, "/tasks?sort=-updated_at&limit=1")["data"][0]["id"] == 1


COMPLETED: list[tuple[str, list[Any]]] = [
    ("1", [2]),
    ("true", [2]),
    ("0", [1, 3]),
    ("false", [1, 3]),
    ("", [1, 2, 3]),
    ("yes", [1, 2, 3]),
    ("2", [1, 2, 3]),
    ("null", [1, 2, 3]),
    ("TRUE", [1, 2, 3]),
]


@pytest.mark.parametrize(("value", "ids"), COMPLETED)
def test_completed_filters_tasks_where_it_is_understood(alice: Person, value: str, ids: list[int]) -> None:
    contact = made(alice, "/contacts")["id"]
    for completed in (0, 1, 0):
        made(alice, "/tasks", contact_id=contact, completed=completed)
    for path in OF_TASKS:
        assert each(alice, f"{path}?completed={value}") == ids
        assert each(alice, f"{path}?completed={value}&sort=-created_at") == ids[::-1]


@pytest.mark.parametrize(
    "query", ["lang=fr", "with=contactfields", "foo=bar", "q=x", "title=x", "id=9", "page[]=2", "limit[]=abc", "&&=&a"]
)
def test_other_parameters_are_ignored(anyone: Person, query: str) -> None:
    made(anyone, "/tasks")
    assert each(anyone, f"/tasks?{query}") == [1]


def test_of_a_parameter_that_comes_twice_the_last_counts(anyone: Person) -> None:
    assert size(anyone, "?limit=abc&limit=3") == 3
    assert refusal(call(anyone, "GET", "/tasks?limit=3&limit=abc")) == TOO_BIG


def test_completed_means_nothing_elsewhere(anyone: Person) -> None:
    made(anyone, "/contacts")
    assert each(anyone, "/contacts?completed=1") == [1]
