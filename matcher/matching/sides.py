"""The match of a demand that a degree answers or, in its place, experience."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.matching.candidate import Candidate
from matcher.matching.checks import Check, Outcome
from matcher.matching.degree_facts import check_experience, either
from matcher.matching.demand import Demand
from matcher.matching.equivalents import Sides
from matcher.matching.facts import check_years
from matcher.matching.quotes import with_facts
from matcher.matching.readings import Reading
from matcher.matching.seen import SHOWN_FROM, Seen, relevant_positions
from matcher.matching.support import joint_strength
from matcher.matching.titles import title_share, titled
from matcher.matching.verdicts import Checks, combine, judge
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import ClauseMatch, Evidence, Joined, Match


def match_sides(
    demand: Demand, sides: Sides, candidate: Candidate, work: Seen, words: float, checks: Checks, quotes: int
) -> Match:
    """The match by the better side, with both as its clauses.

    `work` is what lines of work say of the experience asked, `words` the strength of all words of the demand,
    `checks` those of its facts, of the degree only the side of education.
    """
    constraints = demand.qualification.constraints
    told, experience = _experience(sides, demand, candidate, work)
    education = next(check for name, check in checks if name == "degree")
    joined = [(name, either(check, experience) if name == "degree" else check) for name, check in checks]
    # A lower degree shares the words of the one that is asked, and is no evidence of it.
    heard = told if education.outcome is Outcome.SHORT else max(words, told)
    strength = combine(heard, joined, demand.terms, constraints)

    def side(text: str, check: Check, heard: float, lines: Sequence[Evidence]) -> ClauseMatch:
        alone = [("degree", check)]
        value = combine(heard, alone, demand.terms, constraints)
        shown = with_facts(candidate, alone, lines, 1)
        return ClauseMatch(
            text, judge(value, alone, candidate.prepared.thin), value, shown[0] if shown else None
        )

    lines = work.quotes(candidate, quotes)
    return Match(
        qualification=demand.qualification,
        verdict=judge(strength, joined, candidate.prepared.thin),
        strength=strength,
        evidence=with_facts(candidate, joined, lines, quotes),
        notes=tuple(check.note for _, check in joined),
        clauses=(side(sides.degree, education, heard, ()), side(sides.experience, experience, told, lines)),
        joined=Joined.ANY,
    )


def _experience(sides: Sides, demand: Demand, candidate: Candidate, work: Seen) -> tuple[float, Check]:
    """How strongly lines of work show the experience, and the check of it."""
    named = [titled(kind, candidate.prepared.titles) for kind in demand.experience]
    relevant = relevant_positions(work, candidate.resume, SHOWN_FROM).union(*named)
    years = None
    if sides.years:
        years = check_years(sides.years, candidate.resume.positions, relevant, candidate.today)
    told = max(_told(reading, candidate, work, relevant) for reading in work.readings)
    if work.best < STRONG_AT and (years is None or years.outcome is not Outcome.MET):
        told = min(told, BELOW_STRONG)
    if any(named):  # a job by that very name is relevant, whatever its lines tell
        told = max(told, PARTIAL_AT)
    return told, check_experience(sides, told, years)


def _told(reading: Reading, candidate: Candidate, work: Seen, relevant: frozenset[int]) -> float:
    if not work.lines:
        return work.best
    title = title_share(reading.asked, candidate.prepared.titles, relevant)
    return joint_strength(reading.asked, reading.common, work.values, work.lines, title)
