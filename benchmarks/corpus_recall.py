"""How many of the best people a role search of a corpus finds, against comparing everybody.

    python benchmarks/corpus_recall.py CORPUS [--roles 3]      prints a line for each role, then a JSON object

Of roles of the fixtures, twelve qualifications each: the share of the first 50, and of the first ten where
ten are asked for, whose score reaches that of the last of as many of everybody. Everybody is compared by the
same search, of so few people at a time that it leaves nobody out, and no more is kept of them than the best
scores: the memory does not grow with the corpus. A role takes some three minutes of a core with 92,000
people.
"""

from __future__ import annotations

import argparse
import heapq
import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from corpus_asked import FEW, TODAY, TOP, roles

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.corpus.shortlist import EVERYBODY
from matcher.matching import partly_assessed
from matcher.types import MatchReport, Role
from matcher.types.corpus import Where


def standing(report: MatchReport) -> float:
    """The score; who could not be assessed in part stands behind everybody, as in a ranking."""
    return -1.0 if report.score is None or partly_assessed(report) else report.score


def best_of_all(corpus: Corpus, role: Role) -> list[float]:
    """The best TOP scores of everybody, best first."""
    best: list[float] = []
    after = None
    while people := corpus.people.page(limit=EVERYBODY, after=after):
        after = people[-1].id
        among = Where(people=tuple(person.id for person in people))
        ranking = corpus.rank(role, where=among, top=len(people), today=TODAY)
        if len(ranking) != len(people):
            raise RuntimeError(f"Of {len(people)} people {len(ranking)} were compared.")
        best = heapq.nlargest(TOP, [*best, *map(standing, ranking)])
    return best


def recall(corpus: Corpus, role: Role, best: Sequence[float], top: int) -> float:
    """The share of the first `top` that a search finds who are as good as the last of as many of all."""
    wanted = best[:top]
    shown = list(corpus.rank(role, top=top, today=TODAY))[:top]
    return sum(standing(report) >= wanted[-1] for report in shown) / len(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--roles", type=int, default=3)
    given = parser.parse_args()
    shares = []
    with Matcher() as matcher, Corpus(matcher, given.corpus) as corpus:
        for role in roles(given.roles)[: given.roles]:
            start, processor = time.perf_counter(), time.process_time()
            best = best_of_all(corpus, role)
            took, spent = time.perf_counter() - start, time.process_time() - processor
            shares.append([recall(corpus, role, best, top) for top in (TOP, FEW)])
            print(
                f"{role.title}: {shares[-1][0]:.3f} of the best {TOP}, {shares[-1][1]:.3f} of the best "
                f"{FEW}, whose scores are {best[0]:.4f} to {best[-1]:.4f}; all were compared in {took:.0f} s "
                f"({spent:.0f} s of a core)",
                flush=True,
            )
    print(json.dumps(dict(zip(("recall", "recall_few"), np.mean(shares, axis=0).tolist(), strict=True))))


if __name__ == "__main__":
    main()
