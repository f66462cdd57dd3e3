"""The tables of a corpus, the same on SQLite and PostgreSQL.

Every table has the tenant first in its keys, and foreign keys carry it along: not even a row can point at
another tenant's. docs/corpus-format.md describes each column for whoever reads a corpus without this code.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

# The revision of the schema that this code reads and writes: the newest file in migrations/versions.
HEAD = "0006"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970 in UTC: one meaning and one order everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Microseconds; the store refuses naive datetimes before they come here."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The datetime in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# SQLite numbers rows by itself only where the column is an INTEGER.
SERIAL = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData()


def key_column(name: str, *, primary: bool = True) -> Column[str]:
    """A column that a row is found by: part of the primary key unless told."""
    return Column(name, Text, primary_key=primary, nullable=False)


def belongs(columns: list[str], table: str, keys: list[str]) -> ForeignKeyConstraint:
    """A reference to another table within the tenant; a row goes when what it belongs to goes."""
    return ForeignKeyConstraint(
        ["tenant", *columns], [f"{table}.{key}" for key in ("tenant", *keys)], ondelete="CASCADE"
    )


tenants = Table(
    "tenants",
    metadata,
    key_column("tenant"),
    Column("corpus_revision", BigInteger, nullable=False),  # raised by every write
    Column("revisions_days", Integer),
    Column("candidates_days", Integer),
)

# Erasures whose bytes may still lie in free space: finished when the corpus is opened next.
scrubs = Table(
    "scrubs", metadata, key_column("tenant"), Column("corpus_revision", BigInteger, primary_key=True)
)

candidates = Table(
    "candidates",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("created", UtcTime, nullable=False),
)

# The id of a person who was merged into another goes on meaning them.
aliases = Table(
    "aliases",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("candidate", Text, nullable=False),
    belongs(["candidate"], "candidates", ["id"]),
    Index("aliases_candidate", "tenant", "candidate"),
)

files = Table(
    "files",
    metadata,
    key_column("tenant"),
    Column("sha256", LargeBinary, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", SERIAL, Identity(), primary_key=True),
    key_column("tenant", primary=False),
    Column("candidate", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("received", UtcTime, nullable=False),
    Column("superseded", UtcTime),
    Column("engine", Text, nullable=False),
    Column("source", Text),
    Column("snippets", Integer, nullable=False),
    Column("months", Integer),
    Column("months_counted", Integer),  # year * 12 + month - 1 up to which `months` were counted
    Column("months_growing", Boolean, nullable=False),
    Column("degree", Integer),  # DegreeLevel.rank
    UniqueConstraint("tenant", "id"),
    UniqueConstraint("tenant", "candidate", "number"),
    UniqueConstraint("tenant", "sha256"),  # a file is one revision of one person
    belongs(["candidate"], "candidates", ["id"]),
    ForeignKeyConstraint(["tenant", "sha256"], ["files.tenant", "files.sha256"]),
    Index("revisions_newest", "tenant", "newest", "received"),
    sqlite_autoincrement=True,  # an id is never used again
)

# What a revision says, apart from the columns that people are filtered by: those stay small and quick.
contents = Table(
    "contents",
    metadata,
    key_column("tenant"),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("resume", LargeBinary, nullable=False),
    Column("features", LargeBinary),
    belongs(["revision"], "revisions", ["id"]),
)

# Personal data, apart from everything that is searched: names, addresses, and the name of the file.
contacts = Table(
    "contacts",
    metadata,
    key_column("tenant"),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    key_column("kind"),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("value", Text, nullable=False),
    Column("lookup", Text, nullable=False),  # folded, to be found by
    belongs(["revision"], "revisions", ["id"]),
    Index("contacts_lookup", "tenant", "kind", "lookup"),
)

facts = Table(
    "facts",
    metadata,
    key_column("tenant"),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    key_column("kind"),
    key_column("value"),  # folded
    belongs(["revision"], "revisions", ["id"]),
    Index("facts_value", "tenant", "kind", "value", "revision"),
)

tags = Table(
    "tags",
    metadata,
    key_column("tenant"),
    key_column("candidate"),
    key_column("tag"),
    belongs(["candidate"], "candidates", ["id"]),
    Index("tags_tag", "tenant", "tag", "candidate"),
)

# The snippets of newest revisions: what is searched.
snippets = Table(
    "snippets",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=False),  # revision * 65536 + ordinal
    key_column("tenant", primary=False),
    Column("revision", BigInteger, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("position", Integer),
    Column("masked", Text, nullable=False),
    Column("text_sha256", LargeBinary, nullable=False),
    belongs(["revision"], "revisions", ["id"]),
    Index("snippets_revision", "tenant", "revision"),
    Index("snippets_text", "tenant", "text_sha256"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("id", SERIAL, Identity(), primary_key=True),
    key_column("tenant", primary=False),
    Column("fingerprint", Text, nullable=False),
    Column("text_sha256", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    UniqueConstraint("tenant", "fingerprint", "text_sha256"),
    Index("vectors_text", "tenant", "text_sha256"),
)

# The vectors of all snippets of a revision together, for whoever compares the whole: derived from `vectors`.
revision_vectors = Table(
    "revision_vectors",
    metadata,
    key_column("tenant"),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    key_column("fingerprint"),
    Column("vectors", LargeBinary, nullable=False),
    belongs(["revision"], "revisions", ["id"]),
)

roles = Table(
    "roles",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("created", UtcTime, nullable=False),
)

role_revisions = Table(
    "role_revisions",
    metadata,
    key_column("tenant"),
    key_column("role"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", LargeBinary, nullable=False),  # of `content`
    Column("content", LargeBinary, nullable=False),
    Column("created", UtcTime, nullable=False),
    belongs(["role"], "roles", ["id"]),
)

# The texts of a role whose vectors are kept with those of the snippets.
role_texts = Table(
    "role_texts",
    metadata,
    key_column("tenant"),
    key_column("role"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text_sha256", LargeBinary, primary_key=True),
    belongs(["role", "number"], "role_revisions", ["role", "number"]),
    Index("role_texts_text", "tenant", "text_sha256"),
)

applications = Table(
    "applications",
    metadata,
    key_column("tenant"),
    key_column("id"),
    Column("candidate", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("role_revision", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("updated", UtcTime, nullable=False),
    UniqueConstraint("tenant", "candidate", "role", "role_revision"),
    belongs(["candidate"], "candidates", ["id"]),
    belongs(["role", "role_revision"], "role_revisions", ["role", "number"]),
    Index("applications_role", "tenant", "role", "role_revision"),
)

# Keys of other systems for candidates, roles and applications.
external_ids = Table(
    "external_ids",
    metadata,
    key_column("tenant"),
    key_column("kind"),
    key_column("system"),
    key_column("key"),
    Column("target", Text, nullable=False),
    Index("external_ids_target", "tenant", "kind", "target"),
)

# What each write changed for an index. It holds numbers alone, so that it outlives an erasure.
changes = Table(
    "changes",
    metadata,
    key_column("tenant"),
    Column("corpus_revision", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("added", Boolean, primary_key=True),
    Column("snippets", Integer, nullable=False),
)

# The words of snippets by the snippets' ids: a virtual table of FTS5, a table with a tsvector on PostgreSQL.
# It has no tenant, is joined to tables that have one, and gives nothing but numbers. See lexicon.py.
lexicon = table("lexicon", column("rowid", BigInteger), column("words"))
