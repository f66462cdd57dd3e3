"""Resumes against their truth: positions, education, skills, languages, licences, name and sections."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from matcher.documents import read
from matcher.errors import DocumentError
from matcher.evaluation.parsing_tally import Tally, dates_right, fold, read_yaml, same_date
from matcher.resumes import parse
from matcher.types import Education, Position, Resume


class PositionTruth(TypedDict):
    """One job as a perfect parser reads it; `bullets` is their number, None where it is not told."""

    title: str
    employer: str | None
    start: str | None
    end: str | None
    bullets: int | None


class EducationTruth(TypedDict):
    """One study; None means that the resume does not say, or not in the parser's words."""

    level: str | None
    field: str | None
    institution: str | None
    start: str | None
    end: str | None
    completed: bool | None


class LanguageTruth(TypedDict):
    """A human language and its level as written."""

    name: str
    level: str | None


class LicenceTruth(TypedDict):
    """A licence with the dates that the resume states."""

    name: str
    issued: str | None
    expires: str | None


class ResumeTruth(TypedDict):
    """What a perfect parser says of one resume."""

    name: str
    positions: list[PositionTruth]
    not_positions: list[str]
    education: list[EducationTruth]
    skills: list[str]
    languages: list[LanguageTruth]
    licences: list[LicenceTruth]


SHOWN = ("name", "section", "title", "employer", "start", "end", "bullets", "level", "school", "skills")
"""The fields that the table per layout shows."""


def score_fixtures(folder: Path) -> Tally:
    """Every fixture resume against `expected/`, grouped by layout and producer."""
    tally = Tally()
    files = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["files"]
    for entry in files:
        if not entry["file"].startswith(("resumes/", "renderings/")):
            continue
        content = folder / entry["content"]
        truth: ResumeTruth = json.loads((folder / "expected" / f"{content.stem}.json").read_text("utf-8"))
        headings = [block["heading"] for block in read_yaml(content)["sections"]]
        group = f"{entry['layout']}, {entry['producer']}"
        tally.files[group] += 1
        try:
            resume = parse(read((folder / entry["file"]).read_bytes()), entry["file"])
        except DocumentError as error:
            tally.count(group, "file", False, f"{entry['file']}: {error.code}")
            continue
        score_resume(tally, group, entry["file"], truth, headings, resume)
    return tally


def score_resume(
    tally: Tally, group: str, file: str, truth: ResumeTruth, headings: Sequence[str], resume: Resume
) -> None:
    """Add the comparison of one resume with its truth."""
    name = resume.contact.name
    tally.count(group, "name", fold(name) == fold(truth["name"]), f"{file}: read {name!r}")
    text = resume.document.text
    found = {fold(text[s.heading.start : s.heading.end]).rstrip(":") for s in resume.sections if s.heading}
    for heading in headings:
        tally.count(group, "section", fold(heading).rstrip(":") in found, f"{file}: {heading!r}")
    score_positions(tally, group, file, truth, resume)
    score_education(tally, group, file, truth["education"], resume)
    _score_lists(tally, group, file, truth, resume)


def score_positions(tally: Tally, group: str, file: str, truth: ResumeTruth, resume: Resume) -> None:
    """Match each true position with the one read that shares most, each used once."""
    left = list(resume.positions)
    for want in truth["positions"]:
        label = f"{file}: {want['title']}"

        def shared(position: Position, want: PositionTruth = want) -> tuple[bool, int]:
            dates = dates_right(want["start"], want["end"], position.period)
            employer = fold(position.employer) == fold(want["employer"])
            return fold(position.title) == fold(want["title"]), employer + sum(dates)

        best = max(left, key=shared, default=None)
        if best is None or shared(best) <= (False, 0):
            names = ("title", "employer", "start", "end", "whole position")
            for name in names if want["bullets"] is None else (*names, "bullets"):
                tally.count(group, name, False, f"{label}: no such position was read")
            continue
        left.remove(best)
        title = fold(best.title) == fold(want["title"])
        employer = fold(best.employer) == fold(want["employer"])
        start, end = dates_right(want["start"], want["end"], best.period)
        tally.count(group, "title", title, f"{label}: read {best.title!r}")
        tally.count(group, "employer", employer, f"{label}: {want['employer']!r}, read {best.employer!r}")
        tally.count(group, "start", start, f"{label}: {want['start']}, read {best.period}")
        tally.count(group, "end", end, f"{label}: {want['end']}, read {best.period}")
        tally.count(group, "whole position", title and employer and start and end, label)
        if want["bullets"] is not None:
            number = len(best.bullets)
            tally.count(group, "bullets", number == want["bullets"], f"{label}: read {number}")
    extra = [p for p in left if fold(p.title) not in map(fold, truth["not_positions"])]
    tally.count(group, "no extra job", not extra, f"{file}: {[(p.title, p.employer) for p in extra]}")


def score_education(
    tally: Tally, group: str, file: str, truth: Sequence[EducationTruth], resume: Resume
) -> None:
    """Match each true study with the one read that is most like it, each used once."""
    left = list(resume.education)
    for want in truth:

        def shared(study: Education, want: EducationTruth = want) -> int:
            school = fold(study.institution) == fold(want["institution"])
            dates = dates_right(want["start"], want["end"], study.period)
            same_field = fold(study.field) == fold(want["field"])
            return 2 * school + 2 * same_field + (study.level == want["level"]) + sum(dates)

        best = max(left, key=shared, default=None)
        if best is not None:
            left.remove(best)
        label = f"{file}: {want['level']} {want['field']}"
        if want["level"]:
            level = best.level if best else None
            tally.count(group, "level", level == want["level"], f"{label}: read {level}")
        if want["field"]:
            field = best.field if best else None
            tally.count(group, "field", fold(field) == fold(want["field"]), f"{label}: read {field!r}")
        if want["institution"]:
            school = best.institution if best else None
            right = fold(school) == fold(want["institution"])
            tally.count(group, "school", right, f"{label}: {want['institution']}, read {school!r}")
        period = best.period if best else None
        dates = all(dates_right(want["start"], want["end"], period)) and best is not None
        tally.count(group, "study dates", dates, f"{label}: {want['start']} {want['end']}, read {period}")
        if want["completed"] is not None:
            completed = best.completed if best else None
            tally.count(group, "completed", completed == want["completed"], f"{label}: read {completed}")


def _score_lists(tally: Tally, group: str, file: str, truth: ResumeTruth, resume: Resume) -> None:
    found = {fold(skill.name) for skill in resume.skills}
    wanted = {fold(skill) for skill in truth["skills"]}
    for skill in truth["skills"]:
        tally.count(group, "skills", fold(skill) in found, f"{file}: {skill!r}")
    for skill in sorted(found):
        tally.count(group, "no extra skill", skill in wanted, f"{file}: {skill!r}")
    levels = {language.name: language.level for language in resume.languages}
    for language in truth["languages"]:
        name, level = language["name"], language["level"]
        tally.count(group, "languages", name in levels, f"{file}: {name}, read {sorted(levels)}")
        if level:
            right = fold(levels.get(name)) == fold(level)
            tally.count(group, "language level", right, f"{file}: {name} {level}, read {levels.get(name)!r}")
    for licence in truth["licences"]:
        label = f"{file}: {licence['name']}"
        best = next((one for one in resume.licences if fold(licence["name"]) in fold(one.name)), None)
        tally.count(group, "licences", best is not None, f"{label}: {[one.name for one in resume.licences]}")
        if licence["issued"] or licence["expires"]:
            dates = (
                best is not None
                and same_date(licence["issued"], best.issued, False)
                and same_date(licence["expires"], best.expires, False)
            )
            tally.count(group, "licence dates", dates, f"{label}: {licence['issued']} {licence['expires']}")
