"""Mail servers: their addresses, their locks, and how long they are waited for."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from carnet import settings
from carnet.core import outbox
from carnet.core.outbox import State
from carnet.mail.server import server_of
from carnet.settings import Secret, SettingError
from tests.mail.conftest import Office, opened
from tests.mail.test_sending import EMAIL, ines, later, mails, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import House


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, None, None, False, False, False)),
        ("smtp://u%40x:p%2F@mail.example", ("mail.example", 587, "u@x", "p/", False, True, False)),
        ("smtp://u:p@mail.example:25?tls=none", ("mail.example", 25, "u", "p", False, False, True)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", True, True, False)),
        ("smtp://localhost", ("localhost", 25, None, None, False, False, True)),
        ("smtp://u:p@127.0.0.1:1025", ("127.0.0.1", 1025, "u", "p", False, False, True)),
        ("smtp://[::1]:25", ("::1", 25, None, None, False, False, True)),
    ],
)
def test_an_address_says_where_and_how(url: str, expected: tuple[Any, ...]) -> None:
    found = server_of(url)
    told = (found.host, found.port, found.user, found.password, found.from_start, found.is_required, found.is_plain)
    assert told == expected
    assert repr(found) == f"Server({found.host!r}, {found.port})"


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://a/b", "smtp://a?tls=maybe"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        server_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://u:s3cret#1@mail.example",
        "smtp://u:s3cret?1@mail.example",
        "smtp://u:s3cret/1@mail.example",
        "smtp://u:s3cret[@mail.example",
        "smtp://u:s3cret\u2100@mail.example",
        "smtp://u:s3cret@mail.example:99999",
        "smtp://u:s3cret@mail.example:0",
    ],
)
def test_a_password_that_breaks_the_address_is_not_told(url: str) -> None:
    with pytest.raises(SettingError, match="CARNET_SMTP_URL: expected smtp://") as refusal:
        settings.read({"CARNET_SMTP_URL": url})
    assert "s3cret" not in "".join(traceback.format_exception(refusal.value))


def _locked(password: bytes) -> dict[str, Any]:
    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=isinstance(data, LoginPassword) and data.password == password, handled=False)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": False}


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_opens_the_server(new_house: Callable[..., House]) -> None:
    office = Office()
    with opened(office, **_locked(b"open sesame")):
        url = office.url.replace("://", "://carnet:open%20sesame@")
        house = new_house(smtp_url=Secret(url))
        assert send(house.alice, ines(house.alice)).json()["status"] == "sent"


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_keeps_the_mail_and_tells_nobody(
    new_house: Callable[..., House], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    office = Office()
    with opened(office, **_locked(b"open sesame")):
        house = new_house(smtp_url=Secret(office.url.replace("://", "://carnet:wrong-word@")))
        answer = send(house.alice, ines(house.alice))
        assert answer.json()["status"] == "queued"
    (mail,) = mails(house)
    assert mail.answer is not None
    assert mail.answer.startswith("535")
    for told in (mail.answer, caplog.text, "".join(capfd.readouterr()), answer.text):
        assert "wrong-word" not in told


def test_a_password_never_crosses_a_network_in_clear(new_house: Callable[..., House], office: Office) -> None:
    """This server offers no TLS; were it another machine, nothing would be said to it."""
    house = new_house(smtp_url=Secret(office.url.replace("://", "://carnet:secret@").replace("127.0.0.1", "localhost")))
    server = house.app.postman.server
    assert server is not None
    house.app.postman.server = dataclasses.replace(server, host="127.0.0.1", is_required=True, is_plain=False)
    assert send(house.alice, ines(house.alice)).json()["status"] == "queued"
    assert office.had == []


def test_a_server_that_takes_its_time_is_not_waited_for(posting: House, office: Office) -> None:
    held = threading.Semaphore(0)
    office.on_text = held.acquire
    posting.app.postman.patience = 0.05
    contact = ines(posting.alice)
    path = f"/api/contacts/{contact.id}/emails/send"
    headers = {"authorization": f"Bearer {posting.alice.token.bearer}"}

    async def both() -> tuple[str, State]:
        answer = await posting._send("POST", path, json={"emailData": EMAIL}, headers=headers)
        (mail,) = await posting.store.read(outbox.unfinished)
        held.release()
        await posting.app.postman.rest(20)
        return answer.json()["status"], mail.state

    told, state = posting.runner.run(both())
    assert told == "queued"
    assert state in {State.SENDING, State.HANDING}
    assert mails(posting) == []
    assert len(office.taken) == 1


def test_the_jobs_send_what_is_due_and_end(posting: House, office: Office) -> None:
    office.texts = ["451 Later"]
    send(posting.alice, ines(posting.alice))
    later(posting, minutes=1)

    async def live() -> None:
        delivered = asyncio.Event()
        loop = asyncio.get_running_loop()
        office.on_text = lambda: loop.call_soon_threadsafe(delivered.set)
        posting.app.jobs.start()
        await asyncio.wait_for(delivered.wait(), 20)
        await posting.app.jobs.stop()

    posting.runner.run(live())
    assert mails(posting) == []
    assert len(office.taken) == 1
