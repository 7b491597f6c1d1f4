"""A list costs as many statements for a hundred rows as for ten (specification, section 11)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, notes, tags, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.notes import NoteDraft
from carnet.core.tasks import TaskDraft
from carnet.dialects.monica.operations import OPERATIONS
from carnet.store.database import Database
from tests.monica.things import call, furnished, listed, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carnet.core.permissions import Actor
    from tests.conftest import House, Person

ROWS = 110


def _fill(db: Database, actor: Actor, genders: list[str], *, now: Any) -> None:
    tag = tags.find_or_create(db, actor, "friend", now=now)
    life = {"monica": {"birthdate": {"date": "1980-10-10", "is_age_based": False, "is_year_unknown": False}}}
    for number in range(ROWS):
        draft = ContactDraft(
            name=f"Jim {number}",
            emails=[f"{number}@x.example"],
            phones=["1"],
            gender_id=genders[number % len(genders)] if genders else None,
            extras=life,
            tag_ids=[tag.id],
        )
        contact = contacts.create(db, actor, draft, now=now)
        tasks.create(db, actor, TaskDraft(title=str(number), contact_id=contact.id), now=now)
        notes.create(db, actor, NoteDraft(text=str(number), contact_id=contact.id), now=now)


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every statement that is run inside."""
    run: list[Any] = []
    with monkeypatch.context() as patched:
        for name in ("all", "counted", "run"):
            plain = getattr(Database, name)

            def spy(self: Database, statement: Any, _plain: Any = plain, **values: Any) -> Any:
                run.append(statement)
                return _plain(self, statement, **values)

            patched.setattr(Database, name, spy)
        yield run


def cost(person: Person, path: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many statements a request takes."""
    call(person, "GET", path)  # what is compiled or remembered once doesn't count
    with counting(monkeypatch) as run:
        assert call(person, "GET", path).status_code == 200
    return len(run)


def filled(person: Person, *, gendered: bool) -> None:
    uuids = [gender["uuid"] for gender in listed(person, "/genders")["data"]] if gendered else []
    person.does(_fill, uuids)


@pytest.mark.parametrize(("gendered", "statements"), [(False, 3), (True, 4)])
def test_a_list_of_tasks(house: House, monkeypatch: pytest.MonkeyPatch, statements: int, *, gendered: bool) -> None:
    """The token, the page with its total, its contacts; and their genders where somebody has one."""
    filled(house.alice, gendered=gendered)
    for limit in (10, 100):
        assert cost(house.alice, f"/tasks?limit={limit}", monkeypatch) == statements
    assert len(listed(house.alice, "/tasks?limit=100")["data"]) == 100


def test_a_list_of_nobodys_tasks_asks_for_no_contacts(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        house.alice.does(tasks.create, TaskDraft(title=str(number)))
    assert cost(house.alice, "/tasks", monkeypatch) == 2


LISTS = sorted({path_of(operation) for operation in OPERATIONS if operation.about.kind == "list"})


@pytest.mark.parametrize(
    "path",
    [*LISTS, "/contacts?with=contactfields", "/contacts?query=jim", "/tasks?completed=0", "/tasks?sort=updated_at"],
)
def test_every_list_costs_as_much_for_a_hundred_as_for_ten(
    any_house: House, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    furnished(any_house.alice)
    filled(any_house.alice, gendered=True)
    sign = "&" if "?" in path else "?"
    ten, hundred = (cost(any_house.alice, f"{path}{sign}limit={limit}", monkeypatch) for limit in (10, 100))
    assert ten == hundred
    assert hundred <= 18
