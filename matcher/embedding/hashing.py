"""Word hashing: a tiny encoder for tests, whose every number can be worked out by hand."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embedding.encoder import distinct

_WORD = re.compile(r"\w+")


class HashingEncoder:
    """Counts words: each adds 1 at the place that its CRC-32 names, then the row is scaled to length 1.

    Two texts' cosine is that of their bags of words, but for collisions. It knows no meaning.
    """

    dim = 256
    fingerprint = "hashing-256"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text: (n, 256) float32. See `Encoder.encode`."""
        different, places = distinct(texts)
        counts = np.zeros((len(different), self.dim), dtype=np.float64)
        for row, text in zip(counts, different, strict=True):
            for word in _WORD.findall(text.casefold()) or [""]:
                row[zlib.crc32(word.encode()) % self.dim] += 1
        # Counts and their squares are whole numbers: the sums are exact in any order.
        norms = np.sqrt((counts * counts).sum(axis=1, keepdims=True))
        rows: NDArray[np.float32] = (counts / norms).astype(np.float32)
        return rows[places]
