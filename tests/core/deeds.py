"""What can be done in a workspace and be taken back: each deed furnishes what it is about, then gives the act."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from carnet.core import companies, contacts, deals, genders, notes, pipelines, removal, tags, tasks
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import Appended, ContactChanges, Status
from carnet.core.deals import DealChanges
from carnet.core.genders import GenderChanges, Type
from carnet.core.notes import NoteChanges
from carnet.core.pipelines import PipelineChanges, StateChanges, StateKind
from carnet.core.tags import TagChanges
from carnet.core.tasks import Priority, TaskChanges
from tests.conftest import NOW
from tests.core.things import (
    activity,
    activity_type,
    call,
    category,
    company,
    contact,
    deal,
    gender,
    note,
    pipeline,
    reminder,
    state,
    tag,
    task,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Person

    Deed = Callable[[], Any]


def a_contact(alice: Person) -> Any:
    """A contact in the middle of things: a company, a state, tags, and much that hangs on it alone or not."""
    first, second = (tag(alice, name).id for name in ("linen", "silk"))
    made = contact(
        alice,
        "Inès Łukasz",
        given_name="Inès",
        family_name="Łukasz",
        emails=["ines@halden.example"],
        phones=["+33 6 12"],
        company="Halden",
        state_id=state(alice).id,
        owner_id=alice.user.id,
        is_lead=True,
        gender_id=gender(alice).id,
        tag_ids=[second, first],
        extras={"monica": {"food": ["nuts", None, 1.5]}},
    )
    sold = deal(alice, "Sold", contact_id=made.id, company_id=made.company_id, state_id=made.state_id, tag_ids=[first])
    deal(alice, "Mooted", contact_id=made.id, amount_cents=1_050)
    note(alice, "Own", contact_id=made.id, is_favorite=True)
    note(alice, "Shared", contact_id=made.id, deal_id=sold.id, title="Été")
    task(alice, "Of a deal", contact_id=made.id, deal_id=sold.id, tag_ids=[first, second])
    reminder(alice, contact_id=made.id, rule="FREQ=YEARLY")
    call(alice, contact_id=made.id)
    kind = activity_type(alice).id
    activity(alice, "Alone", contact_ids=[made.id], type_id=kind)
    activity(alice, "Together", contact_ids=[contact(alice, "Zoé").id, made.id])
    task(alice, "Own", contact_id=made.id, due_at=NOW, payload={"z": 1, "a": {"é": [True]}})
    task(alice, "Done", contact_id=made.id, status=tasks.Status.COMPLETED, due_at=NOW, all_day=True)
    task(alice, "Shared", contact_id=made.id, company_id=made.company_id, assignee_id=alice.user.id)
    return made


def _removes_a_contact(alice: Person) -> Deed:
    made = a_contact(alice)
    return lambda: alice.does(removal.remove_contact, made.id)


def _removes_a_company(alice: Person) -> Deed:
    made = a_contact(alice)
    contact(alice, "Bruno", company="halden")
    task(alice, "The company's", company_id=made.company_id)
    return lambda: alice.does(removal.remove_company, made.company_id)


def _removes_a_task(alice: Person) -> Deed:
    made = task(alice, payload={"a": 1}, priority=Priority.HIGH, due_at=NOW, starts_at=NOW)
    return lambda: alice.does(removal.remove_task, made.id)


def _removes_a_state(alice: Person) -> Deed:
    made = a_contact(alice)
    contact(alice, "Bruno", state_id=made.state_id)
    return lambda: alice.does(removal.remove_state, made.state_id)


def _removes_a_pipeline(alice: Person) -> Deed:
    of = pipeline(alice)
    states = [state(alice, f"State {n}", pipeline_id=of.id, kind=StateKind.WON) for n in range(3)]
    for each in (*states, states[0]):
        contact(alice, state_id=each.id)
    return lambda: alice.does(removal.remove_pipeline, of.id)


def _changes_a_contact(alice: Person) -> Deed:
    made = a_contact(alice)
    said = ContactChanges(
        name="Zoé", emails=["zoe@x"], phones=[], company=None, state_id=None, owner_id=None, is_lead=False, extras={}
    )
    return lambda: alice.does(contacts.change, made.id, said)


def _moves_a_contact(alice: Person) -> Deed:
    made, other = a_contact(alice), state(alice, "Elsewhere")
    return lambda: alice.does(contacts.move, made.id, other.id)


def _appends_to_a_contact(alice: Person) -> Deed:
    made = contact(alice, description="one")
    return lambda: alice.does(contacts.append, made.id, Appended.DESCRIPTION, "two")


def _changes_a_company(alice: Person) -> Deed:
    made = company(alice, "Halden", website="https://a", emails=["a@b"])
    said = CompanyChanges(name="Morel", website=None, emails=[], phones=["1"], extras={"ysuite": {}})
    return lambda: alice.does(companies.change, made.id, said)


def _changes_a_task(alice: Person) -> Deed:
    made = task(alice, due_at=NOW, payload={"a": 1}, contact_id=contact(alice).id)
    said = TaskChanges(title="Zzz", due_at=None, payload=None, contact_id=None, priority=Priority.URGENT)
    return lambda: alice.does(tasks.change, made.id, said)


def _postpones_a_task(alice: Person) -> Deed:
    made = task(alice, due_at=NOW, all_day=True)
    return lambda: alice.does(tasks.change, made.id, TaskChanges(due_at=NOW + timedelta(weeks=60)))


def _completes_a_task(alice: Person) -> Deed:
    made = task(alice)
    return lambda: alice.does(tasks.complete, made.id)


def _reopens_a_task(alice: Person) -> Deed:
    made = task(alice, status=tasks.Status.COMPLETED, completed_at=NOW - timedelta(days=1))
    return lambda: alice.does(tasks.change, made.id, TaskChanges(status=tasks.Status.NO_SHOW))


def _changes_a_state(alice: Person) -> Deed:
    made = state(alice)
    said = StateChanges(name="Zzz", color="#000000", position=0, kind=StateKind.LOST)
    return lambda: alice.does(pipelines.change_state, made.id, said)


def _changes_a_pipeline(alice: Person) -> Deed:
    made = pipeline(alice)
    return lambda: alice.does(pipelines.change, made.id, PipelineChanges(name="Zzz", position=0))


def _makes_a_contact(alice: Person) -> Deed:
    employer, into = company(alice), state(alice)
    return lambda: contact(alice, company_id=employer.id, state_id=into.id, status=Status.LOST)


def _makes_a_task(alice: Person) -> Deed:
    someone = contact(alice)
    return lambda: task(alice, contact_id=someone.id, due_at=NOW)


def _removes_a_deal(alice: Person) -> Deed:
    made, someone = deal(alice, tag_ids=[tag(alice).id], state_id=state(alice).id), contact(alice)
    for others in ({}, {"contact_id": someone.id}):
        task(alice, deal_id=made.id, **others)
        note(alice, deal_id=made.id, **others)
    return lambda: alice.does(removal.remove_deal, made.id)


def _removes_a_note(alice: Person) -> Deed:
    made = note(alice, title="Été", contact_id=contact(alice).id, is_favorite=True, extras={"monica": {"a": 1}})
    return lambda: alice.does(removal.remove_note, made.id)


def _removes_a_tag(alice: Person) -> Deed:
    made, other = tag(alice, color="#10B981", extras={"ysuite": {}}), tag(alice, "other")
    for make in (contact, company, task, deal):
        for borne in ([made.id], [other.id, made.id], [other.id]):
            make(alice, tag_ids=borne)
    return lambda: alice.does(removal.remove_tag, made.id)


def _removes_a_gender(alice: Person) -> Deed:
    made = gender(alice, type=Type.NONE)
    for gender_id in (made.id, made.id, None):
        contact(alice, gender_id=gender_id)
    return lambda: alice.does(removal.remove_gender, made.id)


def _removes_a_type_of_activities(alice: Person) -> Deed:
    made = activity_type(alice, category_id=category(alice).id)
    activity(alice, type_id=made.id)
    return lambda: alice.does(removal.remove_activity_type, made.id)


def _removes_a_category(alice: Person) -> Deed:
    made = category(alice)
    activity(alice, type_id=activity_type(alice, category_id=made.id).id)
    return lambda: alice.does(removal.remove_category, made.id)


def _changes_a_deal(alice: Person) -> Deed:
    made = deal(alice, contact_id=contact(alice).id, amount_cents=1, currency="CHF", tag_ids=[tag(alice).id])
    said = DealChanges(
        title="Zzz", amount_cents=None, currency="USD", contact_id=None, company_id=company(alice).id, tag_ids=[]
    )
    return lambda: alice.does(deals.change, made.id, said)


def _wins_a_deal(alice: Person) -> Deed:
    made, won = deal(alice, state_id=state(alice).id), state(alice, "Won", kind=StateKind.WON)
    return lambda: alice.does(deals.change, made.id, DealChanges(state_id=won.id))


def _reopens_a_deal(alice: Person) -> Deed:
    made = deal(alice, status=deals.Status.LOST)
    return lambda: alice.does(deals.change, made.id, DealChanges(status=deals.Status.OPEN))


def _changes_a_note(alice: Person) -> Deed:
    made = note(alice, title="Été", contact_id=contact(alice).id)
    said = NoteChanges(text="Zzz", title=None, contact_id=None, deal_id=deal(alice).id, is_favorite=True)
    return lambda: alice.does(notes.change, made.id, said)


def _changes_a_tag(alice: Person) -> Deed:
    made = tag(alice, color="#10B981")
    return lambda: alice.does(tags.change, made.id, TagChanges(name="SUPPLIERS", color=None))


def _changes_a_gender(alice: Person) -> Deed:
    made = gender(alice)
    return lambda: alice.does(genders.change, made.id, GenderChanges(name="Zzz", type=Type.NONE))


def _tags_a_contact(alice: Person) -> Deed:
    first, second, third = (tag(alice, name).id for name in "abc")
    made = contact(alice, tag_ids=[first, second])
    return lambda: alice.does(contacts.change, made.id, ContactChanges(tag_ids=[third, first]))


def _makes_a_deal(alice: Person) -> Deed:
    said: dict[str, Any] = {"contact_id": contact(alice).id, "state_id": state(alice).id, "tag_ids": [tag(alice).id]}
    return lambda: deal(alice, **said)


def _makes_a_note(alice: Person) -> Deed:
    hanging = deal(alice).id
    return lambda: note(alice, deal_id=hanging)


def _makes(make: Callable[..., Any]) -> Callable[[Person], Deed]:
    return lambda alice: lambda: make(alice)


DEEDS: dict[str, Callable[[Person], Deed]] = {
    **{
        deed.__name__.strip("_"): deed
        for deed in (
            *(_removes_a_contact, _removes_a_company, _removes_a_task, _removes_a_state, _removes_a_pipeline),
            *(_changes_a_contact, _moves_a_contact, _appends_to_a_contact, _changes_a_company, _changes_a_task),
            *(_postpones_a_task, _completes_a_task, _reopens_a_task, _changes_a_state, _changes_a_pipeline),
            *(_removes_a_deal, _removes_a_note, _removes_a_tag, _removes_a_gender),
            *(_removes_a_type_of_activities, _removes_a_category),
            *(_changes_a_deal, _wins_a_deal, _reopens_a_deal, _changes_a_note, _changes_a_tag, _changes_a_gender),
            *(_tags_a_contact, _makes_a_contact, _makes_a_task, _makes_a_deal, _makes_a_note),
        )
    },
    **{f"makes_a_{make.__name__}": _makes(make) for make in (company, pipeline, state, tag, gender)},
}
