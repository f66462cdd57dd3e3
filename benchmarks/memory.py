"""Peak memory of ranking 60 PDFs, worker processes included, against the plain script's.

    python benchmarks/memory.py [FOLDER] [--role FILE]

The folder's PDFs are repeated under other names until there are 60. Memory is resident set size summed over
the process and its children every 20 ms, so pages that they share count several times.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from pathlib import Path

from common import RESUMES, ROLE, pdfs, run, stock_model

COUNT = 60
LIMIT = 700_000_000  # bytes
HERE = Path(__file__).resolve()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=RESUMES)
    parser.add_argument("--role", type=Path, default=ROLE)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, file in zip(range(COUNT), itertools.cycle(pdfs(options.folder)), strict=False):
            shutil.copyfile(file, folder / f"{number:02}.pdf")
        ours = run(
            sys.executable,
            HERE.with_name("end_to_end.py"),
            "--child",
            folder,
            "--role",
            options.role,
            watch_memory=True,
        )
        script = HERE.with_name("plain_script.py")
        theirs = run(sys.executable, script, folder, options.role, stock_model(), watch_memory=True)
    print(f"peak resident memory for {COUNT} PDFs, all processes")
    print(f"this project  {ours.peak_bytes / 1e6:.0f} MB (limit {LIMIT / 1e6:.0f} MB)")
    print(f"plain script  {theirs.peak_bytes / 1e6:.0f} MB")
    print(f"ratio         {ours.peak_bytes / theirs.peak_bytes:.2f}")
    if ours.peak_bytes > LIMIT:
        sys.exit("Over the limit.")


if __name__ == "__main__":
    main()
