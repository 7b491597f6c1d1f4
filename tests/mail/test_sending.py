"""A mail leaves once, or says that it hasn't, or that nobody can know."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from carnet.core import contacts, drafts, events, outbox
from carnet.core.contacts import ContactDraft, Status
from carnet.core.drafts import Step
from carnet.core.letters import Email
from carnet.core.outbox import State
from carnet.mail.postman import Postman
from tests.conftest import NOW
from tests.mail.conftest import DROPPED, content_of
from tests.serving.conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from carnet.core.contacts import Contact
    from carnet.core.outbox import Mail
    from tests.conftest import House, Person
    from tests.mail.conftest import Office

EMAIL: dict[str, Any] = {
    "to": ["ines@halden.example"],
    "subject": "Samples",
    "body": "Hello Inès,\n\nhere they are.\n.\nAlice",
}


def ines(person: Person, **fields: Any) -> Contact:
    draft = ContactDraft(**{"name": "Inès Aubry", "emails": ["ines@halden.example"], **fields})
    made: Contact = person.does(contacts.create, draft)
    return made


def send(person: Person, contact: Contact, email: dict[str, Any] | None = None, **body: Any) -> httpx.Response:
    body = {"emailData": {**EMAIL, **(email or {})}, **body}
    return person.post(f"/api/contacts/{contact.id}/emails/send", body)


def mails(house: House) -> list[Mail]:
    return house.store.read_now(outbox.unfinished)


def later(house: House, **after: float) -> Postman:
    """A postman of the house to whom it is so much later."""
    house.app.postman.clock = lambda: _now(house) + timedelta(**after)
    return house.app.postman


def _now(house: House) -> Any:
    moments = [mail.created_at for mail in mails(house)]
    return max(moments, default=NOW)


def test_what_the_server_takes_is_sent(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    answer = send(posting.alice, contact)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["status"] == "sent"
    assert told["email"] == {**EMAIL}
    (message,) = office.messages
    assert message["To"] == "Inès Aubry <ines@halden.example>"
    assert message["From"] == "Alice <team@carnet.example>"
    assert message["Reply-To"] == "Alice <alice@carnet.example>"
    assert message["Subject"] == "Samples"
    assert message["Message-ID"].endswith("@carnet.example>")
    assert message.get_content().replace("\r\n", "\n") == EMAIL["body"] + "\n"
    assert office.taken[0].rcpt_tos == ["ines@halden.example"]
    assert office.taken[0].mail_from == "team@carnet.example"
    assert mails(posting) == []


def test_a_sent_mail_makes_its_contact_a_contacted_one(posting: House) -> None:
    for before, after in (
        (Status.PENDING, Status.CONTACTED),
        (Status.ENRICHED, Status.CONTACTED),
        (Status.LOST, Status.LOST),
    ):
        contact = ines(posting.alice, status=before)
        assert send(posting.alice, contact).json()["status"] == "sent"
        assert posting.alice.sees(contacts.get, contact.id).status is after


def test_the_ledger_tells_of_a_sent_mail(posting: House) -> None:
    contact = ines(posting.alice)
    session = send(posting.alice, contact).json()["sessionId"]
    told = [each for each in posting.alice.sees(events.since, 0) if each.kind == "mail.sent"]
    assert [each.after["contact_id"] for each in told if each.after] == [contact.id]
    assert told[0].after is not None
    assert told[0].after["draft_id"] == session
    part = posting.alice.sees(events.parts, told[0].number)
    assert [each.kind for each in part] == ["contact.updated"]


def test_bcc_gets_it_and_is_not_told_of(posting: House, office: Office) -> None:
    send(
        posting.alice, ines(posting.alice), {"cc": ["paul@x.example"], "bcc": ["eve@x.example", "ines@halden.example"]}
    )
    (envelope,) = office.taken
    assert envelope.rcpt_tos == ["ines@halden.example", "paul@x.example", "eve@x.example"]
    assert b"eve@" not in content_of(envelope)
    assert office.messages[0]["Cc"] == "paul@x.example"


def test_the_next_mail_to_a_contact_follows_the_last_one(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    for _ in range(3):
        assert send(posting.alice, contact).json()["status"] == "sent"
    first, second, third = office.messages
    assert first["In-Reply-To"] is None
    assert second["In-Reply-To"] == first["Message-ID"]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]


def test_a_mail_that_is_put_off_leaves_later_and_once(posting: House, office: Office) -> None:
    office.texts = ["451 Come again", "451 Not yet"]
    answer = send(posting.alice, ines(posting.alice))
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")
    (mail,) = mails(posting)
    assert (mail.state, mail.attempts, mail.answer) == (State.QUEUED, 1, "451 Come again")
    assert timedelta(seconds=2) <= mail.due_at - mail.created_at <= timedelta(seconds=12)
    assert posting.runner.run(later(posting, seconds=1).send_due()) == 0
    assert posting.runner.run(later(posting, seconds=15).send_due()) == 1
    assert posting.runner.run(later(posting, minutes=2).send_due()) == 1
    assert posting.runner.run(later(posting, minutes=9).send_due()) == 0
    assert len(office.taken) == 1
    assert len(office.had) == 3
    assert {message["Message-ID"] for message in office.messages} == {mail.message_id}
    assert mails(posting) == []


def test_a_refused_recipient_is_told_and_the_session_stays_open(posting: House, office: Office) -> None:
    office.recipients = {"paul@x.example": "550 No such user"}
    contact = ines(posting.alice)
    session = posting.alice.post(
        f"/api/contacts/{contact.id}/emails/send", {"emailData": {**EMAIL, "cc": ["paul@x.example"]}}
    )
    assert session.status_code == 502
    assert "paul@x.example: No such user" in session.json()["hydra:description"].replace("550 ", "")
    assert office.had == []
    (mail,) = mails(posting)
    assert mail.state is State.FAILED
    assert (
        posting.alice.post(f"/api/contacts/{contact.id}/emails/send", {"sessionId": mail.draft_id}).status_code == 502
    )
    again = send(posting.alice, contact, {"cc": []}, sessionId=mail.draft_id)
    assert again.json()["status"] == "sent"
    assert len(office.taken) == 1


@pytest.mark.parametrize("step", ["senders", "texts"])
def test_a_refusal_at_any_step_is_a_refusal(posting: House, office: Office, step: str) -> None:
    if step == "texts":
        office.texts = ["554 Spam"]
    else:
        office.senders = {"team@carnet.example": "553 Not you"}
    answer = send(posting.alice, ines(posting.alice))
    assert answer.status_code == 502
    assert ("Spam" if step == "texts" else "Not you") in answer.json()["hydra:description"]
    assert office.taken == []


def test_a_lost_answer_is_uncertain_and_nothing_is_sent_again(posting: House, office: Office) -> None:
    office.texts = [DROPPED]
    contact = ines(posting.alice)
    answer = send(posting.alice, contact)
    assert (answer.status_code, answer.json()["status"]) == (200, "uncertain")
    assert posting.runner.run(later(posting, hours=2).send_due()) == 0
    assert posting.runner.run(later(posting, hours=2).recover()) == 0
    assert len(office.had) == 1
    assert send(posting.alice, contact, sessionId=answer.json()["sessionId"]).status_code == 409


def test_a_connection_lost_before_the_text_is_no_matter(posting: House, office: Office) -> None:
    office.recipients = {"ines@halden.example": DROPPED}
    assert send(posting.alice, ines(posting.alice)).json()["status"] == "queued"
    office.recipients = {}
    assert posting.runner.run(later(posting, minutes=1).send_due()) == 1
    assert len(office.taken) == 1


def test_without_a_server_it_is_queued(house: House) -> None:
    contact = ines(house.alice)
    answer = send(house.alice, contact)
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")
    (mail,) = mails(house)
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)
    assert mail.sender.address == "alice@carnet.example"
    assert send(house.alice, contact, sessionId=answer.json()["sessionId"]).status_code == 409


def test_a_server_that_is_down_is_waited_for(new_house: Callable[..., House], office: Office) -> None:
    house = new_house(smtp_url=type(office.url)(f"smtp://127.0.0.1:{free_port()}"))
    assert send(house.alice, ines(house.alice)).json()["status"] == "queued"
    assert mails(house)[0].attempts == 1


def test_setting_a_server_up_sends_no_pile_of_old_mail(new_house: Callable[..., House], office: Office) -> None:
    house = new_house()
    send(house.alice, ines(house.alice))
    (old,) = mails(house)
    posting = Postman(house.store, msgspec.structs.replace(house.settings, smtp_url=office.url))
    posting.clock = lambda: old.created_at + timedelta(days=1, seconds=1)
    assert house.runner.run(posting.send_due()) == 0
    assert old.is_stale(posting.clock())
    house.store.write_now(old.workspace_id, outbox.retry, old, now=posting.clock())
    assert house.runner.run(posting.send_due()) == 1
    assert len(office.taken) == 1


def _same(moment: datetime) -> datetime:
    return moment


def test_after_five_days_of_refusals_it_has_failed_and_its_draft_is_open(posting: House, office: Office) -> None:
    office.texts = ["451 Not now"] * 200
    contact = ines(posting.alice)
    session = send(posting.alice, contact).json()["sessionId"]
    (mail,) = mails(posting)
    moment = mail.created_at
    while mail.state is State.QUEUED:
        assert not mail.is_stale(moment)
        moment = mail.due_at
        posting.app.postman.clock = partial(_same, moment)
        assert posting.runner.run(posting.app.postman.send_due()) == 1
        (mail,) = mails(posting)
    assert mail.state is State.FAILED
    assert timedelta(days=5) < moment - mail.created_at < timedelta(days=5, hours=2)
    assert 100 < mail.attempts < 180
    office.texts = []
    assert send(posting.alice, contact, sessionId=session).json()["status"] == "sent"


def test_twenty_who_send_at_once_send_one_mail(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    office.texts = ["451 Later"]
    first = send(posting.alice, contact).json()
    posting.store.write_now(posting.main.id, outbox.drop, mails(posting)[0], now=NOW)
    body = {"sessionId": first["sessionId"]}
    calls = [(posting.alice, "POST", f"/api/contacts/{contact.id}/emails/send", body)] * 20
    answers = posting.together(*calls)
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 19]
    assert len(office.taken) == 1


def test_two_postmen_send_a_mail_once(posting: House, office: Office) -> None:
    office.texts = ["451 Later"]
    for _ in range(5):
        send(posting.alice, ines(posting.alice))
        office.texts = ["451 Later"]
    office.texts = []
    one, other = later(posting, minutes=1), Postman(posting.store, posting.settings)
    other.clock = one.clock

    async def both() -> None:
        await asyncio.gather(one.send_due(), other.send_due())

    posting.runner.run(both())
    assert len(office.taken) == len({message["Message-ID"] for message in office.messages}) == 5


def test_a_holder_who_died_before_the_text_is_followed_by_another(posting: House, office: Office) -> None:
    mail = _claimed(posting)
    assert posting.runner.run(later(posting, seconds=10).recover()) == 0
    assert posting.runner.run(later(posting, minutes=1).recover()) == 1
    assert posting.runner.run(later(posting, minutes=1).send_due()) == 1
    assert [message["Message-ID"] for message in office.messages] == [mail.message_id]


def test_a_holder_who_died_with_the_text_leaves_it_uncertain(posting: House, office: Office) -> None:
    mail = _claimed(posting)
    assert posting.store.write_now(mail.workspace_id, outbox.begin_handing, mail, now=mail.created_at)
    assert posting.runner.run(later(posting, minutes=1).recover()) == 0
    assert posting.runner.run(later(posting, minutes=7).recover()) == 1
    assert posting.runner.run(later(posting, minutes=8).send_due()) == 0
    assert [each.state for each in mails(posting)] == [State.UNCERTAIN]
    assert office.had == []


def test_who_has_lost_the_claim_does_not_give_the_text(posting: House, office: Office) -> None:
    """A process that slept between its claim and the text finds that another one has the mail."""
    mail = _claimed(posting)
    posting.runner.run(later(posting, minutes=1).recover())
    assert not posting.store.write_now(mail.workspace_id, outbox.begin_handing, mail, now=NOW)
    posting.app.postman.holder = mail.claimed_by or ""
    posting.runner.run(posting.app.postman.send(mail))
    assert office.had == []
    assert [each.state for each in mails(posting)] == [State.QUEUED]


def test_an_acceptance_that_comes_late_is_believed(posting: House) -> None:
    mail = _claimed(posting)
    posting.store.write_now(mail.workspace_id, outbox.begin_handing, mail, now=mail.created_at)
    posting.runner.run(later(posting, minutes=7).recover())
    assert mails(posting)[0].state is State.UNCERTAIN
    posting.store.write_now(mail.workspace_id, outbox.sent, mail, "250 Taken", now=NOW)
    assert mails(posting) == []


def _claimed(house: House) -> Mail:
    """A mail of which a process says that it sends it, and does not."""
    contact = ines(house.alice)
    kept = house.app.postman.server
    house.app.postman.server = None
    send(house.alice, contact)
    house.app.postman.server = kept
    (mail,) = mails(house)
    claimed = house.store.write_now(
        mail.workspace_id, outbox.claim, mail.workspace_id, mail.id, "dead", now=mail.created_at
    )
    assert claimed is not None
    return claimed


def test_a_contact_who_asked_for_no_mail_gets_none(posting: House, office: Office) -> None:
    contact = ines(posting.alice, do_not_email=True)
    answer = send(posting.alice, contact)
    assert answer.status_code == 409
    assert "no e-mail" in answer.json()["hydra:description"]
    assert posting.alice.get(f"/api/contacts/{contact.id}").json()["doNotEmail"] is True
    assert (office.had, mails(posting)) == ([], [])


def test_a_mail_may_wait_and_be_taken_back(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    mail = waiting(posting, contact, seconds=10)
    assert posting.runner.run(later(posting, seconds=9).send_due()) == 0
    body = {"sessionId": mail.draft_id}
    assert posting.alice.post(f"/api/contacts/{contact.id}/emails/take-back", body).status_code == 200
    assert posting.runner.run(later(posting, minutes=1).send_due()) == 0
    assert office.had == []
    assert send(posting.alice, contact, sessionId=mail.draft_id).json()["status"] == "sent"
    assert posting.alice.post(f"/api/contacts/{contact.id}/emails/take-back", body).status_code == 409


def waiting(house: House, contact: Contact, **wait: float) -> Mail:
    email = msgspec.convert(EMAIL, Email)
    draft = house.alice.does(drafts.write, contact.id, None, edit=Step(email=email))
    made: Mail = house.alice.does(
        outbox.accept,
        draft,
        email,
        house.app.postman.sender(house.alice.user),
        not_before=NOW + timedelta(**wait),
    )
    return made


def test_a_mail_to_a_deleted_contact_still_leaves(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    waiting(posting, contact, seconds=10)
    assert posting.alice.delete(f"/api/contacts/{contact.id}").status_code == 204
    assert posting.runner.run(later(posting, seconds=11).send_due()) == 1
    assert len(office.taken) == 1
    assert mails(posting) == []


def test_nobody_sends_another_workspaces_draft(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    mine = ines(posting.mallory)
    mail = waiting(posting, contact, seconds=10)
    for whose in (contact, mine):
        path = f"/api/contacts/{whose.id}/emails"
        assert posting.mallory.post(f"{path}/send", {"sessionId": mail.draft_id}).status_code == 404
        assert posting.mallory.post(f"{path}/take-back", {"sessionId": mail.draft_id}).status_code == 404
        assert posting.mallory.get(f"{path}/{mail.draft_id}/eml").status_code == 404
    assert posting.rita.post(f"/api/contacts/{contact.id}/emails/send", {"emailData": EMAIL}).status_code == 403
    assert office.had == []


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"to": ["ines@halden.example\r\nBcc: eve@x.example"]}, "emailData.to[0]"),
        ({"to": ["ines@halden.example\nBcc: eve@x.example"]}, "emailData.to[0]"),
        ({"to": ["ines@halden.example, eve@x.example"]}, "emailData.to[0]"),
        ({"to": ["Inès <ines@halden.example>"]}, "emailData.to[0]"),
        ({"to": ["ines@halden.example", "eve"]}, "emailData.to[1]"),
        ({"cc": ["a@b.example>,<eve@x.example"]}, "emailData.cc[0]"),
        ({"to": []}, "emailData.to"),
        ({"subject": "Hello\r\nBcc: eve@x.example"}, "emailData.subject"),
        ({"subject": "Hello\nBcc: eve@x.example"}, "emailData.subject"),
        ({"subject": "Hello\u2028there"}, "emailData.subject"),
        ({"subject": " "}, "emailData.subject"),
        ({"subject": "x" * 256}, "emailData.subject"),
        ({"body": "\n"}, "emailData.body"),
        ({"body": "x" * 100_001}, "emailData.body"),
        ({"to": [f"a{number}@x.example" for number in range(101)]}, "emailData.to"),
    ],
)
def test_what_would_add_a_header_or_a_recipient_is_refused(
    new_house: Callable[..., House], office: Office, said: dict[str, Any], where: str
) -> None:
    house = new_house(smtp_url=office.url)
    answer = send(house.alice, ines(house.alice), said)
    assert answer.status_code == 422, answer.text
    assert where in [violation["propertyPath"] for violation in answer.json()["violations"]]
    assert (office.had, mails(house)) == ([], [])


@pytest.mark.parametrize(
    "name", ['Eve" <eve@x.example>, "A', "A, B <eve@x.example>", "A\r\nBcc: eve@x.example", "Ünal; eve@x.example:"]
)
def test_the_names_of_people_add_nothing(new_house: Callable[..., House], office: Office, name: str) -> None:
    house = new_house(smtp_url=office.url, mail_from=(name.replace("\r\n", " "), "team@carnet.example"))
    contact = ines(house.alice, name=name)
    assert send(house.alice, contact).json()["status"] == "sent"
    (envelope,), (message,) = office.taken, office.messages
    assert envelope.rcpt_tos == ["ines@halden.example"]
    assert [address.addr_spec for address in message["To"].addresses] == ["ines@halden.example"]
    assert [address.addr_spec for address in message["From"].addresses] == ["team@carnet.example"]
    assert message["Bcc"] is None


def test_a_long_body_and_a_lone_dot_arrive_whole(new_house: Callable[..., House], office: Office) -> None:
    house = new_house(smtp_url=office.url)
    body = "\n.\n..\nà " + "long words " * 5_000 + "\n.\nFrom here\n"
    assert send(house.alice, ines(house.alice), {"body": body, "subject": "É" * 200}).json()["status"] == "sent"
    assert office.messages[0].get_content().replace("\r\n", "\n") == body
    assert office.messages[0]["Subject"] == "É" * 200


def test_addresses_with_accents_go_to_servers_that_know_them(new_house: Callable[..., House], office: Office) -> None:
    house = new_house(smtp_url=office.url)
    contact = ines(house.alice, emails=["inès@exämple.example"])
    assert send(house.alice, contact, {"to": ["inès@exämple.example"]}).json()["status"] == "sent"
    assert office.taken[0].rcpt_tos == ["inès@xn--exmple-cua.example"]


def test_the_same_key_sends_once(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    path, key = f"/api/contacts/{contact.id}/emails/send", {"idempotency-key": "k1"}
    first = posting.alice.post(path, {"emailData": EMAIL}, headers=key)
    again = posting.alice.post(path, {"emailData": EMAIL}, headers=key)
    assert first.json()["status"] == "sent"
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert len(office.taken) == 1


def test_a_refused_send_can_be_tried_again_under_its_key(posting: House, office: Office) -> None:
    office.texts = ["550 No"]
    contact = ines(posting.alice)
    path, key = f"/api/contacts/{contact.id}/emails/send", {"idempotency-key": "k1"}
    assert posting.alice.post(path, {"emailData": EMAIL}, headers=key).status_code == 502
    assert posting.alice.post(path, {"emailData": EMAIL}, headers=key).json()["status"] == "sent"


def test_a_send_that_is_still_running_is_a_conflict_under_its_key(posting: House, office: Office) -> None:
    contact = ines(posting.alice)
    path, key = f"/api/contacts/{contact.id}/emails/send", {"idempotency-key": "k1"}
    seen: list[int] = []

    async def both() -> None:
        headers = {"authorization": f"Bearer {posting.alice.token.bearer}", **key}
        given = asyncio.Event()
        loop = asyncio.get_running_loop()
        office.on_text = lambda: (loop.call_soon_threadsafe(given.set), held.acquire())[0]
        first = asyncio.create_task(posting._send("POST", path, json={"emailData": EMAIL}, headers=headers))
        await given.wait()
        second = await posting._send("POST", path, json={"emailData": EMAIL}, headers=headers)
        seen.append(second.status_code)
        held.release()
        seen.append((await first).status_code)

    held = threading.Semaphore(0)
    posting.runner.run(both())
    assert seen == [409, 200]
    assert len(office.taken) == 1


def test_the_file_of_a_draft_is_a_message(posting: House) -> None:
    contact = ines(posting.alice)
    mail = waiting(posting, contact, seconds=10)
    answer = posting.alice.get(f"/api/contacts/{contact.id}/emails/{mail.draft_id}/eml")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "message/rfc822"
    message = message_from_bytes(answer.content, policy=policy.default)
    assert message["To"] == "Inès Aubry <ines@halden.example>"
    assert message["X-Unsent"] == "1"
    assert message.get_content().replace("\r\n", "\n") == EMAIL["body"] + "\n"


def test_mails_to_a_contact_who_was_merged_stay_in_their_thread(posting: House, office: Office) -> None:
    kept, other = ines(posting.alice), ines(posting.alice, name="Ines Aubry")
    send(posting.alice, other)
    assert posting.alice.post(f"/api/contacts/{kept.id}/merge", {"other": other.id}).status_code == 200
    send(posting.alice, kept)
    first, second = office.messages
    assert second["In-Reply-To"] == first["Message-ID"]
    told = posting.alice.get(f"/api/contacts/{kept.id}/timeline").json()["items"]
    assert [each["kind"] for each in told].count("mail.sent") == 2


@pytest.mark.parametrize("answer", ["530 Sign in first", "535 Sign in again", "538 Not without TLS"])
def test_a_server_that_wants_us_to_sign_in_does_not_refuse_the_mail(
    new_house: Callable[..., House], office: Office, answer: str
) -> None:
    house = new_house(smtp_url=office.url, mail_from=("", "team@carnet.example"))
    office.senders = {"team@carnet.example": answer}
    assert send(house.alice, ines(house.alice)).json()["status"] == "queued"
    assert mails(house)[0].answer == answer
