"""What is put in comes out equal, from both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import contacts, tasks
from carnet.core.contacts import ContactDraft
from carnet.core.paging import Asked
from carnet.core.tasks import TaskDraft

if TYPE_CHECKING:
    from tests.conftest import Person


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=14))),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_moments(alice: Person, moment: datetime) -> None:
    task = alice.does(tasks.create, TaskDraft(title="x", due_at=moment))
    assert alice.sees(tasks.get, task.id).due_at == moment


def test_moments_sort_by_time_whatever_their_year(alice: Person) -> None:
    years = [1, 42, 999, 1000, 1969, 2026, 9999]
    for year in reversed(years):
        alice.does(tasks.create, TaskDraft(title=str(year), due_at=datetime(year, 6, 1, tzinfo=UTC)))
    assert [task.title for task in alice.sees(tasks.page, Asked()).items] == [str(year) for year in years]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"b": 1, "a": {"z": [1, 2, {"y": None}], "x": []}},
        {"text": "Łódź 田中 🧵 \u2028 \\ \" ' %s :x ?"},
        {"large": 2**63 - 1, "small": -(2**63), "float": 1e300, "tiny": 5e-324, "minus": -0.5},
        {"deep": {"a": {"b": {"c": {"d": [[[[[["e"]]]]]]}}}}},
        {"": "an empty name", "true": True, "null": None},
    ],
)
def test_payloads(alice: Person, payload: dict[str, Any]) -> None:
    task = alice.does(tasks.create, TaskDraft(title="x", payload=payload))
    read = alice.sees(tasks.get, task.id).payload
    assert read == payload
    assert list(read) == list(payload)


@pytest.mark.parametrize("text", ["'; DROP TABLE tasks; --", "%s %(x)s :x ?", "a\nb\tc", "\u202e", "é vs e\u0301"])
def test_texts(alice: Person, text: str) -> None:
    contact = alice.does(
        contacts.create, ContactDraft(name=text, description=text, emails=[f"{ord(text[0])}@x"], phones=[text, "2"])
    )
    read = alice.sees(contacts.get, contact.id)
    assert (read.name, read.description, read.phones) == (text, text, [text, "2"])
