"""How many of a shortlist to compare: until nobody who is left is likely to be among those shown.

People are compared in steps, in the order of their estimated scores. How far true scores stand above the
estimates is seen in those compared so far, for this very role: an estimate knows more of one posting than of
another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# The first step is of those who are shown and so many more, and of so many where few are shown: their errors
# have to say how far estimates err (`benchmarks/corpus_search.py` prints the share that is found).
_MORE = 4
_FIRST = 24
_STEP = 8
_AT_ONCE = 128  # resumes with their vectors: some 15 MB

# How many of those who would be shown may be expected among the people who are left, as a share of them.
# `benchmarks/shortlist_recall.py` prints what is held so, and how many people are compared.
MISSED = 0.005


def next_step(compared: int, top: int) -> int:
    """How many people to compare next, after so many, when the best `top` are wanted."""
    return min(_AT_ONCE, max(_STEP, max(_FIRST, top + _MORE) - compared))


def is_enough(compared: Sequence[tuple[float, float]], left: Sequence[float], top: int) -> bool:
    """Whether hardly anybody whose score is estimated in `left` is likely to be among the best `top`.

    `compared` are the estimated and the true scores of those compared so far. Each who is left comes in as
    often as errors of these would carry their estimate to the last of the best.
    """
    if len(compared) < top:
        return False
    estimates, scores = np.array(compared).T
    errors = np.sort(scores - estimates)
    lacking = np.sort(scores)[-top] - np.array(left)
    carried = len(errors) - np.searchsorted(errors, lacking)
    return bool(carried.sum() < MISSED * top * len(errors))
