"""The ledger at `/api/events`, undo, and timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from carnet.core import outbox, tokens, workspaces
from carnet.core.permissions import Right
from tests.conftest import NOW
from tests.hydra.dump import untouched
from tests.hydra.posting import queued
from tests.hydra.things import NOTHING, made
from tests.hydra.wording import problem

if TYPE_CHECKING:
    from tests.conftest import House, Person


def events(person: Person, query: str = "") -> Any:
    answer = person.get(f"/api/events{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def timeline(person: Person, contact: str, query: str = "") -> list[str]:
    answer = person.get(f"{contact}/timeline{query}")
    assert answer.status_code == 200, answer.text
    return [each["summary"] for each in answer.json()["items"]]


def test_a_client_catches_up_from_any_point(alice: Person) -> None:
    for number in range(7):
        made(alice, "contacts", name=f"Contact {number}")
    whole = events(alice)
    sequences = [each["sequence"] for each in whole["items"]]
    assert sequences == sorted(set(sequences))
    assert (whole["more"], whole["after"]) == (False, sequences[-1])
    walked, after, more = [], 0, True
    while more:
        page = events(alice, f"?after={after}&limit=3")
        walked += [each["sequence"] for each in page["items"]]
        after, more = page["after"], page["more"]
    assert walked == sequences
    assert events(alice, f"?after={after}") == {"items": [], "after": after, "more": False}


def test_an_event_says_what_was_and_what_is(alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès")
    alice.patch(contact["@id"], {"position": "Buyer"})
    born, changed = events(alice)["items"][-2:]
    assert (born["kind"], born["before"], born["after"]["name"]) == ("contact.created", None, "Inès")
    assert (changed["kind"], changed["record"]) == ("contact.updated", contact["@id"])
    assert (changed["before"]["position"], changed["after"]["position"]) == (None, "Buyer")
    assert changed["user"] == f"/api/users/{alice.user.id}"
    assert alice.get(changed["@id"]).json() == changed


def test_any_change_can_be_taken_back_and_that_too(alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès", position="Buyer")
    alice.patch(contact["@id"], {"position": "Weaver"})
    changed = events(alice)["items"][-1]
    answer = alice.post(f"{changed['@id']}/undo")
    assert (answer.status_code, answer.json()) == (200, {"undone": [changed["sequence"]], "kept": []})
    assert alice.get(contact["@id"]).json()["position"] == "Buyer"
    back = events(alice)["items"][-1]
    assert back["undoes"] == changed["sequence"]
    alice.post(f"{back['@id']}/undo")
    assert alice.get(contact["@id"]).json()["position"] == "Weaver"


def test_a_deleted_contact_comes_back_with_what_hung_on_it(alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès")["@id"]
    task = made(alice, "contact_tasks", contact=contact)["@id"]
    alice.delete(contact)
    removal = next(each for each in events(alice)["items"] if each["kind"] == "contact.deleted")
    assert [each["partOf"] for each in events(alice)["items"] if each["kind"] == "task.deleted"] == [
        removal["sequence"]
    ]
    assert alice.get(task).status_code == 404
    assert alice.post(f"{removal['@id']}/undo").status_code == 200
    assert alice.get(task).json()["contact"] == contact


def test_what_cannot_be_taken_back_is_a_conflict(house: House, alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès")["@id"]
    born = events(alice)["items"][-1]
    alice.delete(contact)
    with untouched(house):
        status, told = problem(alice.post(f"{born['@id']}/undo"))
    assert (status, told) == (409, "The contact is gone already.")


def test_a_timeline_is_read_newest_first(alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès Aubry")["@id"]
    task = made(alice, "contact_tasks", contact=contact, title="Send the samples")["@id"]
    made(alice, "notes", contact=contact, text="Prefers linen.\nAnd silk.")
    alice.patch(task, {"completed": True})
    alice.patch(contact, {"status": "lost"})
    made(alice, "contacts", name="Somebody else")
    assert timeline(alice, contact) == [
        "Alice changed the contact “Inès Aubry”",
        "Alice completed the task “Send the samples”",
        "Alice added the note “Prefers linen.”",
        "Alice added the task “Send the samples”",
        "Alice added the contact “Inès Aubry”",
    ]
    first = alice.get(f"{contact}/timeline?limit=2").json()
    assert (len(first["items"]), first["more"], first["items"][0]["fields"]) == (2, True, ["status"])
    assert timeline(alice, contact, f"?before={first['before']}&limit=2") == timeline(alice, contact)[2:4]


def test_mails_are_in_the_timeline(house: House, alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès")
    queued(alice, contact["id"])
    (mail,) = house.store.read_now(outbox.unfinished)
    house.store.write_now(mail.workspace_id, outbox.sent, mail, "250 OK", now=NOW)
    told = timeline(alice, contact["@id"])
    assert "Alice sent the e-mail “Samples”" in told
    assert "Alice added the draft" in told


def test_events_are_told_to_who_may_read_what_they_are_about(house: House, alice: Person) -> None:
    contact = made(alice, "contacts", name="Inès")["@id"]
    made(alice, "contact_tasks", contact=contact, title="Secret")
    made(alice, "notes", contact=contact, text="Secret")
    new = house.store.write_now(
        workspaces.ALL, tokens.create, alice.user, [house.main], name="x", scopes=("contacts:read",), now=NOW
    )
    for path in ("/api/events", f"{contact}/timeline"):
        answer = house.request("GET", path, headers={"authorization": f"Bearer {new.bearer}"})
        assert answer.status_code == 200
        assert "Secret" not in answer.text
        assert "Inès" in answer.text
    assert Right.READ_CONTACTS in house.alice.actor.rights


def test_an_event_of_another_workspace_is_an_event_of_nothing(house: House) -> None:
    made(house.alice, "contacts", name="Inès")
    theirs = events(house.alice)["items"][-1]
    with untouched(house):
        for path in (theirs["@id"], f"/api/events/{NOTHING}"):
            assert problem(house.mallory.get(path)) == (404, "Not Found")
            assert problem(house.mallory.post(f"{path}/undo")) == (404, "Not Found")
    assert theirs["id"] not in house.mallory.get("/api/events").text


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?limit=1.5", "?after=%D9%A1", "?limit=x"])
def test_numbers_that_are_none_are_refused(alice: Person, query: str) -> None:
    assert problem(alice.get(f"/api/events{query}"))[0] == 400


def test_large_numbers_and_limits_are_no_matter(alice: Person) -> None:
    made(alice, "contacts", name="Inès")
    assert events(alice, "?after=" + "9" * 5_000)["items"] == []
    assert len(events(alice, "?limit=0")["items"]) == 1
    assert events(alice, "?limit=99999999999999999999")["items"]
