"""Milliseconds to read and understand a resume, beside pypdf's plain text of the same files.

    python benchmarks/parse_speed.py [FOLDER]

Prints the mean over the PDFs of FOLDER (default: data/fixtures/resumes): processor time in one process, wall
time through the worker pool as `rank` uses it (started before), and pypdf's `extract_text`, which finds no
structure. Each is the median of three passes, taken in turn.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from pathlib import Path

import pypdf

from matcher.parsing import parse_resume
from matcher.settings import Limits
from matcher.worker import Job
from matcher.workers import WorkerPool

RESUMES = Path(__file__).parents[1] / "data" / "fixtures" / "resumes"
PASSES = 3


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RESUMES
    files = [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]
    limits = Limits()
    pool = WorkerPool(limits)
    for _ in range(pool.size):
        pool.submit(Job("resume", "warm", files[0])).result()
    taken: dict[str, list[float]] = {
        "ours, processor": [],
        "ours, wall, pool": [],
        "pypdf text, processor": [],
    }
    for _ in range(PASSES):
        start = time.process_time()
        for data in files:
            parse_resume(data, "x", limits)
        taken["ours, processor"].append(time.process_time() - start)
        start = time.perf_counter()
        for future in [pool.submit(Job("resume", "x", data)) for data in files]:
            future.result()
        taken["ours, wall, pool"].append(time.perf_counter() - start)
        start = time.process_time()
        for data in files:
            for page in pypdf.PdfReader(io.BytesIO(data)).pages:
                page.extract_text()
        taken["pypdf text, processor"].append(time.process_time() - start)
    pool.close()
    print(
        f"{len(files)} PDFs, {pool.size} workers; milliseconds a resume, median (least to most) of {PASSES}"
    )
    for name, seconds in taken.items():
        each = sorted(1000 * value / len(files) for value in seconds)
        print(f"{name:24}{statistics.median(each):8.1f}  ({each[0]:.1f} to {each[-1]:.1f})")


if __name__ == "__main__":
    main()
