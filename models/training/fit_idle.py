"""Fit what tells lines of everyday life from lines of work, and write matcher/matching/idle.toml.

    python models/training/fit_idle.py --data FOLDER

The idle lines are those of `idle.txt` beside this file. Lines of work are the snippets of the graded pairs in
FOLDER/evidence (train.jsonl, written.jsonl) and in data/fixtures/evidence/own.jsonl, and those of the fixture
resumes. Neither the pairs of resumes nor the pads that `matcher evaluate --suite judgement` measures with are
among them. To be run again when the encoder changes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.documents import read
from matcher.embedding import load_encoder
from matcher.resumes import parse

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
LINES = HERE.with_name("idle.txt")
FIXTURES = ROOT / "data" / "fixtures"
OUT = ROOT / "matcher" / "matching" / "idle.toml"

# What each line is also given with: a number makes no work of it.
COUNTED = (", no. {}", " in 20{:02}", ", {} times", ", no. {}")
RIDGE = 0.1  # of half the squared weights, beside a loss in which both kinds of lines weigh the same
# How often a line in plain words counts: real resumes have many of one voice.
PLAIN = 4.0
# Log odds from which a line is idle: of 110 lines held back while this was chosen 93 % lie above it, of the
# snippets of graded evidence about 1 %.
IDLE = -1.2


def plain_lines(data: Path) -> Iterator[str]:
    """Lines of work in the plain words of many trades, repeated ones included."""
    for line in (FIXTURES / "evidence" / "own.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["snippet"]
    for line in (data / "evidence" / "written.jsonl").read_text("utf-8").splitlines():
        yield from (snippet["text"] for snippet in json.loads(line)["snippets"])
    for path in sorted((FIXTURES / "resumes").iterdir()):
        yield from (snippet.masked for snippet in parse(read(path.read_bytes()), path.name).snippets)


def real_lines(data: Path) -> Iterator[str]:
    """Lines of real resumes, repeated ones included."""
    for line in (data / "evidence" / "train.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["snippet"]


def fit(
    seen: NDArray[np.float64], wanted: NDArray[np.bool_], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Intercept and one weight per dimension of the log odds that a row is idle, by Newton's method.

    `counts` is how much each row counts among those of its kind.
    """
    x = np.column_stack([np.ones(len(seen)), seen])
    share = np.where(wanted, counts / counts[wanted].sum(), counts / counts[~wanted].sum()) * len(seen) / 2
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        step = np.linalg.solve(
            (x * (share * p * (1 - p))[:, None]).T @ x + ridge, x.T @ (share * (wanted - p)) - ridge @ beta
        )
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    return beta


def main() -> None:
    """Fit on all lines and write the file."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, default=OUT)
    chosen = options.parse_args()
    encoder = load_encoder()
    idle = sorted(set(LINES.read_text("utf-8").splitlines()) - {""})
    idle += [line + COUNTED[place % len(COUNTED)].format(place % 97 + 2) for place, line in enumerate(idle)]
    plain = sorted(set(plain_lines(chosen.data)))
    real = sorted(set(real_lines(chosen.data)) - set(plain))
    counts = np.concatenate([np.ones(len(idle)), np.full(len(plain), PLAIN), np.ones(len(real))])
    seen = encoder.encode([*idle, *plain, *real]).astype(np.float64)
    beta = fit(seen, np.arange(len(seen)) < len(idle), counts)
    work = len(plain) + len(real)
    rows = [", ".join(f"{value:.3f}" for value in beta[at : at + 12]) for at in range(1, len(beta), 12)]
    text = "\n".join(
        [
            "# What tells lines of everyday life from lines of work; see idle.py.",
            f"# Written by models/training/fit_idle.py from {len(idle)} idle lines and {work:,} of work.",
            f'model = "{encoder.fingerprint}"',
            f"idle = {IDLE - beta[0]:.3f}",
            "weights = [",
            *(f"  {row}," for row in rows),
            "]",
        ]
    )
    chosen.out.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {chosen.out}: {len(idle)} idle lines, {work:,} of work")


if __name__ == "__main__":
    main()
