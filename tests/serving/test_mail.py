"""Mail of a running `carnet serve`, whose process is killed at the worst moments."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

from tests.mail.conftest import Office, office, opened
from tests.serving.conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.serving.conftest import Server

__all__ = ["office"]
EMAIL = {"to": ["ines@halden.example"], "subject": "Samples", "body": "Here they are."}
_PATIENCE = 20.0


def send(server: Server) -> tuple[int, object]:
    _, contact = server.request("POST", "/api/contacts", {"name": "Inès", "emails": ["ines@halden.example"]})
    return server.request("POST", f"/api/contacts/{contact['id']}/emails/send", {"emailData": EMAIL})


def outbox(server: Server, *arguments: str) -> str:
    done = run("outbox", *arguments, *server.place)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_mail_that_was_taken_in_before_a_kill_leaves_once(
    new_server: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("CARNET_SMTP_URL", f"smtp://127.0.0.1:{port}")
        server = new_server()
        sending = threading.Thread(target=lambda: suppressed(lambda: send(server)))
        sending.start()
        caller, _ = silent.accept()  # the mail is committed, and the server waits for a greeting
        server.end(signal.SIGKILL)
        caller.close()
        sending.join(_PATIENCE)
    office = Office()
    delivered = threading.Event()
    office.on_text = delivered.set
    with opened(office, port):
        server.start()
        assert delivered.wait(_PATIENCE)
        assert server.end() == 0
        assert outbox(server, "list") == "Every mail has left.\n"
        assert len(office.taken) == 1


def test_a_kill_while_the_text_is_given_leaves_the_mail_uncertain(
    new_server: Callable[..., Server], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNET_SMTP_URL", str(office.url))
    server = new_server()
    office.on_text = server.process.kill
    suppressed(lambda: send(server))
    server.process.wait(_PATIENCE)
    office.on_text = None
    server.start()
    told = ""
    while "uncertain" not in told:
        told = outbox(server, "list")
    assert "ines@halden.example: Samples" in told
    assert len(office.had) == 1
    mail_id = re.match(r"[0-9a-f-]{36}", told)
    assert mail_id is not None
    delivered = threading.Event()
    office.on_text = delivered.set
    assert "tried again" in outbox(server, "retry", mail_id[0])
    assert delivered.wait(_PATIENCE)
    assert server.end() == 0
    assert outbox(server, "list") == "Every mail has left.\n"
    assert len({message["Message-ID"] for message in office.messages}) == 1


def test_a_mail_that_is_given_up_is_not_sent(new_server: Callable[..., Server]) -> None:
    server = new_server()
    status, told = send(server)
    assert (status, json.loads(json.dumps(told))["status"]) == (200, "queued")
    mail_id = outbox(server, "list")[:36]
    assert "won't be sent" in outbox(server, "drop", mail_id)
    assert outbox(server, "list") == "Every mail has left.\n"
    refused = run("outbox", "drop", "nothing", *server.place)
    assert (refused.returncode, refused.stderr) == (1, "carnet: there is no mail nothing\n")


def suppressed(work: Callable[[], object]) -> None:
    with suppress(OSError, HTTPException):
        work()
