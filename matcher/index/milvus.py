"""The index in Milvus: a cluster by its address, or milvus-lite in a local file through the same client.

Each compaction begins a collection of its own (HNSW over inner products); a second, small collection says in
one row which of them counts, and what `IndexSpec` and revision it has. Milvus is shared while it is written:
what one object adds, others find before `save`, which only says how far the index has come. Doing additions
and removals again after a crash changes nothing.

Deleted vectors stay in Milvus's files. `compact` copies what is stored into a new collection and drops the
old one: milvus-lite deletes its files at once, a cluster in its garbage collection, hours later by default.
"""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import CorpusUnavailableError, IndexBehindError, IndexUnfitError, MissingExtraError
from matcher.index.snippets import (
    Hits,
    Ids,
    IndexSpec,
    IndexState,
    best,
    checked_ids,
    checked_k,
    checked_rows,
    latest,
)

try:
    from pymilvus import DataType, MilvusClient
    from pymilvus.exceptions import MilvusException
except ImportError as error:
    raise MissingExtraError("Milvus needs an extra: pip install 'matcher[milvus]'.") from error

FORMAT = 1

# Scores are float32 products of float32 numbers: rounding is all that parts them from the cosine.
_ERROR = 1e-5

# Links of a node in the graph, and how widely it is searched while it is built and asked: with these the
# recall of the 100 nearest is above .99 among 50,000 lines.
_LINKS = 16
_BREADTH_BUILT = 200
_BREADTH = 2  # times k

_MOST_HITS = 16_384  # Milvus's own limit
_BATCH = 2_000  # rows a message: 3 MB of 384 dimensions, a message may have 64
_GONE = 100  # Milvus's code for a collection that is not there


@dataclass(frozen=True, slots=True)
class _Row:
    """What the one row of the state collection says."""

    dim: int
    fingerprint: str
    revision: int = 0
    generation: int = 0
    collection: int = 0
    leftover: int = 0
    format: int = FORMAT


class MilvusIndex:
    """A `SnippetIndex` in Milvus, for more vectors, or more processes, than one machine carries."""

    def __init__(self, where: str | Path, spec: IndexSpec, name: str = "snippets", token: str = "") -> None:
        """Open the index `name` at an address, or in a local folder, or begin an empty one.

        Several corpora or tenants share a cluster under different names (letters, digits, underscores).
        `token` is what the cluster asks for, "user:password" or a key. Raises IndexUnfitError when what is
        there does not fit, CorpusUnavailableError when Milvus does not answer (a local file serves one
        process at a time).
        """
        self.spec = spec
        self._name = name
        self._lock = threading.RLock()
        if isinstance(where, Path):
            where.mkdir(parents=True, exist_ok=True)
            where = str(where / "milvus.db")
        with _told():
            self._client = MilvusClient(where, token=token)
        self._close = weakref.finalize(self, self._client.close)
        with _told():
            self._state = self._begun()

    @property
    def _collection(self) -> str:
        return f"{self._name}_{self._state.collection}"

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """See `SnippetIndex.add`."""
        new, rows = latest(checked_ids(ids), checked_rows(vectors, self.spec.dim))
        with self._lock, _told():
            self._forget(new)
            _insert(self._client, self._collection, new, rows)

    def remove(self, ids: Ids) -> None:
        """See `SnippetIndex.remove`."""
        gone = checked_ids(ids)
        with self._lock, _told():
            self._forget(gone)

    def search(self, queries: NDArray[np.float32], k: int, within: Ids | None = None) -> Hits:
        """See `SnippetIndex.search`. Milvus finds no more than 16,384."""
        rows = checked_rows(queries, self.spec.dim)
        most = min(checked_k(k), _MOST_HITS)
        scores = np.full((len(rows), most), -np.inf, dtype=np.float32)
        ids = np.full((len(rows), most), -1, dtype=np.int64)
        if len(rows):
            with _told():
                answer = self._client.search(
                    self._collection,
                    data=list(rows),
                    limit=most,
                    output_fields=["id"],
                    filter="" if within is None else f"id in {checked_ids(within).tolist()}",
                    search_params={"metric_type": "IP", "params": {"ef": max(64, _BREADTH * most)}},
                )
            for row, hits in enumerate(answer):
                scores[row, : len(hits)] = [hit["distance"] for hit in hits]
                ids[row, : len(hits)] = [hit["id"] for hit in hits]
        return best(scores, ids, k)

    def save(self, revision: int) -> None:
        """See `SnippetIndex.save`. Milvus compares and sets in two steps: let one process write at a time."""
        with self._lock, _told():
            self._client.flush(self._collection)
            self._say(replace(self._state, revision=revision))

    def compact(self) -> None:
        """See `SnippetIndex.compact`."""
        with self._lock, _told():
            old = self._collection
            following = replace(self._state, collection=self._state.collection + 1, leftover=0)
            new = f"{self._name}_{following.collection}"
            self._client.drop_collection(new)  # what a process that died left of it
            self._create(new)
            rows = self._client.query_iterator(old, batch_size=_BATCH, output_fields=["id", "vector"])
            while batch := rows.next():
                self._client.insert(new, [{"id": row["id"], "vector": row["vector"]} for row in batch])
            rows.close()
            self._client.flush(new)
            self._say(following)
            self._client.drop_collection(old)

    def describe(self) -> IndexState:
        """See `SnippetIndex.describe`."""
        with _told():
            counted = self._client.query(self._collection, filter="", output_fields=["count(*)"])
        return IndexState(
            kind="Milvus, HNSW",
            vectors=int(counted[0]["count(*)"]),
            revision=self._state.revision,
            error=_ERROR,
            approximate=True,
            leftover=self._state.leftover,
        )

    def _begun(self) -> _Row:
        """What the state says; of an index that is new, after making its collections."""
        found = self._read()
        if found is None:
            found = _Row(self.spec.dim, self.spec.fingerprint)
            self._client.drop_collection(f"{self._name}_0")
            self._create(f"{self._name}_0")
            schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("id", DataType.INT64, is_primary=True)
            schema.add_field("said", DataType.VARCHAR, max_length=4096)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)  # Milvus wants one
            self._open(self._name, schema, "FLAT", {})
            self._write(found)
        stored = (found.format, found.dim, found.fingerprint)
        wanted = (FORMAT, self.spec.dim, self.spec.fingerprint)
        if stored != wanted:
            raise IndexUnfitError(f"The index {self._name} is {stored}, but {wanted} is needed: rebuild it.")
        self._client.load_collection(f"{self._name}_{found.collection}")
        return found

    def _read(self) -> _Row | None:
        if not self._client.has_collection(self._name):
            return None
        self._client.load_collection(self._name)
        rows = self._client.get(self._name, ids=[0], output_fields=["said"])
        return _Row(**json.loads(rows[0]["said"])) if rows else None

    def _say(self, said: _Row) -> None:
        """Make `said` the state, unless another object has saved since this one was opened."""
        found = self._read()
        if found is None or found.generation != self._state.generation:
            raise IndexBehindError(
                f"The index {self._name} was saved by another since it was opened here: open it again and "
                "bring it up to the corpus."
            )
        said = replace(said, generation=found.generation + 1)
        self._write(said)
        self._state = said

    def _write(self, said: _Row) -> None:
        self._client.upsert(self._name, [{"id": 0, "said": json.dumps(asdict(said)), "vector": [1.0, 0.0]}])
        self._client.flush(self._name)

    def _create(self, collection: str) -> None:
        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self.spec.dim)
        self._open(collection, schema, "HNSW", {"M": _LINKS, "efConstruction": _BREADTH_BUILT})

    def _open(self, collection: str, schema: Any, kind: str, parameters: dict[str, int]) -> None:
        indexes = MilvusClient.prepare_index_params()
        indexes.add_index("vector", index_type=kind, metric_type="IP", params=parameters)
        self._client.create_collection(
            collection, schema=schema, index_params=indexes, consistency_level="Strong"
        )

    def _forget(self, ids: NDArray[np.int64]) -> None:
        """Delete ids, counting those that were there: their vectors stay in Milvus's files."""
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH].tolist()
            known = [row["id"] for row in self._client.get(self._collection, ids=part, output_fields=["id"])]
            if known:
                self._client.delete(self._collection, ids=known)
                self._state = replace(self._state, leftover=self._state.leftover + len(known))


def _insert(client: MilvusClient, collection: str, ids: NDArray[np.int64], rows: NDArray[np.float32]) -> None:
    for start in range(0, len(ids), _BATCH):
        part = zip(ids[start : start + _BATCH].tolist(), rows[start : start + _BATCH], strict=True)
        client.insert(collection, [{"id": key, "vector": row} for key, row in part])


@contextmanager
def _told() -> Iterator[None]:
    """Turn what Milvus complains of into errors of this project."""
    try:
        yield
    except MilvusException as error:
        if error.code == _GONE:
            raise IndexBehindError("The index was compacted by another: open it again.") from error
        raise CorpusUnavailableError(
            f"Milvus did not do as it was asked (code {error.code}): check that it runs, that its address is "
            "right and, for a local file, that no other process has it open."
        ) from error
