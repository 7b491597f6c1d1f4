"""What narrows tasks, dates, and every order (specification, section 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, tasks, tokens, workspaces
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactDraft
from carnet.core.search import fold
from carnet.core.tasks import TaskDraft
from tests.conftest import NOW, Person
from tests.hydra.things import NOTHING, listed, made, names

if TYPE_CHECKING:
    from carnet.store.database import Database
    from tests.conftest import House


def titles(person: Person, query: str) -> list[str]:
    """The titles of the tasks that a query finds."""
    return names(person, f"/api/contact_tasks?{query}", "title")


@pytest.fixture
def desk(house: House) -> dict[str, str]:
    """Four tasks, and the ids of what they hang on."""
    alice = house.alice
    contact, company, deal = (made(alice, name)["id"] for name in ("contacts", "companies", "deals"))
    one, two = (made(alice, "tags")["id"] for _ in range(2))
    made(
        alice,
        "contact_tasks",
        title="Rappeler Zoé",
        contact=contact,
        type="call",
        priority="low",
        dueDate="2026-01-01",
        tags=[one],
    )
    made(
        alice,
        "contact_tasks",
        title="Write the offer",
        company=company,
        deal=deal,
        tags=[two, one],
        type="proposal",
        status="in_progress",
        priority="urgent",
        description="Linen, not wool",
        startDate="2026-01-01T12:00:00Z",
        dueDate="2026-01-02",
        assignee=house.bob.user.id,
    )
    made(
        alice,
        "contact_tasks",
        title="Meet",
        contact=contact,
        company=company,
        type="meeting",
        completed=True,
        taskKind="linkedin_recontact_wizard",
        startDate="2026-01-02",
        dueDate="2026-01-03",
    )
    alice.does(tasks.create, TaskDraft(title="Undated", status=tasks.Status.NO_SHOW, priority=tasks.Priority.HIGH))
    return {"contact": contact, "company": company, "deal": deal, "bob": house.bob.user.id, "one": one, "two": two}


CALL, OFFER, MEET, UNDATED = "Rappeler Zoé", "Write the offer", "Meet", "Undated"
ALL = [CALL, OFFER, MEET, UNDATED]
CASES: dict[str, list[str]] = {
    "title=zoe": [CALL],
    "title[]=ZOÉ&title[]=meet": [CALL, MEET],
    "q=linen": [OFFER],
    "q=wool%20offer": [OFFER],
    "q=offer%20zoe": [],
    "contact={contact}": [CALL, MEET],
    "contact=/api/contacts/{contact}": [CALL, MEET],
    "contact[0]=/api/contacts/{contact}&contact[1]=" + NOTHING: [CALL, MEET],
    "company={company}": [OFFER, MEET],
    "contact={contact}&company={company}": [MEET],
    f"contact={NOTHING}": [],
    f"deal={NOTHING}": [],
    f"deal=/api/deals/{NOTHING}": [],
    "deal={deal}": [OFFER],
    "deal[]=/api/deals/{deal}&deal[]=" + NOTHING: [OFFER],
    "deal={contact}": [],
    f"tags={NOTHING}": [],
    "tags={one}": [CALL, OFFER],
    "tags=/api/tags/{two}": [OFFER],
    "tags[]={one}&tags[]={two}": [CALL, OFFER],
    "tags={one}&type=call": [CALL],
    "assignee={bob}": [OFFER],
    "assignee=/api/users/{bob}": [OFFER],
    # Mine is what is assigned to who asks, or to nobody.
    "mine=true": [CALL, MEET, UNDATED],
    "mine=0": [OFFER],
    "mine=true&completed=false": [CALL, UNDATED],
    "mine=perhaps": ALL,
    "type=call": [CALL],
    "type[]=call&type[]=meeting": [CALL, MEET],
    "taskKind=linkedin_recontact_wizard": [MEET],
    "taskKind=manual": [CALL, OFFER, UNDATED],
    "completed=true": [MEET],
    "completed=1": [MEET],
    "completed=false": [CALL, OFFER, UNDATED],
    "completed=0": [CALL, OFFER, UNDATED],
    "status=in_progress": [OFFER],
    "status[]=open&status[]=no_show": [CALL, UNDATED],
    "priority=urgent": [OFFER],
    "priority[]=none&priority[]=low": [CALL, MEET],
    "exists[completedAt]=true": [MEET],
    "exists[completedAt]=false": [CALL, OFFER, UNDATED],
    "exists[description]=1": [OFFER],
    "exists[description]=0": [CALL, MEET, UNDATED],
    "exists[assignee]=true": [OFFER],
    "exists[assignee]=false": [CALL, MEET, UNDATED],
    # Dates: before and after hold at the moment itself, the strict ones don't; what has none is on neither side.
    "dueDate[before]=2026-01-02": [CALL, OFFER],
    "dueDate[strictly_before]=2026-01-02": [CALL],
    "dueDate[after]=2026-01-02": [OFFER, MEET],
    "dueDate[strictly_after]=2026-01-02": [MEET],
    "dueDate[after]=2026-01-01T12:00:00Z&dueDate[before]=2026-01-02T12:00:00Z": [OFFER],
    "dueDate[after]=2026-01-02T01:00:00%2B01:00&dueDate[before]=2026-01-02T01:00:00+01:00": [OFFER],
    "dueDate[strictly_after]=2026-01-01T23:59:59.999Z&dueDate[before]=2026-01-02T00:00:00": [OFFER],
    # Days of the calendar are both included.
    "dueDay[before]=2026-01-02": [CALL, OFFER],
    "dueDay[after]=2026-01-02": [OFFER, MEET],
    "dueDay[after]=2026-01-02&dueDay[before]=2026-01-02": [OFFER],
    "dueDay[after]=0001-01-01&dueDay[before]=9999-12-31": [CALL, OFFER, MEET],
    "dueDay[before]=2026-01-02T00:00:00Z": ALL,
    "dueDay[strictly_before]=2026-01-02": ALL,
    "dueDay=2026-01-02": ALL,
    "startDate[before]=2026-01-01T12:00:00Z": [OFFER],
    "startDate[strictly_after]=2026-01-01T12:00:00Z": [MEET],
    "completedAt[after]=2020-01-01": [MEET],
    "completedAt[before]=2020-01-01": [],
    # Orders: what has no value comes last, either way.
    "order[dueDate]=asc": [CALL, OFFER, MEET, UNDATED],
    "order[dueDate]=desc": [MEET, OFFER, CALL, UNDATED],
    "order[startDate]=ASC": [OFFER, MEET, CALL, UNDATED],
    "order[startDate]=Desc": [MEET, OFFER, CALL, UNDATED],
    "order[priority]=asc": [MEET, CALL, UNDATED, OFFER],
    "order[priority]=desc": [OFFER, UNDATED, CALL, MEET],
    "order[title]=asc": [MEET, CALL, UNDATED, OFFER],
    "order[title]=desc": [OFFER, UNDATED, CALL, MEET],
    "order[title]=desc&completed=false": [OFFER, UNDATED, CALL],
    "order[odd]=asc&order[title]=asc": [MEET, CALL, UNDATED, OFFER],
    # What cannot be is ignored.
    "type=nonsense": ALL,
    "completed=yes": ALL,
    "dueDate[before]=soon": ALL,
    "dueDate[before]=": ALL,
    "dueDate[before][]=2026-01-01": ALL,
    "dueDate=2026-01-02": ALL,
    "exists[title]=false": ALL,
}


def test_tasks_are_narrowed_and_ordered(house: House, desk: dict[str, str]) -> None:
    found = {query: titles(house.rita, query.format(**desk)) for query in CASES}
    assert found == CASES


def test_mine_is_the_tokens_users(house: House, desk: dict[str, str]) -> None:
    del desk
    made(house.alice, "contact_tasks", title="Alice's", assignee=house.alice.user.id, dueDate="2026-01-04")
    assert titles(house.bob, "mine=true") == ALL
    assert titles(house.bob, "mine=false") == ["Alice's"]
    assert titles(house.alice, "mine=true") == [CALL, MEET, "Alice's", UNDATED]
    assert titles(house.mallory, "mine=true") == []


@pytest.mark.parametrize(("zone", "days"), [("Pacific/Kiritimati", (4, 3)), ("Pacific/Niue", (3, 3)), ("UTC", (3, 3))])
def test_a_due_day_is_the_workspaces_but_for_all_day_tasks(house: House, zone: str, days: tuple[int, int]) -> None:
    alice = house.alice

    def abroad(db: Database) -> tokens.NewToken:
        place = workspaces.create(db, "abroad", alice.user, now=NOW, time_zone=zone)
        return tokens.create(db, alice.user, [place], name="abroad", now=NOW)

    token = house.store.write_now(workspaces.ALL, abroad)
    there = Person(house, alice.user, alice.actor, token)
    made(there, "contact_tasks", title="at", dueDate="2026-02-03T12:30:00Z")
    made(there, "contact_tasks", title="all day", dueDate="2026-02-03", allDay=True)
    for title, day in zip(("at", "all day"), days, strict=True):
        found = [
            n for n in range(1, 9) if title in titles(there, f"dueDay[after]=2026-02-0{n}&dueDay[before]=2026-02-0{n}")
        ]
        assert found == [day]


def test_several_orders_count_in_turn(alice: Person) -> None:
    for title, due in (("b", "2026-01-02"), ("a", "2026-01-02"), ("c", "2026-01-01"), ("a", "2026-01-01")):
        made(alice, "contact_tasks", title=title, dueDate=due, description=f"{title} {due[-1]}")
    query = "order[dueDate]=desc&order[title]=asc"
    assert names(alice, f"/api/contact_tasks?{query}", "description") == ["a 2", "b 2", "a 1", "c 1"]
    query = "order[title]=asc&order[dueDate]=desc"
    assert names(alice, f"/api/contact_tasks?{query}", "description") == ["a 2", "a 1", "b 2", "c 1"]


WORDS = (
    "zoé",
    "Zoe",
    "Ångström",
    "aubry",
    "Aubry",
    "O'Neil",
    "o neil",
    "ünal",
    "Łódź",
    "100%",
    "_x",
    "Zz",
    "ß",
    "St",
    "é-a",
)


def test_names_are_ordered_without_accents_and_case_on_both_databases(alice: Person) -> None:
    for name in WORDS:
        made(alice, "companies", name=name)
        alice.does(contacts.create, ContactDraft(name=name, company=name))
    expected = [fold(name) for name in sorted(WORDS, key=fold)]
    for path, field in (("companies", "name"), ("contacts", "name"), ("contacts", "company")):
        found = names(alice, f"/api/{path}?order[{field}]=asc", field)
        assert [fold(name) for name in found] == expected
        found = names(alice, f"/api/{path}?order[{field}]=desc", field)
        assert [fold(name) for name in found] == expected[::-1]


def test_contacts_without_a_company_come_last_either_way(alice: Person) -> None:
    for name, company in (("one", "b"), ("two", None), ("three", "a")):
        made(alice, "contacts", name=name, company=company)
    assert names(alice, "/api/contacts?order[company]=asc") == ["three", "one", "two"]
    assert names(alice, "/api/contacts?order[company]=desc") == ["one", "three", "two"]


def test_moments_of_making_are_narrowed_and_ordered(alice: Person) -> None:
    for at in range(3):
        alice.does(contacts.create, ContactDraft(name=f"day {at}"), now=NOW + timedelta(days=at))
    shown: list[dict[str, Any]] = listed(alice, "/api/contacts?order[createdAt]=asc")["hydra:member"]
    assert [contact["name"] for contact in shown] == ["day 0", "day 1", "day 2"]
    middle = shown[1]["createdAt"].replace("+", "%2B")
    for field in ("createdAt", "updatedAt"):
        assert names(alice, f"/api/contacts?{field}[before]={middle}") == ["day 1", "day 0"]
        assert names(alice, f"/api/contacts?{field}[strictly_before]={middle}") == ["day 0"]
        assert names(alice, f"/api/contacts?{field}[after]={middle}") == ["day 2", "day 1"]
        assert names(alice, f"/api/contacts?{field}[strictly_after]={middle}") == ["day 2"]
        assert names(alice, f"/api/contacts?order[{field}]=desc") == ["day 2", "day 1", "day 0"]


def test_tasks_and_companies_are_ordered_by_their_making(alice: Person) -> None:
    for at in (2, 0, 1):
        now = NOW + timedelta(days=at)
        alice.does(companies.create, CompanyDraft(name=f"day {at}"), now=now)
        alice.does(tasks.create, TaskDraft(title=f"day {at}"), now=now)
    for path, field in (("companies", "name"), ("contact_tasks", "title")):
        for way, expected in (("asc", ["day 0", "day 1", "day 2"]), ("desc", ["day 2", "day 1", "day 0"])):
            assert names(alice, f"/api/{path}?order[createdAt]={way}", field) == expected
    noon = "2026-02-04T12:00:00Z"
    assert names(alice, f"/api/companies?createdAt[before]={noon}") == ["day 1", "day 0"]
    assert names(alice, f"/api/companies?createdAt[after]={noon}") == ["day 2"]


def test_what_was_made_within_a_second_is_ordered_by_its_making_too(alice: Person) -> None:
    fields = {"contacts": "name", "companies": "name", "contact_tasks": "title", "deals": "title", "notes": "text"}
    contact = made(alice, "contacts", name="a")["@id"]
    for collection, field in fields.items():
        links = {"contact": contact} if collection in {"contact_tasks", "notes"} else {}
        for text in ("b", "c") if collection == "contacts" else ("a", "b", "c"):
            made(alice, collection, **{field: text}, **links)
        for way, expected in (("asc", ["a", "b", "c"]), ("desc", ["c", "b", "a"])):
            assert names(alice, f"/api/{collection}?order[createdAt]={way}", field) == expected
            assert (
                names(alice, f"/api/{collection}?order[createdAt]={way}&createdAt[after]=2000-01-01", field) == expected
            )


def test_a_moment_shown_is_the_moment_compared(alice: Person) -> None:
    """What was made within a second is shown as that second, so a filter on it must find it."""
    for collection in ("contacts", "companies"):
        moment = made(alice, collection)["createdAt"].replace("+", "%2B")
        for way in ("before", "after"):
            assert len(names(alice, f"/api/{collection}?createdAt[{way}]={moment}")) == 1, way
        for way in ("strictly_before", "strictly_after"):
            assert names(alice, f"/api/{collection}?createdAt[{way}]={moment}") == [], way
