"""Promotions: titles that follow one another in one block of a resume share its lines and its span."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.resumes import month_interval
from matcher.types import Position


def with_promotions(positions: Sequence[Position], relevant: frozenset[int], today: date) -> frozenset[int]:
    """The `relevant` positions (indices) with those of the same block, whose lines tell of them all.

    A position without bullets belongs to the one below it where that names no other employer, and lies
    within its time or adjoins it: an employer's line with the whole span, or a title above an earlier one.
    """
    found = set(relevant)
    for upper in range(len(positions) - 2, -1, -1):
        if upper + 1 in found and one_block(positions[upper], positions[upper + 1], today):
            found.add(upper)
    return frozenset(found)


def one_block(upper: Position, lower: Position, today: date) -> bool:
    """Whether a position is of one block with the one below it."""
    if upper.bullets or (lower.employer and lower.employer != upper.employer):
        return False
    above, below = month_interval(upper.period, today), month_interval(lower.period, today)
    # intervals are half-open months: the end of one is the start of what adjoins it
    return above is not None and below is not None and above[0] <= below[1] + 1 and below[0] <= above[1] + 1
