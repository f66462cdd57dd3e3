"""RenderCV's themes against the YAML they are made from: the exact truth of layouts that are not ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from matcher.documents import read
from matcher.errors import DocumentError
from matcher.evaluation.parsing_resumes import (
    EducationTruth,
    PositionTruth,
    ResumeTruth,
    score_education,
    score_positions,
)
from matcher.evaluation.parsing_tally import Tally, fold, read_yaml
from matcher.resumes import parse
from matcher.types import DegreeLevel

SHOWN = ("title", "employer", "start", "end", "whole position", "bullets", "level", "field", "school")
"""The fields that the table per theme shows."""
_MARKS = re.compile(r"\*\*|\*|_(?=\w)|(?<=\w)_|`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BY_LETTER = {"m": DegreeLevel.MASTER, "b": DegreeLevel.BACHELOR, "a": DegreeLevel.ASSOCIATE}


def pairs_in(folder: Path) -> list[tuple[Path, Path]]:
    """PDF and YAML of the same name, by name."""
    found = [(path.with_suffix(".pdf"), path) for path in sorted(folder.rglob("*.yaml"))]
    return [(pdf, path) for pdf, path in found if pdf.is_file()]


def score_themes(folder: Path) -> Tally:
    """Every theme in `folder` against its YAML; a group is a theme."""
    tally = Tally()
    for pdf, path in pairs_in(folder):
        content = read_yaml(path)
        group = _theme(content, path)
        tally.files[group] += 1
        truth = truth_of(content["cv"])
        try:
            resume = parse(read(pdf.read_bytes()), pdf.name)
        except DocumentError as error:
            tally.count(group, "file", False, error.code)
            continue
        tally.count(group, "name", fold(resume.contact.name) == fold(truth["name"]), pdf.name)
        mail = content["cv"].get("email")
        if mail:
            tally.count(group, "e-mail", mail in resume.contact.emails, pdf.name)
        text = resume.document.text
        found = {fold(text[s.heading.start : s.heading.end]) for s in resume.sections if s.heading}
        for heading in content["cv"]["sections"]:
            right = fold(heading.replace("_", " ")) in found
            tally.count(group, "section", right, f"{heading}, read {sorted(found)}")
        score_positions(tally, group, pdf.name, truth, resume)
        score_education(tally, group, pdf.name, truth["education"], resume)
    return tally


def _theme(content: dict[str, Any], path: Path) -> str:
    """The theme as the YAML names it, else as the file's name does."""
    design = content.get("design") or {}
    found = re.search(r"_(\w+?)Theme", path.stem)
    return str(design.get("theme") or (found[1] if found else path.stem))


def truth_of(cv: dict[str, Any]) -> ResumeTruth:
    """What a perfect parser says of the CV, whatever its sections are called."""
    entries = [e for section in cv["sections"].values() for e in section if isinstance(e, dict)]
    jobs = [e for e in entries if "company" in e and "position" in e]
    studies = [e for e in entries if "institution" in e and "area" in e]
    return ResumeTruth(
        name=cv["name"],
        positions=[_position(entry) for entry in jobs],
        not_positions=[],
        education=[_study(entry) for entry in studies],
        skills=[],
        languages=[],
        licences=[],
    )


def _position(entry: dict[str, Any]) -> PositionTruth:
    start, end = _dates(entry)
    bullets = sum(1 + _nested(str(line)) for line in entry.get("highlights") or ())
    return PositionTruth(
        title=_plain(entry["position"]),
        employer=_plain(entry["company"]),
        start=start,
        end=end,
        bullets=None if entry.get("summary") else bullets,  # a summary may be read as a bullet or not
    )


def _nested(line: str) -> int:
    """Items below an item, which YAML writes into it as " - " (a line of its own is folded away)."""
    return len(re.findall(r"\s-\s", line))


def _study(entry: dict[str, Any]) -> EducationTruth:
    start, end = _dates(entry)
    return EducationTruth(
        level=level_of(str(entry.get("degree") or "")),
        field=_plain(entry["area"]),
        institution=_plain(entry["institution"]),
        start=start,
        end=end,
        completed=None,
    )


def _dates(entry: dict[str, Any]) -> tuple[str | None, str | None]:
    """Start and end as the YAML writes them; a lone `date` is the end."""
    start, end, lone = entry.get("start_date"), entry.get("end_date"), entry.get("date")
    if lone:
        return None, str(lone)
    return str(start) if start else None, str(end) if end else "present" if start else None


def level_of(degree: str) -> str | None:
    """The level that an abbreviation names ("BS", "M.Sc."), by its letters; None where it names none."""
    letters = re.sub(r"[^a-z]", "", degree.casefold())
    if letters in {"phd", "dphil", "md", "jd", "edd", "dba", "dsc", "doctorate"}:
        return DegreeLevel.DOCTORATE
    return _BY_LETTER.get(letters[:1]) if len(letters) <= 5 else None


def _plain(text: object) -> str:
    """The words that Markdown shows."""
    return _MARKS.sub("", _LINK.sub(r"\1", str(text)))
