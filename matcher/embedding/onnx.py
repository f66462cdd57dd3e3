"""An exported model run by ONNX Runtime, one text a run, so that no vector depends on its neighbours.

What moves a vector's last bits is the shape of the computation, which decides how sums are split, and in a
model of whole numbers the scale, which the usual batching takes over all texts at once. Here a run has one
text, without padding, and is computed by one thread; several runs go side by side, so that the number of
threads changes nothing either. Batches gain little: a linear layer over 17 tokens already fills a core.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from matcher.embedding.encoder import distinct, parts, unit_mean
from matcher.embedding.files import ModelFiles
from matcher.errors import ModelError

# Runs side by side unless told otherwise. Each core above these adds little and costs memory.
_MAX_THREADS = 4
_SHARE = 8  # texts that a thread takes at a time


class OnnxEncoder:
    """An encoder whose model is a folder written by models/export.py. See `Encoder` for what it promises."""

    def __init__(self, files: ModelFiles, threads: int | None = None) -> None:
        """Load the tokenizer and build the session. Raises ModelError when a file cannot be used."""
        self.files = files
        self.dim = files.dim
        self.fingerprint = files.fingerprint
        self._threads = threads or min(os.cpu_count() or 1, _MAX_THREADS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors
        model, tokenizer = files.path("model.onnx"), files.path("tokenizer.json")
        try:
            self._tokenizer = Tokenizer.from_str(tokenizer.read_text(encoding="utf-8"))
        except Exception as error:  # the library raises nothing more particular
            raise ModelError(f"{tokenizer} is no readable tokenizer: install the package again.") from error
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library's errors have no other base in common
            raise ModelError(f"ONNX Runtime cannot use {model}: install the package again.") from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text: (n, dim) float32. See `Encoder.encode`."""
        different, places = distinct(texts)
        sequences: list[list[int]] = []
        shares: list[slice] = []  # for each text, its parts among the sequences
        for text, encoding in zip(different, self._tokenizer.encode_batch_fast(different), strict=True):
            first = len(sequences)
            if len(encoding.ids) <= self.files.max_tokens:
                sequences.append(encoding.ids)
            else:
                sequences += [self._tokenizer.encode(part).ids for part in parts(text, self._fits)]
            shares.append(slice(first, len(sequences)))
        vectors = self._run_all(sequences)
        rows = np.empty((len(different), self.dim), dtype=np.float32)
        for row, share in enumerate(shares):
            if share.stop - share.start == 1:
                rows[row] = vectors[share.start]
            else:
                rows[row] = unit_mean(vectors[share], [len(ids) for ids in sequences[share]])
        return rows[places]

    def _fits(self, text: str) -> bool:
        return len(self._tokenizer.encode(text).ids) <= self.files.max_tokens

    def _run_all(self, sequences: list[list[int]]) -> NDArray[np.float32]:
        """The model's vector of each token sequence: (n, dim)."""
        vectors = np.empty((len(sequences), self.dim), dtype=np.float32)

        def compute(share: slice) -> None:
            for place in range(*share.indices(len(sequences))):
                ids = np.array([sequences[place]], dtype=np.int64)
                (vectors[place : place + 1],) = self._session.run(["embedding"], {"input_ids": ids})

        # Many more shares than threads: one that ends early takes another.
        shares = [slice(at, at + _SHARE) for at in range(0, len(sequences), _SHARE)]
        threads = min(self._threads, len(shares))
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(compute, shares))
        else:
            compute(slice(None))
        return vectors
