"""The words of the snippets that are searched: FTS5 on SQLite, tsvector on PostgreSQL.

Both hold `lexicon(rowid, words)` beside the table of snippets, fed with words that were cut here (words.py)
and split by the database at spaces alone, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from matcher.store.database import Work
from matcher.store.listed import among, joined, pairs
from matcher.store.query import Both, Either, Node, Phrase, Without
from matcher.store.schema import lexicon, revisions, snippets
from matcher.store.tenancy import prepared
from matcher.store.words import words
from matcher.types.corpus import SNIPPET_BITS

# Words that every second line has. Dropping them changes no order that matters.
_GRAMMAR = frozenset(
    "a an and as at be been by for from had has have in into is it its of on or our that the their this "
    "to was were which who will with you your".split()
)

_LENGTHS = {
    dialect: prepared(
        sa.select(joined(snippets.c.id, dialect), joined(sa.func.length(snippets.c.masked), dialect)).where(
            among(snippets.c.id, "ids")
        )
    )
    for dialect in ("sqlite", "postgresql")
}

_LAST_PLACE = 16_383  # in a tsvector


def meets(node: Node, dialect: str) -> sa.ColumnElement[bool]:
    """Whether a revision as a whole meets the query: each word may stand in another of its snippets."""
    match node:
        case Phrase():
            revision: sa.ColumnElement[int] = sa.literal_column(f"lexicon.rowid >> {SNIPPET_BITS}")
            holding = sa.select(revision).select_from(lexicon).where(holds([node], dialect))
            return revisions.c.id.in_(holding)
        case Both(parts):
            return sa.and_(*(meets(part, dialect) for part in parts))
        case Either(parts):
            return sa.or_(*(meets(part, dialect) for part in parts))
        case Without(part):
            return sa.not_(meets(part, dialect))


def holds(phrases: Iterable[Phrase], dialect: str) -> sa.ColumnElement[bool]:
    """Whether a snippet of the lexicon holds at least one of the phrases."""
    if dialect == "sqlite":
        # Words have no double quotes.
        asked = " OR ".join(f'"{" ".join(phrase.words)}"{"*" * phrase.prefix}' for phrase in phrases)
        return sa.literal_column("lexicon.lexicon", sa.Text).op("MATCH", is_comparison=True)(asked)
    return lexicon.c.words.op("@@", is_comparison=True)(_tsquery(phrases))


def telling(phrases: Iterable[Phrase], dialect: str) -> sa.ColumnElement[Any]:
    """What snippets that hold the phrases are ordered by, most telling first: BM25, or ts_rank."""
    if dialect == "sqlite":
        return sa.literal_column("lexicon.rank", sa.Float).asc()
    return sa.func.ts_rank(lexicon.c.words, _tsquery(phrases)).desc()


def telling_words(text: str) -> list[str]:
    """The words of a text but those of grammar, each once."""
    return list(dict.fromkeys(word for word in words(text) if word not in _GRAMMAR))


def count_of(work: Work, word: str, most: int) -> int:
    """How many snippets of all tenants hold a word; `most` where they are more, which are not looked at."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM lexicon WHERE {_holding(work)} LIMIT :most) AS held"
    return int(work.run(sql, {"asked": _any([word], work), "most": most})[0][0])


def holders(work: Work, asked: Iterable[str], most: int, every: Iterable[str] = ()) -> list[int]:
    """The newest `most` snippets, of all tenants, that hold one of the words asked and all of `every`."""
    asked, every = _any(asked, work), [_any([word], work) for word in every]
    rowids = "group_concat(rowid)" if work.dialect == "sqlite" else "string_agg(rowid::text, ',')"
    held = f"SELECT rowid FROM lexicon WHERE {_holding(work)} ORDER BY rowid DESC LIMIT :most"
    both = " AND " if work.dialect == "sqlite" else " & "
    (row,) = work.run(
        f"SELECT {rowids} FROM ({held}) AS held", {"asked": both.join([asked, *every]), "most": most}
    )
    return list(map(int, row[0].split(","))) if row[0] else []


def lengths(work: Work, ids: Iterable[int]) -> dict[int, int]:
    """The length of the masked text of each of the snippets that are this tenant's.

    One string goes in and two come out: eight hundred parameters and rows take twice the time.
    """
    (row,) = work.rows(_LENGTHS[work.dialect], {"ids": ids})
    return dict(pairs(row))


def add_words(work: Work, masked: Mapping[int, str]) -> None:
    """Make snippets, given by id with their masked text, searchable when the transaction ends."""
    cast = "" if work.dialect == "sqlite" else "::tsvector"
    rows = [{"id": key, "words": _cut(text, work.dialect)} for key, text in masked.items()]
    work.run_late(f"INSERT INTO lexicon (rowid, words) VALUES (:id, (:words){cast})", rows)


def remove_words(work: Work, masked: Mapping[int, str]) -> None:
    """Take snippets out again. The text has to be the one that was added: FTS5 keeps words, not texts."""
    work.run_what_is_late()  # some of them may just have been added
    if work.dialect == "sqlite":
        sql = "INSERT INTO lexicon (lexicon, rowid, words) VALUES ('delete', :id, :words)"
    else:
        sql = "DELETE FROM lexicon WHERE rowid = :id"
    work.run_many(sql, [{"id": key, "words": _cut(text, work.dialect)} for key, text in masked.items()])


def _holding(work: Work) -> str:
    return "lexicon MATCH :asked" if work.dialect == "sqlite" else "words @@ CAST(:asked AS tsquery)"


def _any(asked: Iterable[str], work: Work) -> str:
    """One of the words, in the database's language: words have neither quotes nor backslashes."""
    if work.dialect == "sqlite":
        return "(" + " OR ".join(f'"{word}"' for word in asked) + ")"
    return "(" + " | ".join(f"'{word}'" for word in asked) + ")"


def _cut(text: str, dialect: str) -> str:
    found = words(text)
    if dialect == "sqlite":
        return " ".join(found)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(found, 1):
        places.setdefault(word, []).append(min(place, _LAST_PLACE))
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def _tsquery(phrases: Iterable[Phrase]) -> sa.ColumnElement[Any]:
    """The phrases in PostgreSQL's language; words have neither quotes nor backslashes."""
    asked = " | ".join(
        "(" + " <-> ".join(f"'{word}'" for word in phrase.words) + ":*" * phrase.prefix + ")"
        for phrase in phrases
    )
    return sa.cast(sa.literal(asked, sa.Text), _TsQuery())


class _TsQuery(sa.types.UserDefinedType[str]):
    """PostgreSQL's type of full-text queries."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "tsquery"
