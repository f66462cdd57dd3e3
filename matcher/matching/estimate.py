"""Whom to compare in full with a role: a rough score of everybody, from outlines and the lines that a search
found for each demand.

It follows the steps of a match (match.py) as far as an outline goes: how strong the found lines are by words,
kind and likeness, alone and together, what the facts say, and the band of the verdict. It leaves out what
takes a whole resume: lines that were not found, domains, limits, lines of everyday life. So it is nobody's
score, though of people all of whose lines are found it is hardly ever a hundredth from it
(`benchmarks/shortlist_recall.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.demand import Demand, RoleProfile
from matcher.matching.equivalents import Sides
from matcher.matching.estimate_clauses import Words, clause_strengths, joined_strength
from matcher.matching.estimate_facts import (
    MET,
    SHORT,
    Checks,
    check_degrees,
    check_experiences,
    check_held,
    check_spoken,
    strength_by_facts,
)
from matcher.matching.estimate_jobs import employed, of_trade, titled, with_promotions
from matcher.matching.estimate_joint import JointLines, digests_of
from matcher.matching.estimate_lines import Hits, NearLines, SeenLines
from matcher.matching.estimate_words import Floats
from matcher.matching.estimate_years import Careers
from matcher.matching.match import TOLD
from matcher.matching.outline import APART, UNTOLD
from matcher.matching.outlines import Outlines
from matcher.matching.score import BAND, FLOOR, STRENGTHS
from matcher.matching.seen import RELEVANT_FROM, SHOWN_FROM
from matcher.matching.trade import Trade
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Verdict

Flags = NDArray[np.bool_]
People = NDArray[np.intp]

# Where the band of each verdict begins and ends in strength, and what it is worth at least.
_VERDICTS = (Verdict.CONTRADICTED, Verdict.NONE_FOUND, Verdict.PARTIAL, Verdict.STRONG)
_BANDS = (
    np.array([STRENGTHS[verdict][0] for verdict in _VERDICTS]),
    np.array([STRENGTHS[verdict][1] for verdict in _VERDICTS]),
    np.array([FLOOR[verdict] for verdict in _VERDICTS]),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a profile's texts for one demand: those that stand for the whole, for each clause, and for
    the experience that may stand in for a degree."""

    whole: tuple[int, ...]
    clauses: tuple[tuple[int, ...], ...]
    experience: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rough:
    """What is known of everybody for one demand: how strongly lines show it and each of its clauses, and the
    checks of its facts by name."""

    demand: Demand
    whole: Floats
    clauses: list[Floats]
    checks: list[tuple[str, Checks]]


def searched(profile: RoleProfile) -> list[int]:
    """The rows of the profile's texts whose lines `likeliest` wants found."""
    wanted: set[int] = set()
    for demand, rows in _rows(profile):
        if demand.qualification.weight > 0:
            wanted.update(rows.whole, *rows.clauses, rows.experience)
    return sorted(wanted)


def likeliest(
    profile: RoleProfile,
    found: Mapping[int, Hits],
    outlines: Outlines,
    today: date,
    size: int,
    among: Flags | None = None,
    complete: bool = False,
) -> tuple[People, Floats]:
    """The `size` people (places in `outlines`) who are likeliest to score best, those first, and the scores
    that they are estimated at; equal ones stand in the order of their keys.

    `found` are the lines that a search found for each of the rows `searched`. `among` flags those who are
    wanted: nobody else is returned. `complete` says that these are all lines of everybody: then what several
    lines show together counts, and whether a name stands anywhere.
    """
    near = NearLines.of(profile.compared.asked, found.values(), outlines)
    careers = Careers.of(outlines, today)
    digests = digests_of(near) if complete else None
    rough = [
        _look(demand, rows, profile.trade, found, near, careers, today, digests)
        for demand, rows in _rows(profile)
        if demand.qualification.weight > 0
    ]
    everyone = np.arange(len(outlines)) if among is None else np.flatnonzero(among)
    return _best(rough, everyone, Words(outlines, everyone) if complete else None, outlines, size)


def _rows(profile: RoleProfile) -> Iterator[tuple[Demand, _Rows]]:
    """Each demand with its rows; see `RoleProfile.texts`."""
    at = len(profile.demands)
    for number, demand in enumerate(profile.demands):
        others = iter(range(at, at + len(demand.others)))
        at += len(demand.others)
        whole = (number, *(next(others) for _ in demand.readings[1:]))
        clauses = tuple(tuple(next(others) for _ in clause.asked) for clause in demand.clauses)
        yield demand, _Rows(whole, clauses, tuple(others))


def _look(
    demand: Demand,
    rows: _Rows,
    trade: Trade,
    found: Mapping[int, Hits],
    near: NearLines,
    careers: Careers,
    today: date,
    digests: NDArray[np.int64] | None,
) -> _Rough:
    """What the found lines and the facts say of one demand; with `digests` of these lines also what several
    show together."""
    asked, outlines = demand.qualification.constraints, near.outlines
    without = APART if asked.min_years and not asked.degree else 0
    seen = SeenLines.of(demand, demand.readings, [found[row] for row in rows.whole], near, without)
    parts = [
        SeenLines.of(demand, clause.asked, [found[row] for row in those], near, without).best
        for clause, those in zip(demand.clauses, rows.clauses, strict=True)
    ]
    relevant = seen.positions(RELEVANT_FROM)
    checks: list[tuple[str, Checks]] = []
    unsure: Flags | None = None
    if asked.min_years and not (demand.sides and demand.sides.alone):
        relevant = with_promotions(relevant | titled(demand.whole, outlines), outlines)
        told = careers.check(asked.min_years, relevant)
        unsure = (seen.best < STRONG_AT) & (told.outcome != MET)
        if demand.of_trade or not demand.whole.manages:
            others = of_trade(trade, outlines) if demand.of_trade else employed(demand.terms, outlines)
            more = np.repeat(told.outcome != MET, np.diff(outlines.positions.ends)) & others & ~relevant
            relevant = relevant | more
            years = careers.check(asked.min_years, relevant)
            by_trade = (outlines.positions.sums(more) > 0) & (told.share < TOLD)
            unsure = ((seen.best < STRONG_AT) & (years.outcome != MET)) | by_trade
            told = years
        checks.append(("years", told))
    whole = seen.best
    if digests is not None:
        lines = JointLines(seen, digests)
        whole = lines.strengths(0, relevant)
        if demand.several:
            whole = np.maximum(whole, np.minimum(lines.together(), BELOW_STRONG))
    if unsure is not None:
        whole = np.where(unsure, np.minimum(whole, BELOW_STRONG), whole)
    text = demand.qualification.text
    if asked.degree and demand.sides:
        hits = [found[row] for row in rows.experience]
        shown, check = _sides(demand, demand.sides, hits, near, careers, digests)
        whole = np.where(check.outcome == SHORT, shown, np.maximum(whole, shown))
        checks.append(("degree", check))
    elif asked.degree:
        checks.append(("degree", check_degrees(asked, text, outlines)))
    if asked.licences:
        checks.append(("licence", check_held(asked, text, outlines, today)))
    if asked.languages:
        checks.append(("language", check_spoken(asked, text, outlines)))
    return _Rough(demand, whole, parts, checks)


def _sides(
    demand: Demand,
    sides: Sides,
    hits: Sequence[Hits],
    near: NearLines,
    careers: Careers,
    digests: NDArray[np.int64] | None,
) -> tuple[Floats, Checks]:
    """How strongly lines of work show the experience that may stand in for a degree, and the better of the
    checks of both."""
    asked, outlines = replace(demand.qualification.constraints, or_equivalent=False), near.outlines
    work = SeenLines.of(demand, demand.experience, hits, near, UNTOLD)
    named = np.logical_or.reduce([titled(kind, outlines) for kind in demand.experience])
    relevant = work.positions(SHOWN_FROM) | named
    years = sides.years and careers.check(sides.years, relevant)
    told = work.best
    if digests is not None:
        lines = JointLines(work, digests)
        told = np.maximum.reduce([lines.strengths(number, relevant) for number in range(len(hits))])
    sure = work.best >= STRONG_AT
    if years:
        sure = sure | (years.outcome == MET)
    told = np.where(sure, told, np.minimum(told, BELOW_STRONG))
    told = np.where(outlines.positions.sums(named) > 0, np.maximum(told, PARTIAL_AT), told)
    degree = check_degrees(asked, sides.degree, outlines)
    return told, degree.better(check_experiences(told, years or None))


def _best(
    rough: Sequence[_Rough], people: People, words: Words | None, outlines: Outlines, size: int
) -> tuple[People, Floats]:
    """The `size` best of the people, best first, and their scores; resumes that say too little to be judged
    by stand last, below any score."""
    worths: dict[str, Floats] = {}
    weights: dict[str, float] = {}
    for each in rough:
        item, worth = each.demand.qualification, _worth(each, people, words)
        weights[item.id] = item.weight
        worths[item.id] = np.maximum(worths[item.id], worth) if item.id in worths else worth
    score: Floats = np.where(outlines.thin[people], -10.0, 0.0)
    for key, worth in worths.items():
        score = score + weights[key] / sum(weights.values()) * worth
    if size < len(score):
        high = np.flatnonzero(score >= np.partition(score, len(score) - size)[len(score) - size])
        people, score = people[high], score[high]
    order = np.argsort(-score, kind="stable")[:size]
    return people[order], score[order]


def _worth(rough: _Rough, people: People, words: Words | None) -> Floats:
    """What the demand is worth in the score of each of the people."""
    demand, strength = rough.demand, rough.whole[people]
    if demand.clauses:
        best = [part[people] for part in rough.clauses]
        parts = clause_strengths(demand.clauses, strength, best, words)
        strength = joined_strength(
            strength, demand.joined, parts, [all(clause.names) for clause in demand.clauses]
        )
    short = np.zeros(len(people), dtype=np.bool_)
    if rough.checks:
        checks = [(name, check.of(people)) for name, check in rough.checks]
        short = np.logical_or.reduce([check.outcome == SHORT for _, check in checks])
        strength = np.minimum.reduce(
            [strength_by_facts(strength, name, check, demand) for name, check in checks]
        )
    # `score.worth` of everybody
    verdict = np.where(short, 0, 1 + (strength >= PARTIAL_AT) + (strength >= STRONG_AT))
    low, high, floor = (column[verdict] for column in _BANDS)
    worth: Floats = floor + BAND * np.clip((strength - low) / (high - low), 0.0, 1.0)
    return worth
