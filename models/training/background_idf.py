"""Build matcher/matching/idf.tsv, the fixed table stem -> inverse document frequency.

    python models/training/background_idf.py DATA

DATA holds `taxonomies/onet`, `taxonomies/esco`, `skills/skillspan`, `roles/tts` and `roles/authored`. A
"document" is one task statement, one description of a skill or occupation, or one line of a posting. Two
kinds of text are counted apart, descriptions of work (O*NET, ESCO) and postings (SkillSpan, tts, authored),
and a stem's frequency is the larger of its two shares: a word that every posting uses ("experience",
"strong", "ability") says little even though no task statement has it.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from matcher.matching.lexical import stems

TARGET = Path(__file__).parents[2] / "matcher" / "matching" / "idf.tsv"
MIN_COUNT = 3  # a stem seen in fewer documents keeps the idf of an unseen one
HEADER = """\
# Inverse document frequency of English stems in descriptions of work and in job postings.
# Built by models/training/background_idf.py; do not edit. Columns: stem, idf (natural logarithm). The line
# with an empty stem is the idf of every stem that is not listed.
# Counted from: O*NET 29.2 Database, U.S. Department of Labor (CC BY 4.0); ESCO v1.2, European Commission;
# SkillSpan (Zhang et al. 2022, CC BY 4.0); postings of the U.S. General Services Administration (CC0);
# postings written for this project. It holds counts alone, none of their text.
"""


def rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    """The rows of a gzipped table with a header line."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter=delimiter)


def descriptions(data: Path) -> Iterator[str]:
    """One text per O*NET task or occupation and per ESCO skill or occupation."""
    onet, esco = data / "taxonomies" / "onet", data / "taxonomies" / "esco"
    for row in rows(onet / "Task_Statements.txt.gz", "\t"):
        yield row["Task"]
    for row in rows(onet / "Occupation_Data.txt.gz", "\t"):
        yield f"{row['Title']}. {row['Description']}"
    for path in sorted(esco.glob("*_en.csv.gz")):
        for row in rows(path, ","):
            if row.get("description"):
                yield f"{row['preferredLabel']}. {row['description']}"


def posting_lines(data: Path) -> Iterator[str]:
    """One text per sentence of SkillSpan and per line of a posting."""
    for name in ("train", "dev"):
        with gzip.open(data / "skills" / "skillspan" / f"{name}.json.gz", "rt", encoding="utf-8") as stream:
            for line in stream:
                yield re.sub(r"<[A-Z]+>", " ", " ".join(json.loads(line)["tokens"]))
    for path in sorted((data / "roles").glob("*/*")):
        if path.suffix in {".txt", ".md", ".html"} and path.name != "LICENSE.md":
            for line in path.read_text("utf-8").splitlines():
                yield re.sub(r"<[^>]*>|\]\([^)]*\)", " ", line)


def counts(texts: Iterator[str]) -> tuple[Counter[str], int]:
    """In how many different texts each stem stands, and how many texts there are."""
    found: Counter[str] = Counter()
    total = 0
    for text in dict.fromkeys(texts):
        present = set(stems(text))
        if present:
            total += 1
            found.update(present)
    return found, total


def main(data: Path) -> None:
    """Write the table and print its size."""
    work, works = counts(descriptions(data))
    posted, lines = counts(posting_lines(data))
    smallest = MIN_COUNT / works
    out = io.StringIO()
    out.write(HEADER)
    out.write(f"\t{-math.log(smallest):.2f}\n")
    kept = 0
    for name in sorted(work | posted):
        share = max(work[name] / works, posted[name] / lines)
        if work[name] + posted[name] >= MIN_COUNT and share > smallest:
            out.write(f"{name}\t{-math.log(share):.2f}\n")
            kept += 1
    TARGET.write_text(out.getvalue(), encoding="utf-8")
    print(f"{works} descriptions, {lines} posting lines, {kept} stems, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
