"""Tiers: candidates that the evidence cannot tell apart stand together.

A strength is a calibrated probability and errs by about CALIBRATION_ERROR, so a verdict whose strength lies
closer than that to a threshold might as well be its neighbour. Two candidates are near-equal when moving
strengths by no more than that error can make their verdicts worth the same. Being near-equal is no
equivalence (a near b, b near c, a far from c), so a tier is measured from its first candidate: going down the
ranking, a new tier begins where a candidate's verdicts, read at their kindest, are worth less than those of
the tier's first candidate read at their strictest. Scores, verdicts and order do not depend on tiers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matcher.matching.score import FLOOR, partly_assessed
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Match, MatchReport, Verdict

# A little above the expected calibration error of strength on graded pairs of real resume lines (0.02, the
# model card), for a resume's best line is chosen for being high.
CALIBRATION_ERROR = 0.03

# Strengths that a rule, not the words, holds at the edge of a band: they are not in doubt.
_HELD = (PARTIAL_AT, BELOW_STRONG)


def tiers_of(reports: Sequence[MatchReport]) -> tuple[int | None, ...]:
    """The tier from 1 of each report, given in the order of their rank; None for the partly assessed."""
    result: list[int | None] = []
    tier = 0
    strictest = math.inf
    for report in reports:
        if partly_assessed(report):
            result.append(None)
            continue
        if of_verdicts(report.matches, CALIBRATION_ERROR) < strictest:
            tier += 1
            strictest = of_verdicts(report.matches, -CALIBRATION_ERROR)
        result.append(tier)
    return tuple(result)


def of_verdicts(matches: Sequence[Match], error: float) -> float:
    """The mean of where the bands of the verdicts begin, were each strength higher by `error`."""
    counted = [match for match in matches if match.verdict is not Verdict.UNKNOWN]
    weight = math.fsum(match.qualification.weight for match in counted)
    if not weight:
        return 0.0
    return math.fsum(match.qualification.weight * FLOOR[_moved(match, error)] for match in counted) / weight


def _moved(match: Match, error: float) -> Verdict:
    """The verdict that the match might as well have."""
    verdict, strength = match.verdict, match.strength + error
    if any(math.isclose(match.strength, held) for held in _HELD):
        return verdict
    if error > 0:
        if verdict is Verdict.PARTIAL and strength >= STRONG_AT:
            return Verdict.STRONG
        if verdict is Verdict.NONE_FOUND and strength >= PARTIAL_AT:
            return Verdict.PARTIAL
        return verdict
    if verdict is Verdict.STRONG and strength < STRONG_AT:
        return Verdict.PARTIAL
    if verdict is Verdict.PARTIAL and strength < PARTIAL_AT:
        return Verdict.NONE_FOUND
    return verdict
