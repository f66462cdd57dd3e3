"""What trains the models: graded pairs, and plain sentences of the kinds that resumes and postings hold."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ESCO = ("digital", "green", "language", "research", "transversal")
LONGEST = 400  # characters of a plain sentence
DRAWN = {"title": 6000, "technology": 3000}  # of sources with more names than they are worth


@dataclass(frozen=True)
class Group:
    """One qualification with its graded snippets."""

    qualification: str
    snippets: tuple[str, ...]
    grades: tuple[float, ...]


def read_groups(path: Path) -> list[Group]:
    """The qualifications of a .jsonl file of graded pairs, in the file's order."""
    rows: dict[str, list[tuple[str, float]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["qualification"], []).append((row["snippet"], float(row["grade"])))
    return [
        Group(qualification, tuple(snippet for snippet, _ in pairs), tuple(grade for _, grade in pairs))
        for qualification, pairs in rows.items()
    ]


def batches(groups: Sequence[Group], size: int, seed: int, epoch: int) -> list[list[Group]]:
    """The batches of one epoch: an order that follows from the seed and the epoch alone."""
    order = np.random.default_rng((seed, epoch)).permutation(len(groups))
    whole = len(groups) // size * size or len(groups)
    return [[groups[i] for i in order[at : at + size]] for at in range(0, whole, size)]


def plain_texts(data: Path, groups: Sequence[Group], seed: int) -> dict[str, str]:
    """Sentences without grades, each with its source: "graded", "written", "task", "activity", "title",
    "technology", "skill", "occupation" or "posting". White space is single; each text comes once.

    `data` holds evidence/written.jsonl, taxonomies/onet, taxonomies/esco and skills/skillspan. Raises
    FileNotFoundError when one of their files is missing.
    """
    found: dict[str, str] = {}
    for source, text in _sources(data, groups):
        text = " ".join(text.split())
        if 3 <= len(text) <= LONGEST:
            found.setdefault(text, source)
    rng = np.random.default_rng(seed)
    for source, count in DRAWN.items():
        of_source = [text for text, name in found.items() if name == source]
        for place in rng.permutation(len(of_source))[count:]:
            del found[of_source[place]]
    return found


def _sources(data: Path, groups: Sequence[Group]) -> Iterator[tuple[str, str]]:
    for group in groups:
        yield "graded", group.qualification
        yield from (("graded", snippet) for snippet in group.snippets)
    for line in (data / "evidence" / "written.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield "written", row["qualification"]
        yield from (("written", snippet["text"]) for snippet in row["snippets"])
    for name, column, source in (
        ("Task_Statements", "Task", "task"),
        ("DWA_Reference", "DWA Title", "activity"),
        ("Alternate_Titles", "Alternate Title", "title"),
        ("Technology_Skills", "Example", "technology"),
    ):
        path = data / "taxonomies" / "onet" / f"{name}.txt.gz"
        yield from ((source, row[column]) for row in _rows(path, delimiter="\t"))
    esco = data / "taxonomies" / "esco"
    for name in ESCO:
        for row in _rows(esco / f"{name}SkillsCollection_en.csv.gz"):
            yield from (("skill", row[column]) for column in ("preferredLabel", "description"))
            yield from (("skill", label) for label in row["altLabels"].replace("|", "\n").split("\n")[:3])
    for row in _rows(esco / "occupations_en.csv.gz"):
        yield "occupation", row["preferredLabel"]
        yield from (("occupation", sentence) for sentence in row["description"].split(". ")[:2])
    for name in ("train", "dev"):
        with gzip.open(data / "skills" / "skillspan" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
            yield from (("posting", " ".join(json.loads(line)["tokens"])) for line in file)


def _rows(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with io.TextIOWrapper(gzip.open(path), "utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter):
            yield {name: value or "" for name, value in row.items()}
