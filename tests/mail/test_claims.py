"""Claims on mails: who holds one, what ends it, and that an outcome isn't forgotten."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, outbox
from carnet.core.contacts import ContactChanges
from carnet.core.errors import ConflictError
from carnet.core.outbox import State
from carnet.http import idempotency
from carnet.store.database import StoreFullError, StoreUnavailableError
from tests.conftest import NOW
from tests.mail.conftest import DROPPED
from tests.mail.test_sending import EMAIL, ines, later, mails, send, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.core.outbox import Mail
    from tests.conftest import House
    from tests.mail.conftest import Office


def queued(house: House) -> Mail:
    """A mail that nobody has tried."""
    kept, house.app.postman.server = house.app.postman.server, None
    send(house.alice, ines(house.alice))
    house.app.postman.server = kept
    return mails(house)[-1]


def claimed(house: House, mail: Mail, *, after: float = 0) -> Mail:
    moment = mail.created_at + timedelta(seconds=after)
    found: Mail | None = write(house, outbox.claim, mail.workspace_id, mail.id, "us", now=moment)
    assert found is not None
    return found


def write(house: House, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return house.store.write_now(house.main.id, verb, *args, **named)


@pytest.mark.parametrize(
    ("answer", "state"), [("250 Taken", None), ("451 Later", State.QUEUED), ("550 No", State.FAILED)]
)
@pytest.mark.parametrize("mishap", [StoreFullError, StoreUnavailableError])
def test_an_outcome_is_written_down_once_the_database_is_back(
    posting: House,
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    state: State | None,
    mishap: type[Exception],
) -> None:
    office.texts = [answer]
    mail = queued(posting)
    posting.app.postman.pause = 0
    written, outcomes = posting.store.write, {outbox.sent, outbox.put_off, outbox.refused}
    refusals = iter(range(3))

    async def full(workspace_id: int, work: Any, *args: Any, **named: Any) -> Any:
        if work in outcomes and next(refusals, None) is not None:
            raise mishap
        return await written(workspace_id, work, *args, **named)

    monkeypatch.setattr(posting.store, "write", full)
    assert posting.runner.run(later(posting, seconds=0).send_due()) == 1
    assert next(refusals, None) is None
    assert [each.state for each in mails(posting)] == ([] if state is None else [state])
    assert [message["Message-ID"] for message in office.messages] == ([mail.message_id] if state is None else [])


def test_who_tried_first_says_nothing_of_what_the_same_process_tries_since(posting: House) -> None:
    first = claimed(posting, queued(posting))
    assert write(posting, outbox.recover, first.workspace_id, first.id, now=first.created_at + timedelta(minutes=1))
    second = claimed(posting, first, after=60)
    assert not write(posting, outbox.begin_handing, first, now=second.due_at)
    assert write(posting, outbox.begin_handing, second, now=second.due_at)
    for end in (outbox.put_off, outbox.refused, outbox.lost):
        assert write(posting, end, first, "Timed out", now=second.due_at).state is State.HANDING


@pytest.mark.parametrize("state", [State.SENDING, State.HANDING])
def test_a_claim_from_before_the_clock_was_set_back_holds_no_more(posting: House, state: State) -> None:
    mail = claimed(posting, queued(posting))
    if state is State.HANDING:
        write(posting, outbox.begin_handing, mail, now=mail.created_at)
    assert write(posting, outbox.recover, mail.workspace_id, mail.id, now=mail.created_at) is None
    assert write(posting, outbox.recover, mail.workspace_id, mail.id, now=mail.created_at - timedelta(hours=1))


def test_what_a_process_is_trying_is_not_settled_by_itself(posting: House, office: Office) -> None:
    """However long it takes, and whatever the clock does meanwhile."""
    mail = queued(posting)
    postman, held = posting.app.postman, threading.Semaphore(0)
    postman.clock = lambda: mail.created_at

    async def live() -> int:
        given, loop = asyncio.Event(), asyncio.get_running_loop()
        office.on_text = lambda: (loop.call_soon_threadsafe(given.set), held.acquire())[0]
        await postman.begin_due()
        await given.wait()
        postman.clock = lambda: mail.created_at + timedelta(hours=1)
        settled = await postman.recover()
        held.release()
        await postman.rest(20)
        return settled

    assert posting.runner.run(live()) == 0
    assert mails(posting) == []


def test_a_slow_answer_keeps_no_other_mail_waiting(posting: House, office: Office) -> None:
    contact, held = ines(posting.alice), threading.Event()
    waiting(posting, contact, seconds=0)
    posting.app.postman.clock = lambda: NOW
    posting.app.jobs._pause = 0.01

    async def live() -> None:
        first, second, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

        async def slow() -> None:
            loop.call_soon_threadsafe(first.set)
            await asyncio.to_thread(held.wait, 20)

        office.on_text = slow
        posting.app.jobs.start()
        await first.wait()
        office.on_text = lambda: loop.call_soon_threadsafe(second.set)
        await asyncio.to_thread(waiting, posting, contact, seconds=0)
        await second.wait()
        held.set()
        await posting.app.jobs.stop()

    posting.runner.run(asyncio.wait_for(live(), 20))
    assert mails(posting) == []
    assert len(office.taken) == 2


def test_more_mails_than_there_is_room_for_leave_without_a_pause(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    for _ in range(25):
        waiting(posting, contact, seconds=0)
    posting.app.postman.clock = lambda: NOW
    posting.app.jobs._pause = 3_600

    async def live() -> None:
        all_taken, loop = asyncio.Event(), asyncio.get_running_loop()
        office.on_text = lambda: len(office.had) == 25 and loop.call_soon_threadsafe(all_taken.set)
        posting.app.jobs.start()
        await all_taken.wait()
        await posting.app.jobs.stop()

    posting.runner.run(asyncio.wait_for(live(), 20))
    assert mails(posting) == []
    assert len(office.taken) == 25


def test_a_person_decides_of_a_mail_whose_holder_has_died(posting: House) -> None:
    mail = claimed(posting, queued(posting))
    with pytest.raises(ConflictError):
        write(posting, outbox.drop, mail, now=mail.created_at)
    dead = mail.created_at + timedelta(minutes=7)
    assert write(posting, outbox.retry, mail, now=dead).state is State.QUEUED
    mail = claimed(posting, mail, after=420)
    assert write(posting, outbox.drop, mail, now=dead + timedelta(minutes=7)).state is State.DROPPED


def test_a_mail_that_is_retried_after_a_week_is_tried_more_than_once(posting: House, office: Office) -> None:
    mail = queued(posting)
    write(posting, outbox.retry, mail, now=mail.created_at + timedelta(days=7))
    office.texts = ["451 Come again in a minute"]
    assert posting.runner.run(later(posting, days=7).send_due()) == 1
    assert posting.runner.run(later(posting, days=7, minutes=1).send_due()) == 1
    assert len(office.taken) == 1


def test_a_mail_that_may_have_left_is_not_taken_back(posting: House, office: Office) -> None:
    office.texts = [DROPPED]
    contact = ines(posting.alice)
    session = send(posting.alice, contact).json()["sessionId"]
    write(posting, outbox.retry, mails(posting)[0], now=NOW)
    answer = posting.alice.post(f"/api/contacts/{contact.id}/emails/take-back", {"sessionId": session})
    assert answer.status_code == 409


def test_who_asks_for_no_mail_while_one_waits_does_not_get_it(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    waiting(posting, contact, seconds=10)
    posting.alice.does(contacts.change, contact.id, ContactChanges(do_not_email=True))
    assert posting.runner.run(later(posting, seconds=11).send_due()) == 0
    assert [(mail.state, mail.answer) for mail in mails(posting)] == [
        (State.FAILED, "Inès Aubry has asked for no e-mail.")
    ]
    assert office.had == []


def test_an_outcome_that_its_key_cannot_keep_is_told_all_the_same(
    posting: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = ines(posting.alice)
    written = posting.store.write

    async def full(workspace_id: int, work: Any, *args: Any, **named: Any) -> Any:
        if work in {idempotency.remember, idempotency.release}:
            raise StoreFullError
        return await written(workspace_id, work, *args, **named)

    monkeypatch.setattr(posting.store, "write", full)
    path = f"/api/contacts/{contact.id}/emails/send"
    answer = posting.alice.post(path, {"emailData": EMAIL}, headers={"idempotency-key": "one"})
    assert (answer.status_code, answer.json()["status"]) == (200, "sent")
    office.texts = ["550 No"]
    assert posting.alice.post(path, {"emailData": EMAIL}, headers={"idempotency-key": "two"}).status_code == 502


def test_an_own_address_in_any_script_gives_an_id_in_ascii(new_house: Callable[..., House], office: Office) -> None:
    house = new_house(smtp_url=office.url, mail_from=("", "team@exämple.example"))
    assert send(house.alice, ines(house.alice)).json()["status"] == "sent"
    assert office.messages[0]["Message-ID"].endswith("@xn--exmple-cua.example>")


def test_who_has_no_address_to_send_from_is_told(new_house: Callable[..., House], office: Office) -> None:
    house = new_house(smtp_url=office.url, mail_from=("", "a..b@carnet.example"))
    answer = send(house.alice, ines(house.alice))
    assert answer.status_code == 409
    assert "CARNET_MAIL_FROM" in answer.json()["detail"]
    assert mails(house) == []


def test_answers_to_somebody_without_an_address_go_to_the_sender(new_house: Callable[..., House]) -> None:
    house = new_house(mail_from=("Team", "team@carnet.example"))
    nobody = msgspec.structs.replace(house.alice.user, email="a..b@carnet.example")
    assert house.app.postman.sender(nobody).reply_to is None
