"""What only one tongue knows is kept under its name, and no other tongue takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carnet.core import contacts, events, tasks
from carnet.core.contacts import ContactChanges, ContactDraft
from carnet.core.tasks import TaskChanges, TaskDraft
from tests.conftest import NOW

if TYPE_CHECKING:
    from tests.conftest import Person


def test_each_tongue_keeps_its_own(alice: Person) -> None:
    contact = alice.does(contacts.create, ContactDraft(name="Inès", extras={"monica": {"food": "figs"}}))
    alice.does(contacts.change, contact.id, ContactChanges(extras={"ysuite": {"tax": "1"}}))
    assert alice.sees(contacts.get, contact.id).extras == {"monica": {"food": "figs"}, "ysuite": {"tax": "1"}}


def test_a_tongue_may_end_what_it_kept(alice: Person) -> None:
    task = alice.does(tasks.create, TaskDraft(title="Call", extras={"monica": {"a": 1}, "ysuite": {"b": 2}}))
    alice.does(tasks.change, task.id, TaskChanges(extras={"monica": None}))
    assert alice.sees(tasks.get, task.id).extras == {"ysuite": {"b": 2}}


def test_a_tuple_is_as_good_as_a_list(alice: Person) -> None:
    contact = alice.does(contacts.create, ContactDraft(name="Inès", emails=("a@b",)))
    alice.does(contacts.change, contact.id, ContactChanges(emails=("a@b",), phones=("1", "2")))
    assert alice.sees(contacts.get, contact.id).phones == ["1", "2"]
    alice.does(contacts.change, contact.id, ContactChanges(emails=("a@b",)))
    assert [event.kind for event in alice.sees(events.of_record, contact.id)] == ["contact.created", "contact.updated"]


def test_a_name_of_a_thousand_wide_letters_is_kept_whole(alice: Person) -> None:
    contact = alice.does(contacts.create, ContactDraft(name="田" * 1_000, company="中" * 1_000))
    again = alice.does(contacts.create, ContactDraft(name="田" * 1_000, company="中" * 1_000))
    assert (contact.name, contact.company_id) == ("田" * 1_000, again.company_id)
    assert contact.created_at == NOW
