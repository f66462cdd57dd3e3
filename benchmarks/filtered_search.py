"""Searching a million snippets among those of some people only: time and recall by how many they are.

    python benchmarks/filtered_search.py FOLDER CACHE [--candidates 20000]

FOLDER and CACHE are those of `corpus_text.py`. The index is built in CACHE, once. Four times twelve queries
(the qualifications of the fixtures' roles), 100 hits each, among the snippets of a share of the people: drawn
at random, and those whose lines are furthest from the first query (`far`: their groups are read last).
Recall counts a hit as near as the 100th of them, found exactly. One thread; processor time, median of four.
"""

import argparse
import time
from pathlib import Path

import faiss
import numpy as np
from corpus_build import SEED
from corpus_text import CANDIDATES, candidates, vectors
from index_curve import wanted
from numpy.typing import NDArray

from matcher.embedding import load_encoder
from matcher.index import FaissIndex, IndexSpec
from matcher.types.corpus import snippet_id

SHARES = (0.001, 0.01, 0.1, 0.5, 1.0)
TWELVE, ROUNDS, HITS = 12, 4, 100
CHUNK, SAVED_EVERY = 50_000, 100_000


def collected(folder: Path, cache: Path, many: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Ids and vectors of all snippets."""
    encoder = load_encoder()
    ids, parts = [], []
    for shard in candidates(folder, cache, SEED, many):
        ids += [snippet_id(one.number + 1, 0) + np.arange(len(one.snippets)) for one in shard]
        parts.append(vectors(shard, cache, SEED, encoder))
    return np.concatenate(ids), np.concatenate(parts)


def hundredth(
    queries: NDArray[np.float32], rows: NDArray[np.float32], places: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The score of the 100th nearest of each query among some places."""
    parts = [queries @ rows[places[at : at + CHUNK]].T for at in range(0, len(places), CHUNK)]
    scores = np.concatenate(parts, axis=1)
    last = min(HITS, len(places))
    found: NDArray[np.float32] = -np.partition(-scores, last - 1, axis=1)[:, last - 1]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--candidates", type=int, default=CANDIDATES)
    given = parser.parse_args()
    faiss.omp_set_num_threads(1)
    queries = load_encoder().encode(wanted())[: TWELVE * ROUNDS]
    ids, rows = collected(given.folder, given.cache, given.candidates)
    index = FaissIndex(given.cache / f"filtered-{given.candidates}", IndexSpec(rows.shape[1], "benchmark"))
    for at in range(index.describe().vectors, len(ids), SAVED_EVERY):
        index.add(ids[at : at + SAVED_EVERY], rows[at : at + SAVED_EVERY])
        index.save(at + 1)
    chance = np.random.default_rng(SEED)
    owners = ids >> 16
    people = np.unique(owners)
    order = np.argsort(rows[:: CHUNK // 1_000] @ queries[0])
    furthest = list(dict.fromkeys(owners[:: CHUNK // 1_000][order].tolist()))
    print(index.describe())
    print("| people | | snippets | ms of processor | recall@100 | of the worst query |")
    print("|---:|---|---:|---:|---:|---:|")
    for share in SHARES:
        many = int(len(people) * share)
        for kind, chosen in (("random", chance.choice(people, many, False)), ("far", furthest[:many])):
            places = np.flatnonzero(np.isin(owners, chosen))
            last = hundredth(queries, rows, places)
            within = None if share == 1 else ids[places]
            seconds, found = [], []
            for at in range(0, len(queries), TWELVE):
                index.search(queries[at : at + TWELVE], HITS, within)  # brings the file's pages to memory
            for at in range(0, len(queries), TWELVE):
                start = time.process_time()
                _, hits = index.search(queries[at : at + TWELVE], HITS, within)
                seconds.append(time.process_time() - start)
                for number, row in enumerate(hits, at):
                    true = rows[np.searchsorted(ids, row[row >= 0])] @ queries[number]
                    found.append((true >= last[number] - 1e-6).sum() / min(HITS, len(places)))
            print(
                f"| {share:.1%} | {kind} | {len(places):,} | {np.median(seconds) * 1e3:.1f} "
                f"| {np.mean(found):.3f} | {min(found):.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
