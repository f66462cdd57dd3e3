"""Vectors to nearest neighbours: one contract, kept exactly in NumPy (the oracle), in FAISS and in Milvus.

Scores are cosines, higher is better. `similarities` are those that results are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.index.exact import ExactIndex
from matcher.index.files import saved_manifest, tidy
from matcher.index.similarity import similarities
from matcher.index.snippets import IndexSpec, IndexState, SnippetIndex

if TYPE_CHECKING:
    from matcher.index.faiss import FaissIndex
    from matcher.index.milvus import MilvusIndex

__all__ = [
    "ExactIndex",
    "FaissIndex",
    "IndexSpec",
    "IndexState",
    "MilvusIndex",
    "SnippetIndex",
    "saved_manifest",
    "similarities",
    "tidy",
]


def __getattr__(name: str) -> Any:
    """Load FAISS and Milvus on first use: scoring a resume does without them (PEP 562)."""
    if name == "FaissIndex":
        from matcher.index.faiss import FaissIndex

        return FaissIndex
    if name == "MilvusIndex":
        from matcher.index.milvus import MilvusIndex

        return MilvusIndex
    raise AttributeError(f"module 'matcher.index' has no attribute {name!r}")
