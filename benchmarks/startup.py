"""Seconds from a cold start: importing, asking for help, one resume against one role.

    python benchmarks/startup.py [--rounds N]

Each in a fresh process, in turn. The alternatives are Python doing nothing, and importing
sentence-transformers, which any script that uses it must do first.
"""

from __future__ import annotations

import argparse
import statistics
import sys

from common import RESUMES, ROLE, run, spread

RESUME = RESUMES / "icu-nurse.pdf"
PYTHON = sys.executable
COMMANDS: dict[str, tuple[list[str], float | None]] = {
    "python -c pass": ([PYTHON, "-c", "pass"], None),
    "import matcher": ([PYTHON, "-c", "import matcher"], None),
    "matcher --help": ([PYTHON, "-c", "from matcher.cli import main; main()", "--help"], 0.3),
    "one resume, one role": (
        [PYTHON, "-c", "from matcher.cli import main; main()", "rank", str(ROLE), str(RESUME)],
        1.5,
    ),
    "import sentence_transformers": ([PYTHON, "-c", "import sentence_transformers"], None),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, (command, _limit) in COMMANDS.items():
            taken[name].append(run(*command).seconds)
    slowest = statistics.median(taken["import sentence_transformers"])
    for name, (_command, limit) in COMMANDS.items():
        ratio = slowest / statistics.median(taken[name])
        target = f"   target {limit} s" if limit else ""
        print(f"{name:30} {spread(taken[name], ' s')}   {ratio:.1f} x faster than the last{target}")


if __name__ == "__main__":
    main()
