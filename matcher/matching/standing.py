"""What a line may prove, by the kind of evidence it is: words alone say what a line is about, its standing
says how far that speaks for the candidate.

Praise of oneself proves next to nothing; what is asserted or listed is partial evidence at most; and within
each band an outcome outranks described work, described work a credential, a credential a list.
"""

from __future__ import annotations

from matcher.matching.kinds import EvidenceKind
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT

# The share of its strength that praise of one's character keeps: enough to be told from silence, less than a
# description keeps that the words recognise only faintly.
CLAIM = 0.02

# The highest that evidence of a kind reaches in the band of partial evidence, as a share of that band; the
# next kind begins there. Four equal steps, for the kinds are ordered and nothing says by how much.
_STEPS = {
    EvidenceKind.ASSERTED: (0.0, 0.2),
    EvidenceKind.LISTED: (0.2, 0.4),
    EvidenceKind.CREDENTIAL: (0.4, 0.6),
    EvidenceKind.DESCRIBED: (0.6, 0.8),
    EvidenceKind.OUTCOME: (0.8, 0.99),
}

# The same in the band of strong evidence.
_STRONG_STEPS = {
    EvidenceKind.CREDENTIAL: (0.0, 0.3),
    EvidenceKind.DESCRIBED: (0.3, 0.7),
    EvidenceKind.OUTCOME: (0.7, 1.0),
}

# Kinds of which no line alone is more than partial evidence.
AT_MOST_PARTIAL = frozenset({EvidenceKind.ASSERTED, EvidenceKind.LISTED})


def held(value: float, kind: EvidenceKind, character: bool) -> float:
    """The strength `value` of a line as far as its kind carries it; `character` says that it ascribes
    no more than a quality of character to its writer."""
    if character:
        return value * CLAIM
    if value < PARTIAL_AT:
        return value
    if value >= STRONG_AT and kind not in AT_MOST_PARTIAL:
        return _step(value, STRONG_AT, 1.0, STRONG_AT, 1.0, *_STRONG_STEPS[kind])
    top = 1.0 if kind in AT_MOST_PARTIAL else STRONG_AT
    return _step(value, PARTIAL_AT, top, PARTIAL_AT, STRONG_AT, *_STEPS[kind])


def _step(
    value: float, low: float, high: float, start: float, end: float, begin: float, stop: float
) -> float:
    """`value`, `low` to `high`, moved to the step from `begin` to `stop` of the band `start` to `end`."""
    share = begin + (stop - begin) * (value - low) / (high - low)
    return start + share * (end - start)
