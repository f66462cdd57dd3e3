"""One resume against one role: retrieve -> weigh -> explain. Everything here depends on that pair, `today`
and this code alone (the pool law): no statistic of other resumes enters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked
from matcher.matching.candidate import Candidate
from matcher.matching.checks import Check, Outcome
from matcher.matching.demand import Clause, Demand, RoleProfile
from matcher.matching.facts import check_all
from matcher.matching.prepared import Prepared
from matcher.matching.promotions import with_promotions
from matcher.matching.quotes import quote, with_facts
from matcher.matching.readings import Reading, readings_of
from matcher.matching.recency import as_current
from matcher.matching.seen import NOT_EXPERIENCE, NOT_TOLD, SHOWN_FROM, Seen, look, relevant_positions
from matcher.matching.sides import match_sides
from matcher.matching.stated import stated
from matcher.matching.stated_years import check_stated_years, tells_every_job
from matcher.matching.support import RELATED_AT, clause_strengths, joined_strength, joint_strength, naming
from matcher.matching.titles import title_share, titled
from matcher.matching.trade import Trade, employed_in
from matcher.matching.verdicts import Checks, combine, judge
from matcher.matching.weigh import BELOW_PARTIAL, BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import ClauseMatch, Evidence, Match, Resume, SectionKind

# The share of the years asked that lines or titles have to show by themselves, before jobs of the trade by
# name complete them as well as they would: at half, most of what is asked is told.
TOLD = 0.5


def match_resume(
    profile: RoleProfile,
    resume: Resume,
    prepared: Prepared,
    cosines: NDArray[np.float32],
    today: date,
    quotes: int,
    idle: Sequence[int] = (),
) -> tuple[Match, ...]:
    """What `resume` shows for each qualification of the role, in the role's order.

    `prepared` is what `prepare` made of this resume, without copies of the posting. `cosines` has shape
    (len(profile.texts), snippets); `quotes` is the most evidence shown per qualification, `idle` what
    `idle_lines` found among the snippets. Raises ValueError where `prepared` is of another resume.
    """
    if len(prepared.kinds) != len(resume.snippets):
        raise ValueError(
            f"{len(prepared.kinds)} snippets were prepared, the resume has {len(resume.snippets)}"
        )
    candidate = Candidate.of(stated(resume), prepared, today, idle)
    readings = readings_of(profile.compared, candidate, cosines)
    others = iter(readings[len(profile.demands) :])
    matches = []
    for demand, whole in zip(profile.demands, readings, strict=False):
        if demand.plain and whole.best < RELATED_AT:  # so it is with most of what is asked of most resumes
            verdict = judge(whole.best, (), prepared.thin)
            found = Match(demand.qualification, verdict, whole.best, (), joined=demand.joined)
        else:
            found = _match_one(
                demand, profile.trade, candidate, [whole, *islice(others, len(demand.others))], quotes
            )
        matches.append(found)
    return tuple(matches)


def _match_one(
    demand: Demand, trade: Trade, candidate: Candidate, readings: Sequence[Reading], quotes: int
) -> Match:
    """What the candidate shows for one demand: look, check the facts, weigh the words, join the clauses,
    judge, quote. `readings` are those of all its words, then of its `others`."""
    rest = iter(readings)

    def seen(asked: Sequence[Asked], apart: frozenset[SectionKind]) -> Seen:
        return look(demand, list(islice(rest, len(asked))), candidate, apart)

    constraints = demand.qualification.constraints
    worked = bool(constraints.min_years and not constraints.degree)
    apart = NOT_EXPERIENCE if worked else frozenset()
    whole = seen(demand.readings, apart)
    facts = _facts(demand, trade, candidate, whole)
    checks = facts.checks
    told = _told(demand, candidate, whole, facts)
    parts = [seen(clause.asked, apart) for clause in demand.clauses]
    prepared = candidate.prepared
    words, clauses = told.strength, list[float]()
    if parts:
        best = [part.best for part in parts]
        clauses = clause_strengths(demand, words, whole.values, best, prepared.lines, candidate.mute)
        words = joined_strength(
            words, demand.joined, clauses, [all(clause.names) for clause in demand.clauses]
        )
    if demand.sides:
        work = seen(demand.experience, NOT_TOLD)
        return match_sides(demand, demand.sides, candidate, work, words, checks, quotes)
    strength = combine(words, checks, demand.terms, constraints)
    least = RELATED_AT if told.by_several else SHOWN_FROM
    lines = whole.quotes(candidate, quotes, (worked and facts.positions) or None, least)
    shown = [
        _shown(candidate, clause, value, part, whole)
        for clause, value, part in zip(demand.clauses, clauses, parts, strict=True)
    ]
    if worked and not lines:
        lines = _header(candidate, whole, facts.positions)
    elif not lines and strength >= PARTIAL_AT:
        lines = [line for line, value in zip(shown, clauses, strict=True) if line and value >= PARTIAL_AT]
    notes = [check.note for _, check in checks]
    if told.by_several:
        notes.append("no line shows it alone; several together do")
    if told.claimed:
        notes.append("said, but no job tells of it")
    if whole.elsewhere and whole.lines and whole.lines[0] in whole.elsewhere:
        domain = whole.elsewhere[whole.lines[0]]
        notes.append(f"other domain: {domain}" if domain else "leads people; in which domain is not said")
    found = Match(
        qualification=demand.qualification,
        verdict=judge(strength, checks, prepared.thin),
        strength=strength,
        evidence=with_facts(candidate, checks, lines, quotes),
        notes=tuple(notes),
        clauses=tuple(
            [
                ClauseMatch(clause.text, judge(value, (), prepared.thin), value, line)
                for clause, value, line in zip(demand.clauses, clauses, shown, strict=True)
            ]
        ),
        joined=demand.joined,
    )
    return as_current(found, candidate.resume, candidate.today) if demand.current else found


@dataclass(slots=True)
class _Facts:
    """The `positions` (indices) that bear on a demand, and its `checks`; `by_trade` says that some count for
    their trade, and that lines or titles show too little of the years by themselves."""

    positions: frozenset[int]
    checks: list[tuple[str, Check]]
    by_trade: bool


def _facts(demand: Demand, trade: Trade, candidate: Candidate, whole: Seen) -> _Facts:
    """What the parsed facts say of a demand: years in the positions that bear on it, those of the trade too
    where the others are too few, and fewer years that lines state in words."""

    def checked(positions: frozenset[int]) -> list[tuple[str, Check]]:
        return check_all(demand.qualification, resume, positions, candidate.today, demand.sides)

    resume, years = candidate.resume, demand.qualification.constraints.min_years
    positions = relevant_positions(whole, resume)
    if not years:
        return _Facts(positions, checked(positions), False)
    positions |= titled(demand.whole, candidate.prepared.titles)
    positions = with_promotions(resume.positions, positions, candidate.today)
    checks, by_trade = checked(positions), False
    if not _has_years(checks):
        of_trade = _of_trade(demand, trade, candidate) - positions
        if of_trade:
            by_trade = _share_of_years(checks) < TOLD
            positions |= of_trade
            checks = checked(positions)
    if not (demand.sides and demand.sides.alone) and not _has_years(checks):
        said = [resume.snippets[index].masked for index in whole.lines if whole.values[index] >= PARTIAL_AT]
        checks += check_stated_years(years, said)
    return _Facts(positions, checks, by_trade)


@dataclass(slots=True)
class _Told:
    """How strongly words show a demand: by several lines where no line does alone; `claimed` without any job
    that tells of it."""

    strength: float
    by_several: bool
    claimed: bool


def _told(demand: Demand, candidate: Candidate, whole: Seen, facts: _Facts) -> _Told:
    """What the lines show by their words, in the light of the facts."""
    prepared = candidate.prepared
    if whole.lines:
        title = title_share(demand.whole, prepared.titles, facts.positions)
        words = joint_strength(demand.whole, whole.readings[0].common, whole.values, whole.lines, title)
    else:
        words = whole.best
    together = 0.0
    if demand.several and words < BELOW_STRONG:  # which they reach at most
        together = min(whole.together(candidate), BELOW_STRONG)
    by_several = words < PARTIAL_AT <= together
    words = max(words, together)
    people = demand.qualification.constraints.min_years and demand.whole.manages
    untold = bool(people and not facts.positions) and words >= PARTIAL_AT
    claimed = untold and tells_every_job(candidate.resume, candidate.today)
    if claimed:
        words = BELOW_PARTIAL
    if facts.by_trade or (whole.best < STRONG_AT and not _has_years(facts.checks)):
        words = min(words, BELOW_STRONG)
    return _Told(words, by_several, claimed)


def _of_trade(demand: Demand, trade: Trade, candidate: Candidate) -> frozenset[int]:
    """The positions (indices) that count towards years by their trade, or by what their employer is in."""
    if demand.of_trade:
        return trade.positions(candidate.prepared.titles)
    if demand.whole.manages:
        return frozenset()
    return employed_in(demand.terms, candidate.prepared.employers)


def _shown(candidate: Candidate, clause: Clause, value: float, part: Seen, whole: Seen) -> Evidence | None:
    """The best line for a `clause` of strength `value`; where it is shown and none is worth a look by itself,
    the line that has its name, or that for the whole."""
    quotes = part.quotes(candidate, 1)
    if quotes or value < PARTIAL_AT:
        return quotes[0] if quotes else None
    there = naming(clause, candidate.prepared.lines, candidate.mute)
    if there:
        best = max(there, key=whole.value)
        return quote(candidate, best, whole.value(best), f"names {clause.text}")
    quotes = whole.quotes(candidate, 1)
    return quotes[0] if quotes else None


def _header(candidate: Candidate, whole: Seen, positions: frozenset[int]) -> list[Evidence]:
    """The line with the title of the first of the `positions` that count, where no other is worth a look."""
    for index, snippet in enumerate(candidate.resume.snippets):
        if snippet.position in positions:
            title = candidate.resume.positions[snippet.position].title_span
            if title and snippet.span.overlaps(title):
                return [quote(candidate, index, whole.value(index), "the title of a job that counts")]
    return []


def _share_of_years(checks: Checks) -> float:
    """The share of the years asked that stands in positions that support the demand."""
    return next((check.share for name, check in checks if name == "years"), 0.0)


def _has_years(checks: Checks) -> bool:
    """Whether enough years are stated in positions that support the demand."""
    return any(name == "years" and check.outcome is Outcome.MET for name, check in checks)
