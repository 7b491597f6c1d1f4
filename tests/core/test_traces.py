"""A refusal leaves no trace: every table, the counters and the index are as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, pipelines, removal, tasks, tokens, undo, users, workspaces
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import Appended, ContactChanges
from carnet.core.errors import CarnetError
from carnet.core.pipelines import PipelineChanges, StateChanges
from carnet.core.tasks import TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import refused
from tests.core.things import NOTHING, company, contact, last_event, listed, pipeline, state, task

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House

    Acts = list[Callable[[], Any]]


def _writing_before_they_fail(house: House) -> Acts:
    """Changes that have made a company, or taken a number, by the time that they are refused."""
    alice = house.alice
    someone = contact(alice)
    return [
        lambda: contact(alice, company="Unmade", state_id=NOTHING),
        lambda: contact(alice, company="Unmade", owner_id=NOTHING),
        lambda: alice.does(contacts.change, someone.id, ContactChanges(company="Unmade", owner_id=NOTHING)),
    ]


def _failing_first(house: House) -> Acts:
    alice, someone = house.alice, contact(house.alice)
    made = task(alice, contact_id=someone.id)
    (default,) = listed(alice, pipelines.page)
    state_id = listed(alice, pipelines.page_of_states)[0].id
    return [
        lambda: contact(alice, "", company="Unmade"),
        lambda: contact(alice, company_id=NOTHING),
        lambda: company(alice, emails=["x"]),
        lambda: task(alice, contact_id=NOTHING),
        lambda: task(alice, deal_id=NOTHING),
        lambda: pipeline(alice, position=-1),
        lambda: state(alice, color="red"),
        lambda: alice.does(contacts.append, someone.id, Appended.DESCRIPTION, " "),
        lambda: alice.does(contacts.move, someone.id, NOTHING),
        lambda: alice.does(companies.change, someone.id, CompanyChanges(name="x")),
        lambda: alice.does(tasks.change, made.id, TaskChanges(title="x", assignee_id=NOTHING)),
        lambda: alice.does(pipelines.change, default.id, PipelineChanges(name=" ")),
        lambda: alice.does(pipelines.change_state, state_id, StateChanges(name="x", position=-1)),
        lambda: alice.does(removal.remove_pipeline, default.id),
        lambda: alice.does(removal.remove_contact, made.id),
        lambda: alice.does(undo.undo, 1),
        lambda: house.rita.does(removal.remove_contact, someone.id),
        lambda: house.mallory.does(removal.remove_contact, someone.id),
        lambda: house.mallory.does(undo.undo, last_event(alice).number),
    ]


def _above_workspaces(house: House) -> Acts:
    write, user = house.store.write_now, house.alice.user
    return [
        lambda: write(workspaces.ALL, workspaces.create, "main", user, now=NOW),
        lambda: write(workspaces.ALL, workspaces.create, "Main", user, now=NOW),
        lambda: write(workspaces.ALL, users.create, "bob@carnet.example", now=NOW),
        lambda: write(workspaces.ALL, users.create, "nobody", now=NOW),
        lambda: write(workspaces.ALL, tokens.create, user, [house.main], name="x", scopes=("all",), now=NOW),
        lambda: write(workspaces.ALL, tokens.revoke, NOTHING, now=NOW),
    ]


def test_each_refusal_alone(house: House) -> None:
    acts = [*_writing_before_they_fail(house), *_failing_first(house), *_above_workspaces(house)]
    for act in acts:
        with untouched(house):
            refused(CarnetError, [act])
    assert_sound(house)


def test_a_refusal_in_the_middle_of_a_change_takes_the_rest_of_it_back(house: House) -> None:
    alice = house.alice

    def several(db: Any) -> None:
        made = contacts.create(db, alice.actor, contacts.ContactDraft(name="Unmade", company="Unmade"), now=NOW)
        tasks.create(db, alice.actor, tasks.TaskDraft(title="Unmade", contact_id=made.id), now=NOW)
        removal.remove_contact(db, alice.actor, made.id, now=NOW)
        contacts.get(db, alice.actor, made.id)

    with untouched(house):
        refused(CarnetError, [lambda: house.store.write_now(house.main.id, several)])
    assert contact(alice).number == 1
    assert_sound(house)
