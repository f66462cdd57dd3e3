"""A resume beside what was prepared of it, as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.kinds import EvidenceKind
from matcher.matching.prepared import Prepared
from matcher.matching.standing import CLAIM
from matcher.types import Resume

# The kinds of evidence by their rank.
KINDS = tuple(EvidenceKind)
_DESCRIBED = EvidenceKind.DESCRIBED.rank


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume ready to compare.

    `carried` is the share of its strength that each snippet keeps, whatever its kind: nothing of a heading,
    next to nothing of a claim. `idle` are the snippets (indices) of everyday life and `is_idle` says which
    they are; `counted` says of each snippet that it is none of these, `mute` has 1 where it names nothing,
    for it is a claim or idle, else 0.
    """

    resume: Resume
    prepared: Prepared
    today: date
    carried: NDArray[np.float64]
    counted: NDArray[np.bool_]
    idle: frozenset[int]
    is_idle: NDArray[np.bool_]
    mute: bytes

    @classmethod
    def of(cls, resume: Resume, prepared: Prepared, today: date, idle: Sequence[int] = ()) -> Candidate:
        """`resume` with what was `prepared` of it, as of `today`; `idle` is what `idle_lines` found in it."""
        headings, claims = (
            np.frombuffer(flags, dtype=np.bool_) for flags in (prepared.headings, prepared.claims)
        )
        carried = np.ones(len(claims))
        carried[claims] = CLAIM
        carried[headings] = 0.0
        is_idle = np.zeros(len(claims), dtype=np.bool_)
        is_idle[list(idle)] = True
        return cls(
            resume=resume,
            prepared=prepared,
            today=today,
            carried=carried,
            counted=(carried == 1.0) & ~is_idle,
            idle=frozenset(idle),
            is_idle=is_idle,
            mute=(claims | is_idle).tobytes(),
        )

    def title(self, snippet: int) -> str:
        """The title of the job that a snippet (index) is of, or ""."""
        position = self.resume.snippets[snippet].position
        return "" if position is None else self.resume.positions[position].title or ""

    def is_told(self, snippet: int) -> bool:
        """Whether a snippet (index) describes work in a dated job."""
        return self.prepared.kinds[snippet] >= _DESCRIBED

    def told(self, position: int | None, stems: frozenset[str]) -> frozenset[str]:
        """Those of the `stems` that a line of a position (index) names."""
        snippets, lines = self.resume.snippets, self.prepared.lines
        return frozenset(
            name
            for name in stems
            if any(
                snippets[place].position == position and not self.mute[place] for place in lines.having(name)
            )
        )
