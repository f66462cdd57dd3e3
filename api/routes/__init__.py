"""The resources, one file each."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from api.routes import health, roles


def routers() -> Iterator[tuple[APIRouter, bool]]:
    """Each router, and whether it answers without a key."""
    yield health.router, True
    yield roles.router, False
