"""What the cross-encoder would add as a second stage of `rank`, and what it would cost.

    python models/training/second_stage.py --data FOLDER --out FOLDER

FOLDER of the data holds evidence/dev.jsonl; OUT is train.py's. Its score is weighed as one more feature
beside the shipped ones, fitted on other roles than it is measured on. The time is for the best few snippets
of each qualification of one resume, against encoding that resume's snippets.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import torch

from matcher.embedding import load_encoder
from matcher.evaluation.baselines import encoder_cosine, word_features
from matcher.evaluation.calibration import folds_by_role, held_out
from matcher.evaluation.evidence import read_dev
from matcher.evaluation.measures import NDCG_3, NDCG_10, auc, per_query

sys.path.insert(0, str(Path(__file__).resolve().parent))
from teachers import CrossEncoder

QUALIFICATIONS, BEST, SNIPPETS = 18, 3, 40  # of a posting, of each, of a resume


def main() -> None:
    """Print the figures with and without the second stage, and both times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pairs = read_dev(options.data)
    encoder = load_encoder()
    reader = CrossEncoder(options.out / "teacher", 160)
    reader.load_state_dict(torch.load(options.out / "reader.pt", weights_only=True))
    texts = list(zip(pairs.qualifications, pairs.snippets, strict=True))
    scores = reader.scores(texts)
    first = np.column_stack([encoder_cosine(pairs, encoder), word_features(pairs)])
    folds = folds_by_role(pairs.roles)
    print(f"{'':24}{'nDCG@3':>8}{'nDCG@10':>9}{'AUC':>7}")
    for name, seen in (
        ("shipped", first),
        ("cross-encoder alone", scores[:, None]),
        ("with the second stage", np.column_stack([first, scores])),
    ):
        strength = held_out(seen, pairs.evidence, folds)
        values = per_query([NDCG_3, NDCG_10], strength, pairs)
        means = [float(np.mean(list(values[measure].values()))) for measure in (NDCG_3, NDCG_10)]
        print(f"{name:24}{means[0]:8.3f}{means[1]:9.3f}{auc(strength, pairs.evidence):7.3f}")
    start = time.perf_counter()
    encoder.encode(list(dict.fromkeys(pairs.snippets))[:SNIPPETS])
    encoding = time.perf_counter() - start
    start = time.perf_counter()
    reader.scores(texts[: QUALIFICATIONS * BEST])
    print(f"one resume: encoding {encoding:.3f} s, second stage {time.perf_counter() - start:.3f} s")


if __name__ == "__main__":
    main()
