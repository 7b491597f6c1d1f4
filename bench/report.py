"""Says what was measured: tables in Markdown, and the budgets with whether they hold."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import apsw
import psutil

from bench.measure import CPU_CLIENTS, Amid, Plan, Rounds
from bench.programs import BARE, ON_SQLITE, TONGUES
from bench.traffic import CREATE, GET, LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bench.dataset import Size
    from bench.measure import Figures

BUDGETS = {LIST: 1.5, GET: 1.9, CREATE: 1.8}
_TONGUE_BUDGETS = {"Monica": 1.4, "YSUITE": 1.3}
_DEEP_BUDGET = 3.0
_MEGABYTES_BUDGET = 100
_READY_BUDGET = 1.2


@dataclass
class Body:
    """How large a program is and how long it takes to start, where that was measured."""

    idle: int
    loaded: int = 0
    ready: list[float] = field(default_factory=list)
    first_ready: list[float] = field(default_factory=list)


@dataclass
class Findings:
    """Everything that a run found."""

    size: Size
    plan: Plan
    versions: dict[str, str]
    rounds: dict[tuple[str, int], Rounds]
    deep: dict[str, list[Amid]]
    bodies: dict[str, Body]
    deep_page: int


def written(findings: Findings) -> str:
    """The whole report."""
    parts = (
        _head(findings),
        _costs(findings),
        _loads(findings),
        _deep(findings),
        _bodies(findings),
        _budgets(findings),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(findings: Findings) -> str:
    plan, size = findings.plan, findings.size
    facts = [
        f"Python {platform.python_version()}",
        f"SQLite {apsw.sqlite_lib_version()}",
        *(f"{name} {version}" for name, version in findings.versions.items()),
        f"{os.cpu_count()} cores{_processor()}",
        f"{psutil.virtual_memory().total / 1e9:.0f} GB",
    ]
    return (
        f"{', '.join(facts)}. {size.contacts:,} contacts and {size.tasks:,} tasks; the median of rounds of "
        f"{plan.seconds:g} s ({plan.rounds} at {CPU_CLIENTS} clients), programs taking turns. "
        "CPU is that of the server's processes for one request."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" ({names[0]})" if names else ""


def _costs(findings: Findings) -> str:
    rows = []
    for (kind, clients), rounds in findings.rounds.items():
        if clients != CPU_CLIENTS:
            continue
        for name, figures in rounds.items():
            ratios = _ratios(figures, rounds.get(BARE, [])) if name == ON_SQLITE else []
            rows.append(
                [
                    kind,
                    name,
                    f"{_middle(figures, lambda each: each.cpu):,.0f}",
                    f"{median(ratios):.2f}" if ratios else "",
                    f"{_middle(figures, lambda each: each.database_cpu):,.0f}" if figures[0].database_cpu else "",
                    *_speed(figures),
                ]
            )
    head = ["request", "program", "CPU µs", "of bare", "database's CPU µs", "requests/s", "p50 ms", "p99 ms"]
    return _table(f"At {CPU_CLIENTS} clients", head, rows, left=2)


def _loads(findings: Findings) -> str:
    counts = [clients for clients in findings.plan.clients if clients != CPU_CLIENTS]
    kinds = dict.fromkeys(kind for kind, clients in findings.rounds if clients in counts)
    rows = []
    for kind in kinds:
        for name in findings.rounds[kind, counts[0]]:
            cells = [_speed(findings.rounds[kind, clients][name]) for clients in counts]
            rows.append([kind, name, *(cell for each in cells for cell in each)])
    head = [f"{what} at {clients}" for clients in counts for what in ("requests/s", "p50 ms", "p99 ms")]
    return _table("At other loads", ["request", "program", *head], rows, left=2)


def _deep(findings: Findings) -> str:
    rows = []
    for name, rounds in findings.deep.items():
        for page, alone, amid in (
            ("page 1", [each.first for each in rounds], [each.first_amid for each in rounds]),
            (f"page {findings.deep_page:,}", [each.deep for each in rounds], [each.deep_amid for each in rounds]),
        ):
            cells = []
            for figures in (alone, amid):
                both = _middle(figures, lambda each: each.cpu + each.database_cpu)
                cells += [f"{both:,.0f}", f"{_middle(figures, lambda each: each.p50):.1f}"]
            rows.append([name, page, *cells, f"{median(each.writes for each in rounds):,.0f}"])
    head = ["program", "", "CPU µs alone", "p50 ms", "CPU µs amid writes", "p50 ms", "writes/s"]
    note = "\n\nCPU includes the database's, and amid writes leaves out what the writes cost when they were alone."
    return _table("A deep page", head, rows, left=2) + note if rows else ""


def _bodies(findings: Findings) -> str:
    rows = [
        [
            name,
            f"{median(body.ready):.2f}" if body.ready else "",
            f"{median(body.first_ready):.2f}" if body.first_ready else "",
            f"{body.idle / 1e6:.0f}",
            f"{body.loaded / 1e6:.0f}",
        ]
        for name, body in findings.bodies.items()
    ]
    head = ["program", "ready s", "first start s", "idle MB", "after load MB"]
    return _table("Start and memory", head, rows, left=1)


def _budgets(findings: Findings) -> str:
    rows = [[what, value, budget, "yes" if holds else "**no**"] for what, value, budget, holds in _judged(findings)]
    return _table("Budgets", ["what", "measured", "budget", "holds"], rows, left=1)


def _judged(findings: Findings) -> Iterator[tuple[str, str, str, bool]]:
    for kind, budget in BUDGETS.items():
        rounds = findings.rounds.get((kind, CPU_CLIENTS), {})
        ratios = _ratios(rounds.get(ON_SQLITE, []), rounds.get(BARE, []))
        if ratios:
            yield _judgement(f"{kind}: CPU, Carnet over bare", ratios, budget)
    lists = findings.rounds.get((LIST, CPU_CLIENTS), {})
    for tongue, budget in _TONGUE_BUDGETS.items():
        ratios = _ratios(lists.get(TONGUES[tongue], []), lists.get(ON_SQLITE, []))
        if ratios:
            yield _judgement(f"list: CPU, {tongue} over Hydra", ratios, budget)
    for name, deep in findings.deep.items():
        what = f"page {findings.deep_page:,} over page 1, {name}"
        alone = [_both(each.deep) / _both(each.first) for each in deep]
        amid = [_both(each.deep_amid) / _both(each.first_amid) for each in deep]
        yield _judgement(f"{what}: CPU, alone", alone, _DEEP_BUDGET)
        yield _judgement(f"{what}: CPU, while writes go on", amid, _DEEP_BUDGET)
    for name, body in findings.bodies.items():
        if name.startswith("Carnet"):
            size = body.idle / 1e6
            yield f"idle, {name}", f"{size:.0f} MB", f"{_MEGABYTES_BUDGET} MB", size < _MEGABYTES_BUDGET
            if body.ready:
                ready = median(body.ready)
                yield f"ready, {name}", f"{ready:.2f} s", f"{_READY_BUDGET} s", ready <= _READY_BUDGET


def _judgement(what: str, ratios: list[float], budget: float) -> tuple[str, str, str, bool]:
    value = median(ratios)
    return what, f"{value:.2f} (rounds {min(ratios):.2f} to {max(ratios):.2f})", f"{budget}", value <= budget


def _both(figures: Figures) -> float:
    return figures.cpu + figures.database_cpu


def _ratios(figures: Sequence[Figures], bare: Sequence[Figures]) -> list[float]:
    return [ours.cpu / theirs.cpu for ours, theirs in zip(figures, bare, strict=False)]


def _middle(figures: Iterable[Figures], of: Callable[[Figures], float]) -> float:
    return median(of(each) for each in figures)


def _speed(figures: Sequence[Figures]) -> list[str]:
    return [
        f"{_middle(figures, lambda each: each.rate):,.0f}",
        f"{_middle(figures, lambda each: each.p50):.1f}",
        f"{_middle(figures, lambda each: each.p99):.1f}",
    ]


def _table(title: str, head: list[str], rows: list[list[str]], *, left: int) -> str:
    """A Markdown table, its columns padded so that it reads as plain text too; nothing where there are no rows."""
    if not rows:
        return ""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    sides = [str.ljust if at < left else str.rjust for at in range(len(head))]
    rule = ["-" * width if at < left else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    lines = [[side(cell, width) for side, cell, width in zip(sides, row, widths, strict=True)] for row in [head, *rows]]
    return f"## {title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in [lines[0], rule, *lines[1:]])
