"""PostgreSQL through psycopg: few threads, each with its own connection, and a deadline on our side.

Two threads read and two others write, so that writers who wait for each other keep no reader waiting. More threads
only cost more: eight take a third more CPU for the same work.

A frozen server answers nothing and no setting of its own ends the wait, so a watchman shuts the socket of every
statement that takes too long and the connection is thrown away.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakValueDictionary

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.json import set_json_loads
from psycopg.types.string import TextLoader

from carnet.store.database import Database, StoreFullError, StoreUnavailableError
from carnet.store.trigrams import GinTrigrams
from carnet.store.types import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carnet.store.statements import Bound

T = TypeVar("T")
P = ParamSpec("P")

_THREADS = 2
_CONNECT_SECONDS = 5
_TRIES = 3
_PAUSE_SECONDS = 1.0
DEADLINE_SECONDS = 10.0


class PostgresDatabase(Database):
    """A connection of one thread, inside a transaction or, for a read, without one."""

    dialect = "postgresql"

    def __init__(self, connection: psycopg.Connection[Any], watchman: Watchman) -> None:
        self.connection = connection
        self.trigrams = GinTrigrams(self)
        self.has_answered = False
        """Whether any statement was answered since the current work began."""
        self._execute = connection.cursor().execute
        self._watched = watchman.watched

    def fetch(self, bound: Bound, values: dict[str, Any]) -> list[Any]:
        return self.execute(bound.text, values)

    @contextlib.contextmanager
    def moment(self) -> Iterator[None]:
        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            yield
            return
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        try:
            yield
        finally:
            if not self.connection.closed:
                self.execute("ROLLBACK")

    @contextlib.contextmanager
    def piece(self) -> Iterator[None]:
        self.execute("SAVEPOINT piece")
        try:
            yield
        except BaseException:
            if not self.connection.closed:
                self.execute("ROLLBACK TO piece")
                self.execute("RELEASE piece")
            raise
        self.execute("RELEASE piece")

    def execute(self, text: str, values: Any = None) -> list[Any]:  # noqa: ANN401 - what the driver takes
        """Run a statement under the watchman's eyes, and give its rows."""
        with self._watched(self.connection):
            cursor = self._execute(text, values)
            rows = cursor.fetchall() if cursor.description is not None else []
        self.has_answered = True
        return rows


class Watchman:
    """Shuts the sockets of connections that are past their deadline."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._busy: dict[int, tuple[float, psycopg.Connection[Any]]] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        threading.Thread(target=self._watch, name="carnet-watchman", daemon=True).start()

    @contextlib.contextmanager
    def watched(self, connection: psycopg.Connection[Any]) -> Iterator[None]:
        """Watch over one statement."""
        with self._lock:
            self._busy[id(connection)] = (time.monotonic() + self._seconds, connection)
        try:
            yield
        finally:
            with self._lock:
                self._busy.pop(id(connection), None)

    def stop(self) -> None:
        """Watch no longer."""
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(min(1.0, self._seconds / 4)):
            now = time.monotonic()
            with self._lock:
                late = [key for key, (deadline, _) in self._busy.items() if deadline < now]
                for key in late:
                    _shut(self._busy.pop(key)[1])


def _is_gone(connection: psycopg.Connection[Any], error: psycopg.OperationalError) -> bool:
    """Whether the database is what failed, rather than one statement."""
    state = error.sqlstate or ""
    return (
        connection.broken or connection.closed or state[:2] in _GONE or isinstance(error, psycopg.errors.QueryCanceled)
    )


# Connection exceptions, operator intervention, insufficient resources (PostgreSQL, appendix A).
_GONE = frozenset({"08", "57", "53"})


def _shut(connection: psycopg.Connection[Any]) -> None:
    with contextlib.suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as handle:
        handle.shutdown(socket.SHUT_RDWR)


class PostgresStore:
    """The store on a PostgreSQL database."""

    def __init__(self, url: str, *, deadline: float = DEADLINE_SECONDS) -> None:
        self._url = url
        self._here = threading.local()
        self._open: list[psycopg.Connection[Any]] = []
        self._deadline = deadline
        self._down_until = 0.0
        self._watchman = Watchman(deadline)
        self._readers = ThreadPoolExecutor(_THREADS, thread_name_prefix="carnet-reader")
        self._writers = ThreadPoolExecutor(_THREADS + 1, thread_name_prefix="carnet-writer")
        self._gates: WeakValueDictionary[tuple[int, int], asyncio.Semaphore] = WeakValueDictionary()

    async def read(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop, queued = asyncio.get_running_loop(), time.monotonic()

        def in_time() -> T:
            self._require_patience(queued)
            return self.read_now(work, *args, **kwargs)

        return await loop.run_in_executor(self._readers, in_time)

    read_apart = read

    async def write(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop, queued = asyncio.get_running_loop(), time.monotonic()

        def in_time() -> T:
            self._require_patience(queued)
            return self.write_now(workspace_id, work, *args, **kwargs)

        async with self._gate(loop, workspace_id):
            return await loop.run_in_executor(self._writers, in_time)

    def _gate(self, loop: asyncio.AbstractEventLoop, workspace_id: int) -> asyncio.Semaphore:
        """Lets in as many changes of a workspace as leave a thread to the others: they wait for each other anyway."""
        key = (id(loop), workspace_id)
        gate = self._gates.get(key)
        if gate is None:
            gate = self._gates[key] = asyncio.Semaphore(_THREADS)
        return gate

    def read_now(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._attempt(lambda db: work(db, *args, **kwargs))

    def write_now(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def change(db: PostgresDatabase) -> T:
            db.execute("BEGIN")
            try:
                # One writer in a workspace at a time, as on SQLite: what a change read stays true until it commits.
                db.execute("SELECT pg_advisory_xact_lock(%s)", (workspace_id,))
                result = work(db, *args, **kwargs)
                db.execute("COMMIT")
            except BaseException:
                if not db.connection.closed:
                    db.execute("ROLLBACK")
                raise
            return result

        return self._attempt(change)

    @property
    def is_alive(self) -> bool:
        return True

    def close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        self._watchman.stop()
        for connection in self._open:
            connection.close()

    def _require_patience(self, queued: float) -> None:
        """Refuse what has waited for a thread as long as a statement may take: its caller has gone, or soon will."""
        if time.monotonic() - queued > self._deadline:
            message = "the database doesn't answer"
            raise StoreUnavailableError(message)

    def _attempt(self, work: Callable[[PostgresDatabase], T]) -> T:
        """Do some work, and do it again where the database asks for that or was gone before the work began."""
        for left in reversed(range(_TRIES)):
            db = self._database()
            db.has_answered = False
            began = time.monotonic()
            try:
                return work(db)
            except (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected):
                if not left:
                    raise
            except StopIteration as error:  # which no future takes
                message = "a change raised StopIteration"
                raise RuntimeError(message) from error
            except psycopg.errors.DiskFull as error:
                message = "the database's disk is full"
                raise StoreFullError(message) from error
            except psycopg.OperationalError as error:
                if not _is_gone(db.connection, error):
                    raise
                self._forget(db.connection)
                was_late = time.monotonic() - began > self._deadline / 2
                if db.has_answered or was_late or not left:
                    message = "the database doesn't answer"
                    raise StoreUnavailableError(message) from error
        message = "unreachable"
        raise AssertionError(message)

    def _database(self) -> PostgresDatabase:
        database: PostgresDatabase | None = getattr(self._here, "database", None)
        if database is None or database.connection.closed:
            database = self._here.database = PostgresDatabase(self._connect(), self._watchman)
        return database

    def _connect(self) -> psycopg.Connection[Any]:
        if time.monotonic() < self._down_until:
            message = "the database can't be reached"
            raise StoreUnavailableError(message)
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=_CONNECT_SECONDS)
        except psycopg.OperationalError as error:
            self._down_until = time.monotonic() + _PAUSE_SECONDS
            message = "the database can't be reached"
            raise StoreUnavailableError(message) from error
        # What we rely on, whatever the server's defaults are. A server that isn't frozen also ends by itself what we
        # have given up, and lets go of the workspace's lock.
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SET default_transaction_isolation = 'read committed'")
        connection.execute(f"SET statement_timeout = {int(self._deadline * 1000)}")
        with contextlib.suppress(psycopg.Error):  # older servers know it on Linux only
            connection.execute("SET client_connection_check_interval = 1000")
        connection.adapters.register_loader("uuid", TextLoader)
        set_json_loads(decode, connection)
        self._open.append(connection)
        return connection

    def _forget(self, connection: psycopg.Connection[Any]) -> None:
        self._here.database = None
        with contextlib.suppress(ValueError):
            self._open.remove(connection)
        connection.close()
