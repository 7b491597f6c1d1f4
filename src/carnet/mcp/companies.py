"""What an assistant can do with companies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.mcp.arguments import Argument, Id, pages, paging
from carnet.mcp.tools import Given, Tool

if TYPE_CHECKING:
    from carnet.mcp.api import Api

_ID = Id("id", "/api/companies", "The company", required=True)
_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_TEXTS: dict[str, Any] = {"type": ["array", "null"], "items": {"type": "string"}}


async def _list(api: Api, given: Given) -> dict[str, Any]:
    return await api.list("/companies", paging(given.own))


async def _get(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("GET", f"/companies/{given['id']}")


async def _update(api: Api, given: Given) -> dict[str, Any]:
    return await api.ask("PATCH", f"/companies/{given['id']}", body=given.body)


TOOLS = (
    Tool(
        name="company_list",
        title="List companies",
        about="Lists the companies, newest first, with the total of all of them.",
        arguments=pages(),
        work=_list,
        noun="page",
    ),
    Tool(
        name="company_get",
        title="Read a company",
        about="Reads one company, with the number of its contacts.",
        arguments=(_ID,),
        work=_get,
        noun="company",
    ),
    Tool(
        name="company_update",
        title="Change a company",
        about="Changes the fields that are named of a company, and no others; null clears one, and lists are replaced "
        "whole. Ask the user first, and show them what changes.",
        arguments=(
            _ID,
            Argument("name", "The company's name."),
            Argument("website", "A web address.", **_TEXT),
            Argument("linkedinUrl", "The address of a LinkedIn page.", **_TEXT),
            Argument("industry", "What the company does.", **_TEXT),
            Argument("size", "How large it is, in words or numbers.", **_TEXT),
            Argument("address", "A postal address, in one text.", **_TEXT),
            Argument("description", "Notes about the company.", **_TEXT),
            Argument("emails", "E-mail addresses, the primary one first.", **_TEXTS),
            Argument("phones", "Phone numbers, the primary one first.", **_TEXTS),
        ),
        work=_update,
        noun="company",
        writes=True,
        destroys=True,
        repeats_well=True,
    ),
)
