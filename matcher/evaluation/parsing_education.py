"""Levels and fields of real education entries, against a public set of them normalised by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TypedDict

from matcher.documents import read
from matcher.evaluation.parsing_tally import fold, not_measured
from matcher.evaluation.tables import Cell, Table
from matcher.resumes import parse

FILE = Path("education") / "test_set" / "normalisation_system_test_set.json"
_TITLE = "Education entries read against their normalised level"
# The set's levels are those of the European Qualifications Framework; 3 and 4 are both secondary school.
_LEVELS = {
    None: "no level",
    3: "high_school",
    4: "high_school",
    5: "associate",
    6: "bachelor",
    7: "master",
    8: "doctorate",
}
_PARTICLES = frozenset("of in and the for with a an to & de at on or".split())


class Entry(TypedDict):
    """One education entry as two strings, in lower case and as noisy as the extraction that made them."""

    degree: str | None
    major: str | None


class Normal(TypedDict):
    """Its normalised form."""

    level: int | None
    field: str | None


class Item(TypedDict):
    """An entry of the set. Some hold more than one normal form: the first counts for the level."""

    id: str
    edu: list[Entry]
    edu_norm: list[Normal]


def education_tables(data: Path) -> list[Table]:
    """Recall and precision per level, and how many fields of study are read as they are written."""
    path = data / FILE
    if not path.is_file():
        return [not_measured("parsing.education", _TITLE, str(FILE))]
    items: list[Item] = json.loads(path.read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    read_as: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    fields = fields_right = fields_within = 0
    for item in items:
        entry = item["edu"][0]
        levels = {_LEVELS[normal["level"]] for normal in item["edu_norm"]}
        wanted = _LEVELS[item["edu_norm"][0]["level"]]
        level, field = read_entry(entry)
        found = level or "no level"
        wanted = found if found in levels else wanted
        gold[wanted] += 1
        read_as[found] += 1
        right[wanted] += found == wanted
        if re.search(r"[a-z]{3}", entry["major"] or ""):
            fields += 1
            fields_right += fold(field) == fold(entry["major"])
            fields_within += bool(field) and (fold(field) in fold(entry["major"]))
    names = list(dict.fromkeys(_LEVELS.values()))
    rows: list[tuple[Cell, ...]] = [
        (name, gold[name], right[name] / max(1, gold[name]), right[name] / max(1, read_as[name]))
        for name in names
    ]
    stated = len(items) - gold["no level"]
    right_stated = right.total() - right["no level"]
    read_stated = len(items) - read_as["no level"]
    overall = right_stated / max(1, stated), right_stated / max(1, read_stated)
    rows.append(("all with a level", stated, *overall))
    return [
        Table(
            "parsing.education",
            _TITLE,
            ("level", "entries", "recall", "precision"),
            tuple(rows),
            f"{len(items):,} entries of real resumes, torn from their layout, each read as the one entry of "
            "an education section (degree, comma, major). The set is in lower case, which no resume is: "
            "words are capitalised, and those of up to three letters put in capitals, before reading. "
            "Where the set gives several levels, any of them is right. What the set calls level 5 is an "
            "associate degree here, 3 and 4 are high school. Its normalised fields are not measured: the "
            "parser keeps a field as it is written.",
        ),
        Table(
            "parsing.education.fields",
            "Fields of study of those entries, as written",
            ("field", "entries", "share"),
            (
                ("equal to the major", fields, fields_right / max(1, fields)),
                ("a part of the major", fields, fields_within / max(1, fields)),
            ),
            "Entries whose major is given. Only the words are compared, case and white space folded.",
        ),
    ]


def read_entry(entry: Entry) -> tuple[str | None, str | None]:
    """Level and field that the parser reads in one entry."""
    line = ", ".join(
        words for text in (entry["degree"], entry["major"]) if (words := capitalised(text or ""))
    )
    page = f"Sam Example\n\nEducation\n\n{line}\nExample University, 2012 - 2016\n"
    resume = parse(read(page.encode()), "entry")
    study = resume.education[0] if resume.education else None
    return (study.level.value if study and study.level else None), study.field if study else None


def capitalised(text: str) -> str:
    """The case a resume would have: words capitalised, short ones that are no particles in capitals."""
    return " ".join(
        word if word in _PARTICLES else word.upper() if len(word.strip("().,")) <= 3 else word.capitalize()
        for word in text.split()
    )
