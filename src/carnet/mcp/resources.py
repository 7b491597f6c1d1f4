"""What an assistant can read without calling a tool: a contact, and the tasks of today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carnet.core.identity import as_id
from carnet.mcp import tasks

if TYPE_CHECKING:
    from carnet.mcp.api import Api

_MEDIA = "application/json"
_CONTACT = "carnet://contacts/"
TODAY = "carnet://tasks/today"

RESOURCES: list[dict[str, Any]] = [
    {
        "uri": TODAY,
        "name": "tasks_today",
        "title": "Today's tasks",
        "description": "The tasks still to do that are due today or before, assigned to the token's user or to nobody, "
        "by due date.",
        "mimeType": _MEDIA,
    }
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "uriTemplate": f"{_CONTACT}{{id}}",
        "name": "contact",
        "title": "A contact",
        "description": "A contact, by its uuid.",
        "mimeType": _MEDIA,
    }
]


class NoSuchResourceError(Exception):
    """No resource has this URI."""


def of_contact(contact_id: str) -> str:
    """The URI of a contact."""
    return _CONTACT + contact_id


async def read(api: Api, uri: str) -> dict[str, Any]:
    """What a resource holds. Raises NoSuchResourceError, and RefusedError where `/api` refuses."""
    if uri == TODAY:
        return await tasks.of_today(api)
    contact_id = as_id(uri.removeprefix(_CONTACT)) if uri.startswith(_CONTACT) else None
    if contact_id is None:
        raise NoSuchResourceError
    return await api.ask("GET", f"/contacts/{contact_id}")
