"""Records that tests make through `/api`, and how its lists are read."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Person

NOTHING = "0195c3a0-7d1c-7a90-8b1e-0d4f2f1e8a11"
"""The id of nothing."""
DUE = "2026-02-10T13:30:00+00:00"


def made(person: Person, collection: str, **fields: Any) -> dict[str, Any]:
    """A new record of a collection, such as `contacts`; what it needs and wasn't given is made up."""
    answer = person.post(f"/api/{collection}", {**needed(person, collection, fields), **fields})
    assert answer.status_code == 201, answer.text
    record: dict[str, Any] = answer.json()
    record.pop("secret", None)  # a webhook's, which is shown once
    return record


def needed(person: Person, collection: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """The smallest body that makes a record of a collection."""
    body: dict[str, Any] = dict(_SMALLEST[collection])
    if collection in {"contact_tasks", "notes"} and not {"contact", "company", "deal"} & (given or {}).keys():
        body["contact"] = made(person, "contacts")["@id"]
    return another(collection, body)


def another(collection: str, body: dict[str, Any]) -> dict[str, Any]:
    """A body like that, for one more record: no two tags share a name."""
    return {**body, "name": f"supplier {next(_tags)}"} if collection == "tags" else body


_tags = itertools.count()
_SMALLEST: dict[str, dict[str, Any]] = {
    "contacts": {"name": "Inès Aubry"},
    "companies": {"name": "Halden Ateliers"},
    "pipelines": {"name": "Partners"},
    "pipeline_states": {"name": "First talk"},
    "contact_tasks": {"title": "Send the samples", "dueDate": DUE},
    "deals": {"title": "Autumn fabrics"},
    "notes": {"text": "Prefers linen."},
    "tags": {},
    "webhooks": {"url": "https://hooks.example/carnet"},
}
WRITABLE = tuple(_SMALLEST)
"""The collections that can be written to."""
IN_BULK = tuple(name for name in WRITABLE if name != "webhooks")
"""Those that can be written to in bulk: the secrets of many webhooks are shown to nobody."""


def listed(person: Person, path: str, **options: Any) -> dict[str, Any]:
    """A collection, read."""
    answer = person.get(path, **options)
    assert answer.status_code == 200, answer.text
    collection: dict[str, Any] = answer.json()
    return collection


def names(person: Person, path: str, field: str = "name") -> list[Any]:
    """One field of each member of a collection, whose total is theirs."""
    collection = listed(person, path)
    members = collection["hydra:member"]
    assert collection["hydra:totalItems"] == len(members)
    return [member[field] for member in members]


def first_state(person: Person) -> dict[str, Any]:
    """The first state of the person's default pipeline."""
    state: dict[str, Any] = listed(person, "/api/pipeline_states")["hydra:member"][0]
    return state
