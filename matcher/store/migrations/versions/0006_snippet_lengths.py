"""How long the snippets of a revision are, as ranking by words asks.

Revision ID: 0006
"""

import struct
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = depends_on = None

_AT_ONCE = 500  # revisions whose snippets are read at once: some 30,000 numbers


def upgrade() -> None:
    """Create the table and fill it: a million snippets take some seconds."""
    table = op.create_table(
        "snippet_lengths",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("characters", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "revision"], ["revisions.tenant", "revisions.id"], ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tenant", "revision"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        # As for the tables of the beginning: the planner is told of a large corpus.
        op.bulk_insert(
            sa.table("sqlite_stat1", sa.column("tbl"), sa.column("idx"), sa.column("stat")),
            [
                {
                    "tbl": "snippet_lengths",
                    "idx": "sqlite_autoindex_snippet_lengths_1",
                    "stat": "25000 25000 1",
                }
            ],
        )
    found = connection.execute(sa.text("SELECT id, tenant FROM revisions WHERE newest ORDER BY id"))
    newest = [(row.id, row.tenant) for row in found]
    of_some = sa.text(
        "SELECT id, length(masked) AS characters FROM snippets WHERE id >= :first AND id < :end ORDER BY id"
    )
    for start in range(0, len(newest), _AT_ONCE):
        some = newest[start : start + _AT_ONCE]
        ends = {"first": some[0][0] << 16, "end": (some[-1][0] + 1) << 16}
        own = groupby(connection.execute(of_some, ends), key=lambda row: row.id >> 16)
        lengths = {number: _packed([row.characters for row in rows]) for number, rows in own}
        rows = [
            {"tenant": tenant, "revision": number, "characters": lengths.get(number, b"")}
            for number, tenant in some
        ]
        connection.execute(sa.insert(table), rows)


def _packed(characters: list[int]) -> bytes:
    """Little-endian numbers of 16 bits."""
    return struct.pack(f"<{len(characters)}H", *(min(each, 65_535) for each in characters))
