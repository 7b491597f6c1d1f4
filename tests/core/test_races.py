"""Several who do the same at once: each change is whole, and no rule is broken between two of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from carnet.core import contacts, deals, notes, removal, tags, undo
from carnet.core.contacts import ContactChanges
from carnet.core.deals import DealChanges, Status
from carnet.core.errors import CarnetError, ConflictError, Fault, InvalidError, NoSuchReferenceError, NotFoundError
from carnet.core.notes import NoteDraft
from carnet.core.tags import TagDraft
from tests.core.dump import assert_sound
from tests.core.things import company, contact, deal, listed, note, story, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House

    Act = Callable[[], Any]

MANY = 8


def _together(*acts: Act) -> list[Any]:
    """What each act gives or is refused with, when all are done at the same moment."""

    def outcome(act: Act) -> Any:
        try:
            return act()
        except CarnetError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(outcome, acts))


def test_a_tag_that_several_use_first_is_made_once(house: House) -> None:
    people = [house.alice, house.bob] * (MANY // 2)
    names = ["Fair", "FAIR", "fair", "fAIR"] * (MANY // 4)
    made = _together(
        *(
            lambda who=who, name=name: who.does(tags.find_or_create, name)
            for who, name in zip(people, names, strict=True)
        )
    )
    assert len({each.id for each in made}) == 1
    assert len(listed(house.alice, tags.page)) == 1
    assert_sound(house)


def test_of_several_tags_of_a_name_one_is_made_and_the_others_are_refused(house: House) -> None:
    made = _together(*(lambda: house.alice.does(tags.create, TagDraft(name="Fair")) for _ in range(MANY)))
    refusals = [each for each in made if isinstance(each, InvalidError)]
    assert len(refusals) == MANY - 1
    assert {each.violations[0].fault for each in refusals} == {Fault.TAKEN}
    assert_sound(house)


def test_each_record_has_a_number_of_its_own(house: House) -> None:
    someone = contact(house.alice).id
    made = _together(
        *(lambda: house.alice.does(notes.create, NoteDraft(text="x", contact_id=someone)) for _ in range(MANY)),
        *(lambda: house.mallory.does(tags.create, TagDraft(name="x")) for _ in range(1)),
    )
    assert sorted(each.number for each in made[:MANY]) == list(range(1, MANY + 1))
    assert_sound(house)


def test_a_tag_is_never_borne_after_its_end(house: House) -> None:
    alice, borne = house.alice, tag(house.alice).id
    people = [contact(alice) for _ in range(MANY)]

    def bear(contact_id: str) -> Any:
        return house.bob.does(contacts.change, contact_id, ContactChanges(tag_ids=[borne]))

    outcomes = _together(
        *(lambda each=each: bear(each.id) for each in people[:4]),
        lambda: alice.does(removal.remove_tag, borne),
        *(lambda each=each: bear(each.id) for each in people[4:]),
    )
    refused = [each for each in outcomes if isinstance(each, CarnetError)]
    assert all(isinstance(each, NoSuchReferenceError) for each in refused)
    assert all(each.tag_ids is None for each in listed(alice, contacts.page))
    assert_sound(house)


def test_a_note_never_hangs_on_what_went_meanwhile(house: House) -> None:
    alice, someone, employer = house.alice, contact(house.alice), company(house.alice)
    shared = [note(alice, contact_id=someone.id, company_id=employer.id) for _ in range(3)]
    outcomes = _together(
        lambda: alice.does(removal.remove_contact, someone.id),
        lambda: house.bob.does(removal.remove_company, employer.id),
        *(
            lambda link=link, leads=leads: house.bob.does(notes.create, NoteDraft(text="x", **{link: leads}))
            for link, leads in (("contact_id", someone.id), ("company_id", employer.id))
        ),
    )
    assert all(isinstance(each, int | NoSuchReferenceError | notes.Note) for each in outcomes)
    assert listed(alice, notes.page) == []
    assert {story(alice, each.id)[-1] for each in shared} == {"note.deleted"}
    assert_sound(house)


def test_one_removal_of_several_succeeds(house: House) -> None:
    made = deal(house.alice, tag_ids=[tag(house.alice).id])
    outcomes = _together(*(lambda: house.alice.does(removal.remove_deal, made.id) for _ in range(MANY)))
    assert sum(isinstance(each, int) for each in outcomes) == 1
    assert sum(isinstance(each, NotFoundError) for each in outcomes) == MANY - 1
    number = next(each for each in outcomes if isinstance(each, int))
    undone = _together(*(lambda: house.bob.does(undo.undo, number) for _ in range(MANY)))
    assert sum(isinstance(each, ConflictError) for each in undone) == MANY - 1
    assert house.alice.sees(deals.get, made.id).version == 2
    assert_sound(house)


def test_a_deal_that_several_close_is_closed_once(house: House) -> None:
    made = deal(house.alice)
    _together(
        *(lambda: house.alice.does(deals.change, made.id, DealChanges(status=Status.WON)) for _ in range(MANY // 2)),
        *(lambda: house.bob.does(deals.change, made.id, DealChanges(title="Zzz")) for _ in range(MANY // 2)),
    )
    read = house.alice.sees(deals.get, made.id)
    assert (read.status, read.title, read.version) == (Status.WON, "Zzz", 3)
    assert sorted(story(house.alice, made.id)) == ["deal.created", "deal.updated", "deal.won"]
    assert_sound(house)
