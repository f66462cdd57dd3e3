"""Searching a corpus's index for roles while its files are not in memory, and then when they are.

    python benchmarks/cold_search.py CORPUS [--roles 3]

For each of the roles, which have twelve qualifications each, the files are taken out of memory and the index
is opened anew; prints what finding 1,000 lines for each text takes, and how many pages it waits for one by
one: with nothing read ahead (`touched`), as it is (`ahead`, see `matcher/index/ahead.py`), and at once again.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from corpus_asked import roles

from matcher.corpus.places import index_folder
from matcher.corpus.shortlist import LINES
from matcher.embedding import load_encoder
from matcher.index import FaissIndex, IndexSpec


def drop(folder: Path) -> None:
    """Take files out of memory."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--roles", type=int, default=3)
    given = parser.parse_args()
    encoder = load_encoder()
    (manifest,) = index_folder(given.corpus, "default").glob("*/manifest.json")
    for role in roles(given.roles)[: given.roles]:
        wanted = encoder.encode([item.text for item in role.qualifications])
        said = []
        for way in ("touched", "ahead"):
            drop(manifest.parent)
            with patch("matcher.index.ahead._libc", lambda: None) if way == "touched" else nullcontext():
                index = FaissIndex(manifest.parent, IndexSpec(encoder.dim, encoder.fingerprint))
            for name in (way, "again"):
                waited, start = resource.getrusage(resource.RUSAGE_SELF).ru_majflt, time.perf_counter()
                with patch("matcher.index.ahead._libc", lambda: None) if name == "touched" else nullcontext():
                    index.search(wanted, LINES)
                took = time.perf_counter() - start
                waited = resource.getrusage(resource.RUSAGE_SELF).ru_majflt - waited
                said.append(f"{name} {took * 1e3:,.0f} ms, {waited:,} pages")
            del index  # what is mapped stays in memory
        print(f"{role.title}: {'; '.join(said)}", flush=True)


if __name__ == "__main__":
    main()
