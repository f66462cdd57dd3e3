"""How many of a shortlist to compare: until nobody who is left is likely to be among those shown.

People are compared in steps, in the order of their estimated scores. How far true scores stand above the
estimates is seen in those compared so far, for this very role: an estimate knows more of one posting than of
another.
"""

from __future__ import annotations

from collections.abc import Sequence

# The first step is of those who are shown and so many more: fewer say little of how far estimates err.
_MORE = 14
_STEP = 16
_AT_ONCE = 128  # resumes with their vectors: some 15 MB

# The share of the errors seen so far that somebody who is left would have to exceed.
# `benchmarks/shortlist_recall.py` prints what is held so, and how many people are compared.
QUANTILE = 0.99


def next_step(compared: int, top: int) -> int:
    """How many people to compare next, after so many, when the best `top` are wanted."""
    return min(_AT_ONCE, max(_STEP, top + _MORE - compared))


def is_enough(compared: Sequence[tuple[float, float]], left: float, top: int) -> bool:
    """Whether nobody whose score is estimated at `left` or lower is likely to be among the best `top`.

    `compared` are the estimated and the true scores of those compared so far.
    """
    if len(compared) < top:
        return False
    errors = sorted(score - estimate for estimate, score in compared)
    best = sorted((score for _, score in compared), reverse=True)
    return left + errors[int(QUANTILE * len(errors))] < best[top - 1]
