"""One corpus asked by roles and by texts, in a process of its own: what `corpus_search.py` runs.

    python benchmarks/corpus_asked.py ours CORPUS ROLES      prints a JSON object
    python benchmarks/corpus_asked.py plain VECTORS ROLES
    python benchmarks/corpus_asked.py changed CORPUS 0

VECTORS is a folder with `vectors.npy` and `owners.npy`. "plain" is the script most people would write:
SentenceTransformer.encode, an IndexFlatIP over the same lines, and a Python loop over the hits that keeps
each person's best line for each demand. "changed" takes three resumes into a copy of the corpus, one after
the other, and erases two people at once, three times: seconds of each call and of the first search after it,
which finds who came and none who went.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from common import ROOT, stock_model

from matcher.types import Role
from matcher.types.corpus import SNIPPET_BITS

ROLES = ROOT / "data" / "fixtures" / "roles"
ASKED, TOP, FEW = 12, 50, 10
HITS = 1_000
TODAY = date(2026, 11, 1)
FILTER = "months>=60"  # most people meet it: the dearest kind
# What recruiters type. How many snippets are weighed by words was chosen with them, and nothing else.
TEXTS = (
    "led a kubernetes migration",
    "managed payroll for two hundred employees",
    "intensive care nursing",
    "negotiated contracts with suppliers",
    "python developer",
    "team leader",
    "budget planning and forecasting for a hospital",
    "customer service",
    "taught physics to undergraduates",
    "menu design and food cost control",
    "designed steel bridges",
    "drafted commercial leases",
    "implemented SAP across three plants",
    "wrote grant proposals",
    "audited financial statements",
    "SEO and google analytics campaigns",
    "organised volunteer programs for a non profit",
    "security clearance",
    "trained new employees on safety procedures",
    "reduced inventory costs by 20%",
    "electrical wiring of industrial buildings",
    "harvest and irrigation",
    "recruiting software engineers",
    "built dashboards in tableau",
    "managed a team",
    "Oracle database administration",
    "patient records and HIPAA compliance",
    "construction project management",
    "real estate sales",
    "spanish translation",
)


def roles(many: int) -> list[Role]:
    """The first twelve qualifications of roles of the fixtures that have so many, and one to warm up with."""
    from matcher.parsing import parse_role
    from matcher.settings import Limits

    paths = sorted(path for path in ROLES.rglob("*") if path.is_file() and path.suffix != ".json")
    found = [parse_role(path.read_bytes(), path.name, Limits()) for path in paths]
    return [
        replace(role, qualifications=role.qualifications[:ASKED])
        for role in found
        if len(role.qualifications) >= ASKED
    ][: many + 1]


class Clock:
    """Seconds and processor seconds of calls, by name."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = {}
        self._processor: dict[str, list[float]] = {}

    def time(self, name: str, call: Callable[[], object]) -> None:
        """Call, and note what it took."""
        start, processor = time.perf_counter(), time.process_time()
        call()
        self._seconds.setdefault(name, []).append(time.perf_counter() - start)
        self._processor.setdefault(name, []).append(time.process_time() - processor)

    def percentiles(self) -> dict[str, float]:
        """Median and 95th percentile of the seconds, and the median of the processor's."""
        found = {}
        for name, seconds in self._seconds.items():
            found |= {f"{name}_p{share}": float(np.percentile(seconds, share)) for share in (50, 95)}
            found[f"{name}_cpu"] = float(np.median(self._processor[name]))
        return found


def own_memory() -> int:
    """Resident bytes of this process beside mapped files."""
    memory = psutil.Process().memory_info()
    return int(memory.rss - memory.shared)


def worded(corpus: Any, texts: Sequence[str]) -> float:
    """The share of the first ten people by words whose score reaches that of the tenth of all, where every
    snippet with one of the words is weighed; of the texts of which a word is there."""
    from matcher.store.lexical import MOST_WEIGHED

    def best(text: str, most: int) -> dict[int, float]:
        """The score of each revision's best snippet."""
        ids, telling = corpus.store.lexical.weighed(text, most)
        found: dict[int, float] = {}
        for key, score in zip(ids.tolist(), telling.tolist(), strict=True):
            found[key >> SNIPPET_BITS] = max(score, found.get(key >> SNIPPET_BITS, 0.0))
        return found

    shares = []
    for text in texts:
        everyone, some = best(text, sys.maxsize >> 1), best(text, MOST_WEIGHED)
        first = sorted(some, key=lambda key: (-some[key], key))[:FEW]
        enough = sorted(everyone.values(), reverse=True)[:FEW]
        if enough:
            shares.append(sum(everyone[key] >= enough[-1] - 1e-9 for key in first) / len(enough))
    return float(np.mean(shares))


def ours(where: Path, asked: Sequence[Role]) -> dict[str, float]:
    """Opening, searching by role and by text, memory and size."""
    from matcher import Matcher
    from matcher.corpus import Corpus

    with Matcher() as matcher:
        matcher.encode(["warm"])
        start = time.perf_counter()
        with Corpus(matcher, where) as corpus:
            corpus.search("warm", top=1)
            found = {"open": time.perf_counter() - start}

            corpus.rank(asked[-1], top=TOP, today=TODAY - timedelta(days=9))
            clock = Clock()
            for role in asked[:-1]:
                for name in ("new", "again"):
                    clock.time(name, lambda role=role: corpus.rank(role, top=TOP, today=TODAY))  # type: ignore[misc]
            tomorrow = TODAY + timedelta(days=1)  # as of another day a role's vectors are kept, and no more
            for role in asked[:-1]:
                clock.time("kept", lambda role=role: corpus.rank(role, top=TOP, today=tomorrow))  # type: ignore[misc]
            for text in TEXTS[:3]:
                corpus.search(f"{text} again")
            for text in TEXTS:
                clock.time("text", lambda text=text: corpus.search(text))  # type: ignore[misc]
            for text in TEXTS:
                some = partial(corpus.search, text, where=FILTER, today=TODAY)
                clock.time("filtered", some)
            found |= clock.percentiles()
            found["memory"] = own_memory()
            demands = [item.text for role in asked[:FEW] for item in role.qualifications]
            found |= {"worded": worded(corpus, TEXTS), "worded_long": worded(corpus, demands)}
    files = [path for path in where.rglob("*") if path.is_file()]
    return found | {"bytes": float(sum(path.stat().st_size for path in files))}


def changed(where: Path) -> dict[str, float]:
    """Taking in and erasing, in a copy."""
    from matcher import Matcher
    from matcher.corpus import Corpus
    from matcher.sources import NamedFile

    clock = Clock()
    with tempfile.TemporaryDirectory(dir=where.parent) as work, Matcher() as matcher:
        copy = shutil.copytree(where, Path(work) / "corpus")
        with Corpus(matcher, copy) as corpus:
            corpus.search("warm", top=1)
            came: list[str] = []

            def take(number: int) -> None:
                told = f"## Experience\n\n- Repaired {number} church organs in Mecklenburg\n"
                text = f"# Kim Sample\nkim.{number}@example.org\n\n{told}"
                taken = corpus.ingest([NamedFile(f"{number}.md", text.encode())]).taken
                came.extend(each.candidate for each in taken)

            def find() -> None:
                assert came[-1] in [each.candidate.id for each in corpus.search("repaired church organs")]

            def miss(gone: Sequence[str]) -> None:
                assert not set(gone) & {each.candidate.id for each in corpus.search("repaired church organs")}

            take(0)  # starts the workers
            for number in range(1, 4):
                clock.time("take", lambda number=number: take(number))  # type: ignore[misc]
                clock.time("find", find)
            for others in [corpus.people.page(limit=3)[place].id for place in range(3)]:
                gone = [came.pop(), others]
                clock.time("erase", lambda gone=gone: corpus.erase(gone))  # type: ignore[misc]
                clock.time("miss", lambda gone=gone: miss(gone))  # type: ignore[misc]
    return clock.percentiles()


def plain(folder: Path, asked: Sequence[Role]) -> dict[str, float]:
    """The same questions to the script."""
    import faiss
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(stock_model()), device="cpu")
    vectors, owners = np.load(folder / "vectors.npy", mmap_mode="r"), np.load(folder / "owners.npy")
    model.encode(["warm"])
    start = time.perf_counter()
    index = faiss.IndexFlatIP(vectors.shape[1])
    for at in range(0, len(vectors), 100_000):
        index.add(np.ascontiguousarray(vectors[at : at + 100_000]))
    found = {"open": time.perf_counter() - start}

    def search(texts: Sequence[str], top: int) -> list[tuple[float, int, dict[int, int]]]:
        scores, ids = index.search(model.encode(list(texts), normalize_embeddings=True), HITS)
        best: dict[int, dict[int, tuple[float, int]]] = {}
        for query in range(len(texts)):
            for score, key in zip(scores[query], ids[query], strict=True):
                own = best.setdefault(int(owners[key]), {})
                if query not in own or score > own[query][0]:
                    own[query] = (float(score), int(key))
        ranked = [
            (sum(score for score, _ in own.values()), person, {query: key for query, (_, key) in own.items()})
            for person, own in best.items()
        ]
        return sorted(ranked, key=lambda item: (-item[0], item[1]))[:top]

    texts = [[item.text for item in role.qualifications] for role in asked]
    search(texts[-1], TOP)
    clock = Clock()
    for wanted in texts[:-1]:
        clock.time("new", lambda wanted=wanted: search(wanted, TOP))  # type: ignore[misc]
    for text in TEXTS:
        clock.time("text", lambda text=text: search([text], 10))  # type: ignore[misc]
    found |= clock.percentiles()
    return found | {"memory": own_memory(), "bytes": float(vectors.nbytes)}


def main() -> None:
    what, where, asked = sys.argv[1], Path(sys.argv[2]), roles(int(sys.argv[3]))
    if what == "changed":
        answer = changed(where)
    else:
        answer = ours(where, asked) if what == "ours" else plain(where, asked)
    print(json.dumps(answer), flush=True)
    os._exit(0)  # torch's threads would hold the process


if __name__ == "__main__":
    main()
