"""Weighing: from what is seen in a (qualification, snippet) pair to the probability that it is evidence.

`strength` is the calibrated probability that a careful reader grades the snippet as at least partial
evidence (2 or 3 of 3). A logistic model over a few features that a person can check; its coefficients stand
in `weights.toml`. Every step is elementwise over the pairs, so a pair's strength is the same to the last
bit whatever else is weighed with it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher.matching.lexical import Terms, overlap

FEATURES = ("overlap",)  # the columns of `features`, in order

STRONG_AT = 0.75
PARTIAL_AT = 0.45


@cache
def coefficients() -> tuple[float, ...]:
    """Intercept, weight of the cosine, and one weight per name in FEATURES, from `weights.toml`."""
    table = tomllib.loads(files("matcher.matching").joinpath("weights.toml").read_text("utf-8"))
    return tuple(float(table[name]) for name in ("intercept", "cosine", *FEATURES))


def features(qualification: Terms, snippets: Sequence[Terms]) -> NDArray[np.float64]:
    """What the words say of each pair: shape (len(snippets), len(FEATURES))."""
    return np.array([[overlap(qualification, snippet)] for snippet in snippets], dtype=np.float64).reshape(
        len(snippets), len(FEATURES)
    )


def strengths(cosines: NDArray[np.floating], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The strength in [0, 1] of each pair.

    `cosines` has shape (n,), `words` is what `features` returned, shape (n, len(FEATURES)).
    """
    intercept, of_cosine, *of_words = coefficients()
    logit = np.float64(intercept) + of_cosine * np.asarray(cosines, dtype=np.float64)
    for column, weight in enumerate(of_words):
        logit = logit + weight * words[:, column]
    # math.exp, not np.exp: numpy's vectorised exp may differ in the last bit between lanes and tails.
    return np.array([1.0 / (1.0 + math.exp(-value)) for value in logit.tolist()], dtype=np.float64)
