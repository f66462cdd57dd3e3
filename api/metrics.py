"""Counters and times for Prometheus. Labels are methods, routes and states: no id of anybody.

Where several processes answer, `matcher serve` names a folder in PROMETHEUS_MULTIPROC_DIR, through which they
tell what all of them did, whichever is asked. `api.limits` counts there too.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

registry = CollectorRegistry()

_requests = Counter(
    "matcher_requests", "Answered requests.", ["method", "route", "status"], registry=registry
)
_seconds = Histogram(
    "matcher_request_seconds",
    "Time from a request's headers to the end of its answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=registry,
)
# Found out when they are asked for: the process that was asked last has them right.
waiting = Gauge(
    "matcher_jobs_waiting",
    "Jobs that are not at their end.",
    registry=registry,
    multiprocess_mode="mostrecent",
)
ready = Gauge(
    "matcher_ready",
    "Whether the model is loaded, the store answers and the index is in step.",
    ["part"],
    registry=registry,
    multiprocess_mode="mostrecent",
)

_METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"))


def method(name: str) -> str:
    """A method that is known, or "other": clients may make up any."""
    return name if name in _METHODS else "other"


def request(name: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    _requests.labels(method(name), route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def exposition() -> bytes:
    """All metrics in Prometheus's text format."""
    if FOLDER not in os.environ:
        return generate_latest(registry)
    of_all = CollectorRegistry()
    MultiProcessCollector(of_all)  # type: ignore[no-untyped-call]
    return generate_latest(of_all)
