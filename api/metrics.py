"""Counters and times for Prometheus. Labels are routes, states and codes: no id of anybody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

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
corpus_revision = Gauge("matcher_corpus_revision", "The corpus revision.", ["tenant"], registry=registry)
unfinished = Gauge(
    "matcher_unfinished_items", "Items of jobs that are not settled.", ["tenant"], registry=registry
)


def request(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request."""
    known = method if method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS") else "other"
    _requests.labels(known, route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def exposition() -> bytes:
    """All metrics in Prometheus's text format."""
    return generate_latest(registry)
