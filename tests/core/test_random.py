"""Whatever is made, changed, removed and undone, in any order: a plain model of it agrees, and all is sound."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from carnet.core import companies, contacts, pipelines, removal, tasks, undo, workspaces
from carnet.core.companies import CompanyDraft
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.errors import ConflictError, InvalidError
from carnet.core.paging import Asked
from carnet.core.permissions import ROLE_RIGHTS, Actor, Role
from carnet.core.pipelines import PipelineDraft, StateDraft
from carnet.core.tasks import Status, TaskChanges, TaskDraft
from tests.chance import times
from tests.conftest import NOW, Person
from tests.core.dump import assert_sound, standing
from tests.core.things import ledger, listed

if TYPE_CHECKING:
    from carnet.core.workspaces import Workspace
    from carnet.store.database import Database
    from tests.conftest import House

SHOWN = {
    "contact": ("name", "company_id", "state_id"),
    "company": ("name",),
    "task": ("contact_id", "company_id", "starts_at", "due_at", "status"),
    "pipeline": ("name",),
    "state": ("name", "pipeline_id"),
}
"""What the model knows of each noun."""
PAGES: dict[str, Any] = {
    "contact": contacts.page,
    "company": companies.page,
    "task": tasks.page,
    "pipeline": pipelines.page,
    "state": pipelines.page_of_states,
}
LINKS = {"company": "company_id", "state": "state_id", "contact": "contact_id", "pipeline": "pipeline_id"}

names = some.sampled_from(["Halden", "HALDEN", "Zoé", "ß"])
moments = some.none() | some.sampled_from([NOW, NOW + timedelta(days=3), NOW + timedelta(weeks=9)])
CHANGES: dict[Any, Any] = {
    "starts_at": moments,
    "due_at": moments,
    "status": some.sampled_from(Status),
    "completed_at": moments,
}
"""What may be said of a task, together or apart."""
pick: Any = some.data()


def in_a_new_workspace(house: House) -> Person:
    """Alice, in a workspace where nothing has happened."""

    def begin(db: Database) -> Workspace:
        slug = f"w{len(workspaces.everyone(db))}"
        return workspaces.create(db, slug, house.alice.user, now=NOW)

    workspace = house.store.write_now(workspaces.ALL, begin)
    actor = Actor(workspace.id, house.alice.user.id, ROLE_RIGHTS[Role.OWNER], "UTC")
    return Person(house, house.alice.user, actor, house.alice.token)


class Notebook(RuleBasedStateMachine):
    """A workspace and a model of it."""

    house: House

    def __init__(self) -> None:
        super().__init__()
        self.person = in_a_new_workspace(self.house)
        self.model: dict[str, dict[str, dict[str, Any]]] = {}
        self.before: Any = None
        """What stood before the last deed, where that can be taken back."""
        self.deed = 0
        self.read_again()

    # ---- the model

    def read_again(self) -> None:
        self.model = {noun: self.shown(noun) for noun in SHOWN}

    def shown(self, noun: str) -> dict[str, dict[str, Any]]:
        found = listed(self.person, PAGES[noun])
        return {each.id: {name: getattr(each, name) for name in SHOWN[noun]} for each in found}

    def keep(self, noun: str, record: Any) -> None:
        self.model[noun][record.id] = {name: getattr(record, name) for name in SHOWN[noun]}

    def drop(self, noun: str, record_id: str) -> None:
        """Take a record out of the model by the one rule of deletion."""
        del self.model[noun][record_id]
        link = LINKS.get(noun, "")
        for other, records in self.model.items():
            for each in [key for key, shown in records.items() if shown.get(link) == record_id]:
                records[each][link] = None
                if noun == "pipeline" or (other == "task" and not self.hangs(records[each])):
                    self.drop(other, each)

    @staticmethod
    def hangs(task: dict[str, Any]) -> bool:
        return task["contact_id"] is not None or task["company_id"] is not None

    def some_of(self, data: Any, noun: str) -> str | None:
        found: str | None = data.draw(some.sampled_from([None, *sorted(self.model[noun])]))
        return found

    def has(self, noun: str) -> bool:
        return bool(self.model[noun])

    def begin(self) -> None:
        """Remember what stands, to see it again after an undo."""
        self.before = standing(self.house)
        self.deed = ledger(self.person)[-1].number + 1

    # ---- what people do

    @rule(name=names, data=pick)
    def make_a_contact(self, name: str, data: Any) -> None:
        employer, into = (self.some_of(data, noun) for noun in ("company", "state"))
        named = data.draw(some.none() | names)
        draft = ContactDraft(name=name, company=named, company_id=employer, state_id=into)
        self.begin()
        made = self.person.does(contacts.create, draft)
        if made.company_id is not None and made.company_id not in self.model["company"]:
            self.model["company"][made.company_id] = {"name": named}
            self.before = None
        self.keep("contact", made)
        assert (made.state_id, made.company_id is None) == (into, employer is None and named is None)

    @rule(name=names)
    def make_a_company(self, name: str) -> None:
        self.begin()
        self.keep("company", self.person.does(companies.create, CompanyDraft(name=name)))

    @rule(name=names, due_at=moments, status=some.sampled_from(Status), data=pick)
    def make_a_task(self, name: str, due_at: Any, status: Status, data: Any) -> None:
        someone, somewhere = (self.some_of(data, noun) for noun in ("contact", "company"))
        draft = TaskDraft(title=name, due_at=due_at, status=status, contact_id=someone, company_id=somewhere)
        self.begin()
        self.keep("task", self.person.does(tasks.create, draft))

    @rule(name=names)
    def make_a_pipeline(self, name: str) -> None:
        self.begin()
        made = self.person.does(pipelines.create, PipelineDraft(name=name))
        self.keep("pipeline", made)
        self.keep("state", self.person.does(pipelines.create_state, StateDraft(name=name, pipeline_id=made.id)))
        self.before = None

    @precondition(lambda self: self.has("contact"))
    @rule(data=pick)
    def change_a_contact(self, data: Any) -> None:
        contact_id = data.draw(some.sampled_from(sorted(self.model["contact"])))
        said: dict[str, Any] = {"name": data.draw(names)}
        for noun in ("company", "state"):
            if data.draw(some.booleans()):
                said[LINKS[noun]] = self.some_of(data, noun)
        self.begin()
        self.person.does(contacts.change, contact_id, ContactChanges(**said))
        self.model["contact"][contact_id] |= said

    @precondition(lambda self: self.has("task"))
    @rule(said=some.fixed_dictionaries({}, optional=CHANGES), data=pick)
    def change_a_task(self, said: dict[str, Any], data: Any) -> None:
        task_id = data.draw(some.sampled_from(sorted(self.model["task"])))
        for noun in ("contact", "company"):
            if data.draw(some.booleans()):
                said[LINKS[noun]] = self.some_of(data, noun)
        self.begin()
        try:
            self.person.does(tasks.change, task_id, TaskChanges(**said))
        except InvalidError:
            assert standing(self.house) == self.before
            return
        self.model["task"][task_id] |= {name: value for name, value in said.items() if name in SHOWN["task"]}

    @precondition(lambda self: any(self.model[noun] for noun in ("contact", "company", "task", "state")))
    @rule(data=pick)
    def remove_something(self, data: Any) -> None:
        several = [(noun, each) for noun, records in self.model.items() for each in sorted(records)]
        noun, record_id = data.draw(some.sampled_from(several))
        verb = getattr(removal, f"remove_{noun}")
        self.begin()
        try:
            self.person.does(verb, record_id)
        except ConflictError:
            assert noun == "pipeline"
            assert standing(self.house) == self.before
            return
        self.drop(noun, record_id)

    @precondition(lambda self: self.before is not None)
    @rule()
    def undo_the_last_deed(self) -> None:
        if ledger(self.person)[-1].number >= self.deed:
            self.person.does(undo.undo, self.deed)
        assert standing(self.house) == self.before
        self.before = None
        self.read_again()

    @rule(data=pick)
    def undo_anything(self, data: Any) -> None:
        number = data.draw(some.integers(1, ledger(self.person)[-1].number))
        before = standing(self.house)
        try:
            self.person.does(undo.undo, number)
        except ConflictError:
            assert standing(self.house) == before
        self.before = None
        self.read_again()

    # ---- what holds at any time

    @invariant()
    def lists_and_totals_are_the_models(self) -> None:
        for noun, page in PAGES.items():
            assert self.shown(noun) == self.model[noun]
            assert self.person.sees(page, Asked(limit=1)).total == len(self.model[noun])

    @invariant()
    def no_task_contradicts_itself(self) -> None:
        for task in listed(self.person, tasks.page):
            assert (task.completed_at is not None) is task.is_completed
            assert task.starts_at is None or task.due_at is None or task.starts_at <= task.due_at

    def teardown(self) -> None:
        numbers = [event.number for event in ledger(self.person)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert_sound(self.house)


def test_a_model_agrees_with_whatever_happens(house: House) -> None:
    machine = type("Notebook", (Notebook,), {"house": house})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=times(15, house),
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # what fails is short as it is, and shrinking it takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
