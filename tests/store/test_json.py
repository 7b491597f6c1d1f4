"""Whatever JSON and whatever texts go in come out the same, on both databases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carnet.core import contacts, events, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.tasks import TaskDraft

if TYPE_CHECKING:
    from tests.conftest import Person

thoroughly = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

texts = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
# What quoting, escaping and guessing trip over.
awkward = some.sampled_from(
    ["", "NULL", "null", "{}", '{"a"}', "\\N", "\r\n", "e\u0301", "%s", ":x", *" ,\\'\"\n\x01\x7f\u2028🧵?"]
)
numbers = (
    some.integers()
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.sampled_from([0, -0.0, 1.0, 2**53 + 1, 2**63 - 1, -(2**63), 2**64, 10**40, 1e300, 5e-324, 0.1])
)
values = some.recursive(
    some.none() | some.booleans() | numbers | texts | awkward,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(texts | awkward, inner, max_size=4),
    max_leaves=10,
)
objects = some.dictionaries(texts | awkward, values, max_size=5)


def test_json_objects(alice: Person) -> None:
    @thoroughly
    @given(payload=objects, extras=objects)
    def keep(payload: dict[str, Any], extras: dict[str, Any]) -> None:
        made = alice.does(tasks.create, TaskDraft(title="x", payload=payload, extras=extras))
        read = alice.sees(tasks.get, made.id)
        # Equal to the type of each number and the order of each name, which `==` wouldn't see.
        assert repr((read.payload, read.extras)) == repr((payload, extras))
        (birth,) = alice.sees(events.of_record, made.id)
        assert repr((birth.after["payload"], birth.after["extras"])) == repr((payload, extras))

    keep()


def test_json_that_is_deep(alice: Person) -> None:
    payload: dict[str, Any] = {}
    for _ in range(200):
        payload = {"a": [payload]}
    made = alice.does(tasks.create, TaskDraft(title="x", payload=payload))
    assert json.dumps(alice.sees(tasks.get, made.id).payload) == json.dumps(payload)


def test_lists_of_texts(alice: Person) -> None:
    @thoroughly
    @given(phones=some.lists(texts | awkward, max_size=5))
    def keep(phones: list[str]) -> None:
        made = alice.does(contacts.create, ContactDraft(name="x", phones=phones))
        assert alice.sees(contacts.get, made.id).phones == phones

    keep()


def test_texts(alice: Person) -> None:
    @thoroughly
    @given(name=(texts | awkward).filter(str.strip), description=texts | awkward)
    def keep(name: str, description: str) -> None:
        made = alice.does(contacts.create, ContactDraft(name=name, given_name=name, description=description))
        read = alice.sees(contacts.get, made.id)
        assert (read.name, read.given_name, read.description) == (name, name, description)

    keep()
