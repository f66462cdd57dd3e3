"""Vectors of texts, kept once per tenant, encoder and text, as little-endian float32 bytes."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from matcher.errors import InputError, MissingVectorsError
from matcher.store.database import Database, Work, parts
from matcher.store.listed import among
from matcher.store.revision_vectors import drop_joined
from matcher.store.schema import role_texts, snippets, vectors
from matcher.store.tenancy import prepared
from matcher.types.corpus import Vectors

_DROPPED_AT_ONCE = 5_000

_VECTORS = sa.select(snippets.c.id, vectors.c.vector).select_from(
    snippets.join(vectors, vectors.c.text_sha256 == snippets.c.text_sha256)
)
_OF_SNIPPETS = prepared(
    _VECTORS.where(vectors.c.fingerprint == sa.bindparam("fingerprint"), among(snippets.c.id, "ids"))
)


@dataclass(frozen=True, slots=True)
class SnippetVectors:
    """Vectors of snippets: `rows` is len(ids) rows of equal length, one after the other, as they are kept."""

    ids: tuple[int, ...]
    rows: bytes


class VectorStore:
    """Vectors by the text they were computed from. A text is kept only while a snippet or a role has it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, fingerprint: str, texts: Iterable[str]) -> list[str]:
        """Those of the texts that have no vector under this encoder, each once, in order."""
        keys = {text_key(text): text for text in texts}
        with self._database.reading() as work:
            known = set(_known(work, fingerprint, keys))
        return [text for key, text in keys.items() if key not in known]

    def get(self, fingerprint: str, texts: Iterable[str]) -> dict[str, bytes]:
        """The vectors that are kept of these texts under this encoder."""
        keys = {text_key(text): text for text in texts}
        with self._database.reading() as work:
            return {keys[key]: row for key, row in _known(work, fingerprint, keys).items()}

    def of_snippets(self, fingerprint: str, ids: Sequence[int]) -> SnippetVectors:
        """The vectors of snippets, ascending by id; those that have none are passed over."""
        with self._database.reading() as work:
            rows = work.rows(_OF_SNIPPETS, {"fingerprint": fingerprint, "ids": ids})
        found = sorted((row.id, row.vector) for row in rows)
        return SnippetVectors(tuple(key for key, _ in found), b"".join(row for _, row in found))

    def stream(self, fingerprint: str, size: int = 4096) -> Iterator[SnippetVectors]:
        """The vectors of all snippets, ascending by id, in parts of `size`: one moment of the corpus."""
        with self._database.reading() as work:
            of_encoder = _VECTORS.where(vectors.c.fingerprint == fingerprint)
            for rows in work.stream(of_encoder.order_by(snippets.c.id), size):
                yield SnippetVectors(tuple(row.id for row in rows), b"".join(row.vector for row in rows))

    def unencoded(self, fingerprint: str, limit: int, after: int = -1) -> dict[int, str]:
        """The masked texts of at most `limit` snippets without a vector under this encoder, by the snippets'
        ids, ascending from behind `after`.

        A new encoder is brought in by encoding and adding these, going on behind the last id, and once more
        from the beginning for what came meanwhile, until there are none.
        """
        statement = (
            sa.select(snippets.c.id, snippets.c.masked)
            .where(snippets.c.id > after, _bare(fingerprint))
            .order_by(snippets.c.id)
            .limit(limit)
        )
        with self._database.reading() as work:
            return {row.id: row.masked for row in work.rows(statement)}

    def add(self, computed: Vectors) -> int:
        """Keep vectors of texts that snippets or roles of this tenant have; returns how many were new.

        What nothing has any more, because it was erased meanwhile, is passed over.
        """
        with self._database.writing() as work:
            wanted = _wanted(work, {text_key(text) for text in computed.rows})
            rows = {text: row for text, row in computed.rows.items() if text_key(text) in wanted}
            return keep_vectors(work, Vectors(computed.fingerprint, rows))

    def drop(self, fingerprint: str) -> int:
        """Forget all vectors of an encoder; returns how many there were.

        Some at a time, each time in a transaction: others write in between, and who is killed goes on.
        """
        drop_joined(self._database, fingerprint)
        dropped = 0
        some = sa.select(vectors.c.id).where(vectors.c.fingerprint == fingerprint).limit(_DROPPED_AT_ONCE)
        while True:
            with self._database.writing() as work:
                ids = [row.id for row in work.rows(some)]
                if not ids:
                    return dropped
                dropped += work.change(sa.delete(vectors).where(vectors.c.id.in_(ids)))


def text_key(text: str) -> bytes:
    """The SHA-256 under which a text's vector is kept: of the text with its white space folded, in UTF-8."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).digest()


def vector_bytes(row: Sequence[float]) -> bytes:
    """A vector as it is kept: little-endian float32."""
    numbers = array("f", row)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def keep_vectors(work: Work, computed: Vectors) -> int:
    """Insert the vectors that are new; returns how many. Raises InputError for rows of unlike length."""
    lengths = {len(row) for row in computed.rows.values()}
    if len(lengths) > 1 or any(length == 0 or length % 4 for length in lengths):
        raise InputError(f"Vectors of one encoder have one length in float32 bytes, not {sorted(lengths)}.")
    keys = {text_key(text): row for text, row in computed.rows.items()}
    known = _known(work, computed.fingerprint, keys)
    fresh = [
        {"fingerprint": computed.fingerprint, "text_sha256": key, "vector": row}
        for key, row in keys.items()
        if key not in known
    ]
    work.insert(vectors, fresh)
    return len(fresh)


def require_vectors(work: Work, revision: int, fingerprint: str) -> None:
    """Raise MissingVectorsError unless every snippet of the revision has a vector under this encoder."""
    bare = work.count(snippets, snippets.c.revision == revision, _bare(fingerprint))
    if bare:
        raise MissingVectorsError(
            f"{bare} snippets of the resume have no vector under {fingerprint}: encode what `missing` names "
            "and add the resume again."
        )


def drop_unused(work: Work, keys: Iterable[bytes]) -> int:
    """Delete the vectors of those texts that no snippet and no role of this tenant has; returns how many."""
    gone = 0
    for part in parts(keys):
        unused = sorted(set(part) - _wanted(work, part))
        for some in parts(unused):
            gone += work.change(sa.delete(vectors).where(vectors.c.text_sha256.in_(some)))
    return gone


def _bare(fingerprint: str) -> sa.ColumnElement[bool]:
    """Whether a snippet has no vector: looked up snippet by snippet, not by listing all vectors."""
    having = vectors.c.fingerprint == fingerprint, vectors.c.text_sha256 == snippets.c.text_sha256
    return ~sa.exists().where(*having)


def _known(work: Work, fingerprint: str, keys: Mapping[bytes, object]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for part in parts(keys):
        statement = sa.select(vectors.c.text_sha256, vectors.c.vector).where(
            vectors.c.fingerprint == fingerprint, vectors.c.text_sha256.in_(part)
        )
        found |= {row.text_sha256: row.vector for row in work.rows(statement)}
    return found


def _wanted(work: Work, keys: Iterable[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for part in parts(keys):
        for table in (snippets, role_texts):
            statement = sa.select(table.c.text_sha256).where(table.c.text_sha256.in_(part)).distinct()
            found |= {row.text_sha256 for row in work.rows(statement)}
    return found
