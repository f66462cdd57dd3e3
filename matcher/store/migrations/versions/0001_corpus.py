"""The corpus as it began.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = depends_on = None


# What SQLite's planner is told of a large corpus, so that it plans for one from the beginning: the rows of an
# index, then how many have the same first column, the same first two ... (the sqlite_stat1 table of SQLite).
# Without it a tenant is taken for selective, and a million vectors are sorted where they lie in order.
SHAPE = {
    "snippets": {
        "snippets_revision": "1000000 1000000 50",
        "snippets_text": "1000000 1000000 2",
    },
    "vectors": {
        "sqlite_autoindex_vectors_1": "900000 900000 900000 1",
        "vectors_text": "900000 900000 1",
    },
    "revisions": {
        "sqlite_autoindex_revisions_1": "25000 25000 2 1",
        "sqlite_autoindex_revisions_2": "25000 25000 1",
        "sqlite_autoindex_revisions_3": "25000 25000 1",
        "revisions_newest": "25000 25000 20000 1",
    },
    "facts": {
        "sqlite_autoindex_facts_1": "500000 500000 25 20 1",
        "facts_value": "500000 500000 250000 50 1",
    },
    "contacts": {
        "sqlite_autoindex_contacts_1": "100000 100000 4 1 1",
        "contacts_lookup": "100000 100000 20000 1",
    },
    "tags": {"sqlite_autoindex_tags_1": "20000 20000 1 1", "tags_tag": "20000 20000 1000 1"},
    "changes": {"sqlite_autoindex_changes_1": "50000 50000 2 1 1"},
}


def upgrade() -> None:
    """Create every table, and the words of snippets as each database keeps them."""
    op.create_table(
        "candidates",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id"),
    )
    op.create_table(
        "changes",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("corpus_revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("snippets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "corpus_revision", "revision", "added"),
    )
    op.create_table(
        "external_ids",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "system", "key"),
    )
    op.create_index("external_ids_target", "external_ids", ["tenant", "kind", "target"], unique=False)
    op.create_table(
        "files",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sha256"),
    )
    op.create_table(
        "roles",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id"),
    )
    op.create_table(
        "scrubs",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("corpus_revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "corpus_revision"),
    )
    op.create_table(
        "tenants",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("corpus_revision", sa.BigInteger(), nullable=False),
        sa.Column("revisions_days", sa.Integer(), nullable=True),
        sa.Column("candidates_days", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("tenant"),
    )
    op.create_table(
        "vectors",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("tenant", "fingerprint", "text_sha256"),
    )
    op.create_index("vectors_text", "vectors", ["tenant", "text_sha256"], unique=False)
    op.create_table(
        "aliases",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "candidate"], ["candidates.tenant", "candidates.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "id"),
    )
    op.create_index("aliases_candidate", "aliases", ["tenant", "candidate"], unique=False)
    op.create_table(
        "revisions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("superseded", sa.BigInteger(), nullable=True),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("snippets", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("months_counted", sa.Integer(), nullable=True),
        sa.Column("months_growing", sa.Boolean(), nullable=False),
        sa.Column("degree", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "candidate"], ["candidates.tenant", "candidates.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "sha256"],
            ["files.tenant", "files.sha256"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("tenant", "candidate", "number"),
        sa.UniqueConstraint("tenant", "sha256"),
        sa.UniqueConstraint("tenant", "id"),
        sqlite_autoincrement=True,
    )
    op.create_index("revisions_newest", "revisions", ["tenant", "newest", "received"], unique=False)
    op.create_table(
        "role_revisions",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["tenant", "role"], ["roles.tenant", "roles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tenant", "role", "number"),
    )
    op.create_table(
        "tags",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "candidate"], ["candidates.tenant", "candidates.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "candidate", "tag"),
    )
    op.create_index("tags_tag", "tags", ["tenant", "tag", "candidate"], unique=False)
    op.create_table(
        "applications",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_revision", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "candidate"], ["candidates.tenant", "candidates.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "role", "role_revision"],
            ["role_revisions.tenant", "role_revisions.role", "role_revisions.number"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id"),
        sa.UniqueConstraint("tenant", "candidate", "role", "role_revision"),
    )
    op.create_index("applications_role", "applications", ["tenant", "role", "role_revision"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision", "kind", "ordinal"),
    )
    op.create_index("contacts_lookup", "contacts", ["tenant", "kind", "lookup"], unique=False)
    op.create_table(
        "contents",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resume", sa.LargeBinary(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision"),
    )
    op.create_table(
        "facts",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision", "kind", "value"),
    )
    op.create_index("facts_value", "facts", ["tenant", "kind", "value", "revision"], unique=False)
    op.create_table(
        "role_texts",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "role", "number"],
            ["role_revisions.tenant", "role_revisions.role", "role_revisions.number"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "role", "number", "text_sha256"),
    )
    op.create_index("role_texts_text", "role_texts", ["tenant", "text_sha256"], unique=False)
    op.create_table(
        "snippets",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("masked", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("snippets_revision", "snippets", ["tenant", "revision"], unique=False)
    op.create_index("snippets_text", "snippets", ["tenant", "text_sha256"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        # Words come cut and folded (store/words.py): FTS5 splits them at spaces. It keeps no copy of them.
        op.execute(
            "CREATE VIRTUAL TABLE lexicon USING fts5(words, content='', tokenize=\"ascii tokenchars '._+#'\")"
        )
        op.execute("ANALYZE")  # makes the table that the shape is written to
        op.bulk_insert(
            sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat")),
            [
                {"tbl": table, "idx": index, "stat": stat}
                for table, indexes in SHAPE.items()
                for index, stat in indexes.items()
            ],
        )
        # How many snippets hold a word, looked up in the same index.
        op.execute("CREATE VIRTUAL TABLE lexicon_words USING fts5vocab(lexicon, row)")
    else:
        op.execute("CREATE TABLE lexicon (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX lexicon_words ON lexicon USING gin (words)")
