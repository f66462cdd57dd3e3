"""Whom to compare in full with a role: a rough score of everybody, from outlines and the lines that a search
found for each demand.

It follows the steps of a match (match.py) as far as an outline goes: how strong the found lines are by words,
kind and likeness, what the facts say, and the band of the verdict. It leaves out what takes a whole resume:
lines that were not found, several lines read as one, domains, limits. So it is nobody's score. What it takes
in is what moves the choice (`benchmarks/shortlist_recall.py`).
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
    check_years,
    strength_by_facts,
)
from matcher.matching.estimate_lines import Floats, Hits, SeenLines, employed, named_share
from matcher.matching.outline import APART, UNTOLD
from matcher.matching.outlines import Outlines
from matcher.matching.score import BAND, FLOOR, STRENGTHS
from matcher.matching.seen import RELEVANT_FROM, SHOWN_FROM
from matcher.matching.trade import SAME_TRADE, Trade
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

# So many times those who are chosen are looked at for words in lines that no search found.
_LOOKED_AT = 3


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
) -> tuple[People, Floats]:
    """The `size` people (places in `outlines`) who are likeliest to score best, those first, and the scores
    that they are estimated at; equal ones stand in the order of their keys.

    `found` are the lines that a search found for each of the rows `searched`. `among` flags those who are
    wanted: nobody else is returned.
    """
    rough = [
        _look(demand, rows, profile.trade, found, outlines, today)
        for demand, rows in _rows(profile)
        if demand.qualification.weight > 0
    ]
    everyone = np.arange(len(outlines)) if among is None else np.flatnonzero(among)
    nearer = everyone
    if len(everyone) > _LOOKED_AT * size:
        nearer, _ = _best(rough, everyone, None, outlines, _LOOKED_AT * size)
        nearer.sort()
    return _best(rough, nearer, Words(outlines, nearer), outlines, size)


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
    outlines: Outlines,
    today: date,
) -> _Rough:
    """What the found lines and the facts say of one demand."""
    asked = demand.qualification.constraints
    without = APART if asked.min_years and not asked.degree else 0
    seen = SeenLines.of(demand, demand.readings, [found[row] for row in rows.whole], outlines, without)
    whole = seen.best
    parts = [
        SeenLines.of(demand, clause.asked, [found[row] for row in those], outlines, without).best
        for clause, those in zip(demand.clauses, rows.clauses, strict=True)
    ]
    checks: list[tuple[str, Checks]] = []
    if asked.min_years and not (demand.sides and demand.sides.alone):
        relevant = seen.positions(RELEVANT_FROM)
        if trade.is_asked(demand.whole.terms.text):
            relevant = relevant | (named_share(trade.words, outlines) >= SAME_TRADE)
        elif not demand.whole.manages:
            relevant = relevant | employed(demand.whole.terms, outlines)
        years = check_years(asked.min_years, relevant, outlines, today)
        unsure = (seen.best < STRONG_AT) & (years.outcome != MET)
        whole = np.where(unsure, np.minimum(whole, BELOW_STRONG), whole)
        checks.append(("years", years))
    text = demand.qualification.text
    if asked.degree and demand.sides:
        hits = [found[row] for row in rows.experience]
        told, check = _sides(demand, demand.sides, hits, outlines, today)
        whole = np.where(check.outcome == SHORT, told, np.maximum(whole, told))
        checks.append(("degree", check))
    elif asked.degree:
        checks.append(("degree", check_degrees(asked, text, outlines)))
    if asked.licences:
        checks.append(("licence", check_held(asked, text, outlines, today)))
    if asked.languages:
        checks.append(("language", check_spoken(asked, text, outlines)))
    return _Rough(demand, whole, parts, checks)


def _sides(
    demand: Demand, sides: Sides, hits: Sequence[Hits], outlines: Outlines, today: date
) -> tuple[Floats, Checks]:
    """How strongly lines of work show the experience that may stand in for a degree, and the better of the
    checks of both."""
    asked = replace(demand.qualification.constraints, or_equivalent=False)
    work = SeenLines.of(demand, demand.experience, hits, outlines, UNTOLD)
    years = sides.years and check_years(sides.years, work.positions(SHOWN_FROM), outlines, today)
    sure = work.best >= STRONG_AT
    if years:
        sure = sure | (years.outcome == MET)
    told = np.where(sure, work.best, np.minimum(work.best, BELOW_STRONG))
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
