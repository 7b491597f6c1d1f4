"""The limit that Carnet is measured against: the same answers from the same tables, with no framework at all.

What may be left out is left out: it knows one workspace's lists in one order, no filters, no negotiation, no entity
tags. What an honest program owes stays: the credential is looked up and compared for every request, the total is
exact, a create is checked, written with all its rows, and on disk before it is answered. The contacts of a page
aren't joined, since the answer names them by their ids, which the tasks hold.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from bench.asgi import respond, serve, start_and_stop
from bench.bare_writer import Writer, connect

if TYPE_CHECKING:
    from bench.asgi import Receive, Scope, Send
    from bench.bare_writer import Row

PAGE_SIZE = 30
_COLLECTION = "/api/contact_tasks"
_CREDENTIAL = """
    SELECT token.secret_hash, token.expires_at, token.scopes, token.id, token.user_id, reach.workspace_id
    FROM tokens token
    JOIN token_workspaces reach ON reach.token_id = token.id AND reach.position = 0
    JOIN memberships member ON member.workspace_id = reach.workspace_id AND member.user_id = token.user_id
    WHERE token.access_key = ? AND token.revoked_at IS NULL"""
_TOTAL = "SELECT tasks_kept FROM counters WHERE workspace_id = ?"
_TASKS = """
    SELECT '/api/contact_tasks/' || id, id, '/api/contacts/' || contact_id, '/api/deals/' || deal_id,
        '/api/companies/' || company_id, title, type, kind, payload, description, substr(due_at, 1, 19) || '+00:00',
        substr(completed_at, 1, 19) || '+00:00', status, priority, substr(starts_at, 1, 19) || '+00:00', all_day,
        '/api/users/' || assignee_id, substr(created_at, 1, 19) || '+00:00', substr(updated_at, 1, 19) || '+00:00'
    FROM tasks"""
_IN_ORDER = "ORDER BY due_at NULLS LAST, number"
_WITH_CONTACT = """,
        (SELECT name FROM contacts c WHERE c.workspace_id = tasks.workspace_id AND c.id = tasks.contact_id)
    FROM tasks"""
_JOINED = _TASKS.replace("\n    FROM tasks", _WITH_CONTACT)
_FIRST_PAGE = f"{_JOINED} WHERE workspace_id = ? {_IN_ORDER} LIMIT {PAGE_SIZE}"
_DEEP_PAGE = f"""{_TASKS} WHERE rowid IN
    (SELECT rowid FROM tasks WHERE workspace_id = ? {_IN_ORDER} LIMIT {PAGE_SIZE} OFFSET ?) {_IN_ORDER}"""
_TASK = f"{_TASKS} WHERE workspace_id = ? AND id = ?"
_NO_TAGS = msgspec.Raw(b"[]")
_encode = msgspec.json.Encoder().encode

Type = Literal["call", "email", "meeting", "follow_up", "proposal", "quote", "other"]
Status = Literal["open", "in_progress", "completed", "cancelled", "no_show"]
Priority = Literal["none", "low", "medium", "high", "urgent"]
Kind = Literal[
    "manual",
    "validate_linkedin_profile_change",
    "linkedin_recontact_wizard",
    "linkedin_new_relation_onboarding",
]


class TaskIn(msgspec.Struct, rename="camel", gc=False):
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    contact: Annotated[str, msgspec.Meta(min_length=50, max_length=50, pattern="^/api/contacts/")]
    due_date: datetime
    type: Type = "other"
    task_kind: Kind = "manual"
    description: Annotated[str, msgspec.Meta(max_length=65_535)] | None = None
    status: Status = "open"
    priority: Priority = "none"
    start_date: datetime | None = None
    all_day: bool = False


class TaskOut(msgspec.Struct, rename="camel", omit_defaults=True, gc=False):
    iri: str = msgspec.field(name="@id")
    at_type: str = msgspec.field(name="@type")
    id: str
    title: str
    type: str
    task_kind: str
    completed: bool
    status: str
    priority: str
    all_day: bool
    tags: msgspec.Raw
    created_at: str
    updated_at: str
    contact: str | None = None
    deal: str | None = None
    company: str | None = None
    payload: msgspec.Raw | None = None
    description: str | None = None
    due_date: str | None = None
    completed_at: str | None = None
    start_date: str | None = None
    assignee: str | None = None
    context: str | None = msgspec.field(name="@context", default=None)


class View(msgspec.Struct, omit_defaults=True, gc=False):
    iri: str = msgspec.field(name="@id")
    at_type: str = msgspec.field(name="@type")
    first: str = msgspec.field(name="hydra:first")
    last: str = msgspec.field(name="hydra:last")
    previous: str | None = msgspec.field(name="hydra:previous", default=None)
    next: str | None = msgspec.field(name="hydra:next", default=None)


class Collection(msgspec.Struct, gc=False):
    context: str = msgspec.field(name="@context")
    iri: str = msgspec.field(name="@id")
    at_type: str = msgspec.field(name="@type")
    total: int = msgspec.field(name="hydra:totalItems")
    member: list[TaskOut] = msgspec.field(name="hydra:member")
    view: View = msgspec.field(name="hydra:view")
    search: msgspec.Raw = msgspec.field(name="hydra:search")


class Actor(msgspec.Struct, gc=False):
    scopes: str
    token_id: str
    user_id: str
    workspace_id: int


_read_task = msgspec.json.Decoder(TaskIn).decode


class Bare:
    """The whole program."""

    def __init__(self, file: Path, search: bytes) -> None:
        self._execute: Any = connect(file).execute
        self._writer = Writer(file)
        self._search = msgspec.Raw(search)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await start_and_stop(receive, send, self._writer.stop)
            return
        actor = self._recognise(scope["headers"])
        path: str = scope["path"]
        if actor is None:
            await respond(send, 401, b"{}")
        elif path == _COLLECTION:
            if scope["method"] == "POST":
                await self._create(actor, receive, send)
            else:
                await respond(send, 200, self._list(actor, scope["query_string"]))
        elif path.startswith("/api/contact_tasks/"):
            found = self._get(actor, path[19:])
            await respond(send, 404 if found is None else 200, found or b"{}")
        else:
            await respond(send, 404, b"{}")

    def _recognise(self, headers: list[tuple[bytes, bytes]]) -> Actor | None:
        for name, value in headers:
            if name == b"authorization":
                access_key, _, secret_key = value[7:].decode("latin-1").partition(".")
                row = self._execute(_CREDENTIAL, (access_key,)).fetchone()
                if row is None or not compare_digest(row[0], sha256(secret_key.encode()).hexdigest()):
                    return None
                if row[1] is not None and datetime.fromisoformat(row[1]) <= datetime.now(UTC):
                    return None
                return Actor(*row[2:])
        return None

    def _list(self, actor: Actor, query: bytes) -> bytes:
        number = int(query[5:]) if query.startswith(b"page=") else 1
        total = self._execute(_TOTAL, (actor.workspace_id,)).fetchone()[0]
        if number == 1:
            rows = self._execute(_FIRST_PAGE, (actor.workspace_id,)).fetchall()
        else:
            rows = self._execute(_DEEP_PAGE, (actor.workspace_id, (number - 1) * PAGE_SIZE)).fetchall()
        last = -(-total // PAGE_SIZE)
        view = View(
            f"/api/contact_tasks?page={number}",
            "hydra:PartialCollectionView",
            "/api/contact_tasks?page=1",
            f"/api/contact_tasks?page={last}",
            f"/api/contact_tasks?page={min(number - 1, last)}" if number > 1 else None,
            f"/api/contact_tasks?page={number + 1}" if number < last else None,
        )
        page = Collection(
            "/api/contexts/ContactTask", _COLLECTION, "hydra:Collection", total, _shown(rows), view, self._search
        )
        return _encode(page)

    def _get(self, actor: Actor, task_id: str) -> bytes | None:
        rows = self._execute(_TASK, (actor.workspace_id, task_id)).fetchall()
        if not rows:
            return None
        task = _shown(rows)[0]
        task.context = "/api/contexts/ContactTask"
        return _encode(task)

    async def _create(self, actor: Actor, receive: Receive, send: Send) -> None:
        message = await receive()
        body = message["body"]
        while message.get("more_body"):
            message = await receive()
            body += message["body"]
        try:
            task = _read_task(body)
            row = await self._writer.create(actor, _checked(task))
        except (msgspec.DecodeError, ValueError, LookupError):
            await respond(send, 422, b"{}")
            return
        out = _made(row, task)
        await respond(send, 201, _encode(out), (b"location", out.iri.encode()))


def _checked(task: TaskIn) -> TaskIn:
    if not task.title.strip() or (task.start_date is not None and task.start_date > task.due_date):
        raise ValueError(task)
    return task


# The columns in the order of the query, the fields in that of the Struct: one loop without a call in it names both.
# fmt: off
def _shown(rows: list[Any]) -> list[TaskOut]:
    return [
        TaskOut(
            iri, "ContactTask", task_id, title, what, kind, status == "completed", status, priority, all_day == 1,
            _NO_TAGS, created_at, updated_at, contact, deal, company, payload and msgspec.Raw(payload), description,
            due_at, completed_at, starts_at, assignee,
        )
        for (
            iri, task_id, contact, deal, company, title, what, kind, payload, description, due_at, completed_at,
            status, priority, starts_at, all_day, assignee, created_at, updated_at, *_contact,
        ) in rows
    ]


def _made(row: Row, task: TaskIn) -> TaskOut:
    return TaskOut(
        f"/api/contact_tasks/{row.id}", "ContactTask", row.id, row.title, row.type, row.kind,
        row.status == "completed", row.status, row.priority, row.all_day, _NO_TAGS, _short(row.created_at),
        _short(row.updated_at), task.contact, description=row.description, due_date=_short(row.due_at),
        completed_at=row.completed_at and _short(row.completed_at), start_date=row.starts_at and _short(row.starts_at),
        context="/api/contexts/ContactTask",
    )
# fmt: on


def _short(moment: str) -> str:
    return moment[:19] + "+00:00"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--search", type=Path, required=True, help="a file with Carnet's own hydra:search")
    options = parser.parse_args()
    serve(Bare(options.database, options.search.read_bytes()), options.port)
