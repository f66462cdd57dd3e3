"""Texts to vectors through the store: what it keeps is not encoded again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Encoder
from matcher.store import Store, vector_bytes
from matcher.types import Resume
from matcher.types.corpus import Vectors

_DTYPE = np.dtype("<f4")
_AT_ONCE = 2_048  # texts encoded together, and snippets looked up together

# Texts of roles and searches whose vectors are kept in memory: 1.5 kB each.
_KEPT = 4_096


class CorpusVectors:
    """The vectors of a corpus under one encoder."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self.encoder = encoder
        self._store = store
        self._asked: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """The encoder's."""
        return self.encoder.fingerprint

    def for_intake(self, texts: Sequence[str], computed: Mapping[str, bytes] | None = None) -> Vectors:
        """The vectors that the store does not have of these texts: of those `computed` already, else each
        distinct text encoded once."""
        missing = self._store.vectors.missing(self.fingerprint, texts)
        rows = {text: computed[text] for text in missing if text in computed} if computed else {}
        new = self.encoded([text for text in missing if text not in rows])
        return Vectors(self.fingerprint, rows | dict(new.rows))

    def encoded(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts, as the store takes them."""
        rows = self.encoder.encode(texts) if texts else ()
        packed = {text: vector_bytes(row) for text, row in zip(texts, rows, strict=True)}
        return Vectors(self.fingerprint, packed)

    def of_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each masked text of a stored resume; what has no vector yet is encoded, not kept."""
        kept = self._store.vectors.get(self.fingerprint, texts)
        missing = [text for text in dict.fromkeys(texts) if text not in kept]
        rows = kept | dict(self.encoded(missing).rows)
        return as_rows(b"".join(rows[text] for text in texts), self.encoder.dim)

    def of_resumes(self, resumes: Mapping[int, Resume]) -> dict[int, NDArray[np.float32]]:
        """By revision one row for each snippet of its resume; what has no vector yet is encoded, not kept."""
        kept = self._store.revision_vectors.get(self.fingerprint, resumes)
        found = {}
        for revision, resume in resumes.items():
            data = kept.get(revision)
            if data is not None and len(data) == len(resume.snippets) * self.encoder.dim * _DTYPE.itemsize:
                found[revision] = as_rows(data, self.encoder.dim)
            else:
                found[revision] = self.of_texts([snippet.masked for snippet in resume.snippets])
        return found

    def of_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row for each text that is asked for; those asked lately are not encoded again."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._asked]
        rows = dict(zip(new, self.encoder.encode(new), strict=True)) if new else {}
        with self._lock:
            found = {text: self._asked[text] for text in texts if text in self._asked} | rows
            self._asked.update(found)
            while len(self._asked) > _KEPT:
                self._asked.popitem(last=False)
        # What another thread's texts pushed out meanwhile is encoded after all.
        lost = [text for text in dict.fromkeys(texts) if text not in found]
        found |= dict(zip(lost, self.encoder.encode(lost), strict=True)) if lost else {}
        return np.stack([found[text] for text in texts])

    def recall(self, texts: Sequence[str]) -> None:
        """Have ready for `of_queries` what the store keeps of these texts."""
        kept = self._store.vectors.get(self.fingerprint, texts)
        with self._lock:
            self._asked.update({text: as_rows(row, self.encoder.dim)[0] for text, row in kept.items()})

    def encode_missing(self) -> int:
        """Encode what snippets have no vector, until none is without; returns how many vectors were new."""
        encoded, after = 0, -1
        while True:
            bare = self._store.vectors.unencoded(self.fingerprint, _AT_ONCE, after)
            if not bare and after == -1:
                return encoded
            if not bare:
                after = -1  # once more from the beginning, for what came meanwhile
                continue
            encoded += self._store.vectors.add(self.encoded(list(dict.fromkeys(bare.values()))))
            after = max(bare)


def as_rows(data: bytes, dim: int) -> NDArray[np.float32]:
    """(n, dim) float32 of rows as the store keeps them, one after the other."""
    return np.frombuffer(data, _DTYPE).reshape(-1, dim).astype(np.float32, copy=False)
