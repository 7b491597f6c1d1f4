"""How tests ask: one message of JSON-RPC, or one tool."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from carnet.core import tokens, workspaces

if TYPE_CHECKING:
    import httpx

    from carnet.core.tokens import NewToken
    from tests.conftest import Person

HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


def asked(person: Person, method: str, params: Any = None, **options: Any) -> httpx.Response:
    """The answer to a request."""
    message = {"jsonrpc": "2.0", "id": 7, "method": method} | ({"params": params} if params is not None else {})
    return person.post(options.pop("path", "/mcp"), message, **options)


def result(person: Person, method: str, params: Any = None, **options: Any) -> dict[str, Any]:
    """What a request gives, which must be no error."""
    answer = asked(person, method, params, **options)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["jsonrpc"], answer.json()["id"]) == ("2.0", 7)
    found: dict[str, Any] = answer.json()["result"]
    return found


def error(person: Person, method: str, params: Any = None, **options: Any) -> tuple[int, str]:
    """The code and the words with which a request was refused, in an answer of HTTP that is none."""
    answer = asked(person, method, params, **options)
    assert (answer.status_code, answer.json()["id"]) == (200, 7), answer.text
    return answer.json()["error"]["code"], answer.json()["error"]["message"]


def used(person: Person, tool: str, options: Any = None, /, **arguments: Any) -> dict[str, Any]:
    """What a tool gives, which it says twice."""
    told = result(person, "tools/call", {"name": tool, "arguments": arguments}, **(options or {}))
    assert told["isError"] is False, told
    (content,) = told["content"]
    assert content["type"] == "text"
    assert json.loads(content["text"]) == told["structuredContent"]
    found: dict[str, Any] = told["structuredContent"]
    return found


def refused(person: Person, tool: str, options: Any = None, /, **arguments: Any) -> str:
    """The sentence with which a tool refuses."""
    told = result(person, "tools/call", {"name": tool, "arguments": arguments}, **(options or {}))
    assert told["isError"] is True, told
    assert "structuredContent" not in told
    (content,) = told["content"]
    sentence: str = content["text"]
    return sentence


def token(person: Person, *scopes: str, reach: Any = None) -> NewToken:
    """Another token of the person, with these scopes."""
    now = datetime.now(UTC)
    made: NewToken = person.house.store.write_now(
        workspaces.ALL, tokens.create, person.user, reach or [person.house.main], name="x", scopes=scopes, now=now
    )
    return made


def with_scopes(person: Person, *scopes: str) -> dict[str, Any]:
    """Options of a request that is made with such a token."""
    return {"headers": {"authorization": f"Bearer {token(person, *scopes).bearer}"}}
