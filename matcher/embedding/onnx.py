"""An exported model run by ONNX Runtime, in fixed shapes so that no vector depends on its neighbours.

What moves a vector's last bits is the shape of the computation: the padded length and the number of rows,
which decide how sums are split. Here both follow from a text's own length alone: it is padded to the next
multiple of 4 tokens, and a run always has the same number of rows for that length, dummy rows where texts
are missing. Each run is computed by one thread, and several runs go side by side, so that the number of
threads changes nothing either.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from matcher.embedding.encoder import distinct, parts, unit_mean
from matcher.embedding.files import ModelFiles
from matcher.errors import ModelError

# Padded lengths are multiples of this many tokens, and a run has about this many tokens, padding and dummy
# rows included. Snippets per second on one core, 400 of a mean of 17 tokens and 80 of them (one resume and a
# role): 96 by 4: 182 and 161; 64 by 4: 187 and 165; 128 by 4: 192 and 139; 96 by 8: 175 and 169; 256 by 8:
# 163 and 120.
_STEP = 4
_TOKENS = 96

# Runs side by side unless told otherwise. Each core above these adds little and costs memory.
_MAX_THREADS = 4


class _Run(NamedTuple):
    """One call of the model: which sequences, padded to `length`, in a batch of `rows` rows."""

    length: int
    rows: int
    members: list[int]


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

        def compute(run: _Run) -> None:
            vectors[run.members] = self._compute(run, sequences)

        runs = _plan([len(ids) for ids in sequences], self.files.max_tokens)
        threads = min(self._threads, len(runs))
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(compute, runs))
        else:
            for run in runs:
                compute(run)
        return vectors

    def _compute(self, run: _Run, sequences: list[list[int]]) -> NDArray[np.float32]:
        ids = np.zeros((run.rows, run.length), dtype=np.int64)
        mask = np.zeros_like(ids)
        mask[:, 0] = 1  # a dummy row attends to one padding token: a mean over nothing is not a number
        for row, member in enumerate(run.members):
            sequence = sequences[member]
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        (vectors,) = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})
        found: NDArray[np.float32] = vectors[: len(run.members)]
        return found


def _plan(lengths: Sequence[int], max_tokens: int) -> list[_Run]:
    """Runs that cover sequences of these lengths in tokens, longest first so that threads end together."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for member, length in enumerate(lengths):
        groups[min(-(-length // _STEP) * _STEP, max_tokens)].append(member)
    runs = []
    for length, members in sorted(groups.items(), reverse=True):
        rows = max(1, _TOKENS // length)
        runs += [_Run(length, rows, members[at : at + rows]) for at in range(0, len(members), rows)]
    return runs
