"""Notes in the core: what somebody wants to remember of a contact, a company or a deal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import notes
from carnet.core.errors import Fault, NoSuchReferenceError, Violation
from carnet.core.notes import NoteChanges
from carnet.core.paging import Asked
from tests.conftest import NOW
from tests.core.dump import assert_sound, untouched
from tests.core.refusals import assert_invalid, refused
from tests.core.things import NOTHING, company, contact, deal, last_event, listed, note, story

if TYPE_CHECKING:
    from carnet.core.notes import Note
    from tests.conftest import House, Person

LATER = NOW + timedelta(hours=1)
MAKERS: dict[str, Any] = {"contact_id": contact, "company_id": company, "deal_id": deal}


def _change(person: Person, made: Note, **said: Any) -> Note:
    changed: Note = person.does(notes.change, made.id, NoteChanges(**said), now=LATER)
    return changed


def _links(person: Person) -> dict[str, str]:
    return {link: make(person).id for link, make in MAKERS.items()}


def test_it_keeps_what_was_said(house: House) -> None:
    said: dict[str, Any] = {
        **_links(house.alice),
        "title": "Été",
        "text": " <b>100%</b>\n田中 ",
        "extras": {"monica": {"a": [None]}},
    }
    made = note(house.alice, **said)
    assert {name: getattr(made, name) for name in said} == said
    assert (made.is_favorite, made.favorited_at, made.number, made.version) == (False, None, 1, 1)
    assert (made.created_at, made.updated_at) == (NOW, NOW)
    assert house.bob.sees(notes.get, made.id) == made
    assert_sound(house)


@pytest.mark.parametrize("link", MAKERS)
def test_one_link_is_enough(house: House, link: str) -> None:
    made = note(house.alice, **{link: MAKERS[link](house.alice).id})
    assert [name for name in MAKERS if getattr(made, name)] == [link]
    assert house.alice.sees(notes.linked_to, link, getattr(made, link)) == [made]
    assert house.mallory.sees(notes.linked_to, link, getattr(made, link)) == []
    assert_sound(house)


def test_without_any_link_there_is_no_note(any_house: House) -> None:
    alice = any_house.alice
    made = note(alice, contact_id=contact(alice).id, deal_id=deal(alice).id)
    acts = [
        lambda: note(alice, contact_id=None),
        lambda: note(alice, contact_id=None, company_id=None, deal_id=None),
        lambda: _change(alice, made, contact_id=None, deal_id=None),
    ]
    with untouched(any_house):
        assert_invalid([Violation("contact_id", Fault.MISSING)], acts)
    left = _change(alice, made, contact_id=None)
    with untouched(any_house):
        assert_invalid([Violation("contact_id", Fault.MISSING)], [lambda: _change(alice, left, deal_id=None)])
    moved = _change(alice, left, deal_id=None, company_id=company(alice).id)
    assert (moved.contact_id, moved.deal_id) == (None, None)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000"])
def test_a_blank_text_is_refused(any_house: House, text: str) -> None:
    alice, made = any_house.alice, note(any_house.alice)
    acts = [lambda: note(alice, text, contact_id=made.company_id), lambda: _change(alice, made, text=text)]
    with untouched(any_house):
        assert_invalid([Violation("text", Fault.BLANK)], acts)


def test_everything_wrong_is_said_at_once(any_house: House) -> None:
    with untouched(any_house):
        both = [Violation("text", Fault.BLANK), Violation("contact_id", Fault.MISSING)]
        assert_invalid(both, [lambda: note(any_house.alice, " ", contact_id=None)])


@pytest.mark.parametrize("link", MAKERS)
def test_what_it_hangs_on_is_of_the_workspace_and_of_the_right_noun(house: House, link: str) -> None:
    alice, theirs = house.alice, MAKERS[link](house.mallory).id
    others: dict[str, Any] = {"contact_id": company, "company_id": contact, "deal_id": contact}
    wrong = others[link](alice).id
    made = note(alice)
    for unknown in (theirs, wrong, NOTHING):
        acts = [
            lambda unknown=unknown: note(alice, **{link: unknown}),
            lambda unknown=unknown: _change(alice, made, **{link: unknown}),
        ]
        with untouched(house):
            for error in refused(NoSuchReferenceError, acts):
                noun = link.removesuffix("_id")
                assert (error.field, error.noun, error.record_id) == (link, noun, unknown)


def test_a_change_touches_what_it_names(house: House) -> None:
    made = note(house.alice, "one", title="One", contact_id=contact(house.alice).id)
    changed = _change(house.alice, made, text="two", title=None)
    assert changed == msgspec.structs.replace(made, text="two", title=None, version=2, updated_at=LATER)
    assert last_event(house.alice).before == {"text": "one", "title": "One"}
    with untouched(house):
        assert _change(house.alice, changed, text="two", contact_id=made.contact_id) == changed
        assert _change(house.alice, changed) == changed
    assert_sound(house)


def test_a_favorite_keeps_the_moment_at_which_it_became_one(alice: Person) -> None:
    born = note(alice, contact_id=contact(alice).id, is_favorite=True)
    assert (born.is_favorite, born.favorited_at) == (True, NOW)
    assert _change(alice, born, is_favorite=True) == born
    assert _change(alice, born, text="another").favorited_at == NOW
    plain = _change(alice, born, is_favorite=False)
    assert (plain.is_favorite, plain.favorited_at) == (False, None)
    assert _change(alice, plain, is_favorite=False) == plain
    assert _change(alice, plain, is_favorite=True).favorited_at == LATER
    assert story(alice, born.id) == ["note.created", *["note.updated"] * 3]


def test_the_newest_come_first_and_favorites_before_all_where_asked(alice: Person) -> None:
    hanging = contact(alice).id
    made = [
        alice.does(notes.create, notes.NoteDraft(text=str(n), contact_id=hanging, is_favorite=n % 2 == 0), now=at)
        for n, at in enumerate(NOW + timedelta(hours=hours) for hours in (3, 1, 2, 5, 4))
    ]
    assert listed(alice, notes.page) == made[::-1]
    favorites = listed(alice, notes.page, order=(("favorited_at_or_never", True), ("number", True)))
    assert favorites == [made[n] for n in (4, 0, 2, 3, 1)]
    least = listed(alice, notes.page, order=(("favorited_at_or_never", False), ("number", True)))
    assert least == [made[n] for n in (3, 1, 2, 0, 4)]


def test_it_is_found_by_the_words_of_its_title_and_text(house: House) -> None:
    hanging = contact(house.alice).id
    made = note(house.alice, "Prefers līnen,\nnot silk", title="Fabrics 100%", contact_id=hanging)
    note(house.alice, "Nothing of the kind", contact_id=hanging)
    for query in ("LINEN", "fabrics silk", "100%", "lk", ""):
        found = house.alice.sees(notes.page, Asked(filters={"q": query}))
        assert made in found.items
        assert found.total == (1 if query else 2)
    assert house.alice.sees(notes.page, Asked(filters={"q": "linen wool"})).total == 0
    assert house.mallory.sees(notes.page, Asked(filters={"q": "linen"})).total == 0
    _change(house.alice, made, text="Prefers wool", title=None)
    assert house.alice.sees(notes.page, Asked(filters={"q": "linen"})).total == 0
    assert house.alice.sees(notes.page, Asked(filters={"q": "wool"})).total == 1


def test_the_last_notes_and_the_number_of_all_are_told_for_many_contacts_at_once(alice: Person) -> None:
    first, second, third = (contact(alice, name).id for name in ("One", "Two", "Three"))
    made = [note(alice, str(number), contact_id=(first, second)[number % 2]) for number in range(7)]
    note(alice, company_id=company(alice).id)
    assert alice.sees(notes.counts, [first, second, third, NOTHING]) == {first: 4, second: 3}
    latest = alice.sees(notes.latest, [first, second, third], most=2)
    assert {each.id for each in latest} == {made[n].id for n in (6, 4, 5, 3)}
    by_contact = {who: [each.id for each in latest if each.contact_id == who] for who in (first, second)}
    assert by_contact == {first: [made[6].id, made[4].id], second: [made[5].id, made[3].id]}
    assert alice.sees(notes.latest, [], most=2) == []
    assert alice.sees(notes.latest, [third], most=2) == []
