"""The nouns of a result: evidence, matches, reports, and what was rejected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import overload

from matcher.types.documents import Place, SetAside, Span
from matcher.types.resumes import Resume, SectionKind
from matcher.types.roles import Qualification, Role


class Verdict(StrEnum):
    """What one resume shows for one qualification. `none found` never means "does not have it"."""

    STRONG = "strong"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"  # the resume itself states less than is asked
    NONE_FOUND = "none found"
    UNKNOWN = "unknown"  # too little could be read


@dataclass(frozen=True, slots=True)
class Evidence:
    """A Snippet quoted for a Qualification: `text` verbatim, `why` in words a person can check."""

    text: str
    span: Span
    section: SectionKind
    strength: float
    why: str
    places: tuple[Place, ...] = ()
    position: int | None = None


class Joined(StrEnum):
    """How the clauses of a qualification belong together."""

    ALL = "all of"  # the weakest decides
    ANY = "any of"  # the best decides


@dataclass(frozen=True, slots=True)
class ClauseMatch:
    """What one resume shows for one clause of a qualification, `text` verbatim from it."""

    text: str
    verdict: Verdict
    strength: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Match:
    """What one resume shows for one qualification, best evidence first.

    `clauses` has two or more where the qualification joins several things, else none.
    """

    qualification: Qualification
    verdict: Verdict
    strength: float
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()  # what was checked against parsed facts, in words
    clauses: tuple[ClauseMatch, ...] = ()
    joined: Joined = Joined.ALL


@dataclass(frozen=True, slots=True)
class MatchReport:
    """One candidate's result. `score`, `coverage` and every strength lie in [0, 1].

    `score` is None when nothing could be assessed. It depends on this resume, the role, its weights,
    `today` and the engine alone; `rank` is the place among those ranked together.
    """

    candidate_id: str
    source: str
    rank: int
    score: float | None
    coverage: float
    matches: tuple[Match, ...]
    set_aside: tuple[SetAside, ...]
    resume: Resume


@dataclass(frozen=True, slots=True)
class Rejected:
    """A resume that could not be read, with the error's stable code and its message."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Engine:
    """What made a result: the version of this software and the fingerprint of the model."""

    version: str
    model: str


@dataclass(frozen=True, slots=True)
class RankedRevision:
    """The revision, counted from 1, of a role that a corpus keeps, and which was the newest at the time."""

    role_id: str
    number: int
    newest: int

    @property
    def stale(self) -> bool:
        """Whether the role had been edited since that revision when it was ranked."""
        return self.number < self.newest


@dataclass(frozen=True, slots=True)
class Ranking(Sequence[MatchReport]):
    """The reports of one role, best first, with the inputs that every score depends on besides the resumes.

    It is a sequence of MatchReport. `rejected` lists what could not be read; `today` closes "Present".
    `blind` says that it was made without names, contact, employers and schools. `revision` names the role
    where a corpus keeps it.
    """

    role: Role
    today: date
    engine: Engine
    reports: tuple[MatchReport, ...]
    rejected: tuple[Rejected, ...] = ()
    blind: bool = False
    revision: RankedRevision | None = None

    @overload
    def __getitem__(self, place: int) -> MatchReport: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[MatchReport, ...]: ...
    def __getitem__(self, place: int | slice) -> MatchReport | tuple[MatchReport, ...]:
        return self.reports[place]

    def __len__(self) -> int:
        return len(self.reports)
