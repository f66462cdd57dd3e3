"""Postings against their gold parses: qualifications with the right kind, constraints, logistics, traps."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from matcher.documents import read
from matcher.errors import DocumentError, NoQualificationsError
from matcher.evaluation.parsing_tally import Tally, not_measured
from matcher.evaluation.tables import Cell, Table
from matcher.roles import parse
from matcher.types import Qualification, QualificationKind, Role

_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "*": None})
_ITEM = re.compile(r"(?m)^\s*(?:[•*–-]|\d+[.)])\s+(.+)$")


class QualificationGold(TypedDict):
    """One qualification as a careful reader parses it."""

    text: str
    kind: str
    min_years: float | None
    max_years: float | None
    degree: str | None
    degree_or_equivalent: bool
    licence_or_certification: list[str]
    languages: list[str]


class RoleGold(TypedDict):
    """A posting's gold parse; `not_qualifications` lists its traps."""

    title: str
    company: str | None
    qualifications: list[QualificationGold]
    not_qualifications: list[str]
    logistics: dict[str, str | float | bool | None]


Value = str | float | bool | list[str] | None


@dataclass
class Counts:
    """Sums over the postings of one folder."""

    postings: int = 0
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    fields: Tally = field(default_factory=Tally)
    traps: int = 0
    hit: int = 0
    items: int = 0  # of the baseline: lines with a list mark
    items_right: int = 0
    required: int = 0
    misses: list[str] = field(default_factory=list)


def gold_in(folder: Path) -> list[tuple[Path, Path]]:
    """Postings with their gold parses beside them, by name."""
    found = []
    for gold in sorted(folder.glob("*.gold.json")):
        stem = gold.name.removesuffix(".gold.json")
        found += [(path, gold) for path in sorted(folder.glob(f"{stem}.*")) if path != gold]
    return found


def score_roles(folder: Path) -> Counts:
    """Every posting of `folder` that has a gold parse."""
    counts = Counts()
    for path, gold_path in gold_in(folder):
        gold: RoleGold = json.loads(gold_path.read_text(encoding="utf-8"))
        document = read(path.read_bytes())
        try:
            role: Role | None = parse(document)
        except (NoQualificationsError, DocumentError):
            role = None
        _score(counts, path.name, gold, role)
        lines = {folded(line) for line in _ITEM.findall(document.text)}
        required = {folded(q["text"]) for q in gold["qualifications"] if q["kind"] == "required"}
        counts.items += len(lines)
        counts.items_right += len(lines & required)
        counts.required += len(required)
    return counts


def _score(counts: Counts, file: str, gold: RoleGold, role: Role | None) -> None:
    counts.postings += 1
    read_here = list(role.qualifications) if role else []
    wanted = {(folded(q["text"]), q["kind"]): q for q in gold["qualifications"]}
    got = {(folded(q.text), q.kind.value): q for q in read_here}
    counts.gold.update(kind for _, kind in wanted)
    counts.found.update(kind for _, kind in got)
    counts.misses += [f"{file}: missed {kind}: {text}" for text, kind in wanted if (text, kind) not in got]
    counts.misses += [f"{file}: extra {kind}: {text}" for text, kind in got if (text, kind) not in wanted]
    for key in (key for key in wanted if key in got):
        counts.right[key[1]] += 1
        have, want = _read_values(got[key]), _gold_values(wanted[key])
        for name, value in want.items():
            if value or have[name]:
                right = _agree(name, have[name], value)
                counts.fields.count("roles", name, right, f"{file}: {have[name]} not {value}: {key[0]}")
    for trap in gold["not_qualifications"]:
        text = folded(trap)
        caught = any(folded(q.text) in text or text in folded(q.text) for q in read_here)
        counts.traps += 1
        counts.hit += caught
        counts.misses += [f"{file}: trap {trap}"] if caught else []
    named: dict[str, Value] = {"title": gold["title"], "company": gold["company"], **gold["logistics"]}
    for name, value in named.items():
        owner = None if role is None else role if name in ("title", "company") else role.logistics
        read_value = getattr(owner, name, None)
        right = _plain(read_value) == _plain(value)
        counts.fields.count("roles", name, right, f"{file}: {read_value!r} not {value!r}")


def folded(text: str) -> str:
    """Case, white space, quotes, `*` and closing punctuation folded."""
    return " ".join(text.translate(_MARKS).lower().split()).rstrip(".;:, ")


def _plain(value: Value) -> Value:
    return folded(value) if isinstance(value, str) else value


def _read_values(qualification: Qualification) -> dict[str, Value]:
    asked = qualification.constraints
    return {
        "min_years": asked.min_years,
        "max_years": asked.max_years,
        "degree": asked.degree.value if asked.degree else None,
        "or_equivalent": asked.or_equivalent,
        "licences": [folded(name) for name in asked.licences],
        "languages": sorted(asked.languages),
    }


def _gold_values(entry: QualificationGold) -> dict[str, Value]:
    return {
        "min_years": entry["min_years"],
        "max_years": entry["max_years"],
        "degree": entry["degree"],
        "or_equivalent": entry["degree_or_equivalent"],
        "licences": [folded(name) for name in entry["licence_or_certification"]],
        "languages": sorted(entry["languages"]),
    }


def _agree(name: str, have: Value, want: Value) -> bool:
    """Equality; of licences, that each name holds or is held by one of the other side."""
    if name == "licences" and isinstance(have, list) and isinstance(want, list):
        return len(have) == len(want) and all(any(h in w or w in h for h in have) for w in want)
    return have == want


def _row(folder: str, name: str, postings: int, right: int, found: int, gold: int) -> tuple[Cell, ...]:
    precision, recall = right / max(1, found), right / max(1, gold)
    return folder, name, postings, precision, recall, 2 * right / max(1, found + gold), right, found, gold


def roles_tables(name: str, folders: Sequence[tuple[str, Path]], title: str) -> list[Table]:
    """Qualifications and fields of the postings of each labelled folder."""
    counted = [(label, counts) for label, folder in folders if (counts := score_roles(folder)).postings]
    if not counted:
        return [not_measured(name, title, "postings with a .gold.json beside them")]
    rows: list[tuple[Cell, ...]] = []
    fields: list[tuple[Cell, ...]] = []
    for label, c in counted:
        for kind in QualificationKind:
            rows.append(_row(label, kind.value, c.postings, c.right[kind], c.found[kind], c.gold[kind]))
        rows.append(
            _row(label, "all, right kind", c.postings, c.right.total(), c.found.total(), c.gold.total())
        )
        rows.append(
            _row(label, "baseline: list items are required", c.postings, c.items_right, c.items, c.required)
        )
        fields.append((label, "traps not hit", c.traps - c.hit, c.traps, (c.traps - c.hit) / max(1, c.traps)))
        for key, total in c.fields.total.items():
            fields.append((label, key[1], c.fields.right[key], total, c.fields.right[key] / total))
    return [
        Table(
            name,
            f"{title}: qualifications",
            ("folder", "kind", "postings", "precision", "recall", "F1", "right", "found", "gold"),
            tuple(rows),
            "A qualification is right when its text equals the gold's (case, white space, quotes and closing "
            "punctuation folded) and its kind is the gold's. The gold parses were written with the postings "
            "and the parser was built on them: read this as a guard against regressions, not as a forecast.",
        ),
        Table(
            f"{name}.fields",
            f"{title}: constraints, header, logistics, traps",
            ("folder", "field", "right", "counted", "share"),
            tuple(fields),
            "Constraints count where the qualification was found and either side states one. A trap is a "
            "sentence that looks like a qualification and is none.",
        ),
    ]
