"""Reports of the roles that were searched last, in memory: a report follows from the role with its weights,
the revision of the resume, the day and this code alone, so it is right as long as that revision is there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from matcher.types import Match, MatchReport, SetAsideKind

# Bytes of all that is kept: some four thousand people, so a few dozen roles' shortlists.
LIMIT = 64 * 2**20

# What the match of one qualification takes: most by half of this, measured on fixtures and real resumes.
_BYTES_A_MATCH = 1_200


@dataclass(frozen=True, slots=True)
class Kept:
    """A report without the resume, which takes ten times as much and is quickly read. `copied` says that
    lines of it were set aside as copies of the posting."""

    matches: tuple[Match, ...]
    score: float | None
    coverage: float
    copied: bool

    @classmethod
    def of(cls, report: MatchReport) -> Kept:
        """What is kept of a report."""
        copied = any(item.kind is SetAsideKind.COPIED for item in report.set_aside)
        return cls(report.matches, report.score, report.coverage, copied)


class KeptReports:
    """Reports by what was asked and by revision. Several threads may use it."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, dict[int, Kept]] = OrderedDict()
        self._bytes = 0
        self._forgotten = 0
        self._lock = threading.Lock()

    @property
    def moment(self) -> int:
        """To be asked before reading what is handed to `keep`."""
        return self._forgotten

    def of(self, asked: Hashable) -> dict[int, Kept]:
        """The reports that are kept of what was asked, by revision."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return dict(self._kept.get(asked, {}))

    def keep(self, asked: Hashable, reports: Mapping[int, Kept], moment: int) -> None:
        """Keep more reports of what was asked; where they are too many in all, drop those of what was asked
        longest ago. What was read before the last `forget` is not kept: it may be of somebody erased."""
        with self._lock:
            if moment != self._forgotten:
                return
            mine = self._kept.setdefault(asked, {})
            self._kept.move_to_end(asked)
            self._bytes += sum(map(size_of, reports.values())) - sum(
                size_of(mine[revision]) for revision in reports.keys() & mine.keys()
            )
            mine |= reports
            while self._bytes > self._limit and self._kept:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= sum(map(size_of, dropped.values()))

    def revisions(self) -> set[int]:
        """Those of which anything is kept."""
        with self._lock:
            return {revision for reports in self._kept.values() for revision in reports}

    def forget(self, revisions: Collection[int]) -> None:
        """Drop all that is kept of these revisions."""
        gone = frozenset(revisions)
        with self._lock:
            self._forgotten += 1
            for reports in self._kept.values():
                for revision in gone & reports.keys():
                    self._bytes -= size_of(reports.pop(revision))


def size_of(kept: Kept) -> int:
    """Some bytes that it takes in memory."""
    return _BYTES_A_MATCH * len(kept.matches)
