"""E-mails to a contact that are ready to be asked something of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Person

EMAIL = {"to": ["ines@halden.example"], "subject": "Samples", "body": "Here they are."}
BODIES: dict[str, Any] = {
    "prepareEmail": {"message": "Thank her for the visit"},
    "refineEmail": {"instruction": "shorter", "currentEmail": EMAIL},
    "sendEmail": {"emailData": EMAIL},
    "takeBackEmail": {},
    "getEmailFile": None,
}
"""What each operation is sent; to take back is said what, too."""


def queued(person: Person, contact_id: str) -> str:
    """The session of a mail that waits for a server."""
    answer = person.post(f"/api/contacts/{contact_id}/emails/send", BODIES["sendEmail"])
    assert answer.status_code == 200, answer.text
    return str(answer.json()["sessionId"])


def latest_event(person: Person) -> str:
    """The id of the last event of the person's workspace."""
    found: str = person.get("/api/events?limit=1000").json()["items"][-1]["id"]
    return found
