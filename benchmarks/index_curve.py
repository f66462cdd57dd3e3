"""Searching 10,000 to 1,000,000 snippets: the three indexes and a plain script, as a table and a plot.

    python benchmarks/index_curve.py FOLDER CACHE [--most 1000000] [--milvus-up-to 100000]

FOLDER and CACHE are those of `corpus_text.py`, which makes the snippets and their vectors (a million take our
encoder about ten minutes on two quiet cores, once). The queries are the qualifications of the roles of
data/fixtures, twelve at a time, encoded beforehand: a role's vectors are kept. For each size and index one
process builds and compacts, and another opens and searches: the time of twelve queries for 100 hits each, the
share of the 100 nearest that are found (a hit as near as the 100th counts), memory of its own beside mapped
files, size on disk. The plain script has the same vectors; what it needs to make them is not timed. Run it
alone: the load of the machine is written beside the figures. Writes docs/index-curve.md and
docs/images/index-curve.svg.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from common import ROOT, run
from corpus_text import CANDIDATES, SHARD, candidates, vectors
from matplotlib import pyplot
from numpy.typing import NDArray

from matcher.embedding import load_encoder
from matcher.parsing import parse_role
from matcher.settings import Limits

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
NAMES = {
    "faiss": "FaissIndex",
    "exact": "ExactIndex",
    "milvus": "MilvusIndex (lite)",
    "plain": "plain script",
}
COLOURS = {"faiss": "#1f6f8b", "exact": "#222222", "milvus": "#c77d2e", "plain": "#9aa5ab"}
HITS, CHUNK = 100, 50_000
SCRIPT = Path(__file__).with_name("index_search.py")
ROLES = ROOT / "data" / "fixtures" / "roles"


def wanted() -> list[str]:
    """The qualifications of the fixtures' roles, in order."""
    roles = [
        parse_role(path.read_bytes(), path.name, Limits())
        for path in sorted(ROLES.iterdir())
        if path.is_file()
    ]
    return [item.text for role in roles for item in role.qualifications]


def collect(folder: Path, cache: Path, most: int, work: Path) -> int:
    """Write the vectors of up to `most` snippets, and the queries, into `work`; how many there are."""
    encoder = load_encoder()
    np.save(work / "queries.npy", encoder.encode(wanted()))
    parts, count = [], 0
    for shard in candidates(folder, cache, 1, CANDIDATES):
        if count >= most or (len(shard) < SHARD):
            break
        parts.append(vectors(shard, cache, 1, encoder))
        count += len(parts[-1])
    count = min(count, most)
    kept = np.lib.format.open_memmap(work / "vectors.npy", "w+", np.float32, (count, encoder.dim))
    at = 0
    for part in parts:
        part = part[: count - at]
        kept[at : at + len(part)] = part
        at += len(part)
    kept.flush()
    return count


def hundredth(work: Path, size: int) -> NDArray[np.float32]:
    """The score of the 100th nearest of each query, exactly."""
    queries, stored = np.load(work / "queries.npy"), np.load(work / "vectors.npy", mmap_mode="r")
    best = np.full((len(queries), HITS), -np.inf, dtype=np.float32)
    for start in range(0, size, CHUNK):
        scores = queries @ np.asarray(stored[start : min(start + CHUNK, size)]).T
        best = -np.partition(-np.concatenate([best, scores], axis=1), HITS - 1, axis=1)[:, :HITS]
    found: NDArray[np.float32] = best.min(axis=1)
    return found


def measured(name: str, size: int, work: Path) -> dict[str, float]:
    """What the two processes say."""
    built = run(sys.executable, SCRIPT, "build", name, str(size), work).answer
    found = run(sys.executable, SCRIPT, "search", name, str(size), work).answer
    shutil.rmtree(work / f"{name}-{size}")
    return {"name": NAMES[name], "size": size, **built, **found}  # type: ignore[dict-item]


def machine() -> str:
    """Processor and cores."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{model or platform.processor()}, {os.cpu_count()} cores"


def table(rows: list[dict[str, float]]) -> str:
    """The table in Markdown."""
    head = (
        "| snippets | index | 12 queries p50 | p95 | recall@100 | memory | on disk | open | build | compact |"
    )
    lines = [head, "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        lines.append(
            f"| {int(row['size']):,} | {row['name']} | {row['p50'] * 1e3:.1f} ms | {row['p95'] * 1e3:.1f} ms "
            f"| {row['recall']:.3f} | {row['memory'] / 1e6:.0f} MB | {row['bytes'] / 1e6:.0f} MB "
            f"| {row['open'] * 1e3:.0f} ms | {row['build']:.0f} s | {row['compact']:.0f} s |"
        )
    return "\n".join(lines)


def plot(rows: list[dict[str, float]], path: Path) -> None:
    """p50 over the number of snippets, both logarithmic."""
    pyplot.rcParams.update({"svg.hashsalt": "matcher", "font.size": 9, "axes.spines.top": False})
    pyplot.rcParams.update({"axes.spines.right": False})
    figure, axes = pyplot.subplots(figsize=(5.6, 3.6), layout="constrained")
    for key, name in NAMES.items():
        own = [row for row in rows if row["name"] == name]
        if own:
            sizes, times = [row["size"] for row in own], [row["p50"] * 1e3 for row in own]
            axes.plot(sizes, times, color=COLOURS[key], marker="o", markersize=4, linewidth=1.4)
            axes.annotate(
                name, (sizes[-1], times[-1]), xytext=(6, 0), textcoords="offset points", color=COLOURS[key]
            )
    axes.set(xscale="log", yscale="log", xlabel="snippets", ylabel="12 queries, median, ms")
    axes.margins(x=0.12)
    figure.savefig(path, metadata={"Date": None}, facecolor="white", bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--milvus-up-to", type=int, default=100_000)
    given = parser.parse_args()
    rows: list[dict[str, float]] = []
    load = os.getloadavg()[1]  # of the five minutes before
    with tempfile.TemporaryDirectory(dir=given.cache) as folder:
        work = Path(folder)
        count = collect(given.folder, given.cache, given.most, work)
        for size in (size for size in SIZES if size <= count):
            np.save(work / f"kth-{size}.npy", hundredth(work, size))
            for name in NAMES:
                if name != "milvus" or size <= given.milvus_up_to:
                    rows.append(measured(name, size, work))
                    print(json.dumps(rows[-1]), flush=True)
    said = (
        f"# Searching {SIZES[0]:,} to {int(rows[-1]['size']):,} snippets\n\n"
        f"Measured on {date.today():%d %B %Y} on {machine()}, under a load of {load:.1f} by others;\n"
        "`benchmarks/index_curve.py` says how.\n\n"
        f"![Time of twelve queries](images/index-curve.svg)\n\n{table(rows)}\n"
    )
    (ROOT / "docs" / "index-curve.md").write_text(said, encoding="utf-8")
    plot(rows, ROOT / "docs" / "images" / "index-curve.svg")
    print(said)


if __name__ == "__main__":
    main()
