"""From matches to one score, and from scores to an order.

Verdicts decide a score: what a qualification is worth lies in the band of its verdict, and its strength only
says where. The bands lie as far apart as they are wide, so no strength makes up for a verdict, and it takes
many half-seen things to outweigh one that is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from matcher.errors import WeightsError
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import Assess, Match, MatchReport, Qualification, Role, Verdict

# Far above any use, and far below where a sum of weights stops being a finite number.
MAX_WEIGHT = 1_000_000.0

# Where the band of each verdict that could be reached begins. What a resume itself states to be less than is
# asked is in one band with what was not found, by how much of it is stated: neither is something to hire for.
FLOOR = {Verdict.STRONG: 0.8, Verdict.PARTIAL: 0.4, Verdict.CONTRADICTED: 0.0, Verdict.NONE_FOUND: 0.0}

# How wide each band is.
BAND = 0.2

# What is below this strength is worth nothing: of a long resume some line is always so near to what is asked.
# Lines of everyday life are worth nothing below partial evidence (`idle.py`).
IDLE = 0.03

# The strengths that a band is for.
STRENGTHS = {
    Verdict.STRONG: (STRONG_AT, 1.0),
    Verdict.PARTIAL: (PARTIAL_AT, STRONG_AT),
    Verdict.CONTRADICTED: (0.0, PARTIAL_AT),
    Verdict.NONE_FOUND: (IDLE, PARTIAL_AT),
}


def worth(match: Match) -> float:
    """What a qualification with a verdict other than `unknown` adds to a score of weight 1, in [0, 1]."""
    low, high = STRENGTHS[match.verdict]
    share = (match.strength - low) / (high - low)
    return FLOOR[match.verdict] + BAND * min(1.0, max(0.0, share))


def score(matches: Sequence[Match]) -> tuple[float | None, float]:
    """Score and coverage, each in [0, 1].

    The score is the mean of what the qualifications that could be assessed are worth, weighed by their
    weights, or None where none could; coverage is the share of weight that could be. `math.fsum` makes both
    independent of the order of the qualifications.
    """
    total = math.fsum(match.qualification.weight for match in matches)
    assessed = [match for match in matches if match.verdict is not Verdict.UNKNOWN]
    weight = math.fsum(match.qualification.weight for match in assessed)
    if not weight:
        return None, 0.0
    gained = math.fsum(match.qualification.weight * worth(match) for match in assessed)
    return min(1.0, gained / weight), weight / total


def partly_assessed(report: MatchReport) -> bool:
    """Whether something that counts could not be assessed, because too little of the resume could be read."""
    return report.score is None or any(
        match.verdict is Verdict.UNKNOWN and match.qualification.weight for match in report.matches
    )


def ranked(reports: Iterable[MatchReport]) -> tuple[MatchReport, ...]:
    """The reports in order, best first, with their ranks (equal scores share one).

    The partly assessed follow in an order of their own: a mean over what could be read of a resume does not
    compare with a mean over all that was asked. Equal scores stand in the order of candidate id and source,
    which depend on neither the pool nor the order of input.
    """
    order = sorted(reports, key=lambda report: (*_place(report), report.candidate_id, report.source))
    result: list[MatchReport] = []
    for place, report in enumerate(order, start=1):
        tied = result and _place(result[-1]) == _place(report)
        result.append(replace(report, rank=result[-1].rank if tied else place))
    return tuple(result)


def _place(report: MatchReport) -> tuple[bool, float]:
    return partly_assessed(report), 1.0 if report.score is None else -report.score


def with_weights(role: Role, weights: Mapping[str, float]) -> Role:
    """`role` with the weights of the named qualifications replaced; `parsed` keeps it as it was read.

    One that is given a weight is looked for in resumes and counts by itself, whatever the parser made of it.
    Raises WeightsError for an unknown id or a weight that is no number from 0 to MAX_WEIGHT, and when no
    qualification is left with a weight.
    """
    known = {qualification.id for qualification in role.qualifications}
    for name, weight in weights.items():
        if name not in known:
            raise WeightsError(
                f"The role has no qualification {name!r}; it has {', '.join(sorted(known, key=_natural))}. "
                "`matcher parse role` lists them."
            )
        if not 0 <= weight <= MAX_WEIGHT:  # false for NaN too
            raise WeightsError(f"The weight of {name} is {weight}; weights are from 0 to {MAX_WEIGHT:,.0f}.")
    changed = tuple(
        _with_weight(item, float(weights[item.id])) if item.id in weights else item
        for item in role.qualifications
    )
    if not any(qualification.weight for qualification in changed):
        raise WeightsError("Every weight is 0, so there is nothing to rank by: give one of them a weight.")
    return replace(role, qualifications=changed, parsed=role.parsed or (role if weights else None))


def _with_weight(item: Qualification, weight: float) -> Qualification:
    if not weight:
        return replace(item, weight=0.0)
    return replace(item, weight=weight, assess=Assess.RESUME, same_as=None)


def _natural(name: str) -> tuple[str, int]:
    digits = name.lstrip("abcdefghijklmnopqrstuvwxyz")
    return name.removesuffix(digits), int(digits) if digits.isdigit() else 0
