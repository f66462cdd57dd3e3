"""One tenant's way to the database: transactions and typed failures."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, Row

from matcher.store import schema
from matcher.store.driver import ask
from matcher.store.failures import typed_failures
from matcher.store.service.schema import api_keys, assessments, jobs
from matcher.store.tenancy import TENANT, Prepared, prepared, scoped
from matcher.store.times import aware
from matcher.types.service import DueNotice, JobState, OpenJob

# A corpus in a folder.
FILE = "corpus.sqlite"

# Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
_MANY = 5_000

_REVISION = prepared(sa.select(schema.tenants.c.corpus_revision))

Value = TypeVar("Value")


@lru_cache(maxsize=256)
def _text(sql: str) -> sa.TextClause:
    """The same object for the same SQL: what it was compiled to is found with it."""
    return sa.text(sql)


def parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """The values, each once and in order, in lists that one statement takes."""
    every = list(dict.fromkeys(values))
    for start in range(0, len(every), _MANY):
        yield every[start : start + _MANY]


class Work:
    """One transaction of one tenant. Statements reach the database through it alone."""

    def __init__(self, connection: Connection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant
        self._raised: int | None = None
        self._late: list[tuple[str, Sequence[Mapping[str, object]]]] = []
        self.changed = False
        self.dialect = connection.dialect.name

    def rows(
        self, statement: sa.Select[Any] | Prepared, values: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        """The rows of this tenant that the statement finds."""
        if isinstance(statement, Prepared):
            return ask(self._connection, statement.rows, {TENANT: self._tenant, **(values or {})})
        narrowed = scoped(statement)
        return self._connection.execute(narrowed, {TENANT: self._tenant, **(values or {})}).all()

    def first(
        self, statement: sa.Select[Any] | Prepared, values: Mapping[str, object] | None = None
    ) -> Row[Any] | None:
        """The first of `rows`, or None."""
        if isinstance(statement, Prepared):
            found = ask(self._connection, statement.first, {TENANT: self._tenant, **(values or {})})
            return found[0] if found else None
        narrowed = scoped(statement.limit(1))
        return self._connection.execute(narrowed, {TENANT: self._tenant, **(values or {})}).first()

    def stream(self, statement: sa.Select[Any], size: int) -> Iterator[Sequence[Row[Any]]]:
        """`rows` in parts of `size`, without holding all of them."""
        options = {"yield_per": size}
        found = self._connection.execute(scoped(statement), {TENANT: self._tenant}, execution_options=options)
        yield from found.partitions()

    def count(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        """How many rows of this tenant meet the conditions."""
        (row,) = self.rows(sa.select(sa.func.count()).select_from(table).where(*conditions))
        return int(row[0])

    def change(self, statement: sa.Update | sa.Delete) -> int:
        """Update or delete this tenant's rows; returns how many."""
        found = self._connection.execute(scoped(statement), {TENANT: self._tenant})
        self.changed |= found.rowcount > 0
        return found.rowcount

    def insert(
        self, table: sa.Table, rows: Sequence[Mapping[str, object]], *, skip_known: bool = False
    ) -> None:
        """Insert rows as this tenant's; with `skip_known`, those whose key is taken are passed over."""
        if not rows:
            return
        ours = [{**row, "tenant": self._tenant} for row in rows]
        if not skip_known:
            self._connection.execute(sa.insert(table), ours)
            self.changed = True
            return
        # Both dialects' own insert knows ON CONFLICT; they spell it alike.
        kind = sqlite.insert if self.dialect == "sqlite" else postgresql.insert
        statement = kind(table).values(ours).on_conflict_do_nothing()
        # Without the option there is no count of rows that were inserted on PostgreSQL.
        found = self._connection.execute(statement, execution_options={"preserve_rowcount": True})
        self.changed |= found.rowcount > 0

    def insert_one(self, table: sa.Table, row: Mapping[str, object]) -> int:
        """Insert a row and return the number that the database gave it."""
        self.changed = True
        statement = sa.insert(table).returning(table.c.id)
        return int(self._connection.execute(statement, {**row, "tenant": self._tenant}).scalar_one())

    def run(self, sql: str, values: Mapping[str, object] | None = None) -> Sequence[Row[Any]]:
        """SQL that SQLAlchemy has no words for: full text and upkeep. The caller keeps to the tenant."""
        found = self._connection.execute(_text(sql), values or {})
        return found.all() if found.returns_rows else ()

    def ask(self, sql: str, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
        """The same of SQL that finds rows, and is asked again and again."""
        return ask(self._connection, _text(sql), values)

    def run_many(self, sql: str, rows: Sequence[Mapping[str, object]]) -> None:
        """The same once for each row of values."""
        if rows:
            self._connection.execute(_text(sql), rows)

    def run_late(self, sql: str, rows: Sequence[Mapping[str, object]]) -> None:
        """The same at the end of the transaction, or at `run_what_is_late`.

        FTS5 writes what it has in memory at the next statement on another table that may fail halfway: one
        small segment a resume. At a million lines merging these took longer than all else that is written.
        """
        self._late.append((sql, rows))

    def run_what_is_late(self) -> None:
        """What `run_late` was given, in its order."""
        late, self._late = self._late, []
        for sql, rows in late:
            self.run_many(sql, rows)

    @property
    def corpus_revision(self) -> int:
        """The corpus revision that this write makes, raised once: when asked for, or at the end."""
        if self._raised is None:
            table = schema.tenants
            self.change(sa.update(table).values(corpus_revision=table.c.corpus_revision + 1))
            self._raised = self.revision()
        return self._raised

    def revision(self) -> int:
        """The corpus revision as it is; 0 before the first write."""
        row = self.first(_REVISION)
        return int(row[0]) if row else 0

    def begin_writing(self) -> None:
        """Wait for this tenant's other writers. On PostgreSQL they queue at the tenant's row, so that corpus
        revisions become visible in their order, and no two writers wait for each other's rows."""
        self.insert(schema.tenants, [{"corpus_revision": 0}], skip_known=True)
        if self.dialect != "sqlite":
            self.rows(sa.select(schema.tenants.c.corpus_revision).with_for_update())
        self.changed = False

    def end_writing(self) -> None:
        """Run what is late, and raise the corpus revision when something was changed."""
        self.run_what_is_late()
        if self.changed:
            _ = self.corpus_revision


class Database:
    """Transactions of one tenant. `folder` is None on PostgreSQL."""

    def __init__(self, engine: Engine, tenant: str, folder: Path | None) -> None:
        self.engine = engine
        self.tenant = tenant
        self.folder = folder
        self._moment = threading.local()

    @contextmanager
    def moment(self) -> Iterator[None]:
        """All that this thread reads meanwhile is of one moment of the corpus, in one transaction: to begin
        and end one takes as long as several small statements."""
        with self.reading() as work:
            outer, self._moment.work = getattr(self._moment, "work", None), work
            try:
                yield
            finally:
                self._moment.work = outer

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A transaction that sees one moment of the corpus: that of `moment` where this is within it."""
        if (work := getattr(self._moment, "work", None)) is not None:
            yield work
            return
        with typed_failures(), self.engine.connect() as connection, connection.begin():
            yield Work(connection, self.tenant)

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """A transaction that is written whole or not at all; one at a time per SQLite corpus or tenant."""
        with self.noting() as work:
            work.begin_writing()
            yield work
            work.end_writing()

    @contextmanager
    def noting(self) -> Iterator[Work]:
        """The same for what is kept beside the corpus. No index has to follow it, so the corpus revision
        stays, and on PostgreSQL nobody waits for it."""
        with typed_failures(), self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # The lock is taken at once: a writer that began by reading could not wait for another's end.
                connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            else:
                # After the wait for the tenant's row, statements have to see what the other writer wrote.
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                yield Work(connection, self.tenant)

    def key_row(self, key_id: str) -> Row[Any] | None:
        """The row of a key of any tenant: the one question that is asked before the tenant is known."""
        with typed_failures(), self.engine.connect() as connection:
            return connection.execute(sa.select(api_keys).where(api_keys.c.id == key_id)).one_or_none()

    def open_jobs(self) -> list[OpenJob]:
        """Jobs of all tenants that have not come to an end, the oldest first: one worker works for all."""
        ends = [state.value for state in JobState if state.is_end]
        columns = jobs.c.tenant, jobs.c.id, jobs.c.attempt, jobs.c.seen, jobs.c.request_id
        statement = sa.select(*columns).where(jobs.c.state.not_in(ends)).order_by(jobs.c.created)
        with typed_failures(), self.engine.connect() as connection:
            rows = connection.execute(statement).all()
        return [OpenJob(row.tenant, row.id, row.attempt, row.seen, row.request_id) for row in rows]

    def due_notices(self, now: datetime, limit: int) -> list[DueNotice]:
        """Assessments of all tenants that an ATS is to be told of by `now`, the longest due first."""
        which = sa.select(assessments.c.tenant, assessments.c.id).where(assessments.c.due <= aware(now))
        with typed_failures(), self.engine.connect() as connection:
            rows = connection.execute(which.order_by(assessments.c.due).limit(limit)).all()
        return [DueNotice(row.tenant, row.id) for row in rows]

    def tenants(self) -> list[str]:
        """The tenants who have keys."""
        statement = sa.select(api_keys.c.tenant).distinct().order_by(api_keys.c.tenant)
        with typed_failures(), self.engine.connect() as connection:
            return [row.tenant for row in connection.execute(statement)]

    @contextmanager
    def outside(self) -> Iterator[Work]:
        """Statements that no transaction may hold, such as VACUUM."""
        with typed_failures(), self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.execution_options(sqlite_begin="")
            else:
                connection.execution_options(isolation_level="AUTOCOMMIT")
            yield Work(connection, self.tenant)
