"""What the service is started with, from the environment: MATCHER_<NAME IN CAPITALS> for each field."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from matcher.errors import InputError

PREFIX = "MATCHER_"

# Without any of these no request would ever be answered, or nothing delivered.
_POSITIVE = (
    "max_body_bytes",
    "body_seconds",
    "requests_a_minute",
    "in_flight",
    "threads",
    "queue_limit",
    "webhook_seconds",
)


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """Each value with its unit. `ServiceSettings()` is one machine with an embedded corpus."""

    corpus: str | None = None  # a folder or postgresql://...; None: the platform's place
    model: str | None = None  # None: the bundled encoder
    max_body_bytes: int = 25_000_000  # of one request, counted while it comes in
    body_seconds: float = 60.0  # until a request's body has to be there
    requests_a_minute: int = 6_000  # of one key, on one machine
    in_flight: int = 64  # requests that one process has in hand; more are answered 503
    threads: int = 2  # requests that one process works on at once: more only wait for each other's core
    wait_seconds: float = 1.0  # that a request waits for its turn before it is answered 503
    queue_limit: int = 10_000  # unfinished items of jobs of a tenant; more are answered 503
    at_once: int = 100  # people whom a match compares before it answers; more become a job
    allowed_hosts: frozenset[str] = field(default_factory=frozenset)  # private hosts that may be called
    cors_origins: frozenset[str] = field(default_factory=frozenset)
    webhook_seconds: float = 15.0  # until an endpoint has to have answered
    open_metrics: bool = False  # whether /metrics answers without a key
    public_url: str = "http://127.0.0.1:8000"  # how links to this service begin

    @classmethod
    def of(cls, environment: Mapping[str, str] | None = None) -> ServiceSettings:
        """What the environment says. Raises InputError for a value that is none of its kind."""
        given = os.environ if environment is None else environment
        found: dict[str, Any] = {}
        for each in fields(cls):
            text = given.get(PREFIX + each.name.upper())
            if text:
                found[each.name] = _read(each.name, str(each.type), text)
        return cls(**found)

    def __post_init__(self) -> None:
        if "*" in self.cors_origins:
            raise InputError("MATCHER_CORS_ORIGINS names each origin: * would open the service to any page.")
        for name in _POSITIVE:
            value = getattr(self, name)
            if not value > 0:
                raise InputError(f"{PREFIX}{name.upper()} is {value}: give more than 0, or leave it away.")


def _read(name: str, kind: str, text: str) -> object:
    try:
        match kind:
            case "int":
                return int(text)
            case "float":
                return float(text)
            case "bool":
                return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                    text.lower()
                ]
            case "frozenset[str]":
                return frozenset(part.strip().lower() for part in text.split(",") if part.strip())
            case _:
                return text
    except (ValueError, KeyError) as error:
        wanted = {"int": "a whole number", "float": "a number", "bool": "yes or no"}[kind]
        raise InputError(
            f"{PREFIX}{name.upper()} is {text[:40]!r}: give {wanted}, or leave it away."
        ) from error
