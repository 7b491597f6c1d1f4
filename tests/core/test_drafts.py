"""Drafts in the core: their versions, and the rights that they and their mails ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, drafts, events, outbox, removal, undo
from carnet.core.drafts import Draft, Step
from carnet.core.errors import ConflictError, ForbiddenError, NotFoundError
from carnet.core.letters import Email
from carnet.core.outbox import Sender, State
from carnet.core.permissions import Right
from tests.conftest import NOW
from tests.core.dump import untouched
from tests.core.things import NOTHING, contact, draft, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House, Person

SENDER = Sender(name="Alice", address="alice@carnet.example")


def email(subject: str) -> Email:
    return Email(to=("ines@halden.example",), subject=subject, body="Here they are.")


def write(person: Person, held: Draft, **said: Any) -> Draft:
    said = {name: Step(email=email(value)) if isinstance(value, str) else value for name, value in said.items()}
    after: Draft = person.does(drafts.write, held.contact_id, held, **said)
    return after


def line(person: Person, held: Draft) -> list[str]:
    return [version.email.subject for version in person.sees(drafts.line, held)]


def accept(person: Person, held: Draft, **more: Any) -> outbox.Mail:
    mail: outbox.Mail = person.does(outbox.accept, held, email("x"), SENDER, **more)
    return mail


def test_each_version_is_made_of_the_one_before_it(alice: Person) -> None:
    held = draft(alice, "one")
    held = write(alice, held, edit="two", step="three")
    assert (held.shown, line(alice, held)) == (3, ["one", "two", "three"])


def test_going_back_and_on_leaves_what_was_undone_aside(alice: Person) -> None:
    held = write(alice, draft(alice, "one"), edit="two", step="three")
    held = write(alice, held, back_to=2)
    assert (held.shown, line(alice, held)) == (2, ["one", "two"])
    held = write(alice, held, step="four")
    assert (held.shown, line(alice, held)) == (4, ["one", "two", "four"])
    held = write(alice, held, edit="five", back_to=1, step="six")
    assert (held.shown, line(alice, held)) == (6, ["one", "six"])
    assert [each.email.subject for each in alice.sees(drafts.versions, held)] == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]


def test_a_draft_goes_with_its_contact_and_comes_back_with_every_version(alice: Person) -> None:
    held = write(alice, draft(alice, "one"), edit="two")
    number = alice.does(removal.remove_contact, held.contact_id)
    with pytest.raises(NotFoundError):
        alice.sees(drafts.get, held.id)
    alice.does(undo.undo, number)
    back = alice.sees(drafts.get, held.id)
    assert line(alice, back) == ["one", "two"]
    assert write(alice, back, edit="three").shown == 3
    assert story(alice, held.id) == [
        "draft.created",
        "draft.updated",
        "draft.deleted",
        "draft.restored",
        "draft.updated",
    ]


def test_a_draft_is_of_its_contact_alone(alice: Person) -> None:
    held, other = draft(alice), contact(alice)
    assert alice.sees(drafts.of_contact, held.contact_id, held.id) == held
    for contact_id, draft_id in ((other.id, held.id), (held.contact_id, NOTHING)):
        with pytest.raises(NotFoundError):
            alice.sees(drafts.of_contact, contact_id, draft_id)
    with pytest.raises(NotFoundError):
        alice.does(drafts.write, NOTHING, None, edit=Step(email=email("x")))


def test_a_draft_becomes_one_mail(house: House) -> None:
    alice = house.alice
    held = draft(alice)
    mail = accept(alice, held)
    assert alice.sees(outbox.of_draft, held.id) == mail
    with untouched(house), pytest.raises(ConflictError, match="queued already"):
        accept(alice, held)
    alice.does(lambda db, _actor, now: outbox.drop(db, mail, now=now))
    assert alice.sees(outbox.of_draft, held.id) is None
    assert accept(alice, held).message_id != mail.message_id


def test_what_has_left_cannot_be_undone(alice: Person) -> None:
    mail = accept(alice, draft(alice), claimed_by="me")
    alice.does(lambda db, _actor, now: outbox.sent(db, mail, "250 OK", now=now))
    number = next(event.number for event in reversed(alice.sees(_events)) if event.kind == "mail.sent")
    with pytest.raises(ConflictError, match="left"):
        alice.does(undo.undo, number)


def _events(db: Any, actor: Any) -> Any:
    return events.since(db, actor, 0)


ASKING: list[tuple[Right, Callable[[Person, Draft], Any]]] = [
    (Right.READ_EMAILS, lambda person, held: person.sees(drafts.of_contact, held.contact_id, held.id)),
    (Right.READ_EMAILS, lambda person, held: person.sees(drafts.versions, held)),
    (Right.READ_EMAILS, lambda person, held: person.sees(drafts.line, held)),
    (Right.READ_EMAILS, lambda person, held: person.sees(outbox.get, held.id)),
    (Right.WRITE_EMAILS, lambda person, held: write(person, held, edit="two")),
    (Right.WRITE_EMAILS, accept),
    (Right.WRITE_EMAILS, lambda person, held: person.does(outbox.take_back, held)),
]


@pytest.mark.parametrize(("right", "verb"), ASKING)
def test_each_verb_asks_for_its_right(house: House, right: Right, verb: Callable[[Person, Draft], Any]) -> None:
    alice, held = house.alice, draft(house.alice)
    alice.actor = msgspec.structs.replace(alice.actor, rights=frozenset(Right) - {right})
    with untouched(house), pytest.raises(ForbiddenError) as refusal:
        verb(alice, held)
    assert refusal.value.right == right


def test_a_stranger_writes_on_no_draft(house: House) -> None:
    held = draft(house.alice)
    mail = accept(house.alice, held)
    for sought in (drafts.get, outbox.get):
        with pytest.raises(NotFoundError):
            house.mallory.sees(sought, held.id if sought is drafts.get else mail.id)
    assert house.mallory.sees(drafts.versions, held) == []
    assert house.mallory.sees(outbox.of_draft, held.id) is None


def test_who_asked_for_no_mail_gets_none(house: House) -> None:
    alice = house.alice
    held = draft(alice, contact_id=contact(alice, do_not_email=True).id)
    with untouched(house), pytest.raises(ConflictError, match="asked for no e-mail"):
        accept(alice, held)


def test_pauses_grow_to_an_hour_and_are_never_alike() -> None:
    longest = [max(outbox.pause(attempts).total_seconds() for _ in range(50)) for attempts in range(1, 12)]
    shortest = [min(outbox.pause(attempts).total_seconds() for _ in range(50)) for attempts in range(1, 12)]
    assert 2 < shortest[0] < longest[0] < 6
    assert sorted(longest[:6]) == longest[:6]
    assert 2_000 < shortest[-1] < longest[-1] <= 4_500


def test_a_mail_is_dated_once(alice: Person) -> None:
    mail = accept(alice, draft(alice), claimed_by="me")
    after = alice.does(lambda db, _actor, now: outbox.put_off(db, mail, "451 Later", now=now))
    assert (after.message_id, after.created_at, after.state) == (mail.message_id, NOW, State.QUEUED)
    assert alice.sees(contacts.get, mail.contact_id).status == "pending"
