"""What the benchmarks measure graded pairs with: ranking measures, AUC, calibration error, intervals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NDCG_3, NDCG_10, LINEAR_3 = (
    ir_measures.parse_measure(name)
    for name in ("nDCG(dcg='exp-log2')@3", "nDCG(dcg='exp-log2')@10", "nDCG@3")
)
DRAWS = 1000  # of the bootstrap


@dataclass(frozen=True)
class Pairs:
    """Graded pairs, column by column; `queries` are numbers as text, for gdeval reads no other;
    `names` are unique pseudo-random document names that break ties."""

    roles: list[str]
    queries: list[str]
    qualifications: list[str]
    snippets: list[str]
    names: list[str]
    grades: Floats

    @classmethod
    def read(cls, path: Path) -> Pairs:
        """The pairs of a .jsonl file; a file without roles is grouped by qualification."""
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        number = {
            name: str(place) for place, name in enumerate(dict.fromkeys(r["qualification_id"] for r in rows))
        }
        return cls(
            [row.get("role", row["qualification_id"]) for row in rows],
            [number[row["qualification_id"]] for row in rows],
            [row["qualification"] for row in rows],
            [row["snippet"] for row in rows],
            [
                hashlib.sha256(f"{place} {row['snippet']}".encode()).hexdigest()[:12]
                for place, row in enumerate(rows)
            ],
            np.array([row["grade"] for row in rows], dtype=np.float64),
        )

    @property
    def evidence(self) -> NDArray[np.bool_]:
        """Which pairs are graded at least partial evidence."""
        return self.grades >= 2


def ranked(scores: Floats, pairs: Pairs) -> list[ir_measures.ScoredDoc]:
    """A run whose scores are places, so that every measure breaks ties alike: by name."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], pairs.names[i]))
    return [
        ir_measures.ScoredDoc(pairs.queries[i], pairs.names[i], float(len(order) - place))
        for place, i in enumerate(order)
    ]


def per_query(measure: ir_measures.Measure, scores: Floats, pairs: Pairs) -> dict[str, float]:
    """The measure's value for each query; exponential gain leaves out queries without any grade above 0."""
    grades = np.floor(pairs.grades).astype(int).tolist()
    answerable = {query for query, grade in zip(pairs.queries, grades, strict=True) if grade > 0}
    qrels = [
        ir_measures.Qrel(query, name, grade)
        for query, name, grade in zip(pairs.queries, pairs.names, grades, strict=True)
    ]
    values = {
        item.query_id: item.value for item in ir_measures.iter_calc([measure], qrels, ranked(scores, pairs))
    }
    queries = set(pairs.queries) if measure == LINEAR_3 else answerable
    return {query: values.get(query, 0.0) for query in sorted(queries)}


def auc(scores: Floats, wanted: NDArray[np.bool_]) -> float:
    """The chance that a wanted pair scores above an unwanted one, ties counting half."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle_rank = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positive = int(wanted.sum())
    negative = len(wanted) - positive
    return float((middle_rank[wanted].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration_error(strength: Floats, wanted: NDArray[np.bool_], bins: int = 10) -> float:
    """The mean distance of strength and share of evidence over equal-width bins, weighed by size."""
    bin_of = np.minimum((strength * bins).astype(int), bins - 1)
    return float(
        sum(abs(strength[bin_of == b].sum() - wanted[bin_of == b].sum()) / len(strength) for b in range(bins))
    )


def interval(statistic: Callable[[NDArray[np.int64]], float], roles: Sequence[str]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a statistic of drawn pairs (or queries), whole roles at a time."""
    rng = np.random.default_rng(20_240_601)
    of_role = [np.flatnonzero(np.array(roles) == role) for role in sorted(set(roles))]
    drawn = [
        statistic(np.concatenate([of_role[i] for i in rng.integers(len(of_role), size=len(of_role))]))
        for _ in range(DRAWS)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)
