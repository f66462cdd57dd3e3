"""The corpora that the store's contract is run on: SQLite in a folder, and PostgreSQL where there is one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_samples import Corpus

# The URL of a server whose user may create databases: .ci/run starts one.
SERVER = "MATCHER_TEST_POSTGRES"


@pytest.fixture(params=["sqlite", "postgresql"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    """An empty corpus on each database."""
    if request.param == "sqlite":
        yield Corpus(tmp_path / "corpus")
        return
    if not os.environ.get(SERVER):
        pytest.skip(f"{SERVER} names no PostgreSQL server")
    url = sa.make_url(os.environ[SERVER]).set(drivername="postgresql+psycopg")
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"matcher_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    try:
        yield Corpus(url.set(drivername="postgresql", database=name).render_as_string(hide_password=False))
    finally:
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
