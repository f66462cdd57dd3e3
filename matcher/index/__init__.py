"""Vectors to nearest neighbours: an exact index in NumPy (the oracle), one in FAISS, and plain similarities.

Scores are cosines, higher is better, and a score depends on its query and its vector alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher.index.exact import ExactIndex
from matcher.index.similarity import similarities
from matcher.index.snippets import SnippetIndex

if TYPE_CHECKING:
    from matcher.index.faiss import FaissIndex

__all__ = ["ExactIndex", "FaissIndex", "SnippetIndex", "similarities"]


def __getattr__(name: str) -> Any:
    """Load FAISS on first use: scoring a resume does without it (PEP 562)."""
    if name == "FaissIndex":
        from matcher.index.faiss import FaissIndex

        return FaissIndex
    raise AttributeError(f"module 'matcher.index' has no attribute {name!r}")
