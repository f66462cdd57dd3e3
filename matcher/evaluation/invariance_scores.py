"""Scores before and after a change, how far two rankings agree, and the largest change of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Encoder
from matcher.index import similarities
from matcher.matching import (
    RoleProfile,
    best_wordings,
    idle_lines,
    match_resume,
    prepare,
    ranked,
    score,
    without_copies,
)
from matcher.resumes import parse
from matcher.types import Document, MatchReport, Resume

QUOTES = 3
PERSISTENCE = 0.9


class Scorer:
    """Ranks resumes as the service does; each is parsed and scored, and each snippet embedded, once.

    That a text's vector does not depend on what it is embedded with is what the batch and the pool rows
    measure, through the service itself; here it saves embedding the same snippets for every change.
    """

    def __init__(self, encoder: Encoder, profiles: Sequence[RoleProfile], today: date) -> None:
        self.profiles = profiles
        self._encoder = encoder
        self._today = today
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._resumes: dict[tuple[str, str], Resume] = {}
        self._reports: dict[tuple[int, int], MatchReport] = {}  # by place of the role and id() of the resume

    def parsed(self, document: Document, source: str) -> Resume:
        """The resume in `document`; the very same object for the same text and source."""
        key = (source, document.text)
        if key not in self._resumes:
            self._resumes[key] = parse(document, source)
        return self._resumes[key]

    def rankings(self, resumes: Sequence[Resume]) -> list[tuple[MatchReport, ...]]:
        """For each role the resumes' reports, best first."""
        return [self.ranking(profile, resumes) for profile in self.profiles]

    def ranking(self, profile: RoleProfile, resumes: Sequence[Resume]) -> tuple[MatchReport, ...]:
        """The resumes' reports for one role, best first."""
        self._embed([*profile.texts, *(snippet.masked for resume in resumes for snippet in resume.snippets)])
        return ranked([self._report(profile, resume) for resume in resumes])

    def _report(self, profile: RoleProfile, resume: Resume) -> MatchReport:
        resume = without_copies(profile.runs, resume)
        wanted = self._vectors(profile.texts)
        own = self._vectors([snippet.masked for snippet in resume.snippets])
        idle = idle_lines(own, self._encoder.fingerprint)
        found = match_resume(
            profile, resume, prepare(resume), similarities(wanted, own), self._today, QUOTES, idle
        )
        matches = best_wordings(found)
        value, coverage = score(matches)
        return MatchReport(
            resume.candidate_id, resume.source, 0, value, coverage, matches, resume.set_aside, resume
        )

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._rows[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self._encoder.dim), np.float32)

    def _embed(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._encoder.encode(new), strict=True))


@dataclass
class Comparison:
    """Sums over the draws of one change."""

    resumes: set[str] = field(default_factory=set)
    draws: int = 0
    scores: int = 0
    same: int = 0
    largest: float = 0.0
    rankings: int = 0
    identical: int = 0
    overlaps: list[float] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)  # the resumes whose score changed

    def add(
        self,
        before: Sequence[Sequence[MatchReport]],
        after: Sequence[Sequence[MatchReport]],
        changed: set[str],
    ) -> None:
        """Compare the rankings of one draw, role by role; scores of the resumes that were `changed` alone."""
        self.draws += 1
        self.resumes |= changed
        for old, new in zip(before, after, strict=True):
            self.rankings += 1
            first, second = ([report.source for report in reports] for reports in (old, new))
            self.identical += first == second
            self.overlaps.append(rank_biased_overlap(first, second))
            by_source = {report.source: report for report in new}
            for report in old:
                if report.source not in changed:
                    continue
                other = by_source[report.source]
                self.scores += 1
                if weighed(report) == weighed(other):
                    self.same += 1
                else:
                    self.moved.add(report.source)
                self.largest = max(self.largest, abs((report.score or 0.0) - (other.score or 0.0)))


def weighed(report: MatchReport) -> tuple[object, ...]:
    """All that a result says but for the quotes, whose words the change may have touched."""
    return (
        report.score,
        report.coverage,
        tuple(
            (m.qualification.id, m.verdict, m.strength, tuple(e.strength for e in m.evidence))
            for m in report.matches
        ),
    )


def rank_biased_overlap(first: Sequence[str], second: Sequence[str], p: float = PERSISTENCE) -> float:
    """Extrapolated rank-biased overlap of two rankings of equal length, in [0, 1]; 1 for equal ones.

    W. Webber, A. Moffat, J. Zobel: A similarity measure for indefinite rankings, ACM Transactions on
    Information Systems 28(4), 2010, equation 23: RBO_ext = X_k / k * p^k + (1 - p) / p * the sum over the
    depths d from 1 to k of X_d / d * p^d, X_d being how many items the first d places of both share.
    Raises ValueError for rankings of unequal length.
    """
    if len(first) != len(second):
        raise ValueError(f"The rankings have {len(first)} and {len(second)} items; they must have as many.")
    if list(first) == list(second):
        return 1.0  # also where the sum would be a rounding error short of it
    seen_first: set[str] = set()
    seen_second: set[str] = set()
    shared, total, weight = 0, 0.0, 1.0
    for depth, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        seen_first.add(one)
        seen_second.add(other)
        shared += 1 if one == other else (one in seen_second) + (other in seen_first)
        weight *= p
        total += shared / depth * weight
    return shared / len(first) * weight + (1 - p) / p * total
