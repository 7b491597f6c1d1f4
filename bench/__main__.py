"""`make bench`: measures Carnet beside the bare program and a constant answer, and prints the tables."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench import dataset, programs
from bench.dataset import Size
from bench.measure import CPU_CLIENTS, Meter, Plan, starts
from bench.report import Body, Findings, written
from bench.traffic import CREATE, DEEP, GET, KINDS, LIST

if TYPE_CHECKING:
    from bench.dataset import Notebook
    from bench.programs import Program

_LOADED = (LIST, GET, CREATE)
"""The kinds that are measured at every number of clients; the others at one number only."""

_STARTS = 5


def main() -> None:
    options = _options()
    size = Size(options.contacts, options.tasks)
    plan = Plan(kinds=options.only, clients=options.clients, seconds=options.seconds, rounds=options.rounds)
    with ExitStack() as open_until_the_end:
        run = Path(open_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="carnet-bench-run-")))
        kept = dataset.cache(size)
        notebooks = []
        if "sqlite" in options.databases:
            notebooks.append(dataset.on_sqlite(kept, size, run))
        if "postgresql" in options.databases:
            notebooks.append(open_until_the_end.enter_context(dataset.on_postgres(kept, size, run)))
        # Nothing else may run while starts are timed.
        bodies = {notebook.database: _started(notebook, run, plan) for notebook in notebooks}
        running = [open_until_the_end.enter_context(programs.carnet(notebook, run)) for notebook in notebooks]
        beside = [program for program in running if program.notebook.database == "SQLite"]
        for program in beside:
            copy = dataset.on_sqlite(kept, size, run)
            running.append(open_until_the_end.enter_context(programs.bare(copy, program, run)))
            running.append(open_until_the_end.enter_context(programs.constant(program, run)))
        tongues = [tongue for program in beside for tongue in programs.in_other_tongues(program)]
        findings = _measured(plan, size, [*running, *tongues])
        for program in running:
            body = bodies.get(program.notebook.database) if program.name.startswith("Carnet") else None
            findings.bodies[program.name] = Body(
                program.idle_bytes,
                program.resident_bytes,
                body.ready if body else [],
                body.first_ready if body else [],
            )
        sys.stdout.write(written(findings))


def _started(notebook: Notebook, run: Path, plan: Plan) -> Body:
    _tell(f"starts on {notebook.database}")
    times = min(_STARTS, plan.rounds)
    body = Body(0, ready=starts(programs.start(notebook, run), times))
    if notebook.database == "SQLite":
        for _ in range(times):
            empty = dataset.empty(run)
            body.first_ready += starts(programs.start(empty, run), 1)
    return body


def _measured(plan: Plan, size: Size, running: list[Program]) -> Findings:
    asked = running[0].asked
    versions = {program.notebook.database: program.notebook.version for program in running if program.notebook.version}
    findings = Findings(size, plan, versions, {}, {}, {}, asked.deep_page)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as generator:
        meter = Meter(generator, plan, _tell)
        for kind in plan.kinds:
            for clients in plan.clients if kind in _LOADED else (CPU_CLIENTS,):
                findings.rounds[kind, clients] = meter.compare(running, kind, clients)
        if DEEP in plan.kinds:
            for program in running:
                if program.name.startswith("Carnet"):
                    findings.deep[program.name] = meter.deep(program)
    return findings


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round at 16 clients: to see that all works")
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is taken (default: %(default)s)")
    parser.add_argument("--clients", type=_numbers, default=(1, 16, 64), metavar="N,N", help="default: 1,16,64")
    parser.add_argument("--only", type=_kinds, default=KINDS, metavar="KIND,KIND", help=f"of {', '.join(KINDS)}")
    parser.add_argument("--databases", type=_words, default=("sqlite", "postgresql"), metavar="NAME,NAME")
    parser.add_argument("--contacts", type=int, default=Size().contacts)
    parser.add_argument("--tasks", type=int, default=Size().tasks)
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds, options.clients = 0.5, 1, (CPU_CLIENTS,)
    return options


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, _words(text)))


def _kinds(text: str) -> tuple[str, ...]:
    """Kinds by their names or their first words: `search` is both searches."""
    chosen = tuple(kind for kind in KINDS if any(kind.startswith(word) for word in _words(text)))
    if not chosen:
        raise argparse.ArgumentTypeError(f"choose of {', '.join(KINDS)}")
    return chosen


if __name__ == "__main__":
    main()
