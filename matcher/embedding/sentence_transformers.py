"""Any sentence-transformers model as an encoder, through that library (an optional extra)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.embedding.encoder import distinct, parts, unit_mean
from matcher.errors import MissingExtraError, ModelError

try:
    import torch
    from sentence_transformers import SentenceTransformer
except ImportError as error:
    raise MissingExtraError(
        "Models other than the bundled one need sentence-transformers: "
        "pip install 'matcher[sentence-transformers]'"
    ) from error


class SentenceTransformerEncoder:
    """A sentence-transformers model on the CPU. See `Encoder` for what it promises.

    Texts go through the model one at a time and on one thread: batched together they are padded to the
    longest among them, and a text's last bits would depend on its neighbours. That costs about half of the
    speed on an idle machine; on a busy one a second thread makes single texts ten times slower, as the two
    wait for each other (0.64 s against 0.055 s each).
    """

    def __init__(self, model: str) -> None:
        """Load `model`, a name or a path. Raises ModelError when that fails."""
        self._name = model
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except Exception as error:  # whatever the libraries below it raise for a name that is no model
            raise ModelError(
                f"sentence-transformers cannot load the model {model!r}: check the name or the path, and the "
                "network if the model is not on this machine."
            ) from error
        limit = self._model.max_seq_length
        self._max_tokens: float = limit if limit is not None else math.inf
        self.dim = int(self._encode_one("").shape[0])

    @cached_property
    def fingerprint(self) -> str:
        """The model's name and 12 hex digits of a digest over its modules and parameters."""
        digest = hashlib.sha256(repr(self._model).encode())
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
        return f"{self._name.replace(chr(92), '/').rstrip('/').split('/')[-1]}@{digest.hexdigest()[:12]}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text: (n, dim) float32. See `Encoder.encode`."""
        different, places = distinct(texts)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            rows = [self._encode_whole(text) for text in different]
        finally:
            torch.set_num_threads(threads)
        return np.array(rows, dtype=np.float32).reshape(-1, self.dim)[places]

    def _encode_whole(self, text: str) -> NDArray[np.float32]:
        pieces = parts(text, self._fits)
        if len(pieces) == 1:
            return self._encode_one(pieces[0])
        vectors = np.stack([self._encode_one(piece) for piece in pieces])
        return unit_mean(vectors, [len(piece) for piece in pieces])

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        vector = self._model.encode(
            [text], batch_size=1, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vector[0], dtype=np.float32)

    def _fits(self, text: str) -> bool:
        # A token is at least one character or byte, so short texts need not be counted.
        if 4 * len(text) + 8 <= self._max_tokens:
            return True
        tokens = self._model.tokenizer(text, verbose=False, truncation=False)["input_ids"]
        return len(tokens) <= self._max_tokens
