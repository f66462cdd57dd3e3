"""The vectors of a revision together, as comparing a person reads them.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None


def upgrade() -> None:
    """Create the table, empty: `matcher reindex` fills it for the revisions that are there."""
    op.create_table(
        "revision_vectors",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision", "fingerprint"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # As for the tables of the beginning: the planner is told of a large corpus.
        op.bulk_insert(
            sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat")),
            [
                {
                    "tbl": "revision_vectors",
                    "idx": "sqlite_autoindex_revision_vectors_1",
                    "stat": "25000 25000 2 1",
                }
            ],
        )
    else:
        # Vectors do not compress: trying to costs time at every reading.
        op.execute("ALTER TABLE revision_vectors ALTER COLUMN vectors SET STORAGE EXTERNAL")
