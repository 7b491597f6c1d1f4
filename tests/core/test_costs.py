"""What reading costs: as many statements for a long page as for a short one, and none for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import activities, calls, contacts, directory, genders, notes, records, reminders, tags, tasks, users
from carnet.core.nouns import NOUNS
from carnet.core.paging import Asked, Order
from tests.core.things import MAKERS, TODAY, activity, call, company, contact, deal, gender, note, reminder, tag, task
from tests.core.verbs import READS

if TYPE_CHECKING:
    from tests.conftest import House

MANY = 12
ORDERS: list[Order] = [(), (("number", True),), (("created_at", True),)]


def _statements(house: House, monkeypatch: pytest.MonkeyPatch, verb: Any, *asked: Any, **named: Any) -> int:
    """How many statements some reading takes."""

    def counted(db: Any) -> int:
        told: list[object] = []
        fetch = db.fetch

        def fetched(*statement: Any) -> Any:
            told.append(statement)
            return fetch(*statement)

        with monkeypatch.context() as patched:
            patched.setattr(db, "fetch", fetched)
            verb(db, house.alice.actor, *asked, **named)
        return len(told)

    count: int = house.store.read_now(counted)
    return count


def test_a_page_of_any_list_costs_the_same_whatever_its_length(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = house.alice
    borne = [tag(alice, f"Tag {number}").id for number in range(MANY)]
    employer = company(alice, tag_ids=borne)
    for _ in range(MANY):
        someone = contact(alice, company_id=employer.id, tag_ids=borne, gender_id=gender(alice).id)
        sold = deal(alice, contact_id=someone.id, company_id=employer.id, tag_ids=borne)
        task(alice, contact_id=someone.id, deal_id=sold.id, assignee_id=alice.user.id, tag_ids=borne)
        note(alice, contact_id=someone.id, deal_id=sold.id)
        activity(alice, contact_ids=[someone.id])
        reminder(alice, contact_id=someone.id)
        call(alice, contact_id=someone.id)
    lists = {noun.page for noun in (*READS, directory)}
    for page in lists:
        for order in ((), (("number", True),)):
            asked: dict[str, Any] = {"order": order}
            costs = {_statements(house, monkeypatch, page, Asked(limit=limit, **asked)) for limit in (1, 5, MANY)}
            assert len(costs) == 1, page
            assert costs.pop() <= 4, page
    for page, filters in (
        (contacts.page, {"q": "ines"}),
        (tasks.page, {"tag_ids": borne}),
        (notes.page, {"q": "linen"}),
    ):
        for order in ((), (("created_at", True),)):
            asked = {"filters": filters, "order": order}
            costs = {_statements(house, monkeypatch, page, Asked(limit=limit, **asked)) for limit in (1, 5, MANY)}
            assert costs == {2}, page


def test_many_links_are_followed_in_one_statement(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = house.alice
    people = [contact(alice, gender_id=gender(alice).id, tag_ids=[tag(alice, str(n)).id]) for n in range(MANY)]
    ids, numbers = [each.id for each in people], [each.number for each in people]
    tag_ids = [tag_id for each in people for tag_id in each.tag_ids or ()]
    for few in (1, MANY):
        for verb, asked in (
            (directory.numbers_of, ids),
            (directory.by_numbers, numbers),
            (contacts.by_ids, ids),
            (tags.by_ids, tag_ids),
            (genders.by_ids, [each.gender_id for each in people]),
            (users.members_by_ids, [alice.user.id, house.bob.user.id]),
            (tasks.counts, ids),
            (notes.counts, ids),
            (reminders.counts, ids),
            (calls.summaries, ids),
            (activities.summaries, ids),
        ):
            assert _statements(house, monkeypatch, verb, asked[:few]) == 1, verb
            assert _statements(house, monkeypatch, verb, []) == 0, verb
        assert _statements(house, monkeypatch, notes.latest, ids[:few], most=3) == 1
    assert _statements(house, monkeypatch, reminders.planned, TODAY, TODAY) == 1


@pytest.mark.parametrize("name", NOUNS)
def test_numbers_and_ids_of_any_noun_are_told_in_one_statement(
    any_house: House, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    noun = NOUNS[name].noun
    made = [MAKERS[name](any_house.alice, f"One {number}") for number in range(3)]
    for some in (made[:1], made):
        assert _statements(any_house, monkeypatch, records.numbers_of, noun, [each.id for each in some]) == 1
        assert _statements(any_house, monkeypatch, records.ids_of, noun, [each.number for each in some]) == 1
    for nothing in ([], [None]):
        assert _statements(any_house, monkeypatch, records.numbers_of, noun, nothing) == 0
    for absurd in ([], [0, -1, 2**63, -(2**70)]):
        assert _statements(any_house, monkeypatch, records.ids_of, noun, absurd) == 0
