"""SQLite through apsw: one writer thread that commits in groups, and readers.

apsw carries a current SQLite; the system's has the WAL-reset bug that can lose commits. `synchronous=FULL` and an
answer only after the commit make «201» mean «on disk».
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import threading
from collections import defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import apsw

from carnet.store.database import Database, StoreFullError, StoreUnavailableError
from carnet.store.trigrams import FtsTrigrams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from carnet.store.statements import Bound

T = TypeVar("T")
P = ParamSpec("P")

_BUSY_MILLISECONDS = 5_000
_GROUP = 256
_RESERVE_BYTES = 32 * 1024 * 1024
_READERS = 2


def connect(file: Path, *, for_reading: bool = False) -> apsw.Connection:
    """Open the file as every part of Carnet does; one thread at a time may use the connection."""
    connection = apsw.Connection(str(file), statementcachesize=500)
    connection.set_busy_timeout(_BUSY_MILLISECONDS)
    # Plans don't follow the values bound: otherwise SQLite compiles many a statement anew for each of them.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA temp_store = MEMORY")
    if for_reading:
        connection.execute("PRAGMA query_only = ON")
    return connection


class SqliteDatabase(Database):
    """A connection to the file."""

    dialect = "sqlite"
    trigrams: FtsTrigrams

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute
        self.trigrams = FtsTrigrams(self)

    def fetch(self, bound: Bound, values: dict[str, Any]) -> list[Any]:
        return self._execute(bound.text, values).fetchall()

    @contextlib.contextmanager
    def moment(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
            return
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._execute("ROLLBACK")  # COMMIT would ask the search index, which may be what is broken

    @contextlib.contextmanager
    def piece(self) -> Iterator[None]:
        pending = len(self.trigrams.pending)
        self._execute("SAVEPOINT piece")
        try:
            yield
        except BaseException:
            self._execute("ROLLBACK TO piece")
            self._execute("RELEASE piece")
            del self.trigrams.pending[pending:]
            raise
        self._execute("RELEASE piece")


class _Job:
    """A change that waits for the writer."""

    __slots__ = ("done", "error", "loop", "result", "work")

    def __init__(self, work: Callable[[Database], Any], loop: asyncio.AbstractEventLoop | None, done: Any) -> None:  # noqa: ANN401
        self.work = work
        self.loop = loop
        self.done = done
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Tell who waits; in the loop's own thread, or for a plain future in the writer's."""
        if self.done.done():
            return
        if isinstance(self.error, StopIteration):  # which no future takes
            self.error = RuntimeError(f"a change raised {self.error!r}")
        if self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.result)


class SqliteStore:
    """The store on one SQLite file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._here = threading.local()
        self._readers: ThreadPoolExecutor | None = None
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        connection = connect(file)  # here, so that a file that can't be opened is said to be so
        self._writer = threading.Thread(target=self._write, args=(connection,), name="carnet-writer", daemon=True)
        self._writer.start()

    async def read(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return self.read_now(work, *args, **kwargs)

    async def read_apart(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._readers is None:
            self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="carnet-reader")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self.read_now(work, *args, **kwargs))

    async def write(
        self,
        workspace_id: int,  # noqa: ARG002 - one writer serves every workspace
        work: Callable[Concatenate[Database, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._put(_Job(lambda db: work(db, *args, **kwargs), loop, done))
        return await done

    def read_now(self, work: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(self._reader(), *args, **kwargs)
        except _FAILURES as error:
            raise _as_store_error(error) from error

    def write_now(
        self,
        workspace_id: int,  # noqa: ARG002
        work: Callable[Concatenate[Database, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        done: Future[T] = Future()
        self._put(_Job(lambda db: work(db, *args, **kwargs), None, done))
        return done.result()

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        self._writer.join()
        if self._readers is not None:
            self._readers.shutdown()

    @property
    def is_alive(self) -> bool:
        return self._writer.is_alive()

    def _put(self, job: _Job) -> None:
        if self._closed:
            message = "the store is closed"
            raise StoreUnavailableError(message)
        self._queue.put(job)

    def _reader(self) -> SqliteDatabase:
        try:
            return self._here.database  # type: ignore[no-any-return]
        except AttributeError:
            self._here.database = SqliteDatabase(connect(self._file, for_reading=True))
            return self._here.database  # type: ignore[no-any-return]

    def _write(self, connection: apsw.Connection) -> None:
        """Write until the store is closed. Whatever ends the writer, nobody is left waiting for it."""
        try:
            self._write_groups(connection, SqliteDatabase(connection))
        finally:
            self._closed = True
            with contextlib.suppress(Empty):
                while True:
                    job = self._queue.get_nowait()
                    if job is not None:
                        job.error = StoreUnavailableError("the store is closed")
                        _tell([job])
            connection.close()

    def _write_groups(self, connection: apsw.Connection, database: SqliteDatabase) -> None:
        while True:
            job = self._queue.get()
            if job is None:
                break
            group = [job]
            try:
                while len(group) < _GROUP:
                    job = self._queue.get_nowait()
                    if job is None:
                        break
                    group.append(job)
            except Empty:
                pass
            self._commit(connection, database, group)
            _tell(group)
            if job is None:
                break

    def _commit(self, connection: apsw.Connection, database: SqliteDatabase, group: list[_Job]) -> None:
        """Run a group in one transaction; a change that raises leaves no trace beside the others.

        Most that raise do so before they write, and then there is nothing to undo. Where one raises after it wrote,
        the whole group runs again with a savepoint for each: savepoints cost too much to have one for every change.
        """
        try:
            self._require_room()
            connection.execute("BEGIN IMMEDIATE")
            if not all(_ran_clean(connection, database, job) for job in group):
                connection.execute("ROLLBACK")
                database.trigrams.pending.clear()
                connection.execute("BEGIN IMMEDIATE")
                for job in group:
                    _run_guarded(connection, database, job)
            database.trigrams.flush()
            connection.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - nothing a change raises may end the writer
            database.trigrams.pending.clear()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            failure = _as_store_error(error, whatever=True)
            for job in group:
                job.error = job.error or failure

    def _require_room(self) -> None:
        if shutil.disk_usage(self._file.parent).free < _RESERVE_BYTES:
            message = "the disk is full"
            raise StoreFullError(message)


def _ran_clean(connection: apsw.Connection, database: SqliteDatabase, job: _Job) -> bool:
    """Run a change; False where it raised after it had written something."""
    before = (connection.total_changes(), len(database.trigrams.pending))
    try:
        job.result = job.work(database)
    except (apsw.FullError, apsw.IOError):
        raise
    except BaseException as error:  # noqa: BLE001
        job.error = _as_store_error(error)
        return connection.in_transaction and before == (connection.total_changes(), len(database.trigrams.pending))
    return True


def _run_guarded(connection: apsw.Connection, database: SqliteDatabase, job: _Job) -> None:
    """Run a change inside a savepoint, and take back what it wrote where it raises."""
    pending = len(database.trigrams.pending)
    job.error = None
    connection.execute("SAVEPOINT change")
    try:
        job.result = job.work(database)
    except (apsw.FullError, apsw.IOError):
        raise
    except BaseException as error:  # noqa: BLE001
        job.error = _as_store_error(error)
        connection.execute("ROLLBACK TO change")
        del database.trigrams.pending[pending:]
    connection.execute("RELEASE change")


_FAILURES = (
    apsw.IOError,
    apsw.ReadOnlyError,
    apsw.CantOpenError,
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.PermissionsError,
    OSError,
)
"""What says that the file can't be used, rather than that a statement is wrong."""


def _as_store_error(error: BaseException, *, whatever: bool = False) -> BaseException:
    """The error in our words, where the file is what failed: `whatever` SQLite said, for a whole transaction."""
    failure: BaseException = error
    if isinstance(error, apsw.FullError):
        failure = StoreFullError("the disk is full")
    elif isinstance(error, _FAILURES) or (whatever and isinstance(error, apsw.Error)):
        failure = StoreUnavailableError(f"the file can't be used: {error}")
    if failure is not error:
        failure.__cause__ = error
    return failure


def _tell(group: list[_Job]) -> None:
    """Wake each loop once for all of its changes."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = defaultdict(list)
    for job in group:
        if job.loop is None:
            job.settle()
        else:
            by_loop[job.loop].append(job)
    for loop, jobs in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle_all, jobs)
        except RuntimeError:  # the loop closed while its changes were being written: nobody waits any more
            continue


def _settle_all(jobs: list[_Job]) -> None:
    for job in jobs:
        job.settle()
