"""Forms that the encoder could be shipped in: speed, size, quality, and whose bits move with their company.

    python benchmarks/model_variants.py --teacher FOLDER --student FOLDER --data FOLDER [--rounds N]

The folders of the models are those that models/training/train.py writes; that of the data holds
evidence/dev.jsonl and what that script reads. All forms encode the same snippets in turn on two cores. "int8
fixed" has scales that are fixed beforehand instead of one a text; "cut at" has fewer tokens of a long text,
"pieces seen" a vocabulary without the word pieces that the plain texts of the training hold less often.
"Moved" counts the rows, of a hundred, that differ in a bit when the text is encoded alone; nDCG@3 is of the
cosine alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from common import spread, stock_model
from fixed_scales import fixed_scales
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from trimmed_vocabulary import trimmed_vocabulary

from matcher.evaluation.graded import Pairs
from matcher.evaluation.measures import NDCG_3, per_query

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "models" / "training"))
from bert_graph import build

from data import plain_texts, read_groups

ALONE, COUNT, THREADS = 100, 800, 2
TOKENS, CUT = 256, (32, 16)  # of a text; shorter limits that are tried
SEEN = (5, 20)  # times that a word piece is kept for
CALIBRATION = 400  # snippets that fix the scales of "int8 fixed"
Rows = NDArray[np.float32]
Encode = Callable[[list[str]], Rows]


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def encoder(
    source: Path, precision: str, together: int, folder: Path, calibration: list[str], tokens: int = TOKENS
) -> tuple[Encode, float]:
    """Encodes texts of equal length up to `together` a run, on two threads; and the graph's size in MB."""
    path = folder / f"{source.name}-{precision}.onnx"
    config = json.loads((source / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens)
    graph = build(load_file(source / "model.safetensors"), config, precision.split()[0])
    if precision == "int8 fixed":
        graph = fixed_scales(graph, [found.ids for found in tokenizer.encode_batch_fast(calibration)])
    onnx.save(graph, str(path))
    run = session(path).run

    def encode(texts: list[str]) -> Rows:
        ids = [found.ids for found in tokenizer.encode_batch_fast(texts)]
        of_length: defaultdict[int, list[int]] = defaultdict(list)
        for place, pieces in enumerate(ids):
            of_length[len(pieces)].append(place)
        runs = [
            places[at : at + together]
            for places in of_length.values()
            for at in range(0, len(places), together)
        ]
        rows = np.empty((len(texts), config["hidden_size"]), dtype=np.float32)

        def compute(places: list[int]) -> None:
            (rows[places],) = run(None, {"input_ids": np.array([ids[i] for i in places])})

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(compute, runs))
        return rows

    return encode, path.stat().st_size / 1e6


def library(source: Path) -> Encode:
    """sentence-transformers with its own batching."""
    model = SentenceTransformer(str(source), device="cpu")
    return lambda texts: np.asarray(
        model.encode(texts, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32
    )


def quality(encode: Encode, pairs: Pairs) -> float:
    """nDCG@3 of the cosine alone."""
    texts = sorted({*pairs.qualifications, *pairs.snippets})
    rows = dict(zip(texts, encode(texts), strict=True))
    cosines = [float(rows[q] @ rows[s]) for q, s in zip(pairs.qualifications, pairs.snippets, strict=True)]
    return float(np.mean(list(per_query([NDCG_3], np.array(cosines), pairs)[NDCG_3].values())))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("--teacher", "--student", "--data"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pairs = Pairs.read(options.data / "evidence" / "dev.jsonl")
    texts = sorted(set(pairs.snippets))[:: max(1, len(set(pairs.snippets)) // COUNT)]
    forms: dict[str, tuple[Encode, float | None]] = {
        "all-MiniLM-L6-v2, sentence-transformers": (library(stock_model()), None)
    }
    with tempfile.TemporaryDirectory() as kept:
        for name, source in (("teacher, 6 layers", options.teacher), ("student, 3 layers", options.student)):
            for precision in ("fp32", "int8", "int8 fixed"):
                for together in (8, 1):
                    told = "one a run" if together == 1 else "8 of equal length"
                    forms[f"{name}, {precision}, {told}"] = encoder(
                        source, precision, together, Path(kept), texts[:: len(texts) // CALIBRATION]
                    )
        student, folder = "student, 3 layers, int8, one a run", Path(kept)
        for tokens in CUT:
            forms[f"{student}, cut at {tokens}"] = encoder(options.student, "int8", 1, folder, [], tokens)
        groups = read_groups(options.data / "evidence" / "train.jsonl")
        plain = list(plain_texts(options.data, groups, seed=0))
        for least in SEEN:
            fewer = trimmed_vocabulary(options.student, folder / f"seen-{least}", plain, least)
            forms[f"{student}, pieces seen {least} times"] = encoder(fewer, "int8", 1, folder, [])
    rates: dict[str, list[float]] = {name: [] for name in forms}
    moved: dict[str, int] = {}
    for turn in range(options.rounds + 1):  # the first warms up
        for name, (encode, _) in forms.items():
            start = time.perf_counter()
            rows = encode(texts)
            if turn:
                rates[name].append(len(texts) / (time.perf_counter() - start))
            else:
                alone = np.concatenate([encode([text]) for text in texts[:ALONE]])
                moved[name] = int((alone != rows[:ALONE]).any(axis=1).sum())
    base = next(iter(rates.values()))
    table = Table("form", "snippets/s", "ratio", "moved", "nDCG@3", "MB")
    for name, (encode, size) in forms.items():
        ratio = [a / b for a, b in zip(rates[name], base, strict=True)]
        table.add_row(
            name,
            spread(rates[name]),
            spread(ratio),
            str(moved[name]),
            f"{quality(encode, pairs):.3f}",
            "-" if size is None else f"{size:.1f}",
        )
    Console(width=120).print(
        f"{len(texts)} snippets, {options.rounds} rounds, median (least to greatest)", table
    )


if __name__ == "__main__":
    main()
