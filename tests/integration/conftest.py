"""Databases of a PostgreSQL server for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgresql_server import new_database


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The URL of an empty database."""
    with new_database() as url:
        yield url
