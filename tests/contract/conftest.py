"""The corpora that the store's contract is run on: SQLite in a folder, and PostgreSQL where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_server import new_database
from store_samples import Corpus


@pytest.fixture(params=["sqlite", "postgresql"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    """An empty corpus on each database."""
    if request.param == "sqlite":
        yield Corpus(tmp_path / "corpus")
        return
    with new_database() as url:
        yield Corpus(url)
