"""Rank a folder of PDFs against a role: resumes per second, against the script most people would write.

    python benchmarks/end_to_end.py [FOLDER] [--role FILE] [--rounds N]

All run in fresh processes, in turn, on the same files. "Whole process" is from starting Python to its end:
`matcher rank` with its JSON report, and benchmarks/plain_script.py with all-MiniLM-L6-v2. "Ranking" is from
opening the first file to the result in one process, libraries and model loaded before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from common import RESUMES, ROLE, Child, pdfs, run, spread, stock_model

HERE = Path(__file__).resolve()
TODAY = date(2026, 1, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=RESUMES)
    parser.add_argument("--role", type=Path, default=ROLE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", action="store_true", help="rank once with this project and print JSON")
    options = parser.parse_args()
    if options.child:
        rank_once(options.folder, options.role)
        return
    files = pdfs(options.folder)
    print(f"{len(files)} PDFs, {options.rounds} rounds in turn, median (least to greatest)")
    script = HERE.with_name("plain_script.py")
    ours: list[Child] = []
    theirs: list[Child] = []
    whole_ours: list[float] = []
    command = (
        sys.executable,
        "-m",
        "matcher.cli",
        "rank",
        options.role,
        *files,
        "--today",
        TODAY.isoformat(),
    )
    for _ in range(options.rounds):
        whole_ours.append(run(*command, "--format", "json").seconds)
        ours.append(run(sys.executable, HERE, "--child", options.folder, "--role", options.role))
        theirs.append(run(sys.executable, script, options.folder, options.role, stock_model()))
    whole_theirs = [child.seconds for child in theirs]
    for name, children, seconds in (
        ("this project", ours, whole_ours),
        ("plain script", theirs, whole_theirs),
    ):
        ranking = [child.answer["resumes"] / child.answer["seconds"] for child in children]
        whole = [len(files) / each for each in seconds]
        print(
            f"{name:12}  ranking {spread(ranking)} resumes/s   whole process {spread(whole)} resumes/s   "
            f"{children[0].answer['snippets']:.0f} snippets"
        )
    ranking = [b.answer["seconds"] / a.answer["seconds"] for a, b in zip(ours, theirs, strict=True)]
    whole = [b / a for a, b in zip(whole_ours, whole_theirs, strict=True)]
    print(f"ratio         ranking {spread(ranking)} x           whole process {spread(whole)} x")
    if statistics.median(whole) < 8:
        print("The target is 8 x the plain script, whole process.")


def rank_once(folder: Path, role: Path) -> None:
    """Rank the folder's PDFs and print resumes, snippets and seconds as JSON."""
    from matcher import Matcher

    with Matcher() as matcher:
        matcher.encode(["The model is loaded before the clock starts, as in the plain script."])
        start = time.perf_counter()
        ranking = matcher.rank(role, pdfs(folder), today=TODAY)
        seconds = time.perf_counter() - start
    snippets = sum(len(report.resume.snippets) for report in ranking)
    done = len(ranking) + len(ranking.rejected)
    print(json.dumps({"resumes": done, "snippets": snippets, "seconds": seconds}))


if __name__ == "__main__":
    main()
