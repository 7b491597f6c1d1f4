"""Notes (specification, section 13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import notes
from carnet.core.notes import NoteDraft
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.hydra.things import NOTHING, listed, made, names
from tests.hydra.wording import BLANK, NULL, problem, violations

if TYPE_CHECKING:
    from tests.conftest import House, Person

LINKS = {"contact": "contacts", "company": "companies", "deal": "deals"}


def test_the_example_of_the_specification(alice: Person) -> None:
    contact = made(alice, "contacts")["@id"]
    answer = alice.post("/api/notes", {"contact": contact, "text": "Prefers linen."})
    note = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, note["@id"])
    assert note == {
        "@context": "/api/contexts/Note",
        "@id": f"/api/notes/{note['id']}",
        "@type": "Note",
        "id": note["id"],
        "contact": contact,
        "text": "Prefers linen.",
        "createdAt": note["createdAt"],
        "updatedAt": note["createdAt"],
    }
    assert alice.get(note["@id"]).json() == note


def test_every_field_is_kept_changed_and_cleared(alice: Person) -> None:
    links = {field: made(alice, collection)["@id"] for field, collection in LINKS.items()}
    note = made(alice, "notes", title="Linen", text="Prefers linen.\n\nAnd wool.", **links)
    assert {field: note[field] for field in links} == links
    assert (note["title"], note["text"]) == ("Linen", "Prefers linen.\n\nAnd wool.")
    others = {field: made(alice, collection)["@id"] for field, collection in LINKS.items()}
    after = alice.patch(note["@id"], {"title": "Wool", "text": "Prefers wool.", **others}).json()
    assert {field: after[field] for field in others} == others
    assert (after["title"], after["text"]) == ("Wool", "Prefers wool.")
    assert alice.get(note["@id"]).json() == after
    cleared = alice.patch(note["@id"], {"title": None, "company": None, "deal": ""}).json()
    assert cleared.keys() == {"@context", "@id", "@type", "id", "contact", "text", "createdAt", "updatedAt"}


@pytest.mark.parametrize(("field", "collection"), LINKS.items())
def test_a_note_hangs_on_one_of_three(house: House, field: str, collection: str) -> None:
    alice = house.alice
    iri = made(alice, collection)["@id"]
    note = made(alice, "notes", **{field: iri})
    assert {name: note.get(name) for name in LINKS} == dict.fromkeys(LINKS) | {field: iri}
    with untouched(house):
        for nothing in (None, "", " "):
            assert violations(alice.patch(note["@id"], {field: nothing})) == {"contact": NULL}
            assert violations(alice.post("/api/notes", {"text": "x", field: nothing})) == {"contact": NULL}
    other = next(name for name in LINKS if name != field)
    moved_to = made(alice, LINKS[other])["@id"]
    moved = alice.patch(note["@id"], {field: None, other: moved_to}).json()
    assert {name: moved.get(name) for name in LINKS} == dict.fromkeys(LINKS) | {other: moved_to}


def test_a_note_on_nothing_is_refused(house: House) -> None:
    alice = house.alice
    note = made(alice, "notes")["@id"]
    with untouched(house):
        assert violations(alice.post("/api/notes", {"text": "x"})) == {"contact": NULL}
        assert violations(alice.post("/api/notes", {})) == {"contact": NULL, "text": BLANK}
        assert violations(alice.patch(note, {"contact": None, "text": " "})) == {"contact": NULL, "text": BLANK}
        assert problem(alice.post("/api/notes", {"text": "x", "deal": NOTHING}))[0] == 400


def test_null_clears_a_title_and_nothing_else_changes(alice: Person) -> None:
    note = made(alice, "notes", title="Linen")
    after = alice.patch(note["@id"], {"title": None}).json()
    assert after | {"title": "Linen", "updatedAt": ""} == note | {"updatedAt": ""}
    assert alice.patch(note["@id"], {}).json() == after


@pytest.mark.parametrize("field", LINKS)
def test_a_note_goes_with_the_last_thing_it_hangs_on(alice: Person, field: str) -> None:
    gone = made(alice, LINKS[field])["@id"]
    made(alice, "notes", **{field: gone})
    other = next(name for name in LINKS if name != field)
    stays = made(alice, LINKS[other])["@id"]
    shared = made(alice, "notes", **{field: gone, other: stays})["@id"]
    assert alice.delete(gone).status_code == 204
    (left,) = listed(alice, "/api/notes")["hydra:member"]
    assert (left["@id"], field in left, left[other]) == (shared, False, stays)
    assert alice.delete(stays).status_code == 204
    assert listed(alice, "/api/notes")["hydra:totalItems"] == 0


def test_a_deleted_note_leaves_what_it_hung_on(alice: Person) -> None:
    note = made(alice, "notes")
    assert (alice.delete(note["@id"]).status_code, alice.delete(note["@id"]).status_code) == (204, 404)
    assert alice.get(note["contact"]).status_code == 200


@pytest.fixture
def desk(house: House) -> dict[str, str]:
    """Four notes, newest first: one, two, three and four of them back; and the ids of what they hang on."""
    alice = house.alice
    ids = {field: made(alice, collection)["id"] for field, collection in LINKS.items()}
    made(alice, "notes", text="Préfère le lin.", contact=ids["contact"])
    made(alice, "notes", text="Calls on Mondays", company=ids["company"], title="Linen week")
    made(alice, "notes", text="Asks for 5% off", deal=ids["deal"])
    made(alice, "notes", text="Met in Lyon", title="Fair", **ids)
    return ids


LIN, MONDAYS, OFF, LYON = "Préfère le lin.", "Calls on Mondays", "Asks for 5% off", "Met in Lyon"
ALL = [LYON, OFF, MONDAYS, LIN]
CASES: dict[str, list[str]] = {
    "q=lin": [MONDAYS, LIN],
    "q=PREFERE": [LIN],
    "q=linen%20mondays": [MONDAYS],
    "q=lyon%20mondays": [],
    "q=5%25": [OFF],
    "q=%20": ALL,
    "contact={contact}": [LYON, LIN],
    "contact=/api/contacts/{contact}": [LYON, LIN],
    "company={company}": [LYON, MONDAYS],
    "deal={deal}": [LYON, OFF],
    "deal[]=/api/deals/{deal}&deal[]=" + NOTHING: [LYON, OFF],
    "deal={deal}&contact={contact}": [LYON],
    "contact={deal}": [],
    f"deal={NOTHING}": [],
    "exists[title]=true": [LYON, MONDAYS],
    "exists[title]=false": [OFF, LIN],
    "exists[title]=0&deal={deal}": [OFF],
    "createdAt[after]=2000-01-01": ALL,
    "createdAt[before]=2000-01-01": [],
    "order[createdAt]=desc": ALL,
    "order[createdAt]=asc": ALL[::-1],
    "text=lin&title=fair&order[title]=asc&exists[contact]=true": ALL,
}


def test_notes_are_narrowed_and_ordered(house: House, desk: dict[str, str]) -> None:
    found = {query: names(house.rita, f"/api/notes?{query.format(**desk)}", "text") for query in CASES}
    assert found == CASES


def test_notes_are_ordered_by_their_making(alice: Person) -> None:
    contact = made(alice, "contacts")["id"]
    for at in (2, 0, 1):
        draft = NoteDraft(text=f"day {at}", contact_id=contact)
        alice.does(notes.create, draft, now=NOW + timedelta(days=at))
    for way, expected in (("asc", ["day 0", "day 1", "day 2"]), ("desc", ["day 2", "day 1", "day 0"])):
        assert names(alice, f"/api/notes?order[createdAt]={way}", "text") == expected
    noon = "2026-02-04T12:00:00Z"
    assert names(alice, f"/api/notes?createdAt[before]={noon}", "text") == ["day 1", "day 0"]
    assert names(alice, f"/api/notes?createdAt[strictly_after]={noon}", "text") == ["day 2"]


def test_a_favourite_of_another_tongue_stays_one(alice: Person) -> None:
    draft = NoteDraft(text="x", contact_id=made(alice, "contacts")["id"], is_favorite=True)
    note = alice.does(notes.create, draft)
    path = f"/api/notes/{note.id}"
    shown: dict[str, Any] = alice.get(path).json()
    assert alice.patch(path, {**shown, "text": "y"}).json()["text"] == "y"
    assert alice.sees(notes.get, note.id).favorited_at == NOW


def test_a_longer_note_of_another_tongue_is_shown_whole(house: House) -> None:
    alice = house.alice
    draft = NoteDraft(text="é" * 70_000, title="t" * 300, contact_id=made(alice, "contacts")["id"])
    path = f"/api/notes/{alice.does(notes.create, draft).id}"
    shown = alice.get(path).json()
    assert (shown["text"], shown["title"]) == (draft.text, draft.title)
    assert alice.patch(path, shown).json() == shown
    with untouched(house):
        assert violations(alice.patch(path, {"text": shown["text"] + "x"})).keys() == {"text"}
