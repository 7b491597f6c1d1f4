"""The lists of pipelines, of their states and of members, page by page and in every order."""

from __future__ import annotations

import random
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import pipelines, removal, undo, users, workspaces
from carnet.core.paging import Asked
from carnet.core.permissions import Role
from carnet.core.pipelines import PipelineDraft, StateDraft
from carnet.core.search import fold
from tests.conftest import NOW
from tests.core.things import NOTHING, listed, pipeline, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.database import Database
    from tests.conftest import House, Person

SIZE = 7
NAMES = ("Zoé", "zoe", "Émile", "Øre", "田中", "a", "B", "ß", "ss")


def _fill(db: Database, alice: Person) -> None:
    chance = random.Random(20260203)
    for _ in range(10):
        draft = PipelineDraft(name=chance.choice(NAMES), position=chance.randrange(4))
        made = pipelines.create(db, alice.actor, draft, now=NOW)
        for _ in range(chance.randrange(5)):
            inside = StateDraft(name=chance.choice(NAMES), pipeline_id=made.id, position=chance.randrange(3))
            pipelines.create_state(db, alice.actor, inside, now=NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_house: Callable[..., House]) -> House:
    house = new_house(request.param)
    house.store.write_now(house.main.id, _fill, house.alice)
    pipeline(house.mallory)
    return house


def _walk(person: Person, page: Any, total: int, **asked: Any) -> list[Any]:
    """Every page of a list, of which each tells the exact total."""
    found = []
    for offset in range(0, total + SIZE, SIZE):
        shown = person.sees(page, Asked(limit=SIZE, offset=offset, **asked))
        assert (shown.total, len(shown.items)) == (total, max(0, min(SIZE, total - offset)))
        found += shown.items
    return found


def _folded(each: Any) -> bytes:
    return fold(each.name).encode()


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("name", "key"), [("position", attrgetter("position")), ("name", _folded), ("number", attrgetter("number"))]
)
def test_walking_through_all_pages_meets_each_once(
    filled: House,
    name: str,
    key: Callable[[Any], Any],
    descending: bool,  # noqa: FBT001 - a row of the table
) -> None:
    for page in (pipelines.page, pipelines.page_of_states):
        everything = sorted(listed(filled.alice, page), key=attrgetter("number"))
        assert len(everything) > SIZE
        walked = _walk(filled.alice, page, len(everything), order=((name, descending),))
        assert walked == sorted(everything, key=key, reverse=descending)


def test_pipelines_come_by_position_and_their_states_one_pipeline_after_another(filled: House) -> None:
    several = listed(filled.alice, pipelines.page)
    assert several == sorted(several, key=lambda each: (each.position, each.number))
    assert several == _walk(filled.alice, pipelines.page, len(several))
    places = {each.id: (each.position, each.id) for each in several}
    inside = listed(filled.alice, pipelines.page_of_states)
    assert inside == sorted(inside, key=lambda each: (*places[each.pipeline_id], each.position, each.number))
    assert inside == _walk(filled.alice, pipelines.page_of_states, len(inside))


def test_they_are_narrowed_by_name_and_by_pipeline(filled: House) -> None:
    several, inside = (listed(filled.alice, page) for page in (pipelines.page, pipelines.page_of_states))
    for text in ("ZOE", "é", "s", "ß", "田", "%", ""):
        for page, everything in ((pipelines.page, several), (pipelines.page_of_states, inside)):
            expected = [each for each in everything if fold(text) in fold(each.name)]
            assert listed(filled.alice, page, filters={"name": [text]}) == expected
    first, last = several[0].id, several[-1].id
    for wanted in ([first], [first, last, NOTHING], [NOTHING], []):
        expected = [each for each in inside if each.pipeline_id in wanted]
        assert listed(filled.alice, pipelines.page_of_states, filters={"pipeline_id": wanted}) == expected


def test_another_workspaces_are_not_among_them(filled: House) -> None:
    mine, theirs = (listed(person, pipelines.page) for person in (filled.alice, filled.mallory))
    assert [each.name for each in theirs] == ["Sales", "Partners"]
    asked = {"filters": {"id": [each.id for each in (*mine, *theirs)]}}
    assert listed(filled.mallory, pipelines.page, **asked) == theirs
    assert listed(filled.mallory, pipelines.page_of_states, filters={"pipeline_id": [mine[0].id]}) == []


def test_a_page_past_the_end_or_of_no_length_still_tells_the_total(filled: House) -> None:
    for page in (pipelines.page, pipelines.page_of_states, users.page_of_members):
        total = len(listed(filled.alice, page))
        for limit, offset in ((0, 0), (0, 3), (SIZE, total), (SIZE, total + 1), (SIZE, 10**30)):
            shown = filled.alice.sees(page, Asked(limit=limit, offset=offset))
            assert (shown.items, shown.total) == ([], total), (limit, offset)


def _move_in(db: Database, house: House) -> None:
    for name in range(12):
        user = users.create(db, f"u{name}@carnet.example", now=NOW)
        users.join(db, house.main.id, user, Role.READER)


def test_members_come_in_the_order_of_their_joining(house: House) -> None:
    house.store.write_now(workspaces.ALL, _move_in, house)
    walked = _walk(house.alice, users.page_of_members, 15)
    assert [each.number for each in walked] == list(range(1, 16))
    backwards = _walk(house.alice, users.page_of_members, 15, order=(("number", True),))
    assert backwards == walked[::-1]


def test_what_comes_back_stands_where_it_stood(alice: Person) -> None:
    of = pipeline(alice, position=0)
    for name in ("first", "second", "third"):
        state(alice, name, pipeline_id=of.id)
    several, inside = listed(alice, pipelines.page), listed(alice, pipelines.page_of_states)
    alice.does(undo.undo, alice.does(removal.remove_pipeline, of.id))
    for page, before in ((pipelines.page, several), (pipelines.page_of_states, inside)):
        assert [each.id for each in listed(alice, page)] == [each.id for each in before]
