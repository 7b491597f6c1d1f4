"""What an assistant can do with e-mails to a contact: draft one, shape it, and send it once the user has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.mcp.arguments import Argument, Id
from carnet.mcp.tools import Given, Tool

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from carnet.mcp.api import Api

_ADDRESSES: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_EMAIL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "to": _ADDRESSES,
        "cc": _ADDRESSES,
        "bcc": _ADDRESSES,
        "subject": {"type": "string"},
        "body": {"type": "string", "description": "Plain text."},
    },
}
_CONTACT = Id("contactId", "/api/contacts", "The contact to write to", required=True)
_SESSION = Argument("sessionId", "The draft to go on with, as an earlier answer named it.")
_CURRENT = Argument("currentEmail", "The e-mail as the user has it now; what is missing is kept.", **_EMAIL)
_NOUN = "contact or e-mail session"


def _asks(action: str) -> Callable[[Api, Given], Awaitable[dict[str, Any]]]:
    async def work(api: Api, given: Given) -> dict[str, Any]:
        return await api.ask("POST", f"/contacts/{given['contactId']}/emails/{action}", body=given.body)

    return work


TOOLS = (
    Tool(
        name="email_prepare",
        title="Draft an e-mail",
        about="Drafts an e-mail to a contact from an instruction in French or English. Nothing is sent: show the user "
        "the draft, and ask the user what to change (email_refine) and whether to send it (email_send).",
        arguments=(_CONTACT, Argument("message", "What the e-mail should say.", required=True), _SESSION, _CURRENT),
        work=_asks("prepare"),
        noun=_NOUN,
        writes=True,
    ),
    Tool(
        name="email_refine",
        title="Change a draft",
        about="Changes a draft as an instruction says, such as «shorter» or «undo». Needs the sessionId of "
        "email_prepare, or currentEmail. Nothing is sent: show the user the draft, and ask the user again.",
        arguments=(_CONTACT, Argument("instruction", "What to change.", required=True), _SESSION, _CURRENT),
        work=_asks("refine"),
        noun=_NOUN,
        writes=True,
    ),
    Tool(
        name="email_send",
        title="Send an e-mail",
        about="Sends a draft, or the e-mail that is given. It leaves for good: ask the user first, having shown them "
        "the recipients, the subject and the text in full. The status is `sent` only where the mail server took it; "
        "`queued` means that it waits, `uncertain` that nobody can know.",
        arguments=(
            _CONTACT,
            _SESSION,
            Argument("emailData", "What replaces the draft's, key by key.", **_EMAIL),
        ),
        work=_asks("send"),
        noun=_NOUN,
        writes=True,
        destroys=True,
        leaves_the_house=True,
    ),
)
