"""What a reader should see first: of a candidate the best quotes and the largest doubts, of a pool what
nobody shows and how the top of the list hangs on the weights. Pure functions over a Ranking; nothing here
changes a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.matching.kinds import evidence_kind
from matcher.matching.score import ranked, score
from matcher.matching.tiers import tiers_of
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import (
    Assess,
    Evidence,
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    Ranking,
    Resume,
    Verdict,
)

# How many quotes and doubts a reader takes in at a glance.
HIGHLIGHTS = 2

# How far down the list other weights are compared: what one sitting reads.
TOP = 10

_SHOWN = (Verdict.STRONG, Verdict.PARTIAL)


class Reweighing(StrEnum):
    """Other weights that a ranking is tried with."""

    LEADING_ONLY = "required only"  # the leading kind alone; required wherever the posting has such
    EQUAL = "equal weights"  # all that counts, counting alike


@dataclass(frozen=True, slots=True)
class Highlight:
    """One quote and the match it speaks for."""

    match: Match
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reranked:
    """The first places under other weights. `order` holds places in `Ranking.reports`, best first."""

    weights: Reweighing
    order: tuple[int, ...]
    ranks: tuple[int, ...]  # the rank of each in `order` under these weights


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above a list. `tiers` has one entry for each report (see `tiers_of`).

    `without_evidence` and `only_partial` are numbers from 1 among the qualifications of kind `kind`; what no
    resume is judged by is in neither.
    """

    kind: QualificationKind
    tiers: tuple[int | None, ...]
    without_evidence: tuple[int, ...]
    only_partial: tuple[int, ...]
    reranked: tuple[Reranked, ...]
    candidates: int


def summarise(ranking: Ranking) -> Summary:
    """The summary of a whole ranking: take it before the list is cut to the best."""
    kind = leading_kind(ranking.role.qualifications)
    asked = [item for item in ranking.role.qualifications if item.kind is kind and ranking.reports]
    best = [(n, _best_verdict(ranking, item)) for n, item in enumerate(asked, 1) if is_judged(item)]
    return Summary(
        kind=kind,
        tiers=tiers_of(ranking.reports),
        without_evidence=tuple(n for n, verdict in best if verdict not in _SHOWN),
        only_partial=tuple(n for n, verdict in best if verdict is Verdict.PARTIAL),
        reranked=tuple(_reranked(ranking)),
        candidates=len(ranking.reports),
    )


def is_judged(asked: Qualification) -> bool:
    """Whether resumes are judged by a qualification: it is neither for an interview nor said twice."""
    return asked.assess is Assess.RESUME and asked.same_as is None


def leading_kind(asked: Iterable[Qualification]) -> QualificationKind:
    """The kind that a candidate is summed up by: required, or the next that resumes are judged by."""
    found = {item.kind for item in asked if is_judged(item)}
    return next((kind for kind in QualificationKind if kind in found), QualificationKind.REQUIRED)


# --------------------------------------------------------------------------- a candidate


def best_quotes(report: MatchReport) -> tuple[Highlight, ...]:
    """The quotes that speak most for a candidate, each for another qualification and from another place.

    What weighs more comes first, then strong before partial, of strong verdicts a line that is strong by
    itself, then the stronger kind of evidence.
    """
    found = [
        Highlight(match, quote)
        for match in report.matches
        if match.verdict in _SHOWN and match.qualification.weight
        for quote in _speaking(match)
        if quote.strength >= PARTIAL_AT
    ]
    found.sort(key=lambda item: _merit(item, report.resume), reverse=True)
    chosen: list[Highlight] = []
    for item in found:
        again = any(
            item.match.qualification.id == other.match.qualification.id
            or item.evidence.span.overlaps(other.evidence.span)
            for other in chosen
        )
        if not again:
            chosen.append(item)
    return tuple(chosen[:HIGHLIGHTS])


def _speaking(match: Match) -> tuple[Evidence, ...]:
    """The quotes that the verdict of `match` rests on: of a degree, a licence or a language that is asked the
    first alone, for the lines after it are of work that is merely like it."""
    facts = match.qualification.constraints
    named = facts.degree or facts.licences or facts.languages
    return match.evidence[:1] if named else match.evidence


def _merit(item: Highlight, resume: Resume) -> tuple[float, bool, bool, int, float]:
    strong = item.match.verdict is Verdict.STRONG
    return (
        item.match.qualification.weight,
        strong,
        strong and item.evidence.strength >= STRONG_AT,
        evidence_kind(item.evidence, resume).rank,
        item.evidence.strength,
    )


def doubts(report: MatchReport) -> tuple[Match, ...]:
    """The matches that leave most to ask.

    By weight, where partial evidence leaves half of it open; what is contradicted before what is merely not
    found, weaker before less weak partial evidence, else in the posting's order.
    """
    left = [
        match
        for match in report.matches
        if match.verdict is not Verdict.STRONG and match.qualification.weight
    ]
    return tuple(sorted(left, key=_doubt)[:HIGHLIGHTS])


def _doubt(match: Match) -> tuple[float, bool, float]:
    partial = match.verdict is Verdict.PARTIAL
    missing = match.qualification.weight * (1.0 if partial else 2.0)
    return -missing, match.verdict is not Verdict.CONTRADICTED, match.strength if partial else 0.0


# --------------------------------------------------------------------------- the pool


def _best_verdict(ranking: Ranking, asked: Qualification) -> Verdict | None:
    """The best verdict that any candidate has for a qualification; partial where one shows a clause of it."""
    matches = [
        match for report in ranking.reports for match in report.matches if match.qualification.id == asked.id
    ]
    found = {match.verdict for match in matches}
    if any(clause.verdict in _SHOWN for match in matches for clause in match.clauses):
        found.add(Verdict.PARTIAL)
    return next((verdict for verdict in Verdict if verdict in found), None)


def _reranked(ranking: Ranking) -> list[Reranked]:
    """The top under each reweighing that differs from the weights in use; none for fewer than two."""
    counted = [item for item in ranking.role.qualifications if item.weight]
    if len(ranking.reports) < 2 or not counted:
        return []
    kind = leading_kind(ranking.role.qualifications)
    tried: list[tuple[Reweighing, Callable[[Qualification], float]]] = []
    if {item.kind for item in counted} > {kind}:
        tried.append((Reweighing.LEADING_ONLY, lambda item: item.weight if item.kind is kind else 0.0))
    if len({item.weight for item in counted}) > 1:
        tried.append((Reweighing.EQUAL, lambda item: 1.0 if item.weight else 0.0))
    return [_with(ranking.reports, name, weigh) for name, weigh in tried]


def _with(
    reports: Sequence[MatchReport], name: Reweighing, weigh: Callable[[Qualification], float]
) -> Reranked:
    changed = []
    for report in reports:
        matches = tuple(
            replace(match, qualification=replace(match.qualification, weight=weigh(match.qualification)))
            for match in report.matches
        )
        value, coverage = score(matches)
        changed.append(replace(report, matches=matches, score=value, coverage=coverage))
    place_of = {(report.candidate_id, report.source): place for place, report in enumerate(reports)}
    top = ranked(changed)[:TOP]
    return Reranked(
        name,
        tuple(place_of[report.candidate_id, report.source] for report in top),
        tuple(report.rank for report in top),
    )
