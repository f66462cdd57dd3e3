"""Score the role parser against gold parses: `python benchmarks/role_parsing.py [FOLDER ...] [-v]`.

A qualification counts as found when its text equals the gold's (case, white space, quotes, `*` and closing
punctuation folded) and its kind is the gold's. A constraint or a field counts when it equals the gold's;
names of licences count when one holds the other. The baseline takes every list item as required.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from matcher.documents import read
from matcher.errors import NoQualificationsError
from matcher.roles import parse
from matcher.types import Document, Qualification, Role

AUTHORED = Path(__file__).parent.parent / "data" / "fixtures" / "roles" / "authored"
KINDS = ("required", "preferred", "responsibility")
FIELDS = (
    "location",
    "work_mode",
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "visa_sponsorship",
    "travel_percent",
)
CONSTRAINTS = ("min_years", "max_years", "degree", "or_equivalent", "licences", "languages")
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "*": None})


def folded(text: str) -> str:
    return " ".join(text.translate(_MARKS).lower().split()).rstrip(".;:, ")


@dataclass
class Tally:
    """Counts over all postings."""

    found: Counter[str]
    right: Counter[str]
    gold: Counter[str]
    fields: Counter[str]
    asked: Counter[str]
    present: Counter[str]
    traps: int = 0
    hit: int = 0


def constraint_values(qualification: Qualification) -> dict[str, object]:
    c = qualification.constraints
    return {
        "min_years": c.min_years,
        "max_years": c.max_years,
        "degree": c.degree.value if c.degree else None,
        "or_equivalent": c.or_equivalent,
        "licences": [folded(name) for name in c.licences],
        "languages": sorted(c.languages),
    }


def gold_values(entry: dict[str, object]) -> dict[str, object]:
    licences, languages = entry["licence_or_certification"], entry["languages"]
    assert isinstance(licences, list)
    assert isinstance(languages, list)
    return {
        "min_years": entry["min_years"],
        "max_years": entry["max_years"],
        "degree": entry["degree"],
        "or_equivalent": entry["degree_or_equivalent"],
        "licences": [folded(name) for name in licences],
        "languages": sorted(languages),
    }


def agree(name: str, mine: object, gold: object) -> bool:
    if name == "licences" and isinstance(mine, list) and isinstance(gold, list):
        return len(mine) == len(gold) and all(any(m in g or g in m for m in mine) for g in gold)
    if name == "location" and isinstance(mine, str) and isinstance(gold, str):
        return folded(mine) == folded(gold)
    return mine == gold


def parsed(document: Document) -> Role | None:
    try:
        return parse(document)
    except NoQualificationsError:
        return None


def score(path: Path, gold_path: Path, tally: Tally, verbose: bool) -> None:
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    role = parsed(read(path.read_bytes()))
    mine = list(role.qualifications) if role else []
    wanted = {(folded(q["text"]), q["kind"]): q for q in gold["qualifications"]}
    got = {(folded(q.text), q.kind.value): q for q in mine}
    notes = []
    for (_, kind), entry in wanted.items():
        tally.gold[kind] += 1
        if (folded(entry["text"]), kind) not in got:
            notes.append(f"  missed  {kind[:4]}: {entry['text']}")
    for key, qualification in got.items():
        tally.found[key[1]] += 1
        if key not in wanted:
            notes.append(f"  extra   {key[1][:4]}: {qualification.text}")
            continue
        tally.right[key[1]] += 1
        have, want = constraint_values(qualification), gold_values(wanted[key])
        for name in CONSTRAINTS:
            if not have[name] and not want[name]:
                continue
            tally.asked[name] += 1
            if agree(name, have[name], want[name]):
                tally.present[name] += 1
            else:
                notes.append(f"  {name}: {have[name]} not {want[name]}: {qualification.text}")
    for trap in gold["not_qualifications"]:
        tally.traps += 1
        text = folded(trap)
        caught = [q for q in mine if folded(q.text) in text or text in folded(q.text)]
        if caught:
            tally.hit += 1
            notes.append(f"  trap    {trap}")
    values: dict[str, object] = {"title": gold["title"], "company": gold["company"], **gold["logistics"]}
    for name, want_value in values.items():
        tally.asked[name] += 1
        have_value: object = None
        if role is not None:
            have_value = (
                getattr(role, name) if name in ("title", "company") else getattr(role.logistics, name)
            )
        have_value = folded(have_value) if isinstance(have_value, str) else have_value
        want_value = folded(want_value) if isinstance(want_value, str) else want_value
        if have_value == want_value:
            tally.present[name] += 1
        else:
            notes.append(f"  {name}: {have_value!r} not {want_value!r}")
    if verbose and notes:
        print(path.name, *notes, sep="\n")


def line(name: str, right: int, found: int, gold: int) -> str:
    precision, recall = right / max(1, found), right / max(1, gold)
    f1 = 2 * right / max(1, found + gold)
    return f"{name:<16}{precision:9.3f}{recall:9.3f}{f1:9.3f}{right:8d}{found:8d}{gold:8d}"


def baseline(paths: list[tuple[Path, Path]]) -> str:
    """Every line that starts with a list marker, taken as required."""
    right = found = total = 0
    for path, gold_path in paths:
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        text = read(path.read_bytes()).text
        lines = {folded(x) for x in re.findall(r"(?m)^\s*(?:[•*–-]|\d+[.)])\s+(.+)$", text)}
        wanted = {folded(q["text"]) for q in gold["qualifications"] if q["kind"] == "required"}
        right, found, total = (
            right + len(lines & wanted),
            found + len(lines),
            total + len(gold["qualifications"]),
        )
    return line("list = required", right, found, total)


def main() -> None:
    verbose = "-v" in sys.argv[1:]
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("-")] or [AUTHORED]
    paths = [
        (path, path.with_suffix("").with_suffix(".gold.json"))
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.with_suffix("").with_suffix(".gold.json").exists() and not path.name.endswith(".gold.json")
    ]
    tally = Tally(Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    for path, gold_path in paths:
        score(path, gold_path, tally, verbose)
    print(f"{len(paths)} postings")
    print(f"{'':<16}{'P':>9}{'R':>9}{'F1':>9}{'right':>8}{'found':>8}{'gold':>8}")
    for kind in KINDS:
        print(line(kind, tally.right[kind], tally.found[kind], tally.gold[kind]))
    print(line("all, right kind", tally.right.total(), tally.found.total(), tally.gold.total()))
    print(baseline(paths))
    print(f"traps hit: {tally.hit} of {tally.traps}")
    for name in (*CONSTRAINTS, "title", "company", *FIELDS):
        right, asked = tally.present[name], tally.asked[name]
        print(f"{name:<18}{right:4d} of {asked:4d}{right / max(1, asked):8.3f}")


if __name__ == "__main__":
    main()
