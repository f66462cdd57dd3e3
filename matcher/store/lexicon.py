"""The words of the snippets that are searched: FTS5 on SQLite, tsvector on PostgreSQL.

Both hold `lexicon(rowid, words)` beside the table of snippets, fed with words that were cut here (words.py)
and split by the database at spaces alone, so that both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from matcher.store.database import Work
from matcher.store.listed import numbers
from matcher.store.query import Both, Either, Node, Phrase, Without
from matcher.store.schema import lexicon, revisions
from matcher.store.words import words
from matcher.types.corpus import SNIPPET_BITS

# Words that every second line has. Dropping them changes no order that matters.
_GRAMMAR = frozenset(
    "a an and as at be been by for from had has have in into is it its of on or our that the their this "
    "to was were which who will with you your".split()
)

_HOLDING = {"sqlite": "lexicon MATCH :asked", "postgresql": "words @@ CAST(:asked AS tsquery)"}

_AT_ONCE = 100  # columns of one statement

_LAST_PLACE = 16_383  # in a tsvector


class Holders(NamedTuple):
    """Snippets that hold one of the words `one` and all of the words `every`."""

    one: Sequence[str]
    every: Sequence[str] = ()


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


def counts_of(work: Work, asked: Sequence[str], most: int) -> list[int]:
    """How many snippets of all tenants hold each of the words; `most` where they are more, which are not
    looked at."""
    held = (
        f"(SELECT count(*) FROM (SELECT 1 FROM lexicon WHERE {_HOLDING[work.dialect]} LIMIT :most) AS held)"
    )
    return [int(count) for count in _columns(work, held, [_any([word], work) for word in asked], most)]


def holders(work: Work, asked: Sequence[Holders]) -> list[NDArray[np.int64]]:
    """For each that is asked the ids of the snippets of all tenants, in no certain order."""
    return _found(work, asked, "lexicon WHERE {holding}", 0)


def newest_holders(work: Work, asked: Holders, most: int) -> NDArray[np.int64]:
    """The ids of the newest `most` snippets of all tenants. To find so many in this order takes FTS5 half as
    long again as to find all, where these are as many."""
    newest = "(SELECT rowid FROM lexicon WHERE {holding} ORDER BY rowid DESC LIMIT :most) AS held"
    (found,) = _found(work, [asked], newest, most)
    return found


def _found(work: Work, asked: Sequence[Holders], place: str, most: int) -> list[NDArray[np.int64]]:
    both = " AND " if work.dialect == "sqlite" else " & "
    terms = [
        both.join([_any(each.one, work), *(_any([word], work) for word in each.every)]) for each in asked
    ]
    rowids = "group_concat(rowid)" if work.dialect == "sqlite" else "string_agg(rowid::text, ',')"
    column = f"(SELECT {rowids} FROM {place.format(holding=_HOLDING[work.dialect])})"
    return [numbers(ids) for ids in _columns(work, column, terms, most)]


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


def _columns(work: Work, column: str, terms: Sequence[str], most: int) -> list[Any]:
    """The column for each of the terms, many of which are asked of the database at once."""
    found: list[Any] = []
    for start in range(0, len(terms), _AT_ONCE):
        some = {f"asked{place}": term for place, term in enumerate(terms[start : start + _AT_ONCE])}
        columns = ", ".join(column.replace(":asked", f":{name}") for name in some)
        found += work.ask(f"SELECT {columns}", {"most": most, **some})[0]
    return found


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
