"""The evidence suite: are the snippets that speak for a qualification ranked first, and is `strength` true?

Two sets of the fixtures, on which nothing was fitted and the shipped weights are measured: lines that search
finds in fictional resumes, and probes written to be hard. And FOLDER/evidence/dev.jsonl, on which every
fitted system is measured by cross-validation grouped by role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import matcher
from matcher.embedding import Encoder, load_encoder
from matcher.errors import FileUnavailableError
from matcher.evaluation.baselines import (
    bm25,
    encoder_cosine,
    idf_overlap,
    random_scores,
    stock_cosine,
    word_features,
)
from matcher.evaluation.calibration import (
    FOLDS,
    PARTIAL_PRECISION,
    STRONG_PRECISION,
    folds_by_role,
    held_out,
    nested_threshold,
    reliability,
)
from matcher.evaluation.graded import Bools, Floats, Pairs
from matcher.evaluation.measures import (
    EXPONENTIAL,
    LINEAR,
    Statistic,
    auc,
    auc_of,
    calibration_error,
    interval,
    mean,
    per_query,
    share_of,
)
from matcher.evaluation.tables import Cell, Table
from matcher.matching.weigh import FEATURES, PARTIAL_AT, STRONG_AT, strengths

FIXTURES = Path("data") / "fixtures" / "evidence"  # of a checkout
DEV = Path("evidence") / "dev.jsonl"  # of --data

BASELINE = "stock MiniLM"
STOCK_WORDS = "stock MiniLM + idf overlap"
ENCODER = "our encoder"
OURS = "ours"

SYSTEMS = ("system", *EXPONENTIAL, "AUC", "ECE", *LINEAR)
DIFFERENCES = ("system", "measure", "difference", "lower", "upper")

RETRIEVED = (
    "As in real use: what our parser makes of the fixture resumes, the best lines by BM25 and by stock "
    "MiniLM for qualifications of the fixture postings, graded by a language model. Postings and people are "
    "invented, the resumes tidier than real ones. The searches that chose the lines are at a disadvantage."
)
PROBES = (
    "A stress test, no picture of real use: a language model wrote the pairs and graded them; on purpose "
    "what is no evidence shares words with the demand and what is evidence does not, so that every system "
    "stays close to chance or falls below. A guard against loss of quality; no figure to expect on resumes."
)


@dataclass(frozen=True)
class Measured:
    """What one system says: a score per pair, and by measure the value of each query."""

    scores: Floats
    values: Mapping[str, Mapping[str, float]]

    def figures(self, measures: Sequence[str]) -> list[float]:
        """The mean of each measure over its queries."""
        return [mean(self.values[name].values()) for name in measures]


def run(data: Path | None) -> list[Table]:
    """The tables of all sets; a set that is not there gives a table without rows that says so.

    `data` is the folder that holds evidence/dev.jsonl. Raises MissingExtraError when a library of the
    extra `evaluation` is missing.
    """
    encoder = load_encoder()
    return [
        *own(encoder, "retrieved.jsonl", "evidence.retrieved", "lines found in fictional resumes", RETRIEVED),
        *own(encoder, "own.jsonl", "evidence.probes", "probes written to be hard", PROBES),
        *dev(encoder, data),
    ]


def own(encoder: Encoder, file: str, name: str, what: str, about: str) -> list[Table]:
    """The tables of one set of the fixtures; `about` says in its note how it was made."""
    path = Path(matcher.__file__).parents[1] / FIXTURES / file
    title = f"Evidence on {what}, shipped weights"
    if not path.exists():
        note = f"Not measured: no {FIXTURES / file}; run from a checkout."
        return [Table(name, title, SYSTEMS, (), note)]
    pairs = Pairs.read(path)
    own_cosine, words = encoder_cosine(pairs, encoder), word_features(pairs)
    systems = measured(all_systems(pairs, own_cosine, strengths(own_cosine, words), False), pairs)
    note = (
        f"{pairs.described()}. Encoder {encoder.fingerprint}, shipped weights; nothing was fitted on these "
        f"pairs, so {STOCK_WORDS!r} is the plain mean of the two. {about}"
    )
    return [
        systems_table(name, title, systems, (OURS,), pairs, note),
        differences_table(f"{name}.difference", systems, pairs),
    ]


def dev(encoder: Encoder, data: Path | None) -> list[Table]:
    """The tables of the graded pairs of real snippets."""
    title = "Evidence on graded pairs of real snippets, cross-validated by role"
    if data is None or not (data / DEV).exists():
        where = f"no {data / DEV}" if data is not None else f"no --data FOLDER with {DEV}"
        return [Table("evidence.dev", title, SYSTEMS, (), f"Not measured: {where}.")]
    pairs = read_dev(data)
    own_cosine, words = encoder_cosine(pairs, encoder), word_features(pairs)
    seen = np.column_stack([own_cosine, words])
    folds = folds_by_role(pairs.roles)
    ours = held_out(seen, pairs.evidence, folds)
    systems = measured(all_systems(pairs, own_cosine, ours, True), pairs)
    note = (
        f"{pairs.described()}. Encoder {encoder.fingerprint}. What is fitted is fitted on the other folds of "
        f"{FOLDS} by role. nDCG(dcg='exp-log2') has gain 2^grade - 1, grades rounded down, over the "
        "qualifications with a grade above 0; nDCG has linear gain, over all. AUC is for a grade of 2 or 3 "
        "over all pairs. ECE is the expected calibration error over ten bins of equal width."
    )
    return [
        systems_table("evidence.dev", title, systems, (STOCK_WORDS, OURS), pairs, note),
        differences_table("evidence.dev.difference", systems, pairs),
        reliability_table(ours, pairs),
        thresholds_table(ours, pairs),
        verdicts_table(seen, ours, pairs),
        ablation_table(seen, pairs),
    ]


def read_dev(data: Path) -> Pairs:
    """The graded pairs of a data folder. Raises FileUnavailableError when it has none."""
    if not (data / DEV).exists():
        raise FileUnavailableError(f"{data} holds no {DEV}: name the folder of the graded data.")
    return Pairs.read(data / DEV)


def all_systems(pairs: Pairs, own_cosine: Floats, ours: Floats, fitted: bool) -> dict[str, Floats]:
    """The score of each pair by each system, baselines first.

    The stock model and the overlap are joined as ours is, `fitted` on the other folds, or else by their mean.
    """
    overlap, stock = idf_overlap(pairs), stock_cosine(pairs)
    both = np.column_stack([stock, overlap])
    return {
        "random": random_scores(pairs),
        "idf overlap": overlap,
        "BM25": bm25(pairs),
        BASELINE: stock,
        STOCK_WORDS: held_out(both, pairs.evidence, folds_by_role(pairs.roles)) if fitted else both.mean(1),
        ENCODER: own_cosine,
        OURS: ours,
    }


def measured(systems: Mapping[str, Floats], pairs: Pairs) -> dict[str, Measured]:
    """The scores of each system with what ir-measures gives for them."""
    every = (*EXPONENTIAL, *LINEAR)
    return {name: Measured(scores, per_query(every, scores, pairs)) for name, scores in systems.items()}


def systems_table(
    name: str,
    title: str,
    systems: Mapping[str, Measured],
    probabilities: Sequence[str],
    pairs: Pairs,
    note: str,
) -> Table:
    """One row per system; `probabilities` are those whose scores are meant as such."""
    rows: list[tuple[Cell, ...]] = []
    for system, its in systems.items():
        area = auc(its.scores, pairs.evidence)
        error = calibration_error(its.scores, pairs.evidence) if system in probabilities else None
        rows.append((system, *its.figures(EXPONENTIAL), area, error, *its.figures(LINEAR)))
    return Table(name, title, SYSTEMS, tuple(rows), note)


def differences_table(name: str, systems: Mapping[str, Measured], pairs: Pairs) -> Table:
    """Each system's difference to the stock model with its paired interval."""
    role_of = dict(zip(pairs.queries, pairs.roles, strict=True))
    base, base_area = systems[BASELINE], auc_of(systems[BASELINE].scores, pairs.evidence)
    whole = np.ones(len(pairs))
    rows: list[tuple[Cell, ...]] = []
    for system in (name for name in systems if name not in ("random", BASELINE)):
        for measure in EXPONENTIAL:
            theirs = base.values[measure]
            gain = np.array([systems[system].values[measure][q] - theirs[q] for q in theirs])
            ends = interval(share_of(gain), [role_of[q] for q in theirs])
            rows.append((system, measure, float(gain.mean()), *ends))
        gap = _gap(auc_of(systems[system].scores, pairs.evidence), base_area)
        rows.append((system, "AUC", gap(whole), *interval(gap, pairs.roles)))
    note = "95 % intervals: paired bootstrap of the difference that draws whole roles."
    return Table(name, f"Difference to {BASELINE}", DIFFERENCES, tuple(rows), note)


def _gap(one: Statistic, other: Statistic) -> Statistic:
    return lambda drawn: one(drawn) - other(drawn)


def reliability_table(strength: Floats, pairs: Pairs) -> Table:
    """How often each band of strength was evidence."""
    return Table(
        "evidence.dev.reliability",
        "Reliability: of the pairs in each band of strength, how many were graded 2 or 3",
        ("strength", "pairs", "mean strength", "graded 2 or 3", "lower", "upper"),
        tuple(reliability(strength, pairs)),
        "Strengths are held out by role; 95 % bootstrap intervals that draw roles.",
    )


def thresholds_table(strength: Floats, pairs: Pairs) -> Table:
    """What each threshold of strength would show."""
    marks = {PARTIAL_AT: "partial", STRONG_AT: "strong"}
    at = sorted({*np.arange(0.2, 0.96, 0.1).round(2).tolist(), 0.95, *marks})
    rows = [(t, *_shown(strength >= t, pairs), marks.get(t)) for t in at]
    return Table(
        "evidence.dev.thresholds",
        "Thresholds of strength",
        ("at least", "pairs", "precision 2+", "recall 2+", "precision 3", "recall 3", "verdict from here"),
        tuple((f"{t:.2f}", *rest) for t, *rest in rows),
        "Strengths are held out by role; 2+ is a grade of 2 or 3.",
    )


def verdicts_table(seen: Floats, ours: Floats, pairs: Pairs) -> Table:
    """The verdicts at thresholds chosen without the roles measured, and at the shipped ones."""
    rows: list[tuple[Cell, ...]] = []
    folds = folds_by_role(pairs.roles)
    for verdict, precision, shipped in (
        ("strong", STRONG_PRECISION, STRONG_AT),
        ("partial or strong", PARTIAL_PRECISION, PARTIAL_AT),
    ):
        chosen = nested_threshold(seen, pairs.evidence, folds, precision)
        low, high = min(chosen.thresholds), max(chosen.thresholds)
        rows += [
            (verdict, f"chosen for {precision:.0%}", f"{low:.2f}-{high:.2f}", *_shown(chosen.shown, pairs)),
            (verdict, "shipped", f"{shipped:.2f}", *_shown(ours >= shipped, pairs)),
        ]
    return Table(
        "evidence.dev.verdicts",
        "Verdicts out of fold",
        ("verdict", "threshold", "at", "pairs", "precision 2+", "recall 2+", "precision 3", "recall 3"),
        tuple(rows),
        "Chosen: the lowest threshold of that precision on held-out strengths of the inner folds, once per "
        "outer fold, measured on the outer fold alone. Shipped: the fixed thresholds of `matcher rank`.",
    )


def ablation_table(seen: Floats, pairs: Pairs) -> Table:
    """The figures with each feature left out in turn."""
    folds = folds_by_role(pairs.roles)
    rest = {
        name: held_out(np.delete(seen, column, axis=1), pairs.evidence, folds)
        for column, name in enumerate(("cosine", *FEATURES))
    }
    rows: list[tuple[Cell, ...]] = []
    for name, its in measured(rest, pairs).items():
        error = calibration_error(its.scores, pairs.evidence)
        rows.append((name, *its.figures(EXPONENTIAL), auc(its.scores, pairs.evidence), error))
    return Table(
        "evidence.dev.ablation",
        "Ours without each feature",
        ("without", *EXPONENTIAL, "AUC", "ECE"),
        tuple(rows),
        "Fitted again without it, cross-validated by role.",
    )


def _shown(shown: Bools, pairs: Pairs) -> Sequence[Cell]:
    """Pairs shown, then precision and recall for a grade of at least 2 and for a grade of 3."""
    cells: list[Cell] = [int(shown.sum())]
    for wanted in (pairs.evidence, pairs.direct):
        hits = int((wanted & shown).sum())
        cells += [hits / int(shown.sum()) if shown.any() else None, hits / int(wanted.sum())]
    return cells
