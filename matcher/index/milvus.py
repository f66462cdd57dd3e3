"""The index in Milvus: a cluster by its address, or milvus-lite in a local file through the same client.

Each compaction begins a collection of its own (HNSW over inner products); a second, small collection says in
one row which of them counts, and what `IndexSpec` and revision it has. Milvus is shared while it is written:
what one object adds, others find before `save`, which only says how far the index has come. Doing additions
and removals again after a crash changes nothing. What a server has acknowledged lasts in its log, and it
rations flushing; milvus-lite is flushed at every `save`.

Deleted vectors stay in Milvus's files. `compact` copies what is stored into a new collection and drops the
old one: milvus-lite deletes its files at once, a cluster in its garbage collection, hours later by default.
"""

from __future__ import annotations

import logging
import re
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import CorpusUnavailableError, IndexBehindError, MissingExtraError
from matcher.index.milvus_filter import filters
from matcher.index.milvus_state import WHOLE, MilvusState
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
    from grpc import RpcError
    from pymilvus import DataType, MilvusClient
    from pymilvus.exceptions import MilvusException
except ImportError as error:
    raise MissingExtraError("Milvus needs an extra: pip install 'matcher[milvus]'.") from error

# What it would write to standard error is raised, and said in our words.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)

# Scores are float32 products of float32 numbers: rounding is all that parts them from the cosine.
_ERROR = 1e-5

# Links of a node in the graph, and how widely it is searched while it is built and asked: with these the
# recall of the 100 nearest is above .99 among 50,000 lines.
_LINKS = 16
_BREADTH_BUILT = 200
_BREADTH = 2  # times k

_MOST_HITS = 16_384  # Milvus's own limit
_BATCH = 2_000  # rows a message: 3 MB of 384 dimensions, 64 are allowed
_GONE = (100, 101)  # Milvus's codes for a collection that is not there, or not loaded any more
_SECONDS = 20.0  # that a search or a look at the state may take, a server that is away included

# A server that was away is tried again soon, whatever another channel of the process has met.
_CHANNEL = {"grpc.max_reconnect_backoff_ms": 2_000, "grpc.use_local_subchannel_pool": 1}

Part = tuple[NDArray[np.int64], NDArray[np.float32]]


class MilvusIndex:
    """A `SnippetIndex` in Milvus, for more vectors, or more processes, than one machine carries."""

    def __init__(
        self,
        where: str | Path,
        spec: IndexSpec,
        name: str = "snippets",
        token: str = "",
        database: str = "",
        *,
        anew: bool = False,
    ) -> None:
        """Open the index `name` at an address, or in a local folder, or begin an empty one.

        Several corpora or tenants share a cluster under different names (letters, digits, underscores), or
        in its databases. `token` is what the cluster asks for, "user:password" or a key. `anew` drops what
        stands under the name. Raises IndexUnfitError when what is there does not fit, CorpusUnavailableError
        when Milvus does not answer (a local file serves one process at a time).
        """
        self.spec = spec
        self._name = name
        self._lock = threading.RLock()
        self._local = isinstance(where, Path)
        self._whole = WHOLE if self._local else nullcontext()
        if isinstance(where, Path):
            where.mkdir(parents=True, exist_ok=True)
            where = str(where / "milvus.db")
        with self._whole, _told():
            known = {"token": token, "db_name": database, "timeout": _SECONDS, "grpc_options": _CHANNEL}
            self._client = MilvusClient(where, **known)
            self._close = weakref.finalize(self, self._client.close)
            if anew:
                self._drop(rf"{name}(_\d+)?")
            self._state = self._begun()

    @property
    def revision(self) -> int:
        """The corpus revision that was saved last, as far as this object knows."""
        return self._state.revision

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
        with self._lock, _told():
            self._forget(checked_ids(ids))

    def search(self, queries: NDArray[np.float32], k: int, within: Ids | None = None) -> Hits:
        """See `SnippetIndex.search`. Milvus finds no more than 16,384, of each part of `within`."""
        rows = checked_rows(queries, self.spec.dim)
        most = min(checked_k(k), _MOST_HITS)
        asked = filters(None if within is None else checked_ids(within))
        scores = np.full((len(rows), len(asked) * most), -np.inf, dtype=np.float32)
        ids = np.full(scores.shape, -1, dtype=np.int64)
        broad = {"metric_type": "IP", "params": {"ef": max(64, _BREADTH * most)}}
        for part, chosen in enumerate(asked if len(rows) else []):
            with self._whole, _told():
                answer = self._answer(data=list(rows), limit=most, filter=chosen, search_params=broad)
            for row, hits in enumerate(answer):
                scores[row, part * most :][: len(hits)] = [hit["distance"] for hit in hits]
                ids[row, part * most :][: len(hits)] = [hit["id"] for hit in hits]
        return best(scores, ids, k)

    def _answer(self, **asked: Any) -> Any:
        """What Milvus finds; asked again when a compaction beside has dropped the collection meanwhile."""
        while True:
            collection = self._collection
            try:
                answer = self._client.search(collection, output_fields=["id"], timeout=_SECONDS, **asked)
            except MilvusException as error:
                if error.code not in _GONE or collection == self._collection:
                    raise
            else:
                # One that is being dropped may answer that it is empty. The state moves before the drop.
                if collection == self._collection:
                    return answer

    def save(self, revision: int) -> None:
        """See `SnippetIndex.save`. Milvus compares and sets in two steps: let one process write at a time."""
        with self._lock, self._whole, _told():
            if self._local:
                self._client.flush(self._collection)
            self._say(replace(self._state, revision=revision))

    def compact(self) -> None:
        """See `SnippetIndex.compact`. Others go on with the old collection until the new one is whole."""
        with self._lock:
            self.replace(self._stored(), self._state.revision)

    def replace(self, parts: Iterable[Part], revision: int) -> None:
        """Put these ids, each once, and their rows in the place of all that is stored, as of `revision`.

        Raises what `save` raises.
        """
        with self._lock, _told():
            old, collection = self._collection, self._state.collection + 1
            new = f"{self._name}_{collection}"
            self._client.drop_collection(new)  # what a process that died left of it
            self._create(new)
            for ids, rows in parts:
                _insert(self._client, new, ids, rows)
            self._client.flush(new)
            self._say(replace(self._state, collection=collection, revision=revision, leftover=0))
            self._client.drop_collection(old)

    def look(self) -> None:
        """Take note of what others saved or compacted. Raises IndexBehindError where all was dropped."""
        with self._lock, self._whole, _told():
            found = self._read()
            if found is None:
                raise IndexBehindError(f"The index {self._name} was dropped by another: open it again.")
            self._state = found
            self._client.load_collection(self._collection)

    def drop_others(self, prefix: str) -> None:
        """Drop the other indexes whose names begin with `prefix`."""
        with self._lock, _told():
            self._drop(rf"(?!{self._name}(_\d+)?$){prefix}.*")

    def _stored(self) -> Iterator[Part]:
        rows = self._client.query_iterator(self._collection, _BATCH, output_fields=["id", "vector"])
        while batch := rows.next():
            ids = np.array([row["id"] for row in batch], dtype=np.int64)
            yield ids, np.array([row["vector"] for row in batch], dtype=np.float32)
        rows.close()

    def _drop(self, names: str) -> None:
        for name in self._client.list_collections(timeout=_SECONDS):
            if re.fullmatch(names, name):
                self._client.drop_collection(name)

    def describe(self) -> IndexState:
        """See `SnippetIndex.describe`."""
        with _told():
            asked = {"filter": "", "output_fields": ["count(*)"], "timeout": _SECONDS}
            vectors = int(self._client.query(self._collection, **asked)[0]["count(*)"])
        return IndexState("Milvus, HNSW", vectors, self.revision, _ERROR, True, self._state.leftover)

    def _begun(self) -> MilvusState:
        """What the state says; of an index that is new, after making its collections."""
        found = self._read()
        if found is None:
            found = MilvusState(self.spec.dim, self.spec.fingerprint)
            self._client.drop_collection(f"{self._name}_0")
            self._create(f"{self._name}_0")
            schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("id", DataType.INT64, is_primary=True)
            schema.add_field("said", DataType.VARCHAR, max_length=4096)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)  # Milvus wants one
            self._open(self._name, schema, "FLAT", {})
            self._write(found)
        found.check(self._name, self.spec)
        self._client.load_collection(f"{self._name}_{found.collection}")
        return found

    def _read(self) -> MilvusState | None:
        if not self._client.has_collection(self._name, timeout=_SECONDS):
            return None
        self._client.load_collection(self._name)
        rows = self._client.get(self._name, ids=[0], output_fields=["said"], timeout=_SECONDS)
        return MilvusState.read(rows[0]["said"]) if rows else None

    def _say(self, said: MilvusState) -> None:
        """Make `said` the state, unless another object has saved since this one was opened."""
        found = self._read()
        if found is None or found.generation != self._state.generation:
            raise IndexBehindError(f"The index {self._name} was saved by another: open it again.")
        self._write(said := replace(said, generation=found.generation + 1))
        self._state = said

    def _write(self, said: MilvusState) -> None:
        with self._whole:
            self._client.upsert(self._name, [{"id": 0, "said": said.written(), "vector": [1.0, 0.0]}])
            if self._local:
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
    except (MilvusException, RpcError) as error:  # the client hands some of gRPC's own through
        code = error.code if isinstance(error, MilvusException) else "no answer in time"
        if code in _GONE:
            raise IndexBehindError("The index was compacted or unloaded: open it again.") from error
        raise CorpusUnavailableError(
            f"Milvus did not do as it was asked ({code}): check that it runs, that its address is "
            "right and, for a local file, that no other process has it open."
        ) from error
