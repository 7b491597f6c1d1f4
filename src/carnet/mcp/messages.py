"""JSON-RPC 2.0 as MCP speaks it: one message in a body, one in the answer."""

from __future__ import annotations

from typing import Any

import msgspec

from carnet.core.errors import CarnetError
from carnet.http.messages import JSON, Answer

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
INTERNAL_ERROR = -32603
_encode = msgspec.json.Encoder().encode


class NotARequestError(CarnetError):
    """The body is JSON, but no message of JSON-RPC, or several of them."""


class Call(msgspec.Struct, frozen=True):
    """A request: what is asked, under an id that its answer bears."""

    id: str | int
    method: str
    params: dict[str, Any] | None


def read(document: object) -> Call | None:
    """The request that a document is; None for a notification or a response, which nothing answers.

    Raises NotARequestError. A batch is refused: MCP has had none since its revision 2025-06-18.
    """
    if isinstance(document, list):
        raise NotARequestError("Batches are not accepted: send one message.")
    if not isinstance(document, dict) or document.get("jsonrpc") != "2.0":
        raise NotARequestError('A message is one object with "jsonrpc": "2.0".')
    if "method" not in document:
        if "id" in document and document.keys() & {"result", "error"}:
            return None  # Carnet asks its clients nothing, so whatever this answers is of no use
        raise NotARequestError('A request has a "method".')
    method, params, call_id = document["method"], document.get("params"), document.get("id")
    if not isinstance(method, str) or not (params is None or isinstance(params, dict)):
        raise NotARequestError('"method" must be a string, and "params" an object.')
    if "id" not in document:
        return None
    if not isinstance(call_id, (str, int)) or isinstance(call_id, bool):
        raise NotARequestError('"id" must be a string or an integer.')
    return Call(call_id, method, params)


def result(call: Call, value: dict[str, Any]) -> Answer:
    """The answer that holds a result."""
    return Answer(200, _encode({"jsonrpc": "2.0", "id": call.id, "result": value}), media_type=JSON)


def error(call: Call | None, code: int, message: str, *, status: int = 200, data: object = None) -> Answer:
    """The answer that says what went wrong; without a call, where none could be read."""
    told = {"code": code, "message": message} | ({"data": data} if data is not None else {})
    body = {"jsonrpc": "2.0", "id": call.id if call is not None else None, "error": told}
    return Answer(status, _encode(body), media_type=JSON)
