"""Callers say what they like, as they like; what is kept is the same on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, tasks, undo
from carnet.core.companies import CompanyChanges
from carnet.core.contacts import ContactChanges
from carnet.core.tasks import TaskChanges
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.things import company, contact, last_event, task

if TYPE_CHECKING:
    from tests.conftest import House, Person

NOUNS: list[tuple[Any, Any, Any]] = [(contact, contacts, ContactChanges), (company, companies, CompanyChanges)]
each_noun = pytest.mark.parametrize(("make", "noun", "changes"), NOUNS, ids=["contact", "company"])

ODD = ["{a,b}", '"', "\\", "NULL", "null", "", " ", "'; --", "[]", "é🧵", "\t\n\r", "\x01\x7f", "%s", ":name", "$1"]
"""Texts that a driver or a query could take for something else."""
JSON: list[dict[str, Any]] = [
    {},
    {"": ""},
    {"a": [[], {}, None, True, False, 0, -1, 1.5, 2**53, "é🧵\\\"'%s:name$1"]},
    {"deep": {"deep": {"deep": [{"deep": [None]}]}}},
    {"z": 1, "a": 2, "m": 3},
    {str(n): n for n in range(500)},
]


@each_noun
def test_a_list_may_be_said_as_a_tuple(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice = house.alice
    made = make(alice, emails=("a@b", "c@d"), phones=("1",))
    assert (made.emails, made.phones) == (["a@b", "c@d"], ["1"])
    with untouched(house):
        alice.does(noun.change, made.id, changes(emails=("a@b", "c@d"), phones=["1"]))
    alice.does(noun.change, made.id, changes(emails=("e@f",), phones=()))
    read = alice.sees(noun.get, made.id)
    assert (read.emails, read.phones) == (["e@f"], [])
    assert last_event(alice).after == {"emails": ["e@f"], "phones": []}
    assert_sound(house)


@each_noun
def test_the_order_of_a_list_and_its_doubles_are_kept(alice: Person, make: Any, noun: Any, changes: Any) -> None:
    made = make(alice, emails=["b@b", "a@a", "b@b"], phones=["2", "1", "", "2"])
    alice.does(noun.change, made.id, changes(emails=["a@a", "b@b", "b@b"]))
    read = alice.sees(noun.get, made.id)
    assert (read.emails, read.phones) == (["a@a", "b@b", "b@b"], ["2", "1", "", "2"])


@each_noun
def test_odd_texts_are_kept_as_they_are(house: House, make: Any, noun: Any, changes: Any) -> None:
    alice = house.alice
    made = make(alice, phones=ODD)
    assert alice.sees(noun.get, made.id).phones == ODD
    for text in ODD:
        alice.does(noun.change, made.id, changes(description=text, website=text, address=text, phones=[text]))
        read = alice.sees(noun.get, made.id)
        assert (read.description, read.website, read.address, read.phones) == (text, text, text, [text])
    assert_sound(house)


def test_odd_titles_and_names_are_kept_as_they_are(house: House) -> None:
    for text in filter(str.strip, ODD):
        assert house.alice.sees(tasks.get, task(house.alice, text, description=text).id).title == text
        read = house.alice.sees(contacts.get, contact(house.alice, text, company=text, position=text).id)
        assert (read.name, (read.company or "").casefold(), read.position) == (text, text.casefold(), text)
    assert_sound(house)


@pytest.mark.parametrize("payload", JSON, ids=range(len(JSON)))
def test_a_json_object_is_kept_with_the_order_of_its_names(house: House, payload: dict[str, Any]) -> None:
    alice = house.alice
    made = task(alice, payload=payload, due_at=NOW)
    with untouched(house):
        alice.does(tasks.change, made.id, TaskChanges(payload=dict(reversed(payload.items()))))
    for said in (None, payload, {"other": 1}):
        alice.does(tasks.change, made.id, TaskChanges(payload=said))
        assert repr(alice.sees(tasks.get, made.id).payload) == repr(said)
    alice.does(undo.undo, last_event(alice).number)
    assert repr(alice.sees(tasks.get, made.id).payload) == repr(payload)


@pytest.mark.parametrize("said", [{}, {"title": "Send the samples"}, {"due_at": None, "payload": None}])
def test_what_is_not_said_stays_and_what_is_said_to_be_nothing_goes(alice: Person, said: dict[str, Any]) -> None:
    made = task(alice, due_at=NOW, payload={"a": 1}, description="x")
    changed = alice.does(tasks.change, made.id, TaskChanges(**said))
    for name in ("title", "due_at", "payload", "description"):
        assert getattr(changed, name) == said.get(name, getattr(made, name))
    assert changed.version == (2 if "due_at" in said else 1)
