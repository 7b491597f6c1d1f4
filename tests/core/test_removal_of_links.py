"""What goes with a record, and what only loses its link: the one rule of deletion for every noun."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import companies, contacts, deals, events, genders, notes, removal, tags, tasks, undo
from carnet.core.errors import NotFoundError
from carnet.core.nouns import NOUNS
from tests.core.deeds import a_contact
from tests.core.dump import assert_sound, everything, untouched
from tests.core.things import (
    MAKERS,
    NOTHING,
    company,
    contact,
    deal,
    gender,
    last_event,
    ledger,
    listed,
    note,
    state,
    story,
    tag,
    task,
)

if TYPE_CHECKING:
    from tests.conftest import House, Person

HOLDERS: dict[str, Any] = {"contact_id": contact, "company_id": company, "deal_id": deal}
"""What tasks and notes hang on."""
REMOVERS: dict[str, Any] = {
    "contact_id": removal.remove_contact,
    "company_id": removal.remove_company,
    "deal_id": removal.remove_deal,
}
each_holder = pytest.mark.parametrize("link", HOLDERS)


def _gone(person: Person, get: Any, record_id: str) -> bool:
    try:
        person.sees(get, record_id)
    except NotFoundError:
        return True
    return False


def _parts(person: Person, number: int) -> Counter[str]:
    return Counter(part.kind for part in person.sees(events.parts, number))


@each_holder
def test_tasks_and_notes_go_with_the_last_that_they_hang_on(house: House, link: str) -> None:
    alice, holder = house.alice, HOLDERS[link](house.alice)
    own_task, own_note = task(alice, **{link: holder.id}), note(alice, **{link: holder.id})
    kept = (task(alice), note(alice), HOLDERS[link](alice))
    number = alice.does(REMOVERS[link], holder.id)
    assert _gone(alice, tasks.get, own_task.id)
    assert _gone(alice, notes.get, own_note.id)
    assert _parts(alice, number) == {"task.deleted": 1, "note.deleted": 1}
    assert alice.sees(tasks.get, kept[0].id) == kept[0]
    assert alice.sees(notes.get, kept[1].id) == kept[1]
    assert_sound(house)


@each_holder
def test_until_then_only_the_link_is_cleared(house: House, link: str) -> None:
    alice = house.alice
    links = {name: make(alice).id for name, make in HOLDERS.items()}
    shared: list[Any] = [task(alice, **links), note(alice, **links)]
    order = [link, *(other for other in HOLDERS if other != link)]
    for last, name in enumerate(order[:2], 2):
        number = alice.does(REMOVERS[name], links[name])
        assert _parts(alice, number) == {"task.updated": 1, "note.updated": 1}
        for get, each in zip((tasks.get, notes.get), shared, strict=True):
            held = alice.sees(get, each.id)
            assert (getattr(held, name), held.version) == (None, last)
    number = alice.does(REMOVERS[order[2]], links[order[2]])
    assert _parts(alice, number) == {"task.deleted": 1, "note.deleted": 1}
    assert story(alice, shared[1].id) == ["note.created", "note.updated", "note.updated", "note.deleted"]
    assert_sound(house)


def test_deals_stay_without_the_contact_and_the_company(house: House) -> None:
    alice = house.alice
    someone, employer = contact(alice), company(alice)
    made = deal(alice, contact_id=someone.id, company_id=employer.id, amount_cents=1_050)
    other = deal(alice, contact_id=contact(alice).id)
    number = alice.does(removal.remove_contact, someone.id)
    left = alice.sees(deals.get, made.id)
    assert (left.contact_id, left.company_id, left.amount_cents, left.version) == (None, employer.id, 1_050, 2)
    assert _parts(alice, number) == {"deal.updated": 1}
    alice.does(removal.remove_company, employer.id)
    assert (alice.sees(deals.get, made.id).company_id, alice.sees(deals.get, other.id)) == (None, other)
    assert_sound(house)


def test_a_deal_leaves_its_contact_its_company_and_its_tags(house: House) -> None:
    alice = house.alice
    someone, employer, borne = contact(alice), company(alice), tag(alice)
    made = deal(alice, contact_id=someone.id, company_id=employer.id, tag_ids=[borne.id])
    alice.does(removal.remove_deal, made.id)
    assert alice.sees(contacts.get, someone.id) == someone
    assert alice.sees(companies.get, employer.id) == employer
    assert alice.sees(tags.get, borne.id) == borne
    assert everything(house)["taggings"] == []
    assert_sound(house)


def test_a_company_leaves_its_people_with_what_hangs_on_them(house: House) -> None:
    alice, employer = house.alice, company(house.alice)
    someone = contact(alice, company_id=employer.id)
    theirs = note(alice, contact_id=someone.id), deal(alice, contact_id=someone.id)
    number = alice.does(removal.remove_company, employer.id)
    assert (alice.sees(contacts.get, someone.id).company, _parts(alice, number)) == (None, {"contact.updated": 1})
    assert (alice.sees(notes.get, theirs[0].id), alice.sees(deals.get, theirs[1].id)) == theirs
    assert_sound(house)


def test_a_tag_leaves_all_that_bore_it_and_they_keep_their_others_in_order(house: House) -> None:
    alice = house.alice
    first, second, third = (tag(alice, name).id for name in "abc")
    makers = (contact, company, task, deal)
    several = [make(alice, tag_ids=[third, first, second]) for make in makers]
    alone = [make(alice, tag_ids=[first]) for make in makers]
    without = [make(alice, tag_ids=[third]) for make in makers]
    number = alice.does(removal.remove_tag, first)
    for get, *each in zip((contacts.get, companies.get, tasks.get, deals.get), several, alone, without, strict=True):
        assert [alice.sees(get, one.id).tag_ids for one in each] == [[third, second], None, [third]]
        assert alice.sees(get, each[2].id) == each[2]
    assert _parts(alice, number) == {f"{noun}.updated": 2 for noun in ("contact", "company", "task", "deal")}
    assert listed(alice, contacts.page, filters={"tag_ids": [first]}) == []
    assert_sound(house)


def test_a_state_leaves_its_deals_as_they_stand(house: House) -> None:
    alice, won = house.alice, state(house.alice, "Won", kind="won")
    made = deal(alice, state_id=won.id)
    alice.does(removal.remove_state, won.id)
    left = alice.sees(deals.get, made.id)
    assert (left.state_id, left.pipeline_id, left.status, left.closed_at) == (None, None, "won", made.closed_at)
    assert_sound(house)


def test_a_gender_leaves_the_contacts_that_had_it_and_the_last_one_may_go(house: House) -> None:
    alice = house.alice
    someone = contact(alice, gender_id=gender(alice).id)
    for each in listed(alice, genders.page):
        alice.does(removal.remove_gender, each.id)
    assert alice.sees(contacts.get, someone.id).gender_id is None
    assert gender(alice, "New").number == 5
    assert_sound(house)


def test_a_contact_in_the_middle_of_things_takes_what_is_its_own_and_leaves_the_rest(house: House) -> None:
    alice, made = house.alice, a_contact(house.alice)
    number = alice.does(removal.remove_contact, made.id)
    assert _parts(alice, number) == {
        "task.deleted": 2,
        "task.updated": 2,
        "note.deleted": 1,
        "note.updated": 1,
        "reminder.deleted": 1,
        "call.deleted": 1,
        "activity.deleted": 1,
        "activity.updated": 1,
        "deal.updated": 2,
    }
    assert {part.part_of for part in ledger(alice)[number:]} == {number}
    alice.does(undo.undo, number)
    assert alice.sees(contacts.get, made.id).tag_ids == made.tag_ids
    assert_sound(house)


def test_what_is_gone_or_another_workspaces_cannot_be_removed(house: House) -> None:
    alice = house.alice
    mine = {name: make(alice).id for name, make in MAKERS.items()}
    theirs = {name: make(house.mallory).id for name, make in MAKERS.items()}
    for name, known in NOUNS.items():
        alice.does(known.remove, mine[name])
    with untouched(house):
        for name, known in NOUNS.items():
            for nowhere in (mine[name], theirs[name], NOTHING, mine["company" if name == "contact" else "contact"]):
                with pytest.raises(NotFoundError):
                    alice.does(known.remove, nowhere)
    assert last_event(house.mallory).kind == f"{list(MAKERS)[-1]}.created"
