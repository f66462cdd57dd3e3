"""Fit the coefficients of the weighing on graded pairs, and write matcher/matching/weights.toml.

    python models/training/fit_weights.py --data FOLDER [--model NAME]

FOLDER holds evidence/dev.jsonl. All of its pairs are used, so the shipped weights' figures on them would
flatter: `matcher evaluate --suite evidence --data FOLDER` measures the same fit held out by role. To be run
again when the encoder or the features change. Needs the extra `evaluation`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.embedding import load_encoder
from matcher.evaluation.baselines import encoder_cosine, word_features
from matcher.evaluation.calibration import fit_logistic
from matcher.evaluation.evidence import read_dev
from matcher.evaluation.graded import Pairs
from matcher.matching.weigh import FEATURES

WEIGHTS = Path(__file__).resolve().parents[2] / "matcher" / "matching" / "weights.toml"


def weights_file(values: Sequence[float], pairs: Pairs, model: str) -> str:
    """The text of the weights file: intercept, cosine and one weight per feature, two decimals each."""
    lines = [
        "# Coefficients of the logistic model in weigh.py: log odds that a pair is graded 2 or 3.",
        f"# Written by models/training/fit_weights.py: fitted on {len(pairs)} graded pairs of",
        f"# {len(set(pairs.roles))} roles, with the cosines of the model {model}.",
    ]
    names = ("intercept", "cosine", *FEATURES)
    lines += [f"{name} = {value:.2f}" for name, value in zip(names, values, strict=True)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on all pairs and write the file."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--model", help="encoder whose cosines are weighed; default: the bundled one")
    options.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    pairs = read_dev(chosen.data)
    encoder = load_encoder(chosen.model)
    seen = np.column_stack([encoder_cosine(pairs, encoder), word_features(pairs)])
    text = weights_file(fit_logistic(seen, pairs.evidence).tolist(), pairs, encoder.fingerprint)
    chosen.out.write_text(text, encoding="utf-8")
    print(f"wrote {chosen.out}\n{text}", end="")


if __name__ == "__main__":
    main()
