"""From what the words show and the facts say to one strength and one verdict per qualification."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from matcher.matching.checks import Check, Outcome
from matcher.matching.lexical import PHRASING, Terms, terms
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Constraints, Verdict

# What a stated fact that meets a demand counts: below certainty, because parsing can err.
FACT_STRENGTH = 0.95

# How much a stated fact yields to the words of the demand that no fact covers ("English is an asset, and so
# is experience with butchery"): enough to order two resumes that differ in those words alone, too little to
# turn a stated fact into no evidence.
YIELD = 0.3

# The same for a degree, whose level alone is partial where a demand goes on.
YIELD_DEGREE = 0.6

# Stems that say what kind of study is asked and not in what.
_OF_STUDY = terms(
    """bachelor's bachelor BS BA BSc master's master MS MA MSc MBA PhD doctorate doctoral associate degree
    degrees diploma high school GED university college graduate graduated graduation undergraduate
    postgraduate advanced accredited education educational completed completion field discipline subject
    study studies program programme institution four-year level higher equivalent comparable another"""
).stems

# The share of the band of partial evidence that words reach where no fact is stated by name.
UNNAMED = 0.5

Checks = Sequence[tuple[str, Check]]


def combine(text: float, checks: Checks, wanted: Terms, constraints: Constraints) -> float:
    """One strength from the words' strength `text` and the checked facts: the weakest demand decides.

    Years qualify the words ("5 years of X" needs X); a degree, licence or language that is stated speaks
    for itself. Where the resume is silent on a fact the words count, but never as strong evidence.
    """
    if not checks:
        return text
    return min(_part(text, name, check, wanted, constraints) for name, check in checks)


def _part(text: float, name: str, check: Check, wanted: Terms, constraints: Constraints) -> float:
    match check.outcome:
        case Outcome.SHORT:
            return PARTIAL_AT * min(check.share, 0.99)
        case Outcome.SILENT:
            return _unnamed(text)
        case _ if name == "years":
            return _years(text, check.share)
        case Outcome.MET:
            rest = beyond(wanted, constraints) if name == "degree" else YIELD * beside(wanted, constraints)
            return max(PARTIAL_AT, FACT_STRENGTH - rest * max(0.0, FACT_STRENGTH - text))
        case Outcome.PARTLY if name == "degree":
            return _within_partial(check.share)
        case Outcome.PARTLY:  # some of several names: the words speak for the rest as far as they may
            return _within_partial(check.share + (1.0 - check.share) * UNNAMED * text)


def _years(text: float, share: float) -> float:
    """Words and years of one demand, `share` in [0, 1] of the years being in positions that support it.

    Enough years in such positions are themselves partial evidence. Too few hold the words below strong and
    never raise them; words that no dated position supports are partial at most. It never falls as text or
    share grows.
    """
    if not share:
        return min(text, PARTIAL_AT)
    if share >= 1:
        return max(text, _within_partial(text))
    return min(text, _within_partial(text * share))


def _unnamed(text: float) -> float:
    """Words of a demand whose fact the resume does not state: low in the band of partial evidence at most,
    so that they stay below words with half of the fact."""
    if text <= PARTIAL_AT:
        return text
    return _within_partial(UNNAMED * (text - PARTIAL_AT) / (1.0 - PARTIAL_AT))


def _within_partial(share: float) -> float:
    """A place in the band of partial evidence: its start for 0, just below strong for 1."""
    return PARTIAL_AT + share * (BELOW_STRONG - PARTIAL_AT)


def beside(wanted: Terms, constraints: Constraints) -> float:
    """The share in [0, 1] of the demand's weight in clauses of which no word is a checked name."""
    if not wanted.mass:
        return 0.0
    names = _stems_of((*constraints.licences, *constraints.languages))
    rest = frozenset[str]().union(*(clause for clause in wanted.clauses if not clause & names))
    return math.fsum(wanted.weight_of[name] for name in sorted(rest)) / wanted.mass


@lru_cache(maxsize=256)
def _stems_of(names: tuple[str, ...]) -> frozenset[str]:
    return terms(" ".join(names)).stems


def beyond(wanted: Terms, constraints: Constraints) -> float:
    """How much a stated degree yields to words of the demand that name no level, where no field is asked:
    training "as a freight forwarding clerk" is more than a level of education."""
    if constraints.degree_fields or constraints.or_equivalent or not wanted.mass:
        return 0.0
    rest = math.fsum(wanted.weight_of[name] for name in sorted(wanted.stems - _OF_STUDY - PHRASING))
    return YIELD_DEGREE * rest / wanted.mass


def judge(strength: float, checks: Checks, thin: bool) -> Verdict:
    """The verdict for a strength; `thin` says that too little could be read for "none found"."""
    if checks and any(check.outcome is Outcome.SHORT for _, check in checks):
        return Verdict.CONTRADICTED
    if strength >= STRONG_AT:
        return Verdict.STRONG
    if strength >= PARTIAL_AT:
        return Verdict.PARTIAL
    return Verdict.UNKNOWN if thin else Verdict.NONE_FOUND
