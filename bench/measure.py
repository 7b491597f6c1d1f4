"""Measures in short rounds, program after program and back, so that what else the machine does strikes all alike.

A ratio is taken within each round and the rounds give its median: noise that lasts longer than a round cancels out.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from bench import load
from bench.traffic import CREATE, DEEP, LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from bench.programs import Program
    from bench.servers import Server

CPU_CLIENTS = 16
"""The number of clients at which CPU is compared; there most rounds are measured."""
_ROUNDS_ELSEWHERE = 3
_WARM_UP_SECONDS = 0.3
_WRITERS, _WRITER_PACE = 4, 0.02
_SETTLE_SECONDS = 0.5


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how often."""

    kinds: tuple[str, ...]
    clients: tuple[int, ...]
    seconds: float
    rounds: int


class Figures(msgspec.Struct, frozen=True):
    """One measurement: answers a second, CPU of program and database in µs a request, times in ms."""

    rate: float
    cpu: float
    database_cpu: float
    p50: float
    p99: float


class Amid(msgspec.Struct, frozen=True):
    """One round of the first and the deep page: alone, and while writes go on."""

    first: Figures
    deep: Figures
    first_amid: Figures
    deep_amid: Figures
    writes: float
    """Writes a second that went on."""


Rounds = dict[str, list[Figures]]
"""The figures of each program, round by round."""


class Meter:
    """Has the load generator's processes send, and reads what that cost the servers."""

    def __init__(self, generator: Executor, plan: Plan, tell: Callable[[str], None]) -> None:
        self._generator = generator
        self._plan = plan
        self._tell = tell
        self._skip = 0

    def compare(self, programs: Sequence[Program], kind: str, clients: int) -> Rounds:
        """Every program that has this kind of request, round by round."""
        able = [program for program in programs if kind in program.kinds]
        self._tell(f"{kind}, {clients} at once")
        for program in able:
            self._generator.submit(load.run, self._job(program, kind, clients, _WARM_UP_SECONDS)).result()
        rounds: Rounds = {program.name: [] for program in able}
        times = self._plan.rounds if clients == CPU_CLIENTS else min(self._plan.rounds, _ROUNDS_ELSEWHERE)
        for number in range(times):
            for program in able if number % 2 == 0 else reversed(able):
                rounds[program.name].append(self._measure(program, kind, clients))
        return rounds

    def deep(self, program: Program) -> list[Amid]:
        """What a deep page costs beside the first, alone and while writes go on."""
        self._tell(f"page {program.asked.deep_page} beside page 1 on {program.name}, while writes go on")
        return [self._deep_round(program) for _ in range(self._plan.rounds)]

    def _deep_round(self, program: Program) -> Amid:
        first = self._measure(program, LIST, CPU_CLIENTS)
        deep = self._measure(program, DEEP, CPU_CLIENTS)
        write = self._measure(program, CREATE, _WRITERS, pace=_WRITER_PACE)
        first_amid, _ = self._measure_amid_writes(program, LIST, write)
        deep_amid, writes = self._measure_amid_writes(program, DEEP, write)
        return Amid(first, deep, first_amid, deep_amid, writes)

    def _measure(self, program: Program, kind: str, clients: int, pace: float = 0.0) -> Figures:
        before = program.spent()
        result = self._generator.submit(load.run, self._job(program, kind, clients, pace=pace)).result()
        return _figures(result, before, program.spent())

    def _measure_amid_writes(self, program: Program, kind: str, write: Figures) -> tuple[Figures, float]:
        """The cost of pages less that of the writes beside them, which were measured alone."""
        before = program.spent()
        writing = self._generator.submit(load.run, self._job(program, CREATE, _WRITERS, pace=_WRITER_PACE))
        pages = self._generator.submit(load.run, self._job(program, kind, CPU_CLIENTS)).result()
        writes = writing.result()
        ours, database = program.spent()
        less = (ours - writes.count * write.cpu / 1e6, database - writes.count * write.database_cpu / 1e6)
        return _figures(pages, before, less), writes.rate

    def _job(
        self, program: Program, kind: str, clients: int, seconds: float | None = None, pace: float = 0.0
    ) -> load.Job:
        self._skip += 97  # so that no round asks for just what the one before it did
        return load.Job(
            port=program.server.port,
            requests=program.asked.requests[kind],
            clients=clients,
            seconds=seconds or self._plan.seconds,
            skip=self._skip,
            pace=pace,
        )


def _figures(result: load.Result, before: tuple[float, float], after: tuple[float, float]) -> Figures:
    ours, database = ((late - early) * 1e6 / result.count for early, late in zip(before, after, strict=True))
    return Figures(result.rate, ours, database, result.p50, result.p99)


def starts(server: Server, times: int) -> list[float]:
    """Seconds from the start of the process until it is ready, several times."""
    taken = []
    for _ in range(times):
        with server:
            taken.append(server.start_seconds)
        time.sleep(_SETTLE_SECONDS)
    return taken
