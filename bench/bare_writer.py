"""How the bare program keeps a new task: one thread that writes whole groups and answers after their commit.

The rows are those that Carnet writes: counters, task, bucket, search index and event. Where Carnet's verbs take a
statement each, one statement does for two counters; no savepoint is made, since what can be refused is looked at before
anything is written; and the search index takes a group at once, since it writes itself out at each savepoint.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

import apsw
import msgspec

from carnet.core.search import fold

if TYPE_CHECKING:
    from pathlib import Path

    from bench.bare import Actor, TaskIn

_LARGEST_GROUP = 256
_RANKS = {"none": 0, "low": 1, "medium": 2, "high": 3, "urgent": 4}
_CONTACT = "SELECT 1 FROM contacts WHERE workspace_id = ? AND id = ? AND kind = 'person'"
_COUNT = """
    UPDATE counters SET tasks_made = tasks_made + 1, tasks_kept = tasks_kept + 1, events_made = events_made + 1
    WHERE workspace_id = ? RETURNING tasks_made, events_made"""
_FILL = """
    INSERT INTO buckets (workspace_id, list, bucket, size) VALUES (?, 'tasks', ?, 1)
    ON CONFLICT (workspace_id, list, bucket) DO UPDATE SET size = size + 1"""
_INDEX = "INSERT OR REPLACE INTO tasks_trigrams (rowid, folded) VALUES (?, ?)"
_EVENT = """
    INSERT INTO events (workspace_id, number, id, at, kind, noun, record_id, user_id, token_id, after)
    VALUES (?, ?, ?, ?, 'task.created', 'task', ?, ?, ?, ?)"""
_encode = msgspec.json.Encoder().encode


class Row(msgspec.Struct, gc=False):
    """A task as its table and its event hold it."""

    workspace_id: int
    id: str
    number: int
    version: int
    created_at: str
    updated_at: str
    contact_id: str | None
    company_id: str | None
    deal_id: str | None
    assignee_id: str | None
    title: str
    description: str | None
    type: str
    kind: str
    status: str
    priority: str
    starts_at: str | None
    due_at: str
    all_day: bool
    completed_at: str | None
    payload: None
    extras: None


_COLUMNS = (*Row.__struct_fields__, "priority_rank", "title_folded", "folded")
_TASK = f"INSERT INTO tasks ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def connect(file: Path) -> apsw.Connection:
    """Open the file with the settings that Carnet has."""
    connection = apsw.Connection(str(file))
    connection.set_busy_timeout(5_000)
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)  # else SQLite compiles some statements for each value
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


class Writer:
    """The writing thread."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._queue: SimpleQueue[tuple[Actor, TaskIn, asyncio.Future[Row]] | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    async def create(self, actor: Actor, task: TaskIn) -> Row:
        """Keep a task; it is on disk when this returns."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        done: asyncio.Future[Row] = self._loop.create_future()
        self._queue.put((actor, task, done))
        return await done

    def stop(self) -> None:
        """Finish what was accepted."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        connection = connect(self._file)
        execute = connection.execute
        while (job := self._queue.get()) is not None:
            group = [job]
            try:
                while len(group) < _LARGEST_GROUP and (job := self._queue.get_nowait()) is not None:
                    group.append(job)
            except Empty:
                pass
            execute("BEGIN IMMEDIATE")
            searched: list[tuple[int, str]] = []
            settled = [(done, _attempt(execute, actor, task, searched)) for actor, task, done in group]
            connection.executemany(_INDEX, searched)
            execute("COMMIT")
            assert self._loop is not None
            self._loop.call_soon_threadsafe(_settle, settled)
            if job is None:
                break


def _settle(group: list[tuple[asyncio.Future[Row], Row | LookupError]]) -> None:
    for done, result in group:
        if isinstance(result, LookupError):
            done.set_exception(result)
        else:
            done.set_result(result)


def _attempt(
    execute: Any,  # noqa: ANN401 - a method of apsw's connection
    actor: Actor,
    task: TaskIn,
    searched: list[tuple[int, str]],
) -> Row | LookupError:
    workspace_id, contact_id = actor.workspace_id, task.contact[14:]
    if execute(_CONTACT, (workspace_id, contact_id)).fetchone() is None:
        return LookupError(contact_id)
    number, event_number = execute(_COUNT, (workspace_id,)).fetchone()
    now = _text(datetime.now(UTC))
    due_at = task.due_date.astimezone(UTC)
    row = Row(
        workspace_id,
        _new_id(),
        number,
        1,
        now,
        now,
        contact_id,
        None,
        None,
        None,
        task.title,
        task.description,
        task.type,
        task.task_kind,
        task.status,
        task.priority,
        _text(task.start_date.astimezone(UTC)) if task.start_date is not None else None,
        _text(due_at),
        task.all_day,
        now if task.status == "completed" else None,
        None,
        None,
    )
    folded = fold(f"{task.title}\n{task.description}" if task.description else task.title)
    derived = (_RANKS[task.priority], fold(task.title), folded)
    execute(_TASK, msgspec.structs.astuple(row) + derived)
    execute(_FILL, (workspace_id, due_at.toordinal() // 7))
    searched.append((workspace_id << 40 | number, folded))
    after = _encode(row).decode()
    execute(_EVENT, (workspace_id, event_number, _new_id(), now, row.id, actor.user_id, actor.token_id, after))
    return row


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def _new_id() -> str:
    """A UUIDv7."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000) << 80 | 0x7 << 76 | 0x2 << 62 | random >> 4 & ~(0xF << 76 | 0x3 << 62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
