"""What an assistant can do with contacts, and with the pipeline that they move through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core.contacts import Status
from carnet.mcp.arguments import Argument, Id, Words, limit, pages, paging
from carnet.mcp.tools import Given, Tool

if TYPE_CHECKING:
    from carnet.mcp.api import Api

_CONTACTS = "/api/contacts"
_TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_ID = Id("id", _CONTACTS, "The contact", required=True)
_NAME = "The person's full name."
_OTHER_FIELDS = (
    Argument("emails", "E-mail addresses, the primary one first. Replaces all of them.", **_TEXTS),
    Argument("phones", "Phone numbers, the primary one first. Replaces all of them.", **_TEXTS),
    Argument("company", "A company's name; it is found, or made."),
    Argument("position", "What the person does there."),
    Argument("address", "A postal address, in one text."),
    Argument("website", "A web address."),
    Argument("linkedinUrl", "The address of a LinkedIn profile."),
    Argument("additionalInfo", "Notes about the person."),
    Argument("meetingContext", "Where and how you met."),
)
_MORE_FIELDS = (
    Argument("companyId", "The company by its uuid; beats `company`."),
    Argument("status", "How far it has come.", enum=[str(status) for status in Status]),
    Argument("pipelineState", "The state of the pipeline: its uuid or IRI."),
    Argument("tags", "Tags, by uuid or IRI. Replaces all of them.", **_TEXTS),
    Argument("owner", "The user who looks after it: uuid or IRI."),
    Argument("isLead", "Whether it is a lead.", type="boolean"),
    Argument("doNotEmail", "Whether it wants no e-mail.", type="boolean"),
)
_OVERRIDES = Argument(
    "overrides",
    "Fields of the contact that replace what was found in the text; null removes one.",
    type="object",
    properties={field.name: field.schema for field in (Argument("name", _NAME), *_OTHER_FIELDS)},
)


def _nullable(fields: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """The same fields, each of which may be cleared."""
    return tuple(
        Argument(field.name, field.schema["description"], **{**field.schema, "type": [field.schema["type"], "null"]})
        for field in fields
    )


async def _list(api: Api, given: Given) -> dict[str, Any]:
    return await api.list("/contacts", paging(given.own))


async def _search(api: Api, given: Given) -> dict[str, Any]:
    return await api.list("/contacts", [("q", given["query"]), *paging(given.own)])


async def _get(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("GET", f"/contacts/{given['id']}")


async def _create(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("POST", "/contacts", body=given.body)


async def _prepare(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("POST", "/contacts/prepare", body=given.body)


async def _confirm(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("POST", "/contacts/confirm", body=given.body)


async def _update(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("PATCH", f"/contacts/{given['id']}", body=given.body)


async def _extend(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("POST", f"/contacts/{given['id']}/extend", body=given.body)


async def _move(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("PATCH", f"/contacts/{given['id']}/pipeline-state", body=given.body)


async def _states(api: Api, given: Given) -> dict[str, Any]:  # noqa: ARG001 - it takes no arguments
    return await api.whole("/pipeline_states")


TOOLS = (
    Tool(
        name="contact_list",
        title="List contacts",
        about="Lists the contacts, newest first, with the total of all of them.",
        arguments=pages(),
        work=_list,
        noun="page",
    ),
    Tool(
        name="contact_search",
        title="Find contacts",
        about="Finds contacts by name, company, e-mail address or phone number, or by parts of these; accents and case "
        "don't matter, and every word must be found.",
        arguments=(Words("query", "What to look for.", required=True), limit()),
        work=_search,
        noun="page",
    ),
    Tool(
        name="contact_get",
        title="Read a contact",
        about="Reads one contact, with the uuid of its company as `companyId`.",
        arguments=(_ID,),
        work=_get,
        noun="contact",
    ),
    Tool(
        name="contact_create",
        title="Create a contact",
        about="Creates a contact. Ask the user first: show them what you are about to save, and search for the person "
        "before, since duplicates are allowed. For a pasted signature or vCard use contact_create_prepare.",
        arguments=(Argument("name", _NAME, required=True), *_OTHER_FIELDS),
        work=_create,
        noun="contact",
        writes=True,
    ),
    Tool(
        name="contact_create_prepare",
        title="Read a contact out of a text",
        about="Reads a contact out of a pasted text: a signature, a letter, a web page or a vCard. Creates nothing "
        "yet: show the user the summary, the duplicates and the warnings, and ask the user before you confirm with the "
        "confirmationToken, which works once and for 30 minutes.",
        arguments=(Argument("text", "The text as it was pasted.", required=True), _OVERRIDES),
        work=_prepare,
        noun="contact",
        writes=True,
    ),
    Tool(
        name="contact_create_confirm",
        title="Create the contact that was read",
        about="Creates the contact that contact_create_prepare has read. Ask the user first: it must be what they saw "
        "and agreed to.",
        arguments=(
            Argument("confirmationToken", "The token that contact_create_prepare gave.", required=True),
            _OVERRIDES,
        ),
        work=_confirm,
        noun="contact",
        writes=True,
    ),
    Tool(
        name="contact_update",
        title="Change a contact",
        about="Changes the fields that are named of a contact, and no others; null clears one, and lists are replaced "
        "whole. Ask the user first, and show them what changes. To add a remark use contact_extend.",
        arguments=(_ID, Argument("name", _NAME), *_nullable((*_OTHER_FIELDS, *_MORE_FIELDS))),
        work=_update,
        noun="contact",
        writes=True,
        destroys=True,
        repeats_well=True,
    ),
    Tool(
        name="contact_extend",
        title="Add a remark to a contact",
        about="Appends a text to what is noted about a contact, on a line of its own; nothing is replaced. Ask the "
        "user first.",
        arguments=(
            _ID,
            Argument("text", "What to add.", required=True),
            Argument(
                "field",
                "Which text it is added to.",
                enum=["additionalInfo", "meetingContext"],
                default="additionalInfo",
            ),
        ),
        work=_extend,
        noun="contact",
        writes=True,
    ),
    Tool(
        name="contact_update_pipeline_state",
        title="Move a contact in the pipeline",
        about="Puts a contact into a state of the pipeline (see pipeline_states_list), or out of the pipeline where "
        "stateId is null or left out. Ask the user first.",
        arguments=(
            _ID,
            Argument("stateId", "The state: its uuid or IRI; null takes the contact out.", type=["string", "null"]),
        ),
        work=_move,
        noun="contact",
        writes=True,
        destroys=True,
        repeats_well=True,
    ),
)
STATES = (
    Tool(
        name="pipeline_states_list",
        title="List the pipeline's states",
        about="Lists every state of every pipeline, in order.",
        arguments=(),
        work=_states,
        noun="pipeline",
    ),
)
