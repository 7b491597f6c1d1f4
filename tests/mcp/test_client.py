"""The official Python client, as an assistant's program would use it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

from tests.hydra.things import first_state, made
from tests.mcp.test_tools import DUE, TABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from carnet.settings import Settings
    from tests.conftest import House, Person


def talk(
    person: Person, talking: Callable[[Client], Awaitable[None]], *, mode: str = "auto", path: str = "/mcp"
) -> None:
    """Have a client talk to the application, with the person's token."""

    async def meet() -> None:
        transport = httpx2.ASGITransport(person.house.app)
        headers = {"authorization": f"Bearer {person.token.bearer}"}
        async with (
            httpx2.AsyncClient(transport=transport, headers=headers) as http,
            Client(streamable_http_client(f"http://carnet.example{path}", http_client=http), mode=mode) as client,
        ):
            await talking(client)

    person.house.runner.run(meet())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("path", ["/mcp", "/_mcp"])
def test_it_meets_us_as_it_likes(anyone: Person, mode: str, path: str) -> None:
    """It asks `server/discover` first (auto), or begins with `initialize`."""

    async def talking(client: Client) -> None:
        assert client.server_info is not None
        assert client.server_info.name == "carnet"
        assert client.protocol_version == "2025-11-25"
        assert [tool.name for tool in (await client.list_tools()).tools] == list(TABLE)
        assert [str(each.uri) for each in (await client.list_resources()).resources] == ["carnet://tasks/today"]
        assert len((await client.list_prompts()).prompts) == 2

    talk(anyone, talking, mode=mode, path=path)


def test_it_calls_every_tool(anyone: Person) -> None:
    made(anyone, "contacts", name="Before")
    company = made(anyone, "companies")["@id"]
    state = first_state(anyone)["id"]
    called = []

    async def talking(client: Client) -> None:
        async def use(tool: str, **arguments: Any) -> dict[str, Any]:
            told = await client.call_tool(tool, arguments)
            assert told.is_error is False, told
            called.append(tool)
            assert told.structured_content == json.loads(told.content[0].text)  # type: ignore[union-attr]
            found: dict[str, Any] = told.structured_content
            return found

        assert (await use("contact_list", limit=1))["total"] == 1
        assert (await use("contact_search", query="before"))["total"] == 1
        prepared = await use("contact_create_prepare", text="Tomasz Król\ntomasz@brenn.example")
        tomasz = await use("contact_create_confirm", confirmationToken=prepared["confirmationToken"])
        assert tomasz["emails"] == ["tomasz@brenn.example"]
        contact = (await use("contact_create", name="Inès Aubry", emails=["ines@halden.example"]))["id"]
        assert (await use("contact_get", id=contact))["name"] == "Inès Aubry"
        assert (await use("contact_update", id=contact, position="Buyer"))["position"] == "Buyer"
        assert (await use("contact_extend", id=contact, text="Linen"))["additionalInfo"] == "Linen"
        moved = await use("contact_update_pipeline_state", id=contact, stateId=state)
        assert moved["pipelineState"]["id"] == state
        draft = await use("email_prepare", contactId=contact, message="Thank her for the visit")
        await use("email_refine", contactId=contact, instruction="Shorter", sessionId=draft["sessionId"])
        sent = await use("email_send", contactId=contact, sessionId=draft["sessionId"])
        assert sent["status"] == "queued"
        task = await use("task_create", title="Send the samples", dueDate=DUE, contactId=contact)
        assert (await use("task_get", id=task["id"])) == task
        assert (await use("task_list", mine=True))["total"] == 1
        assert (await use("task_complete", id=task["id"]))["completed"] is True
        assert (await use("pipeline_states_list"))["items"][0]["id"] == state
        assert (await use("company_list"))["total"] == 1
        assert (await use("company_get", id=company))["@id"] == company
        assert (await use("company_update", id=company, size="12"))["size"] == "12"
        assert sorted(called) == sorted(TABLE)

        refused = await client.call_tool("contact_get", {"id": "nonsense"})
        assert (refused.is_error, refused.structured_content) == (True, None)
        read = await client.read_resource(f"carnet://contacts/{contact}")
        assert json.loads(read.contents[0].text)["name"] == "Inès Aubry"  # type: ignore[union-attr]
        begun = await client.get_prompt("draft_follow_up", {"contactId": contact})
        assert len(begun.messages) == 2

    talk(anyone, talking)


_LATER = """
import asyncio, json, os, sys

SDK = ("mcp", "mcp_types", "pydantic", "httpx2", "cryptography")
loaded = lambda: [name for name in SDK if name in sys.modules]

from carnet.app import create_from_environment

app, answers = create_from_environment(), []
headers = [(b"authorization", b"Bearer " + os.environ["TOKEN"].encode())]
body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'


async def ask(path, method, body=b""):
    async def receive():
        return {"type": "http.request", "body": body}

    async def send(message):
        if message["type"] == "http.response.start":
            answers.append(message["status"])

    scope = {"type": "http", "scheme": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
    await app(scope, receive, send)


async def main():
    await ask("/api/contacts", "GET")
    await ask("/mcp", "GET")
    await ask("/mcp", "POST", b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
    before = loaded()
    await asyncio.gather(*(ask("/mcp", "POST", body) for _ in range(8)))
    print(json.dumps([answers, before, loaded()]))


asyncio.run(main())
"""


def test_the_sdk_is_loaded_by_the_first_request_that_needs_it(any_house: House) -> None:
    settings: Settings = any_house.settings
    alice = any_house.alice
    environment = {"CARNET_DATA": str(settings.data), "TOKEN": alice.token.bearer, "CARNET_LOG_LEVEL": "error"}
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LATER], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    answers, before, after = json.loads(told.stdout)
    assert answers == [200, 405, 202, *[200] * 8]
    assert before == []
    assert {"mcp", "mcp_types", "pydantic"} <= set(after)
