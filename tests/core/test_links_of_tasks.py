"""What a task hangs on, and who it is given to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core import tasks
from carnet.core.errors import NoSuchReferenceError
from carnet.core.tasks import TaskChanges
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import refused
from tests.core.things import NOTHING, company, contact, listed, task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import House, Person


def _change(person: Person, task_id: str, **said: Any) -> Any:
    return person.does(tasks.change, task_id, TaskChanges(**said))


def _wrong_links(house: House) -> Iterator[tuple[str, str, str]]:
    """A field, the noun it leads to, and the id of something else."""
    someone, somewhere = contact(house.alice).id, company(house.alice).id
    theirs, there = contact(house.mallory).id, company(house.mallory).id
    yield from (("contact_id", "contact", each) for each in (somewhere, theirs, NOTHING))
    yield from (("company_id", "company", each) for each in (someone, there, NOTHING))
    yield from (("assignee_id", "user", each) for each in (house.mallory.user.id, someone, NOTHING))
    yield from (("deal_id", "deal", each) for each in (someone, NOTHING))


def test_a_link_that_leads_nowhere_is_refused(house: House) -> None:
    wrong = list(_wrong_links(house))
    made = task(house.alice)
    acts: list[Callable[[dict[str, Any]], Any]] = [
        lambda said: task(house.alice, **said),
        lambda said: _change(house.alice, made.id, title="Changed", **said),
    ]
    with untouched(house):
        for field, noun, record_id in wrong:
            for error in refused(NoSuchReferenceError, acts, {field: record_id}):
                assert (error.field, error.noun, error.record_id) == (field, noun, record_id)


def test_it_can_hang_on_several_and_on_nothing(alice: Person, rita: Person) -> None:
    someone, somewhere = contact(alice).id, company(alice).id
    made = task(alice, contact_id=someone, company_id=somewhere, assignee_id=rita.user.id)
    assert (made.contact_id, made.company_id, made.assignee_id) == (someone, somewhere, rita.user.id)
    freed = _change(alice, made.id, contact_id=None, company_id=None, assignee_id=None)
    assert (freed.contact_id, freed.company_id, freed.assignee_id) == (None, None, None)
    assert alice.sees(tasks.get, made.id) == freed


def test_what_hangs_on_a_record_is_found(house: House) -> None:
    alice = house.alice
    first, second, employer = contact(alice), contact(alice), company(alice)
    made = [task(alice, contact_id=each.id, company_id=employer.id) for each in (first, second, first)]
    task(alice)
    task(house.mallory, contact_id=contact(house.mallory).id)
    for filters, expected in (
        ({"contact_id": [first.id]}, [made[0], made[2]]),
        ({"contact_id": [first.id, second.id, NOTHING]}, made),
        ({"company_id": [employer.id], "contact_id": [second.id]}, [made[1]]),
        ({"contact_id": [NOTHING]}, []),
        ({"contact_id": []}, []),
    ):
        assert listed(alice, tasks.page, filters=filters) == expected
    assert alice.sees(tasks.linked_to, "contact_id", first.id) == [made[0], made[2]]
    assert house.mallory.sees(tasks.linked_to, "company_id", employer.id) == []
    assert_sound(house)


def test_it_moves_from_one_contact_to_another(alice: Person) -> None:
    first, second = contact(alice), contact(alice)
    made = task(alice, contact_id=first.id)
    _change(alice, made.id, contact_id=second.id)
    assert alice.sees(tasks.linked_to, "contact_id", first.id) == []
    assert [each.id for each in alice.sees(tasks.linked_to, "contact_id", second.id)] == [made.id]
