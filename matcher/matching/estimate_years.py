"""The months of everybody's jobs, and years asked against them: `facts.check_years` in columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.estimate_facts import MET, PARTLY, SHORT, SILENT, Checks
from matcher.matching.estimate_words import Floats
from matcher.matching.outlines import Grouped, Outlines

Flags = NDArray[np.bool_]
Months = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Careers:
    """The positions of everybody in the order of their starts, each person's months behind those of all
    before: `order` are their places, `starts` and `stops` their months. `whole` are the months of each person
    in which there was a job; `undated` says who has a job whose dates are not known."""

    positions: Grouped
    order: Months
    starts: Months
    stops: Months
    whole: Floats
    undated: Flags

    @classmethod
    def of(cls, outlines: Outlines, today: date) -> Careers:
        """Those of the outlines, as of `today`."""
        positions = outlines.positions
        sizes = np.diff(positions.ends)
        order = np.repeat(positions.ends[:-1], sizes) + outlines.by_start
        behind = np.repeat(np.arange(len(sizes)) << 16, sizes)
        starts = outlines.starts[order] + behind
        stops = np.maximum(np.minimum(outlines.stops[order], today.year * 12 + today.month) + behind, starts)
        undated = positions.sums(outlines.stops <= outlines.starts) > 0
        return cls(positions, order, starts, stops, _covered(positions, starts, stops), undated)

    def check(self, minimum: float, relevant: Flags) -> Checks:
        """Years asked against the `relevant` positions: a flag for each."""
        stops = np.where(relevant[self.order], self.stops, self.starts)
        held, needed = _covered(self.positions, self.starts, stops), minimum * 12
        outcome = np.select(
            [self.whole == 0, held >= needed, (self.whole < needed) & ~self.undated],
            [SILENT, MET, SHORT],
            PARTLY,
        )
        return Checks(outcome.astype(np.int8), np.minimum(held / needed, 1.0))


def _covered(positions: Grouped, starts: Months, stops: Months) -> Floats:
    """The months of each person that lie in any position from its start to its stop."""
    before = np.maximum.accumulate(stops)[:-1]
    if len(before):
        starts = np.concatenate([starts[:1], np.maximum(starts[1:], before)])
    return positions.sums(np.maximum(0, stops - starts))
