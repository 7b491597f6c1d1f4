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

import psycopg
from psycopg.types.json import set_json_loads
from psycopg.types.string import TextLoader

from carnet.store.database import Database, StoreFullError, StoreUnavailableError
from carnet.store.trigrams import GinTrigrams
from carnet.store.types import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from carnet.store.statements import Bound

T = TypeVar("T")
P = ParamSpec("P")

_THREADS = 2
_CONNECT_SECONDS = 5
_TRIES = 3
DEADLINE_SECONDS = 10.0


class PostgresDatabase(Database):
    """A connection of one thread, inside a transaction or, for a read, without one."""

    dialect = "postgresql"

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self._execute = connection.cursor().execute
        self.trigrams = GinTrigrams(self)

    def fetch(self, bound: Bound, values: dict[str, Any]) -> list[Any]:
        cursor = self._execute(bound.text, values)
        return cursor.fetchall() if cursor.description is not None else []


class Watchman:
    """Shuts the sockets of connections that are past their deadline."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._busy: dict[int, tuple[float, psycopg.Connection[Any]]] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        threading.Thread(target=self._watch, name="carnet-watchman", daemon=True).start()

    def begin(self, connection: psycopg.Connection[Any]) -> None:
        """The connection starts to work."""
        with self._lock:
            self._busy[id(connection)] = (time.monotonic() + self._seconds, connection)

    def end(self, connection: psycopg.Connection[Any]) -> None:
        """The connection is done."""
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
        self._watchman = Watchman(deadline)
        self._readers = ThreadPoolExecutor(_THREADS, thread_name_prefix="carnet-reader")
        self._writers = ThreadPoolExecutor(_THREADS, thread_name_prefix="carnet-writer")

    async def read(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self.read_now(work, *args, **kwargs))

    read_apart = read

    async def write(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writers, lambda: self.write_now(workspace_id, work, *args, **kwargs))

    def read_now(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self._attempt(lambda db: work(db, *args, **kwargs))

    def write_now(
        self, workspace_id: int, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def change(db: PostgresDatabase) -> T:
            with db.connection.transaction():
                # One writer in a workspace at a time, as on SQLite: what a change read stays true until it commits.
                db.connection.execute("SELECT pg_advisory_xact_lock(%s)", (workspace_id,))
                return work(db, *args, **kwargs)

        return self._attempt(change)

    def close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()
        self._watchman.stop()
        for connection in self._open:
            connection.close()

    def _attempt(self, work: Callable[[PostgresDatabase], T]) -> T:
        for left in reversed(range(_TRIES)):
            db = self._database()
            self._watchman.begin(db.connection)
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
                self._forget(db.connection)
                message = "the database doesn't answer"
                raise StoreUnavailableError(message) from error
            finally:
                self._watchman.end(db.connection)
        message = "unreachable"
        raise AssertionError(message)

    def _database(self) -> PostgresDatabase:
        database: PostgresDatabase | None = getattr(self._here, "database", None)
        if database is None or database.connection.closed:
            database = self._here.database = PostgresDatabase(self._connect())
        return database

    def _connect(self) -> psycopg.Connection[Any]:
        # A server that isn't frozen ends by itself what we have given up, and lets go of the workspace's lock.
        options = f"-c timezone=UTC -c statement_timeout={int(self._deadline * 1000)} -c client_connection_check_interval=1000"
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=_CONNECT_SECONDS, options=options)
        except psycopg.OperationalError as error:
            message = "the database can't be reached"
            raise StoreUnavailableError(message) from error
        connection.adapters.register_loader("uuid", TextLoader)
        set_json_loads(decode, connection)
        self._open.append(connection)
        return connection

    def _forget(self, connection: psycopg.Connection[Any]) -> None:
        self._here.database = None
        with contextlib.suppress(ValueError):
            self._open.remove(connection)
        connection.close()
