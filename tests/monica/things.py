"""How tests speak to `/monica/api`, and the records that they make there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from carnet.dialects.monica.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from carnet.http.operations import Operation
    from tests.conftest import Person

API = "/monica/api"
HOST = "http://carnet.example"
NOT_FOUND = (404, "The resource has not been found", 31)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
NEEDED: dict[str, dict[str, Any]] = {
    "/contacts": {
        "first_name": "Jim",
        "last_name": "Helpert",
        "is_birthdate_known": False,
        "is_deceased": False,
        "is_deceased_date_known": False,
    },
    "/tasks": {"title": "Bring back the table"},
    "/tags": {"name": "friend"},
    "/genders": {"name": "Agender", "type": "N"},
    "/notes": {"body": "They like tea."},
    "/reminders": {
        "title": "Wish a happy birthday",
        "initial_date": "2026-03-01",
        "frequency_type": "year",
        "frequency_number": 1,
    },
    "/calls": {"called_at": "2026-02-03"},
    "/activities": {"summary": "Went for a walk", "happened_at": "2026-02-03"},
    "/activitytypes": {"name": "Sailed", "activity_type_category_id": 1},
    "/activitytypecategories": {"name": "At sea"},
    "/companies": {"name": "Halden Ateliers"},
    "/journal": {"title": "A day", "post": "It rained."},
}
"""The smallest body that makes a record; those of `HANGING` want a contact besides."""
HANGING = {"/notes": "contact_id", "/reminders": "contact_id", "/calls": "contact_id", "/activities": "contacts"}
ALSO: dict[str, Any] = {"/tasks": {"completed": False}, "/tags": {"name": "renamed"}}
"""What an update needs, or needs otherwise than a creation does."""
ACTIONS: dict[str, Any] = {
    "setWorkOfContact": {"job": "Carpenter"},
    "patchWorkOfContact": {"job": "Carpenter"},
    "setTagsOfContact": {"tags": ["friend"]},
    "unsetTagOfContact": {"tags": [1]},
    "unsetTagsOfContact": {},
}
"""A sound body of each change that is no update of the whole."""
MAKING = {operation.path: operation.status for operation in OPERATIONS if operation.about.kind == "create"}
"""Where records are made, and the status of the answer."""


def path_of(operation: Operation, number: str = "") -> str:
    """The path of an operation from its mount on, about the record of a number, or the first of a furnished house."""
    return operation.path.replace("{id}", number or first(operation.path)).replace("{month}", "0")


def first(path: str) -> str:
    """The number of the first record of a kind in a furnished house: people and companies share their numbers."""
    return "2" if path.startswith("/companies") else "1"


def call(person: Person, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
    """Send a request, with a JSON body where one is given."""
    return person.request(method, API + path, **({"json": body} if body is not None else {}), **options)


def data(answer: httpx.Response, status: int = 200) -> Any:
    """The record of an answer."""
    assert answer.status_code == status, answer.text
    found = answer.json()
    assert found.keys() == {"data"}
    return found["data"]


def made(person: Person, path: str, **fields: Any) -> dict[str, Any]:
    """A new record; what it needs and wasn't given is made up."""
    body = needed(person, path, **fields)
    record: dict[str, Any] = data(call(person, "POST", path, body), MAKING[path])
    return record


def sound(person: Person, operation: Operation, **fields: Any) -> dict[str, Any] | None:
    """A body that an operation takes, about the first record of a kind; None where it takes none."""
    if operation.name in ACTIONS:
        return {**ACTIONS[operation.name], **fields}
    if operation.about.kind == "create":
        return needed(person, "/tasks" if operation.path == "/task" else operation.path, **fields)
    if operation.about.kind != "change":
        return None
    path = operation.path.partition("/{id}")[0]
    link = HANGING.get(path)
    own = {link: [1] if link == "contacts" else 1} if link else {}
    return {**NEEDED[path], **ALSO.get(path, {}), **own, **fields}


def furnished(person: Person) -> None:
    """Make a record of every kind, the first of which has the number 1."""
    contact = made(person, "/contacts", email="jim@helpert.example", gender_id=1)["id"]
    data(call(person, "POST", f"/contacts/{contact}/setTags", {"tags": ["neighbour"]}))
    made(person, "/tasks", contact_id=contact, completed=1)
    made(person, "/notes", contact_id=contact, is_favorited=True)
    for path in sorted(NEEDED.keys() - {"/contacts", "/tasks", "/tags", "/notes"}):
        link = HANGING.get(path)
        made(person, path, **({link: [contact] if link == "contacts" else contact} if link else {}))


def needed(person: Person, path: str, **fields: Any) -> dict[str, Any]:
    """The smallest body that makes a record with these fields."""
    body = {**NEEDED[path], **fields}
    link = HANGING.get(path)
    if link is not None and link not in body:
        contact = made(person, "/contacts")["id"]
        body[link] = [contact] if link == "contacts" else contact
    return body


def shown(person: Person, path: str) -> dict[str, Any]:
    """A record, read."""
    record: dict[str, Any] = data(call(person, "GET", path))
    return record


def put(person: Person, path: str, **fields: Any) -> Any:
    """A record after a PUT that must succeed."""
    return data(call(person, "PUT", path, fields))


def listed(person: Person, path: str) -> dict[str, Any]:
    """A page of a list."""
    answer = call(person, "GET", path)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    assert page.keys() == {"data", "links", "meta"}
    return page


def each(person: Person, path: str, field: str = "id") -> list[Any]:
    """One field of each member of a list that fits on a page."""
    page = listed(person, path)
    assert page["meta"]["total"] == len(page["data"])
    return [member[field] for member in page["data"]]


def refusal(answer: httpx.Response) -> tuple[int, Any, int]:
    """Status, message and code of an error of the API."""
    error = answer.json()
    assert error.keys() == {"error"}, answer.text
    assert error["error"].keys() == {"message", "error_code"}
    return answer.status_code, error["error"]["message"], error["error"]["error_code"]


def invalid(answer: httpx.Response) -> list[str]:
    """The sentences of a 422."""
    status, sentences, code = refusal(answer)
    assert (status, code) == (422, 32), answer.text
    assert isinstance(sentences, list)
    return sentences


def plain(answer: httpx.Response) -> tuple[int, str]:
    """Status and message of an error of the framework."""
    error = answer.json()
    assert error.keys() == {"message"}, answer.text
    return answer.status_code, error["message"]


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside an answer."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(inner)
