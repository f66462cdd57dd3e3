"""What several lines of everybody show together: `support.joint_strength` and `Seen.together` in columns.

Lines are the same where they have the same stems, and those that lie across each other in a file count both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.matching.estimate_jobs import title_shares
from matcher.matching.estimate_lines import NearLines, SeenLines
from matcher.matching.estimate_words import Floats, weights
from matcher.matching.kinds import EvidenceKind
from matcher.matching.outline import STANDING
from matcher.matching.seen import TOGETHER, TOGETHER_COVERS
from matcher.matching.support import COMPLEMENT, CORROBORATES_FROM, CORROBORATION, RELATED_AT, TITLE
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT

Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]
Places = NDArray[np.intp]

# Odd and large, so that a line's digest and its person make one number, which two lines share by chance
# hardly ever.
_SPREAD = 0x1E3779B97F4A7C15


class JointLines:
    """The lines of everybody that are related to a text, each once, best first."""

    def __init__(self, seen: SeenLines, digests: NDArray[np.int64]) -> None:
        """Of the lines that were seen; `digests` are those of the lines that are near."""
        related = np.flatnonzero(seen.values >= RELATED_AT)
        order = related[np.lexsort((-seen.values[related], seen.people[related]))]
        at = seen.at[order]
        told = np.where(at < 0, -seen.lines[order], digests[at])
        _, first = np.unique(told ^ seen.people[order] * _SPREAD, return_index=True)
        self._seen = seen
        self._order = order[np.sort(first)]
        self._rank = _ranks(seen.people[self._order])

    def strengths(self, number: int, relevant: Flags) -> Floats:
        """The joint strength for the reading of that number; `relevant` are the jobs that bear on it."""
        seen, asked = self._seen, self._seen.words[number].asked
        found = seen.best.copy()
        if not len(self._order):
            return found
        people, values = seen.people[self._order], seen.values[self._order]
        at = seen.at[self._order]
        shared: Bits = np.where(at < 0, np.uint64(0), seen.words[number].shared[at])
        starts = np.flatnonzero(self._rank == 0)
        who, best = people[starts], values[starts]
        others: Bits = np.bitwise_or.reduceat(np.where(self._rank == 0, np.uint64(0), shared), starts)
        added = weights(asked.terms, others & ~shared[starts], asked.terms.order) / (asked.terms.mass or 1.0)
        best = best + (1.0 - best) * COMPLEMENT * added
        moved = TITLE * title_shares(asked, seen.near.outlines, relevant)
        relation = CORROBORATION * np.maximum(0.0, values - CORROBORATES_FROM) / (1.0 - CORROBORATES_FROM)
        for rank, share in ((1, 1.0), (2, 0.5)):
            here = self._rank == rank
            moved[people[here]] += share * relation[here]
        end = np.where(best < PARTIAL_AT, PARTIAL_AT, np.where(best < STRONG_AT, STRONG_AT, 1.0))
        found[who] = best + (end - best) * np.minimum(moved[who], 1.0) * (1.0 - 1e-9)
        return found

    def together(self) -> Floats:
        """The strength of everybody's best lines of described work, read as one line."""
        seen = self._seen
        found = np.zeros(len(seen.best))
        standing = seen.near.outlines.marks[seen.lines[self._order]] & STANDING
        described = (standing >= EvidenceKind.DESCRIBED.rank) & (standing <= EvidenceKind.OUTCOME.rank)
        order = self._order[described & (seen.at[self._order] >= 0)]
        order = order[_ranks(seen.people[order]) < TOGETHER]
        starts = np.flatnonzero(_ranks(seen.people[order]) == 0)
        if len(starts):
            united = seen.words[0].at(seen.at[order]).united(starts)
            several = np.diff(np.append(starts, len(order))) > 1
            enough = several & (united.share() >= TOGETHER_COVERS)
            values = united.strengths(np.maximum.reduceat(seen.cosines[order], starts))
            found[seen.people[order][starts[enough]]] = values[enough]
        return found


def _ranks(people: Places) -> Places:
    """How many of the same person stand before each; those of one stand together."""
    place = np.arange(len(people))
    first = np.diff(people, prepend=-1) != 0
    found: Places = place - np.maximum.accumulate(np.where(first, place, 0))
    return found


def digests_of(near: NearLines) -> NDArray[np.int64]:
    """A number for each line that is the same for the same stems."""
    places, of_lines = near.outlines.line_stems.places(near.lines)
    stems = near.outlines.stems[places].astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(stems * stems)])
    found: NDArray[np.int64] = np.diff(ends[of_lines.ends])
    return found
