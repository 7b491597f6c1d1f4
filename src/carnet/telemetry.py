"""Logs and metrics. Neither ever holds a secret: no headers, bodies, queries or credentials are written."""

from __future__ import annotations

import logging
import sys

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

registry = CollectorRegistry()
_requests = Counter("carnet_requests", "Requests answered.", ("operation", "status"), registry=registry)
_seconds = Histogram(
    "carnet_request_seconds",
    "Time from a request's headers to its answer.",
    ("operation",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=registry,
)


class Timer:
    """The metrics of one operation."""

    def __init__(self, operation: str) -> None:
        self._operation = operation
        self._observe = _seconds.labels(operation).observe
        self._counts: dict[int, Counter] = {}

    def note(self, status: int, seconds: float) -> None:
        """Count an answer."""
        count = self._counts.get(status)
        if count is None:
            count = self._counts[status] = _requests.labels(self._operation, str(status))
        count.inc()
        self._observe(seconds)


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
