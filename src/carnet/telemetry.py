"""Logs and metrics. Neither ever holds a secret: no headers, bodies, queries or credentials are written."""

from __future__ import annotations

import logging
import sys
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import Metric

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Timer:
    """What is counted of one operation: plain numbers, which cost a tenth of a library's, until somebody looks."""

    def __init__(self) -> None:
        self.statuses: dict[int, int] = {}
        self.counts = [0] * (len(_BOUNDS) + 1)
        self.seconds = 0.0

    def note(self, status: int, seconds: float) -> None:
        """Count an answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.counts[bisect_left(_BOUNDS, seconds)] += 1
        self.seconds += seconds


_timers: dict[str, Timer] = {}


def timer_of(operation: str) -> Timer:
    """The one timer of an operation, in which every application of this process counts."""
    return _timers.setdefault(operation, Timer())


class _Timers(Collector):
    """Shows the timers to Prometheus."""

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily("carnet_requests", "Requests answered.", labels=("operation", "status"))
        seconds = HistogramMetricFamily(
            "carnet_request_seconds", "Time from a request's headers to its answer.", labels=("operation",)
        )
        for operation, timer in sorted(_timers.items()):
            for status, count in sorted(timer.statuses.items()):
                requests.add_metric((operation, str(status)), count)
            bounds = [*map(str, _BOUNDS), "+Inf"]
            seconds.add_metric((operation,), list(zip(bounds, accumulate(timer.counts), strict=True)), timer.seconds)
        return iter((requests, seconds))


registry = CollectorRegistry()
registry.register(_Timers())


def metrics() -> bytes:
    """Everything measured, in the Prometheus text format."""
    return generate_latest(registry)


def set_up_logs(level: str) -> None:
    """One line of JSON an event on standard error, or plain columns where that is a terminal."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if sys.stderr.isatty():
        last: list[structlog.typing.Processor] = [
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        ]
    else:
        # Local variables hold credentials and people's data, so a traceback shows none.
        transformer = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last = [structlog.processors.ExceptionRenderer(transformer), structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, *last],  # type: ignore[list-item]
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
