"""`carnet demo`: a notebook that looks real and names nobody real."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.cli.fiction.english import AMERICAN, BRITISH
from carnet.cli.fiction.french import FRENCH
from carnet.cli.fiction.inventing import Inventor
from carnet.core import contacts, deals, notes, pipelines, tags, tasks, workspaces
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.core.search import fold
from carnet.core.tasks import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.cli.fiction.tongue import Tongue
    from carnet.core.contacts import Contact
    from carnet.core.tasks import Task
    from tests.cli.conftest import Shell

TONGUES = (FRENCH, BRITISH, AMERICAN)
NOW = datetime(2026, 2, 3, 9, 15, tzinfo=UTC)
# France: ARCEP's decision 2018-0881; United Kingdom: Ofcom's numbers for drama; United States: 555-0100 to 555-0199.
FICTITIOUS = re.compile(
    r"\+33 1 99 00 \d\d \d\d|\+33 6 39 98 \d\d \d\d|\+44 20 7946 0\d{3}|\+44 7700 900\d{3}|\+1 \d{3} 555 01\d\d"
)


def _read(shell: Shell, page: Callable[..., Any]) -> list[Any]:
    actor = Actor(1, "", ROLE_RIGHTS[Role.OWNER], "UTC")
    found: list[Any] = shell.open().read_now(page, actor, Asked(limit=1000)).items
    return found


def _inventor(people: int = 2_000) -> Inventor:
    return Inventor(random.Random(1), people=people, states=["a", "b"], owner_id="o", now=NOW)


def _shown(people: list[Contact]) -> list[tuple[Any, ...]]:
    return [(each.name, each.emails, each.phones, each.company, each.position, each.state) for each in people]


def test_a_demo_is_what_was_asked_for_and_sound(shell: Shell) -> None:
    said = shell.does("demo", "--contacts", "30", "--tasks", "50")
    assert said.endswith("main has 30 more contacts and 50 more tasks, with deals, notes and tags.\n")
    assert len(_read(shell, contacts.page)) == 30
    assert len(_read(shell, tasks.page)) == 50
    assert (len(_read(shell, deals.page)), len(_read(shell, notes.page)), len(_read(shell, tags.page))) == (7, 15, 6)
    assert any(contact.tag_ids for contact in _read(shell, contacts.page))
    assert shell.does("check") == "All is sound.\n"


def test_a_demo_is_the_same_each_time(new_shell: Callable[..., Shell]) -> None:
    one, two = new_shell(), new_shell("postgresql")
    for each in (one, two):
        each.does("demo", "--contacts", "30", "--tasks", "40")
    assert _shown(_read(one, contacts.page)) == _shown(_read(two, contacts.page))
    titles = [[task.title for task in _read(each, tasks.page)] for each in (one, two)]
    assert titles[0] == titles[1]


def test_a_demo_adds_to_what_is_there(file_shell: Shell) -> None:
    file_shell.does("demo", "--contacts", "3", "--tasks", "0")
    file_shell.does("demo", "--contacts", "4", "--tasks", "5")
    assert len(_read(file_shell, contacts.page)) == 7
    assert len(_read(file_shell, tasks.page)) == 5
    assert [each.slug for each in file_shell.open().read_now(workspaces.everyone)] == ["main"]


def test_people_of_a_demo_are_in_all_states_and_tasks_of_all_kinds(file_shell: Shell) -> None:
    file_shell.does("demo", "--contacts", "120", "--tasks", "400")
    people: list[Contact] = _read(file_shell, contacts.page)
    owed: list[Task] = _read(file_shell, tasks.page)
    states = {state.id for state in _read(file_shell, pipelines.page_of_states)}
    assert {each.state_id for each in people} == states | {None}
    assert {each.status for each in people} == set(contacts.Status)
    assert {each.type for each in owed} == set(tasks.Type)
    assert {each.status for each in owed} == set(Status)
    assert {each.priority for each in owed} == set(tasks.Priority)
    assert {each.all_day for each in owed} == {True, False}
    names = {each.id: each.name for each in people}
    assert all(names[each.contact_id or ""] in each.title for each in owed)


def test_addresses_lead_nowhere_and_belong_to_one_person_each() -> None:
    inventor = _inventor()
    people = [inventor.person().draft for _ in range(2_000)]
    emails = [email for each in people for email in each.emails]
    assert all(re.fullmatch(r"[a-z.-]+\d*@[a-z-]+\.example", email) for email in emails)
    assert len(set(emails)) == len(emails)
    assert all(FICTITIOUS.fullmatch(phone) for each in people for phone in each.phones)
    assert all((each.website or "https://x.example").endswith(".example") for each in people)


@pytest.mark.parametrize("tongue", TONGUES)
def test_no_family_is_of_two_words_or_named_twice(tongue: Tongue) -> None:
    for words in (tongue.women + tongue.men, tongue.families, tongue.roots):
        assert len({fold(word) for word in words}) == len(words)
        assert all(re.fullmatch(r"[a-z]+", fold(word)) for word in words)


def test_what_was_due_is_mostly_done_and_what_will_be_is_mostly_open() -> None:
    inventor = _inventor()
    person = inventor.person()
    owed = [inventor.task(person, "id") for _ in range(2_000)]
    past = [each for each in owed if each.due_at and each.due_at < NOW]
    coming = [each for each in owed if each.due_at and each.due_at >= NOW]
    assert sum(each.status is Status.COMPLETED for each in past) > len(past) / 2
    assert sum(each.status is Status.OPEN for each in coming) > len(coming) / 2
    assert 0 < len(owed) - len(past) - len(coming) < len(owed) / 10
    assert min(each.due_at for each in past if each.due_at) < NOW - timedelta(days=120)
    assert max(each.due_at for each in coming if each.due_at) > NOW + timedelta(days=90)
    assert all(each.due_at.weekday() < 5 for each in owed if each.due_at)


def test_what_is_done_was_done_before_now() -> None:
    inventor = _inventor()
    person = inventor.person()
    owed = [inventor.task(person, "id") for _ in range(2_000)]
    for each in owed:
        assert (each.completed_at is not None) == (each.status is Status.COMPLETED)
        assert each.completed_at is None or each.completed_at <= NOW
