"""Beginnings that a person can pick in an assistant, with what it needs to know already inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carnet.mcp import resources, tasks
from carnet.mcp.arguments import Argument, Id, Words
from carnet.mcp.tools import Given, read_arguments

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from carnet.mcp.api import Api


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """One beginning: what it is called, what it needs, the words, and the resource that goes with them."""

    name: str
    title: str
    about: str
    arguments: tuple[Argument, ...]
    write: Callable[[Api, Given], Awaitable[tuple[str, str]]]
    """Gives the words for the model, and the URI of what they are about."""

    def described(self) -> dict[str, Any]:
        """The prompt as `prompts/list` shows it."""
        arguments = [
            {"name": each.name, "description": each.schema["description"], "required": each.required}
            for each in self.arguments
        ]
        return {"name": self.name, "title": self.title, "description": self.about, "arguments": arguments}

    async def begin(self, api: Api, arguments: dict[str, str]) -> tuple[str, str]:
        """The words, and the URI of the resource. Raises SaidNoError."""
        return await self.write(api, read_arguments(self.arguments, arguments))


async def _day(api: Api, given: Given) -> tuple[str, str]:  # noqa: ARG001 - it needs none
    words = (
        f"Prepare my day. It is {tasks.today(api)}, and the resource beside this message holds my tasks that are due "
        "today or overdue. Look up the contacts that they are about (contact_get). Then tell me in what order to do "
        "them and why, overdue and urgent ones first and calls together, with one line on each person that I should "
        "know. Say what could wait. Change nothing unless I ask for it."
    )
    return words, resources.TODAY


async def _follow_up(_api: Api, given: Given) -> tuple[str, str]:
    about = f" It is about this: {given['about']}" if given["about"] else ""
    contact_id = given["contactId"]
    words = (
        f"Draft a follow-up e-mail to the contact in the resource beside this message (contactId {contact_id}).{about} "
        "See what I owe them first (task_list with their contactId). Then draft it with email_prepare, and show me the "
        "recipients, the subject and the text. Change it with email_refine until I am content, and send it with "
        "email_send only when I say so. At the end, ask whether a task should remind me of the answer."
    )
    return words, resources.of_contact(contact_id)


PROMPTS = (
    Prompt(
        name="prepare_my_day",
        title="Prepare my day",
        about="What to do today, in what order, and what to know about the people.",
        arguments=(),
        write=_day,
    ),
    Prompt(
        name="draft_follow_up",
        title="Draft a follow-up",
        about="An e-mail to a contact, drafted, shaped with you, and sent when you say so.",
        arguments=(
            Id("contactId", "/api/contacts", "The contact to write to", required=True),
            Words("about", "What it should be about."),
        ),
        write=_follow_up,
    ),
)
