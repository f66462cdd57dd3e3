"""Graded pairs of a qualification and a snippet, as the suite and the fit of the weights read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# Grades as the guide defines them: 3 direct evidence, 2 partial, 1 tangential, 0 none.
EVIDENCE_FROM = 2.0
DIRECT_FROM = 3.0


@dataclass(frozen=True)
class Pairs:
    """Graded pairs, column by column, all of one length.

    `queries` number the qualifications in order of appearance, as text, since gdeval reads nothing else;
    `names` are unique pseudo-random document names, by which ties are broken alike for every system.
    """

    roles: tuple[str, ...]
    queries: tuple[str, ...]
    qualifications: tuple[str, ...]
    snippets: tuple[str, ...]
    names: tuple[str, ...]
    grades: Floats

    @classmethod
    def read(cls, path: Path) -> Pairs:
        """The pairs of a .jsonl file: role, qualification_id, qualification, snippet and grade a line.

        Raises InputError for a line that lacks one of them; the message never quotes the line.
        """
        rows = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                rows.append(
                    (
                        str(row["role"]),
                        str(row["qualification_id"]),
                        str(row["qualification"]),
                        str(row["snippet"]),
                        float(row["grade"]),
                    )
                )
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"Line {number} of {path} is no graded pair: each line is a JSON object with role, "
                    "qualification_id, qualification, snippet and grade."
                ) from error
        if not rows:
            raise InputError(f"{path} holds no graded pair: write one JSON object a line.")
        return cls.of(rows)

    @classmethod
    def of(cls, rows: Sequence[tuple[str, str, str, str, float]]) -> Pairs:
        """The pairs of (role, qualification id, qualification, snippet, grade) rows."""
        ids = dict.fromkeys((role, name) for role, name, *_ in rows)
        number = {key: str(place) for place, key in enumerate(ids)}
        return cls(
            roles=tuple(row[0] for row in rows),
            queries=tuple(number[row[0], row[1]] for row in rows),
            qualifications=tuple(row[2] for row in rows),
            snippets=tuple(row[3] for row in rows),
            names=tuple(_name(place, row[3]) for place, row in enumerate(rows)),
            grades=np.array([row[4] for row in rows], dtype=np.float64),
        )

    @property
    def evidence(self) -> Bools:
        """Which pairs are graded at least partial evidence."""
        return np.asarray(self.grades >= EVIDENCE_FROM)

    @property
    def direct(self) -> Bools:
        """Which pairs are graded direct evidence."""
        return np.asarray(self.grades >= DIRECT_FROM)

    @property
    def texts(self) -> list[str]:
        """Every different text, sorted."""
        return sorted({*self.qualifications, *self.snippets})

    def __len__(self) -> int:
        return len(self.grades)

    def described(self) -> str:
        """How many pairs, qualifications and roles these are, in words."""
        return (
            f"{len(self):,} pairs, {len(set(self.queries))} qualifications, {len(set(self.roles))} roles; "
            f"{np.mean(self.evidence):.0%} graded 2 or 3"
        )


def _name(place: int, snippet: str) -> str:
    return hashlib.sha256(f"{place} {snippet}".encode()).hexdigest()[:12]
