"""What rankings and probabilities are measured with: ir-measures, AUC, calibration error, the bootstrap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.errors import MissingExtraError
from matcher.evaluation.graded import Bools, Floats, Pairs

try:
    import ir_measures
except ImportError as error:
    raise MissingExtraError(
        "The ranking measures need ir-measures: pip install 'matcher[evaluation]'"
    ) from error

# Exponential gain 2^grade - 1, and linear gain; the names are those of ir-measures.
NDCG_3 = "nDCG(dcg='exp-log2')@3"
NDCG_10 = "nDCG(dcg='exp-log2')@10"
LINEAR_3 = "nDCG@3"
LINEAR_10 = "nDCG@10"
EXPONENTIAL = (NDCG_3, NDCG_10)
LINEAR = (LINEAR_3, LINEAR_10)

BINS = 10  # of equal width, for the calibration error and the reliability table
DRAWS = 2000  # of the bootstrap: its ends move by less than .001 from seed to seed
SEED = 20_240_601

Weights = NDArray[np.float64]  # how often each item was drawn
Statistic = Callable[[Weights], float]


def per_query(measures: Sequence[str], scores: Floats, pairs: Pairs) -> dict[str, dict[str, float]]:
    """For each measure the value of each query, by the query's number.

    Grades are rounded down. A measure of exponential gain is over the queries with a grade above 0, one of
    linear gain over all queries. A pair whose score is NaN is left out of the system's answer, and a query
    without any answer has the value 0.
    """
    if shutil.which("perl") is None:
        raise MissingExtraError(
            "nDCG of exponential gain is computed by gdeval, which needs perl: install it."
        )
    grades = np.floor(pairs.grades).astype(int).tolist()
    answerable = {query for query, grade in zip(pairs.queries, grades, strict=True) if grade > 0}
    qrels = [
        ir_measures.Qrel(query, name, grade)
        for query, name, grade in zip(pairs.queries, pairs.names, grades, strict=True)
    ]
    names = {ir_measures.parse_measure(name): name for name in measures}
    values: dict[str, dict[str, float]] = {
        name: dict.fromkeys(sorted(set(pairs.queries) if name in LINEAR else answerable), 0.0)
        for name in measures
    }
    for item in ir_measures.iter_calc(list(names), qrels, _ranked(scores, pairs)):
        of_query = values[names[item.measure]]
        if item.query_id in of_query:
            of_query[item.query_id] = float(item.value)
    return values


def _ranked(scores: Floats, pairs: Pairs) -> list[ir_measures.ScoredDoc]:
    """A run whose scores are places, so that every measure breaks ties alike: by name."""
    order = sorted(np.flatnonzero(~np.isnan(scores)).tolist(), key=lambda i: (-scores[i], pairs.names[i]))
    return [
        ir_measures.ScoredDoc(pairs.queries[i], pairs.names[i], float(len(order) - place))
        for place, i in enumerate(order)
    ]


def mean(values: Iterable[float]) -> float:
    """The mean of some values."""
    return float(np.mean(list(values)))


def auc_of(scores: Floats, wanted: Bools) -> Statistic:
    """The statistic that gives, for how often each pair was drawn, the area under the ROC curve: the chance
    that a wanted pair scores above an unwanted one, ties counting half. 0.5 where one kind is missing."""
    _, place = np.unique(np.nan_to_num(scores, nan=-np.inf), return_inverse=True)
    count = int(place.max()) + 1

    def area(weights: Weights) -> float:
        good = np.bincount(place, weights * wanted, count)
        bad = np.bincount(place, weights * ~wanted, count)
        total = float(good.sum() * bad.sum())
        return float(good @ (np.cumsum(bad) - bad / 2)) / total if total else 0.5

    return area


def auc(scores: Floats, wanted: Bools) -> float:
    """The area under the ROC curve over all pairs."""
    return auc_of(scores, wanted)(np.ones(len(scores)))


def bin_of(strength: Floats) -> NDArray[np.int64]:
    """The bin of equal width that each probability falls in, 0 to BINS - 1."""
    return np.minimum((strength * BINS).astype(np.int64), BINS - 1)


def calibration_error(strength: Floats, wanted: Bools) -> float:
    """The mean distance of probability and share of wanted pairs over the bins, weighed by their size."""
    bins = bin_of(strength)
    gaps = np.bincount(bins, strength, BINS) - np.bincount(bins, wanted.astype(float), BINS)
    return float(np.abs(gaps).sum() / len(strength))


def interval(statistic: Statistic, roles: Sequence[str]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a statistic of items that belong to `roles`: whole roles are drawn.

    The draws are the same for every statistic over the same roles, so that differences are paired.
    """
    names, owner = np.unique(np.array(roles), return_inverse=True)
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS).astype(np.float64)
    values = [statistic(row[owner]) for row in drawn]
    low, high = np.nanquantile(values, (0.025, 0.975))
    return float(low), float(high)


def share_of(wanted: Bools | Floats) -> Statistic:
    """The statistic that gives the weighed mean of some values; NaN when nothing was drawn."""

    def share(weights: Weights) -> float:
        total = float(weights.sum())
        return float(weights @ wanted) / total if total else float("nan")

    return share
