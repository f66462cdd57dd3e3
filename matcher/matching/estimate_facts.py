"""The facts of everybody checked against a demand at once: facts.py and its like in columns.

A field of study, a licence or a
language is judged by the function that judges it in one resume, each distinct one once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.matching.checks import Check, Outcome
from matcher.matching.degree_facts import EXPERIENCE, NEAR_FIELD, NO_FIELD, UNFINISHED, check_degree
from matcher.matching.demand import Demand
from matcher.matching.facts import check_languages
from matcher.matching.licence_facts import PENDING, check_licences
from matcher.matching.outline import FIELDS_APART, Held
from matcher.matching.outlines import Outlines, Stated
from matcher.matching.verdicts import FACT_STRENGTH, UNNAMED, YIELD, beside, beyond
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Constraints, DegreeLevel, Education, LanguageSkill, Licence, PartialDate, Span

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Outcomes as numbers, the better the higher.
_ORDER = (Outcome.SHORT, Outcome.SILENT, Outcome.PARTLY, Outcome.MET)
SHORT, SILENT, PARTLY, MET = range(len(_ORDER))

_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Checks:
    """A check of everybody: a number of the order above, and the share in [0, 1] that is met."""

    outcome: NDArray[np.int8]
    share: Floats

    def of(self, people: NDArray[np.intp]) -> Checks:
        """The same of these people (places)."""
        return Checks(self.outcome[people], self.share[people])

    def better(self, other: Checks) -> Checks:
        """Of both checks of everybody the better one."""
        mine = self.outcome + self.share / 2 >= other.outcome + other.share / 2
        return Checks(np.where(mine, self.outcome, other.outcome), np.where(mine, self.share, other.share))


def check_degrees(asked: Constraints, demand: str, outlines: Outlines) -> Checks:
    """The degree asked, level and field apart. Of everybody the best counts: a finished degree of the level,
    one that is not finished, a college where a school is asked, a lower degree."""
    assert asked.degree is not None
    rank, of = asked.degree.rank, outlines.education
    judged = [_in_field(asked, demand, str(field)) for field in of.values]
    outcome, share = np.array(judged or [(SILENT, 0.0)])[of.of].T
    school = asked.degree is DegreeLevel.HIGH_SCHOOL
    known, enough = outlines.levels >= 0, outlines.levels >= rank
    unfinished = outlines.unfinished & ~(school & (outlines.levels > 0))
    college = outlines.colleges & ~known & school
    lower = outlines.levels / (2 * max(rank, 1))
    # The kind of an entry in the tens, what it is worth below them.
    value = np.select(
        [enough & ~unfinished & (outcome == MET), enough & ~unfinished, enough, college, known],
        [50.0, 40 + share, 30 + UNFINISHED * share, 20 + NO_FIELD, 10 + lower],
        0.0,
    )
    best = np.zeros(len(outlines))
    np.maximum.at(best, of.people, value)
    may_be_more = np.zeros(len(outlines), dtype=np.bool_)
    may_be_more[of.people[outlines.more]] = True
    silent = asked.or_equivalent | may_be_more | ~outlines.complete
    kind = best // 10
    found = np.select([kind == 5, kind >= 2, (kind == 1) & ~silent], [MET, PARTLY, SHORT], SILENT)
    return Checks(
        found.astype(np.int8), np.where(found == MET, 1.0, np.where(found == SILENT, 0.0, best % 10))
    )


def check_experiences(words: Floats, years: Checks | None) -> Checks:
    """The experience that may stand in for a degree, as `check_experience` has it; `words` is how strongly
    lines of work show it."""
    told = words >= PARTIAL_AT
    if years is None:
        return Checks(np.where(told, PARTLY, SILENT).astype(np.int8), np.where(told, EXPERIENCE, 0.0))
    met, short = years.outcome == MET, years.outcome == SHORT
    sure = met & (words >= STRONG_AT)
    found = np.where(told, np.select([sure, short], [MET, SHORT], PARTLY), np.where(short, SHORT, SILENT))
    share = np.select([sure, met, short], [1.0, NEAR_FIELD, years.share], EXPERIENCE * years.share)
    return Checks(found.astype(np.int8), np.where(found == SILENT, 0.0, share))


def check_held(asked: Constraints, demand: str, outlines: Outlines, today: date) -> Checks:
    """The licences asked: one of several, or all."""

    def judge(name: str) -> Callable[[object], tuple[int, float]]:
        return lambda held: _licence(name, demand, held, today) if isinstance(held, Held) else (SILENT, 0.0)

    each = [_best(outlines.licences, len(outlines), judge(name)) for name in asked.licences]
    return _joined(each, asked.any_licence)


def check_spoken(asked: Constraints, demand: str, outlines: Outlines) -> Checks:
    """The languages asked: one of several, or all."""

    def judge(name: str) -> Callable[[object], tuple[int, float]]:
        return lambda spoken: _language(name, demand, *spoken) if isinstance(spoken, tuple) else (SILENT, 0.0)

    each = [_best(outlines.languages, len(outlines), judge(name)) for name in asked.languages]
    joined = _joined(each, asked.any_language)
    others = [check.outcome for check, name in zip(each, asked.languages, strict=True) if name != "English"]
    if asked.any_language or len(others) in (0, len(each)):
        return joined
    # of several languages English alone is nothing
    alone = (np.array(others) <= SILENT).all(0)
    return Checks(np.where(alone, SILENT, joined.outcome), np.where(alone, 0.0, joined.share))


def strength_by_facts(words: Floats, name: str, check: Checks, demand: Demand) -> Floats:
    """One strength from that of the words and a check, as `verdicts.combine` makes it of one resume."""
    asked, terms = demand.qualification.constraints, demand.whole.terms
    if name == "years":
        within = np.minimum(words, _within_partial(words * check.share))
        told = np.select(
            [check.share <= 0, check.share >= 1],
            [np.minimum(words, PARTIAL_AT), np.maximum(words, _within_partial(words))],
            within,
        )
    else:
        rest = beyond(terms, asked) if name == "degree" else YIELD * beside(terms, asked)
        met = np.maximum(PARTIAL_AT, FACT_STRENGTH - rest * np.maximum(0.0, FACT_STRENGTH - words))
        share = check.share if name == "degree" else check.share + (1.0 - check.share) * UNNAMED * words
        told = np.where(check.outcome == MET, met, _within_partial(share))
    unnamed = _within_partial(UNNAMED * (words - PARTIAL_AT) / (1.0 - PARTIAL_AT))
    silent = np.where(words <= PARTIAL_AT, words, unnamed)
    short = PARTIAL_AT * np.minimum(check.share, 0.99)
    strength: Floats = np.select([check.outcome == SHORT, check.outcome == SILENT], [short, silent], told)
    return strength


def _within_partial(share: Floats) -> Floats:
    return PARTIAL_AT + share * (BELOW_STRONG - PARTIAL_AT)


def _best(stated: Stated, people: int, judge: Callable[[object], tuple[int, float]]) -> Checks:
    """The best of everybody's facts of a kind; what falls short is told where nothing better is."""
    outcome, share = np.array([judge(value) for value in stated.values] or [(SILENT, 0.0)])[stated.of].T
    # half a share, so that no outcome reaches the next
    value = np.full(people, float(SILENT))
    np.maximum.at(value, stated.people, outcome + share / 2)
    less = np.zeros(people, dtype=np.bool_)
    less[stated.people[outcome == SHORT]] = True
    found = np.where(less & (value <= SILENT), SHORT, np.floor(value)).astype(np.int8)
    return Checks(found, np.where(found == SHORT, 0.0, (value - found) * 2))


def _joined(each: Sequence[Checks], any_is_enough: bool) -> Checks:
    outcomes = np.array([check.outcome for check in each])
    shares = np.array([check.share for check in each])
    if any_is_enough or len(each) == 1:
        best = np.argmax(outcomes + shares / 2, axis=0)[np.newaxis]
        return Checks(
            np.take_along_axis(outcomes, best, 0)[0].astype(np.int8), np.take_along_axis(shares, best, 0)[0]
        )
    every, short, some = (outcomes == MET).all(0), (outcomes == SHORT).any(0), (outcomes > SILENT).any(0)
    found = np.select([every, short, some], [MET, SHORT, PARTLY], SILENT)
    return Checks(found.astype(np.int8), shares.mean(0))


# Kept for what was met last: a corpus has few distinct facts, and a role is searched more than once.


@lru_cache(maxsize=16_384)
def _in_field(asked: Constraints, demand: str, field: str) -> tuple[int, float]:
    """How a finished degree of the level asked meets the demand in that field."""
    entries = [
        Education(asked.degree, name or None, None, None, _NOWHERE, True)
        for name in field.split(FIELDS_APART)
    ]
    return max(_numbered(check_degree(asked, [entry], "", demand)) for entry in entries)


@lru_cache(maxsize=16_384)
def _licence(name: str, demand: str, held: Held, today: date) -> tuple[int, float]:
    until = PartialDate((held.until - 1) // 12, (held.until - 1) % 12 + 1) if held.until else None
    licence = Licence(held.name, _NOWHERE, None, until)
    outcome, share = _numbered(check_licences(Constraints(licences=(name,)), [licence], today, "", demand))
    return (PARTLY, PENDING) if held.pending and outcome == MET else (outcome, share)


@lru_cache(maxsize=4_096)
def _language(name: str, demand: str, stated: str, level: str | None) -> tuple[int, float]:
    spoken = [LanguageSkill(stated, level, _NOWHERE)]
    return _numbered(check_languages(Constraints(languages=(name,)), spoken, demand))


def _numbered(check: Check) -> tuple[int, float]:
    return _ORDER.index(check.outcome), check.share
