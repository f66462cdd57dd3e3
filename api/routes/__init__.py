"""The resources, one file each."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from api.integrations import ashby, greenhouse, reports
from api.routes import (
    applications,
    audit,
    backfills,
    candidates,
    connections,
    health,
    inbound,
    jobs,
    matches,
    roles,
    search,
    webhooks,
)


def routers() -> Iterator[tuple[APIRouter, bool]]:
    """Each router, and whether it answers without a key."""
    yield health.router, True
    yield roles.router, False
    yield matches.router, False
    yield search.router, False
    yield applications.router, False
    yield candidates.router, False
    yield jobs.router, False
    yield audit.router, False
    yield webhooks.router, False
    yield inbound.router, True
    yield connections.router, False
    yield backfills.router, False
    yield greenhouse.router, False
    yield ashby.router, False
    yield reports.router, True
