"""Which jobs of everybody bear on a demand by titles, employers and blocks: a flag for each position."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked
from matcher.matching.estimate_words import Floats
from matcher.matching.lexical import Terms
from matcher.matching.outline import MANAGES, WITH_NEXT, code
from matcher.matching.outlines import Grouped, Outlines
from matcher.matching.titles import MANAGER, NAMES
from matcher.matching.trade import SAME_TRADE, SAYS_KIND, Trade

Flags = NDArray[np.bool_]


def titled(asked: Asked, outlines: Outlines) -> Flags:
    """`titles.titled` of everybody."""
    least = np.where(outlines.jobs & MANAGES, NAMES / 4, NAMES) if asked.manages else NAMES
    found: Flags = _shares(asked.terms, outlines.titles, outlines.title_stems) >= least
    return found


def title_shares(asked: Asked, outlines: Outlines, relevant: Flags) -> Floats:
    """`titles.title_share` of everybody."""
    jobs = np.flatnonzero(relevant)
    places, of_jobs = outlines.title_stems.places(jobs)
    share = _shares(asked.terms, outlines.titles[places], of_jobs)
    if asked.manages:
        share = np.where(outlines.jobs[jobs] & MANAGES, np.maximum(share, MANAGER), share)
    best = np.zeros(len(outlines))
    np.maximum.at(best, np.searchsorted(outlines.positions.ends, jobs, side="right") - 1, share)
    return best


def of_trade(trade: Trade, outlines: Outlines) -> Flags:
    """`Trade.positions` of everybody."""
    if not trade.words.mass:
        return np.zeros(len(outlines.starts), dtype=np.bool_)
    found: Flags = _shares(trade.words, outlines.titles, outlines.title_stems) >= SAME_TRADE
    return found


def employed(words: Terms, outlines: Outlines) -> Flags:
    """`trade.employed_in` of everybody."""
    kinds = [code(name) for name, value in words.weight_of.items() if value >= SAYS_KIND]
    found: Flags = outlines.employer_stems.sums(np.isin(outlines.employers, kinds)) > 0
    return found


def with_promotions(relevant: Flags, outlines: Outlines) -> Flags:
    """`promotions.with_promotions` of everybody."""
    upper = np.flatnonzero(outlines.jobs & WITH_NEXT)
    found = relevant.copy()
    while (more := found[upper + 1] & ~found[upper]).any():
        found[upper[more]] = True
    return found


def _shares(words: Terms, stems: NDArray[np.uint32], of: Grouped) -> Floats:
    """The share of the weight of `words` that each title has, from the stems of all of them."""
    share = np.zeros(len(stems))
    for name in words.order:
        share[stems == code(name)] = words.weight_of[name] / (words.mass or 1.0)
    return of.sums(share)
