"""Codes and the core's words for them: total tables, in both directions (specification, sections 6.1, 7 and 8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carnet.core.contacts import Status as ContactStatus
from carnet.core.directory import PartyKind
from carnet.core.tasks import Priority, Status
from carnet.dialects.ysuite import vocabulary
from tests.ysuite.things import core_contact, core_task, kept_task, task

if TYPE_CHECKING:
    from tests.ysuite.client import Client

STATUSES = ["open", "in_progress", "completed", "cancelled", "no_show"]
PRIORITIES = ["none", "low", "medium", "high", "urgent"]


def test_every_word_of_the_core_has_one_code_and_every_code_one_word() -> None:
    assert [str(vocabulary.STATUSES[code]) for code in range(5)] == STATUSES
    assert [str(vocabulary.PRIORITIES[code]) for code in range(5)] == PRIORITIES
    for words, codes, core in (
        (vocabulary.STATUSES, vocabulary.STATUS_CODES, Status),
        (vocabulary.PRIORITIES, vocabulary.PRIORITY_CODES, Priority),
        (vocabulary.CONTACT_TYPES, vocabulary.CONTACT_TYPE_CODES, PartyKind),
    ):
        assert codes.keys() == set(core)
        assert {codes[word]: word for word in codes} == words  # type: ignore[index]
    assert vocabulary.LEAD_STATUS_WORDS.keys() == set(ContactStatus)
    assert set(vocabulary.LEAD_STATUS_WORDS.values()) == set(vocabulary.LEAD_STATUSES)
    assert vocabulary.LEAD_STATUSES["New"][0] is ContactStatus.PENDING


@pytest.mark.parametrize("code", range(5))
def test_a_code_is_written_read_and_found(client: Client, code: int) -> None:
    activity_id = task(client, status=code, priority=code)
    core = kept_task(client, activity_id)
    assert (core.status, core.priority) == (STATUSES[code], PRIORITIES[code])
    shown = client.read(f"/tasks/{activity_id}")
    assert (shown["status"], shown["priority"]) == (code, code)
    others = [core_task(client, status=other) for other in Status if other != STATUSES[code]]
    assert len(others) == 4
    assert client.column("/tasks", "activity_id", status=code) == [activity_id]
    without = [other.number for other in reversed(others)] if code == 0 else []
    assert client.column("/tasks", "activity_id", priority=code) == [*without, activity_id]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("pending", "New"),
        ("enriched", "New"),
        ("contacted", "Contacted"),
        ("qualified", "Qualified"),
        ("converted", "Converted"),
        ("lost", "Lost"),
    ],
)
def test_the_one_status_of_a_contact_is_a_leads(client: Client, status: str, word: str) -> None:
    contact = core_contact(client, status=ContactStatus(status), is_lead=True)
    assert client.read(f"/leads/{contact.number}")["lead_status"] == word
    for spelled in (word, word.upper(), word.lower()):
        assert client.column("/leads", "cstid", lead_status=spelled) == [contact.number]
    others = {"New", "Contacted", "Qualified", "Converted", "Lost"} - {word}
    for other in others:
        assert client.rows("/leads", lead_status=other) == []
