"""The outlines of resumes, from which a search by role chooses whom it compares.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = depends_on = None


def upgrade() -> None:
    """Create the table, empty: the first search by role fills it for the revisions that are there."""
    op.create_table(
        "outlines",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # As for the tables of the beginning: the planner is told of a large corpus.
        op.bulk_insert(
            sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat")),
            [{"tbl": "outlines", "idx": "sqlite_autoindex_outlines_1", "stat": "25000 25000 1"}],
        )
