"""The requests that are sent. They are made from what the notebook holds, as its own API tells it, so all succeed."""

from __future__ import annotations

import json
import random
import re
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_TASKS, _CONTACTS = "/api/contact_tasks", "/api/contacts"
_PAGE = 30
_SAMPLE_PAGES = 10
_VARIETY = 500
_WORD = re.compile(r"\w{4,}")

LIST, GET, CREATE = "list", "get", "create"
SEARCH_TASKS, SEARCH_CONTACTS, DEEP = "search tasks", "search contacts", "deep page"
KINDS = (LIST, GET, CREATE, SEARCH_TASKS, SEARCH_CONTACTS, DEEP)


class Traffic(msgspec.Struct, frozen=True):
    """The requests of each kind for one notebook, ready for the wire."""

    token: str
    requests: dict[str, list[bytes]]
    deep_page: int
    total: int


def learn(port: int, token: str) -> Traffic:
    """Look around in a notebook and prepare requests. The same notebook gives the same ones."""
    dice = random.Random(4)
    first = ask(port, token, _TASKS)
    total = first["hydra:totalItems"]
    tasks = _sample(port, token, _TASKS, total, dice)
    contacts = _sample(port, token, _CONTACTS, ask(port, token, _CONTACTS)["hydra:totalItems"], dice)
    deep_page = min(3000, total // 30)

    def get(path: str) -> bytes:
        return _request("GET", path, token)

    requests = {
        LIST: [get(_TASKS)],
        GET: [get(task["@id"]) for task in tasks[:_VARIETY]],
        CREATE: [
            _create(task, contact, at, token) for at, (task, contact) in enumerate(zip(tasks, contacts, strict=False))
        ],
        SEARCH_TASKS: [get(_search(_TASKS, words)) for words in _words(tasks, "title", dice)],
        SEARCH_CONTACTS: [get(_search(_CONTACTS, words)) for words in _words(contacts, "name", dice)],
        DEEP: [get(f"{_TASKS}?page={deep_page}")],
    }
    return Traffic(token, requests, deep_page, total)


def in_other_tongues(token: str) -> dict[str, list[bytes]]:
    """The list of as many tasks as Carnet's own API gives, asked for in each of the other two."""
    access_key, _, secret_key = token.partition(".")
    by_key = ("x-ysuite-access-key: " + access_key, "x-ysuite-secret-key: " + secret_key)
    bearer = (f"authorization: Bearer {token}",)
    return {
        "Monica": [_get(f"/monica/api/tasks?limit={_PAGE}", bearer)],
        "YSUITE": [_get(f"/v1/tasks?pageSize={_PAGE}", by_key)],
    }


def _get(path: str, credential: tuple[str, ...]) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "host: 127.0.0.1", *credential, "", ""]).encode()


def ask(port: int, token: str, path: str) -> Any:  # noqa: ANN401 - any JSON
    """One answer, read."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}", "Accept": "application/ld+json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        return json.loads(body)
    finally:
        connection.close()


def _sample(port: int, token: str, path: str, total: int, dice: random.Random) -> list[dict[str, Any]]:
    """Records from all over a collection."""
    pages = max(1, total // 100)
    chosen = dice.sample(range(1, pages + 1), min(pages, _SAMPLE_PAGES))
    found = [
        item for page in chosen for item in ask(port, token, f"{path}?itemsPerPage=100&page={page}")["hydra:member"]
    ]
    dice.shuffle(found)
    return found


def _words(records: Iterable[dict[str, Any]], field: str, dice: random.Random) -> list[str]:
    """Pairs of words, each pair from one record, as somebody who looks for it would type them."""
    pairs = []
    for record in records:
        words = _WORD.findall(record[field])
        if len(words) > 1:
            pairs.append(" ".join(dice.sample(words, 2)))
    return pairs[:_VARIETY]


def _search(path: str, words: str) -> str:
    return f"{path}?{urlencode({'q': words})}"


def _create(task: dict[str, Any], contact: dict[str, Any], at: int, token: str) -> bytes:
    """A new task much like one that is there, for another contact and another day."""
    body = {
        "contact": contact["@id"],
        "title": task["title"],
        "type": task["type"],
        "dueDate": f"2031-{at % 12 + 1:02d}-{at % 28 + 1:02d}T{at % 24:02d}:30:00+01:00",
        "priority": task["priority"],
    }
    if "description" in task:
        body["description"] = task["description"]
    return _request("POST", _TASKS, token, json.dumps(body, ensure_ascii=False).encode())


def _request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    lines = [
        f"{method} {quote(path, safe='/?&=%+[]')} HTTP/1.1",
        "host: 127.0.0.1",
        f"authorization: Bearer {token}",
        "accept: application/ld+json",
    ]
    if body:
        lines += ["content-type: application/ld+json", f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
