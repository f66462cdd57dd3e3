"""Texts to unit vectors: the bundled ONNX model, any sentence-transformers model, a tiny one for tests.

Every encoder obeys the pool law: a text's row is the same to the last bit whatever is encoded with it.
"""

from __future__ import annotations

from pathlib import Path

from matcher.embedding.encoder import Encoder

__all__ = ["Encoder", "load_encoder"]


def load_encoder(model: str | None = None) -> Encoder:
    """The encoder for `model`, whose libraries are imported only here.

    None: the model bundled with this package. "hashing": word hashing, for tests. A folder that holds a
    manifest.json: an exported ONNX model. Anything else: the name or path of a sentence-transformers model.
    Raises ModelError when the model's files cannot be used and MissingExtraError when sentence-transformers
    is not installed.
    """
    if model == "hashing":
        from matcher.embedding.hashing import HashingEncoder

        return HashingEncoder()
    if model is None or (Path(model) / "manifest.json").is_file():
        from matcher.embedding.files import ModelFiles, bundled
        from matcher.embedding.onnx import OnnxEncoder

        return OnnxEncoder(bundled() if model is None else ModelFiles.open(Path(model)))
    from matcher.embedding.sentence_transformers import SentenceTransformerEncoder

    return SentenceTransformerEncoder(model)
