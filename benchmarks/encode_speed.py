"""Snippets encoded per second, against sentence-transformers with the same weights, and whose bits move.

    python benchmarks/encode_speed.py [FOLDER] [--count N] [--rounds N]

The snippets are those that this project finds in the folder's PDFs, each text once. Both encoders take all
of them in one call, in turn. Then each is asked again for a hundred texts one at a time: a row "moves" when a
bit of it differs from the row computed in company.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from common import RESUMES, pdfs, spread, stock_model
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from matcher import Matcher
from matcher.embedding import load_encoder

ALONE = 100
Encode = Callable[[list[str]], NDArray[np.float32]]


def snippets(folder: Path, count: int) -> list[str]:
    """Distinct texts as they are embedded, at most `count`."""
    with Matcher() as matcher:
        resumes = [matcher.read_resume(path) for path in pdfs(folder)]
    texts = dict.fromkeys(snippet.masked for resume in resumes for snippet in resume.snippets)
    return list(texts)[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=RESUMES)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = snippets(options.folder, options.count)
    ours = load_encoder()
    stock = SentenceTransformer(str(stock_model()), device="cpu")

    def theirs(batch: list[str]) -> NDArray[np.float32]:
        return np.asarray(stock.encode(batch, normalize_embeddings=True, show_progress_bar=False))

    encoders: dict[str, Encode] = {"this project": ours.encode, "sentence-transformers": theirs}
    rates: dict[str, list[float]] = {name: [] for name in encoders}
    rows: dict[str, NDArray[np.float32]] = {}
    for encode in encoders.values():
        encode(texts[:8])
    for _ in range(options.rounds):
        for name, encode in encoders.items():
            start = time.perf_counter()
            rows[name] = encode(texts)
            rates[name].append(len(texts) / (time.perf_counter() - start))
    print(f"{len(texts)} snippets, {options.rounds} rounds in turn, median (least to greatest)")
    for name, encode in encoders.items():
        alone = np.concatenate([encode([text]) for text in texts[:ALONE]])
        moved = int((alone != rows[name][:ALONE]).any(axis=1).sum())
        largest = np.abs(alone - rows[name][:ALONE]).max()
        print(f"{name:22} {spread(rates[name])} snippets/s", end="   ")
        print(f"rows that move when alone: {moved} of {len(alone)}, by at most {largest:.1e}")
    ratio = [a / b for a, b in zip(*rates.values(), strict=True)]
    cosines = np.einsum("ij,ij->i", *rows.values())
    print(f"ratio                  {spread(ratio)} x   cosine between the two: at least {cosines.min():.6f}")


if __name__ == "__main__":
    main()
