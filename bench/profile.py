"""Shows where Carnet's time goes for one kind of request: `python -m bench.profile create`.

The application runs in this process without an HTTP server and is asked the requests that the benchmark sends. Changes
are committed one by one in the same thread, so that the profile sees them too. The profiler makes calls dearer than
they are, so the first line, measured without it, is the true sum; what counts below are the shares.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import carnet
from bench import dataset, programs, traffic
from bench.dataset import Size
from carnet import app, settings
from carnet.store.sqlite import SqliteDatabase, SqliteStore, _Job, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from bench.asgi import Scope
    from carnet.store.statements import Bound

_SOURCE = str(Path(carnet.__file__).parent)
_WARM_UP = 200
_STATEMENT_CHARACTERS = 110


def main() -> None:
    options = _options()
    size = Size(options.contacts, options.tasks)
    with tempfile.TemporaryDirectory(prefix="carnet-bench-run-") as name:
        run = Path(name)
        notebook = dataset.on_sqlite(dataset.cache(size), size, run)
        with programs.start(notebook, run) as server:
            requests = traffic.learn(server.port, notebook.token).requests[options.kind]
        application = app.create(settings.read({}, data=str(notebook.folder)))
        _work_here(application.store, notebook.file)
        ask = Asker(application, requests)
        ask.some(_WARM_UP)
        began = time.process_time()
        ask.some(options.count)
        print(f"{options.kind}: {(time.process_time() - began) / options.count * 1e6:,.0f} µs a request, unprofiled\n")
        profiler = cProfile.Profile()
        profiler.runcall(ask.some, options.count)
        _show(pstats.Stats(profiler), options.count, options.top, options.sort)
        with _timed_statements() as spent:
            ask.some(options.count)
        _show_statements(spent, options.count)
        application.store.close()


class Asker:
    """Asks the application, one request after another."""

    def __init__(self, application: Any, requests: list[bytes]) -> None:  # noqa: ANN401 - an ASGI application
        self._application = application
        self._asked = cycle([_parsed(request) for request in requests])
        self._status = 0

    def some(self, count: int) -> None:
        """Ask so many requests, each of which must succeed."""
        with asyncio.Runner() as runner:
            runner.run(self._all(count))

    async def _all(self, count: int) -> None:
        for scope, body in islice(self._asked, count):
            await self._application(dict(scope), _receiving(body), self._send)
            assert 200 <= self._status < 300, self._status

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]


def _parsed(request: bytes) -> tuple[Scope, bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    method, target, _ = first.split(b" ")
    path, _, query = target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method.decode(),
        "scheme": "http",
        "path": path.decode(),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(name, value) for name, _, value in (line.partition(b": ") for line in lines)],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
    }
    return scope, body


def _receiving(body: bytes) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _work_here(store: Any, file: Path) -> None:  # noqa: ANN401 - the SQLite store, two of whose methods are replaced
    """Read and commit in the thread that asks, which is the one that is profiled."""
    assert isinstance(store, SqliteStore)
    connection = connect(file)
    database = SqliteDatabase(connection)

    async def write(_workspace_id: int, work: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401
        job = _Job(lambda db: work(db, *args, **named), None, None)
        store._commit(connection, database, [job])  # noqa: SLF001 - what the writer's thread does
        if job.error is not None:
            raise job.error
        return job.result

    store.write = write  # type: ignore[method-assign, assignment]
    store.read_apart = store.read  # type: ignore[method-assign]


@contextmanager
def _timed_statements() -> Iterator[dict[str, float]]:
    """Count the seconds that each statement takes on its way through the driver."""
    spent: dict[str, float] = defaultdict(float)
    plain = SqliteDatabase.fetch

    def fetch(self: SqliteDatabase, bound: Bound, values: dict[str, Any]) -> list[Any]:
        began = time.perf_counter()
        rows = plain(self, bound, values)
        spent[bound.text] += time.perf_counter() - began
        return rows

    SqliteDatabase.fetch = fetch  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        SqliteDatabase.fetch = plain  # type: ignore[method-assign]


def _show_statements(spent: dict[str, float], count: int) -> None:
    print("\n      µs  statement")
    for text, seconds in sorted(spent.items(), key=lambda entry: -entry[1]):
        print(f"{seconds / count * 1e6:8.1f}  {' '.join(text.split())[:_STATEMENT_CHARACTERS]}")


def _show(stats: pstats.Stats, count: int, top: int, by: str) -> None:
    entries = [
        (own / count * 1e6, all_in / count * 1e6, calls / count, _name(*function))
        for function, (_, calls, own, all_in, _) in stats.stats.items()  # type: ignore[attr-defined]
    ]
    entries.sort(reverse=True, key=lambda entry: entry[0 if by == "own" else 1])
    print("  own µs    all µs     calls  function")
    for own, all_in, calls, name in entries[:top]:
        print(f"{own:8.1f}  {all_in:8.1f}  {calls:8.2f}  {name}")
    print("\n  own µs  file")
    by_file: dict[str, float] = {}
    for own, _, _, name in entries:
        file = name.rpartition(":")[0] or "built in"
        by_file[file] = by_file.get(file, 0.0) + own
    for file, own in sorted(by_file.items(), key=lambda entry: -entry[1])[:top]:
        print(f"{own:8.1f}  {file}")


def _name(file: str, line: int, function: str) -> str:
    """The function with its file, as short as it stays clear; built-in functions have no file."""
    if file.startswith(_SOURCE):
        return f"{file[len(_SOURCE) + 1 :]}:{line}({function})"
    if line == 0:
        return function
    return f"{'/'.join(Path(file).parts[-2:])}:{line}({function})"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("kind", choices=traffic.KINDS)
    parser.add_argument("--count", type=int, default=2000, help="requests to profile (default: %(default)s)")
    parser.add_argument("--top", type=int, default=40, help="lines to show (default: %(default)s)")
    parser.add_argument("--sort", choices=("own", "all"), default="own")
    parser.add_argument("--contacts", type=int, default=Size().contacts)
    parser.add_argument("--tasks", type=int, default=Size().tasks)
    return parser.parse_args()


if __name__ == "__main__":
    main()
