"""Searching a corpus from end to end, and a plain script beside it, in one run: a table and a plot.

    python benchmarks/corpus_search.py FOLDER CACHE [--most 1000000] [--corpora FOLDER] [--roles 26]
        [--exact 3]

FOLDER and CACHE are those of `corpus_text.py`; the corpora of 200, 2,000, 20,000 and, with `--most 5000000`,
90,000 of its people (some 11,000, 112,000, 1,126,000 and 5,000,000 snippets) are built by `corpus_build.py`
where they are not there yet, in the folder CORPORA (a million takes half an hour of two cores). Each is asked
in a process of its own (`corpus_asked.py`):
- 26 roles of the fixtures, twelve qualifications each, for the top 50 with evidence: when nobody has asked
  before (`new`), when the role's vectors are kept (`kept`: as of another day, for which nothing else is),
  and once more at once (`again`),
- 30 texts that nobody has asked before, for ten people with their quotes; then again (`filtered`) among those
  with five years of experience, who are most,
- opening: from nothing to the answer of a first text; the encoder is loaded before, the files are held in
  memory for all of it (beyond half of the machine's memory they are not),
- resident memory beside mapped files, the whole process with its encoder, after all that,
- recall@50 and, with ten asked for, @10: how many of the first have a score that reaches the last of as many
  of everyone, for EXACT roles (`corpus_recall.py`; each takes three minutes of a core with 90,000 people),
- of the first ten people by words alone, for these texts and for 120 qualifications, how many have a score
  that reaches the tenth's of all, where every snippet that has one of the words is weighed (`by words`),
- a new resume: the call that takes it in, and the first search after it, which finds it; erasing two people:
  the call, and the first search after it. In a copy.
The script has the same lines' vectors from CACHE and encodes the questions with sentence-transformers. Beyond
20,000 people only ours is asked and nothing is changed: two sets of 8 GB of vectors or a second copy would be
too much for the machine. The load of the machine is written beside the figures. Writes docs/corpus-speed.md
and its plot.
"""

import argparse
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from common import ROOT, in_memory, run
from corpus_build import SEED, KnownTexts, build
from corpus_text import candidates, vectors
from index_curve import machine
from matplotlib import pyplot

from matcher.embedding import load_encoder
from matcher.store import open_store

PEOPLE = (200, 2_000, 20_000, 90_000)
BESIDE = 20_000  # people, at most, with whom the script is asked too, and who are changed
A_PERSON = 50  # snippets, at least
SCRIPT, RECALL = (Path(__file__).with_name(f"corpus_{name}.py") for name in ("asked", "recall"))
LINES = {
    ("ours", "kept_p50"): ("role, vectors kept", "#1f6f8b", "-"),
    ("ours", "text_p50"): ("text", "#c77d2e", "-"),
    ("plain", "new_p50"): ("plain script, role", "#9aa5ab", "--"),
    ("plain", "text_p50"): ("plain script, text", "#9aa5ab", "-"),
}
NAMES = {"ours": "matcher", "plain": "plain script"}

Row = dict[str, float | str]


def lines_of(folder: Path, cache: Path, many: int, work: Path) -> None:
    """The vectors of people's lines, and whose each is, for the script."""
    encoder = KnownTexts(load_encoder())
    parts, owners = [], []
    for shard in candidates(folder, cache, SEED, many):
        counts = [len(one.snippets) for one in shard]
        parts.append(vectors(shard, cache, SEED, encoder)[: sum(counts)])
        owners.append(np.repeat([one.number for one in shard], counts))
    np.save(work / "vectors.npy", np.concatenate(parts))
    np.save(work / "owners.npy", np.concatenate(owners))


def milliseconds(row: Row, name: str) -> str:
    """Median, 95th percentile and median of processor time, or a dash."""
    if f"{name}_p50" not in row:
        return "-"
    return " / ".join(f"{float(row[f'{name}_{what}']) * 1e3:.0f}" for what in ("p50", "p95", "cpu"))


def change(row: Row, call: str, search: str) -> str:
    """Medians of a call and of the search after it."""
    if f"{call}_p50" not in row:
        return "-"
    return " + ".join(f"{float(row[f'{name}_p50']) * 1e3:.0f}" for name in (call, search))


def table(rows: list[Row]) -> str:
    """The table in Markdown."""
    head = (
        "| snippets | people | | new role | its vectors kept | again | text | filtered | open | memory "
        "| on disk | recall@50, @10 | by words @10 | a new resume, searched | two erased, searched |"
    )
    lines = [head, f"|---:|---:|---|{'---:|' * 12}"]
    for row in rows:
        shares = [float(row.get(name, float("nan"))) for name in ("recall", "recall_few")]
        cells = (
            f"{int(float(row['snippets'])):,}",
            f"{int(float(row['people'])):,}",
            NAMES[str(row["name"])],
            *(milliseconds(row, name) for name in ("new", "kept", "again", "text", "filtered")),
            f"{float(row['open']):.2f} s",
            f"{float(row['memory']) / 1e6:.0f} MB",
            f"{float(row['bytes']) / 1e6:,.0f} MB",
            "-" if np.isnan(shares[0]) else ", ".join(f"{share:.3f}" for share in shares),
            ", ".join(f"{float(row[name]):.3f}" for name in ("worded", "worded_long") if name in row) or "-",
            *(change(row, *names) for names in (("take", "find"), ("erase", "miss"))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def plot(rows: list[Row], path: Path) -> None:
    """Medians over the number of snippets, both logarithmic."""
    pyplot.rcParams.update({"svg.hashsalt": "matcher", "font.size": 9, "axes.spines.top": False})
    pyplot.rcParams.update({"axes.spines.right": False})
    figure, axes = pyplot.subplots(figsize=(6.0, 3.8), layout="constrained")
    for (name, key), (label, colour, style) in LINES.items():
        own = [row for row in rows if row["name"] == name]
        sizes, found = [float(row["snippets"]) for row in own], [float(row[key]) * 1e3 for row in own]
        axes.plot(sizes, found, color=colour, linestyle=style, marker="o", markersize=4, label=label)
        axes.annotate(
            label,
            (sizes[-1], found[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            color=colour,
            va="center",
        )
    axes.set(xscale="log", yscale="log", xlabel="snippets", ylabel="median, ms")
    axes.margins(x=0.12)
    figure.savefig(path, metadata={"Date": None}, facecolor="white", bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--roles", type=int, default=26)
    parser.add_argument("--exact", type=int, default=3)
    given = parser.parse_args()
    corpora = given.corpora or given.cache / "corpora"
    rows: list[Row] = []
    loads = [os.getloadavg()[1]]  # of the five minutes before
    for people in (people for people in PEOPLE if people * A_PERSON <= given.most):
        corpus = corpora / str(people)
        if not corpus.exists():
            build(given.folder, given.cache, corpus, people)
        with open_store(corpus) as store:
            stats = store.stats()
        with tempfile.TemporaryDirectory(dir=given.cache) as work:
            asked = {"ours": corpus}
            if people <= BESIDE:
                lines_of(given.folder, given.cache, people, Path(work))
                asked["plain"] = Path(work)
            said = {}
            for name, where in asked.items():
                with in_memory(where):
                    said[name] = run(sys.executable, SCRIPT, name, where, str(given.roles)).answer
        if given.exact:
            said["ours"] |= run(sys.executable, RECALL, corpus, "--roles", str(given.exact)).answer
        if people <= BESIDE:
            said["ours"] |= run(sys.executable, SCRIPT, "changed", corpus, "0").answer
        for name, answer in said.items():
            rows.append({"name": name, "snippets": stats.snippets, "people": stats.candidates, **answer})
            print(json.dumps(rows[-1]), flush=True)
        loads.append(os.getloadavg()[1])
    sizes = f"{int(float(rows[0]['snippets'])):,} to {int(float(rows[-1]['snippets'])):,}"
    said_of_load = f"under a load of {min(loads):.1f} to {max(loads):.1f} (its own included)"
    text = (
        f"# Searching a corpus of {sizes} snippets\n\n"
        f"Measured on {date.today():%d %B %Y} on {machine()}, {said_of_load};\n"
        "`benchmarks/corpus_search.py` says how. Times in milliseconds: median / 95th percentile / median of "
        "processor time.\n\n"
        f"![Medians](images/corpus-speed.svg)\n\n{table(rows)}\n"
    )
    (ROOT / "docs" / "corpus-speed.md").write_text(text, encoding="utf-8")
    plot(rows, ROOT / "docs" / "images" / "corpus-speed.svg")
    print(text)


if __name__ == "__main__":
    main()
