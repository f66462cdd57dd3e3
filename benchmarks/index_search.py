"""One index at one size, in a process of its own: what `index_curve.py` runs.

    python benchmarks/index_search.py build NAME SIZE WORK      puts the index into a folder of WORK
    python benchmarks/index_search.py search NAME SIZE WORK     opens and searches it, prints a JSON object

NAME is exact, faiss, milvus or plain. WORK holds `vectors.npy`, `queries.npy` and, for each size,
`kth-SIZE.npy` (the score of the 100th nearest of each query). "plain" is the script most people would write:
an IndexFlatIP and a Python loop over the hits that keeps the best of each candidate for each demand.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import psutil
from numpy.typing import NDArray

from matcher.index import ExactIndex, FaissIndex, IndexSpec, SnippetIndex

TWELVE, HITS = 12, 100
PER_CANDIDATE = 50  # lines, of which the plain script wants to know whose they are
SAVED_EVERY = 100_000
ROUNDS = 3
Search = Callable[[NDArray[np.float32]], tuple[NDArray[np.float32], NDArray[np.int64]]]


def opened(name: str, folder: Path, dim: int) -> SnippetIndex:
    spec = IndexSpec(dim, "benchmark")
    if name == "milvus":
        from matcher.index import MilvusIndex

        return MilvusIndex(folder, spec)
    return FaissIndex(folder, spec) if name == "faiss" else ExactIndex(folder, spec)


def build(name: str, size: int, work: Path) -> dict[str, float]:
    """Seconds to add everything, and to compact it afterwards."""
    vectors = np.load(work / "vectors.npy", mmap_mode="r")
    folder = work / f"{name}-{size}"
    folder.mkdir()
    start = time.perf_counter()
    if name == "plain":
        plain = faiss.IndexFlatIP(vectors.shape[1])
        plain.add(vectors[:size])
        faiss.write_index(plain, str(folder / "plain.faiss"))
        return {"build": time.perf_counter() - start, "compact": 0.0}
    index = opened(name, folder, vectors.shape[1])
    for at in range(0, size, SAVED_EVERY):
        rows = vectors[at : min(at + SAVED_EVERY, size)]
        index.add(np.arange(at, at + len(rows)), rows)
        index.save(at)
    built = time.perf_counter() - start
    index.compact()
    return {"build": built, "compact": time.perf_counter() - start - built}


def search(name: str, size: int, work: Path) -> dict[str, float | str]:
    """Time of twelve queries, recall, memory, size on disk, and time to open."""
    queries, kth = np.load(work / "queries.npy"), np.load(work / f"kth-{size}.npy")
    folder = work / f"{name}-{size}"
    process = psutil.Process()
    before, start = process.memory_info(), time.perf_counter()
    find: Search
    kind = "IndexFlatIP and a loop"
    if name == "plain":
        plain = faiss.read_index(str(folder / "plain.faiss"))

        def find(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
            scores, ids = plain.search(rows, HITS)
            best: dict[int, list[float]] = {}
            for query in range(len(rows)):
                for score, key in zip(scores[query], ids[query], strict=True):
                    of = best.setdefault(int(key) // PER_CANDIDATE, [0.0] * len(rows))
                    of[query] = max(of[query], float(score))
            sorted(best, key=lambda candidate: -sum(best[candidate]))
            return scores, ids
    else:
        index = opened(name, folder, queries.shape[1])
        kind = index.describe().kind

        def find(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
            return index.search(rows, HITS)

    opening = time.perf_counter() - start
    groups = [queries[at : at + TWELVE] for at in range(0, len(queries) - TWELVE + 1, TWELVE)]
    vectors = np.load(work / "vectors.npy", mmap_mode="r")
    right: list[float] = []
    for at, rows in enumerate(groups):  # the first round warms the maps and is not timed
        ids = find(rows)[1]
        true = np.stack([vectors[row] @ query for row, query in zip(ids, rows, strict=True)])
        right += (true >= kth[at * TWELVE : at * TWELVE + TWELVE, np.newaxis] - 1e-6).mean(axis=1).tolist()
    times = []
    for _ in range(ROUNDS):
        for rows in groups:
            start = time.perf_counter()
            find(rows)
            times.append(time.perf_counter() - start)
    after = process.memory_info()
    return {
        "kind": kind,
        "open": opening,
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "recall": float(np.mean(right)),
        "memory": float((after.rss - after.shared) - (before.rss - before.shared)),
        "bytes": float(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())),
    }


def main() -> None:
    what, name, size, work = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    print(json.dumps({"build": build, "search": search}[what](name, size, work)), flush=True)
    os._exit(0)  # milvus-lite's threads would hold the process


if __name__ == "__main__":
    main()
