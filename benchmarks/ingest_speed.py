"""Take resumes into a corpus: resumes per second beside `rank` on the same files, and how soon one is found.

    python benchmarks/ingest_speed.py [FOLDER...] [--rounds N] [--corpus CORPUS]

The files are those of data/fixtures and the PDFs of the FOLDERs. Both run in one process, all loaded, in
turn; each ingestion begins an empty corpus. Their ratio is told twice: of the time on the clock, and of
processor time, in which other work on the machine and its disk counts less. A single new resume then joins
it: the time of the call, and of the search after it that has to find it. With --corpus it joins that one
instead, which may be large, and is erased again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psutil
from common import RESUMES, ROLE, spread

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.sources import NamedFile

TODAY = date(2026, 1, 1)
MARK = "zorblax reactor of Quimperle"  # in the new resume alone


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    files = sorted(path for path in RESUMES.iterdir() if path.is_file())
    files += [path for folder in options.folders for path in sorted(folder.rglob("*.pdf"))]
    print(f"{len(files)} resumes, {options.rounds} rounds in turn, median (least to greatest)")
    ranked, taken, new, found = list[float](), list[float](), list[float](), list[float]()
    worked = (list[float](), list[float]())
    with Matcher() as matcher:
        matcher.rank(ROLE, files[:8], today=TODAY)  # processes, libraries and model are there
        for number in range(options.rounds):
            with timed(ranked, worked[0]):
                ranking = matcher.rank(ROLE, files, today=TODAY)
            assert len(ranking) + len(ranking.rejected) == len(files)
            with tempfile.TemporaryDirectory() as folder, matcher.corpus(Path(folder)) as corpus:
                with timed(taken, worked[1]):
                    corpus.ingest(files)
                if options.corpus is None:
                    add_one(corpus, number, new, found)
            if options.corpus is not None:
                with matcher.corpus(options.corpus) as corpus:
                    corpus.search("anything", top=1)  # opened
                    add_one(corpus, number, new, found)
    for name, seconds in (("rank", ranked), ("ingest", taken)):
        print(f"{name:28} {spread([len(files) / each for each in seconds])} resumes/s")
    for name, ones, others in (("ingest / rank", ranked, taken), ("of processor time", *worked)):
        pairs = [one / other for one, other in zip(ones, others, strict=True)]
        print(f"{name:28} {statistics.median(pairs):.0%}")
    print(f"{'one more, call':28} {spread([each * 1_000 for each in new])} ms")
    print(f"{'one more, search after it':28} {spread([each * 1_000 for each in found])} ms")


@contextmanager
def timed(seconds: list[float], processor: list[float] | None = None) -> Iterator[None]:
    """Append how long the block took, and the processor time of this process and those that parse."""
    before, start = processor_time(), time.perf_counter()
    yield
    seconds.append(time.perf_counter() - start)
    if processor is not None:
        processor.append(processor_time() - before)


def processor_time() -> float:
    """Seconds of this process and its children so far."""
    here = psutil.Process()
    times = [each.cpu_times() for each in (here, *here.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def add_one(corpus: Corpus, number: int, new: list[float], found: list[float]) -> None:
    """Take one resume more in, find it, and erase it."""
    text = (
        f"Perpetua Oyelowo-Brandt {number}\nperpetua{number}@example.org\n\nExperience\nKeeper, Acme\n"
        f"2019 - 2021\n• Tamed the {MARK} {time.time_ns()} times\n"
    )
    with timed(new):
        (taken,) = corpus.ingest([NamedFile("new.txt", text.encode())]).taken
    with timed(found):
        (first,) = corpus.search(f"the {MARK}", top=1)
    assert first.candidate.id == taken.candidate
    corpus.erase([taken.candidate])


if __name__ == "__main__":
    main()
